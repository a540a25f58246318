//! Webhooks: expressions over what was received, and what their events bring.

use super::api::{header_name, variable};
use super::context::Cx;
use super::template::{self, Piece};
use crate::diagnostics::rules;
use crate::expr::{self, Phase, Scope, type_name};
use crate::ir::{self, Expr, ExprKind, ValueType};
use crate::source::{Scalar, Span};
use crate::spec;

/// What expressions call the secret.
pub(crate) const SECRET: &str = "secret";

/// What a header that is sent may name besides steps.
pub(crate) const SENT: [(&str, ir::SentPart); 3] =
    [("time", ir::SentPart::Time), ("id", ir::SentPart::Id), ("signature", ir::SentPart::Signature)];

pub(super) fn lower(cx: &mut Cx<'_, '_>, webhooks: &spec::Webhooks) -> Option<ir::Webhooks> {
    let secret = secret(cx, webhooks);
    let credentials = std::slice::from_ref(&secret);
    let mut steps: Vec<ir::Step> = Vec::new();
    for (index, (name, value)) in webhooks.steps.iter().enumerate() {
        let below = webhooks.steps.get(index..).unwrap_or_default();
        let scope = scope(credentials, &steps, below, webhooks.steps.is_refused);
        let value = value.as_ref().and_then(|value| expr::compile(value, scope, cx.diagnostics));
        // A step that was reported stays known by name, as the most usual type.
        let value = value.unwrap_or(Expr { kind: ExprKind::Text(String::new()), ty: ValueType::Text });
        let makeup = super::signing::bounded(cx, &value, &steps, name.span);
        steps.push(ir::Step { name: cx.name(name), value, shown: ir::Shown::Masked, makeup, span: name.span });
    }
    let typed = |cx: &mut Cx<'_, '_>, value: &Option<Scalar>, allowed: &[ValueType]| {
        let expr =
            expr::compile(value.as_ref()?, scope(credentials, &steps, &[], webhooks.steps.is_refused), cx.diagnostics)?;
        of_type(cx, expr, place(value), allowed)
    };
    let one = [ValueType::Text, ValueType::Bytes];
    let signatures = typed(cx, &webhooks.signatures, &[ValueType::Text, ValueType::Bytes, ValueType::List]);
    let expected = typed(cx, &webhooks.expected, same_as(signatures.as_ref(), &one));
    let time = webhooks.time.as_ref().map(|time| {
        let value = typed(cx, &time.value, &[ValueType::Text])?;
        Some(ir::Freshness { value, unit: time.unit, tolerance: time.tolerance?, span: place(&time.value) })
    });
    let also: Vec<_> = webhooks
        .also
        .iter()
        .map(|pair| {
            let given = typed(cx, &pair.given, &one);
            let expected = typed(cx, &pair.expected, same_as(given.as_ref(), &one));
            Some(ir::Match { given: given?, expected: expected?, span: place(&pair.given) })
        })
        .collect();
    let known = Known { steps: &steps, signature: signatures.as_ref().map(|signatures| signatures.ty) };
    let headers = webhooks.headers.iter().map(|(name, value)| sent_header(cx, name, value, known)).collect();
    let event = event_name(cx, webhooks.event.as_ref());
    let events = webhooks.events.iter().map(|(name, event)| self::event(cx, name, event)).collect();
    let doc = cx.doc(&webhooks.doc);
    // What could not be compiled was reported; nobody reads the rest then.
    Some(ir::Webhooks {
        env: secret.env,
        secret_doc: secret.doc,
        signatures: signatures?,
        signatures_span: place(&webhooks.signatures),
        expected: expected?,
        time: match time {
            Some(time) => Some(time?),
            None => None,
        },
        also: also.into_iter().collect::<Option<_>>()?,
        event: event?,
        events,
        headers,
        steps,
        doc,
        span: webhooks.at,
    })
}

/// The secret as expressions know it: a credential of its own.
fn secret(cx: &mut Cx<'_, '_>, webhooks: &spec::Webhooks) -> ir::Credential {
    let written = webhooks.secret.as_ref();
    let name = Scalar { text: SECRET.to_owned(), ..Scalar::default() };
    ir::Credential {
        name: cx.name(&name),
        normalise: Vec::new(),
        env: written.and_then(|secret| secret.env.as_ref()).map(|env| variable(cx, env)).unwrap_or_default(),
        doc: written.map(|secret| cx.doc(&secret.doc)).unwrap_or_default(),
        span: webhooks.at,
    }
}

fn scope<'a>(
    credentials: &'a [ir::Credential],
    steps: &'a [ir::Step],
    below: &'a [(Scalar, Option<Scalar>)],
    is_open: bool,
) -> Scope<'a> {
    Scope { credentials, steps, below, injected: &[], later: &[], is_open, phase: Phase::Receive }
}

fn place(value: &Option<Scalar>) -> Span {
    value.as_ref().map(|value| value.span).unwrap_or_default()
}

