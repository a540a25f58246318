//! The one place where Rust identifiers are made: any text becomes valid Rust in all its spellings, or an error.
//!
//! Names that are valid but taken (`Option`, `Client`, two fields that become one) are for the checks to report.

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

use crate::ir::Name;

/// More would be cut off by every tool that shows it, and not every file system has longer names of files.
const MAX_LENGTH: usize = 200;

/// Why a text cannot be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameError {
    /// There is no text.
    Empty,
    /// There is neither a letter nor a digit in it.
    NoLetter,
    /// It has more than two hundred characters.
    TooLong,
}

impl std::fmt::Display for NameError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Empty => "a name cannot be empty",
            Self::NoLetter => "a name needs a letter or a digit",
            Self::TooLong => "a name cannot have more than 200 characters",
        })
    }
}

/// The Rust spellings of a wire name.
pub(crate) fn name(wire: &str) -> Result<Name, NameError> {
    within(wire, MAX_LENGTH)
}

/// The Rust spellings of a name that is made of two: as long as both may be.
pub(crate) fn of_two(first: &str, second: &str) -> Result<Name, NameError> {
    within(&format!("{first}_{second}"), 2 * MAX_LENGTH + 1)
}

fn within(wire: &str, most: usize) -> Result<Name, NameError> {
    if wire.is_empty() {
        return Err(NameError::Empty);
    }
    if let Some(name) = plain(wire) {
        return Ok(name);
    }
    // Counting stops at the limit, so that a text of any size costs nothing.
    if wire.chars().nth(most).is_some() {
        return Err(NameError::TooLong);
    }
    let ascii = ascii(wire);
    if !ascii.contains(|character: char| character.is_ascii_alphanumeric()) {
        return Err(NameError::NoLetter);
    }
    Ok(convert(wire, &ascii))
}

fn convert(wire: &str, ascii: &str) -> Name {
    Name {
        wire: wire.to_owned(),
        snake: identifier(ascii.to_snake_case()),
        pascal: identifier(ascii.to_pascal_case()),
        screaming: identifier(ascii.to_shouty_snake_case()),
    }
}

/// The variant of an open enum for texts that the API does not document: the first of these that no value has.
const CATCH_ALL: [&str; 3] = ["Other", "Unknown", "Unlisted"];

/// What that variant is called; where every name for it is taken, which is for the checks to report, the last.
pub(crate) fn catch_all<'n>(names: impl Iterator<Item = &'n Name> + Clone) -> &'static str {
    let is_free = |free: &&str| names.clone().all(|name| name.pascal != *free);
    let [.., last] = CATCH_ALL;
    CATCH_ALL.into_iter().find(is_free).unwrap_or(last)
}

