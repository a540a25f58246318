//! What the documentation of a client says of its API as a whole: headers, signing, paging, sources.

use super::docs::{Docs, code, escape, line};
use crate::ir::{Api, Doc, Header, HeaderPart, Limits};

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
    let docs = section(docs, "# Encoding", &api.encoding_doc);
    let docs = section(docs, "# Answers", &api.envelope_doc);
    let docs = api.pagination.iter().fold(docs, |docs, pagination| section(docs, "# Pages", &pagination.doc));
    let docs = match limited(&api.limits) {
        Some(limits) => docs.markdown("# Limits").markdown(&limits).of(&api.limits.doc),
        None => docs,
    };
    docs.list("# Sources", sources)
}

/// `At most 4 calls at a time, and 100 calls in any 60 seconds: …`
fn limited(limits: &Limits) -> Option<String> {
    let many = |count: u32, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let at_a_time = limits.concurrency.map(|calls| format!("{} at a time", many(calls, "call")));
    let rate =
        limits.rate.map(|(calls, seconds)| format!("{} in any {}", many(calls, "call"), many(seconds, "second")));
    let all: Vec<_> = at_a_time.into_iter().chain(rate).collect();
    let and_clones = "and its clones together, unless the builder says else.";
    (!all.is_empty()).then(|| format!("At most {}: the client keeps to it, {and_clones}", all.join(", and ")))
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
