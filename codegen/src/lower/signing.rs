//! Signing: each expression compiled in the scope of those above it.

use super::api::header_name;
use super::context::Cx;
use super::template::{self, Piece};
use crate::diagnostics::rules;
use crate::expr::{self, Phase, Scope, type_name};
use crate::ir::{self, Expr, ExprKind, Function, ValueType};
use crate::source::{Scalar, Span};
use crate::spec;

pub(super) fn lower(cx: &mut Cx<'_, '_>, signing: &spec::Signing, credentials: &[ir::Credential]) -> ir::Signing {
    let mut lowered = ir::Signing { doc: cx.doc(&signing.doc), ..ir::Signing::default() };
    let placed = Placed::new(signing);
    let is_open = cx.credentials.is_refused || signing.steps.is_refused;
    for (index, (name, inject)) in signing.inject.iter().enumerate() {
        let (injected, later) = placed.at(index);
        let scope =
            Scope { credentials, steps: &[], below: &signing.steps, injected, later, is_open, phase: Phase::Inject };
        lowered.inject.extend(placement(cx, name, inject, scope));
    }
    let (injected, later) = placed.at(signing.inject.len());
    for (index, (name, value)) in signing.steps.iter().enumerate() {
        let below = signing.steps.get(index..).unwrap_or_default();
        let scope = Scope { credentials, steps: &lowered.steps, below, injected, later, is_open, phase: Phase::Sign };
        let (name, span) = (cx.name(name), name.span);
        // A step that was reported stays known by name, as the most usual type.
        let unknown = || Expr { kind: ExprKind::Text(String::new()), ty: ValueType::Text };
        let value = value.as_ref().and_then(|value| expr::compile(value, scope, cx.diagnostics));
        let value = value.unwrap_or_else(unknown);
        let makeup = bounded(cx, &value, &lowered.steps, span);
        lowered.steps.push(ir::Step { name, value, shown: ir::Shown::Masked, makeup, span });
    }
    for (index, (name, send)) in signing.send.iter().enumerate() {
        let (injected, later) = placed.at(signing.inject.len() + index);
        let scope =
            Scope { credentials, steps: &lowered.steps, below: &[], injected, later, is_open, phase: Phase::Sign };
        lowered.send.extend(placement(cx, name, send, scope));
    }
    lowered.answers = signing.answers.as_ref().and_then(|written| {
        let scope = Scope {
            credentials,
            steps: &lowered.steps,
            below: &[],
            injected: &placed.names,
            later: &[],
            is_open,
            phase: Phase::Answer,
        };
        answers(cx, written, scope)
    });
    expr::mark_shown(&mut lowered);
    lowered
}

/// The names of what joins a call, in its order.
struct Placed<'a> {
    names: Vec<&'a str>,
    /// Those of headers, and where they stand among all.
    headers: Vec<&'a str>,
    places: Vec<usize>,
}

impl<'a> Placed<'a> {
    fn new(signing: &'a spec::Signing) -> Self {
        let all: Vec<_> = signing.inject.iter().chain(&signing.send).collect();
        let is_header = |placement: &spec::Placement| placement.carrier == Some(ir::Carrier::Header);
        let headers = all.iter().enumerate().filter(|(_, (_, placement))| is_header(placement));
        let (places, headers) = headers.map(|(at, (name, _))| (at, name.text.as_str())).unzip();
        Self { names: all.into_iter().map(|(name, _)| name.text.as_str()).collect(), headers, places }
    }

    /// What is there before one of them, and the headers that are not.
    fn at(&self, index: usize) -> (&[&'a str], &[&'a str]) {
        let before = self.places.partition_point(|at| *at < index);
        (self.names.get(..index).unwrap_or_default(), self.headers.get(before..).unwrap_or_default())
    }
}

fn answers(cx: &mut Cx<'_, '_>, written: &spec::Answers, scope: Scope<'_>) -> Option<ir::SignedAnswers> {
    let steps = scope.steps;
    let doc = cx.doc(&written.doc);
    let header = written.header.as_ref().map(|header| header_name(cx, header).to_ascii_lowercase());
    let source = written.expected.as_ref()?;
    let expected = expr::compile(source, scope, cx.diagnostics)?;
    if expected.ty != ValueType::Text {
        let message = format!("this is {}, and a header holds a text", type_name(expected.ty));
        cx.diagnostics
            .report(&rules::SIGNING_VALUE_TYPE, source.span, message)
            .help("write it as it stands in the header, for example with `.hex()`");
        return None;
    }
    let lowered = ir::SignedAnswers { header: header?, expected, missing: written.missing, doc, span: written.at };
    let kept = |ty| matches!(ty, ValueType::Text | ValueType::Bytes);
    let unfit = lowered.steps(steps.len()).into_iter().filter_map(|index| steps.get(index));
    if let Some(step) = unfit.into_iter().find(|step| !kept(step.value.ty)) {
        let message = format!(
            "`{}` is {}, of which nothing is kept until the answer comes",
            step.name.wire,
            type_name(step.value.ty)
        );
        cx.diagnostics
            .report(&rules::EXPRESSION_WRONG_TYPE, source.span, message)
            .also(step.span, "the step")
            .help("make a text of it in a step of its own");
        return None;
    }
    Some(lowered)
}

