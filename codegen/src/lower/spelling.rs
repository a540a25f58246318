//! Spellings of an API's own: words for true and false, numbers as texts, dates in other forms.

use super::context::Cx;
use crate::diagnostics::rules;
use crate::ir::{self, Epoch, Form, Type};
use crate::source::Scalar;
use crate::spec;

/// The type with the spelling that is said beside it.
pub(super) fn lower(cx: &mut Cx<'_, '_>, ty: Type, spelling: &spec::Spelling) -> Type {
    let form = match single(&ty) {
        Type::Boolean => words(cx, spelling),
        Type::Integer | Type::Unsigned | Type::Decimal => quoted(cx, spelling),
        moment @ (Type::DateTime | Type::CivilDateTime | Type::Date | Type::Time) => moments(cx, moment, spelling),
        _ => None,
    };
    for (key, at, taken_by) in spelling.keys() {
        let fits = match single(&ty) {
            Type::Boolean => key == "true_is" || key == "false_is",
            Type::Integer | Type::Unsigned | Type::Decimal => key == "write",
            Type::DateTime => key == "read" || key == "write" || key == "offset",
            Type::CivilDateTime | Type::Date | Type::Time => key == "read" || key == "write",
            _ => false,
        };
        if !fits {
            let message = format!("`{key}` says nothing about a type like this");
            let help = match single(&ty) {
                Type::Named(id) => {
                    let name = cx.types.get_index(id.0).copied().unwrap_or_default();
                    format!("it is for {taken_by}; if `{name}` is another name for one, say it there, in `types`")
                }
                _ => format!("it is for {taken_by}"),
            };
            cx.diagnostics.report(&rules::MISPLACED_SPELLING, at, message).help(help);
        }
    }
    match form {
        Some(form) => Type::Spelled(Box::new(ty), form),
        None => ty,
    }
}

/// The type of the single values.
fn single(ty: &Type) -> &Type {
    match ty {
        Type::List(item) | Type::Map(item) | Type::JsonText(item) => single(item),
        _ => ty,
    }
}

fn words(cx: &mut Cx<'_, '_>, spelling: &spec::Spelling) -> Option<Form> {
    let said = [(&spelling.true_is, true), (&spelling.false_is, false)];
    if said.iter().all(|(words, _)| words.is_empty()) {
        return None;
    }
    let mut words: Vec<(ir::Word, &Scalar)> = Vec::new();
    for (list, value) in said {
        // One that is said and is no word was reported.
        if list.is_empty() && !spelling.says(if value { "true_is" } else { "false_is" }) {
            let (key, other) = if value { ("true_is", "false") } else { ("false_is", "true") };
            let message = format!("only what {other} is is said");
            cx.diagnostics.report(&rules::MISSING_KEY, spelling.at, message).help(format!("say `{key}` too"));
        }
        for (scalar, is_bare) in list {
            if let Some((_, first)) = words.iter().find(|(word, _)| word.text == scalar.text) {
                let message = format!("`{}` is here twice", scalar.text);
                cx.diagnostics
                    .report(&rules::AMBIGUOUS_WORD, scalar.span, message)
                    .also(first.span, "the first one")
                    .help("a word stands for one thing, whether it is in quotes or not");
            }
            words.push((ir::Word { text: scalar.text.clone(), value, is_bare: *is_bare }, scalar));
        }
    }
    Some(Form::Words(words.into_iter().map(|(word, _)| word).collect()))
}

/// `write: string` for numbers.
fn quoted(cx: &mut Cx<'_, '_>, spelling: &spec::Spelling) -> Option<Form> {
    let write = spelling.write.as_ref()?;
    if write.text != "string" {
        let message = format!("a number is not written as `{}`", write.text);
        cx.diagnostics.report(&rules::UNKNOWN_SPELLING, write.span, message).help("write `string`, or leave it out");
    }
    Some(Form::Quoted)
}

fn moments(cx: &mut Cx<'_, '_>, ty: &Type, spelling: &spec::Spelling) -> Option<Form> {
    // One that was reported is one all the same.
    let seconds = spelling.offset.as_ref().map(|text| offset(cx, text).unwrap_or(0));
    let seconds = seconds.or(spelling.says("offset").then_some(0));
    let is_moment = *ty == Type::DateTime;
    if let Some(offset) = spelling.offset.as_ref().filter(|_| is_moment && !spelling.lack_offset()) {
        let message = "`offset` says nothing beside spellings that tell it";
        cx.diagnostics.report(&rules::MISPLACED_SPELLING, offset.span, message).help("leave `offset` out");
    }
    if spelling.read.is_empty() && spelling.write.is_none() {
        return None;
    }
    let known: Vec<_> = spelling.read.iter().filter_map(|text| Some((text, moment(cx, ty, text, seconds)?))).collect();
    let is_read = |text: &Scalar| spelling.read.iter().any(|read| read.text == text.text);
    let (text, write) = match &spelling.write {
        None => known.first().cloned()?,
        // If there is no such spelling, that was reported where it is read.
        Some(text) if is_read(text) => (text, known.iter().find(|(read, _)| read.text == text.text)?.1.clone()),
        Some(text) => (text, moment(cx, ty, text, seconds)?),
    };
    let mut report = |message: String, help: &str| {
        cx.diagnostics.report(&rules::UNREADABLE_SPELLING, text.span, message).help(help);
    };
    let untellable = if let ir::Spelling::Pattern(pattern, _) = &write { ir::untellable(pattern, ty) } else { None };
    let earlier = known.iter().take_while(|(_, known)| *known != write).find(|(_, it)| write.is_taken_by(it, ty));
    if let Some(part) = untellable {
        report(
            format!("`{}` tells {part}, and values of the type have none to write", text.text),
            "make it a type that has it, such as `datetime`, or say with `write` which other spelling is sent",
        );
    } else if !spelling.read.is_empty() && known.iter().all(|(_, known)| *known != write) {
        report(format!("`{}` is written, and cannot be read back", text.text), "list it under `read` as well");
    } else if let Some((earlier, _)) = earlier {
        report(
            format!("`{}` is written, and read back as `{}`, which is tried before", text.text, earlier.text),
            "list it first, or leave the other one out: the same text is another moment in each",
        );
    }
    let mut read: Vec<_> = known.into_iter().map(|(_, known)| known).collect();
    if spelling.read.is_empty() {
        read.push(write.clone());
    }
    Some(Form::Moments(read, write))
}

