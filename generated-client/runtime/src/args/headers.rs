//! The parameters of a call that are headers.

use http::header::{HeaderMap, HeaderName, HeaderValue};

use super::field::Field;
use super::joined::BLANKS;
use super::param::{Location, Sensitivity};
use crate::validate::Violation;

/// What the connection and the body decide.
const MANAGED: &[&str] =
    &["connection", "content-length", "expect", "host", "te", "trailer", "transfer-encoding", "upgrade"];

/// The headers among the fields.
///
/// # Errors
///
/// A name that is none or that the client sets by itself, and a value that no header can hold.
pub(crate) fn headers(fields: &[Field<'_>]) -> Result<HeaderMap, Violation> {
    let mut headers = HeaderMap::new();
    for field in fields.iter().filter(|field| field.location == Location::Header) {
        let refused = |message: &str| Violation::new(field.name, "header", message.to_owned());
        let name = HeaderName::from_bytes(field.name.as_bytes()).map_err(|_| refused("is no name of a header"))?;
        let mut value = checked(&name, field.text.as_bytes()).map_err(refused)?;
        value.set_sensitive(field.sensitivity != Sensitivity::Public);
        headers.append(name, value);
    }
    Ok(headers)
}

/// The headers of a call with those that somebody added to them, by the same rules.
///
/// # Errors
///
/// As [`headers`]; and when one of the call's own is not what it was.
pub(crate) fn added(own: &HeaderMap, mut all: HeaderMap) -> Result<HeaderMap, Violation> {
    let refused = |name: &HeaderName, message: &str| Violation::new(name.as_str(), "header", message.to_owned());
    let is_same = |name: &&HeaderName| own.get_all(*name).iter().eq(all.get_all(*name));
    if let Some(name) = own.keys().find(|name| !is_same(name)) {
        return Err(refused(name, "is a header of the call itself, which no hook may change"));
    }
    for (name, value) in &mut all {
        let checked = checked(name, value.as_bytes()).map_err(|message| refused(name, message))?;
        let is_sensitive = value.is_sensitive();
        *value = checked;
        value.set_sensitive(is_sensitive);
    }
    Ok(all)
}

/// A header as it is sent, or why it cannot be.
fn checked(name: &HeaderName, value: &[u8]) -> Result<HeaderValue, &'static str> {
    if MANAGED.contains(&name.as_str()) {
        return Err("is set by the client itself, from what it sends");
    }
    // It may be signed, as text.
    let text = std::str::from_utf8(value).ok();
    let value = text.and_then(|text| HeaderValue::from_bytes(text.trim_matches(BLANKS).as_bytes()).ok());
    value.ok_or("must be a text that a header can hold")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Kind;

    fn refusal(name: &str, text: &str) -> Option<String> {
        let (location, sensitivity) = (Location::Header, Sensitivity::Secret);
        let field = Field { sensitivity, ..Field::new(name, text.into(), Kind::Text, location) };
        headers(&[field]).err().map(|violation| violation.to_string())
    }

    #[test]
    fn a_header_is_text_on_one_line() {
        assert_eq!(refusal("X-Trace", "é \t~"), None);
        for text in ["a\nb", "a\r\nHost: b", "\u{0}"] {
            assert_eq!(refusal("X-Trace", text).unwrap(), "`X-Trace` must be a text that a header can hold");
        }
        assert_eq!(refusal("X Trace", "").unwrap(), "`X Trace` is no name of a header");
        assert_eq!(refusal("", "").unwrap(), "`` is no name of a header");
        assert_eq!(refusal("hOst", "").unwrap(), "`hOst` is set by the client itself, from what it sends");
    }
}
