//! Rules over the keys by which a server knows a call that is made again.

use super::constraints::is_text;
use super::values::{self, Direction};
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Fallback, Json, Location, Parameter};

/// What a client makes, as well as another.
const RANDOM: &str = "9b2f6a1c-3d47-4e58-8a90-0c1d2e3f4a5b";

/// Without it, a call would be refused for a key that its caller did not give, or be made again under another.
pub(super) fn bad_idempotency_key(api: &Api, diagnostics: &mut Diagnostics) {
    for list in super::parameter_lists(api) {
        let mut keys = list.iter().filter(|parameter| parameter.fallback == Fallback::Random);
        let Some(first) = keys.next() else { continue };
        if let Some(problem) = problem(api, first) {
            diagnostics
                .report(&rules::BAD_IDEMPOTENCY_KEY, first.span, format!("`{}` {problem}", first.name.wire))
                .help("leave `idempotency_key` out: the caller gives what there is to give");
        }
        for key in keys {
            let message = format!("`{}` is a second idempotency key of the same call", key.name.wire);
            diagnostics
                .report(&rules::BAD_IDEMPOTENCY_KEY, key.span, message)
                .also(first.span, "the first")
                .help("say so of the one by which the server knows the call");
        }
    }
    for parameter in super::paging_parameters(api).unwrap_or_default() {
        if parameter.fallback == Fallback::Random {
            let message = format!("`{}` asks for a page, which is known by no key", parameter.name.wire);
            diagnostics
                .report(&rules::BAD_IDEMPOTENCY_KEY, parameter.span, message)
                .help("leave `idempotency_key` out");
        }
    }
}

/// Why a random UUID cannot stand for a parameter.
fn problem(api: &Api, parameter: &Parameter) -> Option<String> {
    if parameter.location == Location::Path {
        return Some("is in the path, so that it is always given".to_owned());
    }
    if !is_text(api, &parameter.ty) {
        return Some("is no text, so that it cannot be a random UUID".to_owned());
    }
    let value = Json::String(RANDOM.to_owned());
    let misfit = values::misfit(api, &parameter.ty, &value, Direction::Sent).map(|misfit| misfit.to_string());
    let by = api.same_by(&parameter.ty);
    let breach = || parameter.rules.constraints.iter().find_map(|constraint| values::breach(constraint, &value, by));
    Some(format!("would be a random UUID, which {}", misfit.or_else(breach)?))
}