/// Most names are `snake_case` in ASCII already; they are converted byte by byte, as the rest would be.
fn plain(wire: &str) -> Option<Name> {
    let is_word = |word: &[u8]| matches!(word, [b'a'..=b'z', rest @ ..] if rest.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
    if wire.len() > MAX_LENGTH || !wire.as_bytes().split(|b| *b == b'_').all(is_word) {
        return None;
    }
    let mut pascal = String::with_capacity(wire.len());
    for word in wire.split('_') {
        pascal.push_str(word);
        let start = pascal.len() - word.len();
        pascal[start..=start].make_ascii_uppercase();
    }
    Some(Name {
        wire: wire.to_owned(),
        snake: identifier(wire.to_owned()),
        pascal: identifier(pascal),
        screaming: identifier(wire.to_ascii_uppercase()),
    })
}

/// The constant that says how a type is spelled: `FLAG_FORM`.
pub(crate) fn form(ty: &Name) -> String {
    of_words(&[word(ty), "form"]).screaming
}

/// The table of what is demanded of the parts of a type: `STUDENT_RULES`.
pub(crate) fn rules(ty: &Name) -> String {
    of_words(&[word(ty), "rules"]).screaming
}

/// The error type of a call: `CreateUserError`.
pub(crate) fn error_type(call: &Name) -> Name {
    of_words(&[word(call), "error"])
}

/// The error type that is one of these errors: `NotAuthorizedOrNotFoundError`.
pub(crate) fn error_type_of_any(errors: &[&Name]) -> Name {
    if errors.is_empty() {
        return of_words(&["no_documented_error"]);
    }
    let words: Vec<&str> = errors.iter().map(|error| word(error)).collect();
    of_words(&[&words.join("_or_"), "error"])
}

/// A name as a part of another: what an identifier must have around it where it stands alone is left out.
fn word(name: &Name) -> &str {
    name.snake.trim_start_matches("r#").trim_matches('_')
}

/// A name made of parts of names, which are words already.
fn of_words(words: &[&str]) -> Name {
    let wire = words.join("_");
    convert(&wire, &wire)
}

/// Letters of other alphabets are valid Rust, but compilers warn of many and normalise some. A Latin letter
/// becomes its ASCII neighbour, any other its code point, so that different names stay different.
fn ascii(wire: &str) -> String {
    let mut out = String::with_capacity(wire.len());
    let mut characters = wire.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            _ if character.is_ascii_alphanumeric() => out.push(character),
            // `+1` and `-1` are two names, not one.
            '+' | '-' if out.is_empty() && characters.peek().is_some_and(char::is_ascii_digit) => {
                out.push_str(if character == '+' { "plus_" } else { "minus_" });
            }
            _ => match latin(character) {
                Some(letters) => out.push_str(letters),
                None if character.is_alphanumeric() => out.push_str(&format!("_u{:04x}_", u32::from(character))),
                None => out.push('_'),
            },
        }
    }
    out
}

/// How the Latin letters of western Europe are written without accents.
fn latin(character: char) -> Option<&'static str> {
    Some(match character {
        'à' | 'á' | 'â' | 'ã' | 'å' => "a",
        'À' | 'Á' | 'Â' | 'Ã' | 'Å' => "A",
        'ä' | 'æ' => "ae",
        'Ä' | 'Æ' => "Ae",
        'ç' => "c",
        'Ç' => "C",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'È' | 'É' | 'Ê' | 'Ë' => "E",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'Ì' | 'Í' | 'Î' | 'Ï' => "I",
        'ñ' => "n",
        'Ñ' => "N",
        'ò' | 'ó' | 'ô' | 'õ' => "o",
        'Ò' | 'Ó' | 'Ô' | 'Õ' => "O",
        'ö' | 'ø' | 'œ' => "oe",
        'Ö' | 'Ø' | 'Œ' => "Oe",
        'ß' => "ss",
        'ù' | 'ú' | 'û' => "u",
        'Ù' | 'Ú' | 'Û' => "U",
        'ü' => "ue",
        'Ü' => "Ue",
        'ý' | 'ÿ' => "y",
        'Ý' => "Y",
        _ => return None,
    })
}

/// What no identifier may be, in any edition up to 2024; all of these may be written raw.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that Rust accepts not even raw.
const NEVER: &[&str] = &["self", "Self", "super", "crate"];

