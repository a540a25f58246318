//! Rules over constraints and documented defaults.

use std::borrow::Cow;
use std::collections::HashSet;

use super::values;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{
    Api, Bearer, By, Class, Constraint, EnumKind, Fallback, Form, IdKind, Json, Lists, Presence, Rules, Shape,
    Spelling, Type, TypeId, is_regex, whole,
};
use crate::source::{Span, Spanned};

/// Something that the spec demands something of.
pub(super) struct Held<'a> {
    pub rules: &'a Rules,
    pub ty: Cow<'a, Type>,
    pub name: &'a str,
    pub span: Span,
    /// What it is, for messages.
    pub what: &'static str,
    /// What a client finds wrong of itself, by the names of its violations.
    pub of_client: Vec<&'static str>,
}

/// Everything that can have constraints: parameters, fields and types.
pub(super) fn held(api: &Api) -> impl Iterator<Item = Held<'_>> {
    let parameters = super::parameters(api).map(|parameter| Held {
        rules: &parameter.rules,
        ty: Cow::Borrowed(&parameter.ty),
        name: &parameter.name.wire,
        span: parameter.span,
        what: "the parameter",
        of_client: [
            ("required", parameter.presence == Presence::Required),
            ("commas", parameter.style.lists == Lists::Commas),
            ("spread", parameter.spread.is_some()),
        ]
        .into_iter()
        .filter_map(|(id, is_found)| is_found.then_some(id))
        .collect(),
    });
    let fields = api.types.iter().flat_map(|def| def.fields());
    let fields = fields.map(|field| Held {
        rules: &field.rules,
        ty: Cow::Borrowed(&field.ty),
        name: &field.name.wire,
        span: field.span,
        what: "the field",
        of_client: Vec::new(),
    });
    let types = api.types.iter().enumerate().map(|(at, def)| Held {
        rules: &def.rules,
        ty: Cow::Owned(Type::Named(TypeId(at))),
        name: &def.name.wire,
        span: def.span,
        what: "the type",
        of_client: Vec::new(),
    });
    parameters.chain(fields).chain(types)
}

impl Held<'_> {
    /// What is demanded here, and what the type demands.
    pub(super) fn all<'a>(&'a self, api: &'a Api) -> impl Iterator<Item = &'a Spanned<Constraint>> {
        let own = &self.rules.constraints;
        let of_type = api.rules_of(&self.ty).filter(|rules| !std::ptr::eq(*rules, self.rules));
        own.iter().chain(of_type.flat_map(|rules| &rules.constraints))
    }

    /// Whether one of two is demanded here: of what a type says twice, the type is told.
    pub(super) fn has_one_of(&self, one: Span, other: Span) -> bool {
        self.rules.constraints.iter().any(|own| own.span == one || own.span == other)
    }
}

/// Without it, a stated validation would never be enforced.
pub(super) fn constraint_wrong_type(api: &Api, diagnostics: &mut Diagnostics) {
    for held in held(api) {
        for constraint in &held.rules.constraints {
            let (wanted, fits) = match constraint.bearer() {
                Bearer::Text => ("texts", is_text(api, &held.ty) || is_enum_of_texts(api, &held.ty)),
                Bearer::Number => ("numbers", api.is_number(&held.ty)),
                Bearer::Word => ("texts and numbers", is_word(api, &held.ty)),
                Bearer::File => ("files", super::files::is_part(api, &held.ty)),
                Bearer::List => ("lists", matches!(api.bare(&held.ty), Type::List(_))),
                Bearer::Items => ("lists and maps", matches!(api.bare(&held.ty), Type::List(_) | Type::Map(_))),
                Bearer::Moment => ("dates and times", is_moment(api, &held.ty)),
                Bearer::Any => continue,
            };
            if !fits {
                let message = format!("`{}` is for {wanted}, which `{}` is not", constraint.key(), held.name);
                let diagnostic = diagnostics.report(&rules::CONSTRAINT_WRONG_TYPE, constraint.span, message);
                diagnostic.also(held.span, held.what);
                diagnostic.help(match api.bare(&held.ty) {
                    Type::List(_) | Type::Map(_) => {
                        "what each item must meet is said of its type: give that a name of its own"
                    }
                    _ => "leave it out, or write the type that it is for",
                });
            }
        }
    }
}

pub(super) fn is_whole_number(api: &Api, ty: &Type) -> bool {
    api.is_number(ty) && *api.bare(ty) != Type::Decimal
}

pub(super) fn is_text(api: &Api, ty: &Type) -> bool {
    let bare = api.bare(ty);
    *bare == Type::String || matches!(api.shape(bare), Some(Shape::Id(IdKind::String)))
}

