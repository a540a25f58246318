//! What the spec demands of a call's parameters, checked before anything is sent.

mod violation;

use crate::args::{Args, Class, Field, Location, Param, Rule, check_segment};

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
            None if param.required => found.push(Violation::required(param.name)),
            None => {}
        }
    }
    if let Some(name) = args.unknown() {
        found.push(Violation::new(name, "unknown", "is not a parameter of this call".to_owned()));
    }
    match found.is_empty() {
        true => Ok(()),
        false => Err(Violations::from(found)),
    }
}

fn check(param: &Param, field: &Field<'_>, args: &Args, found: &mut Vec<Violation>) {
    if param.location == Location::Path
        && let Err(violation) = check_segment(field)
    {
        found.push(violation);
    }
    for rule in param.rules {
        if !is_met(rule, &field.text, args) {
            found.push(Violation::new(param.name, id(rule), message(rule)));
        }
    }
}

fn is_met(rule: &Rule, text: &str, args: &Args) -> bool {
    match *rule {
        Rule::MinLength(length) => text.chars().count() as u64 >= u64::from(length),
        Rule::MaxLength(length) => text.chars().count() as u64 <= u64::from(length),
        // What is no number has its own rules; the generator puts these on numbers only.
        Rule::Min(least) => text.parse().map_or(true, |number: i64| number >= least),
        Rule::Max(most) => text.parse().map_or(true, |number: i64| number <= most),
        Rule::Contains(class) => text.chars().any(|char| is_of(class, char)),
        Rule::Pattern(pattern) => pattern.matches(text),
        Rule::Equals(name) => args.by_name(name).is_some_and(|other| other.text == text),
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

fn id(rule: &Rule) -> &'static str {
    match rule {
        Rule::MinLength(_) => "min_length",
        Rule::MaxLength(_) => "max_length",
        Rule::Min(_) => "min",
        Rule::Max(_) => "max",
        Rule::Contains(Class::Lower) => "contains_lower",
        Rule::Contains(Class::Upper) => "contains_upper",
        Rule::Contains(Class::Digit) => "contains_digit",
        Rule::Contains(Class::Special) => "contains_special",
        Rule::Pattern(_) => "pattern",
        Rule::Equals(_) => "equals",
    }
}

/// Says what is demanded, never what was given.
fn message(rule: &Rule) -> String {
    let characters = |count: u32| if count == 1 { "character" } else { "characters" };
    match *rule {
        Rule::MinLength(length) => format!("must have at least {length} {}", characters(length)),
        Rule::MaxLength(length) => format!("must have at most {length} {}", characters(length)),
        Rule::Min(least) => format!("must be at least {least}"),
        Rule::Max(most) => format!("must be at most {most}"),
        Rule::Contains(Class::Lower) => "must contain a lower-case letter".to_owned(),
        Rule::Contains(Class::Upper) => "must contain an upper-case letter".to_owned(),
        Rule::Contains(Class::Digit) => "must contain a digit".to_owned(),
        Rule::Contains(Class::Special) => "must contain a character that is neither letter nor digit".to_owned(),
        Rule::Pattern(pattern) => format!("must match `{}`", pattern.as_str()),
        Rule::Equals(name) => format!("must be the same as `{name}`"),
    }
}

#[cfg(test)]
mod tests;
