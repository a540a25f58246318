//! The kit of the decoder: typed reads from a tree that report every mistake and go on.
//!
//! A read that returns `None` has reported why.

use std::collections::HashMap;

use super::keys::{Group, Object};
use super::node::{Declared, Kind, Named, Node, Value};
use crate::diagnostics::{Diagnostic, Diagnostics, nearest, rules};
use crate::ir::Number;
use crate::source::{Scalar, Span, Spanned};

/// A map that is read through the table of its keys.
pub(super) struct Map<'n, 'd> {
    pub cx: &'d mut Diagnostics,
    pub at: Span,
    object: &'static Object,
    found: Found<'n>,
}

/// The keys by which only a type with a name says what it is made of.
const SHAPES: [&str; 3] = ["values", "fields", "union"];

/// Whether something has a type, and cannot be made of something by itself.
fn has_type(object: &Object) -> bool {
    let has = |name: &str| object.keys().any(|row| row.name == name);
    has("type") && !has("values")
}

/// What stands where a map is expected.
enum Found<'n> {
    Map(&'n [(Scalar, Node)]),
    /// The value of the one key that may be meant without a map.
    Short(&'static str, &'n Node),
}

/// Reads a map with known keys. Which of them must be there and which exclude each other says the table.
pub(super) fn map<'n, T>(
    cx: &mut Diagnostics,
    node: &'n Node,
    object: &'static Object,
    read: impl FnOnce(&mut Map<'n, '_>) -> T,
) -> Option<T> {
    let found = match (&node.value, object.short) {
        (Value::Map(entries), _) => Found::Map(entries),
        (_, Some(key)) => Found::Short(key, node),
        (_, None) => return wrong(cx, node, "a map"),
    };
    let mut map = Map { cx, at: node.at, object, found };
    map.check();
    Some(read(&mut map))
}

