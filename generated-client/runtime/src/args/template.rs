//! A path that a caller wrote into one that can be sent.

use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::encode::ESCAPED;
use crate::validate::Violation;

/// Everything but what a segment may hold as it is.
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

/// Encodes a path whose segments are text: nothing in it is taken for encoded already. Placeholders such as `{id}`
/// stay.
///
/// # Errors
///
/// What is no path below the base address, or would be taken for another: an address, a query, an empty
/// segment, `.` or `..`, a brace that is not part of a placeholder.
pub(crate) fn template(path: &str) -> Result<String, Violation> {
    let refused = |message: &str| Err(Violation::new("path", "path", message.to_owned()));
    let Some(segments) = path.strip_prefix('/') else {
        return refused("must start with `/`, below the base address");
    };
    if path.contains(['?', '#']) {
        return refused("must not hold a query or a fragment");
    }
    let last = segments.split('/').count() - 1;
    let mut encoded = String::with_capacity(path.len());
    for (index, segment) in segments.split('/').enumerate() {
        // A slash may stand at the end, and alone.
        if matches!(segment, "." | "..") || (segment.is_empty() && index != last) {
            return refused("must not hold a segment that is empty, `.` or `..`");
        }
        encoded.push('/');
        let mut rest = segment;
        while let Some((text, tail)) = rest.split_once('{') {
            let Some((name, tail)) = tail.split_once('}').filter(|(name, _)| is_name(name) && !text.contains('}'))
            else {
                return refused(BRACE);
            };
            encoded.extend(utf8_percent_encode(text, IN_SEGMENT));
            encoded.extend(["{", name, "}"]);
            rest = tail;
        }
        if rest.contains('}') {
            return refused(BRACE);
        }
        encoded.extend(utf8_percent_encode(rest, IN_SEGMENT));
    }
    Ok(encoded)
}

const BRACE: &str = "must hold braces around the name of a parameter only";

fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains('{')
}

/// Whether a template has a place for a parameter.
pub(crate) fn has_place(template: &str, name: &str) -> bool {
    template.split('{').skip(1).any(|tail| tail.split('}').next() == Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_text() {
        for (path, sent) in [
            ("/", "/"),
            ("/a/b/", "/a/b/"),
            ("/a b/é/100%/%2e%2e", "/a%20b/%C3%A9/100%25/%252e%252e"),
            ("/é{id}:cancel/{a b}{c}", "/%C3%A9{id}:cancel/{a b}{c}"),
            ("/.well-known/...", "/.well-known/..."),
        ] {
            assert_eq!(template(path).unwrap(), sent);
        }
    }

    #[test]
    fn what_is_no_path_of_the_api_is_refused() {
        let paths =
            ["", "a", "https://example.com/a", "//example.com/a", "/a//b", "/..", "/a/../b", "/./a", "/a?b=1", "/a#b"];
        for path in paths.into_iter().chain(["/{", "/}", "/{}", "/{a/b}", "/{a{b}}", "/a}{b}", "/{a}}"]) {
            assert_eq!(template(path).unwrap_err().constraint, "path", "{path}");
        }
    }
}
