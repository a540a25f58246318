//! What may be shown of how a call was signed, to whoever shows it.
//!
//! A digest of what is in the call hides the secret that went into it, and may be shown. What is made of a credential
//! and goes into another digest may not, however it was made: who has it can sign. What is drawn is no secret by itself.
//! All else is shown as it comes out where masks stand for secrets, but for what would look like a real value then.

use crate::ir::{Expr, ExprKind, Function, Makeup, Shown, Signing, Source, Step, ValueType};

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
            Source::Step(index) => steps.get(*index).is_some_and(|step| step.shown == Shown::Whole),
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
    let drawn = Makeup { of_call: true, of_request: true, ..leaf };
    let of_caller = Makeup { of_caller: true, ..drawn };
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
            | Source::Headers => of_caller,
        },
        ExprKind::Call(function, operands) => {
            let own = match function {
                Function::Nonce | Function::NonceHex | Function::Uuid | Function::Counter => drawn,
                Function::Header => of_caller,
                _ => Makeup { size: 0, ..leaf },
            };
            let all = operands.iter().map(|operand| makeup(operand, steps)).fold(own, |all, one| Makeup {
                of_call: all.of_call | one.of_call,
                of_request: all.of_request | one.of_request,
                of_caller: all.of_caller | one.of_caller,
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
fn is_made_of_digest(expr: &Expr, steps: &[Step]) -> bool {
    let makeup = makeup(expr, steps);
    is_digested(expr, steps) && makeup.has_digest && (makeup.of_request || !makeup.of_secret)
}

/// Whether masks can be read in what comes out where they stand for credentials, and of which steps that is known.
///
/// `as_it_is` says that a text is found in the result: then what is shown of the step can take its place.
fn is_readable(expr: &Expr, as_it_is: bool, readable: &[bool], steps: &[Step]) -> bool {
    match &expr.kind {
        ExprKind::Source(Source::Step(index)) => {
            let is_text = steps.get(*index).is_some_and(|step| step.value.ty == ValueType::Text);
            (as_it_is && is_text) || readable.get(*index).is_some_and(|readable| *readable)
        }
        ExprKind::Call(function, operands) => {
            let keeps =
                matches!(function, Function::Concat | Function::JoinParts | Function::IfEmpty | Function::IfMethod);
            (!recodes(*function) || !makeup(expr, steps).of_secret)
                && operands.iter().all(|operand| is_readable(operand, as_it_is && keeps, readable, steps))
        }
        ExprKind::Source(_)
        | ExprKind::Text(_)
        | ExprKind::Number(_)
        | ExprKind::Escape(_)
        | ExprKind::Clock(_)
        | ExprKind::Methods(_) => true,
    }
}

/// Whether what comes out looks like nothing that went in.
fn recodes(function: Function) -> bool {
    matches!(
        function,
        Function::Digest(_)
            | Function::Hmac(_)
            | Function::Hex
            | Function::Base64
            | Function::Base64Unpadded
            | Function::Base64Url
            | Function::Base64UrlUnpadded
            | Function::DecodeHex
            | Function::DecodeBase64
            | Function::DecodeBase64Url
            | Function::First
    )
}

/// Says of everything that signing makes what may be shown of it.
pub(crate) fn mark_shown(signing: &mut Signing) {
    let mut uses = vec![Use::default(); signing.steps.len()];
    let placed = signing.inject.iter().chain(&signing.send);
    for value in placed.flat_map(|it| std::iter::once(&it.value).chain(&it.unless_empty)) {
        mark_uses(value, Use::default(), &mut uses);
    }
    // A step is made of those above it, and what it goes into they go into.
    for (index, step) in signing.steps.iter().enumerate().rev() {
        let used = uses.get(index).copied().unwrap_or_default();
        mark_uses(&step.value, used, &mut uses);
    }
    let mut readable = Vec::new();
    for (index, used) in uses.into_iter().enumerate() {
        let Some(step) = signing.steps.get(index) else { break };
        // Bytes are shown in hexadecimal.
        let is_text = !matches!(step.value.ty, ValueType::Bytes | ValueType::ByteList) || !step.makeup.of_secret;
        let of_masks = |as_it_is| is_text && is_readable(&step.value, as_it_is, &readable, &signing.steps);
        let shown = match of_masks(true) {
            _ if !used.is_secret(step.makeup) && is_digested(&step.value, &signing.steps) => Shown::Whole,
            true => Shown::Masked,
            false => Shown::Hidden,
        };
        readable.push(of_masks(false));
        if let Some(step) = signing.steps.get_mut(index) {
            step.shown = shown;
        }
    }
    for placement in signing.inject.iter_mut().chain(&mut signing.send) {
        let value = &placement.value;
        placement.shown = match is_made_of_digest(value, &signing.steps) {
            true => Shown::Whole,
            false if is_readable(value, true, &readable, &signing.steps) => Shown::Masked,
            false => Shown::Hidden,
        };
    }
}

/// What the value of a step goes into, if only as a part of what does.
#[derive(Debug, Clone, Copy, Default)]
struct Use {
    /// The key of a digest.
    as_key: bool,
    /// The message of a digest.
    in_message: bool,
}

impl Use {
    /// Whether who has the value could sign with it.
    fn is_secret(self, makeup: Makeup) -> bool {
        (self.as_key && (makeup.of_secret || makeup.of_caller)) || (self.in_message && makeup.of_secret)
    }
}

/// Finds the steps that go into digests as part of a value, which is itself used like this.
fn mark_uses(expr: &Expr, used: Use, uses: &mut [Use]) {
    match &expr.kind {
        ExprKind::Source(Source::Step(index)) => {
            if let Some(step) = uses.get_mut(*index) {
                step.as_key |= used.as_key;
                step.in_message |= used.in_message;
            }
        }
        ExprKind::Call(function, operands) => {
            for (index, operand) in operands.iter().enumerate() {
                // What is within a digest goes no further than that.
                let used = match function {
                    Function::Hmac(_) if index == 0 => Use { as_key: true, in_message: false },
                    Function::Digest(_) | Function::Hmac(_) => Use { as_key: false, in_message: true },
                    _ => used,
                };
                mark_uses(operand, used, uses);
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
        names(&signing, Shown::Whole)
    }

    fn names(signing: &Signing, shown: Shown) -> Vec<String> {
        signing.steps.iter().filter(|step| step.shown == shown).map(|step| step.name.wire.clone()).collect()
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
    #[test]
    fn a_nonce_is_no_secret_and_what_is_derived_with_one_and_a_credential_is() {
        let steps = "    key: hmac_sha256(secret, nonce_hex(8)).hex()\n    text: concat(key, path)\n    \
            last: sha256(text).hex()\n";
        assert_eq!(shown(steps), ["last"]);
        let steps = "    key: sha256(nonce_hex(8)).hex()\n    last: hmac_sha256(key, path).hex()\n";
        assert_eq!(shown(steps), ["key", "last"]);
        let steps = "    key: sha256(header(\"Host\")).hex()\n    last: hmac_sha256(key, path).hex()\n";
        assert_eq!(shown(steps), ["last"], "what the caller gave may be secret");
    }

    #[test]
    fn masks_are_shown_where_they_can_be_read() {
        let steps = "    key: hmac_sha256(secret, now.format(\"%Y\"))\n    text: key.hex()\n    \
            joined: concat(text, path)\n    upper: joined.upper()\n    lead: concat(\"AWS4\", secret)\n    \
            bytes: concat(lead, sha256(path))\n    basic: concat(secret, \":\", upper).base64()\n    \
            last: sha256(join(\"\", basic, bytes)).hex()\n";
        let signing = signing(steps);
        assert_eq!(names(&signing, Shown::Whole), ["last"]);
        assert_eq!(names(&signing, Shown::Masked), ["joined", "lead"]);
        assert_eq!(names(&signing, Shown::Hidden), ["key", "text", "upper", "bytes", "basic"]);
    }
}
