//! Errors: messages become templates, and the templates of one error capture the same names.

use indexmap::{IndexMap, IndexSet};

use super::context::Cx;
use super::template::{self, Piece};
use super::{envelope, once};
use crate::diagnostics::rules;
use crate::ir;
use crate::source::{Scalar, Span};
use crate::{names, spec};

pub(super) fn cases(cx: &mut Cx<'_, '_>, errors: &spec::Declared<spec::ErrorCase>) -> Vec<ir::ErrorCase> {
    errors.iter().map(|(name, case)| lower(cx, name, case)).collect()
}

fn lower(cx: &mut Cx<'_, '_>, name: &Scalar, case: &spec::ErrorCase) -> ir::ErrorCase {
    let field = case.field.as_ref().and_then(|field| template::apart(field, cx.diagnostics));
    let templates: Vec<(&Scalar, Vec<Piece>)> =
        case.messages.iter().filter_map(|message| Some((message, template::apart(message, cx.diagnostics)?))).collect();
    let first = templates.first().map(|(_, pieces)| pieces.as_slice()).unwrap_or_default();
    let in_message = template::holes(first);
    for (message, pieces) in &templates {
        findable_message(cx, message, pieces, case.matches.contains(&spec::Match::Prefix));
    }
    if let Some((stated, pieces)) = case.field.as_ref().zip(field.as_ref()) {
        // Members may be called anything, blanks around their names and all.
        findable(cx, stated.span, "field", ["", ""], length(pieces));
    }
    for (message, pieces) in templates.iter().skip(1) {
        compare(cx, message.span, &in_message, &template::holes(pieces));
    }
    let mut captures = field.as_deref().map(template::holes).unwrap_or_default();
    captures.extend(in_message);
    template::repeated(&captures, cx.diagnostics);
    for code in case.codes.iter().chain(&case.subcodes) {
        let known = code.text.strip_suffix('*').unwrap_or(&code.text);
        findable(cx, code.span, "code", [&code.text, &code.text], known.len());
    }
    if case.matches.contains(&spec::Match::AnyCase) {
        once::once(cx, case.messages.iter().map(|it| (it.text.to_ascii_lowercase(), it.text.as_str(), it.span)));
    }
    ir::ErrorCase {
        name: cx.name(name),
        statuses: statuses(&case.statuses),
        codes: once::codes(cx, &case.codes),
        subcodes: once::codes(cx, &case.subcodes),
        field: field.map(|pieces| template::lower(pieces, &captures)),
        messages: templates.into_iter().map(|(_, pieces)| template::lower(pieces, &captures)).collect(),
        matching: ir::Matching {
            prefix: case.matches.contains(&spec::Match::Prefix),
            any_case: case.matches.contains(&spec::Match::AnyCase),
        },
        again: case.again.unwrap_or(ir::Again::AsStatus),
        carries: case.carries.iter().map(|(path, carried)| self::carried(cx, path, carried)).collect(),
        everywhere: case.everywhere,
        example: case.example.clone(),
        captures: captures.iter().map(|capture| cx.name(capture)).collect(),
        doc: cx.doc(&case.doc),
        span: name.span,
    }
}

fn carried(cx: &mut Cx<'_, '_>, path: &Scalar, carried: &spec::Carried) -> ir::Carried {
    ir::Carried {
        name: cx.wire_name(&last_name(path), carried.rust.as_ref()),
        path: envelope::path(cx, path),
        ty: cx.ty_never_null(carried.ty.as_ref(), "what an error carries"),
        span: path.span,
    }
}

/// `open_exam` of `error.open_exam`.
fn last_name(path: &Scalar) -> Scalar {
    let start = path.text.rfind('.').map_or(0, |dot| dot + 1);
    Scalar { text: path.text[start..].to_owned(), span: path.locate(start, path.text.len()), ..path.clone() }
}

/// Reports a text that no answer has: blanks around what answers say do not count, and what is longer than so many bytes
/// is cut.
pub(super) fn findable(cx: &mut Cx<'_, '_>, stated: Span, what: &str, [first, last]: [&str; 2], length: usize) {
    let place = match (first.starts_with(char::is_whitespace), last.ends_with(char::is_whitespace)) {
        (true, _) => Some("begins"),
        (false, true) => Some("ends"),
        (false, false) => None,
    };
    if let Some(place) = place {
        cx.diagnostics
            .report(&rules::UNFINDABLE_MESSAGE, stated, format!("no {what} {place} with a blank"))
            .help("leave the blank out: those around what an answer says do not count");
    } else if length > ir::LONGEST_SAID {
        let most = ir::LONGEST_SAID;
        let message = format!("this {what} has {length} bytes, and of what an answer says {most} are looked at");
        cx.diagnostics
            .report(&rules::UNFINDABLE_MESSAGE, stated, message)
            .help(format!("write a {what} of at most {most} bytes: its beginning may do, with `match: prefix` or `*`"));
    }
}

/// The same of a message.
fn findable_message(cx: &mut Cx<'_, '_>, stated: &Scalar, pieces: &[Piece], may_go_on: bool) {
    let first = pieces.first().map_or("", known);
    let last = pieces.last().filter(|_| !may_go_on).map_or("", known);
    findable(cx, stated.span, "message", [first, last], length(pieces));
}

/// The text that a piece is; nothing for a hole.
fn known(piece: &Piece) -> &str {
    match piece {
        Piece::Text(text) => text,
        Piece::Hole(_) => "",
    }
}

fn length(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| known(piece).len()).sum()
}

/// Statuses, each once.
pub(super) fn statuses(listed: &[(u16, Span)]) -> Vec<u16> {
    listed.iter().map(|(status, _)| *status).collect::<IndexSet<u16>>().into_iter().collect()
}

/// The error types of all operations, which are told theirs: those with the same errors share one.
pub(super) fn sets(errors: &[ir::ErrorCase], resources: &mut [ir::Resource]) -> Vec<ir::ErrorSet> {
    // By their errors and what these mean, in the order in which operations first have them.
    let mut sets: IndexMap<(&[ir::ErrorId], bool), ir::ErrorSet> = IndexMap::new();
    let mut ids = Vec::new();
    for operation in resources.iter().flat_map(|resource| &resource.operations) {
        let (of, leaves_open) = (operation.errors.as_slice(), operation.leaves_open(errors));
        let entry = sets.entry((of, leaves_open));
        ids.push(ir::ErrorSetId(entry.index()));
        let set = entry.or_insert_with(|| ir::ErrorSet {
            name: operation.error_type.clone(),
            errors: of.to_vec(),
            users: 0,
            leaves_open,
        });
        set.users += 1;
    }
    let named = |mut set: ir::ErrorSet| {
        // A larger set keeps the name of its first operation, and so does one of which there may be two.
        if set.is_shared() && !set.leaves_open && set.errors.len() <= 3 {
            let names: Vec<_> = set.errors.iter().filter_map(|id| Some(&errors.get(id.0)?.name)).collect();
            set.name = names::error_type_of_any(&names);
        }
        set
    };
    let sets = sets.into_values().map(named).collect();
    let operations = resources.iter_mut().flat_map(|resource| &mut resource.operations);
    operations.zip(ids).for_each(|(operation, id)| operation.error_set = id);
    sets
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
