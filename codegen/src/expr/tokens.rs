//! The text of an expression cut into names, texts, whole numbers and the four signs there are.
//!
//! The words are the language's own: what another language would take for a comment, a number in another base or
//! one more escape is refused where it stands, so that every implementation can accept the same.

use std::ops::Range;

use super::parse::{ParseError, syntax, unfinished};

/// A word of an expression and where it stands in the text.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) range: Range<usize>,
}

/// What a word is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Name(String),
    Text(String),
    Number(i64),
    Open,
    Close,
    Comma,
    Dot,
}

pub(super) const LANGUAGE: &str =
    "an expression is made of names, texts, whole numbers, `function(…)` and `value.method(…)`";
const ESCAPES: &str = r#"there are `\n`, `\r`, `\t`, `\0`, `\\`, `\"`, `\x41` and `\u{e9}`; in `r"…"` there are none"#;
const COMMENTS: &str = "an expression has no comments; those of YAML begin with `#` outside of it";
const QUOTES: &str = "a text stands in double quotes";
const SIGNS: &str = "numbers are not negative; `minus(…)` takes seconds from a time";
const COMPUTED: &str = "texts are put together with `concat(a, b)`, and nothing else is computed";

/// All words of a text.
pub(super) fn cut(text: &str) -> Result<Vec<Token>, ParseError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (kind, length) = match rest.as_bytes() {
            [b' ' | b'\t' | b'\n' | b'\r', ..] => {
                at += 1;
                continue;
            }
            [b'(', ..] => (TokenKind::Open, 1),
            [b')', ..] => (TokenKind::Close, 1),
            [b',', ..] => (TokenKind::Comma, 1),
            [b'.', ..] => (TokenKind::Dot, 1),
            [b'"', ..] => quoted(rest, at)?,
            [b'r', b'"', ..] => raw(rest, at)?,
            [b'0'..=b'9', ..] => number(rest, at)?,
            [b'a'..=b'z' | b'A'..=b'Z' | b'_', ..] => {
                let length = word(rest).len();
                (TokenKind::Name(rest.get(..length).unwrap_or_default().to_owned()), length)
            }
            _ => return Err(foreign(rest, at)),
        };
        tokens.push(Token { kind, range: at..at + length });
        at += length;
    }
    Ok(tokens)
}

/// The letters, digits and underscores that a text begins with.
fn word(text: &str) -> &str {
    let end = text.find(|character: char| !(character.is_ascii_alphanumeric() || character == '_'));
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// Digits, and nothing that would make another number of them.
fn number(rest: &str, at: usize) -> Result<(TokenKind, usize), ParseError> {
    let mut spelling = word(rest).len();
    let fraction = rest.get(spelling..).and_then(|after| after.strip_prefix('.')).map_or("", word);
    if fraction.starts_with(|first: char| first.is_ascii_digit()) {
        spelling += 1 + fraction.len();
    }
    let spelled = rest.get(..spelling).unwrap_or_default();
    let range = at..at + spelling;
    if !spelled.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(syntax(range, format!("`{spelled}` is no whole number in decimal"), "digits, and nothing else"));
    }
    match spelled.parse() {
        Ok(number) => Ok((TokenKind::Number(number), spelling)),
        Err(_) => Err(syntax(range, format!("`{spelled}` does not fit 64 bits"), "a number is at most 2^63 - 1")),
    }
}

/// A text in which nothing stands for anything else.
fn raw(rest: &str, at: usize) -> Result<(TokenKind, usize), ParseError> {
    let inside = rest.get(2..).unwrap_or_default();
    let Some(length) = inside.find('"') else { return Err(never_closed(at + 1)) };
    Ok((TokenKind::Text(inside.get(..length).unwrap_or_default().to_owned()), length + 3))
}

/// A text in which a backslash stands for something with what follows it.
fn quoted(rest: &str, at: usize) -> Result<(TokenKind, usize), ParseError> {
    let mut text = String::new();
    let mut length = 1;
    while let Some(character) = rest.get(length..).and_then(|rest| rest.chars().next()) {
        match character {
            '"' => return Ok((TokenKind::Text(text), length + 1)),
            '\\' => {
                let (meant, escape) = escaped(rest.get(length..).unwrap_or_default(), at + length)?;
                text.push(meant);
                length += escape;
            }
            character => {
                text.push(character);
                length += character.len_utf8();
            }
        }
    }
    Err(never_closed(at))
}

/// What a backslash and what follows it stand for, and how long they are.
fn escaped(rest: &str, at: usize) -> Result<(char, usize), ParseError> {
    let mut characters = rest.chars().skip(1);
    let Some(letter) = characters.next() else {
        return Err(syntax(at..at + 1, "nothing follows this backslash", ESCAPES));
    };
    let plain = match letter {
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        '0' => Some('\0'),
        '\\' | '"' => Some(letter),
        _ => None,
    };
    if let Some(plain) = plain {
        return Ok((plain, 2));
    }
    let digits = match letter {
        'x' => rest.get(2..4),
        'u' => rest.get(2..).and_then(|rest| rest.strip_prefix('{')?.split_once('}')).map(|(digits, _)| digits),
        _ => None,
    };
    let digits = digits.filter(|digits| digits.len() <= 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let meant = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
    match (letter, meant, digits) {
        ('u', Some(meant), Some(digits)) => Ok((meant, digits.len() + 4)),
        ('x', Some(meant), _) if meant.is_ascii() => Ok((meant, 4)),
        ('x', Some(_), Some(digits)) => {
            let help = "write a character as `\\u{e9}`, and bytes as `\"e9\".decode_hex()`";
            Err(syntax(at..at + 4, format!("`\\x{digits}` is a byte, and a text has characters"), help))
        }
        _ => {
            let range = at..at + 1 + letter.len_utf8();
            Err(syntax(range, format!("`\\{}` is no escape", letter.escape_debug()), ESCAPES))
        }
    }
}

fn never_closed(at: usize) -> ParseError {
    unfinished(at..at + 1, "a text ends with the next `\"` that no `\\` stands before")
}

/// What no word begins with.
fn foreign(rest: &str, at: usize) -> ParseError {
    let first = rest.chars().next().unwrap_or_default();
    let shown = first.escape_debug();
    let (message, help) = match first {
        '/' if rest.starts_with("//") || rest.starts_with("/*") => ("this begins no comment here".to_owned(), COMMENTS),
        '#' => ("this begins no comment here".to_owned(), COMMENTS),
        '\'' => (format!("`{shown}` encloses no text"), QUOTES),
        '[' | ']' | '{' | '}' => {
            ("brackets and braces are not part of the language of expressions".to_owned(), LANGUAGE)
        }
        '-' | '+' if rest.get(1..).is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit())) => {
            (format!("`{shown}` is not part of the language of expressions"), SIGNS)
        }
        _ if first.is_alphabetic() => {
            (format!("`{shown}` is in no name"), "names are of the letters a to z, digits and `_`")
        }
        _ => (format!("`{shown}` is not part of the language of expressions"), COMPUTED),
    };
    syntax(at..at + first.len_utf8(), message, help)
}