/// Values that nobody knows yet are texts as well, of which something may be demanded.
fn is_enum_of_texts(api: &Api, ty: &Type) -> bool {
    matches!(api.shape(api.bare(ty)), Some(Shape::Enum(_, EnumKind::String)))
}

fn is_word(api: &Api, ty: &Type) -> bool {
    let bare = api.bare(ty);
    api.is_number(ty)
        || is_text(api, ty)
        || *bare == Type::NumberOrString
        || matches!(api.shape(bare), Some(Shape::Id(_) | Shape::Enum(..)))
}

pub(super) fn is_moment(api: &Api, ty: &Type) -> bool {
    matches!(api.bare(ty), Type::DateTime | Type::CivilDateTime | Type::Date | Type::Time)
}

/// A class of characters as the spec writes it.
pub(super) fn class(class: Class) -> &'static str {
    match class {
        Class::Lower => "lower",
        Class::Upper => "upper",
        Class::Digit => "digit",
        Class::Special => "special",
    }
}

/// Without it, the mistake would show when somebody makes the first call.
pub(super) fn bad_pattern(api: &Api, diagnostics: &mut Diagnostics) {
    for held in held(api) {
        for constraint in &held.rules.constraints {
            if let Constraint::Pattern(pattern) = &constraint.value
                && let Err(error) = whole(pattern)
            {
                let error = error.to_string();
                let has = |words: &str| error.contains(words);
                let (problem, help) = if has("size limit") {
                    (error.as_str(), "write smaller counts in braces, or `max_length` beside it")
                } else if has("too much nesting") {
                    (error.as_str(), "put fewer groups and repetitions within each other")
                } else if has("not supported") {
                    (
                        error.as_str(),
                        "look-around, back-references, `\\p{…}` and classes within classes do not exist here",
                    )
                } else if is_regex(pattern) {
                    ("a comment hides what follows it", "leave the comment out")
                } else {
                    (error.as_str(), "write a `\\` before a character that stands for itself, and close what is opened")
                };
                let message = format!("the pattern of `{}` does not compile: {problem}", held.name);
                diagnostics.report(&rules::BAD_PATTERN, constraint.span, message).also(held.span, held.what).help(help);
            }
        }
    }
}

/// Without it, a value would be offered that the client itself refuses.
pub(super) fn bad_one_of(api: &Api, diagnostics: &mut Diagnostics) {
    for held in held(api) {
        for constraint in &held.rules.constraints {
            let Constraint::OneOf(known) = &constraint.value else { continue };
            if !is_word(api, &held.ty) {
                continue;
            }
            let others: Vec<_> = held.all(api).filter(|other| !std::ptr::eq(*other, constraint)).collect();
            let by = api.same_by(&held.ty);
            let mut seen = HashSet::new();
            for value in known.iter() {
                let repeats = !seen.insert(by.worth(value));
                let json = value_of(api, &held.ty, value);
                let problem = match repeats {
                    true => Some("stands there twice".to_owned()),
                    false => values::misfit(api, &held.ty, &json, values::Direction::Sent)
                        .map(|misfit| misfit.to_string())
                        .or_else(|| others.iter().find_map(|other| values::breach(other, &json, by))),
                };
                if let Some(problem) = problem {
                    let message = format!("`{}`, one of those for `{}`, {problem}", value.value, held.name);
                    diagnostics
                        .report(&rules::BAD_ONE_OF, value.span, message)
                        .also(held.span, held.what)
                        .help(if repeats { "leave one of them out" } else { "leave it out, or demand less" });
                }
            }
        }
    }
}

/// The same for the known values of an enum: its own rules are to hold for those that nobody knows yet.
pub(super) fn bad_known_value(api: &Api, diagnostics: &mut Diagnostics) {
    for def in &api.types {
        let Shape::Enum(known, kind) = &def.shape else { continue };
        let by = if *kind == EnumKind::Integer { By::Amount } else { By::AsSent };
        for value in known {
            let wire = value.name.wire.clone();
            let json = if *kind == EnumKind::String { Json::String(wire) } else { Json::Number(wire) };
            if let Some(problem) = def.rules.constraints.iter().find_map(|it| values::breach(it, &json, by)) {
                let message = format!("`{}`, a value of `{}`, {problem}", value.name.wire, def.name.wire);
                diagnostics
                    .report(&rules::BAD_ONE_OF, value.span, message)
                    .also(def.span, "the type")
                    .help("leave it out, or demand less");
            }
        }
    }
}

