//! `GET /institutes/{institute_id}/users`: a method, and a path whose holes are parameters or credentials.

use super::api::is_path;
use super::context::{Cx, Index, find};
use super::template::{self, Piece};
use crate::diagnostics::{nearest, rules};
use crate::ir::{CREDENTIALS, Method, PathPart};
use crate::source::{Runs, Scalar};

/// Method and path; an impossible one is reported and becomes an empty one.
pub(super) struct Http {
    pub method: Method,
    pub path: Vec<PathPart>,
}

pub(super) fn lower(cx: &mut Cx<'_, '_>, http: Option<&Scalar>, parameters: &Index<'_>) -> Http {
    let none = Http { method: Method::Get, path: Vec::new() };
    let Some(http) = http else { return none };
    let (word, template) = http.text.split_once(' ').unwrap_or((&http.text, ""));
    let template_at = http.text.len() - template.len();
    let template_span = http.locate(template_at, http.text.len());
    let Some(method) = Method::ALL.into_iter().find(|method| method.as_str() == word) else {
        let help = cx.diagnostics.suggest(word, Method::ALL.map(Method::as_str));
        let message = format!("`{word}` is not a method");
        cx.diagnostics.report(&rules::BAD_HTTP, http.locate(0, word.len()), message).help(help);
        return none;
    };
    let none = Http { method, ..none };
    if !template.starts_with('/') {
        cx.diagnostics
            .report(&rules::BAD_HTTP, template_span, "a path starts with `/`")
            .help("write it like `GET /users/{id}`");
        return none;
    }
    // Positions in the path are positions in the whole, shifted.
    let runs = match http.runs {
        Runs::One(at) => Runs::One(at + u32::try_from(template_at).unwrap_or_default()),
        Runs::Many(_) | Runs::Unknown => Runs::Unknown,
    };
    let template = Scalar { text: template.to_owned(), span: template_span, runs, ending: http.ending };
    let Some(pieces) = template::apart(&template, cx.diagnostics) else { return none };
    let literal: String =
        pieces.iter().map(|piece| if let Piece::Text(text) = piece { text.as_str() } else { "x" }).collect();
    if !is_path(&literal) {
        cx.diagnostics
            .report(&rules::BAD_HTTP, template.span, "this path would be sent otherwise than written")
            .help("a path has no query, no spaces, no percent signs and no `..`; a query is made of `params`");
    }
    template::repeated(&template::holes(&pieces), cx.diagnostics);
    Http { method, path: pieces.into_iter().filter_map(|piece| part(cx, piece, parameters)).collect() }
}

fn part(cx: &mut Cx<'_, '_>, piece: Piece, parameters: &Index<'_>) -> Option<PathPart> {
    let hole = match piece {
        Piece::Text(text) => return Some(PathPart::Literal(text)),
        Piece::Hole(name) => name,
    };
    if let Some(parameter) = parameters.get_index_of(hole.text.as_str()) {
        return Some(PathPart::Parameter(parameter));
    }
    if let Some(name) = hole.text.strip_prefix(CREDENTIALS) {
        let name = Scalar { text: name.to_owned(), span: hole.span, ..Scalar::default() };
        let found = find(cx.diagnostics, &cx.credentials, &name, &rules::UNKNOWN_CREDENTIAL, "credential")?;
        return Some(PathPart::Credential(found, name.text));
    }
    if parameters.is_refused {
        return None;
    }
    let help = match nearest(&hole.text, parameters.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if cx.credentials.contains(hole.text.as_str()) => {
            format!("a credential is written `{{{CREDENTIALS}{}}}`", hole.text)
        }
        None => format!("add `{}` to `params`", hole.text),
    };
    let message = format!("no parameter is called `{}`", hole.text);
    cx.diagnostics.report(&rules::PLACEHOLDER_WITHOUT_PARAMETER, hole.span, message).help(help);
    None
}
