//! How lists are cut into pages.

use super::cursor::{self, Map};
use super::doc::Doc;
use super::envelope::Spot;
use super::example::code;
use super::keys;
use super::node::{Declared, Kind, Node, Value};
use super::parameter::Parameter;
use crate::diagnostics::Diagnostics;
use crate::ir::Json;
use crate::source::{Scalar, Span, Spanned};

/// How the lists of an API are paged, and the parameters that come with it.
#[derive(Debug)]
pub(crate) struct Pagination {
    pub params: Declared<Parameter>,
    pub paging: Paging,
    pub doc: Doc,
}

/// How pages follow each other.
#[derive(Debug)]
pub(crate) struct Paging {
    /// A parameter.
    pub page: Option<Scalar>,
    /// A parameter.
    pub offset: Option<Scalar>,
    pub cursor: Option<Cursor>,
    pub follow: Option<Spot>,
    pub window: Option<Window>,
    pub first: Option<i64>,
    /// Where it says so, unless nobody knows of what.
    pub first_at: Option<Span>,
    /// A parameter.
    pub limit: Option<Scalar>,
    pub more: Option<More>,
    /// Where it says so.
    pub more_at: Option<Span>,
    /// Where it says so.
    pub short_page_ends: Option<Span>,
    pub totals: Option<Totals>,
    /// Parameters.
    pub repeats: Option<Vec<Scalar>>,
    pub at: Span,
}

/// A text that leads to the next page.
#[derive(Debug)]
pub(crate) struct Cursor {
    /// A parameter.
    pub param: Option<Scalar>,
    pub spot: Spot,
    pub item: Option<Scalar>,
    /// Where it says so.
    pub inclusive: Option<Span>,
}

/// Stretches of time that a list is asked for in.
#[derive(Debug)]
pub(crate) struct Window {
    /// A parameter.
    pub from: Option<Scalar>,
    /// A parameter.
    pub to: Option<Scalar>,
    pub seconds: Option<u32>,
    pub inclusive: bool,
}

/// What says whether there is another page.
#[derive(Debug)]
pub(crate) struct More {
    pub spot: Spot,
    pub is: Vec<Spanned<Json>>,
}

/// Where the figures of a list stand.
#[derive(Debug)]
pub(crate) struct Totals {
    pub items: Option<Spot>,
    pub pages: Option<Spot>,
    pub page: Option<Spot>,
    pub limit: Option<Spot>,
}

/// What an operation says of its pages.
#[derive(Debug)]
pub(crate) enum Paged {
    /// They are like all others of the API.
    AsTheApi,
    /// They follow each other in a way of their own.
    InItsOwnWay(Box<Paging>),
}

impl Pagination {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::PAGINATION, |map| Self {
            params: map.declared("params", Parameter::read),
            paging: Paging::of(map),
            doc: Doc::read(map),
        })
    }
}

impl Paging {
    fn of(map: &mut Map<'_, '_>) -> Self {
        let is_stated = map.has("repeats").is_some();
        let repeats = map.many("repeats", cursor::text);
        let short = map.flag("short_page_ends");
        Self {
            page: map.get("page", cursor::text),
            offset: map.get("offset", cursor::text),
            cursor: map.get("cursor", Cursor::read),
            follow: map.get("follow", Spot::read),
            window: map.get("window", Window::read),
            first: map.get("first", cursor::integer),
            first_at: map.has("first").filter(|_| !map.is_misspelt(&["page", "offset"])),
            limit: map.get("limit", cursor::text),
            more: map.get("more", More::read),
            more_at: map.has("more"),
            short_page_ends: map.has("short_page_ends").filter(|_| short),
            totals: map.get("totals", Totals::read),
            repeats: is_stated.then_some(repeats),
            at: map.at,
        }
    }
}

impl Cursor {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::CURSOR, |map| Self {
            param: map.get("param", cursor::text),
            spot: Spot::of(map),
            item: map.get("item", cursor::text),
            inclusive: {
                let inclusive = map.flag("inclusive");
                map.has("inclusive").filter(|_| inclusive && !map.is_misspelt(&["item"]))
            },
        })
    }
}

impl Window {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::WINDOW, |map| Self {
            from: map.get("from", cursor::text),
            to: map.get("to", cursor::text),
            seconds: map.get("seconds", length),
            inclusive: map.flag("inclusive"),
        })
    }
}

/// How long a window is: one without a length would lead to itself.
fn length(cx: &mut Diagnostics, node: &Node) -> Option<u32> {
    let help = "write how long a window is at most, a number above 0";
    cursor::above_zero(cx, node, "nothing stands in a window of `0` seconds", help)
}

impl More {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::MORE_FLAG, |map| Self { spot: Spot::of(map), is: map.some("is", code) })
    }
}

impl Totals {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::not_empty(cx, node);
        cursor::map(cx, node, &keys::PAGE_TOTALS, |map| Self {
            items: map.get("items", Spot::read),
            pages: map.get("pages", Spot::read),
            page: map.get("page", Spot::read),
            limit: map.get("limit", Spot::read),
        })
    }
}

impl Paged {
    /// `true`, or the keys of a way of its own.
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        match &node.value {
            Value::Map(_) => {
                let paging = cursor::map(cx, node, &keys::PAGED, Paging::of)?;
                Some(Self::InItsOwnWay(Box::new(paging)))
            }
            Value::Scalar(Kind::Boolean(false), _) => None,
            Value::Scalar(Kind::Boolean(true), _) => Some(Self::AsTheApi),
            Value::Scalar(Kind::Text, scalar) if matches!(scalar.text.as_str(), "true" | "false") => {
                cursor::boolean(cx, node);
                None
            }
            Value::Scalar(..) | Value::List(_) => {
                cursor::wrong(cx, node, "`true`, or a map that says how, such as `{page: page}`")
            }
        }
    }
}
