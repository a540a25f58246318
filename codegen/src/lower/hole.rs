//! What a member is or becomes: literals, and texts with holes such as `user{next()}@example.com`.

use super::context::{Cx, Index, find};
use super::template::{self, Piece};
use crate::diagnostics::rules;
use crate::ir::{Hole, Member, MemberPart, MemberValue};
use crate::source::{Scalar, Spanned};
use crate::spec;

/// What a name in a hole can be.
#[derive(Clone, Copy)]
pub(super) enum Names<'a> {
    /// A parameter of the call; else a member of the object, which is one of the collection of that name.
    Call(&'a Index<'a>, &'a str),
    /// A parameter of the call: there is no object yet.
    Parameters(&'a Index<'a>),
    /// A member of the object.
    Object,
    /// Nothing: there is no call.
    Nothing,
    /// Nothing, and nothing is made but the time: there is no object.
    Moment,
}

/// Random digits of a token, unless the spec says how many. Fewer than 16 could not hold the number of an object.
const DIGITS: usize = 32;
const FEWEST_DIGITS: usize = 16;
const MOST_DIGITS: usize = 64;

/// What may follow `%` in the format of a time.
const TIME_LETTERS: &[u8] = b"YmdHMSfs%";

pub(super) fn members(cx: &mut Cx<'_, '_>, members: &spec::Named<spec::MemberValue>, names: Names<'_>) -> Vec<Member> {
    let member = |(name, value): &(Scalar, spec::MemberValue)| {
        Some(Member { name: name.spanned(), value: self::value(cx, value, names)? })
    };
    members.iter().filter_map(member).collect()
}

/// A value; `None` where a hole of it was refused.
pub(super) fn value(cx: &mut Cx<'_, '_>, value: &spec::MemberValue, names: Names<'_>) -> Option<MemberValue> {
    let text = match value {
        spec::MemberValue::Other(written) => return Some(MemberValue::Literal(written.clone())),
        spec::MemberValue::Text(text) => text,
    };
    let pieces = template::parse(text, cx.diagnostics)?;
    if let [] | [Piece::Text(_)] = pieces.as_slice() {
        let whole = pieces.into_iter().map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Hole(name) => name.text,
        });
        return Some(MemberValue::Literal(spec::MemberValue::literal(whole.collect(), text)));
    }
    let part = |piece| match piece {
        Piece::Text(text) => Some(MemberPart::Text(text)),
        Piece::Hole(name) => {
            let span = name.span;
            hole(cx, &name, names).map(|value| MemberPart::Hole(Spanned { value, span }))
        }
    };
    let parts: Option<Vec<_>> = pieces.into_iter().map(part).collect();
    Some(MemberValue::Text(parts?, text.span))
}

/// A name of a parameter or member.
pub(super) fn name(cx: &mut Cx<'_, '_>, name: &Scalar, names: Names<'_>) -> Option<Hole> {
    match names {
        Names::Call(parameters, collection) => {
            let parameter = parameters.get_index_of(name.text.as_str()).map(Hole::Parameter);
            let own = name.text.split_once('.').filter(|(object, _)| *object == collection).map(|(_, member)| member);
            let member = || Hole::Member(own.unwrap_or(&name.text).to_owned());
            Some(parameter.or_else(|| within(name, parameters)).unwrap_or_else(member))
        }
        Names::Parameters(parameters) if within(name, parameters).is_some() => within(name, parameters),
        Names::Parameters(parameters) => {
            find(cx.diagnostics, parameters, name, &rules::UNKNOWN_PARAMETER, "parameter").map(Hole::Parameter)
        }
        Names::Object => Some(Hole::Member(name.text.clone())),
        Names::Nothing | Names::Moment => {
            let can = if matches!(names, Names::Moment) { "`now()`" } else { "`next()`, `uuid()`, `token()`, `now()`" };
            let message = format!("`{}` is not known here, where nothing is called", name.text);
            let help = format!("what can be made here: {can}");
            cx.diagnostics.report(&rules::GENERATED_VALUE, name.span, message).help(help);
            None
        }
    }
}

/// `exam_id.duration`: a parameter, and a member of what it stands for.
fn within(name: &Scalar, parameters: &Index<'_>) -> Option<Hole> {
    let (parameter, member) = name.text.split_once('.')?;
    Some(Hole::Within(parameters.get_index_of(parameter)?, member.to_owned()))
}

fn hole(cx: &mut Cx<'_, '_>, hole: &Scalar, names: Names<'_>) -> Option<Hole> {
    let Some((function, rest)) = hole.text.split_once('(') else { return name(cx, hole, names) };
    let Some(argument) = rest.strip_suffix(')') else {
        let message = format!("`{}` is neither a name nor a value that can be made", hole.text);
        return refused(cx, hole, message, "write a `)` at its end: `{uuid()}`");
    };
    match (function, argument) {
        ("next" | "uuid" | "token", _) if matches!(names, Names::Moment) => {
            let message = format!("`{function}` is for objects, of which there is none here");
            refused(cx, hole, message, "what can be made here: `now()`")
        }
        ("next", "") => Some(Hole::Next),
        ("uuid", "") => Some(Hole::Uuid),
        ("next" | "uuid", _) => {
            refused(cx, hole, format!("`{function}` takes nothing"), &format!("write `{{{function}()}}`"))
        }
        ("token", "") => Some(Hole::Token(DIGITS)),
        ("token", digits) => match digits.parse() {
            Ok(digits) if (FEWEST_DIGITS..=MOST_DIGITS).contains(&digits) => Some(Hole::Token(digits)),
            Ok(_) | Err(_) => {
                let message = format!("a token has from {FEWEST_DIGITS} to {MOST_DIGITS} digits");
                refused(cx, hole, message, "write `{token(32)}`")
            }
        },
        ("now", format) if is_time_format(format) => Some(Hole::Now(format.to_owned())),
        ("now", format) => {
            let help = "write for example `{now(%Y-%m-%dT%H:%M:%SZ)}`; known here: `%Y`, `%m`, `%d`, `%H`, `%M`, `%S`, \
                        `%f` (milliseconds), `%s` (seconds since 1970), `%%`";
            refused(cx, hole, format!("`{format}` is no format of a time"), help)
        }
        // A time that the call or the object has.
        (_, format) if format.contains('%') && is_time_format(format) => {
            let time = Scalar { text: function.to_owned(), span: hole.span, ..Scalar::default() };
            Some(Hole::Time(Box::new(name(cx, &time, names)?), format.to_owned()))
        }
        _ => {
            let help = cx.diagnostics.suggest(function, ["next", "uuid", "token", "now"]);
            refused(cx, hole, format!("nothing called `{function}` can be made"), &help)
        }
    }
}

fn is_time_format(format: &str) -> bool {
    let mut bytes = format.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' && !bytes.next().is_some_and(|letter| TIME_LETTERS.contains(&letter)) {
            return false;
        }
    }
    true
}

fn refused(cx: &mut Cx<'_, '_>, hole: &Scalar, message: String, help: &str) -> Option<Hole> {
    cx.diagnostics.report(&rules::GENERATED_VALUE, hole.span, message).help(help);
    None
}

#[cfg(test)]
mod tests {
    use super::is_time_format;

    #[test]
    fn formats_hold_known_letters() {
        assert!(is_time_format("") && is_time_format("%Y-%m-%dT%H:%M:%S.%f") && is_time_format("100%%"));
        assert!(!is_time_format("%") && !is_time_format("%y") && !is_time_format("%%%"));
    }
}
