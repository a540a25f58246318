//! Fields into a query and into a body.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::buffer::Sink;
use super::field::{Field, Kind};
use super::param::Location;

/// Everything but what RFC 3986 calls unreserved.
pub(super) const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The query, without its question mark, in the order of the fields. Nothing when no field goes there.
pub(crate) fn write_query<'a>(fields: impl IntoIterator<Item = &'a Field<'a>>) -> Option<String> {
    write_pairs(fields, Location::Query)
}

/// The body that is a form, in the order of the fields. Nothing when no field goes there.
pub(crate) fn write_form_body<'a>(fields: impl IntoIterator<Item = &'a Field<'a>>) -> Option<String> {
    write_pairs(fields, Location::Body)
}

/// `name=value` joined by `&`, percent-encoded.
fn write_pairs<'a>(fields: impl IntoIterator<Item = &'a Field<'a>>, location: Location) -> Option<String> {
    let mut pairs = String::new();
    for field in fields.into_iter().filter(|field| field.location == location) {
        if !pairs.is_empty() {
            pairs.push('&');
        }
        pairs.extend(utf8_percent_encode(field.name, ESCAPED));
        pairs.push('=');
        pairs.extend(utf8_percent_encode(&field.text, ESCAPED));
    }
    (!pairs.is_empty()).then_some(pairs)
}

/// The JSON body: the object of the fields that go into it, in their order, or the one field that is all of it.
/// Nothing where there is neither.
pub(crate) fn write_json_body<'a>(fields: impl IntoIterator<Item = &'a Field<'a>> + Clone) -> Option<String> {
    let mut body = String::new();
    if let Some(whole) = fields.clone().into_iter().find(|field| field.location == Location::Document) {
        write_value(&mut body, whole);
        return Some(body);
    }
    for field in fields.into_iter().filter(|field| field.location == Location::Body) {
        body.push(if body.is_empty() { '{' } else { ',' });
        write_string(&mut body, field.name);
        body.push(':');
        write_value(&mut body, field);
    }
    if body.is_empty() {
        return None;
    }
    body.push('}');
    Some(body)
}

fn write_value(body: &mut String, field: &Field<'_>) {
    match field.kind {
        Kind::Text | Kind::File(_) | Kind::Unsayable => write_string(body, &field.text),
        Kind::Number | Kind::Boolean | Kind::Json => body.push_str(&field.text),
    }
}

/// A JSON string; only what must be escaped is.
/// A text as JSON writes it.
pub(crate) fn write_json_text(json: &mut String, text: &str) {
    write_string(json, text);
}

pub(super) fn write_string(body: &mut impl Sink, text: &str) {
    body.put("\"");
    for part in text.split_inclusive(|char| matches!(char, '"' | '\\' | '\0'..='\x1f')) {
        let mut chars = part.chars();
        let last = chars.next_back();
        let escape = match last {
            Some('"') => "\\\"",
            Some('\\') => "\\\\",
            Some('\n') => "\\n",
            Some('\r') => "\\r",
            Some('\t') => "\\t",
            Some(control @ '\0'..='\x1f') => {
                body.put(chars.as_str());
                body.put(&format!("\\u{:04x}", u32::from(control)));
                continue;
            }
            _ => {
                body.put(part);
                continue;
            }
        };
        body.put(chars.as_str());
        body.put(escape);
    }
    body.put("\"");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &'static str, text: &'static str, kind: Kind, location: Location) -> Field<'static> {
        Field::new(name, text.into(), kind, location)
    }

    #[test]
    fn percent_encodes_all_but_unreserved_characters() {
        let fields = [
            field("a b", "x&y=z?/ü+%~-._", Kind::Text, Location::Query),
            field("in", "path", Kind::Text, Location::Path),
            field("empty", "", Kind::Text, Location::Query),
        ];
        let query = "a%20b=x%26y%3Dz%3F%2F%C3%BC%2B%25~-._&empty=";
        assert_eq!(write_query(&fields).as_deref(), Some(query));
        assert_eq!((write_query(&[]), write_form_body(&fields)), (None, None));
    }

    #[test]
    fn writes_json() {
        let fields = [
            field("text", "a\"b\\c\n\u{1}\u{7f}é", Kind::Text, Location::Body),
            field("number", "-7", Kind::Number, Location::Body),
            field("query", "x", Kind::Text, Location::Query),
            field("flag", "true", Kind::Boolean, Location::Body),
            field("none", "", Kind::Text, Location::Body),
        ];
        let body = "{\"text\":\"a\\\"b\\\\c\\n\\u0001\u{7f}é\",\"number\":-7,\"flag\":true,\"none\":\"\"}";
        assert_eq!(write_json_body(&fields).as_deref(), Some(body));
        assert_eq!(write_json_body(&[]), None);
        let whole = field("", "[1,2]", Kind::Json, Location::Document);
        assert_eq!(write_json_body(&[whole]).as_deref(), Some("[1,2]"));
    }
}
