//! Resources and operations.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};

use super::constraints::{self, Beside};
use super::context::{Cx, find, index};
use super::{effect, encoding, envelope, memory, pagination, parameter, path};
use crate::diagnostics::rules;
use crate::ir::{self, Fallback, Location, Method, Payload, Retry, Type};
use crate::source::{Scalar, Span};
use crate::{names, spec};

/// What can be returned besides values of a type.
const RETURNED: &[&str] = &["nothing", spec::RAW[0].0, spec::RAW[1].0, spec::RAW[2].0, spec::RAW[3].0];

/// What holds for the whole API.
#[derive(Clone, Copy)]
pub(super) struct Common<'s> {
    /// The paging parameters, where the API pages.
    pub paging: Option<&'s spec::Pagination>,
    /// Whether the API says how it pages, which may have been refused.
    pub is_paged: bool,
    pub remembered: &'s [memory::Declared<'s>],
    /// What its answers have in common.
    pub envelope: &'s ir::Envelope,
    pub encoding: &'s ir::Encoding,
    /// Whether nobody knows how calls are encoded, since that was refused.
    pub is_doubtful: bool,
    /// The errors that any operation may answer.
    pub everywhere: &'s [ir::ErrorId],
}

/// What an operation must know of its surroundings.
struct Around<'s> {
    resource: &'s str,
    singular: String,
    common: Common<'s>,
}

pub(super) fn resource(cx: &mut Cx<'_, '_>, resource: &spec::Resource, common: Common<'_>) -> ir::Resource {
    let around = Around {
        resource: &resource.name.text,
        singular: resource.singular.as_ref().map_or_else(|| singular(&resource.name.text), |word| word.text.clone()),
        common,
    };
    ir::Resource {
        name: cx.name(&resource.name),
        operations: resource.operations.iter().map(|(name, op)| lower(cx, name, op, &around)).collect(),
        doc: cx.doc(&resource.doc),
        span: resource.name.span,
    }
}

/// `users` to `user`, `entries` to `entry`.
pub(super) fn singular(plural: &str) -> String {
    match (plural.strip_suffix("ies"), plural.strip_suffix('s')) {
        (Some(stem), _) => format!("{stem}y"),
        (None, Some(stem)) => stem.to_owned(),
        (None, None) => plural.to_owned(),
    }
}

