//! How much an API takes from one caller.

use super::cursor;
use super::doc::Doc;
use super::keys;
use super::node::Node;
use crate::diagnostics::Diagnostics;

/// What a caller may not go beyond.
#[derive(Debug)]
pub(crate) struct Limits {
    pub concurrency: Option<u32>,
    pub rate: Option<Rate>,
    pub doc: Doc,
}

/// So many calls in a time.
#[derive(Debug)]
pub(crate) struct Rate {
    pub calls: Option<u32>,
    pub seconds: Option<u32>,
}

impl Limits {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::LIMITS, |map| Self {
            concurrency: map.get("concurrency", some),
            rate: map.get("rate", Rate::read),
            doc: Doc::read(map),
        })
    }
}

impl Rate {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::RATE, |map| Self {
            calls: map.get("calls", some),
            seconds: map.get("seconds", some),
        })
    }
}

/// A number of what there must be some of: with none, nobody could make a call, or as many as they like.
fn some(cx: &mut Diagnostics, node: &Node) -> Option<u32> {
    let help = "write a number above 0, or nothing where there is no limit";
    cursor::above_zero(cx, node, "`0` is no limit that a call could keep to", help)
}
