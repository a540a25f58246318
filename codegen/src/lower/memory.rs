//! What the mock remembers: the collections of all files.

use super::context::{Cx, text};
use super::hole::{self, Names};
use super::operation::singular;
use crate::diagnostics::rules;
use crate::source::{Scalar, Spanned};
use crate::spec;
use crate::{ir, names};

/// A declaration: name and content.
pub(super) type Declared<'s> = (&'s Scalar, &'s spec::Collection);

/// Makes every collection known by name; of two with the same name the first one counts.
pub(super) fn declare<'s>(cx: &mut Cx<'s, '_>, spec: &'s spec::Spec) -> Vec<Declared<'s>> {
    let mut lists = spec.resources.iter().map(|resource| &resource.collections).chain([&spec.api.mock.collections]);
    cx.collections.is_refused = lists.any(|collections| collections.is_refused);
    let mut declared: Vec<Declared<'s>> = Vec::new();
    let of_resources = spec.resources.iter().flat_map(|resource| &resource.collections);
    for (name, collection) in spec.api.mock.collections.iter().chain(of_resources) {
        if let Some((first, _)) = cx.collections.get_index_of(name.text.as_str()).and_then(|at| declared.get(at)) {
            let message = format!("there are two collections called `{}`", name.text);
            cx.diagnostics
                .report(&rules::SAME_COLLECTION, name.span, message)
                .also(first.span, "the first one")
                .help("a collection is known in every file of the spec: declare it once, or choose another name");
        } else {
            cx.collections.insert(&name.text);
            declared.push((name, collection));
        }
    }
    declared
}

/// Resolves what they hold.
pub(super) fn define(cx: &mut Cx<'_, '_>, declared: &[Declared<'_>]) -> Vec<ir::Collection> {
    let lower = |(name, collection): &Declared<'_>| ir::Collection {
        name: name.text.clone(),
        key: key(collection, name),
        noun: collection.noun.as_ref().map_or_else(|| noun(&name.text), |noun| noun.text.clone()),
        hidden: collection.hidden.iter().map(Scalar::spanned).collect(),
        items: collection.items.clone(),
        synthesis: collection.synthesise.as_ref().map(|synthesis| ir::Synthesis {
            count: synthesis.count.unwrap_or(0),
            item: hole::members(cx, &synthesis.item, Names::Nothing),
        }),
        span: name.span,
    };
    declared.iter().map(lower).collect()
}

/// `ExamDocument` of `exam_documents`.
fn noun(collection: &str) -> String {
    names::name(&singular(collection)).map_or_else(|_| collection.to_owned(), |name| name.pascal)
}

/// The member that names an object; of no name where nothing does.
fn key(collection: &spec::Collection, name: &Scalar) -> Spanned<String> {
    let span = collection.key.as_ref().map_or(name.span, |key| key.span);
    Spanned { value: text(collection.key.as_ref()), span }
}
