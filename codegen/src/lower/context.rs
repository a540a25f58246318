//! What every part of lowering needs: the names that can be referred to, and where mistakes go.

use std::ops::Deref;

use indexmap::IndexSet;

use super::spelling;
use crate::diagnostics::{Diagnostics, Rule, rules};
use crate::ir::{self, ErrorId, TypeId};
use crate::names::{self, NameError};
use crate::source::{Scalar, Span};
use crate::spec::{self, Declared};

/// Names and their places in a list.
#[derive(Default, Clone)]
pub(super) struct Index<'s> {
    names: IndexSet<&'s str>,
    /// Whether the list was refused as a whole: then no name is unknown.
    pub is_refused: bool,
}

impl<'s> Deref for Index<'s> {
    type Target = IndexSet<&'s str>;

    fn deref(&self) -> &Self::Target {
        &self.names
    }
}

impl<'s> Index<'s> {
    /// Takes in what is known as well.
    pub(super) fn add(&mut self, more: &Self) {
        self.names.extend(&more.names);
        self.is_refused |= more.is_refused;
    }

    /// Takes in one more name.
    pub(super) fn insert(&mut self, name: &'s str) {
        self.names.insert(name);
    }
}

/// The names of one spec.
pub(super) struct Cx<'s, 'd> {
    pub diagnostics: &'d mut Diagnostics,
    pub sources: Index<'s>,
    pub errors: Index<'s>,
    pub types: Index<'s>,
    pub credentials: Index<'s>,
    pub collections: Index<'s>,
    /// Words that mean something here in place of a type.
    pub beside_types: &'static [&'static str],
}

/// Where each key of a map is.
pub(super) fn index<T>(declared: &Declared<T>) -> Index<'_> {
    Index { names: declared.iter().map(|(name, _)| name.text.as_str()).collect(), is_refused: declared.is_refused }
}

impl<'s, 'd> Cx<'s, 'd> {
    pub(super) fn new(spec: &'s spec::Spec, diagnostics: &'d mut Diagnostics) -> Self {
        Self {
            sources: index(&spec.api.sources),
            errors: index(&spec.api.errors),
            types: Index::default(),
            beside_types: &[],
            credentials: index(&spec.api.credentials),
            collections: Index::default(),
            diagnostics,
        }
    }

    /// The spellings of a name of the author's choice.
    pub(super) fn name(&mut self, name: &Scalar) -> ir::Name {
        self.spelled(&name.text, name.span, "")
    }

    /// The spellings of a name made of two.
    pub(super) fn compose(&mut self, first: &str, second: &str, span: Span) -> ir::Name {
        let name = names::of_two(first, second);
        self.or_report(name, &format!("{first}_{second}"), span, "")
    }

    /// The spellings of a name that the API has chosen; `rust` may say what it is called in Rust.
    pub(super) fn wire_name(&mut self, wire: &Scalar, rust: Option<&Scalar>) -> ir::Name {
        let help = if rust.is_none() { "say with `rust: another_name` what it is called in Rust" } else { "" };
        let name = rust.unwrap_or(wire);
        ir::Name { wire: wire.text.clone(), ..self.spelled(&name.text, name.span, help) }
    }

    fn spelled(&mut self, text: &str, span: Span, help: &str) -> ir::Name {
        self.or_report(names::name(text), text, span, help)
    }

    fn or_report(&mut self, name: Result<ir::Name, NameError>, text: &str, span: Span, help: &str) -> ir::Name {
        name.unwrap_or_else(|error| {
            let help = match error {
                _ if !help.is_empty() => help,
                NameError::Empty | NameError::NoLetter => "write letters, digits and underscores",
                NameError::TooLong => "write a shorter one",
            };
            self.diagnostics.report(&rules::BAD_NAME, span, error.to_string()).help(help);
            // Never seen by an emitter, and unlike any other name, so that no check stumbles over it.
            let unnamed = format!("unnamed_{}_{}", span.file.0, span.start);
            ir::Name { wire: text.to_owned(), snake: unnamed.clone(), pascal: unnamed.clone(), screaming: unnamed }
        })
    }

    /// Prose and provenance.
    pub(super) fn doc(&mut self, doc: &spec::Doc) -> ir::Doc {
        for source in &doc.sources {
            find(self.diagnostics, &self.sources, source, &rules::UNKNOWN_SOURCE, "source");
        }
        let texts = |list: &[Scalar]| list.iter().map(|scalar| scalar.text.clone()).collect();
        ir::Doc {
            text: text(doc.text.as_ref()),
            notes: texts(&doc.notes),
            sources: texts(&doc.sources),
            evidence: doc.evidence,
            contradictions: doc
                .contradictions
                .iter()
                .map(|(label, text)| (label.text.clone(), text.text.clone()))
                .collect(),
            deprecated: text(doc.deprecated.as_ref()),
        }
    }

    /// A reference to an error.
    pub(super) fn error(&mut self, name: &Scalar) -> Option<ErrorId> {
        find(self.diagnostics, &self.errors, name, &rules::UNKNOWN_ERROR, "error").map(ErrorId)
    }

