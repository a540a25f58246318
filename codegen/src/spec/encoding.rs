//! How calls are encoded, as the vendor's documentation shows it: by the names that parts have.

use super::cursor::{self, Map};
use super::doc::Doc;
use super::keys;
use super::node::{Node, Value};
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{BodyKind, Counted, Lists, Maps, Nesting};
use crate::source::{Scalar, Span};

/// What is said about encoding; what is not holds as it did before.
#[derive(Debug, Default)]
pub(crate) struct Encoding {
    pub body: Option<BodyKind>,
    pub nesting: Option<Nesting>,
    pub lists: Option<Lists>,
    pub maps: Option<Maps>,
    pub doc: Doc,
    /// The keys that say it.
    said: Vec<(&'static str, Span)>,
}

pub(super) const BODIES: [(&str, BodyKind); 4] =
    [("json", BodyKind::Json), ("form", BodyKind::Form), ("multipart", BodyKind::Multipart), ("list", BodyKind::List)];

impl Encoding {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::ENCODING, |map| {
            let body = map.get("body", |cx, node| cursor::word(cx, node, &BODIES));
            let mut style = Self::style(map);
            style.said.extend(map.has("body").map(|at| ("body", at)));
            Self { body, doc: Doc::read(map), ..style }
        })
    }

    /// That of a parameter, which has no body of its own.
    pub(super) fn read_style(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::STYLE, Self::style)
    }

    /// Where a key is said.
    pub(crate) fn said(&self, key: &str) -> Option<Span> {
        self.said.iter().find(|(said, _)| *said == key).map(|(_, at)| *at)
    }

    /// The keys that are said of values with parts.
    pub(crate) fn styles(&self) -> impl Iterator<Item = (&'static str, Span)> {
        self.said.iter().copied().filter(|(key, _)| *key != "body")
    }

    fn style(map: &mut Map<'_, '_>) -> Self {
        Self {
            body: None,
            nesting: map.get("nesting", nesting),
            lists: map.get("lists", lists),
            maps: map.get("maps", maps),
            doc: Doc::default(),
            said: ["nesting", "lists", "maps"].into_iter().filter_map(|key| Some((key, map.has(key)?))).collect(),
        }
    }
}

fn nesting(cx: &mut Diagnostics, node: &Node) -> Option<Nesting> {
    let text = cursor::text(cx, node)?;
    if text.text == "json" {
        return Some(Nesting::Json);
    }
    let parts =
        text.text.strip_prefix('a').and_then(|rest| rest.split_once('b')).filter(|(_, after)| !after.contains('b'));
    match parts.filter(|(before, after)| is_balanced(before, after)) {
        Some((before, after)) => Some(Nesting::Named(before.to_owned(), after.to_owned())),
        None => refused(cx, &text, "write what the member `b` of `a` is called: `a[b]`, `a.b`; or `json`"),
    }
}

fn lists(cx: &mut Diagnostics, node: &Node) -> Option<Lists> {
    let text = cursor::text(cx, node)?;
    match text.text.as_str() {
        "commas" => return Some(Lists::Commas),
        "json" => return Some(Lists::Json),
        _ => {}
    }
    let goes_on = |counted: &Counted| {
        let (_, behind) = counted.before.split_once("[]").unwrap_or_default();
        [behind, &counted.after]
            .into_iter()
            .any(|rest| rest.contains(|char: char| char.is_alphanumeric() || char == '['))
    };
    // With a `b` and without a number it is what a member is called.
    let is_member = |Counted { before, first, .. }: &Counted| {
        first.is_none() && before.trim_matches(|char: char| !char.is_alphanumeric()) == "b"
    };
    match counted(&text.text) {
        Some(counted) if goes_on(&counted) || is_member(&counted) => {
            refused(cx, &text, "what the members of an item are called is for `nesting`: `nesting: a[b], lists: a[]`")
        }
        Some(counted) => Some(Lists::Named(counted)),
        None => refused(
            cx,
            &text,
            "write what the first item of `a` is called: `a[]`, `a[0]`, `a.1`, `a`; or `commas`, `json`",
        ),
    }
}

/// The two names of an entry, which differ after the number only.
fn maps(cx: &mut Diagnostics, node: &Node) -> Option<Maps> {
    let Value::List(items) = &node.value else { return cursor::wrong(cx, node, "a list") };
    let texts: Vec<_> = items.iter().map(|item| cursor::text(cx, item)).collect::<Option<_>>()?;
    let help = "write what name and value of the first entry are called: `[a.entry.1.key, a.entry.1.value]`";
    let [name, value] = texts.as_slice() else {
        cx.report(&rules::BAD_SHAPE, node.at, "an entry of a map has a name and a value").help(help);
        return None;
    };
    match (counted(&name.text), counted(&value.text)) {
        (Some(of_name), Some(of_value)) if of_name.first.is_some() && of_name != of_value => {
            let alike = (&of_name.before, of_name.first) == (&of_value.before, of_value.first);
            if !alike {
                return refused(cx, value, help);
            }
            let item = Counted { after: String::new(), ..of_name.clone() };
            Some(Maps::Pairs(item, of_name.after, of_value.after))
        }
        _ => refused(cx, name, help),
    }
}

/// `a`, a text, the number of the first item, and a text.
fn counted(text: &str) -> Option<Counted> {
    let rest = text.strip_prefix('a')?;
    let Some(at) = rest.find(|char: char| char.is_ascii_digit()) else {
        let unnumbered = || Counted { before: rest.to_owned(), first: None, after: String::new() };
        return is_balanced(rest, "").then(unnumbered);
    };
    let (before, number) = rest.split_at(at);
    let first = if number.starts_with('0') { 0 } else { 1 };
    let after = number.strip_prefix(['0', '1'])?;
    let is_one_number = !after.contains(|char: char| char.is_ascii_digit());
    (is_one_number && is_balanced(before, after)).then(|| Counted {
        before: before.to_owned(),
        first: Some(first),
        after: after.to_owned(),
    })
}

/// Whether each bracket that is opened is closed.
fn is_balanced(before: &str, after: &str) -> bool {
    let count = |bracket: char| [before, after].into_iter().map(|text| text.matches(bracket).count()).sum::<usize>();
    count('[') == count(']')
}

fn refused<T>(cx: &mut Diagnostics, text: &Scalar, help: &str) -> Option<T> {
    cx.report(&rules::BAD_SHAPE, text.span, format!("`{}` is no name of a part", text.text)).help(help);
    None
}
