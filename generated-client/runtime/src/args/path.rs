//! A path template into a path: every value stays one segment, unless it is told to be several.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::encode::ESCAPED;
use super::field::Field;
use super::param::Location;
use crate::validate::Violation;
use crate::values::Secret;

const ESCAPED_BUT_SLASHES: &AsciiSet = &ESCAPED.remove(b'/');

/// What the name of a placeholder begins with that is a credential, and no parameter.
const CREDENTIAL: &str = "credentials.";

/// Fills the placeholders of a template such as `/institutes/{institute_id}/users` with the fields
/// of the same names, percent-encoded, and puts the path of the base address in front.
///
/// Those of credentials stay: what they are is known when an attempt is signed, and [`fill_in`] puts it there.
///
/// # Errors
///
/// A value that is missing, or that servers and URL libraries would take for another path: empty,
/// `.` or `..`.
pub(crate) fn path<'a>(
    base: &str,
    template: &str,
    fields: impl IntoIterator<Item = &'a Field<'a>> + Clone,
    credentials: &[&str],
) -> Result<String, Violation> {
    let mut path = String::with_capacity(base.len() + template.len() + 16);
    path.push_str(base);
    let mut rest = template;
    while let Some((literal, tail)) = rest.split_once('{') {
        let (name, tail) = tail.split_once('}').unwrap_or((tail, ""));
        path.push_str(literal);
        let mut fields = fields.clone().into_iter().filter(|field| field.location.is_path());
        let Some(field) = fields.find(|field| field.name == name) else {
            credential(name, credentials).ok_or_else(|| Violation::required(name))?;
            path.extend(["{", name, "}"]);
            rest = tail;
            continue;
        };
        check_segment(field)?;
        let escaped = if field.location == Location::Segments { ESCAPED_BUT_SLASHES } else { ESCAPED };
        path.extend(utf8_percent_encode(&field.text, escaped));
        rest = tail;
        // Two values side by side may make up what neither of them is.
        if is_dots(path.rsplit_once('/').map_or(&*path, |(_, last)| last)) && (rest.is_empty() || rest.starts_with('/'))
        {
            return Err(Violation::segment(name));
        }
    }
    path.push_str(rest);
    Ok(path)
}

/// Which of the credentials a placeholder names.
fn credential(name: &str, credentials: &[&str]) -> Option<usize> {
    let name = name.strip_prefix(CREDENTIAL)?;
    credentials.iter().position(|known| *known == name)
}

/// The path of an attempt: what [`path`] has made, with what the credentials now are, percent-encoded as one segment
/// each.
///
/// # Errors
///
/// The name of a credential that makes another path of it: an empty one, or one whose segment is `.` or `..` then.
pub(crate) fn fill_in<'p>(
    path: &'p str,
    names: &[&'static str],
    values: &[Secret],
) -> Result<Cow<'p, str>, &'static str> {
    // Braces of values and of the base address are encoded.
    if !path.contains('{') {
        return Ok(Cow::Borrowed(path));
    }
    let mut filled = String::with_capacity(path.len() + 64);
    let mut rest = path;
    while let Some((before, tail)) = rest.split_once('{') {
        let (name, tail) = tail.split_once('}').unwrap_or((tail, ""));
        filled.push_str(before);
        let index = credential(name, names);
        let value = index.and_then(|index| values.get(index)).map_or("", Secret::expose);
        filled.extend(utf8_percent_encode(value, ESCAPED));
        rest = tail;
        let segment = filled.rsplit('/').next().unwrap_or_default();
        let follows = rest.split('/').next().unwrap_or_default();
        if value.is_empty() || is_dots(&[segment, follows].concat()) {
            return Err(index.and_then(|index| names.get(index)).copied().unwrap_or_default());
        }
    }
    filled.push_str(rest);
    Ok(Cow::Owned(filled))
}

