//! A value with parts, as a list of steps through it beside the buffer that holds its texts.

use std::ops::Range;

use super::buffer::Sink;
use super::encode::write_string;
use super::field::Kind;

/// One step through a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A value without parts.
    Scalar(Range<usize>, Kind),
    /// No value, said aloud.
    Null,
    /// A list begins.
    List,
    /// Names with values begin: names that the API gives.
    Record,
    /// Names with values begin: names that are data.
    Map,
    /// The name of the value that follows.
    Key(Range<usize>),
    /// The list or object that began last ends.
    End,
}

/// Writes a value as JSON; `text` holds what the steps refer to.
pub(super) fn write_json(tokens: &[Token], text: &str, out: &mut impl Sink) {
    let mut ends = Vec::new();
    // Whether something stands before in the same list or object.
    let mut follows = false;
    for token in tokens {
        let is_end = *token == Token::End;
        if follows && !is_end {
            out.put(",");
        }
        follows = true;
        match token {
            Token::Scalar(range, kind) => {
                let text = text.get(range.clone()).unwrap_or_default();
                match kind {
                    Kind::Text | Kind::File(_) | Kind::Unsayable => write_string(out, text),
                    Kind::Number | Kind::Boolean | Kind::Json => out.put(text),
                }
            }
            Token::Null => out.put("null"),
            Token::List | Token::Record | Token::Map => {
                let (open, close) = if *token == Token::List { ("[", "]") } else { ("{", "}") };
                out.put(open);
                ends.push(close);
                follows = false;
            }
            Token::Key(range) => {
                write_string(out, text.get(range.clone()).unwrap_or_default());
                out.put(":");
                follows = false;
            }
            Token::End => out.put(ends.pop().unwrap_or_default()),
        }
    }
}

/// The members of an object, each with the range of the steps through its value; nothing of what is no object.
pub(super) fn members(tokens: &[Token]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    if !is_object(tokens) {
        return found;
    }
    let mut at = 1;
    while let Some(Token::Key(name)) = tokens.get(at) {
        let start = at + 1;
        at = start + length(tokens.get(start..).unwrap_or_default());
        found.push((name.clone(), start..at));
    }
    found
}

/// The ranges of the steps through each item of a list; nothing of what is no list.
pub(super) fn items(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if tokens.first() != Some(&Token::List) {
        return found;
    }
    let mut at = 1;
    while tokens.get(at).is_some_and(|token| *token != Token::End) {
        let end = at + length(tokens.get(at..).unwrap_or_default());
        found.push(at..end);
        at = end;
    }
    found
}

/// Whether a value has names for its parts.
pub(super) fn is_object(tokens: &[Token]) -> bool {
    matches!(tokens.first(), Some(Token::Record | Token::Map))
}

/// How many steps the value takes that is first.
pub(super) fn length(tokens: &[Token]) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::List | Token::Record | Token::Map => depth += 1,
            Token::End => depth = depth.saturating_sub(1),
            Token::Scalar(..) | Token::Null => {}
            Token::Key(_) => continue,
        }
        if depth == 0 {
            return index + 1;
        }
    }
    tokens.len()
}
