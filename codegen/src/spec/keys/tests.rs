//! Whether the tables and the decoder speak of the same language.

use std::collections::BTreeSet;

use super::{API, DOC, Group, Key, OBJECTS, Object, RESOURCE, RULES, TYPED, Type};
use crate::diagnostics::{Diagnostic, Diagnostics, rules};
use crate::source::{FileId, Scalar, Span};
use crate::spec::node::{Kind, Node, Value};
use crate::spec::{Api, Resource, events};

/// The name of anything whose name is the author's own choice.
const ANY: &str = "any";

/// Lines that say something of one object, in a file that says nothing else.
pub(in crate::spec) struct InPlace {
    text: String,
    /// Where the lines start. What is missing before them is missing on purpose.
    start: usize,
    root: &'static Object,
}

impl InPlace {
    pub(in crate::spec) fn new(object: &'static Object, lines: &str) -> Self {
        let (root, path) = [&API, &RESOURCE]
            .into_iter()
            .find_map(|root| Some((root, path_to(object, root)?)))
            .unwrap_or_else(|| panic!("no key leads to {:?}", object.name));
        // Something before the lines, so that what is missing in the whole file is missing there.
        let mut text = "before: the lines\n".to_owned();
        for (depth, step) in path.iter().enumerate() {
            text += &format!("{}{step}\n", "  ".repeat(depth));
        }
        let start = text.len();
        let indent = "  ".repeat(path.len());
        text.extend(lines.lines().map(|line| format!("{indent}{line}\n")));
        Self { text, start, root }
    }

    /// What the decoder has against the lines.
    pub(in crate::spec) fn mistakes(&self) -> Vec<Diagnostic> {
        let mut cx = Diagnostics::default();
        if let Some(tree) = events::read(FileId::default(), &self.text, &mut cx) {
            if self.root.name == API.name {
                Api::read(&mut cx, &tree);
            } else {
                let name = Scalar { text: ANY.to_owned(), ..Scalar::default() };
                Resource::read(&mut cx, name, &tree);
            }
        }
        cx.into_sorted().into_iter().filter(|mistake| mistake.span.start as usize >= self.start).collect()
    }

    /// What any part of the generator has against the lines, as the only ones of a spec.
    pub(in crate::spec) fn findings(&self) -> Vec<Diagnostic> {
        let api = "name: any\ntitle: Any\nenvironments: {live: https://api.example.com}\n";
        let files: &[(&str, &[u8])] = if self.root.name == API.name {
            &[("api.yaml", self.text.as_bytes())]
        } else {
            &[("api.yaml", api.as_bytes()), ("any.yaml", self.text.as_bytes())]
        };
        let mut cx = Diagnostics::default();
        let (spec, _) = crate::spec::from_memory(files, &mut cx);
        let api = crate::lower::lower(&spec.expect("it can be read"), &mut cx);
        crate::check::run(&api, &mut cx);
        let is_within = |at: &Span| at.file.0 as usize + 1 == files.len() && at.start as usize >= self.start;
        cx.into_sorted().into_iter().filter(|mistake| is_within(&mistake.span)).collect()
    }

    /// The keys that the lines use, by the objects they are keys of.
    pub(in crate::spec) fn keys(&self) -> BTreeSet<(&'static str, &'static str)> {
        Used::of_file(self.root, &self.text).keys
    }
}

/// What a spec uses of the language.
#[derive(Default)]
pub(in crate::spec) struct Used {
    /// Keys, each with its object.
    pub(in crate::spec) keys: BTreeSet<(&'static str, &'static str)>,
    /// Texts behind keys, in lists or not, each with object and key.
    pub(in crate::spec) texts: BTreeSet<(&'static str, &'static str, String)>,
    /// Texts where a type stands, in lists or not.
    pub(in crate::spec) types: BTreeSet<String>,
}

impl Used {
    /// What a whole file uses.
    pub(in crate::spec) fn of_file(root: &'static Object, text: &str) -> Self {
        let mut used = Self::default();
        if let Some(tree) = events::read(FileId::default(), text, &mut Diagnostics::default()) {
            used.see(root, &tree);
        }
        used
    }
}

