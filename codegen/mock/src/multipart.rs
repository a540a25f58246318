//! Bodies in parts, as they arrive.

use std::fmt;

/// One part of a `multipart/form-data` body.
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is called.
    pub name: String,
    /// What the file is called that it holds, if it holds one.
    pub file_name: Option<String>,
    /// The media type that it says it has.
    pub content_type: Option<String>,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Shows no value: requests carry secrets.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part").field("name", &self.name).field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

impl Part {
    /// The text that it holds, if it holds one and no file.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok().filter(|_| self.file_name.is_none())
    }

    /// A part from its head, which is text, and its bytes.
    fn new(head: &str, bytes: &[u8]) -> Option<Self> {
        let header = |wanted: &str| {
            let mut lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
            lines.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim())
        };
        let disposition = header("content-disposition")?.strip_prefix("form-data")?;
        Some(Self {
            name: parameter(disposition, "name")?,
            file_name: parameter(disposition, "filename"),
            content_type: header("content-type").map(str::to_owned),
            bytes: bytes.to_vec(),
        })
    }
}

/// What stands between the parts of a body of this media type.
pub(crate) fn boundary(content_type: &str) -> Option<&str> {
    let (media_type, rest) = content_type.split_once(';')?;
    let mut parameters = rest.split(';').filter_map(|parameter| parameter.trim().split_once('='));
    let (_, boundary) = parameters.find(|(name, _)| name.eq_ignore_ascii_case("boundary"))?;
    let boundary = boundary.trim_matches('"');
    let is_one = media_type.trim().eq_ignore_ascii_case("multipart/form-data") && (1..=70).contains(&boundary.len());
    is_one.then_some(boundary)
}

/// All parts, in the order sent. `None` for what is no such body.
pub(crate) fn parts(boundary: &str, body: &[u8]) -> Option<Vec<Part>> {
    let line = format!("--{boundary}");
    let mut rest = body.strip_prefix(line.as_bytes())?;
    let end = format!("\r\n{line}");
    let mut parts = Vec::new();
    loop {
        if rest == b"--" || rest == b"--\r\n" {
            return Some(parts);
        }
        rest = rest.strip_prefix(b"\r\n")?;
        let (head, tail) = rest.split_at(find(rest, b"\r\n\r\n")?);
        let tail = tail.get(4..)?;
        let (bytes, tail) = tail.split_at(find(tail, end.as_bytes())?);
        parts.push(Part::new(std::str::from_utf8(head).ok()?, bytes)?);
        rest = tail.get(end.len()..)?;
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// `; name="value"`, in which browsers escape three characters and nothing else.
fn parameter(text: &str, name: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("; {name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"))
}

/// Bytes as a text that JSON can hold: a character for each.
pub(crate) fn as_text(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// The bytes again; what is no such text is its own UTF-8.
pub(crate) fn as_bytes(text: &str) -> Vec<u8> {
    let bytes: Result<Vec<u8>, _> = text.chars().map(u8::try_from).collect();
    bytes.unwrap_or_else(|_| text.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "--b\r\nContent-Disposition: form-data; name=\"a%22\"\r\n\r\n1\r\n--b\r\n\
        content-disposition: form-data; name=\"f[]\"; filename=\"x%0Ay\"\r\nContent-Type: image/png\r\n\r\n\
        \r\n--c\r\n--b--\r\n";

    #[test]
    fn parts_are_read_as_browsers_write_them() {
        let parts = parts("b", BODY.as_bytes()).unwrap();
        assert_eq!((parts[0].name.as_str(), parts[0].text()), ("a\"", Some("1")));
        assert_eq!((parts[1].name.as_str(), parts[1].file_name.as_deref()), ("f[]", Some("x\ny")));
        assert_eq!((parts[1].bytes.as_slice(), parts[1].text()), (b"\r\n--c".as_slice(), None));
        assert_eq!(boundary("Multipart/Form-Data; charset=x; boundary=\"a b\""), Some("a b"));
        assert_eq!(boundary("multipart/mixed; boundary=b"), None);
    }

    #[test]
    fn whatever_is_cut_off_is_no_body() {
        for end in 0..BODY.len() - 2 {
            assert_eq!(parts("b", &BODY.as_bytes()[..end]), None, "{end}");
        }
        assert_eq!(parts("b", b"--b--"), Some(Vec::new()));
    }

    #[test]
    fn bytes_survive_being_text() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(as_bytes(&as_text(&all)), all);
        assert_eq!(as_bytes("€"), "€".as_bytes());
    }
}