/// Without it, a message that was written for people would never be shown.
pub(super) fn unused_message(api: &Api, diagnostics: &mut Diagnostics) {
    for held in held(api) {
        for (id, _) in &held.rules.messages {
            let known = held.all(api).map(|constraint| constraint.id()).chain(held.of_client.iter().copied());
            let known: Vec<_> = known.collect();
            if !known.contains(&id.text.as_str()) {
                let message = format!("`{}` has no constraint `{}`", held.name, id.text);
                let help = match (id.text.as_str(), held.what) {
                    ("required", "the field") => "leave it out: no caller can be without a field that is `required`, \
                         and one that is not may be left out"
                        .to_owned(),
                    _ => diagnostics.suggest(&id.text, known),
                };
                diagnostics.report(&rules::UNUSED_MESSAGE, id.span, message).also(held.span, held.what).help(help);
            }
        }
    }
}

/// Without it, the documentation would promise what the client itself refuses.
pub(super) fn bad_default(api: &Api, diagnostics: &mut Diagnostics) {
    for parameter in super::parameters(api) {
        let Fallback::Server(default) = &parameter.fallback else { continue };
        let idle = match parameter.location {
            crate::ir::Location::Path => Some("is always given, so that nothing is assumed for it"),
            _ if super::files::is_part(api, &parameter.ty) => Some("is a file, and no text stands for one"),
            _ => None,
        };
        if let Some(idle) = idle {
            diagnostics
                .report(&rules::BAD_DEFAULT, default.span, format!("`{}` {idle}", parameter.name.wire))
                .also(parameter.span, "the parameter")
                .help("leave `default` out");
            continue;
        }
        let value = value_of(api, &parameter.ty, default);
        let problem = match values::misfit(api, &parameter.ty, &value, values::Direction::Sent) {
            Some(misfit) => misfit.to_string(),
            None => match parameter
                .rules
                .constraints
                .iter()
                .find_map(|it| values::breach(it, &value, api.same_by(&parameter.ty)))
            {
                Some(breach) => breach,
                None => continue,
            },
        };
        let message = format!("the default of `{}` {problem}", parameter.name.wire);
        diagnostics
            .report(&rules::BAD_DEFAULT, default.span, message)
            .also(parameter.span, "the parameter")
            .help("write a default that a caller could give, or demand less");
    }
}

/// What is written as text stands for this value of a type.
pub(super) fn value_of(api: &Api, ty: &Type, text: &str) -> Json {
    let bare = api.bare(ty);
    let is_bare = match (bare, api.form(ty)) {
        (_, Some(Form::Quoted)) => false,
        (Type::Boolean, Some(Form::Words(words))) => words.iter().any(|word| word.is_bare && word.text == text),
        (_, Some(Form::Moments(_, write))) => matches!(write, Spelling::Epoch(_)),
        (Type::Decimal, _) => true,
        _ => is_whole_number(api, ty),
    };
    match (bare, text) {
        (Type::Boolean, "true") => Json::Boolean(true),
        (Type::Boolean, "false") => Json::Boolean(false),
        (Type::Boolean, number) if api.form(ty).is_none() && values::is_number(number) => Json::Number(text.to_owned()),
        _ if is_bare && values::is_number(text) => Json::Number(text.to_owned()),
        _ => Json::String(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    /// A text that reads like a number is one of its own, and words are found at once however many they are.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "how long it takes is the question")]
    fn many_words_are_checked_at_once() {
        let words = (0..5_000).map(|at| format!("\"{at}\", \"{at}.0\"")).collect::<Vec<_>>().join(", ");
        let params = format!(
            "{{a: {{type: string, one_of: [{words}]}}, all: {{type: [Word]}}, \
             b: {{type: string, required_if: {{a: [{words}]}}, forbidden_if: {{a: [{words}]}}}}}}"
        );
        let example = format!("{{all: {{request: {{all: [{words}]}}, response: {{}}}}}}");
        let users = format!(
            "types: {{Word: {{type: string, one_of: [{words}]}}}}\n\
             operations: {{list: {{http: GET /, params: {params}, returns: nothing, examples: {example}}}}}\n"
        );
        let (api, mut diagnostics) =
            crate::lower::from_memory(&[("api.yaml", "codegen: 1\nname: x\n"), ("users.yaml", &users)]);
        let start = Instant::now();
        crate::check::run(&api, &mut diagnostics);
        let found: Vec<_> = diagnostics.into_sorted().into_iter().map(|it| (it.rule.id, it.message)).collect();
        let contradiction = "`b` is required and forbidden at once".to_owned();
        assert_eq!(found, [("contradictory-rules", contradiction)]);
        assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    }
}
