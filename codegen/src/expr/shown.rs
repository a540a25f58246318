//! What may be shown of how a call was signed, to whoever shows it.
//!
//! A digest hides what went into it, and may be shown unless it could be a key or be guessed. What is made of a
//! credential and goes into another digest may not, however it was made: who has it can sign. What is drawn is no
//! secret by itself. All else is shown as it comes out where masks stand for secrets, but for what would look like a
//! real value then.

use super::masks::{Masks, Trace, is_as_empty_as_its_mask};
use crate::ir::{Expr, ExprKind, Function, Makeup, Placement, Shown, Signing, Source, Step, ValueType};

/// Whether no secret or personal value reaches the result except through a digest.
pub fn is_digested(expr: &Expr, steps: &[Step]) -> bool {
    match &expr.kind {
        ExprKind::Source(source) => match source {
            Source::Credential(_) => false,
            Source::Step(index) => steps.get(*index).is_some_and(|step| step.shown == Shown::Whole),
            other => !other.holds_parameters(),
        },
        ExprKind::Call(Function::Digest(_) | Function::Hmac(_), _) => hides_its_origin(makeup(expr, steps)),
        ExprKind::Call(Function::Header, _) => false,
        // Only whether it is empty is in the result, and that may be seen.
        ExprKind::Call(Function::IfEmpty, operands) => operands
            .iter()
            .enumerate()
            .all(|(index, operand)| (index == 0 && is_as_empty_as_its_mask(operand)) || is_digested(operand, steps)),
        ExprKind::Call(_, operands) => operands.iter().all(|operand| is_digested(operand, steps)),
        ExprKind::Text(_) | ExprKind::Number(_) | ExprKind::Escape(_) | ExprKind::Clock(_) | ExprKind::Methods(_) => {
            true
        }
    }
}

