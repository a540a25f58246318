//! Texts with holes: `Token token={api_token}`, `/users/{id}`; `{{` and `}}` are braces.

use std::collections::HashMap;

use crate::diagnostics::{Diagnostics, rules};
use crate::ir;
use crate::source::Scalar;

/// A stretch of a template.
#[derive(Debug)]
pub(super) enum Piece {
    /// Never empty, never two in a row.
    Text(String),
    /// What stands between braces.
    Hole(Scalar),
}

/// Cuts a template into its pieces; `None` where a brace has no partner.
pub(super) fn parse(template: &Scalar, diagnostics: &mut Diagnostics) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = template.text.as_str();
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        if let Some(after) = from.strip_prefix("{{") {
            text.push('{');
            rest = after;
        } else if let Some(after) = from.strip_prefix("}}") {
            text.push('}');
            rest = after;
        } else if let Some((name, after)) = from.strip_prefix('{').and_then(|hole| hole.split_once('}'))
            && !name.is_empty()
            && !name.contains('{')
        {
            if !text.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
            }
            let start = template.text.len() - from.len() + 1;
            let span = template.locate(start, start + name.len());
            pieces.push(Piece::Hole(Scalar { text: name.to_owned(), span, ..Scalar::default() }));
            rest = after;
        } else {
            let start = template.text.len() - from.len();
            diagnostics
                .report(&rules::BAD_TEMPLATE, template.locate(start, start + 1), "this brace encloses no name")
                .help("write `{name}` for a hole, `{{` or `}}` for a brace");
            return None;
        }
    }
    text.push_str(rest);
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Some(pieces)
}

/// Cuts a template whose holes are to be found again in what fills it, so that no two may touch.
pub(super) fn apart(template: &Scalar, diagnostics: &mut Diagnostics) -> Option<Vec<Piece>> {
    let pieces = parse(template, diagnostics)?;
    let touching = pieces.windows(2).find_map(|pair| match pair {
        [Piece::Hole(first), Piece::Hole(second)] => Some((first, second)),
        _ => None,
    });
    if let Some((first, second)) = touching {
        let message = format!("nothing stands between `{{{}}}` and `{{{}}}`", first.text, second.text);
        diagnostics
            .report(&rules::ADJACENT_HOLES, second.span, message)
            .help("write the text that stands between them, or make them one");
        return None;
    }
    Some(pieces)
}

/// The names in a template, in order.
pub(super) fn holes(pieces: &[Piece]) -> Vec<Scalar> {
    let hole = |piece: &Piece| match piece {
        Piece::Hole(name) => Some(name.clone()),
        Piece::Text(_) => None,
    };
    pieces.iter().filter_map(hole).collect()
}

/// Reports a name that stands in a template twice.
pub(super) fn repeated(holes: &[Scalar], diagnostics: &mut Diagnostics) {
    let mut seen = HashMap::new();
    for hole in holes {
        if let Some(first) = seen.get(&hole.text) {
            let message = format!("`{{{}}}` is here twice", hole.text);
            diagnostics
                .report(&rules::LISTED_TWICE, hole.span, message)
                .also(*first, "the first one")
                .help("call one of them something else, or leave it out");
        } else {
            seen.insert(hole.text.clone(), hole.span);
        }
    }
}

/// A template whose holes are these captures.
pub(super) fn lower(pieces: Vec<Piece>, captures: &[Scalar]) -> ir::Template {
    let part = |piece| match piece {
        Piece::Text(text) => Some(ir::TemplatePart::Text(text)),
        Piece::Hole(name) => {
            captures.iter().position(|capture| capture.text == name.text).map(ir::TemplatePart::Capture)
        }
    };
    ir::Template { parts: pieces.into_iter().filter_map(part).collect() }
}
