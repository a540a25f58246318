//! A path template into a path: every value stays one segment.

use percent_encoding::utf8_percent_encode;

use super::encode::ESCAPED;
use super::field::Field;
use super::param::Location;
use crate::validate::Violation;

/// Fills the placeholders of a template such as `/institutes/{institute_id}/users` with the fields
/// of the same names, percent-encoded.
///
/// # Errors
///
/// A value that is missing, or that servers and URL libraries would take for another path: empty,
/// `.` or `..`.
pub(crate) fn path<'a>(
    template: &str,
    fields: impl IntoIterator<Item = &'a Field<'a>> + Clone,
) -> Result<String, Violation> {
    let mut path = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((literal, tail)) = rest.split_once('{') {
        let (name, tail) = tail.split_once('}').unwrap_or((tail, ""));
        path.push_str(literal);
        let mut fields = fields.clone().into_iter().filter(|field| field.location == Location::Path);
        let field = fields.find(|field| field.name == name).ok_or_else(|| Violation::required(name))?;
        check_segment(field)?;
        path.extend(utf8_percent_encode(&field.text, ESCAPED));
        rest = tail;
        // Two values side by side may make up what neither of them is.
        if path.rsplit('/').next().is_some_and(is_dots) && (rest.is_empty() || rest.starts_with('/')) {
            return Err(Violation::segment(name));
        }
    }
    path.push_str(rest);
    Ok(path)
}

/// Refuses a value that cannot be a segment of a path.
pub(crate) fn check_segment(field: &Field<'_>) -> Result<(), Violation> {
    match field.text.is_empty() || is_dots(&field.text) {
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
    use crate::args::{Kind, Sensitivity};

    fn fill(template: &str, values: &[(&'static str, &'static str)]) -> Result<String, String> {
        let field = |&(name, text): &(&'static str, &'static str)| Field {
            name,
            text: text.into(),
            kind: Kind::Text,
            location: Location::Path,
            sensitivity: Sensitivity::Public,
        };
        let fields: Vec<Field<'_>> = values.iter().map(field).collect();
        path(template, &fields).map_err(|violation| format!("{} {}", violation.parameter, violation.constraint))
    }

    #[test]
    fn keeps_a_value_in_one_segment() {
        assert_eq!(fill("/a/{x}/b/{y}", &[("y", "2"), ("x", "1/../é%2f")]).unwrap(), "/a/1%2F..%2F%C3%A9%252f/b/2");
        assert_eq!(fill("/a", &[]).unwrap(), "/a");
        assert_eq!(fill("/{x}.json", &[("x", "...")]).unwrap(), "/....json");
    }

    #[test]
    fn refuses_what_would_be_another_path() {
        for text in ["", ".", ".."] {
            assert_eq!(fill("/a/{x}/b", &[("x", text)]).unwrap_err(), "x path_segment");
        }
        assert_eq!(fill("/a/.{x}", &[("x", "%2e")]).unwrap(), "/a/.%252e");
        assert_eq!(fill("/a/{x}", &[("z", "1")]).unwrap_err(), "x required");
    }
}
