//! The spec as its files say it, every value with its place.
//!
//! A folder becomes texts, a text a tree, a tree the structs that mirror the spec language. Nothing is resolved
//! here, and every mistake of form is reported. `None` in these structs is a key that was left out or refused.

#[cfg(test)]
mod agreement;
mod api;
mod cursor;
mod doc;
mod effect;
mod encoding;
mod envelope;
mod error;
mod events;
mod example;
mod files;
pub mod keys;
#[cfg(test)]
mod kitchen_sink;
mod limits;
mod memory;
mod mock;
mod node;
mod operation;
mod pagination;
mod parameter;
#[cfg(test)]
mod readme;
mod resource;
mod rules;
mod runs;
mod scalars;
mod signing;
mod slips;
mod spelling;
#[cfg(test)]
pub(crate) mod tests;
mod types;
mod webhooks;

use std::path::Path;

pub(crate) use api::{Api, Credential, Environment, Header};
pub(crate) use cursor::listed_twice;
pub(crate) use doc::Doc;
pub(crate) use effect::{Carries, Count, Effect, Exists, Free, Guard, Overlap, SideEffect, Stretch};
pub(crate) use encoding::Encoding;
pub(crate) use envelope::{Envelope, Reports, Spot, Success};
pub(crate) use error::{Carried, ErrorCase, Match};
pub(crate) use example::Example;
pub(crate) use limits::Limits;
pub(crate) use memory::{Collection, MemberValue};
pub(crate) use mock::MockRules;
pub(crate) use node::{Declared, Named};
pub(crate) use operation::{Operation, RAW, ReturnShape};
pub(crate) use pagination::{Paged, Pagination, Paging, Totals};
pub(crate) use parameter::Parameter;
pub(crate) use resource::Resource;
pub(crate) use rules::{Across, Condition, Groups, Rules};
pub(crate) use signing::{Answers, Placement, Signing};
pub(crate) use spelling::Spelling;
pub(crate) use types::{Field, Shape, TypeDef, TypeRef};
pub(crate) use webhooks::{Event, EventName, Webhooks};

use crate::diagnostics::Diagnostics;
use crate::ir::Written;
use crate::source::{Scalar, SourceMap, Span};

/// A spec: one API file and its resource files.
#[derive(Debug)]
pub(crate) struct Spec {
    pub api: Api,
    pub resources: Vec<Resource>,
}

/// Reads all files of a spec; no spec where that of the API cannot be read.
pub(crate) fn load(dir: &Path, diagnostics: &mut Diagnostics) -> (Option<Spec>, SourceMap) {
    let mut sources = SourceMap::default();
    let (texts, whole) = files::read(dir, &mut sources, diagnostics);
    (decode(texts, whole, &sources, diagnostics), sources)
}

/// Reads a single file as JSON would have it.
pub(crate) fn load_json(path: &Path, diagnostics: &mut Diagnostics) -> (Option<Written>, SourceMap) {
    let mut sources = SourceMap::default();
    let text = files::read_one(path, &mut sources, diagnostics);
    (as_json(text, &sources, diagnostics), sources)
}

/// The same of a text that is in no file.
pub(crate) fn parse_json(text: &str, diagnostics: &mut Diagnostics) -> (Option<Written>, SourceMap) {
    let mut sources = SourceMap::default();
    let text = files::admit("", String::new(), Ok(text.as_bytes().to_vec()), &mut sources, diagnostics);
    (as_json(text, &sources, diagnostics), sources)
}

fn as_json(text: Option<files::Text>, sources: &SourceMap, diagnostics: &mut Diagnostics) -> Option<Written> {
    let root = text.and_then(|text| events::read(text.file, &sources.file(text.file).text, diagnostics));
    root.and_then(|root| example::written(diagnostics, &root))
}

/// The same of files that are not on disk.
#[cfg(test)]
pub(crate) fn from_memory(files: &[(&str, &[u8])], diagnostics: &mut Diagnostics) -> (Option<Spec>, SourceMap) {
    let mut sources = SourceMap::default();
    let admit = |(name, bytes): &(&str, &[u8])| {
        files::admit(name, (*name).to_owned(), Ok(bytes.to_vec()), &mut sources, diagnostics)
    };
    let texts: Vec<_> = files.iter().filter_map(admit).collect();
    let whole = texts.len() == files.len();
    (decode(texts, whole, &sources, diagnostics), sources)
}

fn decode(
    texts: Vec<files::Text>,
    mut whole: bool,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Spec> {
    let mut api = None;
    let mut resources = Vec::new();
    for text in texts {
        let Some(root) = events::read(text.file, &sources.file(text.file).text, diagnostics) else {
            whole = false;
            continue;
        };
        if text.is_api {
            api = Api::read(diagnostics, &root);
        } else {
            let span = Span { file: text.file, start: 0, end: 0 };
            let name = Scalar { text: text.stem, span, ..Scalar::default() };
            match Resource::read(diagnostics, name, &root) {
                Some(resource) => resources.push(resource),
                None => whole = false,
            }
        }
    }
    if !whole {
        diagnostics.unreadable();
    }
    api.map(|api| Spec { api, resources })
}
