//! Rules over the keys by which a server knows a call that is made again.

use super::values::{self, Direction};
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Fallback, IdKind, Json, Location, Parameter, Shape, Type};

/// What a client makes, as well as another.
const RANDOM: &str = "9b2f6a1c-3d47-4e58-8a90-0c1d2e3f4a5b";

/// Without it, a call would be refused for a key that its caller did not give, or be made again under another.
pub(super) fn bad_idempotency_key(api: &Api, diagnostics: &mut Diagnostics) {
    for list in super::parameter_lists(api) {
        let mut keys = list.iter().filter(|parameter| parameter.fallback == Fallback::Random);
        let first = keys.next();
        for key in first.into_iter().filter_map(|key| Some((key, problem(api, key)?))) {
            let message = format!("`{}` {}", key.0.name.wire, key.1);
            diagnostics
                .report(&rules::BAD_IDEMPOTENCY_KEY, key.0.span, message)
                .help("leave `idempotency_key` out: the caller gives what there is to give");
        }
        for (key, first) in keys.zip(first.into_iter().cycle()) {
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
    let is_text = match api.bare(&parameter.ty) {
        Type::String => true,
        bare => matches!(api.shape(bare), Some(Shape::Id(IdKind::String))),
    };
    if parameter.location == Location::Path {
        return Some("is in the path, so that it is always given".to_owned());
    }
    if !is_text {
        return Some("is no text, so that it cannot be a random UUID".to_owned());
    }
    let value = Json::String(RANDOM.to_owned());
    let misfit = values::misfit(api, &parameter.ty, &value, Direction::Sent).map(|misfit| misfit.to_string());
    let breach = || parameter.rules.constraints.iter().find_map(|constraint| values::breach(constraint, &value));
    Some(format!("would be a random UUID, which {}", misfit.or_else(breach)?))
}
