//! What may be shown of how a call was signed: what a digest hides the origin of.
//!
//! A digest of what is in the call hides the secret that went into it. One that is the key of another does not: who
//! has it can sign. Neither does one of secrets alone, which is the same for every call.

use crate::ir::{Expr, ExprKind, Function, Signing, Source, Step};

/// Whether no secret or personal value reaches the result except through a digest.
pub fn is_digested(expr: &Expr, steps: &[Step]) -> bool {
    match &expr.kind {
        ExprKind::Source(source) => match source {
            Source::Now | Source::Method | Source::Scheme | Source::Host | Source::Port | Source::Authority => true,
            // Parameters, and so whatever they stand in, may be personal; so may a header.
            Source::Path
            | Source::Query
            | Source::Target
            | Source::Url
            | Source::Body
            | Source::Params
            | Source::PathParams
            | Source::QueryParams
            | Source::BodyParams
            | Source::BodyLeaves
            | Source::Injected
            | Source::Headers
            | Source::Credential(_) => false,
            Source::Step(index) => steps.get(*index).is_some_and(|step| step.digested),
        },
        ExprKind::Call(Function::Digest(_) | Function::Hmac(_), operands) => {
            operands.iter().any(|operand| is_of_the_call(operand, steps))
        }
        ExprKind::Call(Function::Header, _) => false,
        ExprKind::Call(_, operands) => operands.iter().all(|operand| is_digested(operand, steps)),
        ExprKind::Text(_) | ExprKind::Number(_) | ExprKind::Escape(_) | ExprKind::Clock(_) | ExprKind::Methods(_) => {
            true
        }
    }
}

/// Whether something else than credentials and literals is in a value.
fn is_of_the_call(expr: &Expr, steps: &[Step]) -> bool {
    match &expr.kind {
        ExprKind::Source(Source::Credential(_)) => false,
        ExprKind::Source(Source::Step(index)) => {
            steps.get(*index).is_some_and(|step| is_of_the_call(&step.value, steps))
        }
        ExprKind::Source(_) => true,
        ExprKind::Call(
            Function::Nonce | Function::NonceHex | Function::Uuid | Function::Counter | Function::Header,
            _,
        ) => true,
        ExprKind::Call(_, operands) => operands.iter().any(|operand| is_of_the_call(operand, steps)),
        ExprKind::Text(_) | ExprKind::Number(_) | ExprKind::Escape(_) | ExprKind::Clock(_) | ExprKind::Methods(_) => {
            false
        }
    }
}

/// Whether a value comes out of a digest and nothing of it but that is secret: it may be shown, though what it
/// was made of may not.
pub(crate) fn is_made_of_digest(expr: &Expr, steps: &[Step]) -> bool {
    is_digested(expr, steps) && has_digest(expr, steps)
}

fn has_digest(expr: &Expr, steps: &[Step]) -> bool {
    match &expr.kind {
        ExprKind::Source(Source::Step(index)) => steps.get(*index).is_some_and(|step| has_digest(&step.value, steps)),
        ExprKind::Call(Function::Digest(_) | Function::Hmac(_), _) => true,
        ExprKind::Call(_, operands) => operands.iter().any(|operand| has_digest(operand, steps)),
        ExprKind::Source(_)
        | ExprKind::Text(_)
        | ExprKind::Number(_)
        | ExprKind::Escape(_)
        | ExprKind::Clock(_)
        | ExprKind::Methods(_) => false,
    }
}

/// Says of every step whether it may be shown.
pub(crate) fn mark_digested(signing: &mut Signing) {
    let mut keys = vec![false; signing.steps.len()];
    let placed = signing.inject.iter().chain(&signing.send);
    let values = placed.flat_map(|it| std::iter::once(&it.value).chain(&it.unless_empty));
    for value in signing.steps.iter().map(|step| &step.value).chain(values) {
        mark_keys(value, false, &mut keys);
    }
    for (index, is_key) in keys.into_iter().enumerate() {
        let digested = signing.steps.get(index).is_some_and(|step| !is_key && is_digested(&step.value, &signing.steps));
        if let Some(step) = signing.steps.get_mut(index) {
            step.digested = digested;
        }
    }
}

/// Finds the steps that are, or are part of, the key of a digest.
fn mark_keys(expr: &Expr, in_key: bool, keys: &mut [bool]) {
    match &expr.kind {
        ExprKind::Source(Source::Step(index)) => {
            if let Some(key) = keys.get_mut(*index) {
                *key |= in_key;
            }
        }
        ExprKind::Call(function, operands) => {
            for (index, operand) in operands.iter().enumerate() {
                let is_key = matches!(function, Function::Hmac(_)) && index == 0;
                // The message of a digest inside a key is not the key.
                let is_message = matches!(function, Function::Digest(_) | Function::Hmac(_)) && !is_key;
                mark_keys(operand, is_key || (in_key && !is_message), keys);
            }
        }
        ExprKind::Source(_)
        | ExprKind::Text(_)
        | ExprKind::Number(_)
        | ExprKind::Escape(_)
        | ExprKind::Clock(_)
        | ExprKind::Methods(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signing(steps: &str) -> Signing {
        let folder = tempfile::tempdir().unwrap();
        let api = format!(
            "codegen: 1\nname: a\ntitle: A\ncredentials:\n  secret: {{env: SECRET}}\nsigning:\n  steps:\n{steps}  send:\n    s: last\n"
        );
        std::fs::write(folder.path().join("api.yaml"), api).unwrap();
        std::fs::write(folder.path().join("things.yaml"), "operations:\n  list:\n    http: GET /things\n").unwrap();
        crate::load(folder.path()).unwrap_or_else(|failure| panic!("{failure}")).signing
    }

    fn shown(steps: &str) -> Vec<String> {
        let signing = signing(steps);
        signing.steps.iter().filter(|step| step.digested).map(|step| step.name.wire.clone()).collect()
    }

    #[test]
    fn signatures_are_shown_and_keys_are_not() {
        let steps = "    day: now.format(\"%Y\")\n    key: hmac_sha256(secret, day)\n    inner: sha256(body).hex()\n    \
            text: concat(inner, day, path)\n    last: hmac_sha256(key, text).hex()\n";
        assert_eq!(shown(steps), ["day", "inner", "last"]);
    }

    #[test]
    fn what_is_made_of_secrets_alone_is_not_shown() {
        let steps = "    key: md5(secret).hex()\n    text: concat(key, path)\n    last: md5(text).hex()\n";
        assert_eq!(shown(steps), ["last"]);
    }
}
