//! Whether the kitchen sink has every key and every word of the language: its clients are compiled, where warnings are
//! errors.

use std::fs;
use std::path::{Path, PathBuf};

use super::keys::tests::{Used, words};
use super::keys::{API, OBJECTS, RESOURCE, TYPED};
use crate::expr::{ANSWERED, FUNCTIONS, RECEIVED, SOURCES, SourceRow};
use crate::ir::{Api, ClockPart, DIRECTIVES, EscapeProfile, Expr, ExprKind, Function, Piece, Source, pieces};
use crate::lower::{SPELLINGS, WORDS};

/// Its folders are called this, and more. Where clients are called, a test holds that every folder there is compiled.
const KITCHEN_SINK: &str = "kitchen_sink";

/// Styles are texts of many forms, of which these are all that differ: by brackets and points, counted from either
/// number or not, with a name between or none, and in one text.
const STYLES: [(&str, &[&str]); 3] = [
    ("nesting", &["a[b]", "a.b", "json"]),
    ("lists", &["a[]", "a[0]", "a.1", "a.member.1", "a", "commas", "json"]),
    ("maps", &["a.1.key", "a[0][k]"]),
];

fn entries(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display()));
    entries.map(|entry| entry.unwrap().path()).collect()
}

fn folders() -> Vec<PathBuf> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/specs");
    let is_sink =
        |folder: &PathBuf| folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with(KITCHEN_SINK));
    entries(&specs).into_iter().filter(is_sink).collect()
}

/// All of them, each of which can be compiled.
fn apis() -> Vec<Api> {
    let load = |folder: &PathBuf| crate::load(folder).unwrap_or_else(|failure| panic!("{failure}"));
    folders().iter().map(load).collect()
}

/// What all of them use.
fn used() -> Used {
    let mut all = Used::default();
    for file in folders().iter().flat_map(|folder| entries(folder)) {
        let root = if file.ends_with("api.yaml") { &API } else { &RESOURCE };
        let used = Used::of_file(root, &fs::read_to_string(&file).unwrap());
        all.keys.extend(used.keys);
        all.texts.extend(used.texts);
        all.types.extend(used.types);
    }
    all
}

#[test]
fn every_key_is_in_the_kitchen_sink() {
    let used = used().keys;
    let declared = OBJECTS.iter().flat_map(|object| object.own.iter().map(|key| (object.name, key.name)));
    let unused: Vec<_> = declared.filter(|key| !used.contains(key)).collect();
    assert!(unused.is_empty(), "keys that the kitchen sink does not use: {unused:?}");
}

#[test]
fn every_type_and_style_is_in_the_kitchen_sink() {
    let used = used();
    let is_used = |word: &&str| used.types.iter().any(|text| text.trim_end_matches('?') == *word);
    let unused: Vec<_> = WORDS.iter().map(|(word, _)| *word).filter(|word| !is_used(word)).collect();
    assert!(unused.is_empty(), "types that the kitchen sink does not use: {unused:?}");
    let is_used = |key: &str, style: &str| used.texts.iter().any(|(_, name, text)| *name == key && text == style);
    let styles = STYLES.iter().flat_map(|(key, styles)| styles.iter().map(move |style| (*key, *style)));
    let unused: Vec<_> = styles.filter(|(key, style)| !is_used(key, style)).collect();
    assert!(unused.is_empty(), "styles that the kitchen sink does not use: {unused:?}");
}

