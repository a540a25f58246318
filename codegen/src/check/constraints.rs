//! Rules over constraints and documented defaults.

use std::borrow::Cow;
use std::collections::HashSet;

use super::values;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{
    Api, Bearer, Class, Constraint, EnumKind, Fallback, Form, IdKind, Json, Number, Rules, Shape, Spelling, Type,
    TypeId, Worth, runs, whole,
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
}

/// Everything that can have constraints: parameters, fields and types.
pub(super) fn held(api: &Api) -> impl Iterator<Item = Held<'_>> {
    let parameters = super::parameters(api).map(|parameter| Held {
        rules: &parameter.rules,
        ty: Cow::Borrowed(&parameter.ty),
        name: &parameter.name.wire,
        span: parameter.span,
        what: "the parameter",
    });
    let fields = api.types.iter().flat_map(|def| def.fields());
    let fields = fields.map(|field| Held {
        rules: &field.rules,
        ty: Cow::Borrowed(&field.ty),
        name: &field.name.wire,
        span: field.span,
        what: "the field",
    });
    let types = api.types.iter().enumerate().map(|(at, def)| Held {
        rules: &def.rules,
        ty: Cow::Owned(Type::Named(TypeId(at))),
        name: &def.name.wire,
        span: def.span,
        what: "the type",
    });
    parameters.chain(fields).chain(types)
}

impl Held<'_> {
    /// What is demanded here, and what the type demands.
    fn all<'a>(&'a self, api: &'a Api) -> impl Iterator<Item = &'a Spanned<Constraint>> {
        let own = &self.rules.constraints;
        let of_type = api.rules_of(&self.ty).filter(|rules| !std::ptr::eq(*rules, self.rules));
        own.iter().chain(of_type.flat_map(|rules| &rules.constraints))
    }

    /// Whether one of two is demanded here: of what a type says twice, the type is told.
    fn has_one_of(&self, one: Span, other: Span) -> bool {
        self.rules.constraints.iter().any(|own| own.span == one || own.span == other)
    }
}

