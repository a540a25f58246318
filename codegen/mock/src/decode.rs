//! Names and texts of a query or a form to values with parts, as the spec says that they are spelled.

use codegen::ir::{Api, Counted, Json, Lists, Maps, Parameter, Type, Union};

use crate::entries::{map, spread};
use crate::fits::fits;
use crate::json;
use crate::names::Names;
use crate::parts::Parts;
use crate::received::Given;

/// Deeper values are none: reading them is recursive.
const MAX_DEPTH: usize = 64;

/// Names with their texts, in the order sent.
pub(crate) type Texts = Vec<(String, String)>;

/// The value of a parameter, with all the pairs that are part of it, which are taken out. `None` where there is none.
pub(crate) fn take<'a>(api: &'a Api, parameter: &'a Parameter, texts: &mut Texts) -> Option<Given> {
    let name = parameter.name.wire.as_str();
    let parts = Parts { api, style: &parameter.style };
    let is_mine = |text: &str| match parameter.spread {
        Some(_) => text.starts_with(name),
        None => parts.belongs(&parameter.ty, name, text),
    };
    let (mine, others): (Texts, Texts) = std::mem::take(texts).into_iter().partition(|(name, _)| is_mine(name));
    *texts = others;
    let json = match parameter.spread {
        Some(_) => spread(parts, &parameter.ty, name, &Names::new(&mine)),
        None => value(parts, &parameter.ty, name, &Names::new(&mine), 0),
    }?;
    let text = match mine.as_slice() {
        [(_, text)] => text.clone(),
        _ => json::write(&json),
    };
    Some(Given { pairs: mine, ..Given::of(text, json) })
}

/// A value that is one text, with the parts that it has in the spec.
pub(crate) fn whole<'a>(api: &'a Api, parameter: &'a Parameter, text: String) -> Given {
    let pairs = [(parameter.name.wire.clone(), text)];
    let parts = Parts { api, style: &parameter.style };
    let json = value(parts, &parameter.ty, &parameter.name.wire, &Names::new(&pairs), 0);
    let [(_, text)] = pairs;
    match json {
        Some(json) => Given::of(text, json),
        None => Given::text(text),
    }
}

/// A value by its name; what has no pair at all is not there.
pub(crate) fn value<'a>(parts: Parts<'a>, ty: &'a Type, name: &str, names: &Names<'_>, depth: usize) -> Option<Json> {
    if depth > MAX_DEPTH || !names.any(name) {
        return None;
    }
    match parts.api.bare(ty) {
        Type::List(item) => match &parts.style.lists {
            Lists::Commas => single(names, name, |text| Some(commas(text))),
            Lists::Json => single(names, name, |text| in_text(text, depth)),
            Lists::Named(counted) => list(parts, item, name, counted, names, depth),
        },
        Type::Map(item) => map(parts, item, name, names, depth + 1),
        bare if parts.is_open(bare) => match parts.union(bare).filter(|_| !parts.is_json()) {
            Some(union) => tagged(parts, union, name, names, depth + 1),
            None => open(parts, name, names, depth + 1),
        },
        bare if !parts.fields(bare).is_empty() => {
            if parts.is_json() {
                return single(names, name, |text| in_text(text, depth));
            }
            let member = |field: &codegen::ir::Field| {
                let wire = &field.name.wire;
                let own = parts.member(name, wire);
                let value = value(parts, &field.ty, &own, names, depth + 1);
                // Null is an empty text here, where the type has none of its own.
                let is_null = field.nullable && names.text(&own) == Some("");
                let is_null = is_null && !value.as_ref().is_some_and(|value| says_more(parts, &field.ty, value));
                Some((wire.clone(), if is_null { Json::Null } else { value? }))
            };
            let members: Vec<_> = parts.fields(bare).iter().filter_map(member).collect();
            (!members.is_empty()).then_some(Json::Object(members))
        }
        _ => single(names, name, |text| Some(Json::String(text.to_owned()))),
    }
}

/// Whether a value that was made of an empty text is one of its type: what has nothing in it was not sent at all, or is a
/// list between commas, which clients write as they write null. It is null then: no rule of the list refuses that.
fn says_more(parts: Parts<'_>, ty: &Type, value: &Json) -> bool {
    fits(parts.api, ty, value)
        && !matches!(value, Json::Array(items) if items.is_empty())
        && !matches!(value, Json::Object(members) if members.is_empty())
}

/// A value that is one text; one that cannot be read is not there. Several texts are a list, which is what no such value
/// is: none of them is lost.
pub(crate) fn single(names: &Names<'_>, name: &str, read: impl Fn(&str) -> Option<Json>) -> Option<Json> {
    let mut all: Vec<Json> = names.all(name).filter_map(read).collect();
    if all.len() > 1 { Some(Json::Array(all)) } else { all.pop() }
}

