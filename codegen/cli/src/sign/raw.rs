//! The line of a call that the spec does not describe, as it was or is to be sent.

use codegen::ir::Method;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::Trouble;

/// What no request line can hold. All else is sent as it is written: it is signed as it is spelled.
const UNSENDABLE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// `POST /path?name=value`
pub(super) struct Line {
    pub(super) method: Method,
    /// As it was written.
    pub(super) path: String,
    /// As it is sent, without the question mark.
    pub(super) query: String,
}

impl Line {
    /// Reads a line, whose target is as it is sent; what no request line can hold will be encoded.
    pub(super) fn parse(line: &str) -> Result<Self, Trouble> {
        let unusable = |what: &str| Trouble::Unusable(format!("`{line}` is no request: {what}"));
        let (method, rest) = line.split_once(' ').ok_or_else(|| unusable("write it like `GET /path`"))?;
        let method = Method::ALL.into_iter().find(|known| known.as_str() == method);
        let method = method.ok_or_else(|| unusable("its method is none that a call has"))?;
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let segments = path.strip_prefix('/').ok_or_else(|| unusable("a path starts with `/`"))?;
        if rest.contains('#') {
            return Err(unusable("it has a fragment, which is not sent"));
        }
        let last = segments.split('/').count() - 1;
        let is_odd = |(index, segment): (usize, &str)| {
            let segment = percent_decode_str(segment).decode_utf8_lossy();
            matches!(&*segment, "." | "..") || (segment.is_empty() && index != last)
        };
        if segments.split('/').enumerate().any(is_odd) {
            return Err(unusable("a segment of its path is empty, `.` or `..`"));
        }
        Ok(Self { method, path: path.to_owned(), query: sendable(query) })
    }

    /// Whether its query has a name.
    pub(super) fn names(&self, name: &str) -> bool {
        self.query.split('&').any(|pair| {
            let (written, _) = pair.split_once('=').unwrap_or((pair, ""));
            percent_decode_str(&written.replace('+', " ")).decode_utf8_lossy() == name
        })
    }
}

/// A text as it is written, but for what cannot be sent, and for percent signs that encode nothing.
pub(super) fn sendable(text: &str) -> String {
    let mut parts = text.split('%');
    let mut sent: String = parts.next().map(|part| utf8_percent_encode(part, UNSENDABLE).collect()).unwrap_or_default();
    for part in parts {
        let is_encoded = part.get(..2).is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        sent.push_str(if is_encoded { "%" } else { "%25" });
        sent.extend(utf8_percent_encode(part, UNSENDABLE));
    }
    sent
}
