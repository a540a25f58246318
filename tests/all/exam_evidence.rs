//! How what is described of ProctorExam is known: what is called documented stands on a page, and whoever reads of the
//! rest is told what is not.

use codegen::ir::Evidence;

use crate::contradictions::each_doc;
use crate::support::spec;

/// Code of others, and the answer that one of them printed.
const SEEN: [&str; 9] = ["CS", "FN", "G1", "G2", "GI", "GO", "PB", "PY", "RB"];

#[test]
fn what_only_clients_know_is_not_called_documented() {
    let api = codegen::load(&spec()).unwrap();
    assert!(SEEN.iter().all(|name| api.sources.iter().any(|(source, _)| source == name)));
    let (mut wrong, mut seen, mut cited) = (Vec::new(), 0, 0);
    each_doc(&api, |place, doc| {
        cited += usize::from(!doc.sources.is_empty());
        if !doc.sources.is_empty() && doc.sources.iter().all(|source| SEEN.contains(&source.as_str())) {
            seen += 1;
            wrong.extend((doc.evidence == Evidence::Documented).then_some(place));
        }
    });
    assert_eq!(wrong, Vec::<String>::new());
    assert!(seen > 30 && cited > 200, "{seen} of {cited}");
}

#[test]
fn an_operation_that_is_not_documented_says_what_is_not() {
    let api = codegen::load(&spec()).unwrap();
    let known_by_half = api.operations().filter(|(_, operation)| operation.doc.evidence != Evidence::Documented);
    let mut counted = 0;
    for (resource, operation) in known_by_half {
        let name = format!("{}.{}", resource.name.wire, operation.name.wire);
        assert!(!operation.doc.notes.is_empty(), "{name}");
        let says = ["page", "client"].iter().any(|word| operation.doc.notes.concat().contains(word));
        assert!(says, "{name}: what is known of its method and path");
        counted += 1;
    }
    assert_eq!(counted, 27);
}