impl<'n> Map<'n, '_> {
    /// The value of a key, if it is there.
    pub(super) fn get<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Diagnostics, &'n Node) -> Option<T>,
    ) -> Option<T> {
        let node = self.find(key)?;
        read(self.cx, node)
    }

    /// A key that switches something on.
    pub(super) fn flag(&mut self, key: &'static str) -> bool {
        self.get(key, boolean).unwrap_or(false)
    }

    /// A key with one value or a list of them.
    pub(super) fn many<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Diagnostics, &'n Node) -> Option<T>,
    ) -> Vec<T> {
        self.get(key, |cx, node| Some(several(cx, node, read))).unwrap_or_default()
    }

    /// A key with one value or a list of at least one.
    pub(super) fn some<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Diagnostics, &'n Node) -> Option<T>,
    ) -> Vec<T> {
        self.get(key, |cx, node| Some(at_least_one(cx, node, read))).unwrap_or_default()
    }

    /// A key with a map from names of the author's own choice.
    pub(super) fn named<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Diagnostics, &'n Node) -> Option<T>,
    ) -> Named<T> {
        self.get(key, |cx, node| named(cx, node, read)).unwrap_or_default()
    }

    /// The same of what others refer to by its name: one that was refused is still known, as the plainest of its kind.
    pub(super) fn declared<T: Default>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Diagnostics, &'n Node) -> Option<T>,
    ) -> Declared<T> {
        let Some(node) = self.find(key) else { return Declared::default() };
        declared(self.cx, node, read)
    }

    /// Whether the key is there; where it is.
    pub(super) fn has(&self, key: &str) -> Option<Span> {
        match self.found {
            Found::Map(entries) => entries.iter().find(|(name, _)| name.text == key).map(|(name, _)| name.span),
            Found::Short(short, node) => (short == key).then_some(node.at),
        }
    }

    /// Whether it is said without the map.
    pub(super) fn is_short(&self) -> bool {
        matches!(self.found, Found::Short(..))
    }

    fn find(&self, key: &'static str) -> Option<&'n Node> {
        #[cfg(test)]
        assert!(
            self.object.keys().any(|row| row.name == key),
            "`{key}` has no row in the table of {:?}",
            self.object.name
        );
        match self.found {
            Found::Map(entries) => entries.iter().find(|(name, _)| name.text == key).map(|(_, node)| node),
            Found::Short(short, node) => (short == key).then_some(node),
        }
    }

    /// Holds the map to its table.
    fn check(&mut self) {
        let object = self.object;
        if let Found::Map(entries) = self.found {
            for (key, node) in entries.iter().filter(|(key, _)| object.keys().all(|row| row.name != key.text)) {
                let help = if has_type(object) && SHAPES.contains(&key.text.as_str()) {
                    format!(
                        "a type with `{}` has a name: declare it under `types`, and say `type` and that name here",
                        key.text
                    )
                } else {
                    self.cx.suggest(&key.text, object.keys().map(|row| row.name))
                };
                self.cx.report(&rules::UNKNOWN_KEY, key.span, format!("unknown key `{}`", key.text)).help(help);
                let meant = nearest(&key.text, object.keys().map(|row| row.name));
                if let Some(meant) = meant.filter(|meant| entries.iter().all(|(key, _)| key.text != *meant)) {
                    self.cx.misspelt(meant, node.names().into_iter());
                }
            }
        }
        for row in object.own.iter().filter(|row| row.is_required) {
            if self.has(row.name).is_none() && !self.is_misspelt(&[row.name]) {
                let message = format!("the key `{}` is missing", row.name);
                self.cx.report(&rules::MISSING_KEY, self.at, message).help(format!(
                    "`{}`: {}",
                    row.name,
                    unlinked(row.doc)
                ));
            }
        }
        for group in object.groups {
            match group {
                Group::AtMostOne(keys) => self.at_most_one(keys),
                Group::ExactlyOne(keys) => {
                    self.at_most_one(keys);
                    self.at_least_one(keys);
                }
            }
        }
    }

    /// Whether one of these keys is probably what an unknown one was meant to be, which was told.
    pub(super) fn is_misspelt(&self, keys: &[&'static str]) -> bool {
        let Found::Map(entries) = self.found else { return false };
        let mut unknown = entries.iter().filter(|(key, _)| self.object.keys().all(|row| row.name != key.text));
        let meant = |key: &str| nearest(key, self.object.keys().map(|row| row.name));
        unknown.any(|(key, _)| meant(&key.text).is_some_and(|meant| keys.contains(&meant)))
    }

    fn at_most_one(&mut self, keys: &[&'static str]) {
        let mut present = keys.iter().filter_map(|key| Some((key, self.has(key)?)));
        let Some((first, first_at)) = present.next() else { return };
        let others: Vec<_> = present.collect();
        for (key, at) in others {
            self.cx
                .report(&rules::CONFLICTING_KEYS, at, format!("`{key}` and `{first}` exclude each other"))
                .also(first_at, format!("`{first}` is here"))
                .help("keep one of them");
        }
    }

    fn at_least_one(&mut self, keys: &[&'static str]) {
        let is_told = has_type(self.object) && SHAPES.iter().any(|key| self.has(key).is_some());
        if !is_told && keys.iter().all(|key| self.has(key).is_none()) && !self.is_misspelt(keys) {
            let list: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
            let message = format!("one of the keys {} is missing", list.join(", "));
            self.cx.report(&rules::MISSING_KEY, self.at, message).help("write one of them");
        }
    }
}

/// The sentence of a row, of whose links only what they are called says something outside of the reference.
fn unlinked(doc: &str) -> String {
    let mut parts = doc.split("](#");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.split_once(')').map_or(part, |(_, rest)| rest));
    rest.fold(first, |text, rest| match text.rsplit_once('[') {
        Some((before, called)) => format!("{before}{called}{rest}"),
        None => text + rest,
    })
}

/// A map from names of the author's own choice.
pub(super) fn named<'n, T>(
    cx: &mut Diagnostics,
    node: &'n Node,
    read: impl Fn(&mut Diagnostics, &'n Node) -> Option<T>,
) -> Option<Named<T>> {
    let Value::Map(entries) = &node.value else { return wrong(cx, node, "a map") };
    // Members are large and few are refused.
    let mut all = Vec::with_capacity(entries.len());
    all.extend(entries.iter().filter_map(|(name, node)| Some((name.clone(), read(cx, node)?))));
    Some(all)
}

/// The same of what others refer to.
pub(super) fn declared<'n, T: Default>(
    cx: &mut Diagnostics,
    node: &'n Node,
    read: impl Fn(&mut Diagnostics, &'n Node) -> Option<T>,
) -> Declared<T> {
    Declared::of(named(cx, node, |cx, node| Some(read(cx, node).unwrap_or_default())))
}

/// One value, or a list of them, in which nothing is said twice.
fn several<'n, T>(
    cx: &mut Diagnostics,
    node: &'n Node,
    read: impl Fn(&mut Diagnostics, &'n Node) -> Option<T>,
) -> Vec<T> {
    let Value::List(items) = &node.value else { return read(cx, node).into_iter().collect() };
    let mut known = HashMap::new();
    let mut once = |cx: &mut Diagnostics, item: &'n Node| {
        let Value::Scalar(kind, scalar) = &item.value else { return true };
        let first = *known.entry((*kind, scalar.text.as_str())).or_insert(item.at);
        if first != item.at {
            listed_twice(cx, &scalar.text, item.at, first);
        }
        first == item.at
    };
    items.iter().filter_map(|item| once(cx, item).then(|| read(cx, item)).flatten()).collect()
}

/// Reports what a list has twice.
pub(crate) fn listed_twice(cx: &mut Diagnostics, text: &str, at: Span, first: Span) {
    cx.report(&rules::LISTED_TWICE, at, format!("`{text}` is listed twice"))
        .also(first, "the first one")
        .help("leave one of them out");
}

/// The same, where an empty list would say nothing.
pub(super) fn at_least_one<'n, T>(
    cx: &mut Diagnostics,
    node: &'n Node,
    read: impl Fn(&mut Diagnostics, &'n Node) -> Option<T>,
) -> Vec<T> {
    // A map is no list at all, which is for the read to say.
    if matches!(node.value, Value::List(_)) {
        not_empty(cx, node);
    }
    several(cx, node, read)
}

/// Reports a list or map of nothing, where that would say nothing.
pub(super) fn not_empty<'d>(cx: &'d mut Diagnostics, node: &Node) -> Option<&'d mut Diagnostic> {
    let found = match &node.value {
        Value::List(items) if items.is_empty() => "an empty list",
        Value::Map(entries) if entries.is_empty() => "an empty map",
        Value::List(_) | Value::Map(_) | Value::Scalar(..) => return None,
    };
    let diagnostic = cx.report(&rules::WRONG_TYPE, node.at, format!("expected at least one, found {found}"));
    diagnostic.help("write at least one, or leave the key out");
    Some(diagnostic)
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