/// Words for spellings that need no pattern.
pub(crate) const WORDS: &[(&str, ir::Spelling)] = &[
    ("iso", ir::Spelling::Iso),
    ("rfc2822", ir::Spelling::Rfc2822),
    ("http_date", ir::Spelling::HttpDate),
    ("epoch_s", ir::Spelling::Epoch(Epoch::Seconds)),
    ("epoch_s_micros", ir::Spelling::Epoch(Epoch::SecondsMicros)),
    ("epoch_ms", ir::Spelling::Epoch(Epoch::Millis)),
    ("epoch_us", ir::Spelling::Epoch(Epoch::Micros)),
];

/// One spelling: a word, a text around `{epoch_ms}` and the like, or a pattern.
fn moment(cx: &mut Cx<'_, '_>, ty: &Type, text: &Scalar, offset: Option<i32>) -> Option<ir::Spelling> {
    let known = |name: &str| WORDS.iter().find(|(word, _)| *word == name).map(|(_, spelling)| spelling.clone());
    let found = known(&text.text).or_else(|| wrapped(&text.text, known));
    let Some(spelling) = found else { return pattern(cx, ty, text, offset) };
    if *ty != Type::DateTime && spelling != ir::Spelling::Iso {
        let message = format!("`{}` names a moment", text.text);
        cx.diagnostics.report(&rules::UNKNOWN_SPELLING, text.span, message).help("make it a `datetime`");
        return None;
    }
    Some(spelling)
}

fn wrapped(text: &str, known: impl Fn(&str) -> Option<ir::Spelling>) -> Option<ir::Spelling> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    match known(name)? {
        ir::Spelling::Epoch(epoch) => Some(ir::Spelling::Wrapped(before.to_owned(), epoch, after.to_owned())),
        _ => None,
    }
}

fn pattern(cx: &mut Cx<'_, '_>, ty: &Type, text: &Scalar, offset: Option<i32>) -> Option<ir::Spelling> {
    let mut report = |message: String, help: String| {
        cx.diagnostics.report(&rules::UNKNOWN_SPELLING, text.span, message).help(help);
        None
    };
    if !text.text.contains('%') {
        let words: Vec<String> = WORDS.iter().map(|(word, _)| format!("`{word}`")).collect();
        let message = format!("`{}` is no spelling of a date or time", text.text);
        return report(message, format!("known here: {}, or a pattern like `%Y-%m-%d`", words.join(", ")));
    }
    if let Err(directive) = ir::pieces(&text.text) {
        let known: Vec<String> = ir::DIRECTIVES.iter().map(|known| format!("`%{}`", known.name)).collect();
        return report(format!("`{directive}` is no directive"), format!("known here: {}", known.join(", ")));
    }
    if let Some(part) = ir::untold(&text.text, ty) {
        return report(format!("`{}` does not tell {part}", text.text), "it could not be read back".to_owned());
    }
    if *ty != Type::DateTime {
        return Some(ir::Spelling::Pattern(text.text.clone(), 0));
    }
    let ends_in_utc = ["Z", "UTC", "GMT"].iter().any(|utc| text.text.trim_end_matches(['\'', '"']).ends_with(utc));
    if offset.is_none() && !ir::tells_offset(&text.text) && !ends_in_utc {
        let help = "say it with `offset: Z` or `offset: \"+01:00\"`, or make it a `civil_datetime`";
        return report(format!("`{}` does not tell the offset", text.text), help.to_owned());
    }
    Some(ir::Spelling::Pattern(text.text.clone(), offset.unwrap_or(0)))
}

/// `Z` or `+01:00`, in seconds.
fn offset(cx: &mut Cx<'_, '_>, text: &Scalar) -> Option<i32> {
    if text.text == "Z" {
        return Some(0);
    }
    let parsed = || {
        let (hours, minutes) = text.text.get(1..)?.split_once(':')?;
        let number = |digits: &str| digits.parse::<i32>().ok().filter(|_| digits.len() == 2);
        let seconds = number(hours).filter(|hours| *hours < 24)? * 3600 + number(minutes).filter(|m| *m < 60)? * 60;
        match text.text.as_bytes().first()? {
            b'+' => Some(seconds),
            b'-' => Some(-seconds),
            _ => None,
        }
    };
    let parsed = parsed();
    if parsed.is_none() {
        let message = format!("`{}` is no offset", text.text);
        cx.diagnostics.report(&rules::UNKNOWN_SPELLING, text.span, message).help("write `Z` or `\"+01:00\"`");
    }
    parsed
}
