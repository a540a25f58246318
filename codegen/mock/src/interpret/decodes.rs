//! What signing decodes credentials from, as far as that is known before there is a call.

use codegen::ir::{Expr, ExprKind, Function, Signing, Source, Step, Webhooks};

use super::eval::{Scope, eval};
use super::moment::Moment;
use super::request::Request;
use super::value::{Fault, Value};

/// What a value is made of: `None` if it differs between calls, otherwise the first credential in it, if there is one.
type Makeup = Option<Option<usize>>;

/// The first credential that is not what signing decodes it from, and what that is. No value is looked at that is not
/// made of credentials alone.
pub fn undecodable(signing: &Signing, credentials: &[String]) -> Option<(usize, &'static str)> {
    in_all(&signing.steps, signing.placements().map(|placement| &placement.value), credentials)
}

/// What the secret of webhooks is not, and verifying them decodes it from.
pub(super) fn undecodable_secret(webhooks: &Webhooks, secret: &str) -> Option<&'static str> {
    in_all(&webhooks.steps, webhooks.values(), &[secret.to_owned()]).map(|(_, what)| what)
}

fn in_all<'a>(
    named: &[Step],
    mut values: impl Iterator<Item = &'a Expr>,
    credentials: &[String],
) -> Option<(usize, &'static str)> {
    let (moment, request) = (Moment::default(), Request::new("GET", "http://localhost")?);
    let (mut steps, mut makeups) = (Vec::new(), Vec::new());
    for step in named {
        let scope = Scope { request: &request, moment: &moment, credentials, steps: &steps, taken: &[] };
        if let Some(found) = first(&step.value, &makeups, scope) {
            return Some(found);
        }
        let makeup = makeup(&step.value, &makeups);
        let value = makeup.and_then(|_| eval(&step.value, scope).ok());
        steps.push(value.unwrap_or_else(|| Value::Text(String::new())));
        makeups.push(makeup);
    }
    let scope = Scope { request: &request, moment: &moment, credentials, steps: &steps, taken: &[] };
    values.find_map(|value| first(value, &makeups, scope))
}

fn first(expr: &Expr, steps: &[Makeup], scope: Scope<'_>) -> Option<(usize, &'static str)> {
    let ExprKind::Call(function, operands) = &expr.kind else { return None };
    let within = function.certain(operands).iter().find_map(|operand| first(operand, steps, scope));
    if within.is_some() || !function.decodes() {
        return within;
    }
    let credential = makeup(expr, steps)??;
    let what = match eval(expr, scope).err()? {
        Fault::Undecodable(what) => what,
        Fault::NoText => "UTF-8",
        // It lacks the part that would be decoded.
        _ => "written as it must be",
    };
    Some((credential, what))
}

fn makeup(expr: &Expr, steps: &[Makeup]) -> Makeup {
    match &expr.kind {
        ExprKind::Source(Source::Credential(index)) => Some(Some(*index)),
        ExprKind::Source(Source::Step(index)) => steps.get(*index).copied().flatten(),
        ExprKind::Source(_)
        | ExprKind::Call(
            Function::Nonce
            | Function::NonceHex
            | Function::Uuid
            | Function::Counter
            | Function::Header
            | Function::IfMethod,
            _,
        ) => None,
        ExprKind::Call(_, operands) => {
            operands.iter().try_fold(None, |found: Option<usize>, operand| Some(found.or(makeup(operand, steps)?)))
        }
        ExprKind::Text(_) | ExprKind::Number(_) | ExprKind::Escape(_) | ExprKind::Clock(_) | ExprKind::Methods(_) => {
            Some(None)
        }
    }
}
