//! Operations: one method and path with its contract.

use super::cursor::{self, Map};
use super::doc::Doc;
use super::effect::Effect;
use super::encoding::Encoding;
use super::envelope::Envelope;
use super::example::Example;
use super::keys;
use super::node::{Declared, Named, Node, Value};
use super::pagination::Paged;
use super::parameter::Parameter;
use super::rules::Groups;
use super::types::TypeRef;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Raw, Retry};
use crate::source::{Scalar, Span};

/// One operation of a resource.
#[derive(Debug)]
pub(crate) struct Operation {
    /// `GET /institutes/{institute_id}/users`
    pub http: Option<Scalar>,
    /// Whether the method is not known.
    pub guesses_method: bool,
    /// Whether the path is below the host, and not below the base address.
    pub below_host: bool,
    pub anonymous: bool,
    pub params: Declared<Parameter>,
    pub groups: Groups,
    pub encoding: Option<Encoding>,
    /// Whether something is wrong with where its parameters travel and how, so that nobody knows it.
    pub is_doubtful: bool,
    /// With the place where it stands.
    pub paged: Option<(Paged, Span)>,
    pub returns: Option<Returns>,
    pub also_under: Vec<Scalar>,
    pub or_one: Option<Span>,
    pub errors: Vec<Scalar>,
    pub empty_on: Vec<Scalar>,
    pub envelope: Option<Envelope>,
    pub retry: Option<Retry>,
    pub signed: Option<bool>,
    pub preview: bool,
    pub mock: Option<Effect>,
    pub examples: Named<Example>,
    pub doc: Doc,
}

/// What a successful answer holds.
#[derive(Debug)]
pub(crate) struct Returns {
    pub shape: ReturnShape,
    pub at: Span,
}

/// Where in the answer the value is.
#[derive(Debug)]
pub(crate) enum ReturnShape {
    Nothing,
    Key(Scalar, TypeRef),
    Whole(TypeRef),
    Raw(Raw),
}

/// Words for answers that need not be JSON.
pub(crate) const RAW: [(&str, Raw); 4] =
    [("text", Raw::Text), ("bytes", Raw::Bytes), ("stream", Raw::Stream), ("response", Raw::Response)];

/// What is said of a method.
pub(super) const KNOWN: [(&str, ()); 1] = [("unknown", ())];

/// What a path can be below besides the base address.
pub(super) const BASES: [(&str, ()); 1] = [("host", ())];

pub(super) const RETRIES: [(&str, Retry); 2] = [("safe", Retry::Safe), ("never", Retry::Never)];

impl Operation {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::OPERATION, |map| {
            let before = map.cx.count();
            let http = map.get("http", cursor::text);
            let encoding = map.get("encoding", Encoding::read);
            let is_doubtful = http.is_none() || map.cx.count() > before || map.is_misspelt(&["encoding"]);
            // Otherwise nobody knows what there is a list of, or another key for.
            let is_known = !map.is_misspelt(&["returns"]);
            Self {
                http,
                encoding,
                is_doubtful,
                guesses_method: map.get("method", |cx, node| cursor::word(cx, node, &KNOWN)).is_some(),
                below_host: map.get("below", |cx, node| cursor::word(cx, node, &BASES)).is_some(),
                anonymous: map.flag("anonymous"),
                params: map.declared("params", Parameter::read),
                groups: Groups::of(map),
                paged: paged(map).filter(|_| is_known),
                returns: Returns::of(map),
                also_under: if is_known { map.many("also_under", cursor::text) } else { Vec::new() },
                or_one: map.flag("or_one").then(|| map.has("or_one")).flatten().filter(|_| is_known),
                errors: map.many("errors", cursor::text),
                empty_on: map.many("empty_on", cursor::text),
                envelope: map.get("envelope", Envelope::read),
                retry: map.get("retry", |cx, node| cursor::word(cx, node, &RETRIES)),
                signed: map.get("signed", cursor::boolean),
                preview: map.flag("preview"),
                mock: map.get("mock", Effect::read),
                examples: map.named("examples", Example::read),
                doc: Doc::read(map),
            }
        })
    }
}

fn paged(map: &mut Map<'_, '_>) -> Option<(Paged, Span)> {
    Some((map.get("paged", Paged::read)?, map.has("paged")?))
}

impl Returns {
    /// Nothing, unless the operation says more; `None` where what it says was refused.
    fn of(map: &mut Map<'_, '_>) -> Option<Self> {
        let is_said = map.has("returns").is_some();
        let said = map.get("returns", Self::read);
        if is_said { said } else { Some(Self { shape: ReturnShape::Nothing, at: map.at }) }
    }

    /// `nothing`, `bytes` and the like, `{key: Type}` or `Type`.
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        let shape = match &node.value {
            Value::Scalar(_, word) if word.text == "nothing" => ReturnShape::Nothing,
            Value::Scalar(_, word) if RAW.iter().any(|(raw, _)| *raw == word.text) => {
                ReturnShape::Raw(cursor::word(cx, node, &RAW)?)
            }
            Value::Scalar(..) | Value::List(_) => ReturnShape::Whole(TypeRef::read(cx, node)?),
            Value::Map(entries) => {
                let [(key, node)] = entries.as_slice() else {
                    cx.report(&rules::WRONG_TYPE, node.at, "`returns` names one key of the answer")
                        .help("write `returns: {user: User}`, or name a type that has all keys");
                    return None;
                };
                ReturnShape::Key(key.clone(), TypeRef::read(cx, node)?)
            }
        };
        Some(Self { shape, at: node.at })
    }
}