fn lower(cx: &mut Cx<'_, '_>, name: &Scalar, operation: &spec::Operation, around: &Around<'_>) -> ir::Operation {
    let before = cx.diagnostics.count();
    let http = path::lower(cx, operation.http.as_ref(), &index(&operation.params));
    let is_doubtful = around.common.is_doubtful || operation.is_doubtful || cx.diagnostics.count() > before;
    let in_path: HashSet<usize> = http
        .path
        .iter()
        .filter_map(|part| match part {
            ir::PathPart::Parameter(index) => Some(*index),
            ir::PathPart::Literal(_) | ir::PathPart::Credential(..) => None,
        })
        .collect();
    let elsewhere = http.method.default_location();
    let place = |at| if in_path.contains(&at) { Location::Path } else { elsewhere };
    let envelope = envelope_of(cx, operation, around);
    let usual = envelope.as_deref().unwrap_or(around.common.envelope).success.status();
    let names = index(&operation.params);
    let own_paging = match &operation.paged {
        Some((spec::Paged::InItsOwnWay(stated), _)) => pagination::paging(cx, stated, &names, &names).map(Box::new),
        Some((spec::Paged::AsTheApi, _)) | None => None,
    };
    let payload = match payload(cx, operation, around) {
        // It takes none of the API's paging parameters because its own way was refused.
        Payload::Page(key, item) if own_paging.is_none() && in_its_own_way(operation) => listed(key, item),
        other => other,
    };
    idle_payload(cx, operation);
    payload_within_itself(cx, operation, envelope.as_deref().unwrap_or(around.common.envelope));
    let encoding = encoding::within(around.common.encoding, operation.encoding.as_ref());
    let mut parameters = parameter::lower(cx, &operation.params, &encoding.style, is_doubtful, place);
    constraints::groups(cx, &operation.groups, &Beside::parameters(&names), |at, group| {
        parameters[at].rules.constraints.push(group);
    });
    let retry = operation.retry.unwrap_or(match http.method {
        Method::Get | Method::Head => Retry::Safe,
        // The server sees to it.
        _ if parameters.iter().any(|parameter| parameter.fallback == Fallback::Random) => Retry::Keyed,
        // Making it twice may be harmless, but that is for the API to promise.
        Method::Post | Method::Put | Method::Patch | Method::Delete => Retry::Never,
    });
    let (tried, listed, empty_on) = errors(cx, operation, around);
    let noun = if many(&payload) { around.resource } else { around.singular.as_str() };
    let type_name = cx.compose(&name.text, noun, name.span);
    ir::Operation {
        name: cx.name(name),
        error_type: names::error_type(&type_name),
        type_name,
        parameters,
        encoding,
        body_said: operation.encoding.as_ref().and_then(|said| said.said("body")),
        method: http.method,
        guesses_method: operation.guesses_method,
        below_host: operation.below_host,
        path: http.path,
        payload,
        paging: own_paging,
        envelope,
        also_under: also_under(cx, operation),
        or_one: operation.or_one.is_some(),
        listed: listed.iter().filter(|error| !empty_on.contains(*error)).count(),
        errors: tried.iter().filter(|error| !empty_on.contains(error)).copied().collect(),
        // Known when all operations are.
        error_set: ir::ErrorSetId::default(),
        empty_on: tried.iter().filter(|error| empty_on.contains(error)).copied().collect(),
        tried,
        retry,
        signed: operation.signed.unwrap_or(true) && !operation.anonymous,
        anonymous: operation.anonymous,
        preview: operation.preview,
        effect: operation
            .mock
            .as_ref()
            .and_then(|effect| effect::lower(cx, effect, &index(&operation.params), around.common.remembered)),
        examples: examples(cx, operation, around, usual),
        doc: cx.doc(&operation.doc),
        span: name.span,
    }
}

/// Whether it says how it is paged.
fn in_its_own_way(operation: &spec::Operation) -> bool {
    matches!(operation.paged, Some((spec::Paged::InItsOwnWay(_), _)))
}

/// What an operation returns that is not paged.
fn listed(key: Option<String>, item: Type) -> Payload {
    let list = Type::List(Box::new(item));
    match key {
        Some(key) => Payload::Key(key, list),
        None => Payload::Whole(list),
    }
}

/// Whether an answer holds several of the resource's objects.
fn many(payload: &Payload) -> bool {
    match payload {
        Payload::Page(..) => true,
        Payload::Key(_, ty) | Payload::Whole(ty) => matches!(ty, Type::List(_)),
        Payload::Nothing | Payload::Raw(_) => false,
    }
}

fn payload(cx: &mut Cx<'_, '_>, operation: &spec::Operation, around: &Around<'_>) -> Payload {
    let Some(returns) = &operation.returns else { return Payload::Nothing };
    let payload = match &returns.shape {
        spec::ReturnShape::Nothing => Payload::Nothing,
        spec::ReturnShape::Raw(raw) => Payload::Raw(*raw),
        spec::ReturnShape::Key(key, ty) => {
            Payload::Key(key.text.clone(), cx.ty_never_null(Some(ty), "what is returned"))
        }
        spec::ReturnShape::Whole(ty) => {
            cx.beside_types = if matches!(ty, spec::TypeRef::Word { .. }) { RETURNED } else { &[] };
            let ty = cx.ty_never_null(Some(ty), "what is returned");
            cx.beside_types = &[];
            Payload::Whole(ty)
        }
    };
    let Some((paged, at)) = &operation.paged else { return payload };
    if let (spec::Paged::AsTheApi, false) = (paged, around.common.is_paged) {
        cx.diagnostics
            .report(&rules::NOT_PAGED, *at, "this API has no pages")
            .help("say under `pagination` in `api.yaml` how it pages");
    }
    match payload {
        Payload::Key(key, Type::List(item)) => Payload::Page(Some(key), *item),
        Payload::Whole(Type::List(item)) => Payload::Page(None, *item),
        other => {
            cx.diagnostics
                .report(&rules::NOT_PAGED, returns.at, "a paged operation returns a list")
                .also(*at, "it is paged")
                .help("write `returns: {users: [User]}`: the list itself, and no other name for it");
            other
        }
    }
}

