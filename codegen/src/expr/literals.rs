//! Arguments that must be literals: what they say is checked when the spec is read.

use std::ops::Range;

use super::functions::{Argument, FunctionRow, Literal};
use super::parse::{Node, NodeKind};
use super::types::Typer;
use crate::diagnostics::{nearest, rules};
use crate::ir::{ClockPart, EscapeProfile, Expr, ExprKind, Method, ValueType};

/// A mistake in a text: where in it, what is wrong, and what would be right.
type Mistake = (Range<usize>, String, String);

/// The literal that stands for an argument; `None` if a mistake was reported.
pub(super) fn check(
    typer: &mut Typer<'_, '_>,
    row: &FunctionRow,
    argument: &Argument,
    literal: Literal,
    node: &Node,
) -> Option<Expr> {
    let text = |kind| Expr { kind, ty: ValueType::Text };
    let read = match (literal, &node.kind) {
        (Literal::Number(least, most), NodeKind::Number(number)) => {
            if (least..=most).contains(number) {
                return Some(Expr { kind: ExprKind::Number(*number), ty: ValueType::Number });
            }
            let message = format!("`{}` of `{}` must be from {least} to {most}", argument.name, row.name);
            typer.report(&rules::EXPRESSION_BAD_LITERAL, &node.range, message).help(format!("as in `{}`", row.example));
            return None;
        }
        (Literal::Text, NodeKind::Text(value)) => Ok(text(ExprKind::Text(value.clone()))),
        (Literal::Name, NodeKind::Text(value)) => name(value).map(|()| text(ExprKind::Text(value.clone()))),
        (Literal::Header, NodeKind::Text(value)) => header(value).map(|()| text(ExprKind::Text(value.clone()))),
        (Literal::Profile, NodeKind::Text(value)) => profile(value).map(|it| text(ExprKind::Escape(it))),
        (Literal::Methods, NodeKind::Text(value)) => methods(value).map(|it| text(ExprKind::Methods(it))),
        (Literal::Clock, NodeKind::Text(value)) => clock(value).map(|it| text(ExprKind::Clock(it))),
        (Literal::Number(..), _) => return not_literal(typer, row, argument, "number", node),
        (_, _) => return not_literal(typer, row, argument, "text", node),
    };
    match read {
        Ok(expr) => Some(expr),
        Err((at, message, help)) => {
            let range = within(typer, node, &at);
            typer.report(&rules::EXPRESSION_BAD_LITERAL, &range, message).help(help);
            None
        }
    }
}

fn not_literal(
    typer: &mut Typer<'_, '_>,
    row: &FunctionRow,
    argument: &Argument,
    kind: &str,
    node: &Node,
) -> Option<Expr> {
    let message = format!("`{}` of `{}` must be written here, as a literal {kind}", argument.name, row.name);
    typer.report(&rules::EXPRESSION_WRONG_TYPE, &node.range, message).help(format!("as in `{}`", row.example));
    None
}

/// A place in a literal's text as a place in the expression; the whole literal where it has escapes.
fn within(typer: &Typer<'_, '_>, node: &Node, at: &Range<usize>) -> Range<usize> {
    let NodeKind::Text(value) = &node.kind else { return node.range.clone() };
    let written = typer.source.text.get(node.range.clone()).unwrap_or_default();
    match written.find(value.as_str()) {
        Some(start) if at.start < at.end => node.range.start + start + at.start..node.range.start + start + at.end,
        _ => node.range.clone(),
    }
}

fn name(text: &str) -> Result<(), Mistake> {
    if text.is_empty() {
        return Err((0..0, "this text is empty".into(), "write at least one character".into()));
    }
    Ok(())
}

fn header(text: &str) -> Result<(), Mistake> {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    match text.char_indices().find(|(_, character)| !u8::try_from(*character).is_ok_and(token)) {
        Some((at, character)) => Err((
            at..at + character.len_utf8(),
            format!("`{text}` is not the name of a header"),
            "only letters, digits and hyphens are safe".into(),
        )),
        None => name(text),
    }
}

fn profile(text: &str) -> Result<EscapeProfile, Mistake> {
    let named = EscapeProfile::ALL.iter().find(|(name, _)| *name == text);
    named.map(|(_, profile)| *profile).ok_or_else(|| {
        let names = EscapeProfile::ALL.map(|(name, _)| name);
        let help = match nearest(text, names) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("there are {}", names.map(|name| format!("`{name}`")).join(", ")),
        };
        (0..text.len(), format!("there is no way to escape called `{text}`"), help)
    })
}

fn methods(text: &str) -> Result<Vec<Method>, Mistake> {
    let mut methods = Vec::new();
    let mut at = 0;
    for word in text.split(' ') {
        let range = at..at + word.len();
        at = range.end + 1;
        let Some(method) = Method::ALL.into_iter().find(|method| method.as_str() == word) else {
            let names = Method::ALL.map(Method::as_str);
            let help = match nearest(word, names) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => {
                    let names = names.map(|name| format!("`{name}`")).join(", ");
                    format!("there are {names}, separated by one space")
                }
            };
            return Err((range, format!("`{word}` is no method"), help));
        };
        if methods.contains(&method) {
            return Err((range, format!("`{word}` is listed twice"), "once is enough".into()));
        }
        methods.push(method);
    }
    Ok(methods)
}

fn clock(layout: &str) -> Result<Vec<ClockPart>, Mistake> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = layout.char_indices();
    while let Some((at, character)) = rest.next() {
        if character != '%' {
            text.push(character);
            continue;
        }
        match rest.next() {
            Some((_, '%')) => text.push('%'),
            Some((after, letter)) => {
                let Some(part) = ClockPart::of_letter(letter) else {
                    let range = at..after + letter.len_utf8();
                    let message = format!("`%{letter}` is no part of a time");
                    let help = "there are `%Y`, `%m`, `%d`, `%H`, `%M`, `%S`, `%f`, `%a`, `%b` and `%%`";
                    return Err((range, message, help.into()));
                };
                if !text.is_empty() {
                    parts.push(ClockPart::Literal(std::mem::take(&mut text)));
                }
                parts.push(part);
            }
            None => return Err((at..at + 1, "nothing follows this `%`".into(), "`%%` is a percent sign".into())),
        }
    }
    if !text.is_empty() {
        parts.push(ClockPart::Literal(text));
    }
    name(layout).map(|()| parts)
}
