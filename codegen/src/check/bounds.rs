//! Rules over bounds: what lies between them must be something.

use std::cmp::Ordering;

use super::constraints::{Held, held, is_whole_number};
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Class, Constraint, IdKind, Number, Shape, Type, runs};
use crate::source::{Span, Spanned};

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
            let is_swapped = least.compare(most_text) == Some(Ordering::Less);
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

/// Without it, a bound that the type, a format or another rule keeps from being reached would refuse every value.
pub(super) fn bound_out_of_reach(api: &Api, diagnostics: &mut Diagnostics) {
    for held in held(api) {
        for bound in held.all(api) {
            let by_type = against_type(api, &held, bound).map(|problem| (problem, bound.span));
            let by_others = held.all(api).filter_map(|other| Some((against(&held, api, bound, other)?, other.span)));
            let Some((problem, other)) = by_type.into_iter().chain(by_others).next() else { continue };
            if held.has_one_of(bound.span, other) {
                let message = format!("`{}` of `{}` is {}, and {problem}", bound.key(), held.name, shown(bound));
                let diagnostic = diagnostics.report(&rules::EMPTY_RANGE, bound.span, message);
                if other != bound.span {
                    diagnostic.also(other, "this says so");
                }
                diagnostic.also(held.span, held.what).help("no value would be valid");
            }
        }
    }
}

fn shown(constraint: &Spanned<Constraint>) -> String {
    bound(constraint).map(|(number, _)| number.as_str().to_owned()).unwrap_or_default()
}

/// What whole numbers of 64 bits have against a bound.
fn against_type(api: &Api, held: &Held<'_>, bound: &Constraint) -> Option<String> {
    if !is_whole_number(api, &held.ty) {
        return None;
    }
    let bare = api.bare(&held.ty);
    let is_unsigned = *bare == Type::Unsigned || matches!(api.shape(bare), Some(Shape::Id(IdKind::Unsigned)));
    let (least, most) = if is_unsigned {
        (u64::MIN.to_string(), u64::MAX.to_string())
    } else {
        (i64::MIN.to_string(), i64::MAX.to_string())
    };
    match bound {
        Constraint::Min(number) if number.compare(&most) == Some(Ordering::Less) => {
            Some(format!("its type goes up to {most}"))
        }
        Constraint::Max(number) if number.compare(&least) == Some(Ordering::Greater) => {
            Some(format!("its type begins with {least}"))
        }
        _ => None,
    }
}

/// What another rule has against the bound of a text.
fn against(held: &Held<'_>, api: &Api, bound: &Constraint, other: &Constraint) -> Option<String> {
    match (bound, other) {
        // A character has at most four bytes.
        (Constraint::MinBytes(least), Constraint::MaxLength(most)) if u64::from(*least) > 4 * u64::from(*most) => {
            Some(format!("{most} characters have at most {} bytes", 4 * u64::from(*most)))
        }
        (Constraint::MaxLength(most) | Constraint::MaxBytes(most), Constraint::Contains(_)) => {
            let classes = [Class::Lower, Class::Upper, Class::Digit, Class::Special];
            let is_wanted = |class: &&Class| held.all(api).any(|it| it.value == Constraint::Contains(**class));
            let wanted = classes.iter().filter(is_wanted).count();
            (wanted > usize::try_from(*most).unwrap_or(usize::MAX))
                .then(|| format!("`contains` needs {wanted} characters"))
        }
        (Constraint::MaxLength(most) | Constraint::MaxBytes(most), Constraint::Format(format)) => {
            let (least, _) = format.lengths();
            (*most < least).then(|| format!("{} has at least {least} characters", format.what()))
        }
        (Constraint::MinLength(least) | Constraint::MinBytes(least), Constraint::Format(format)) => {
            let (_, most) = format.lengths();
            (*least > most).then(|| format!("{} has at most {most} characters", format.what()))
        }
        _ => None,
    }
}
