//! The kit of the decoder: typed reads from a tree that report every mistake and go on.
//!
//! A read that returns `None` has reported why.

use super::node::{Kind, Named, Node, Value};
use crate::diagnostics::{Diagnostics, rules};
use crate::source::{Scalar, Span, Spanned};

/// The keys of one map, of which those nobody asked for are mistakes.
pub(super) struct Map<'n, 'd> {
    pub cx: &'d mut Diagnostics,
    pub at: Span,
    entries: &'n [(Scalar, Node)],
    known: Vec<&'static str>,
}

/// Reads a map with known keys.
pub(super) fn map<T>(cx: &mut Diagnostics, node: &Node, read: impl FnOnce(&mut Map<'_, '_>) -> T) -> Option<T> {
    let Value::Map(entries) = &node.value else { return wrong(cx, node, "a map") };
    let mut map = Map { cx, at: node.at, entries, known: Vec::new() };
    let value = read(&mut map);
    map.close();
    Some(value)
}

impl<'n> Map<'n, '_> {
    /// A key that may be left out.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Diagnostics, &'n Node) -> Option<T>,
    ) -> Option<T> {
        let node = self.find(key)?;
        read(self.cx, node)
    }

    /// A key that must be there.
    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Diagnostics, &'n Node) -> Option<T>,
    ) -> Option<T> {
        if let Some(node) = self.find(key) {
            return read(self.cx, node);
        }
        self.cx.report(&rules::MISSING_KEY, self.at, format!("the key `{key}` is missing"));
        None
    }

    /// A key that switches something on.
    pub(super) fn flag(&mut self, key: &'static str) -> bool {
        self.optional(key, boolean).unwrap_or(false)
    }

    /// A key with one value or a list of them.
    pub(super) fn many<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Diagnostics, &'n Node) -> Option<T>,
    ) -> Vec<T> {
        self.optional(key, |cx, node| Some(several(cx, node, read))).unwrap_or_default()
    }

    /// A key with one value or a list of at least one.
    pub(super) fn some<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Diagnostics, &'n Node) -> Option<T>,
    ) -> Vec<T> {
        self.required(key, |cx, node| Some(at_least_one(cx, node, read))).unwrap_or_default()
    }

    /// A key with a map from names of the author's own choice.
    pub(super) fn named<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Diagnostics, &'n Node) -> Option<T>,
    ) -> Named<T> {
        self.optional(key, |cx, node| named(cx, node, read)).unwrap_or_default()
    }

    /// Whether the key is there; where it is.
    pub(super) fn has(&self, key: &str) -> Option<Span> {
        self.entries.iter().find(|(name, _)| name.text == key).map(|(name, _)| name.span)
    }

    /// Reports keys that exclude each other.
    pub(super) fn at_most_one(&mut self, keys: &[&'static str]) {
        let mut present = keys.iter().filter_map(|key| Some((key, self.has(key)?)));
        let Some((first, first_at)) = present.next() else { return };
        let others: Vec<_> = present.collect();
        for (key, at) in others {
            self.cx
                .report(&rules::CONFLICTING_KEYS, at, format!("`{key}` and `{first}` exclude each other"))
                .also(first_at, format!("`{first}` is here"));
        }
    }

    /// Reports keys that exclude each other, and that one of them is missing.
    pub(super) fn exactly_one(&mut self, keys: &[&'static str]) {
        self.at_most_one(keys);
        if keys.iter().all(|key| self.has(key).is_none()) {
            let list: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
            self.cx.report(&rules::MISSING_KEY, self.at, format!("one of the keys {} is missing", list.join(", ")));
        }
    }

    fn find(&mut self, key: &'static str) -> Option<&'n Node> {
        self.known.push(key);
        self.entries.iter().find(|(name, _)| name.text == key).map(|(_, node)| node)
    }

    fn close(self) {
        for (key, _) in self.entries.iter().filter(|(key, _)| !self.known.contains(&key.text.as_str())) {
            let help = self.cx.suggest(&key.text, self.known.iter().copied());
            self.cx.report(&rules::UNKNOWN_KEY, key.span, format!("unknown key `{}`", key.text)).help(help);
        }
    }
}

/// A map from names of the author's own choice.
pub(super) fn named<'n, T>(
    cx: &mut Diagnostics,
    node: &'n Node,
    read: impl Fn(&mut Diagnostics, &'n Node) -> Option<T>,
) -> Option<Named<T>> {
    let Value::Map(entries) = &node.value else { return wrong(cx, node, "a map") };
    Some(entries.iter().filter_map(|(name, node)| Some((name.clone(), read(cx, node)?))).collect())
}

/// One value, or a list of them.
fn several<'n, T>(
    cx: &mut Diagnostics,
    node: &'n Node,
    read: impl Fn(&mut Diagnostics, &'n Node) -> Option<T>,
) -> Vec<T> {
    match &node.value {
        Value::List(items) => items.iter().filter_map(|item| read(cx, item)).collect(),
        Value::Scalar(..) | Value::Map(_) => read(cx, node).into_iter().collect(),
    }
}

/// The same, where an empty list would say nothing.
pub(super) fn at_least_one<'n, T>(
    cx: &mut Diagnostics,
    node: &'n Node,
    read: impl Fn(&mut Diagnostics, &'n Node) -> Option<T>,
) -> Vec<T> {
    if matches!(&node.value, Value::List(items) if items.is_empty()) {
        cx.report(&rules::WRONG_TYPE, node.at, "expected at least one, found an empty list");
    }
    several(cx, node, read)
}

/// A text. What looks like a number or boolean is not one until it is quoted.
pub(super) fn text(cx: &mut Diagnostics, node: &Node) -> Option<Scalar> {
    match &node.value {
        Value::Scalar(Kind::Text, scalar) => Some(scalar.clone()),
        Value::Scalar(Kind::Number | Kind::Boolean(_), scalar) => {
            let help = format!("write `\"{}\"`", scalar.text);
            cx.report(&rules::WRONG_TYPE, node.at, format!("expected a text, found {}", node.found())).help(help);
            None
        }
        Value::Scalar(Kind::Null, _) | Value::List(_) | Value::Map(_) => wrong(cx, node, "a text"),
    }
}

/// Anything written as one word or phrase, as it is written.
pub(super) fn literal(cx: &mut Diagnostics, node: &Node) -> Option<Scalar> {
    match &node.value {
        Value::Scalar(Kind::Text | Kind::Number | Kind::Boolean(_), scalar) => Some(scalar.clone()),
        Value::Scalar(Kind::Null, _) | Value::List(_) | Value::Map(_) => wrong(cx, node, "a text, number or boolean"),
    }
}

/// `true` or `false`.
pub(super) fn boolean(cx: &mut Diagnostics, node: &Node) -> Option<bool> {
    if let Value::Scalar(Kind::Boolean(value), _) = node.value {
        Some(value)
    } else {
        wrong(cx, node, "`true` or `false`")
    }
}

/// A whole number that fits where it goes.
pub(super) fn integer<T>(cx: &mut Diagnostics, node: &Node) -> Option<T>
where
    T: TryFrom<i64>,
{
    let Value::Scalar(Kind::Number, scalar) = &node.value else { return wrong(cx, node, "a whole number") };
    let value = scalar.text.parse::<i64>().ok().and_then(|value| T::try_from(value).ok());
    if value.is_none() {
        let message = format!("`{}` is not a whole number of the size that goes here", scalar.text);
        cx.report(&rules::WRONG_TYPE, node.at, message);
    }
    value
}

/// One of a few words.
pub(super) fn word<T: Copy>(cx: &mut Diagnostics, node: &Node, words: &[(&'static str, T)]) -> Option<T> {
    let scalar = text(cx, node)?;
    let found = words.iter().find(|(word, _)| *word == scalar.text);
    if found.is_none() {
        let help = cx.suggest(&scalar.text, words.iter().map(|(word, _)| *word));
        cx.report(&rules::UNKNOWN_WORD, node.at, format!("`{}` means nothing here", scalar.text)).help(help);
    }
    found.map(|(_, value)| *value)
}

/// What is read, and where it stands.
pub(super) fn placed<T>(
    read: impl Fn(&mut Diagnostics, &Node) -> Option<T>,
) -> impl Fn(&mut Diagnostics, &Node) -> Option<Spanned<T>> {
    move |cx, node| Some(Spanned { value: read(cx, node)?, span: node.at })
}

/// Reports a value of the wrong kind.
pub(super) fn wrong<T>(cx: &mut Diagnostics, node: &Node, expected: &str) -> Option<T> {
    cx.report(&rules::WRONG_TYPE, node.at, format!("expected {expected}, found {}", node.found()));
    None
}
