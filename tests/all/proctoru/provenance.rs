//! Where each known body is from: documented, seen in a client, or put together from the names of its fields, of which
//! the shape is not proven. They are reported apart.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use codegen::ir::{Doc, Evidence};
use serde_json::Value;

/// Bodies by where they are from, in this order.
const PROVENANCES: [&str; 3] = ["documented", "observed", "constructed"];

#[test]
fn every_body_says_where_it_is_from() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/proctoru");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    // Of requests, answers and webhooks; and the constructed ones by name.
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut constructed = Vec::new();
    for path in &paths {
        let file = path.file_name().unwrap().to_str().unwrap();
        let json: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let kind = match file {
            _ if file.ends_with(".request.json") => "requests",
            _ if file.starts_with("webhook.") => "webhooks",
            _ => "answers",
        };
        let whole = [json.clone()];
        for example in json["examples"].as_array().map_or(&whole[..], Vec::as_slice) {
            let provenance = example["provenance"].as_str().unwrap_or_else(|| panic!("{file} does not say"));
            let at =
                PROVENANCES.iter().position(|known| *known == provenance).unwrap_or_else(|| panic!("{provenance}"));
            counts.entry(kind).or_default()[at] += 1;
            if provenance == "constructed" {
                let name = example["name"].as_str().unwrap_or_default();
                constructed.push(format!("{} {name}", file.trim_end_matches(".json")).trim_end().to_owned());
            }
        }
    }
    let mut report = format!("{:<9}{}\n", "", PROVENANCES.map(|it| format!("{it:>12}")).concat());
    for (kind, counts) in &counts {
        writeln!(report, "{kind:<9}{}", counts.map(|count| format!("{count:>12}")).concat()).unwrap();
    }
    writeln!(report, "\nconstructed, so that they prove no shape:").unwrap();
    constructed.iter().for_each(|name| writeln!(report, "  {name}").unwrap());
    let mut settings = crate::generated::settings();
    settings.set_snapshot_path("../../snapshots");
    settings.bind(|| insta::assert_snapshot!("proctoru@examples", report));
}

/// What only clients were seen to do is observed, and what is documented names a document of the vendor.
#[test]
fn what_is_documented_names_a_document() {
    let api = codegen::load(&super::spec()).unwrap();
    let mut count = 0;
    let mut check = |place: String, doc: &Doc| {
        let is_document = |source: &&String| *source == "SEED" || *source == "WH" || source.starts_with("NL-");
        let of_vendor = doc.sources.iter().any(|source| is_document(&source));
        // Nothing is said of what it is a part of: that says it.
        let is_said = !doc.sources.is_empty();
        assert!(!is_said || doc.evidence != Evidence::Documented || of_vendor, "{place} is documented nowhere");
        count += usize::from(is_said);
    };
    crate::contradictions::each_doc(&api, &mut check);
    for (_, operation) in api.operations() {
        for parameter in &operation.parameters {
            assert!(!parameter.doc.sources.is_empty(), "`{}` has no source", parameter.name.wire);
        }
    }
    assert!(count > 250, "{count}");
}
