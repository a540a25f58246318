//! That every number stands in a spec, at every place that it concerns, and is tested.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use codegen::ir::{Api, Doc, Shape};

/// Where each number is to be recorded. A place is an operation, a parameter or an example of one, a type, a field or a
/// value of one, or whatever of the API is named.
pub(crate) type Places = [(u32, &'static [&'static str])];

/// Fails unless each number from 1 to the last is recorded at its places, and nowhere else.
pub(crate) fn are_recorded(spec: &Path, known: u32, expected: &Places) {
    let found = places(&codegen::load(spec).unwrap());
    let expected: BTreeMap<_, BTreeSet<_>> =
        expected.iter().map(|(number, places)| (*number, places.iter().map(ToString::to_string).collect())).collect();
    assert!(expected.keys().copied().eq(1..=known), "no number is left out");
    for (number, places) in &expected {
        assert_eq!(found.get(number), Some(places), "{number}");
    }
    assert_eq!(found.len(), expected.len());
}

/// Fails unless each number from 1 to the last has one test of its name.
pub(crate) fn are_tested(known: u32, tests: &[&str]) {
    let tests = tests.concat();
    for number in 1..=known {
        let name = format!("fn contradiction_{number:02}_");
        assert_eq!(tests.matches(&name).count(), 1, "{number}");
    }
}

/// Where each contradiction is recorded.
fn places(api: &Api) -> BTreeMap<u32, BTreeSet<String>> {
    let mut places: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    each_doc(api, |place, doc| {
        for (label, text) in &doc.contradictions {
            assert!(!text.is_empty(), "{place}: {label}");
            places.entry(label.parse().unwrap()).or_default().insert(place.clone());
        }
    });
    places
}

/// Everything that a spec says something about, with its place.
pub(crate) fn each_doc(api: &Api, mut at: impl FnMut(String, &Doc)) {
    at("api".into(), &api.doc);
    at("signing".into(), &api.signing.doc);
    at("envelope".into(), &api.envelope_doc);
    at("encoding".into(), &api.encoding_doc);
    api.environments.iter().for_each(|it| at(it.name.wire.clone(), &it.doc));
    api.headers.iter().for_each(|it| at(it.name.clone(), &it.doc));
    api.signing.inject.iter().chain(&api.signing.send).for_each(|it| at(it.name.wire.clone(), &it.doc));
    api.errors.iter().for_each(|it| at(it.name.wire.clone(), &it.doc));
    api.credentials.iter().for_each(|it| at(it.name.wire.clone(), &it.doc));
    api.webhooks.iter().for_each(|it| at("webhooks".into(), &it.doc));
    api.webhooks.iter().flat_map(|it| &it.events).for_each(|it| at(it.name.wire.clone(), &it.doc));
    for ty in &api.types {
        let name = &ty.name.wire;
        at(name.clone(), &ty.doc);
        match &ty.shape {
            Shape::Enum(values, _) => values.iter().for_each(|it| at(format!("{name}.{}", it.name.wire), &it.doc)),
            Shape::Record(fields) => fields.iter().for_each(|it| at(format!("{name}.{}", it.name.wire), &it.doc)),
            Shape::Id(_) | Shape::Union(_) | Shape::Alias(_) => {}
        }
    }
    for resource in &api.resources {
        for operation in &resource.operations {
            let name = format!("{}.{}", resource.name.wire, operation.name.wire);
            at(name.clone(), &operation.doc);
            operation.parameters.iter().for_each(|it| at(format!("{name}({})", it.name.wire), &it.doc));
            operation.examples.iter().for_each(|it| at(format!("{name} example"), &it.doc));
        }
    }
}
