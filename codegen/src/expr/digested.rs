//! What may be shown of how a call was signed: what a digest hides the origin of.
//!
//! A digest of what is in the call hides the secret that went into it. One that is the key of another does not: who
//! has it can sign. Neither does one of secrets alone, which is the same for every call.

use crate::ir::{Expr, ExprKind, Function, Makeup, Signing, Source, Step};

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
            operands.iter().any(|operand| makeup(operand, steps).of_call)
        }
        ExprKind::Call(Function::Header, _) => false,
        ExprKind::Call(_, operands) => operands.iter().all(|operand| is_digested(operand, steps)),
        ExprKind::Text(_) | ExprKind::Number(_) | ExprKind::Escape(_) | ExprKind::Clock(_) | ExprKind::Methods(_) => {
            true
        }
    }
}

/// What a value is made of. Each step is looked at once, however often it is named.
pub(crate) fn makeup(expr: &Expr, steps: &[Step]) -> Makeup {
    let leaf = Makeup { size: 1, ..Makeup::default() };
    let of_request = Makeup { of_call: true, of_request: true, ..leaf };
    match &expr.kind {
        ExprKind::Source(source) => match source {
            Source::Credential(_) => Makeup { of_secret: true, ..leaf },
            Source::Step(index) => steps.get(*index).map_or(leaf, |step| step.makeup),
            Source::Now | Source::Method | Source::Scheme | Source::Host | Source::Port | Source::Authority => {
                Makeup { of_call: true, ..leaf }
            }
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
            | Source::Headers => of_request,
        },
        ExprKind::Call(function, operands) => {
            let own = match function {
                Function::Nonce | Function::NonceHex | Function::Uuid | Function::Counter | Function::Header => {
                    of_request
                }
                _ => Makeup { size: 0, ..leaf },
            };
            let all = operands.iter().map(|operand| makeup(operand, steps)).fold(own, |all, one| Makeup {
                of_call: all.of_call | one.of_call,
                of_request: all.of_request | one.of_request,
                of_secret: all.of_secret | one.of_secret,
                has_digest: all.has_digest | one.has_digest,
                size: all.size.saturating_add(one.size),
            });
            match function {
                Function::Digest(_) | Function::Hmac(_) => Makeup { has_digest: true, size: 1, ..all },
                _ => all,
            }
        }
        ExprKind::Text(_) | ExprKind::Number(_) | ExprKind::Escape(_) | ExprKind::Clock(_) | ExprKind::Methods(_) => {
            leaf
        }
    }
}

/// Whether a value comes out of a digest and nothing of it but that is secret: it may be shown, though what it
/// was made of may not. One that would be the same for every call of a day may be a key.
pub(crate) fn is_made_of_digest(expr: &Expr, steps: &[Step]) -> bool {
    let makeup = makeup(expr, steps);
    is_digested(expr, steps) && makeup.has_digest && !is_secret_alone(makeup)
}

/// Whether a value is made of credentials, whatever the time and the place, and of nothing that is asked for.
fn is_secret_alone(makeup: Makeup) -> bool {
    makeup.of_secret && !makeup.of_request
}

/// Says of every step whether it may be shown.
pub(crate) fn mark_digested(signing: &mut Signing) {
    let mut keys = vec![Use::default(); signing.steps.len()];
    let placed = signing.inject.iter().chain(&signing.send);
    for value in placed.flat_map(|it| std::iter::once(&it.value).chain(&it.unless_empty)) {
        mark_keys(value, false, &signing.steps, &mut keys);
    }
    // Whatever a key is made of is one too; a step is made of those above it.
    for (index, step) in signing.steps.iter().enumerate().rev() {
        let used = keys.get(index).copied().unwrap_or_default();
        mark_keys(&step.value, used.as_key, &signing.steps, &mut keys);
        if used.in_message {
            mark_secrets(&step.value, &signing.steps, &mut keys);
        }
    }
    for (index, used) in keys.into_iter().enumerate() {
        let digested =
            signing.steps.get(index).is_some_and(|step| !used.as_key && is_digested(&step.value, &signing.steps));
        if let Some(step) = signing.steps.get_mut(index) {
            step.digested = digested;
        }
    }
}

/// Where the value of a step goes.
#[derive(Debug, Clone, Copy, Default)]
struct Use {
    /// It is, or is part of, the key of a digest.
    as_key: bool,
    /// It is part of the message of a digest, and so are the steps that it joins.
    in_message: bool,
}

/// Finds the steps that are, or are part of, the key of a digest. A secret alone that is digested is one as well,
/// since a plain digest takes its key for a part of the message.
fn mark_keys(expr: &Expr, in_key: bool, steps: &[Step], keys: &mut [Use]) {
    match &expr.kind {
        ExprKind::Source(Source::Step(index)) => {
            if let Some(key) = keys.get_mut(*index) {
                key.as_key |= in_key;
            }
        }
        ExprKind::Call(function, operands) => {
            for (index, operand) in operands.iter().enumerate() {
                let is_key = matches!(function, Function::Hmac(_)) && index == 0;
                let is_message = matches!(function, Function::Digest(_) | Function::Hmac(_)) && !is_key;
                if is_message {
                    mark_secrets(operand, steps, keys);
                }
                // The message of a digest inside a key is not the key.
                mark_keys(operand, is_key || (in_key && !is_message), steps, keys);
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

/// Finds the steps in a message that are secrets alone.
fn mark_secrets(expr: &Expr, steps: &[Step], keys: &mut [Use]) {
    match &expr.kind {
        ExprKind::Source(Source::Step(index)) => {
            let is_alone = steps.get(*index).is_some_and(|step| is_secret_alone(step.makeup));
            if let Some(key) = keys.get_mut(*index) {
                key.as_key |= is_alone;
                key.in_message = true;
            }
        }
        ExprKind::Call(Function::Digest(_) | Function::Hmac(_), _) => {}
        ExprKind::Call(_, operands) => operands.iter().for_each(|operand| mark_secrets(operand, steps, keys)),
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

    #[test]
    fn what_a_key_is_made_of_is_not_shown_however_far_away() {
        let steps = "    day: hmac_sha256(secret, now.format(\"%Y\"))\n    key: day.base64()\n    \
            last: hmac_sha256(key, path).hex()\n";
        assert_eq!(shown(steps), ["last"]);
    }

    #[test]
    fn a_derived_secret_within_a_plain_digest_is_a_key() {
        let steps = "    day: hmac_sha1(secret, now.format(\"%Y\"))\n    key: day.hex()\n    \
            last: sha256(concat(key, path, key)).hex()\n";
        assert_eq!(shown(steps), ["last"]);
    }

    #[test]
    fn steps_upon_steps_take_no_more_than_linear_time() {
        let mut steps = "    s0: sha256(secret)\n".to_owned();
        for step in 1..60 {
            steps.push_str(&format!("    s{step}: hmac_sha256(s{0}, s{0})\n", step - 1));
        }
        steps.push_str("    last: hmac_sha256(s59, path).hex()\n");
        assert_eq!(shown(&steps), ["last"]);
    }

    #[test]
    fn a_derived_secret_that_joins_a_text_before_it_is_digested_is_a_key() {
        let steps = "    day: hmac_sha1(secret, now.format(\"%Y\"))\n    key: day.hex()\n    \
            text: concat(key, path)\n    last: sha256(text).hex()\n";
        assert_eq!(shown(steps), ["last"]);
    }
}
