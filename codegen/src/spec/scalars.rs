//! What a plain scalar means: a text, a number, a boolean or nothing.

use std::collections::HashMap;

use serde_yaml::Value as Yaml;

use super::node::Kind;

/// Meanings found so far: a spec says the same few words over and over.
#[derive(Default)]
pub(super) struct Scalars {
    known: HashMap<String, Kind>,
}

impl Scalars {
    /// The meaning of a scalar without quotes.
    pub(super) fn kind(&mut self, text: &str) -> Kind {
        if !may_be_more_than_text(text) {
            return Kind::Text;
        }
        if let Some(kind) = self.known.get(text) {
            return *kind;
        }
        let kind = match serde_yaml::from_str(text) {
            Ok(Yaml::Number(_)) => Kind::Number,
            Ok(Yaml::Bool(value)) => Kind::Boolean(value),
            Ok(Yaml::Null) => Kind::Null,
            // What YAML has no room for is a number all the same: it goes on as it is written.
            _ if is_json_number(text) => Kind::Number,
            _ => Kind::Text,
        };
        self.known.insert(text.to_owned(), kind);
        kind
    }
}

/// Most scalars are words, and asking costs more than seeing that.
fn may_be_more_than_text(text: &str) -> bool {
    match text.as_bytes() {
        [] | [b'0'..=b'9' | b'+' | b'-' | b'.' | b'~', ..] => true,
        [b'n' | b'N' | b't' | b'T' | b'f' | b'F', ..] => {
            ["null", "true", "false"].iter().any(|word| text.eq_ignore_ascii_case(word))
        }
        _ => false,
    }
}

/// Whether the spelling is that of JSON: YAML has more of them.
pub(super) fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_not_asked_about_are_texts() {
        let mut scalars = Scalars::default();
        for text in ["yes", "no", "on", "off", "y", "nan", "inf", "Nullable", "trueish", "x1", "_1", "é", "[User]"] {
            assert_eq!(scalars.kind(text), Kind::Text, "{text}");
            assert!(!matches!(serde_yaml::from_str(text), Ok(Yaml::Number(_) | Yaml::Bool(_) | Yaml::Null)), "{text}");
        }
    }

    #[test]
    fn numbers_booleans_and_nothing_are_told_apart() {
        let mut scalars = Scalars::default();
        for (text, kind) in [
            ("1", Kind::Number),
            ("-1.5e3", Kind::Number),
            ("18446744073709551616", Kind::Number),
            ("-9999999999999999999999.5", Kind::Number),
            ("1e400", Kind::Number),
            (".inf", Kind::Number),
            ("true", Kind::Boolean(true)),
            ("False", Kind::Boolean(false)),
            ("", Kind::Null),
            ("~", Kind::Null),
            ("Null", Kind::Null),
            ("1.2.3", Kind::Text),
            ("2019-01-23", Kind::Text),
            ("-", Kind::Text),
            ("1: 2", Kind::Text),
        ] {
            assert_eq!(scalars.kind(text), kind, "{text}");
        }
    }

    #[test]
    fn numbers_are_spelled_as_json_spells_them() {
        for good in ["0", "-1", "300", "1.10", "2e-7", "1.5E+3"] {
            assert!(is_json_number(good), "{good}");
        }
        for bad in ["", "-", "007", "0x1F", "1.", ".5", ".inf", "+1", "1e", "0o7"] {
            assert!(!is_json_number(bad), "{bad}");
        }
    }
}