/// Refuses a value that cannot be a segment of a path.
pub(crate) fn check_segment(field: &Field<'_>) -> Result<(), Violation> {
    let is_parted = field.location == Location::Segments;
    match field.text.is_empty() || field.text.split(|char| char == '/' && is_parted).any(is_dots) {
        true => Err(Violation::segment(field.name)),
        false => Ok(()),
    }
}

fn is_dots(text: &str) -> bool {
    matches!(text, "." | "..")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Kind;

    fn fill(template: &str, values: &[(&'static str, &'static str)]) -> Result<String, String> {
        let field =
            |&(name, text): &(&'static str, &'static str)| Field::new(name, text.into(), Kind::Text, Location::Path);
        let fields: Vec<Field<'_>> = values.iter().map(field).collect();
        path("", template, &fields, &[])
            .map_err(|violation| format!("{} {}", violation.parameter, violation.constraint))
    }

    #[test]
    fn keeps_a_value_in_one_segment() {
        assert_eq!(fill("/a/{x}/b/{y}", &[("y", "2"), ("x", "1/../é%2f")]).unwrap(), "/a/1%2F..%2F%C3%A9%252f/b/2");
        assert_eq!(fill("/a", &[]).unwrap(), "/a");
        assert_eq!(fill("/{x}.json", &[("x", "...")]).unwrap(), "/....json");
    }

    #[test]
    fn keeps_slashes_where_it_is_told_to() {
        let fill = |text: &'static str| {
            let field = Field::new("x", text.into(), Kind::Text, Location::Segments);
            path("", "/a/{x}/b", [&field], &[]).map_err(|violation| violation.constraint)
        };
        assert_eq!(fill("1/é /%2f").unwrap(), "/a/1/%C3%A9%20/%252f/b");
        assert_eq!(fill("1//2/").unwrap(), "/a/1//2//b");
        for text in ["", "..", "1/../2", "./1", "1/."] {
            assert_eq!(fill(text).unwrap_err(), "path_segment", "{text}");
        }
    }

    #[test]
    fn refuses_what_would_be_another_path() {
        for text in ["", ".", ".."] {
            assert_eq!(fill("/a/{x}/b", &[("x", text)]).unwrap_err(), "x path_segment");
        }
        assert_eq!(fill("/a/.{x}", &[("x", "%2e")]).unwrap(), "/a/.%252e");
        assert_eq!(fill("/a/{x}", &[("z", "1")]).unwrap_err(), "x required");
    }

    #[test]
    fn credentials_are_put_in_when_they_are_known() {
        const NAMES: &[&str] = &["id", "token"];
        let made = |template: &str| {
            path("/v1", template, &[Field::new("x", "{credentials.id}".into(), Kind::Text, Location::Path)], NAMES)
        };
        let template = made("/bot{credentials.token}/{x}").unwrap();
        assert_eq!(template, "/v1/bot{credentials.token}/%7Bcredentials.id%7D");
        let with = |template: &str, token: &str| {
            let filled = fill_in(template, NAMES, &["7".into(), token.into()]).map(Cow::into_owned);
            filled.map_err(str::to_owned)
        };
        assert_eq!(with(&template, "1:a/{id}").unwrap(), "/v1/bot1%3Aa%2F%7Bid%7D/%7Bcredentials.id%7D");
        assert_eq!(with("/a", "1").unwrap(), "/a");
        for name in ["credentials.secret", "token", "credentials.", "credentials"] {
            assert_eq!(made(&format!("/{{{name}}}")).unwrap_err().constraint, "required", "{name}");
        }
        for (template, token) in
            [("/{credentials.token}", ".."), ("/{credentials.token}/a", "."), ("/.{credentials.token}", ".")]
        {
            assert_eq!(with(template, token).unwrap_err(), "token", "{template}");
        }
        assert_eq!(with("/{credentials.token}.", ".").unwrap_err(), "token");
        assert_eq!(with("/{credentials.token}.json", ".").unwrap(), "/..json");
    }
}