/// JSON in a text, which is a text where it is none. An empty one within a value is null.
pub(crate) fn in_text(text: &str, depth: usize) -> Option<Json> {
    match text {
        "" if depth > 0 => None,
        text => Some(json::value(text).unwrap_or_else(|| Json::String(text.to_owned()))),
    }
}

/// Nobody says what it is: one text, or what stands behind the name in one step.
fn open(parts: Parts<'_>, name: &str, names: &Names<'_>, depth: usize) -> Option<Json> {
    if let Some(text) = names.text(name) {
        let json = if parts.is_json() { json::value(text) } else { None };
        return Some(json.unwrap_or_else(|| Json::String(text.to_owned())));
    }
    if let Maps::Pairs(..) = parts.style.maps {
        return map(parts, &Type::Json, name, names, depth);
    }
    let member = |(other, text): &(String, String)| Some((parts.inner(name, other)?, Json::String(text.clone())));
    Some(Json::Object(names.beginning(name).filter_map(member).collect()))
}

/// An object whose shape one of its members says; of a shape that nobody knows, what can be made out.
fn tagged<'a>(parts: Parts<'a>, union: &'a Union, name: &str, names: &Names<'_>, depth: usize) -> Option<Json> {
    let word = names.text(&parts.member(name, &union.tag));
    let known = word.and_then(|word| union.variants.iter().find(|(variant, _)| variant.name.wire == word));
    let Some((variant, ty)) = known else { return open(parts, name, names, depth) };
    let mut members = vec![(union.tag.clone(), Json::String(variant.name.wire.clone()))];
    match &union.content {
        Some(content) => {
            let held = value(parts, ty, &parts.member(name, content), names, depth);
            members.extend(held.map(|held| (content.clone(), held)));
        }
        None => {
            if let Some(Json::Object(own)) = value(parts, ty, name, names, depth) {
                members.extend(own);
            }
        }
    }
    Some(Json::Object(members))
}

fn list<'a>(
    parts: Parts<'a>,
    item: &'a Type,
    name: &str,
    counted: &Counted,
    names: &Names<'_>,
    depth: usize,
) -> Option<Json> {
    let Counted { before, first, after } = counted;
    let items: Vec<Json> = match first {
        Some(first) => {
            let item_name = |number: usize| format!("{name}{before}{number}{after}");
            let items = (*first..).map_while(|number| value(parts, item, &item_name(number), names, depth + 1));
            let mut items: Vec<Json> = items.collect();
            let has_parts = parts.has_parts(item);
            // What stands behind a gap is not lost: there is an item of which nothing was sent.
            let beginning = format!("{name}{before}");
            let is_read = |(other, _): &(String, String)| {
                let rest = other.get(beginning.len()..).unwrap_or_default();
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                let number = rest.get(..digits).and_then(|digits| digits.parse::<usize>().ok());
                number.is_some_and(|number| {
                    let own = item_name(number);
                    let is_own = *other == own || (has_parts && other.starts_with(&own));
                    (*first..first + items.len()).contains(&number) && is_own
                })
            };
            if !before.is_empty() && !names.beginning(&beginning).all(is_read) {
                items.push(Json::Null);
            }
            items
        }
        None => {
            let name = format!("{name}{before}{after}");
            let of = |one| value(parts, item, &name, &Names::new(one), depth + 1);
            let own = || names.beginning(&name).cloned().collect::<Vec<_>>();
            if let Some(union) = parts.union(item) {
                parts.tagged(union, &name, &own()).into_iter().filter_map(of).collect()
            } else if parts.fields(item).is_empty() {
                names.all(&name).map(|text| Json::String(text.to_owned())).collect()
            } else {
                parts.records(item, &name, &own()).into_iter().filter_map(of).collect()
            }
        }
    };
    (!items.is_empty()).then_some(Json::Array(items))
}