/// The other keys of the payload, where there is a first one.
fn also_under(cx: &mut Cx<'_, '_>, operation: &spec::Operation) -> Vec<String> {
    let shape = operation.returns.as_ref().map(|returns| &returns.shape);
    let own = if let Some(spec::ReturnShape::Key(key, _)) = shape { Some(key) } else { None };
    if let (Some(other), None) = (operation.also_under.first(), own) {
        cx.diagnostics
            .report(&rules::CONFLICTING_KEYS, other.span, "`also_under` says nothing about an answer without a key")
            .help("write `returns: {user: User}`");
    }
    let is_list = |ty: &spec::TypeRef| matches!(ty, spec::TypeRef::List(_));
    if let Some(at) = operation.or_one
        && !matches!(shape, Some(spec::ReturnShape::Key(_, ty) | spec::ReturnShape::Whole(ty)) if is_list(ty))
    {
        let message = "`or_one` says nothing about what is no list";
        cx.diagnostics.report(&rules::MISPLACED_SPELLING, at, message).help("it is for lists: `[User]`");
    }
    let mut keys: IndexMap<&str, Span> = own.iter().map(|key| (key.text.as_str(), key.span)).collect();
    for other in &operation.also_under {
        match keys.get(other.text.as_str()) {
            Some(first) => drop(
                cx.diagnostics
                    .report(&rules::LISTED_TWICE, other.span, format!("the key `{}` is listed twice", other.text))
                    .also(*first, "the first one")
                    .help("leave one of them out"),
            ),
            None => _ = keys.insert(other.text.as_str(), other.span),
        }
    }
    keys.into_keys().skip(own.iter().len()).map(str::to_owned).collect()
}

/// All errors of an operation in the order they are tried: those that stand under `empty_on` alone, those that it lists,
/// then those that any operation may answer. With those that it lists, and with those that are none: they cannot be
/// variants as well.
fn errors(
    cx: &mut Cx<'_, '_>,
    operation: &spec::Operation,
    around: &Around<'_>,
) -> (Vec<ir::ErrorId>, IndexSet<ir::ErrorId>, HashSet<ir::ErrorId>) {
    listed_in_vain(cx, operation);
    let mut find = |names: &[Scalar]| names.iter().filter_map(|name| cx.error(name)).collect::<IndexSet<_>>();
    let (listed, empty) = (find(&operation.errors), find(&operation.empty_on));
    let alone = empty.iter().filter(|error| !listed.contains(*error));
    let all: IndexSet<&ir::ErrorId> = alone.chain(&listed).chain(around.common.everywhere).collect();
    let tried = all.into_iter().copied().collect();
    (tried, listed, empty.into_iter().collect())
}

/// Reports an error that stands in both lists, and would be tried first without.
fn listed_in_vain(cx: &mut Cx<'_, '_>, operation: &spec::Operation) {
    let empty: HashMap<&str, &Scalar> = operation.empty_on.iter().map(|name| (name.text.as_str(), name)).collect();
    for (name, other) in operation.errors.iter().map_while(|name| Some((name, empty.get(name.text.as_str())?))) {
        cx.diagnostics
            .report(&rules::LISTED_TWICE, name.span, format!("`{}` is listed twice", name.text))
            .also(other.span, "here it says that there is nothing to return")
            .help(
                "leave it out of `errors`: what stands under `empty_on` is tried first, unless others stand before it",
            );
    }
}