/// What the other side of a comparison must be.
fn same_as<'t>(given: Option<&Expr>, any: &'t [ValueType; 2]) -> &'t [ValueType] {
    let [text, bytes] = any;
    match given.map(|given| given.ty) {
        Some(ValueType::Bytes) => std::slice::from_ref(bytes),
        Some(ValueType::Text | ValueType::List) => std::slice::from_ref(text),
        Some(_) | None => any,
    }
}

fn of_type(cx: &mut Cx<'_, '_>, expr: Expr, span: Span, allowed: &[ValueType]) -> Option<Expr> {
    if allowed.contains(&expr.ty) {
        return Some(expr);
    }
    let wanted: Vec<_> = allowed.iter().copied().map(type_name).collect();
    let message = format!("this is {}, and must be {}", type_name(expr.ty), wanted.join(" or "));
    let takes_lists = allowed.contains(&ValueType::List);
    let help = match expr.ty {
        ValueType::Bytes => "write bytes as what was received is written, for example with `.hex()`",
        ValueType::Text => "compare bytes with bytes: `.decode_hex()` and its like make them of a text",
        ValueType::Fields if takes_lists => "take one of the fields with `.get(\"…\")`, or all with `.values()`",
        ValueType::Fields => "take one of the fields with `.get(\"…\")`",
        ValueType::List | ValueType::ByteList => "make one of it with `.join(\"…\")`",
        ValueType::Number | ValueType::Time => "make a text of it with `concat(…)`",
    };
    cx.diagnostics.report(&rules::EXPRESSION_WRONG_TYPE, span, message).help(help);
    None
}

fn event_name(cx: &mut Cx<'_, '_>, name: Option<&spec::EventName>) -> Option<ir::EventName> {
    let name = name?;
    if let Some(header) = &name.header {
        return Some(ir::EventName::Header(header_name(cx, header).to_ascii_lowercase()));
    }
    let body = name.body.as_ref()?;
    let path: Vec<String> = body.text.split('.').map(str::to_owned).collect();
    if path.iter().any(String::is_empty) {
        let message = format!("`{}` leads to no member", body.text);
        cx.diagnostics
            .report(&rules::BAD_NAME, body.span, message)
            .help("write names of members with a dot between each two: `event.type`");
    }
    Some(ir::EventName::Body(path))
}

fn event(cx: &mut Cx<'_, '_>, name: &Scalar, event: &spec::Event) -> ir::Event {
    ir::Event {
        name: cx.wire_name(name, event.rust.as_ref()),
        payload: cx.ty_never_null(event.payload.as_ref(), "the payload of a webhook"),
        doc: cx.doc(&event.doc),
        span: name.span,
    }
}

/// What a header that is sent may name.
#[derive(Clone, Copy)]
struct Known<'a> {
    steps: &'a [ir::Step],
    signature: Option<ValueType>,
}

fn sent_header(cx: &mut Cx<'_, '_>, name: &Scalar, value: &Scalar, known: Known<'_>) -> ir::SentHeader {
    let name = header_name(cx, name);
    let pieces = template::parse(value, cx.diagnostics).unwrap_or_default();
    let mut part = |piece| match piece {
        Piece::Text(text) => Some(ir::SentPart::Text(text)),
        Piece::Hole(hole) => sent_part(cx, &hole, known),
    };
    ir::SentHeader { name, value: pieces.into_iter().filter_map(&mut part).collect() }
}

fn sent_part(cx: &mut Cx<'_, '_>, hole: &Scalar, known: Known<'_>) -> Option<ir::SentPart> {
    let of_text = |part, is_text: bool, help: &str, cx: &mut Cx<'_, '_>| {
        if !is_text {
            let message = format!("`{}` is no text, and only a text can stand in a header", hole.text);
            cx.diagnostics.report(&rules::SIGNING_VALUE_TYPE, hole.span, message).help(help);
        }
        is_text.then_some(part)
    };
    if let Some((_, part)) = SENT.into_iter().find(|(word, _)| *word == hole.text) {
        // What is received is decoded before it is compared: nobody says how it would be written again.
        let is_text = part != ir::SentPart::Signature || known.signature != Some(ValueType::Bytes);
        return of_text(part, is_text, "write `expected` as the vendor does in a step of its own, and name that", cx);
    }
    match known.steps.iter().position(|step| step.name.wire == hole.text) {
        Some(index) => {
            let is_text = known.steps.get(index).is_some_and(|step| step.value.ty == ValueType::Text);
            of_text(ir::SentPart::Step(index), is_text, "make a text of it in a step of its own", cx)
        }
        None => {
            let names = SENT.iter().map(|(word, _)| *word);
            let names = names.chain(known.steps.iter().map(|step| step.name.wire.as_str()));
            let help = cx.diagnostics.suggest(&hole.text, names);
            let message = format!("there is no value `{}` here", hole.text);
            cx.diagnostics.report(&rules::EXPRESSION_UNKNOWN_NAME, hole.span, message).help(help);
            None
        }
    }
}
