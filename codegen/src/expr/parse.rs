//! The text of an expression to a tree: names, texts, whole numbers, calls and method calls, and nothing else.
//!
//! A general parser would recurse as deep as its input says and know a hundred constructs to refuse one by one; this
//! one knows the four there are, and how deep it is.

use std::iter::Peekable;
use std::ops::Range;
use std::vec;

use super::tokens::{LANGUAGE, Token, TokenKind, cut};
use crate::diagnostics::{Rule, rules};

/// In bytes.
const MAX_LENGTH: usize = 4096;
/// Calls within calls, and methods upon methods.
const MAX_DEPTH: usize = 32;

/// A part of an expression and where it stands in the text.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) kind: NodeKind,
    pub(super) range: Range<usize>,
    /// Of the tree under it, itself included.
    height: usize,
}

/// What a part is.
#[derive(Debug)]
pub(super) enum NodeKind {
    Name(String),
    Text(String),
    Number(i64),
    Call { receiver: Option<Box<Node>>, name: String, name_range: Range<usize>, arguments: Vec<Node> },
}

/// Why a text is no expression.
#[derive(Debug)]
pub(super) struct ParseError {
    pub(super) rule: &'static Rule,
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: &'static str,
    /// Whether something is open where the text ends.
    pub(super) is_unfinished: bool,
}

const SPLIT: &str = "give a part of it a name as a step of its own";
const MISSING: &str = "an expression is missing";

/// Parses a whole text.
pub(super) fn parse(text: &str) -> Result<Node, ParseError> {
    if text.len() > MAX_LENGTH {
        let message = format!("the expression has {} bytes, and at most {MAX_LENGTH} are allowed", text.len());
        return Err(ParseError { rule: &rules::EXPRESSION_TOO_LONG, ..syntax(0..text.len(), message, SPLIT) });
    }
    let mut tokens = cut(text)?.into_iter().peekable();
    if tokens.peek().is_none() {
        return Err(syntax(0..text.len(), MISSING, LANGUAGE));
    }
    let node = expression(&mut tokens, 1)?;
    match tokens.next() {
        None => Ok(node),
        Some(token) => Err(unexpected(&token)),
    }
}

type Tokens = Peekable<vec::IntoIter<Token>>;

/// A name, literal or call, and the methods called on it. `depth` counts the calls it stands in.
fn expression(tokens: &mut Tokens, depth: usize) -> Result<Node, ParseError> {
    // All callers have seen a token.
    let Some(Token { kind, range }) = tokens.next() else { return Err(syntax(0..0, MISSING, LANGUAGE)) };
    let mut node = match kind {
        TokenKind::Name(name) => match arguments(tokens, depth)? {
            Some((end, arguments)) => call(None, name, range, end, arguments)?,
            None => Node { kind: NodeKind::Name(name), range, height: 1 },
        },
        TokenKind::Text(text) => Node { kind: NodeKind::Text(text), range, height: 1 },
        TokenKind::Number(number) => Node { kind: NodeKind::Number(number), range, height: 1 },
        kind => return Err(unexpected(&Token { kind, range })),
    };
    while let Some(dot) = tokens.next_if(|token| token.kind == TokenKind::Dot) {
        let Some(Token { kind: TokenKind::Name(name), range: name_range }) =
            tokens.next_if(|token| matches!(token.kind, TokenKind::Name(_)))
        else {
            return Err(syntax(dot.range, "the name of a method is expected after `.`", LANGUAGE));
        };
        let Some((end, arguments)) = arguments(tokens, depth)? else {
            let message = format!("`{name}` is not called");
            return Err(syntax(name_range, message, "values have no fields; a method is called with `()` after it"));
        };
        node = call(Some(Box::new(node)), name, name_range, end, arguments)?;
    }
    Ok(node)
}

/// The arguments in parentheses, if such follow, and where the parentheses end.
fn arguments(tokens: &mut Tokens, depth: usize) -> Result<Option<(usize, Vec<Node>)>, ParseError> {
    let Some(open) = tokens.next_if(|token| token.kind == TokenKind::Open) else { return Ok(None) };
    // The tree is measured as it is built; this keeps the stack safe until then.
    if depth > MAX_DEPTH {
        return Err(too_deep(open.range));
    }
    let mut list = Vec::new();
    if let Some(close) = tokens.next_if(|token| token.kind == TokenKind::Close) {
        return Ok(Some((close.range.end, list)));
    }
    loop {
        // What follows `,` is an argument too: a comma after the last one separates nothing.
        match tokens.peek() {
            Some(_) => list.push(expression(tokens, depth + 1)?),
            None => return Err(unfinished(open.range, LANGUAGE)),
        }
        match tokens.next() {
            Some(Token { kind: TokenKind::Comma, range }) => {
                if let Some(Token { kind: TokenKind::Close, .. }) = tokens.peek() {
                    return Err(unexpected(&Token { kind: TokenKind::Comma, range }));
                }
            }
            Some(Token { kind: TokenKind::Close, range }) => return Ok(Some((range.end, list))),
            Some(token) => return Err(unexpected(&token)),
            None => return Err(unfinished(open.range, LANGUAGE)),
        }
    }
}

fn call(
    receiver: Option<Box<Node>>,
    name: String,
    name_range: Range<usize>,
    end: usize,
    arguments: Vec<Node>,
) -> Result<Node, ParseError> {
    let start = receiver.as_ref().map_or(name_range.start, |receiver| receiver.range.start);
    let height = 1 + receiver.iter().map(AsRef::as_ref).chain(&arguments).map(|node| node.height).max().unwrap_or(0);
    if height > MAX_DEPTH {
        return Err(too_deep(name_range));
    }
    Ok(Node { kind: NodeKind::Call { receiver, name, name_range, arguments }, range: start..end, height })
}

fn unexpected(token: &Token) -> ParseError {
    let (message, help) = match token.kind {
        TokenKind::Comma => ("there is nothing that `,` could separate", LANGUAGE),
        TokenKind::Dot => ("there is nothing before `.` that could have a method", LANGUAGE),
        TokenKind::Open => ("parentheses only hold the arguments of a call", LANGUAGE),
        TokenKind::Close => ("this closes nothing", LANGUAGE),
        TokenKind::Name(_) | TokenKind::Text(_) | TokenKind::Number(_) => {
            ("this follows a whole expression", "arguments are separated by `,`, methods follow `.`")
        }
    };
    syntax(token.range.clone(), message, help)
}

pub(super) fn syntax(range: Range<usize>, message: impl Into<String>, help: &'static str) -> ParseError {
    ParseError { rule: &rules::EXPRESSION_SYNTAX, range, message: message.into(), help, is_unfinished: false }
}

pub(super) fn unfinished(range: Range<usize>, help: &'static str) -> ParseError {
    ParseError { is_unfinished: true, ..syntax(range, "this is never closed", help) }
}

fn too_deep(range: Range<usize>) -> ParseError {
    let message = format!("the expression is nested more than {MAX_DEPTH} deep");
    ParseError { rule: &rules::EXPRESSION_TOO_DEEP, ..syntax(range, message, SPLIT) }
}