/// The lines that lead from one object to another. The shared keys stand wherever they are taken.
fn path_to(object: &Object, from: &'static Object) -> Option<Vec<String>> {
    let mut reached = vec![(from, Vec::new())];
    let mut at = 0;
    while let Some((here, path)) = reached.get(at).cloned() {
        if here.name == object.name
            || (object.name == DOC.name && here.is_documented)
            || (object.name == TYPED.name && here.is_typed)
            || (object.name == RULES.name && here.is_ruled)
        {
            return Some(path);
        }
        for key in here.own {
            for (next, steps) in inside(key.ty) {
                if reached.iter().all(|(seen, _)| seen.name != next.name) {
                    let steps = [format!("{}:", key.name)].into_iter().chain(steps);
                    reached.push((next, path.iter().cloned().chain(steps).collect()));
                }
            }
        }
        at += 1;
    }
    None
}

/// The objects in a value, and the lines that lead to them.
fn inside(ty: Type) -> Vec<(&'static Object, Vec<String>)> {
    let through = |step: &str, ty: Type| {
        let longer = |(object, steps)| (object, [step.to_owned()].into_iter().chain(steps).collect());
        inside(ty).into_iter().map(longer).collect()
    };
    match ty {
        Type::Keys(object) => vec![(object, Vec::new())],
        Type::Named(_, ty) => through(&format!("{ANY}:"), *ty),
        Type::List(ty) => through("-", *ty),
        Type::OneOrMore(ty) => inside(*ty),
        Type::Either(types) => types.iter().flat_map(|ty| inside(*ty)).collect(),
        _ => Vec::new(),
    }
}

impl Used {
    /// Collects what is in a map of one object.
    fn see(&mut self, object: &'static Object, node: &Node) {
        let mut see = |owner: &'static Object, key: &'static Key, node: &Node| {
            self.keys.insert((owner.name, key.name));
            self.see_in((owner.name, key.name), key.ty, node);
        };
        match (&node.value, object.short) {
            (Value::Map(entries), _) => {
                for (name, node) in entries {
                    let typed = object.is_typed.then_some(&TYPED);
                    let ruled = object.is_ruled.then_some(&RULES);
                    let shared = object.is_documented.then_some(&DOC);
                    for owner in [object].into_iter().chain(typed).chain(ruled).chain(shared) {
                        owner.own.iter().filter(|key| key.name == name.text).for_each(|key| see(owner, key, node));
                    }
                }
            }
            (_, short) => object.keys().filter(|key| Some(key.name) == short).for_each(|key| see(object, key, node)),
        }
    }

    /// Collects what is in a value.
    fn see_in(&mut self, at: (&'static str, &'static str), ty: Type, node: &Node) {
        match (ty, &node.value) {
            (Type::Keys(object), _) => self.see(object, node),
            (Type::Named(_, ty), Value::Map(entries)) => {
                entries.iter().for_each(|(_, node)| self.see_in(at, *ty, node));
            }
            (Type::List(ty) | Type::OneOrMore(ty), Value::List(items)) => {
                items.iter().for_each(|node| self.see_in(at, *ty, node));
            }
            (Type::TypeWord, Value::List(items)) => items.iter().for_each(|node| self.see_in(at, ty, node)),
            (Type::OneOrMore(ty), _) => self.see_in(at, *ty, node),
            (Type::Either(types), _) => types.iter().for_each(|ty| self.see_in(at, *ty, node)),
            (ty, Value::Scalar(_, scalar)) => {
                if matches!(ty, Type::TypeWord) {
                    self.types.insert(scalar.text.clone());
                }
                self.texts.insert((at.0, at.1, scalar.text.clone()));
            }
            _ => {}
        }
    }
}

