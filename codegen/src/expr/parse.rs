//! The text of an expression to a tree: names, texts, whole numbers, calls and method calls, and nothing else.
//!
//! Only the tokens are Rust's. A general parser would recurse as deep as its input says and know a hundred
//! constructs to refuse one by one; this one knows the four there are, and how deep it is.

use std::iter::Peekable;
use std::ops::Range;

use proc_macro2::{Delimiter, Group, LexError, Literal, Span, TokenStream, TokenTree, token_stream};
use syn::Lit;

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
}

const LANGUAGE: &str = "an expression is made of names, texts, whole numbers, `function(…)` and `value.method(…)`";
const SPLIT: &str = "give a part of it a name as a step of its own";

/// Parses a whole text.
pub(super) fn parse(text: &str) -> Result<Node, ParseError> {
    if text.len() > MAX_LENGTH {
        let message = format!("the expression has {} bytes, and at most {MAX_LENGTH} are allowed", text.len());
        return Err(ParseError { rule: &rules::EXPRESSION_TOO_LONG, range: 0..text.len(), message, help: SPLIT });
    }
    let result = parse_tokens(text);
    // Every text that was ever parsed is kept for the sake of its spans; none is needed any more.
    proc_macro2::extra::invalidate_current_thread_spans();
    result
}

fn parse_tokens(text: &str) -> Result<Node, ParseError> {
    let stream = text.parse::<TokenStream>().map_err(|error: LexError| {
        let at = error.span().byte_range().start;
        let first = text.get(at..).and_then(|rest| rest.chars().next());
        let message = match first {
            Some('(' | '[' | '{' | '"') => "this is never closed",
            Some(')' | ']' | '}') => "this closes nothing",
            _ => "this is no word of the language of expressions",
        };
        syntax(at..at + first.map_or(0, char::len_utf8), message, LANGUAGE)
    })?;
    let mut tokens = stream.into_iter().peekable();
    if tokens.peek().is_none() {
        return Err(syntax(0..text.len(), "an expression is missing", LANGUAGE));
    }
    let node = expression(&mut tokens, 1)?;
    match tokens.next() {
        None => Ok(node),
        Some(token) => Err(unexpected(&token)),
    }
}

type Tokens = Peekable<token_stream::IntoIter>;

/// A name, literal or call, and the methods called on it. `depth` counts the calls it stands in.
fn expression(tokens: &mut Tokens, depth: usize) -> Result<Node, ParseError> {
    let mut node = match tokens.next() {
        Some(TokenTree::Ident(name)) => {
            let range = name.span().byte_range();
            match arguments(tokens, depth)? {
                Some((end, arguments)) => call(None, name.to_string(), range.clone(), end, arguments)?,
                None => Node { kind: NodeKind::Name(name.to_string()), range, height: 1 },
            }
        }
        Some(TokenTree::Literal(token)) => literal(&token)?,
        Some(token) => return Err(unexpected(&token)),
        // Both callers have seen a token.
        None => return Err(syntax(0..0, "an expression is missing", LANGUAGE)),
    };
    while let Some(dot) = tokens.next_if(|token| is_punct(token, '.')) {
        let Some(TokenTree::Ident(name)) = tokens.next_if(|token| matches!(token, TokenTree::Ident(_))) else {
            return Err(syntax(range(&dot), "the name of a method is expected after `.`", LANGUAGE));
        };
        let name_range = name.span().byte_range();
        let Some((end, arguments)) = arguments(tokens, depth)? else {
            if let Some(token @ TokenTree::Punct(_)) = tokens.peek()
                && !is_punct(token, '.')
                && !is_punct(token, ',')
            {
                return Err(unexpected(token));
            }
            let message = format!("`{name}` is not called");
            return Err(syntax(name_range, message, "values have no fields; a method is called with `()` after it"));
        };
        node = call(Some(Box::new(node)), name.to_string(), name_range, end, arguments)?;
    }
    Ok(node)
}

/// The arguments in parentheses, if such follow, and where the parentheses end.
fn arguments(tokens: &mut Tokens, depth: usize) -> Result<Option<(usize, Vec<Node>)>, ParseError> {
    let is_arguments =
        |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis);
    let Some(TokenTree::Group(group)) = tokens.next_if(is_arguments) else { return Ok(None) };
    if depth == MAX_DEPTH {
        return Err(too_deep(group.span().byte_range()));
    }
    list(&group, depth + 1).map(|list| Some((group.span().byte_range().end, list)))
}

fn list(group: &Group, depth: usize) -> Result<Vec<Node>, ParseError> {
    let mut tokens = group.stream().into_iter().peekable();
    let mut list = Vec::new();
    while tokens.peek().is_some() {
        list.push(expression(&mut tokens, depth)?);
        match tokens.next() {
            Some(token) if !is_punct(&token, ',') => return Err(unexpected(&token)),
            _ => {}
        }
    }
    Ok(list)
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

fn literal(token: &Literal) -> Result<Node, ParseError> {
    let range = token.span().byte_range();
    let spelling = token.to_string();
    let kind = if spelling.starts_with(|first: char| first == '"' || first == 'r' || first.is_ascii_digit()) {
        match Lit::new(token.clone()) {
            Lit::Str(text) if text.suffix().is_empty() => Some(NodeKind::Text(text.value())),
            Lit::Int(number) if number.suffix().is_empty() => {
                let too_large = || syntax(range.clone(), format!("`{spelling}` does not fit 64 bits"), LANGUAGE);
                Some(NodeKind::Number(number.base10_parse().map_err(|_| too_large())?))
            }
            _ => None,
        }
    } else {
        None
    };
    match kind {
        Some(kind) => Ok(Node { kind, range, height: 1 }),
        None => Err(syntax(range, "this is neither a text nor a whole number", LANGUAGE)),
    }
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

fn range(token: &TokenTree) -> Range<usize> {
    Span::byte_range(&token.span())
}

fn unexpected(token: &TokenTree) -> ParseError {
    let (message, help) = match token {
        TokenTree::Punct(punct) if punct.as_char() == ',' => {
            ("there is nothing that `,` could separate".into(), LANGUAGE)
        }
        TokenTree::Punct(punct) => (
            format!("`{}` is not part of the language of expressions", punct.as_char()),
            "texts are put together with `concat(a, b)`, and nothing else is computed",
        ),
        TokenTree::Group(group) => match group.delimiter() {
            Delimiter::Parenthesis => ("parentheses only hold the arguments of a call".into(), LANGUAGE),
            _ => ("brackets and braces are not part of the language of expressions".into(), LANGUAGE),
        },
        TokenTree::Ident(_) | TokenTree::Literal(_) => {
            ("this follows a whole expression".into(), "arguments are separated by `,`, methods follow `.`")
        }
    };
    syntax(range(token), message, help)
}

fn syntax(range: Range<usize>, message: impl Into<String>, help: &'static str) -> ParseError {
    ParseError { rule: &rules::EXPRESSION_SYNTAX, range, message: message.into(), help }
}

fn too_deep(range: Range<usize>) -> ParseError {
    let message = format!("the expression is nested more than {MAX_DEPTH} deep");
    ParseError { rule: &rules::EXPRESSION_TOO_DEEP, range, message, help: SPLIT }
}