#[test]
fn every_word_is_in_the_kitchen_sink() {
    let used = used().texts;
    let keys = OBJECTS.iter().flat_map(|object| object.own.iter().map(move |key| (object, key)));
    let declared = keys.flat_map(|(object, key)| words(key.ty).into_iter().map(|word| (object.name, key.name, word)));
    let unused: Vec<_> =
        declared.filter(|(object, key, word)| !used.contains(&(object, key, (*word).to_owned()))).collect();
    assert!(unused.is_empty(), "words that the kitchen sink does not use: {unused:?}");
    let is_read = |word: &str| used.contains(&(TYPED.name, "read", word.to_owned()));
    let unused: Vec<_> = SPELLINGS.iter().map(|(word, _)| *word).filter(|word| !is_read(word)).collect();
    assert!(unused.is_empty(), "spellings that the kitchen sink does not use: {unused:?}");
    let patterns = used.iter().filter(|(object, key, _)| *object == TYPED.name && matches!(*key, "read" | "write"));
    let pieces: Vec<Piece<'_>> = patterns.flat_map(|(_, _, text)| pieces(text).unwrap_or_default()).collect();
    let is_used = |name: &str| pieces.iter().any(|piece| matches!(piece, Piece::Directive(used, _) if *used == name));
    let unused: Vec<_> = DIRECTIVES.iter().map(|it| it.name).filter(|name| !is_used(name)).collect();
    assert!(unused.is_empty(), "directives that the kitchen sink does not use: {unused:?}");
}

/// What expressions are made of.
#[derive(Default)]
struct Parts {
    sources: Vec<Source>,
    functions: Vec<Function>,
    clock: Vec<ClockPart>,
    escapes: Vec<EscapeProfile>,
}

impl Parts {
    fn of<'a>(expressions: impl Iterator<Item = &'a Expr>) -> Self {
        let mut parts = Self::default();
        expressions.for_each(|expression| parts.see(expression));
        parts
    }

    fn see(&mut self, expression: &Expr) {
        match &expression.kind {
            ExprKind::Source(source) => self.sources.push(*source),
            ExprKind::Call(function, _) => self.functions.push(*function),
            ExprKind::Clock(parts) => self.clock.extend(parts.iter().cloned()),
            ExprKind::Escape(profile) => self.escapes.push(*profile),
            ExprKind::Text(_) | ExprKind::Number(_) | ExprKind::Methods(_) => {}
        }
        expression.operands().iter().for_each(|operand| self.see(operand));
    }
}

#[test]
fn every_source_and_function_is_in_the_kitchen_sink() {
    let apis = apis();
    let webhooks = || apis.iter().filter_map(|api| api.webhooks.as_ref());
    let answered = Parts::of(apis.iter().filter_map(|api| Some(&api.signing.answers.as_ref()?.expected)));
    let signed = Parts::of(apis.iter().flat_map(|api| {
        let placed =
            api.signing.placements().flat_map(|placed| [&placed.value].into_iter().chain(&placed.unless_empty));
        api.signing.steps.iter().map(|step| &step.value).chain(placed)
    }));
    let received = Parts::of(webhooks().flat_map(|webhooks| {
        let steps = webhooks.steps.iter().map(|step| &step.value);
        let also = webhooks.also.iter().flat_map(|pair| [&pair.given, &pair.expected]);
        steps.chain([&webhooks.signatures, &webhooks.expected]).chain(also)
    }));
    let unused = |rows: &[SourceRow], parts: &Parts| -> Vec<_> {
        rows.iter().filter(|row| !parts.sources.contains(&row.source)).map(|row| row.name).collect()
    };
    let unused = [unused(SOURCES, &signed), unused(RECEIVED, &received), unused(ANSWERED, &answered)];
    assert!(unused.iter().all(Vec::is_empty), "values that the kitchen sink does not name: {unused:?}");
    let unused = FUNCTIONS.iter().filter(|row| !signed.functions.contains(&row.function)).map(|row| row.name);
    let unused: Vec<_> = unused.collect();
    assert!(unused.is_empty(), "functions that the kitchen sink does not call: {unused:?}");
    let unused = EscapeProfile::ALL.iter().filter(|(_, profile)| !signed.escapes.contains(profile));
    assert_eq!(
        unused.map(|(name, _)| *name).collect::<Vec<_>>(),
        [""; 0],
        "escapes that the kitchen sink does not use"
    );
    let parts = ('A'..='z').filter_map(|letter| Some((letter, ClockPart::of_letter(letter)?)));
    let unused: Vec<_> = parts.filter(|(_, part)| !signed.clock.contains(part)).map(|(letter, _)| letter).collect();
    assert!(unused.is_empty(), "parts of a time that the kitchen sink does not lay out: {unused:?}");
}
