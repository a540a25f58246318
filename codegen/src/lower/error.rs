//! Errors: messages become templates, and the templates of one error capture the same names.

use super::context::{Cx, Index, text};
use super::template::{self, Piece};
use crate::diagnostics::rules;
use crate::ir;
use crate::source::{Scalar, Span};
use crate::spec;

pub(super) fn cases(cx: &mut Cx<'_, '_>, errors: &spec::Named<spec::ErrorCase>) -> Vec<ir::ErrorCase> {
    errors.iter().map(|(name, case)| lower(cx, name, case)).collect()
}

/// Where a message may stand: nested keys are joined by a full stop.
pub(super) fn places(cx: &mut Cx<'_, '_>, places: Option<&spec::ErrorPlaces>) -> (Vec<ir::ErrorPlace>, ir::Doc) {
    let Some(places) = places else { return (vec![ir::ErrorPlace(Vec::new())], ir::Doc::default()) };
    (places.places.iter().map(place).collect(), cx.doc(&places.doc))
}

/// `error.text` is a member of a member.
pub(super) fn place(place: &Scalar) -> ir::ErrorPlace {
    ir::ErrorPlace(match place.text.as_str() {
        "" => Vec::new(),
        text => text.split('.').map(str::to_owned).collect(),
    })
}

fn lower(cx: &mut Cx<'_, '_>, name: &Scalar, case: &spec::ErrorCase) -> ir::ErrorCase {
    let templates: Vec<(&Scalar, Vec<Piece>)> =
        case.messages.iter().filter_map(|message| Some((message, template::apart(message, cx.diagnostics)?))).collect();
    let first = templates.first().map(|(_, pieces)| pieces.as_slice()).unwrap_or_default();
    template::repeated(first, cx.diagnostics);
    let captures = template::holes(first);
    let names: Index<'_> = captures.iter().map(|capture| capture.text.as_str()).collect();
    for (message, pieces) in templates.iter().skip(1) {
        compare(cx, message.span, &captures, &template::holes(pieces));
    }
    ir::ErrorCase {
        name: cx.name(name),
        statuses: case.statuses.clone(),
        field: text(case.field.as_ref()),
        messages: templates.into_iter().map(|(_, pieces)| to_template(pieces, &names)).collect(),
        captures: captures.iter().map(|capture| cx.name(capture)).collect(),
        doc: cx.doc(&case.doc),
        span: name.span,
    }
}

/// Reports a message that does not capture what the first one does.
fn compare(cx: &mut Cx<'_, '_>, at: Span, first: &[Scalar], holes: &[Scalar]) {
    let sorted = |list: &[Scalar]| {
        let mut names: Vec<String> = list.iter().map(|name| name.text.clone()).collect();
        names.sort_unstable();
        names
    };
    if sorted(first) != sorted(holes) {
        let names: Vec<String> = first.iter().map(|name| format!("`{{{}}}`", name.text)).collect();
        let names = if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
        cx.diagnostics
            .report(&rules::DIFFERENT_CAPTURES, at, "the messages of an error capture the same names")
            .help(format!("the first message captures {names}"));
    }
}

fn to_template(pieces: Vec<Piece>, captures: &Index<'_>) -> ir::Template {
    let part = |piece| match piece {
        Piece::Text(text) => Some(ir::TemplatePart::Text(text)),
        Piece::Hole(name) => captures.get_index_of(name.text.as_str()).map(ir::TemplatePart::Capture),
    };
    ir::Template { parts: pieces.into_iter().filter_map(part).collect() }
}