/// Makes a converted word an identifier.
fn identifier(word: String) -> String {
    if word.starts_with(|first: char| first.is_ascii_digit()) {
        format!("_{word}")
    } else if KEYWORDS.contains(&word.as_str()) {
        format!("r#{word}")
    } else if NEVER.contains(&word.as_str()) {
        format!("{word}_")
    } else {
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings(wire: &str) -> [String; 3] {
        let name = name(wire).unwrap();
        assert_eq!(name.wire, wire);
        [name.snake, name.pascal, name.screaming]
    }

    #[test]
    fn plain_names_are_converted_like_any_other() {
        for wire in ["id", "created_at", "a1_b2c", "type", "self", "item001", "x_y_z", "omniauth_config_id"] {
            let fast = plain(wire).unwrap();
            let ascii = ascii(wire);
            let slow = [ascii.to_snake_case(), ascii.to_pascal_case(), ascii.to_shouty_snake_case()].map(identifier);
            assert_eq!([fast.snake, fast.pascal, fast.screaming], slow);
        }
        for wire in ["", "_a", "a_", "a__b", "a_1", "A", "a-b", "é"] {
            assert_eq!(plain(wire), None, "{wire}");
        }
    }

    #[test]
    fn common_names_are_converted() {
        assert_eq!(spellings("created_at"), ["created_at", "CreatedAt", "CREATED_AT"]);
        assert_eq!(spellings("InstituteId"), ["institute_id", "InstituteId", "INSTITUTE_ID"]);
        assert_eq!(spellings("X-Request.id[a]"), ["x_request_id_a", "XRequestIdA", "X_REQUEST_ID_A"]);
        assert_eq!(spellings("create_user"), ["create_user", "CreateUser", "CREATE_USER"]);
    }

    #[test]
    fn keywords_digits_and_signs_become_identifiers() {
        assert_eq!(spellings("type"), ["r#type", "Type", "TYPE"]);
        assert_eq!(spellings("gen"), ["r#gen", "Gen", "GEN"]);
        assert_eq!(spellings("self"), ["self_", "Self_", "SELF"]);
        assert_eq!(spellings("crate"), ["crate_", "Crate", "CRATE"]);
        assert_eq!(spellings("2fa"), ["_2fa", "_2fa", "_2FA"]);
        assert_eq!(spellings("-1"), ["minus_1", "Minus1", "MINUS_1"]);
        assert_eq!(spellings("+1"), ["plus_1", "Plus1", "PLUS_1"]);
    }

    #[test]
    fn other_alphabets_become_ascii() {
        assert_eq!(spellings("größe"), ["groesse", "Groesse", "GROESSE"]);
        assert_eq!(spellings("имя")[0], "u0438_u043c_u044f");
        assert_eq!(spellings("e\u{301}t\u{e9}")[0], "e_te");
    }

    #[test]
    fn error_types_are_named_after_what_they_are_of() {
        let names = ["create_user", "self", "2fa", "-1"].map(|wire| name(wire).unwrap());
        let of_call = names.each_ref().map(|call| error_type(call).pascal);
        assert_eq!(of_call, ["CreateUserError", "SelfError", "_2faError", "Minus1Error"]);
        let [call, own, digits, sign] = &names;
        assert_eq!(error_type_of_any(&[]).pascal, "NoDocumentedError");
        assert_eq!(error_type_of_any(&[own]).pascal, "SelfError");
        assert_eq!(error_type_of_any(&[call, digits, sign]).pascal, "CreateUserOr2faOrMinus1Error");
        assert_eq!(error_type(&name(&"a".repeat(200)).unwrap()).pascal.len(), 205);
    }

    #[test]
    fn what_cannot_be_a_name_is_an_error() {
        assert_eq!(name(""), Err(NameError::Empty));
        assert_eq!(name("_"), Err(NameError::NoLetter));
        assert_eq!(name("<="), Err(NameError::NoLetter));
        assert_eq!(name("🦀"), Err(NameError::NoLetter));
        assert!(name(&"a".repeat(200)).is_ok());
        assert_eq!(name(&"a".repeat(201)), Err(NameError::TooLong));
        assert!(of_two(&"a".repeat(200), &"b".repeat(200)).is_ok());
        assert_eq!(of_two(&"a".repeat(201), &"b".repeat(200)), Err(NameError::TooLong));
    }

    /// Rust itself is asked whether what comes out is an identifier.
    #[test]
    fn every_name_is_an_identifier() {
        let wires = KEYWORDS.iter().chain(NEVER).copied().map(str::to_owned).chain(
            (0..3000u32).filter_map(|code| char::from_u32(code).map(|character| format!("{character}a{character}1"))),
        );
        for wire in wires {
            for spelling in spellings(&wire) {
                syn::parse_str::<syn::Ident>(&spelling).unwrap_or_else(|_| panic!("`{wire}` became `{spelling}`"));
            }
        }
    }
}
