//! The line of a call that the spec does not describe, as a client's `request` and `query` take it.

use codegen::ir::Method;
use percent_encoding::{AsciiSet, percent_decode_str, utf8_percent_encode};

use super::request::ESCAPED;
use crate::Trouble;

/// Everything but what a segment of a path may hold as it is.
const IN_SEGMENT: &AsciiSet = &ESCAPED
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// `POST /path?name=value`
pub(super) struct Line {
    pub(super) method: Method,
    /// As it is sent.
    pub(super) path: String,
    /// Names and texts.
    pub(super) query: Vec<(String, String)>,
}

impl Line {
    /// Reads a line. The segments of its path are text, of which nothing is encoded yet; its query is as it is sent.
    pub(super) fn parse(line: &str) -> Result<Self, Trouble> {
        let unusable = |what: &str| Trouble::Unusable(format!("`{line}` is no request: {what}"));
        let (method, rest) = line.split_once(' ').ok_or_else(|| unusable("write it like `GET /path`"))?;
        let method = Method::ALL.into_iter().find(|known| known.as_str() == method);
        let method = method.ok_or_else(|| unusable("its method is none that a call has"))?;
        let (path, written) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
        let segments = path.strip_prefix('/').ok_or_else(|| unusable("a path starts with `/`"))?;
        if rest.contains('#') {
            return Err(unusable("it has a fragment, which is not sent"));
        }
        let (mut encoded, last) = (String::new(), segments.split('/').count() - 1);
        for (index, segment) in segments.split('/').enumerate() {
            if matches!(segment, "." | "..") || (segment.is_empty() && index != last) {
                return Err(unusable("a segment of its path is empty, `.` or `..`"));
            }
            encoded.push('/');
            encoded.extend(utf8_percent_encode(segment, IN_SEGMENT));
        }
        let mut query = Vec::new();
        for pair in written.into_iter().flat_map(|query| query.split('&')) {
            let (name, text) = pair.split_once('=').unwrap_or((pair, ""));
            let decoded = |text| percent_decode_str(text).decode_utf8().map(|text| text.into_owned());
            let (Ok(name), Ok(text)) = (decoded(name), decoded(text)) else {
                return Err(unusable("its query is no text"));
            };
            if name.is_empty() || query.iter().any(|(before, _)| *before == name) {
                return Err(unusable("each name of its query is there once, and not empty"));
            }
            query.push((name, text));
        }
        Ok(Self { method, path: encoded, query })
    }
}
