//! Rules over constraints and documented defaults.

use super::values;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{
    Api, Class, Constraint, EnumKind, Fallback, Form, IdKind, Json, Parameter, Shape, Spelling, Type, whole,
};
use crate::source::{Span, Spanned};

/// Without it, a stated validation would never be enforced.
pub(super) fn constraint_wrong_type(api: &Api, diagnostics: &mut Diagnostics) {
    for parameter in super::parameters(api) {
        for constraint in &parameter.constraints {
            let (wanted, fits) = match &constraint.value {
                Constraint::Min(_) | Constraint::Max(_) => ("numbers", is_number(api, parameter)),
                Constraint::MinLength(_)
                | Constraint::MaxLength(_)
                | Constraint::Contains(_)
                | Constraint::Pattern(_) => ("texts", is_text(api, parameter)),
                Constraint::MaxSize(_) => ("files", super::files::is_part(api, &parameter.ty)),
                // Any type can be equal, or missing.
                Constraint::Equals(_) | Constraint::Unless(_) => continue,
            };
            if !fits {
                let message = format!("`{}` is for {wanted}, which `{}` is not", key(constraint), parameter.name.wire);
                diagnostics
                    .report(&rules::CONSTRAINT_WRONG_TYPE, constraint.span, message)
                    .also(parameter.span, "the parameter")
                    .help(
                        "`min` and `max` are for numbers and ids, `max_size` for a `file`, the others for a `string`",
                    );
            }
        }
    }
}

fn is_number(api: &Api, parameter: &Parameter) -> bool {
    is_whole_number(api, &parameter.ty)
}

fn is_whole_number(api: &Api, ty: &Type) -> bool {
    match api.bare(ty) {
        Type::Integer | Type::Unsigned => true,
        Type::Named(id) => matches!(
            api.type_def(*id).shape,
            Shape::Id(IdKind::Integer | IdKind::Unsigned) | Shape::Enum(_, EnumKind::Integer)
        ),
        _ => false,
    }
}

fn is_text(api: &Api, parameter: &Parameter) -> bool {
    match api.bare(&parameter.ty) {
        Type::String => true,
        Type::Named(id) => matches!(api.type_def(*id).shape, Shape::Id(IdKind::String)),
        _ => false,
    }
}

/// A constraint as the spec writes its key.
pub(super) fn key(constraint: &Constraint) -> &'static str {
    match constraint {
        Constraint::MinLength(_) => "min_length",
        Constraint::MaxLength(_) => "max_length",
        Constraint::Min(_) => "min",
        Constraint::Max(_) => "max",
        Constraint::MaxSize(_) => "max_size",
        Constraint::Contains(_) => "contains",
        Constraint::Pattern(_) => "pattern",
        Constraint::Equals(_) => "equals",
        Constraint::Unless(_) => "required_unless",
    }
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
    for parameter in super::parameters(api) {
        let bound = |name: &str| parameter.constraints.iter().find(|it| key(it) == name).and_then(number);
        for (low, high) in [("min", "max"), ("min_length", "max_length")] {
            let (Some((least, least_at)), Some((most, most_at))) = (bound(low), bound(high)) else { continue };
            if least > most {
                let message = format!("`{low}` of `{}` is {least}, and `{high}` only {most}", parameter.name.wire);
                diagnostics
                    .report(&rules::EMPTY_RANGE, most_at, message)
                    .also(least_at, format!("`{low}`"))
                    .also(parameter.span, "the parameter")
                    .help("no value would be valid");
            }
        }
    }
}

/// The number in a constraint, and where it stands.
fn number(constraint: &Spanned<Constraint>) -> Option<(i64, Span)> {
    let number = match &constraint.value {
        Constraint::Min(number) | Constraint::Max(number) => *number,
        Constraint::MinLength(number) | Constraint::MaxLength(number) => i64::from(*number),
        Constraint::MaxSize(_)
        | Constraint::Contains(_)
        | Constraint::Pattern(_)
        | Constraint::Equals(_)
        | Constraint::Unless(_) => {
            return None;
        }
    };
    Some((number, constraint.span))
}

/// Without it, the mistake would show when somebody makes the first call.
pub(super) fn bad_pattern(api: &Api, diagnostics: &mut Diagnostics) {
    for parameter in super::parameters(api) {
        for constraint in &parameter.constraints {
            if let Constraint::Pattern(pattern) = &constraint.value
                && let Err(error) = whole(pattern)
            {
                let message = format!("the pattern of `{}` does not compile: {error}", parameter.name.wire);
                diagnostics
                    .report(&rules::BAD_PATTERN, constraint.span, message)
                    .also(parameter.span, "the parameter")
                    .help("look-around, back-references and `\\p{…}` do not exist here");
            }
        }
    }
}

/// Without it, the documentation would promise what the client itself refuses.
pub(super) fn bad_default(api: &Api, diagnostics: &mut Diagnostics) {
    for list in super::parameter_lists(api) {
        for parameter in list {
            let Fallback::Server(default) = &parameter.fallback else { continue };
            let value = value_of(&parameter.ty, default, api);
            let problem = match values::misfit(api, &parameter.ty, &value, values::Direction::Sent) {
                Some(misfit) => misfit.to_string(),
                None => match parameter.constraints.iter().find_map(|constraint| values::breach(constraint, default)) {
                    Some(breach) => breach,
                    None => continue,
                },
            };
            let message = format!("the default of `{}` {problem}", parameter.name.wire);
            diagnostics.report(&rules::BAD_DEFAULT, default.span, message).also(parameter.span, "the parameter");
        }
    }
}

/// A default is written as text; this is the value it stands for.
fn value_of(ty: &Type, text: &str, api: &Api) -> Json {
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
        _ if is_bare && values::is_number(text) => Json::Number(text.to_owned()),
        _ => Json::String(text.to_owned()),
    }
}