/// The items of a text; an empty one has none.
fn commas(text: &str) -> Json {
    let items = text.split(',').filter(|_| !text.is_empty());
    Json::Array(items.map(|item| Json::String(item.to_owned())).collect())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    const API: &str = "\
codegen: 1
name: x
encoding: {lists: 'a[0]'}
types:
  Node: {fields: {name: {type: string, required: true}, children: [Node], named: {map: Node}}}
  Leaf: {fields: {name: {type: string, required: true}}}
  Marks: {type: [string], min_items: 1}
  Marked: {fields: {may: 'Marks?', must: Marks}}
  Row: {fields: {id: {type: integer?, required: true}, day: date?, name: string?, size: integer}}
  Shape: {union: {tag: is, of: {leaf: Leaf}}}
";
    const OPERATIONS: &str = "\
operations:
  list:
    http: GET /
    params:
      node: Node
      row: Row
      marked: {type: Marked, encoding: {lists: commas}}
      nodes: [Node]
      unnumbered: {type: [Node], encoding: {lists: 'a[]'}}
      texts: [string]
      any: json
      paired: {type: json, encoding: {maps: [a.1.k, a.1.v]}}
      s: {type: json, spread: true, rust: own}
      shapes: {map: [Shape], encoding: {lists: 'a[]'}}
";

    /// What a parameter is, of these names with the text `1` each.
    fn read(name: &str, names: impl IntoIterator<Item = String>) -> (Option<Json>, usize) {
        read_all(name, names.into_iter().map(|name| (name, "1".to_owned())))
    }

    /// The same of names and texts; and how many are left.
    fn read_all(name: &str, pairs: impl IntoIterator<Item = (String, String)>) -> (Option<Json>, usize) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("api.yaml"), API).unwrap();
        std::fs::write(folder.path().join("nodes.yaml"), OPERATIONS).unwrap();
        let api = codegen::load(folder.path()).unwrap_or_else(|failure| panic!("{failure}"));
        let parameters = &api.resources[0].operations[0].parameters;
        let parameter = parameters.iter().find(|parameter| parameter.name.wire == name).unwrap();
        let mut texts: Texts = pairs.into_iter().collect();
        let given = take(&api, parameter, &mut texts);
        (given.map(|given| given.json), texts.len())
    }

    #[test]
    fn what_is_of_another_name_stays() {
        let names = ["texts[0]", "texts[2]", "texts[1]", "texts2", "text", "texts"].map(str::to_owned);
        let text = || Json::String("1".to_owned());
        assert_eq!(read("texts", names), (Some(Json::Array(vec![text(), text(), text()])), 2));
        assert_eq!(read("texts", ["text".to_owned()]), (None, 1));
    }

    #[test]
    fn nothing_is_lost() {
        let text = || Json::String("1".to_owned());
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let list = |name: &str, all: &[&str]| read(name, names(all)).0;
        assert_eq!(list("texts", &["texts[0]", "texts[2]"]), Some(Json::Array(vec![text(), Json::Null])));
        assert_eq!(list("texts", &["texts[1]"]), Some(Json::Array(vec![Json::Null])));
        assert_eq!(list("texts", &["texts[x]"]), Some(Json::Array(vec![Json::Null])));
        let twice = Json::Array(vec![text(), text()]);
        assert_eq!(list("texts", &["texts[0]", "texts[0]"]), Some(Json::Array(vec![twice.clone()])));
        let node = Json::Object(vec![("name".to_owned(), twice)]);
        assert_eq!(list("node", &["node[name]", "node[name]"]), Some(node));
    }

    /// As clients send it: nothing says which of the two was meant where a text may be empty.
    #[test]
    fn null_is_an_empty_text() {
        let text = |text: &str| Json::String(text.to_owned());
        let read = |member: &str, sent: &str| match read_all("row", [(format!("row[{member}]"), sent.to_owned())]).0 {
            Some(Json::Object(mut members)) => members.remove(0).1,
            other => panic!("{other:?}"),
        };
        for (member, sent, meant) in [
            ("id", "", Json::Null),
            ("id", "7", text("7")),
            ("day", "", Json::Null),
            ("name", "", text("")),
            ("size", "", text("")),
        ] {
            assert_eq!(read(member, sent), meant, "{member}");
        }
    }

    /// A list without items is the same text, so that only a type that is never null says which of the two was meant.
    #[test]
    fn null_between_commas_is_no_list() {
        let read = |member: &str, sent: &str| {
            let given = read_all("marked", [(format!("marked[{member}]"), sent.to_owned())]).0;
            given.map(|json| json::write(&json)).unwrap_or_default()
        };
        assert_eq!(read("may", ""), r#"{"may":null}"#);
        assert_eq!(read("must", ""), r#"{"must":[]}"#);
        assert_eq!(read("may", "1,2"), r#"{"may":["1","2"]}"#);
    }

    #[test]
    fn depth_is_bounded() {
        let name = format!("node{}[name]", "[children][0]".repeat(10_000));
        assert!(read("node", [name]).0.is_none_or(|json| json::weight(&json) < 100_000));
        for levels in [40, 10_000] {
            let named = "[named][a]".repeat(levels);
            read("node", [format!("node{named}[name]"), format!("node{named}[x]")]);
            let paired = |end: &str| format!("paired{}{end}", ".1.v".repeat(levels));
            read("paired", (0..2_000).map(|at| format!("paired{}.1.k", ".1.v".repeat(at))).chain([paired(".1.k")]));
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "how long it takes is what is tested")]
    fn many_parts_take_no_more_than_linear_time() {
        let start = Instant::now();
        for (name, part) in [("nodes", "[0][name]"), ("unnumbered", "[][name]"), ("any", "[x]")] {
            read(name, (0..50_000).map(|_| format!("{name}{part}")));
        }
        read("texts", (0..50_000).map(|at| format!("texts[{at}]")));
        read("s", (0..50_000).map(|at| format!("s{at}[a]")));
        read("shapes", (0..50_000).map(|at| format!("shapes[{at}][][is]")));
        assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    }
}
