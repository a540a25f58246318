//! What the mock must know, with an answer of ours where the spec has none.

use super::context::{Cx, text};
use crate::ir::{self, Answer, Doc, Evidence, Json};
use crate::source::Scalar;
use crate::spec;

/// How many seconds a timestamp may be off, unless the spec says otherwise.
const WINDOW: u32 = 300;

pub(super) fn rules(cx: &mut Cx<'_, '_>, rules: &spec::MockRules, places: &[ir::ErrorPlace]) -> ir::MockRules {
    let answer = |stated: &Option<Answer>, status, message: &str| {
        stated.clone().unwrap_or_else(|| {
            let body = Json::Object(vec![("error".to_owned(), Json::String(message.to_owned()))]);
            Answer { status, body }
        })
    };
    ir::MockRules {
        window: rules.window.unwrap_or(WINDOW),
        unauthenticated: answer(&rules.unauthenticated, 401, "credentials are missing or wrong"),
        bad_signature: answer(&rules.bad_signature, 403, "the signature is wrong"),
        stale: answer(&rules.stale, 403, "the timestamp is too old"),
        replayed: answer(&rules.replayed, 403, "the nonce was used before"),
        invalid: answer(&rules.invalid, 422, "invalid parameter: {parameter}"),
        missing: rules.missing.as_ref().and_then(|name| cx.error(name)),
        error_in: rules.error_in.as_ref().map_or_else(|| usual_place(places), |key| key.text.clone()),
        doc: match &rules.doc {
            Some(doc) => cx.doc(doc),
            None => Doc { evidence: Evidence::Assumed, ..Doc::default() },
        },
    }
}

/// The first place where a client looks and that is one key or none.
fn usual_place(places: &[ir::ErrorPlace]) -> String {
    let key = |place: &ir::ErrorPlace| match place.0.as_slice() {
        [] => Some(String::new()),
        [key] => Some(key.clone()),
        _ => None,
    };
    places.iter().find_map(key).unwrap_or_default()
}

pub(super) fn collection(cx: &mut Cx<'_, '_>, collection: &spec::Collection) -> ir::Collection {
    let unique = |(member, error): &(Scalar, Scalar)| Some((member.text.clone(), cx.error(error)?));
    ir::Collection {
        unique: collection.unique.iter().filter_map(unique).collect(),
        key: text(collection.key.as_ref()),
        scope: collection.scope.iter().map(|member| member.text.clone()).collect(),
        missing: collection.missing.as_ref().and_then(|name| cx.error(name)),
        items: collection.items.clone(),
    }
}
