//! The parameters of a call that are headers.

use http::header::{HeaderMap, HeaderName, HeaderValue};

use super::field::Field;
use super::param::{Location, Sensitivity};
use crate::validate::Violation;

/// What the connection and the body decide.
const MANAGED: &[&str] =
    &["connection", "content-length", "expect", "host", "te", "trailer", "transfer-encoding", "upgrade"];

/// What HTTP takes off at the ends of a header's value, so that nobody receives it.
pub(crate) const BLANKS: [char; 2] = [' ', '\t'];

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
        if MANAGED.contains(&name.as_str()) {
            return Err(refused("is set by the client itself, from what it sends"));
        }
        let value = HeaderValue::from_bytes(field.text.trim_matches(BLANKS).as_bytes());
        let mut value = value.map_err(|_| refused("must be a text that a header can hold"))?;
        value.set_sensitive(field.sensitivity != Sensitivity::Public);
        headers.append(name, value);
    }
    Ok(headers)
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
