//! Percent-encoding, in the ways that schemes differ.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode_byte};

use super::Wiped;

/// Which characters stay as they are; all others are the UTF-8 of them in upper-case digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escape {
    /// Letters, digits and `-._~`.
    Rfc3986,
    /// The same and `/`.
    Rfc3986Path,
    /// Letters, digits and `*-._`; a space is `+`.
    Form,
}

const RFC3986: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
const RFC3986_PATH: &AsciiSet = &RFC3986.remove(b'/');
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_');

/// A text, percent-encoded.
pub fn escape(text: impl AsRef<str>, profile: Escape) -> Wiped {
    let text = text.as_ref();
    let escaped = match profile {
        Escape::Rfc3986 => RFC3986,
        Escape::Rfc3986Path => RFC3986_PATH,
        Escape::Form => FORM,
    };
    Wiped::write(|put| {
        for piece in percent_encoding::utf8_percent_encode(text, escaped) {
            let space = piece == percent_encode_byte(b' ') && profile == Escape::Form;
            put(if space { "+" } else { piece });
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_differ_in_spaces_stars_tildes_and_slashes() {
        let text = "aZ09 *-._~/+é%2f";
        assert_eq!(&*escape(text, Escape::Rfc3986), "aZ09%20%2A-._~%2F%2B%C3%A9%252f");
        assert_eq!(&*escape(text, Escape::Rfc3986Path), "aZ09%20%2A-._~/%2B%C3%A9%252f");
        assert_eq!(&*escape(text, Escape::Form), "aZ09+*-._%7E%2F%2B%C3%A9%252f");
    }
}
