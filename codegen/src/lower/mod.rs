//! Spec to IR: names resolved, types real.
//!
//! What cannot be represented is reported and left out, or stands as the plainest thing of its kind, so that one
//! mistake gives one message. The only stage that sees both sides.

mod api;
mod constraints;
mod context;
mod cycles;
mod effect;
mod encoding;
mod envelope;
mod error;
mod hole;
mod memory;
mod mock;
mod once;
mod operation;
mod pagination;
mod parameter;
mod path;
mod signing;
mod spelling;
mod template;
#[cfg(test)]
mod tests;
mod types;
mod webhooks;

pub(crate) use webhooks::{SECRET, SENT};

pub(crate) use api::check_address;
pub(crate) use context::WORDS;
use context::{Cx, text};
pub(crate) use cycles::walk;
#[cfg(test)]
pub(crate) use spelling::WORDS as SPELLINGS;

use crate::diagnostics::{Diagnostics, rules};
use crate::source::Scalar;
use crate::{ir, names, spec};

/// Resolves a spec; what cannot be represented is reported and left out.
pub(crate) fn lower(spec: &spec::Spec, diagnostics: &mut Diagnostics) -> ir::Api {
    let mut cx = Cx::new(spec, diagnostics);
    let cx = &mut cx;
    let declared = types::declare(cx, spec);
    let api = &spec.api;
    let credentials = api::credentials(cx, &api.credentials);
    let paging = api.pagination.as_ref();
    let envelope = envelope::lower(cx, &api.envelope, &ir::Envelope::default());
    let encoding = encoding::within(&ir::Encoding::default(), api.encoding.as_ref());
    let errors = error::cases(cx, &api.errors);
    let remembered = memory::declare(cx, spec);
    let everywhere: Vec<_> =
        (0..).zip(&errors).filter(|(_, error)| error.everywhere).map(|(id, _)| ir::ErrorId(id)).collect();
    let common = operation::Common {
        paging,
        is_paged: api.is_paged,
        remembered: &remembered,
        envelope: &envelope,
        encoding: &encoding,
        is_doubtful: api.is_doubtful,
        everywhere: &everywhere,
    };
    let mut resources: Vec<_> =
        spec.resources.iter().map(|resource| operation::resource(cx, resource, common)).collect();
    let mut lowered = ir::Api {
        name: module_name(cx, &api.name.clone().unwrap_or_else(unnamed)),
        title: text(api.title.as_ref().or(api.name.as_ref())),
        doc: cx.doc(&api.doc),
        sources: api.sources.iter().map(|(name, source)| (name.text.clone(), source.text.clone())).collect(),
        environments: api::environments(cx, &api.environments),
        headers: api::headers(cx, &api.headers),
        signing: signing::lower(cx, &api.signing, &credentials),
        credentials,
        webhooks: api.webhooks.as_ref().and_then(|webhooks| webhooks::lower(cx, webhooks)),
        error_sets: error::sets(&errors, &mut resources),
        errors,
        pagination: paging.and_then(|paging| pagination::lower(cx, spec, paging, &encoding)),
        encoding,
        encoding_doc: api.encoding.as_ref().map(|encoding| cx.doc(&encoding.doc)).unwrap_or_default(),
        limits: api.limits.as_ref().map(|limits| api::limits(cx, limits)).unwrap_or_default(),
        unknown: cx.unknown(),
        types: types::define(cx, &declared),
        resources,
        mock: mock::rules(cx, &api.mock, &envelope.errors.places),
        collections: memory::define(cx, &remembered),
        envelope_doc: cx.doc(&api.envelope.doc),
        envelope,
    };
    if cx.diagnostics.is_empty() {
        lowered.types.truncate(lowered.unknown.0);
    }
    types::mark_sent(&mut lowered);
    types::mark_hollow(&mut lowered);
    types::mark_ruled(&mut lowered);
    lowered
}

/// The model of a spec of these files, and what is wrong with it before it is checked.
#[cfg(test)]
pub(crate) fn from_memory(files: &[(&str, &str)]) -> (ir::Api, Diagnostics) {
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let mut diagnostics = Diagnostics::default();
    let (spec, _) = spec::from_memory(&files, &mut diagnostics);
    let api = lower(&spec.unwrap(), &mut diagnostics);
    (api, diagnostics)
}

/// The name of an API is the name of a module and of a folder: `../src` would be generated elsewhere.
fn module_name(cx: &mut Cx<'_, '_>, name: &Scalar) -> ir::Name {
    let made = cx.name(name);
    if made.wire != made.snake.trim_start_matches("r#") && names::name(&name.text).is_ok() {
        let message = format!("`{}` is not the name of a module", name.text);
        cx.diagnostics.report(&rules::BAD_NAME, name.span, message).help(format!("write `{}`", made.snake));
    }
    made
}

/// The name of an API that has none, which was reported.
fn unnamed() -> Scalar {
    Scalar { text: "unnamed".to_owned(), ..Scalar::default() }
}
