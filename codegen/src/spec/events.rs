//! YAML events to a tree with positions, without what a hand-written spec must not contain.
//!
//! The only module that names the event parser. It never follows an alias, so that none can explode.

use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle};

use super::node::{Kind, Named, Node, Value};
use super::runs;
use super::scalars::Scalars;
use super::slips;
use crate::diagnostics::{Diagnostics, Rule, rules};
use crate::source::{Ending, FileId, Runs, Scalar, Span, boundary};

/// How deep lists and maps may stand in each other.
const MAX_DEPTH: usize = 64;

/// Reads one document; `None` where there is none or it contains something that is not allowed.
pub(super) fn read(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
    let options = granit_parser::options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        emit_comments: false,
    };
    let scalars = Scalars::default();
    let mut tree = Tree { file, text, diagnostics, scalars, open: Vec::new(), root: None, usable: true };
    for event in Parser::new_from_str_with_options(text, options) {
        let more = match event {
            Ok((event, span)) => tree.event(event, span),
            Err(error) => {
                let at = tree.span(granit_parser::Span::empty(*error.marker()));
                if *error.kind() == ErrorKind::RecursionLimitExceeded {
                    tree.too_deep(at);
                } else {
                    let help = slips::help(text, at.start);
                    tree.refuse(&rules::YAML_SYNTAX, at, format!("this is not YAML: {}", error.info()), help);
                }
                false
            }
        };
        if !more {
            return None;
        }
    }
    let Tree { diagnostics, root, usable, .. } = tree;
    if root.is_none() && usable {
        let span = Span { file, start: 0, end: 0 };
        diagnostics.report(&rules::EMPTY_FILE, span, "this file says nothing").help(super::files::SAY_SOMETHING);
    }
    root.filter(|_| usable)
}

/// The tree as far as it is read.
struct Tree<'t, 'd> {
    file: FileId,
    text: &'t str,
    diagnostics: &'d mut Diagnostics,
    scalars: Scalars,
    open: Vec<Open>,
    root: Option<Node>,
    usable: bool,
}

/// A list or map whose end was not yet seen.
enum Open {
    List {
        at: Span,
        items: Vec<Node>,
    },
    /// A key that was there before is read like any other, and its value forgotten.
    Map {
        at: Span,
        entries: Named<Node>,
        key: Option<Scalar>,
        repeated: bool,
        seen: HashMap<String, Span>,
    },
}

/// The key of this text that a map has already. Few keys are looked through; of many, a table is made.
fn first(entries: &Named<Node>, seen: &mut HashMap<String, Span>, text: &str) -> Option<Span> {
    const FEW: usize = 40;
    if entries.len() < FEW {
        return entries.iter().find(|(key, _)| key.text == text).map(|(key, _)| key.span);
    }
    let unseen = entries.iter().skip(seen.len());
    let new: Vec<_> = unseen.map(|(key, _)| (key.text.clone(), key.span)).collect();
    seen.extend(new);
    seen.get(text).copied()
}