/// Without it, a stated validation would never be enforced.
pub(super) fn constraint_wrong_type(api: &Api, diagnostics: &mut Diagnostics) {
    for held in held(api) {
        for constraint in &held.rules.constraints {
            let (wanted, fits) = match constraint.bearer() {
                Bearer::Text => ("texts", is_text(api, &held.ty) || is_enum_of_texts(api, &held.ty)),
                Bearer::Number => ("numbers", is_number(api, &held.ty)),
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

fn is_number(api: &Api, ty: &Type) -> bool {
    is_whole_number(api, ty) || *api.bare(ty) == Type::Decimal
}

fn is_whole_number(api: &Api, ty: &Type) -> bool {
    match api.bare(ty) {
        Type::Integer | Type::Unsigned => true,
        named => matches!(
            api.shape(named),
            Some(Shape::Id(IdKind::Integer | IdKind::Unsigned) | Shape::Enum(_, EnumKind::Integer))
        ),
    }
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
    is_number(api, ty)
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

/// Without it, a swapped pair would refuse every value.
pub(super) fn empty_range(api: &Api, diagnostics: &mut Diagnostics) {
    // A character has at least one byte.
    let pairs = [
        ("min", "max"),
        ("min_length", "max_length"),
        ("min_bytes", "max_bytes"),
        ("min_length", "max_bytes"),
        ("min_items", "max_items"),
    ];
    for held in held(api) {
        let bound = |name: &str| held.all(api).find(|it| it.key() == name).and_then(bound);
        for (low, high) in pairs {
            let (Some((least, least_at)), Some((most, most_at))) = (bound(low), bound(high)) else { continue };
            let (least_text, most_text) = (least.as_str(), most.as_str());
            let unit = held.all(api).find_map(|it| match (&it.value, low) {
                (Constraint::MultipleOf(unit), "min") => Some((unit, it.span)),
                _ => None,
            });
            if !held.has_one_of(least_at, most_at) && unit.is_none_or(|(_, at)| !held.has_one_of(at, at)) {
                continue;
            }
            let is_swapped = least.compare(most_text) == Some(std::cmp::Ordering::Less);
            let has_none =
                || low == "min" && is_whole_number(api, &held.ty) && !Number::one().divides_any(&least, &most);
            let between = if is_swapped {
                Some(format!("`{low}` of `{}` is {least_text}, and `{high}` only {most_text}", held.name))
            } else {
                has_none().then(|| format!("no whole number lies between {least_text} and {most_text}"))
            };
            if let Some(message) = between {
                diagnostics
                    .report(&rules::EMPTY_RANGE, most_at, message)
                    .also(least_at, format!("`{low}`"))
                    .also(held.span, held.what)
                    .help("no value would be valid");
            } else if let Some((unit, at)) = unit.filter(|(unit, _)| !unit.divides_any(&least, &most)) {
                let message = format!("no multiple of {} lies between {least_text} and {most_text}", unit.as_str());
                diagnostics
                    .report(&rules::EMPTY_RANGE, at, message)
                    .also(held.span, held.what)
                    .help("no value would be valid");
            }
        }
    }
}

/// Without it, a pattern and a length that both make sense would leave no text that does.
pub(super) fn pattern_of_another_length(api: &Api, diagnostics: &mut Diagnostics) {
    for held in held(api) {
        for constraint in held.all(api) {
            let Constraint::Pattern(pattern) = &constraint.value else { continue };
            // What is no run of runs may have any length.
            let Some(runs) = runs(pattern) else { continue };
            let least: u64 = runs.iter().map(|run| u64::from(run.least)).sum();
            let most =
                runs.iter().all(|run| run.most < u32::MAX).then(|| runs.iter().map(|run| u64::from(run.most)).sum());
            for other in held.all(api) {
                let problem = match (&other.value, most) {
                    (Constraint::MaxLength(n) | Constraint::MaxBytes(n), _) if u64::from(*n) < least => "longer",
                    (Constraint::MinLength(n) | Constraint::MinBytes(n), Some(most)) if u64::from(*n) > most => {
                        "shorter"
                    }
                    _ => continue,
                };
                if !held.has_one_of(constraint.span, other.span) {
                    continue;
                }
                let message =
                    format!("what matches the pattern of `{}` is {problem} than `{}`", held.name, other.key());
                diagnostics
                    .report(&rules::EMPTY_RANGE, constraint.span, message)
                    .also(other.span, format!("`{}`", other.key()))
                    .also(held.span, held.what)
                    .help("no value would be valid");
            }
        }
    }
}

/// The number in a constraint, and where it stands.
fn bound(constraint: &Spanned<Constraint>) -> Option<(Number, Span)> {
    let number = match &constraint.value {
        Constraint::Min(number) | Constraint::Max(number) => Some(number.clone()),
        Constraint::MinLength(count)
        | Constraint::MaxLength(count)
        | Constraint::MinBytes(count)
        | Constraint::MaxBytes(count)
        | Constraint::MinItems(count)
        | Constraint::MaxItems(count) => Number::new(&count.to_string()),
        _ => None,
    };
    Some((number?, constraint.span))
}

/// Without it, the mistake would show when somebody makes the first call.
pub(super) fn bad_pattern(api: &Api, diagnostics: &mut Diagnostics) {
    for held in held(api) {
        for constraint in &held.rules.constraints {
            if let Constraint::Pattern(pattern) = &constraint.value
                && let Err(error) = whole(pattern)
            {
                let message = format!("the pattern of `{}` does not compile: {error}", held.name);
                let is_large = error.to_string().contains("size limit");
                diagnostics.report(&rules::BAD_PATTERN, constraint.span, message).also(held.span, held.what).help(
                    match is_large {
                        true => "write smaller counts in braces, or `max_length` beside it",
                        false => "look-around, back-references and `\\p{…}` do not exist here",
                    },
                );
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
            let mut seen = HashSet::new();
            for value in known {
                let repeats = !seen.insert(Worth::of(value));
                let json = value_of(api, &held.ty, value);
                let problem = match repeats {
                    true => Some("stands there twice".to_owned()),
                    false => values::misfit(api, &held.ty, &json, values::Direction::Sent)
                        .map(|misfit| misfit.to_string())
                        .or_else(|| others.iter().find_map(|other| values::breach(other, &json))),
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
        for value in known {
            let wire = value.name.wire.clone();
            let json = if *kind == EnumKind::String { Json::String(wire) } else { Json::Number(wire) };
            if let Some(problem) = def.rules.constraints.iter().find_map(|it| values::breach(it, &json)) {
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
            let known = held.all(api).map(|constraint| constraint.id());
            let required = (held.what == "the parameter").then_some("required");
            let known: Vec<_> = known.chain(required).collect();
            if !known.contains(&id.text.as_str()) {
                let message = format!("`{}` has no constraint `{}`", held.name, id.text);
                let help = diagnostics.suggest(&id.text, known);
                diagnostics.report(&rules::UNUSED_MESSAGE, id.span, message).also(held.span, held.what).help(help);
            }
        }
    }
}

/// Without it, the documentation would promise what the client itself refuses.
pub(super) fn bad_default(api: &Api, diagnostics: &mut Diagnostics) {
    for parameter in super::parameters(api) {
        let Fallback::Server(default) = &parameter.fallback else { continue };
        if parameter.location == crate::ir::Location::Path {
            let message = format!("`{}` is always given, so that nothing is assumed for it", parameter.name.wire);
            diagnostics
                .report(&rules::BAD_DEFAULT, default.span, message)
                .also(parameter.span, "the parameter")
                .help("leave `default` out");
            continue;
        }
        let value = value_of(api, &parameter.ty, default);
        let problem = match values::misfit(api, &parameter.ty, &value, values::Direction::Sent) {
            Some(misfit) => misfit.to_string(),
            None => match parameter.rules.constraints.iter().find_map(|it| values::breach(it, &value)) {
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