/// Whether a value is of a type as far as its form goes.
fn fits(ty: Type, node: &Node) -> bool {
    match (ty, &node.value) {
        (Type::Text | Type::NameOf(_) | Type::Expression, value) => matches!(value, Value::Scalar(Kind::Text, _)),
        (Type::TypeWord, Value::List(items)) => matches!(items.as_slice(), [item] if fits(ty, item)),
        (Type::TypeWord, value) => matches!(value, Value::Scalar(Kind::Text, _)),
        (Type::Number | Type::Decimal, value) => matches!(value, Value::Scalar(Kind::Number, _)),
        (Type::Boolean, value) => matches!(value, Value::Scalar(Kind::Boolean(_), _)),
        (Type::Literal, value) => matches!(value, Value::Scalar(Kind::Text | Kind::Number | Kind::Boolean(_), _)),
        (Type::Null, value) => matches!(value, Value::Scalar(Kind::Null, _)),
        (Type::Json, _) => true,
        (Type::JsonObject, value) => matches!(value, Value::Map(_)),
        (Type::Words(words), value) => matches!(value, Value::Scalar(Kind::Text, word) if words.contains(&&*word.text)),
        (Type::Keys(_), Value::Map(_)) => true,
        (Type::Keys(object), _) => object.keys().any(|key| Some(key.name) == object.short && fits(key.ty, node)),
        (Type::Named(_, ty), Value::Map(entries)) => entries.iter().all(|(_, node)| fits(*ty, node)),
        (Type::Named(..), _) => false,
        (Type::List(ty) | Type::OneOrMore(ty), Value::List(items)) => items.iter().all(|node| fits(*ty, node)),
        (Type::List(_), _) => false,
        (Type::OneOrMore(ty), _) => fits(*ty, node),
        (Type::Either(types), _) => types.iter().any(|ty| fits(*ty, node)),
    }
}

/// Values of many forms, and every word that a type knows.
fn samples(ty: Type) -> Vec<String> {
    let scalars = ["x", "1", "true", "~"].map(str::to_owned);
    let words: Vec<String> = words(ty).into_iter().map(str::to_owned).chain(scalars).collect();
    let lists = words.iter().map(|word| format!("[{word}]"));
    let maps = words.iter().map(|word| format!("{{{ANY}: {word}}}"));
    let deep = [format!("[{{{ANY}: x}}]"), format!("{{{ANY}: [x]}}"), format!("{{{ANY}: {{{ANY}: x}}}}")];
    words.iter().cloned().chain(lists).chain(maps).chain(deep).collect()
}

/// Every word that a type knows.
pub(in crate::spec) fn words(ty: Type) -> Vec<&'static str> {
    match ty {
        Type::Words(words) => words.to_vec(),
        Type::Named(_, ty) | Type::List(ty) | Type::OneOrMore(ty) => words(*ty),
        Type::Either(types) => types.iter().flat_map(|ty| words(*ty)).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn what_is_read_is_what_the_table_says() {
    let is_about_form = |mistake: &&Diagnostic| [&rules::WRONG_TYPE, &rules::UNKNOWN_WORD].contains(&mistake.rule);
    for object in OBJECTS {
        for key in object.own {
            for sample in samples(key.ty) {
                let lines = InPlace::new(object, &format!("{}: {sample}", key.name));
                let value = events::read(FileId::default(), &sample, &mut Diagnostics::default()).unwrap();
                let mistakes = lines.mistakes();
                let refused = mistakes.iter().find(is_about_form).map(|mistake| &mistake.message);
                assert_eq!(refused.is_none(), fits(key.ty, &value), "{}:\n{}{refused:?}", object.name, lines.text);
            }
        }
    }
}

#[test]
fn every_row_is_read() {
    for object in OBJECTS {
        for key in object.keys() {
            // No key takes a list of lists with what is not even a number of JSON.
            let lines = InPlace::new(object, &format!("{}: [[.inf]]", key.name));
            let is_read = lines.mistakes().iter().any(|mistake| mistake.rule != &rules::UNKNOWN_KEY);
            assert!(is_read, "no decoder reads `{}` of {:?}", key.name, object.name);
        }
    }
}

#[test]
fn tables_are_whole() {
    let mut named = BTreeSet::new();
    for object in OBJECTS {
        assert!(named.insert(object.name), "two objects are called {:?}", object.name);
        let names: Vec<&str> = object.keys().map(|key| key.name).collect();
        for (at, key) in object.keys().enumerate() {
            assert!(!names[..at].contains(&key.name), "`{}` has two rows in {:?}", key.name, object.name);
            assert!(!key.doc.is_empty(), "`{}` of {:?} says nothing", key.name, object.name);
            assert!(!key.is_required || key.default.is_empty(), "`{}` is never left out", key.name);
        }
        let grouped = object.groups.iter().flat_map(|group| match group {
            Group::AtMostOne(keys) | Group::ExactlyOne(keys) => *keys,
        });
        for key in grouped.chain(&object.short) {
            assert!(names.contains(key), "`{key}` has no row in {:?}", object.name);
        }
    }
}