/// How many values may stand side by side in a step: far more than any scheme has.
const LARGEST: u32 = 1000;

/// What a step is made of; reported where steps that name each other twice and again have made too much of it.
pub(super) fn bounded(cx: &mut Cx<'_, '_>, value: &Expr, steps: &[ir::Step], span: Span) -> ir::Makeup {
    let makeup = expr::makeup(value, steps);
    if makeup.size <= LARGEST {
        return makeup;
    }
    let message = format!("more than {LARGEST} values stand side by side in this step");
    cx.diagnostics.report(&rules::STEP_TOO_LARGE, span, message).help("use each step once, or digest it first");
    // It is told once, and not of every step below as well.
    ir::Makeup { size: 1, ..makeup }
}

fn placement(cx: &mut Cx<'_, '_>, name: &Scalar, written: &spec::Placement, scope: Scope<'_>) -> Option<ir::Placement> {
    let carrier = written.carrier.unwrap_or(ir::Carrier::Parameters);
    if carrier == ir::Carrier::Header {
        header_name(cx, name);
    }
    let unless_empty = written.unless_empty.as_ref().and_then(|value| condition(cx, value, scope));
    let value = match (&written.value, &written.template) {
        (Some(value), _) => expr::compile(value, scope, cx.diagnostics),
        (None, Some(template)) => filled(cx, template, scope),
        (None, None) => None,
    };
    Some(ir::Placement {
        carrier,
        value: value?,
        only_for: written.only_for.iter().map(|method| method.value).collect(),
        unless_empty,
        shown: ir::Shown::Masked,
        doc: cx.doc(&written.doc),
        span: name.span,
        value_span: written.value.as_ref().or(written.template.as_ref()).map_or(name.span, |value| value.span),
        name: cx.name(name),
    })
}

/// Something that can be empty.
fn condition(cx: &mut Cx<'_, '_>, value: &Scalar, scope: Scope<'_>) -> Option<Expr> {
    let expr = expr::compile(value, scope, cx.diagnostics)?;
    match expr.ty {
        ValueType::Text | ValueType::Bytes | ValueType::Fields | ValueType::List | ValueType::ByteList => Some(expr),
        ValueType::Number | ValueType::Time => {
            let message = format!("a {} is never empty", type_name(expr.ty));
            cx.diagnostics
                .report(&rules::EXPRESSION_WRONG_TYPE, value.span, message)
                .help("name a text, bytes, fields or a list");
            None
        }
    }
}

/// A template as what it means: its texts and values, one after the other.
fn filled(cx: &mut Cx<'_, '_>, template: &Scalar, scope: Scope<'_>) -> Option<Expr> {
    let pieces = template::parse(template, cx.diagnostics)?;
    let text = |text| Expr { kind: ExprKind::Text(text), ty: ValueType::Text };
    let mut parts = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(literal) => parts.push(Some(text(literal))),
            Piece::Hole(name) => parts.push(hole(cx, &name, scope)),
        }
    }
    let mut parts: Vec<Expr> = parts.into_iter().collect::<Option<_>>()?;
    if parts.is_empty() {
        parts.push(text(String::new()));
    }
    Some(Expr { kind: ExprKind::Call(Function::Concat, parts), ty: ValueType::Text })
}

/// The value that a hole names.
fn hole(cx: &mut Cx<'_, '_>, name: &Scalar, scope: Scope<'_>) -> Option<Expr> {
    if !name.text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        let message = format!("`{}` is not the name of a value", name.text);
        cx.diagnostics
            .report(&rules::BAD_TEMPLATE, name.span, message)
            .help("make a step of what is computed, and name it here");
        return None;
    }
    let value = expr::compile(name, scope, cx.diagnostics)?;
    if matches!(value.ty, ValueType::Text | ValueType::Number) {
        return Some(value);
    }
    let message =
        format!("`{}` is {}, and only a text or a number can stand in a template", name.text, type_name(value.ty));
    cx.diagnostics
        .report(&rules::SIGNING_VALUE_TYPE, name.span, message)
        .help("make a text of it in a step of its own");
    None
}
