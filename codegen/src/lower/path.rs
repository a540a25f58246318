//! `GET /institutes/{institute_id}/users`: a method, and a path whose holes are parameters.

use super::api::is_path;
use super::context::Index;
use super::template::{self, Piece};
use crate::diagnostics::{Diagnostics, nearest, rules};
use crate::ir::{Method, PathPart};
use crate::source::{Runs, Scalar};

/// Method and path; an impossible one is reported and becomes an empty one.
pub(super) struct Http {
    pub method: Method,
    pub path: Vec<PathPart>,
}

const METHODS: &[(&str, Method)] = &[
    ("GET", Method::Get),
    ("HEAD", Method::Head),
    ("POST", Method::Post),
    ("PUT", Method::Put),
    ("PATCH", Method::Patch),
    ("DELETE", Method::Delete),
];

pub(super) fn lower(http: Option<&Scalar>, parameters: &Index<'_>, diagnostics: &mut Diagnostics) -> Http {
    let none = Http { method: Method::Get, path: Vec::new() };
    let Some(http) = http else { return none };
    let (word, template) = http.text.split_once(' ').unwrap_or((&http.text, ""));
    let template_at = http.text.len() - template.len();
    let template_span = http.locate(template_at, http.text.len());
    let Some((_, method)) = METHODS.iter().find(|(name, _)| *name == word) else {
        let help = diagnostics.suggest(word, METHODS.iter().map(|(name, _)| *name));
        let message = format!("`{word}` is not a method");
        diagnostics.report(&rules::BAD_HTTP, http.locate(0, word.len()), message).help(help);
        return none;
    };
    let none = Http { method: *method, ..none };
    if !template.starts_with('/') {
        diagnostics
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
    let Some(pieces) = template::apart(&template, diagnostics) else { return none };
    let literal: String =
        pieces.iter().map(|piece| if let Piece::Text(text) = piece { text.as_str() } else { "x" }).collect();
    if !is_path(&literal) {
        diagnostics
            .report(&rules::BAD_HTTP, template.span, "this path would be sent otherwise than written")
            .help("a path has no query, no spaces, no percent signs and no `..`; a query is made of `params`");
    }
    template::repeated(&template::holes(&pieces), diagnostics);
    Http {
        method: *method,
        path: pieces.into_iter().filter_map(|piece| part(piece, parameters, diagnostics)).collect(),
    }
}

fn part(piece: Piece, parameters: &Index<'_>, diagnostics: &mut Diagnostics) -> Option<PathPart> {
    let name = match piece {
        Piece::Text(text) => return Some(PathPart::Literal(text)),
        Piece::Hole(name) => name,
    };
    let found = parameters.get_index_of(name.text.as_str());
    if found.is_none() {
        let help = match nearest(&name.text, parameters.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("add `{}` to `params`", name.text),
        };
        diagnostics
            .report(&rules::PLACEHOLDER_WITHOUT_PARAMETER, name.span, format!("no parameter is called `{}`", name.text))
            .help(help);
    }
    found.map(PathPart::Parameter)
}
