//! The path of a call: each value one segment, or several where its parameter keeps slashes.

use codegen::ir::{Api, CREDENTIALS, Operation, PathPart};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::raw::sendable;
use crate::Trouble;

/// What is sent as it is: the unreserved characters of RFC 3986.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The path of an operation, with what its parameters are.
pub(super) fn of<'p>(
    operation: &Operation,
    value: impl Fn(&str) -> &'p str,
    credentials: &[String],
) -> Result<String, Trouble> {
    let mut path = Path::default();
    for part in &operation.path {
        match part {
            PathPart::Literal(text) => path.text.push_str(text),
            PathPart::Credential(index, name) => {
                path.fill(
                    format!("the credential `{name}`"),
                    credentials.get(*index).map_or("", String::as_str),
                    false,
                )?;
            }
            PathPart::Parameter(index) => {
                let Some(parameter) = operation.parameters.get(*index) else { continue };
                let name = &parameter.name.wire;
                // A value of dots is refused whatever stands beside it.
                if value(name).split(|character| character == '/' && parameter.keeps_slashes).any(is_dots) {
                    return Err(unusable(&format!("`{name}`")));
                }
                path.fill(format!("`{name}`"), value(name), parameter.keeps_slashes)?;
            }
        }
    }
    path.whole()
}

/// A path as somebody has written it, with the credentials that it names as that of an operation does.
pub(super) fn written(api: &Api, path: &str, credentials: &[String]) -> Result<String, Trouble> {
    let (mut filled, mut rest) = (Path::default(), path);
    let open = format!("{{{CREDENTIALS}");
    while let Some((before, after)) = rest.split_once(&open)
        && let Some((name, after)) = after.split_once('}')
    {
        filled.text.push_str(&sendable(before));
        let index = api.credentials.iter().position(|credential| credential.name.wire == name);
        let text = index.and_then(|index| credentials.get(index));
        let text = text.ok_or_else(|| Trouble::Unusable(format!("this API has no credential `{name}`")))?;
        filled.fill(format!("the credential `{name}`"), text, false)?;
        rest = after;
    }
    filled.text.push_str(&sendable(rest));
    filled.whole()
}

/// A path as far as it is made.
#[derive(Default)]
struct Path {
    text: String,
    /// What was filled in, and where each ends.
    filled: Vec<(usize, String)>,
}

impl Path {
    fn fill(&mut self, what: String, value: &str, keeps_slashes: bool) -> Result<(), Trouble> {
        if value.is_empty() {
            return Err(unusable(&what));
        }
        let segments = value.split(|character| character == '/' && keeps_slashes);
        self.text.push_str(&segments.map(encoded).collect::<Vec<_>>().join("/"));
        self.filled.push((self.text.len(), what));
        Ok(())
    }

    /// All of it, unless values side by side make up what would lead elsewhere.
    fn whole(self) -> Result<String, Trouble> {
        let mut start = 0;
        for segment in self.text.split('/') {
            let end = start + segment.len();
            if is_dots(segment)
                && let Some((_, what)) = self.filled.iter().find(|(at, _)| (start..=end).contains(at))
            {
                return Err(unusable(what));
            }
            start = end + 1;
        }
        Ok(self.text)
    }
}

fn unusable(what: &str) -> Trouble {
    Trouble::Unusable(format!("{what} can be no segment of a path"))
}

fn is_dots(text: &str) -> bool {
    matches!(text, "." | "..")
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}
