//! The documentation of every operation shows how it is called, in code that compiles.

use std::path::Path;

/// What the clients' documentation has, compiled here, where the path of each is known.
#[allow(dead_code, deprecated, unused_variables, reason = "examples are there to be read")]
mod code {
    include!(concat!(env!("OUT_DIR"), "/language/examples.rs"));

    pub(super) fn counted() -> &'static [(&'static str, usize)] {
        EXAMPLES
    }
}

#[test]
fn every_operation_has_an_example_that_compiles() {
    assert!(code::counted().len() > 20, "{:?}", code::counted());
    for (folder, examples) in code::counted() {
        let api = codegen::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
        assert_eq!(*examples, api.operations().count(), "{folder}");
    }
}
