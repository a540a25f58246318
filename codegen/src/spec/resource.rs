//! A resource file: the operations on one noun, and their types.

use super::cursor;
use super::doc::Doc;
use super::keys;
use super::memory::{self, Collection};
use super::node::{Declared, Named, Node};
use super::operation::Operation;
use super::types::TypeDef;
use crate::diagnostics::Diagnostics;
use crate::source::Scalar;

/// One file beside `api.yaml`.
#[derive(Debug)]
pub(crate) struct Resource {
    /// The file's name, at the start of the file.
    pub name: Scalar,
    /// What one of them is called, where that is not the name without its last `s`.
    pub singular: Option<Scalar>,
    pub types: Declared<TypeDef>,
    /// What the mock remembers.
    pub collections: Declared<Collection>,
    pub operations: Named<Operation>,
    pub doc: Doc,
}

impl Resource {
    pub(super) fn read(cx: &mut Diagnostics, name: Scalar, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::RESOURCE, |map| Self {
            name,
            singular: map.get("singular", cursor::text),
            types: map.declared("types", TypeDef::read),
            collections: map.get("mock", memory::of_resource).unwrap_or_default(),
            operations: map.named("operations", Operation::read),
            doc: Doc::read(map),
        })
    }
}