impl Tree<'_, '_> {
    /// Takes in one event; whether it makes sense to go on.
    fn event(&mut self, event: Event<'_>, place: granit_parser::Span) -> bool {
        let span = self.span(place);
        if event.tag().is_some() {
            let span = place.tag_span().map_or(span, |tag| self.span(tag));
            self.foreign(
                &rules::YAML_TAG,
                span,
                "tags",
                "write the value without `!`, or in single quotes if that is part of it",
            );
        }
        match event {
            Event::Scalar(text, style, _, _) => return self.scalar(text.into_owned(), style, span),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.foreign(
                    &rules::YAML_ALIAS,
                    span,
                    "aliases",
                    "write the value out, or in single quotes if `*` is part of it",
                );
                return self.scalar(String::new(), ScalarStyle::Plain, span);
            }
            Event::Anchor(..) => {
                let help = "write the value without `&`, or in single quotes if that is part of it";
                self.foreign(&rules::YAML_ANCHOR, span, "anchors", help);
            }
            Event::SequenceStart(..) => return self.start(span, |at| Open::List { at, items: Vec::new() }),
            Event::MappingStart(..) => {
                return self.start(span, |at| Open::Map {
                    at,
                    entries: Vec::new(),
                    key: None,
                    repeated: false,
                    seen: HashMap::new(),
                });
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open::List { at, items }) => self.add(Node { at, value: Value::List(items) }),
                Some(Open::Map { at, entries, .. }) => self.add(Node { at, value: Value::Map(entries) }),
                None => {}
            },
            Event::DocumentStart(..) if self.root.is_some() => {
                self.refuse(&rules::SEVERAL_DOCUMENTS, span, "a file holds one document", "make it a file of its own");
                return false;
            }
            _ => {}
        }
        true
    }

    fn scalar(&mut self, text: String, style: ScalarStyle, span: Span) -> bool {
        let raw = self.text.get(span.start as usize..span.end as usize).unwrap_or("");
        let runs = match style {
            ScalarStyle::Plain => runs::plain(&text, raw, span.start),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => runs::quoted(&text, raw, span.start),
            ScalarStyle::Literal => runs::literal(&text, raw, span.start),
            ScalarStyle::Folded => Runs::Unknown,
        };
        let ending = match style {
            ScalarStyle::Plain => slips::ending(self.file, self.text, span.end),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Ending::Quote,
            ScalarStyle::Literal | ScalarStyle::Folded => Ending::Line,
        };
        let kind = if style == ScalarStyle::Plain { self.scalars.kind(&text) } else { Kind::Text };
        let scalar = Scalar { text, span, runs, ending };
        if let Some(Open::Map { key: key @ None, repeated, entries, seen, .. }) = self.open.last_mut() {
            let text = &scalar.text;
            let first = first(entries, seen, text);
            *repeated = first.is_some();
            if kind != Kind::Text {
                self.diagnostics
                    .report(&rules::KEY_NOT_TEXT, span, format!("the key `{text}` is not a text"))
                    .help(format!("write `\"{text}\"`"));
            }
            if let Some(first) = first {
                self.diagnostics
                    .report(&rules::DUPLICATE_KEY, span, format!("the key `{text}` is here twice"))
                    .also(first, "the first one")
                    .help("keep one of them");
            }
            let merges = text == "<<" && style == ScalarStyle::Plain;
            *key = Some(scalar);
            if merges {
                self.foreign(&rules::YAML_MERGE_KEY, span, "merge keys", "write the keys out");
            }
        } else {
            if span.start == span.end {
                self.report_cut();
            }
            self.add(Node { at: span, value: Value::Scalar(kind, scalar) });
        }
        true
    }

    /// Reports a key without a value where it is the rest of the value before it.
    fn report_cut(&mut self) {
        let Some(Open::Map { entries, .. }) = self.open.last() else { return };
        let Some((_, Node { value: Value::Scalar(_, before), .. })) = entries.last() else { return };
        if let Some((comma, help)) = slips::cut_in_two(&before.text, before.ending) {
            self.refuse(&rules::YAML_CUT_TEXT, comma, "this comma ends the text before it", help);
        }
    }

    /// Opens a list or map.
    fn start(&mut self, span: Span, open: impl FnOnce(Span) -> Open) -> bool {
        if self.open.len() >= MAX_DEPTH {
            self.too_deep(span);
            return false;
        }
        let at = match self.open.last() {
            Some(Open::Map { key: Some(key), .. }) => key.span,
            Some(Open::Map { key: None, .. }) => {
                self.refuse(&rules::KEY_NOT_TEXT, span, "a key is a text, not a list or a map", "write a word");
                return false;
            }
            Some(Open::List { .. }) | None => span,
        };
        self.open.push(open(at));
        true
    }

    /// Puts a finished value where it belongs.
    fn add(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, key, repeated, .. }) => {
                let key = key.take().filter(|_| !*repeated);
                entries.extend(key.map(|key| (key, node)));
            }
            None => self.root = Some(node),
        }
    }

    fn too_deep(&mut self, span: Span) {
        let message = format!("lists and maps are nested deeper than {MAX_DEPTH}");
        self.refuse(&rules::DEEP_NESTING, span, message, "write what is within here in fewer levels");
    }

    /// Reports a part of YAML that the spec language leaves out.
    fn foreign(&mut self, rule: &'static Rule, span: Span, what: &str, help: &str) {
        self.refuse(rule, span, format!("{what} are not part of the spec language"), help);
    }

    fn refuse(&mut self, rule: &'static Rule, span: Span, message: impl Into<String>, help: &str) {
        self.usable = false;
        self.diagnostics.report(rule, span, message).help(help);
    }

    /// A place as the parser knows it, cut to what exists.
    fn span(&self, span: granit_parser::Span) -> Span {
        let end = self.text.len();
        let range = span.byte_range().unwrap_or(end..end);
        let cut = |offset: usize| u32::try_from(boundary(self.text, offset)).unwrap_or_default();
        let (start, end) = (cut(range.start), cut(range.end));
        Span { file: self.file, start, end: end.max(start) }
    }
}
