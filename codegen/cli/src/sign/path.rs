//! The path of a call: each value one segment, or several where its parameter keeps slashes.

use codegen::ir::{Api, Operation, PathPart};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::Trouble;

/// What is sent as it is: the unreserved characters of RFC 3986.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The path of an operation, with what its parameters are.
pub(super) fn of<'p>(
    operation: &Operation,
    value: impl Fn(&str) -> &'p str,
    credentials: &[String],
) -> Result<String, Trouble> {
    let mut path = String::new();
    for part in &operation.path {
        let (what, text, keeps_slashes) = match part {
            PathPart::Literal(text) => {
                path.push_str(text);
                continue;
            }
            PathPart::Credential(index, name) => {
                (format!("the credential `{name}`"), credentials.get(*index).map_or("", String::as_str), false)
            }
            PathPart::Parameter(index) => {
                let Some(parameter) = operation.parameters.get(*index) else { continue };
                let name = &parameter.name.wire;
                (format!("`{name}`"), value(name), parameter.keeps_slashes)
            }
        };
        let segments = text.split(|character| character == '/' && keeps_slashes);
        path.push_str(&segments.clone().map(encoded).collect::<Vec<_>>().join("/"));
        // Two values side by side may make up what neither of them is.
        let segment = path.rsplit('/').next();
        if text.is_empty() || segments.clone().any(is_dots) || segment.is_some_and(is_dots) {
            return Err(Trouble::Unusable(format!("{what} can be no segment of a path")));
        }
    }
    Ok(path)
}

/// A path as somebody has written it, with the credentials that it names as that of an operation does.
pub(super) fn written(api: &Api, path: &str, credentials: &[String]) -> Result<String, Trouble> {
    let mut path = path.to_owned();
    for (credential, text) in api.credentials.iter().zip(credentials) {
        let name = &credential.name.wire;
        // Its braces are encoded already, as no request line can hold them.
        let hole = format!("%7Bcredentials.{name}%7D");
        if path.contains(&hole) {
            path = path.replace(&hole, &encoded(text));
            if text.is_empty() || path.split('/').any(is_dots) {
                return Err(Trouble::Unusable(format!("the credential `{name}` can be no segment of a path")));
            }
        }
    }
    Ok(path)
}

fn is_dots(text: &str) -> bool {
    matches!(text, "." | "..")
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}
