//! The API file: what holds for every resource.

use super::cursor::{self, Map};
use super::doc::Doc;
use super::encoding::Encoding;
use super::envelope::Envelope;
use super::error::ErrorCase;
use super::keys;
use super::limits::Limits;
use super::mock::MockRules;
use super::node::{Declared, Named, Node};
use super::pagination::Pagination;
use super::signing::Signing;
use super::types::TypeDef;
use super::webhooks::Webhooks;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::Normalisation;
use crate::source::Scalar;

/// The version of the spec language that is read.
const LANGUAGE: i64 = 1;

/// `api.yaml`.
#[derive(Debug)]
pub(crate) struct Api {
    pub name: Option<Scalar>,
    pub title: Option<Scalar>,
    pub sources: Declared<Scalar>,
    pub environments: Named<Environment>,
    pub credentials: Declared<Credential>,
    pub headers: Named<Header>,
    pub signing: Signing,
    pub webhooks: Option<Webhooks>,
    pub errors: Declared<ErrorCase>,
    pub envelope: Envelope,
    pub encoding: Option<Encoding>,
    /// Whether something is wrong with how calls are encoded, so that nobody knows it.
    pub is_doubtful: bool,
    pub pagination: Option<Pagination>,
    /// Whether it says how lists are paged, which may have been refused.
    pub is_paged: bool,
    pub limits: Option<Limits>,
    pub types: Declared<TypeDef>,
    pub mock: MockRules,
    pub doc: Doc,
}

/// A base address, or that and what is said about it.
#[derive(Debug)]
pub(crate) struct Environment {
    pub base: Option<Scalar>,
    pub doc: Doc,
}

/// A piece of the caller's secret material.
#[derive(Debug, Default)]
pub(crate) struct Credential {
    pub env: Option<Scalar>,
    /// In the order in which it is done.
    pub normalise: Vec<Normalisation>,
    pub doc: Doc,
}

pub(super) const NORMALISATIONS: [(&str, Normalisation); 3] =
    [("trim", Normalisation::Trim), ("lower", Normalisation::Lower), ("upper", Normalisation::Upper)];

/// A header's value, or that and what is said about it.
#[derive(Debug)]
pub(crate) struct Header {
    pub value: Option<Scalar>,
    pub doc: Doc,
}

impl Api {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::API, |map| {
            language(map);
            let before = map.cx.count();
            let encoding = map.get("encoding", Encoding::read);
            let is_doubtful = map.cx.count() > before || map.is_misspelt(&["encoding"]);
            Self {
                encoding,
                is_doubtful,
                name: map.get("name", cursor::text),
                title: map.get("title", cursor::text),
                sources: map.declared("sources", cursor::text),
                environments: map.named("environments", Environment::read),
                credentials: map.declared("credentials", Credential::read),
                headers: map.named("headers", Header::read),
                signing: map.get("signing", Signing::read).unwrap_or_default(),
                webhooks: map.get("webhooks", Webhooks::read),
                errors: map.declared("errors", ErrorCase::read),
                envelope: map.get("envelope", Envelope::read).unwrap_or_default(),
                is_paged: map.has("pagination").is_some() || map.is_misspelt(&["pagination"]),
                pagination: map.get("pagination", Pagination::read),
                limits: map.get("limits", Limits::read),
                types: map.declared("types", TypeDef::read),
                mock: map.get("mock", MockRules::read).unwrap_or_default(),
                doc: Doc::read(map),
            }
        })
    }
}

/// Refuses a spec in another version of the language: it may mean something else.
fn language(map: &mut Map<'_, '_>) {
    map.get("codegen", |cx, node| {
        let version: i64 = cursor::integer(cx, node)?;
        if version != LANGUAGE {
            cx.report(&rules::LANGUAGE_VERSION, node.at, format!("the language version `{version}` is not known"))
                .help(format!("this generator reads version {LANGUAGE}"));
        }
        Some(())
    });
}

impl Environment {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::ENVIRONMENT, |map| Self {
            base: map.get("base", cursor::text),
            doc: Doc::read(map),
        })
    }
}

impl Credential {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::CREDENTIAL, |map| {
            map.get("secret", always);
            Self {
                env: map.get("env", cursor::text),
                normalise: map.some("normalise", |cx, node| cursor::word(cx, node, &NORMALISATIONS)),
                doc: Doc::read(map),
            }
        })
    }
}

/// `true`: a credential is secret whether or not the spec says so.
fn always(cx: &mut Diagnostics, node: &Node) -> Option<()> {
    if !cursor::boolean(cx, node)? {
        cx.report(&rules::UNKNOWN_WORD, node.at, "every credential is secret").help("leave `secret` out");
    }
    Some(())
}

impl Header {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::HEADER, |map| Self { value: map.get("value", cursor::text), doc: Doc::read(map) })
    }
}
