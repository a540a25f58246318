//! What the documentation of a client says of its API as a whole: headers, signing, paging, sources.

use super::docs::{Docs, code, escape, line};
use crate::ir::{Api, Doc, Header, HeaderPart};

pub(super) fn client(api: &Api) -> Docs {
    let headers = api.headers.iter().map(|header| said(&shown(api, header), &header.doc));
    let injected = api.signing.inject.iter().map(|inject| said(&code(&inject.name.wire), &inject.doc));
    let sources = api.sources.iter().map(|(short, long)| format!("{}: {}", escape(short), escape(long)));
    let docs = Docs::default()
        .markdown(&format!("A client of {}.", escape(&api.title)))
        .of(&api.doc)
        .markdown("Cheap to clone: all clones share one transport.")
        .list("# Headers", headers);
    let docs = section(docs, "# Signing", &api.signing.doc).list("Every call also carries:", injected);
    let docs = section(docs, "# Answers", &api.envelope_doc);
    let docs = api.pagination.iter().fold(docs, |docs, pagination| section(docs, "# Pages", &pagination.doc));
    docs.list("# Sources", sources)
}

/// A heading, where there is something to say under it.
fn section(docs: Docs, heading: &str, doc: &Doc) -> Docs {
    if line(doc).is_empty() { docs } else { docs.markdown(heading).of(doc) }
}

fn said(what: &str, doc: &Doc) -> String {
    let line = line(doc);
    if line.is_empty() { what.to_owned() } else { format!("{what}: {line}") }
}

/// A header as the spec writes it, credentials by name.
fn shown(api: &Api, header: &Header) -> String {
    let value: String = header
        .value
        .iter()
        .map(|part| match part {
            HeaderPart::Text(text) => text.clone(),
            HeaderPart::Credential(index) => format!("{{{}}}", api.credentials[*index].name.wire),
        })
        .collect();
    code(&format!("{}: {value}", header.name))
}
