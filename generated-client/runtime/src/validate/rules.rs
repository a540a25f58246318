//! Every constraint of one value: when it is met, its id, and what is demanded.

use std::borrow::Cow;

use crate::args::{Class, Fact, Node, has_runs, matches_pattern};
use crate::values::Decimal;

/// Takes a constraint that is not met: its id, and what is demanded.
pub(super) type Broken<'b> = &'b mut dyn FnMut(&'static str, Cow<'static, str>);

/// Tells what of one row a value does not meet.
///
/// What is no text has no length, and what is no number no size: a type says that already.
pub(super) fn check(fact: &Fact, node: Node<'_>, broken: Broken<'_>) {
    match node.text() {
        Some(text) => of_text(fact, text, broken),
        None => of_parts(fact, node, broken),
    }
}

fn of_text(fact: &Fact, text: &str, broken: Broken<'_>) {
    match *fact {
        Fact::MinLength(least) if length_of(text) < u64::from(least) => {
            broken("min_length", format!("must have at least {}", count(least, "character")).into());
        }
        Fact::MaxLength(most) if length_of(text) > u64::from(most) => {
            broken("max_length", format!("must have at most {}", count(most, "character")).into());
        }
        Fact::MinBytes(least) if (text.len() as u64) < u64::from(least) => {
            broken("min_bytes", format!("must have at least {}", count(least, "byte")).into());
        }
        Fact::MaxBytes(most) if text.len() as u64 > u64::from(most) => {
            broken("max_bytes", format!("must have at most {}", count(most, "byte")).into());
        }
        Fact::Min(least) if both(text, least).is_some_and(|(number, least)| number < least) => {
            broken("min", format!("must be at least {least}").into());
        }
        Fact::Max(most) if both(text, most).is_some_and(|(number, most)| number > most) => {
            broken("max", format!("must be at most {most}").into());
        }
        Fact::MultipleOf(unit)
            if both(text, unit).is_some_and(|(number, unit)| number.is_multiple_of(&unit) == Some(false)) =>
        {
            broken("multiple_of", format!("must be a multiple of {unit}").into());
        }
        Fact::OneOf(by, known) if !by.is_among(text, known) => {
            broken("one_of", format!("must be one of {}", list(known, ", ")).into());
        }
        // Each class that is missing is a violation of its own.
        Fact::Contains(classes) => {
            for class in classes.iter().filter(|class| !text.chars().any(|char| is_of(**class, char))) {
                let (id, what) = name_of(*class);
                broken(id, format!("must contain {what}").into());
            }
        }
        Fact::Pattern(pattern) if !matches_pattern(pattern, text) => unmatched(pattern, broken),
        Fact::Runs(pattern, runs) if !has_runs(runs, text) => unmatched(pattern, broken),
        Fact::Known(format) if !(format.has)(text) => broken("format", format!("must be {}", format.name).into()),
        // Met, or nothing that a text could break.
        _ => {}
    }
}

fn of_parts(fact: &Fact, node: Node<'_>, broken: Broken<'_>) {
    let length = || node.items().map_or_else(|| node.members().len(), |items| items.len()) as u64;
    match *fact {
        Fact::MinItems(least) if length() < u64::from(least) => {
            broken("min_items", format!("must have at least {}", count(least, "item")).into());
        }
        Fact::MaxItems(most) if length() > u64::from(most) => {
            broken("max_items", format!("must have at most {}", count(most, "item")).into());
        }
        Fact::UniqueItems(by) if node.repeats(by) => {
            broken("unique_items", "must not have the same item twice".into());
        }
        _ => {}
    }
}

/// Tells of a file with too many bytes. Of a stream it shows only when it is sent.
pub(super) fn too_large(most: u64, broken: Broken<'_>) {
    broken("max_size", format!("must have at most {}", count(most, "byte")).into());
}

fn unmatched(pattern: &str, broken: Broken<'_>) {
    broken("pattern", format!("must match `{pattern}`").into());
}

/// Two numbers, where both texts are one.
fn both(text: &str, other: &str) -> Option<(Decimal, Decimal)> {
    Some((text.parse().ok()?, other.parse().ok()?))
}

fn length_of(text: &str) -> u64 {
    text.chars().count() as u64
}

/// Names, with something between them.
pub(super) fn list(names: &[&str], between: &str) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(between)
}

fn count(count: impl Into<u64>, what: &str) -> String {
    let count = count.into();
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn name_of(class: Class) -> (&'static str, &'static str) {
    match class {
        Class::Lower => ("contains_lower", "a lower-case letter"),
        Class::Upper => ("contains_upper", "an upper-case letter"),
        Class::Digit => ("contains_digit", "a digit"),
        Class::Special => ("contains_special", "a character that is neither letter nor digit"),
    }
}

fn is_of(class: Class, char: char) -> bool {
    match class {
        Class::Lower => char.is_lowercase(),
        Class::Upper => char.is_uppercase(),
        Class::Digit => char.is_ascii_digit(),
        Class::Special => !char.is_alphanumeric(),
    }
}