/// Whether a digest can neither serve as a key nor be guessed.
fn hides_its_origin(makeup: Makeup) -> bool {
    match makeup.of_secret {
        // One that would be the same for every call of a day may be a key.
        true => makeup.of_request,
        // A short code or a telephone number is found by trying all there are, whatever is known to stand around it.
        false => !makeup.of_caller,
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
            other if other.holds_parameters() => of_caller,
            _ => Makeup { of_call: true, ..leaf },
        },
        ExprKind::Call(function, operands) => {
            let own = match function {
                function if function.draws() => drawn,
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

/// Says of everything that signing makes what may be shown of it.
pub(crate) fn mark_shown(signing: &mut Signing) {
    let mut uses = vec![Use::default(); signing.steps.len()];
    let placed = signing.placements();
    let answers = signing.answers.iter().map(|answers| &answers.expected);
    for value in placed.flat_map(Placement::values).chain(answers) {
        mark_uses(value, Use::default(), &mut uses);
    }
    // A step is made of those above it, and what it goes into they go into.
    for (index, step) in signing.steps.iter().enumerate().rev() {
        let used = uses.get(index).copied().unwrap_or_default();
        mark_uses(&step.value, used, &mut uses);
    }
    let mut masks = Masks::default();
    for (index, used) in uses.into_iter().enumerate() {
        let Some(step) = signing.steps.get(index) else { break };
        let (is_masked, is_readable) = (masks.are_in(&step.value), masks.are_readable_in(&step.value));
        let is_bytes = matches!(step.value.ty, ValueType::Bytes | ValueType::ByteList);
        let is_one = matches!(step.value.ty, ValueType::Text | ValueType::Bytes);
        let is_open = !used.is_secret(step.makeup) && is_digested(&step.value, &signing.steps);
        let shown = match is_open {
            true if is_one || !is_masked => Shown::Whole,
            _ if !is_masked => Shown::Masked,
            // Bytes are shown in hexadecimal, in which no mask can be read.
            _ if is_readable && !is_bytes => Shown::Masked,
            _ => Shown::Hidden,
        };
        // A hidden text is itself nothing but a mask for what is made of it.
        masks.steps.push(match shown {
            Shown::Whole => Trace { is_masked: false, is_readable: true },
            _ => Trace { is_masked, is_readable: is_readable || step.value.ty == ValueType::Text },
        });
        if let Some(step) = signing.steps.get_mut(index) {
            step.shown = shown;
        }
    }
    for placement in signing.inject.iter_mut().chain(&mut signing.send) {
        let value = &placement.value;
        placement.shown = match is_digested(value, &signing.steps) && makeup(value, &signing.steps).has_digest {
            true => Shown::Whole,
            false if masks.are_readable_in(value) => Shown::Masked,
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
    if let ExprKind::Source(Source::Step(index)) = expr.kind
        && let Some(step) = uses.get_mut(index)
    {
        step.as_key |= used.as_key;
        step.in_message |= used.in_message;
    }
    for (index, operand) in expr.operands().iter().enumerate() {
        // What is within a digest goes no further than that.
        let used = match expr.kind {
            ExprKind::Call(Function::Hmac(_), _) if index == 0 => Use { as_key: true, in_message: false },
            ExprKind::Call(Function::Digest(_) | Function::Hmac(_), _) => Use { as_key: false, in_message: true },
            _ => used,
        };
        mark_uses(operand, used, uses);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signing(steps: &str) -> Signing {
        sending(steps, "last")
    }

    fn sending(steps: &str, sent: &str) -> Signing {
        let folder = tempfile::tempdir().unwrap();
        let api = format!(
            "codegen: 1\nname: a\ntitle: A\ncredentials:\n  secret: {{env: SECRET}}\nsigning:\n  steps:\n{steps}  send:\n    s: {{in: query, value: '{sent}'}}\n"
        );
        let things = "operations:\n  add:\n    http: POST /things/{at}\n    params:\n      at: string\n      \
            page: {type: string, required: true, in: query}\n      pin: {type: string, required: true}\n";
        std::fs::write(folder.path().join("api.yaml"), api).unwrap();
        std::fs::write(folder.path().join("things.yaml"), things).unwrap();
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
        assert_eq!(shown(steps), ["day", "last"]);
        // The body may be a short code and no more.
        assert_eq!(names(&signing(steps), Shown::Hidden), ["key", "inner"]);
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
        assert_eq!(shown(steps), ["key"]);
        let steps = "    key: sha256(header(\"Host\")).hex()\n    last: hmac_sha256(key, path).hex()\n";
        assert_eq!(shown(steps), [""; 0], "what the caller gave may be secret");
    }

    #[test]
    fn masks_are_shown_where_they_can_be_read() {
        let steps = "    key: hmac_sha256(secret, now.format(\"%Y\"))\n    text: key.hex()\n    \
            joined: concat(text, path)\n    upper: joined.upper()\n    lead: concat(\"AWS4\", secret)\n    \
            bytes: concat(lead, sha256(path))\n    basic: concat(secret, \":\", upper).base64()\n    \
            last: sha256(join(\"\", basic, bytes)).hex()\n";
        let signing = signing(steps);
        assert_eq!(names(&signing, Shown::Whole), ["last"]);
        assert_eq!(names(&signing, Shown::Masked), ["joined", "upper", "lead"]);
        assert_eq!(names(&signing, Shown::Hidden), ["key", "text", "bytes", "basic"]);
    }

    #[test]
    fn what_may_be_a_key_or_be_guessed_is_not_shown() {
        let steps = "    token: md5(concat(secret, now.format(\"%Y\"))).hex()\n    \
            pin: sha1(body_params.get(\"pin\")).hex()\n    some: sha1(body_params.keep(\"pin\").values().join(\"\")).hex()\n    \
            name: md5(header(\"X-Name\")).hex()\n    body_hash: if_empty(body, \"\", sha1(body).hex())\n    \
            last: sha1(concat(secret, path)).hex()\n";
        let signing = sending(steps, "concat(token, pin, some, name, body_hash, last)");
        assert_eq!(names(&signing, Shown::Whole), ["last"]);
        assert_eq!(names(&signing, Shown::Masked), Vec::<String>::new());
    }

    #[test]
    fn what_would_come_out_otherwise_of_masks_is_not_shown() {
        for hidden in [
            "concat(\"a\", sha256(body).hex())",
            "header(\"a\").hex()",
            "if_empty(header(\"a\").strip_prefix(\"b\"), \"no\", \"yes\")",
            "list(secret, header(\"a\")).sort().join(\"\")",
            "params.values().sort().join(\"\")",
            "params.sort_by_value().names().join(\"\")",
            "header(\"a\").split(\"b\").join(\"\")",
            "header(\"a\").replace(\"e\", \"\")",
        ] {
            // A digest beside a secret is not one of what hides all that went into it.
            let signing = sending(&format!("    it: concat(secret, {hidden})\n"), "it");
            assert_eq!(names(&signing, Shown::Hidden), ["it"], "{hidden}");
        }
        for masked in [
            "params.pairs(\"=\").sort().join(\"&\")",
            "query.split(\"&\").sort().join(\"&\")",
            "if_empty(header(\"a\"), \"no\", \"yes\")",
            "header(\"a\").replace(\"+\", \"%20\")",
            "sha256(method).hex()",
        ] {
            let signing = sending(&format!("    it: concat(secret, {masked})\n"), "it");
            assert_eq!(names(&signing, Shown::Masked), ["it"], "{masked}");
        }
    }
}
