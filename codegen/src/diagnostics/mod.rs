//! Mistakes in a spec: collected through every stage, rendered once.

mod follows;
mod render;
pub mod rules;
mod suggest;

use std::collections::BTreeSet;

pub use rules::Rule;
pub use suggest::among;
pub(crate) use suggest::nearest;

use crate::source::{SourceMap, Span};

/// One mistake.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// Where.
    pub span: Span,
    /// Lower case, no full stop, names in backticks.
    pub message: String,
    /// Other places that matter, each with what it is.
    pub also: Vec<(Span, String)>,
    /// What to do about it; empty only where there are too many mistakes to look for what was meant.
    pub help: String,
}

impl Diagnostic {
    /// Says what to do about it.
    pub fn help(&mut self, text: impl Into<String>) -> &mut Self {
        self.help = text.into();
        self
    }

    /// Points at another place.
    pub fn also(&mut self, span: Span, label: impl Into<String>) -> &mut Self {
        self.also.push((span, label.into()));
        self
    }
}

/// The collector that every stage reports to.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// The rules of what only follows from a mistake that is told; with a name, of what is told of it.
    followers: BTreeSet<(&'static str, Option<String>)>,
}

impl Diagnostics {
    /// Records a mistake.
    pub fn report(&mut self, rule: &'static Rule, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.list.push(Diagnostic { rule, span, message: message.into(), also: Vec::new(), help: String::new() });
        let last = self.list.len() - 1;
        &mut self.list[last]
    }

    /// The help for a word that is not among those known here: the nearest of them, and all.
    pub(crate) fn suggest<'a>(&self, word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
        // A file of nothing but mistakes must not keep a build busy.
        if self.list.len() > 1000 {
            return String::new();
        }
        let help = suggest::among(word, known);
        if help.is_empty() { "nothing of the kind is known here: declare it, or leave it out".to_owned() } else { help }
    }

    /// Whether nothing was reported.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many were reported so far.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// Takes over those of others that are to be told.
    pub(crate) fn take(&mut self, others: Self, is_told: impl Fn(&Diagnostic) -> bool) {
        self.list.extend(others.list.into_iter().filter(is_told));
    }

    /// All mistakes, in the order of files and positions.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort_by(|a, b| (a.span, a.rule.id, &a.message).cmp(&(b.span, b.rule.id, &b.message)));
        self.list
    }
}

/// A spec that cannot be used, and why: what a build script prints.
#[derive(Debug)]
pub struct Failure {
    /// The texts the mistakes point into.
    pub sources: SourceMap,
    /// At least one, in the order of files and positions.
    pub diagnostics: Vec<Diagnostic>,
}

impl Failure {
    /// Every mistake, of something that is no spec.
    pub fn mistakes(&self) -> String {
        render::mistakes(self)
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        render::render(self, f)
    }
}

impl std::error::Error for Failure {}