/// Reports where the result of a call stands that has none, or whose result is the whole answer.
fn idle_payload(cx: &mut Cx<'_, '_>, operation: &spec::Operation) {
    let stated = operation.envelope.as_ref().and_then(|envelope| envelope.payload.as_ref());
    let shape = operation.returns.as_ref().map(|returns| &returns.shape);
    let Some((payload, shape)) = stated.filter(|payload| !payload.text.is_empty()).zip(shape) else { return };
    let message = match shape {
        spec::ReturnShape::Nothing => "`payload` holds what is returned, and nothing is",
        spec::ReturnShape::Raw(_) => "`payload` holds what is returned, which is the whole answer",
        spec::ReturnShape::Key(..) | spec::ReturnShape::Whole(_) => return,
    };
    cx.diagnostics
        .report(&rules::CONFLICTING_KEYS, payload.span, message)
        .help("leave `payload` out, or say with `returns` which type stands there");
}

/// Reports a key that the envelope names already: it would be looked for within itself.
fn payload_within_itself(cx: &mut Cx<'_, '_>, operation: &spec::Operation, envelope: &ir::Envelope) {
    let Some(spec::ReturnShape::Key(key, _)) = operation.returns.as_ref().map(|returns| &returns.shape) else { return };
    if envelope.payload.0.last().is_some_and(|last| *last == key.text) {
        let path = envelope.payload.text();
        cx.diagnostics
            .report(&rules::TWO_PAYLOAD_PLACES, key.span, format!("this is looked for at `{path}.{}`", key.text))
            .help(format!(
                "`payload: {path}` of the envelope names it already: return the type alone; if there are two, say \
                 `envelope: {{payload: {path}.{}}}` here",
                key.text
            ));
    }
}

/// What its answers have in common, where the operation says that this is not what those of the API have.
fn envelope_of(cx: &mut Cx<'_, '_>, operation: &spec::Operation, around: &Around<'_>) -> Option<Box<ir::Envelope>> {
    let stated = operation.envelope.as_ref()?;
    // What is said of it is for the reader of the spec; that its sources exist is for us.
    cx.doc(&stated.doc);
    let envelope = envelope::lower(cx, stated, around.common.envelope);
    (envelope != *around.common.envelope).then(|| Box::new(envelope))
}

/// Examples, whose requests name parameters of the operation.
///
/// One that says no status has that of a success.
fn examples(cx: &mut Cx<'_, '_>, operation: &spec::Operation, around: &Around<'_>, usual: u16) -> Vec<ir::Example> {
    let mut names = index(&operation.params);
    let paging = around.common.paging.map(|paging| index(&paging.params)).unwrap_or_default();
    if let Some((spec::Paged::AsTheApi, _)) = &operation.paged {
        names.add(&paging);
        names.is_refused |= around.common.is_paged && around.common.paging.is_none();
    }
    let lower = |(name, example): &(Scalar, spec::Example)| {
        for (parameter, _) in &example.request {
            if !paging.contains(parameter.text.as_str()) || names.contains(parameter.text.as_str()) {
                find(cx.diagnostics, &names, parameter, &rules::UNKNOWN_PARAMETER, "parameter");
            } else if cx.diagnostics.is_empty() {
                // Else `paged` may be what was misspelt.
                let message = format!("unknown parameter `{}`", parameter.text);
                cx.diagnostics
                    .report(&rules::UNKNOWN_PARAMETER, parameter.span, message)
                    .help("paging parameters belong to operations with `paged: true`");
            }
        }
        ir::Example {
            name: name.text.clone(),
            request: example.request.iter().map(|(name, value)| (name.text.clone(), value.clone())).collect(),
            status: example.status.unwrap_or(usual),
            response: example.response.clone(),
            breaks: example.breaks.iter().map(Scalar::spanned).collect(),
            doc: cx.doc(&example.doc),
            span: name.span,
        }
    };
    operation.examples.iter().map(lower).collect()
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn one_of_many() {
        for (many, one) in [("users", "user"), ("entries", "entry"), ("staff", "staff"), ("s", "")] {
            assert_eq!(singular(many), one);
        }
    }
}
