//! Signing: each expression compiled in the scope of those above it.

use super::context::Cx;
use crate::expr::{self, Scope};
use crate::ir;
use crate::source::Span;
use crate::spec;

pub(super) fn lower(cx: &mut Cx<'_, '_>, signing: &spec::Signing, credentials: &[ir::Credential]) -> ir::Signing {
    let mut lowered = ir::Signing { doc: cx.doc(&signing.doc), ..ir::Signing::default() };
    for (name, inject) in &signing.inject {
        let scope = Scope { credentials, steps: &[], params: false };
        let (name, span, doc) = (cx.name(name), name.span, cx.doc(&inject.doc));
        let value = inject.value.as_ref().and_then(|value| expr::compile(value, scope, cx.diagnostics));
        lowered.inject.extend(value.map(|value| placement(name, value, doc, span)));
    }
    for (name, value) in &signing.steps {
        let scope = Scope { credentials, steps: &lowered.steps, params: true };
        let (name, span) = (cx.name(name), name.span);
        // A step that was reported stays known by name, as the most usual type.
        let unknown = || ir::Expr { kind: ir::ExprKind::Text(String::new()), ty: ir::ValueType::Text };
        let value = expr::compile(value, scope, cx.diagnostics).unwrap_or_else(unknown);
        let digested = expr::is_digested(&value, &lowered.steps);
        lowered.steps.push(ir::Step { name, value, digested, span });
    }
    for (name, value) in &signing.send {
        let scope = Scope { credentials, steps: &lowered.steps, params: true };
        let (name, span) = (cx.name(name), name.span);
        let value = expr::compile(value, scope, cx.diagnostics);
        lowered.send.extend(value.map(|value| placement(name, value, ir::Doc::default(), span)));
    }
    lowered
}

fn placement(name: ir::Name, value: ir::Expr, doc: ir::Doc, span: Span) -> ir::Placement {
    let carrier = ir::Carrier::Parameters;
    ir::Placement { name, carrier, value, only_for: Vec::new(), unless_empty: None, doc, span }
}