/// The same, to be compared with what answers say, where a text with an exponent is no number.
pub(super) fn code(cx: &mut Diagnostics, node: &Node) -> Option<Scalar> {
    let code = literal(cx, node)?;
    let is_number = matches!(node.value, Value::Scalar(Kind::Number, _)) && Number::new(&code.text).is_some();
    if is_number && code.text.contains(['e', 'E']) {
        let message = format!("`{}` is a number, which an answer may write in another way", code.text);
        let help = format!("write `\"{}\"` for a text, or the digits of the number", code.text);
        cx.report(&rules::WRONG_TYPE, node.at, message).help(help);
        return None;
    }
    Some(code)
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
        let least = if T::try_from(i64::MIN).is_ok() { i64::MIN } else { 0 };
        let sizes = [u16::MAX.into(), u32::MAX.into(), i64::MAX];
        let most = sizes.into_iter().rfind(|most| T::try_from(*most).is_ok()).unwrap_or_default();
        let help = format!("write a whole number in decimal, from {least} to {most}");
        cx.report(&rules::WRONG_TYPE, node.at, message).help(help);
    }
    value
}

/// A whole number of what there must be some of; what is wrong with none, and what to write instead.
pub(super) fn above_zero(cx: &mut Diagnostics, node: &Node, wrong: &str, help: &str) -> Option<u32> {
    let number = integer(cx, node)?;
    if number == 0 {
        cx.report(&rules::WRONG_TYPE, node.at, wrong).help(help);
        return None;
    }
    Some(number)
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
    let quoted = match &node.value {
        Value::Scalar(Kind::Text, scalar) if !scalar.text.is_empty() => Some(&scalar.text),
        _ => None,
    };
    let help = match (expected, quoted) {
        ("a map", _) => "write a map: `key: value`, and each further key on a line of its own".to_owned(),
        ("a list", _) => "write a list: `[first, second]`".to_owned(),
        ("`true` or `false`", Some(text)) if matches!(text.as_str(), "true" | "false") => {
            format!("write `{text}` without quotes")
        }
        _ => format!("write {expected}"),
    };
    cx.report(&rules::WRONG_TYPE, node.at, format!("expected {expected}, found {}", node.found())).help(help);
    None
}