    /// What stands for a type that is not there: it has the place behind those that are.
    pub(super) fn unknown(&self) -> TypeId {
        TypeId(self.types.len())
    }

    /// A reference to a type, with whether it may be null. What is unknown is reported, and can be anything.
    pub(super) fn ty(&mut self, ty: Option<&spec::TypeRef>) -> (ir::Type, bool) {
        match ty {
            None => (ir::Type::Named(self.unknown()), false),
            Some(spec::TypeRef::Word { name, nullable }) => (self.word(name), *nullable),
            Some(spec::TypeRef::List(item)) => (ir::Type::List(self.within(item, "an item of a list")), false),
            Some(spec::TypeRef::Map(value)) => (ir::Type::Map(self.within(value, "a value of a map")), false),
            Some(spec::TypeRef::JsonText(value)) => {
                (ir::Type::JsonText(self.within(value, "what a text holds")), false)
            }
            Some(spec::TypeRef::Spelled(ty, spelling)) => {
                let (lowered, nullable) = self.ty(Some(ty));
                // Of a type that is not there nothing is known that a spelling could be for.
                let is_known = self.is_known(ty);
                (if is_known { spelling::lower(self, lowered, spelling) } else { lowered }, nullable)
            }
        }
    }

    fn within(&mut self, ty: &spec::TypeRef, what: &str) -> Box<ir::Type> {
        Box::new(self.ty_never_null(Some(ty), what))
    }

    /// A reference to a type where nothing may be null.
    pub(super) fn ty_never_null(&mut self, ty: Option<&spec::TypeRef>, what: &str) -> ir::Type {
        let (lowered, nullable) = self.ty(ty);
        if let (true, Some(name)) = (nullable, ty.and_then(spec::TypeRef::word)) {
            let message = format!("{what} is never null, so `{}?` cannot stand here", name.text);
            let clear =
                if what == "a parameter" { ", and `clear: null` where a caller may send null to clear it" } else { "" };
            let help = format!("write `{}`{clear}", name.text);
            self.diagnostics.report(&rules::MISPLACED_NULL, name.span, message).help(help);
        }
        lowered
    }

    /// Whether a reference leads to a type that is there.
    pub(super) fn is_known(&self, ty: &spec::TypeRef) -> bool {
        match ty {
            spec::TypeRef::Word { name, .. } => {
                WORDS.iter().any(|(word, _)| *word == name.text) || self.types.contains(name.text.as_str())
            }
            spec::TypeRef::List(inner)
            | spec::TypeRef::Map(inner)
            | spec::TypeRef::JsonText(inner)
            | spec::TypeRef::Spelled(inner, _) => self.is_known(inner),
        }
    }

    fn word(&mut self, name: &Scalar) -> ir::Type {
        if let Some((_, ty)) = WORDS.iter().find(|(word, _)| *word == name.text) {
            return ty.clone();
        }
        if let Some(id) = self.types.get_index_of(name.text.as_str()) {
            return ir::Type::Named(TypeId(id));
        }
        let unknown = ir::Type::Named(self.unknown());
        if self.types.is_refused {
            return unknown;
        }
        let known = WORDS.iter().map(|(word, _)| *word).chain(self.types.iter().copied());
        let known = known.chain(self.beside_types.iter().copied());
        let help = if name.text == "id" {
            "an id is a type of its own: declare one under `types` with `{type: id}`".to_owned()
        } else {
            self.diagnostics.suggest(&name.text, known)
        };
        self.diagnostics.report(&rules::UNKNOWN_TYPE, name.span, format!("unknown type `{}`", name.text)).help(help);
        unknown
    }
}

/// Types that need no declaration.
pub(crate) const WORDS: &[(&str, ir::Type)] = &[
    ("boolean", ir::Type::Boolean),
    ("integer", ir::Type::Integer),
    ("unsigned", ir::Type::Unsigned),
    ("decimal", ir::Type::Decimal),
    ("string", ir::Type::String),
    ("number_or_string", ir::Type::NumberOrString),
    ("base64", ir::Type::Base64),
    ("datetime", ir::Type::DateTime),
    ("civil_datetime", ir::Type::CivilDateTime),
    ("date", ir::Type::Date),
    ("time", ir::Type::Time),
    ("json", ir::Type::Json),
    ("file", ir::Type::File),
];

/// The place of a name in its list; reported where it is not there.
pub(super) fn find(
    diagnostics: &mut Diagnostics,
    index: &Index<'_>,
    name: &Scalar,
    rule: &'static Rule,
    what: &str,
) -> Option<usize> {
    let found = index.get_index_of(name.text.as_str());
    if found.is_none() && !index.is_refused {
        let help = diagnostics.suggest(&name.text, index.iter().copied());
        diagnostics.report(rule, name.span, format!("unknown {what} `{}`", name.text)).help(help);
    }
    found
}

/// The text of a key that may have been left out.
pub(super) fn text(scalar: Option<&Scalar>) -> String {
    scalar.map(|scalar| scalar.text.clone()).unwrap_or_default()
}
