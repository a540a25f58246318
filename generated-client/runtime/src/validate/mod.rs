//! What the spec demands of a call's parameters, checked before anything is sent.

mod violation;

use crate::args::{Args, Class, Fact, Field, Param, check_segment, matches_pattern};

pub use violation::{Violation, Violations};

/// Checks all parameters of a call against their tables; defaults are to be filled in before.
///
/// # Errors
///
/// Every constraint that is not met, in the order of the tables.
pub(crate) fn validate(args: &Args) -> Result<(), Violations> {
    let mut found = Vec::new();
    for (param, field) in args.params() {
        match field {
            Some(field) => check(param, &field, args, &mut found),
            None if param.is_required() => found.push(Violation::required(param.name())),
            None => lacking(param, args, &mut found),
        }
    }
    if let Some(name) = args.unknown() {
        found.push(Violation::new(name, "unknown", "is not a parameter of this call".to_owned()));
    }
    Violations::none_of(found)
}

/// What may be left out where another is given.
fn lacking(param: &Param, args: &Args, found: &mut Vec<Violation>) {
    for fact in param.facts() {
        if let Fact::Unless(name) = *fact
            && args.by_name(name).is_none()
        {
            let message = format!("is required unless `{name}` is given");
            found.push(Violation::new(param.name(), "required_unless", message));
        }
    }
}

fn check(param: &Param, field: &Field<'_>, args: &Args, found: &mut Vec<Violation>) {
    if param.location().is_path()
        && let Err(violation) = check_segment(field)
    {
        found.push(violation);
    }
    let text = &*field.text;
    let mut broken = |id, message| found.push(Violation::new(param.name(), id, message));
    for fact in param.facts() {
        match *fact {
            Fact::MinLength(length) if length_of(text) < u64::from(length) => {
                broken("min_length", format!("must have at least {}", characters(length)));
            }
            Fact::MaxLength(length) if length_of(text) > u64::from(length) => {
                broken("max_length", format!("must have at most {}", characters(length)));
            }
            // What is no number has its own rules; the generator puts these on numbers only.
            Fact::Min(least) if text.parse().is_ok_and(|number: i128| number < i128::from(least)) => {
                broken("min", format!("must be at least {least}"));
            }
            Fact::Max(most) if text.parse().is_ok_and(|number: i128| number > i128::from(most)) => {
                broken("max", format!("must be at most {most}"));
            }
            // Each class that is missing is a violation of its own.
            Fact::Contains(classes) => {
                for class in classes.iter().filter(|class| !text.chars().any(|char| is_of(**class, char))) {
                    let (id, what) = name_of(*class);
                    broken(id, format!("must contain {what}"));
                }
            }
            // Of a stream it shows only when it is sent.
            Fact::MaxSize(most) => {
                let lengths = args.files_of(param.name()).filter_map(|file| file.upload.length());
                for _ in lengths.filter(|length| *length > most) {
                    broken(
                        "max_size",
                        format!("must have at most {most} {}", if most == 1 { "byte" } else { "bytes" }),
                    );
                }
            }
            Fact::Pattern(pattern) if !matches_pattern(pattern, text) => {
                broken("pattern", format!("must match `{pattern}`"));
            }
            Fact::Equals(name) if args.by_name(name).is_none_or(|other| other.text != text) => {
                broken("equals", format!("must be the same as `{name}`"));
            }
            // Met, or nothing that a value could break.
            _ => {}
        }
    }
}

fn length_of(text: &str) -> u64 {
    text.chars().count() as u64
}

fn characters(count: u32) -> String {
    format!("{count} {}", if count == 1 { "character" } else { "characters" })
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

#[cfg(test)]
mod tests;
