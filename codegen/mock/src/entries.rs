//! Names and texts to maps, whose names are data.

use std::collections::HashSet;

use codegen::ir::{Counted, Field, Json, Lists, Maps, Nesting, Type};

use crate::decode::{in_text, single, value};
use crate::names::Names;
use crate::parts::Parts;

/// Longer names are none of parts: where an entry's ends is searched for at each of its letters.
const MAX_NAME: usize = 512;

/// What was searched for already: a type by its place in the model, and how much of the name was left. It is there no more
/// often than once, because whatever is found ends the search.
type Seen = HashSet<(*const Type, usize)>;

/// A map by its name; one without entries is not there.
pub(crate) fn map<'a>(parts: Parts<'a>, item: &'a Type, name: &str, names: &Names<'_>, depth: usize) -> Option<Json> {
    match (&parts.style.maps, &parts.style.nesting) {
        (Maps::Pairs(counted, of_name, of_value), _) => {
            let Counted { before, first, after } = counted;
            let entry = |number: usize| {
                let entry = format!("{name}{before}{number}{after}");
                let key = names.text(&format!("{entry}{of_name}"))?.to_owned();
                let value = value(parts, item, &format!("{entry}{of_value}"), names, depth);
                Some((key, value.or_else(|| nothing(parts, item))?))
            };
            object((first.unwrap_or_default()..).map_while(entry).collect())
        }
        // What is within the map is a level deeper than the map.
        (Maps::Nested, Nesting::Json) => single(names, name, |text| in_text(text, depth.saturating_sub(1))),
        (Maps::Nested, Nesting::Named(before, after)) => named(parts, item, name, (before, after), names, depth),
    }
}

/// A map of which each entry has a name of its own that begins like this.
pub(crate) fn spread<'a>(parts: Parts<'a>, ty: &'a Type, prefix: &str, names: &Names<'_>) -> Option<Json> {
    match parts.api.bare(ty) {
        Type::Map(item) => named(parts, item, prefix, ("", ""), names, 1),
        bare if parts.is_open(bare) => named(parts, &Type::Json, prefix, ("", ""), names, 0),
        bare => {
            let member = |field: &'a Field| {
                let wire = &field.name.wire;
                Some((wire.clone(), value(parts, &field.ty, &format!("{prefix}{wire}"), names, 1)?))
            };
            object(parts.fields(bare).iter().filter_map(member).collect())
        }
    }
}

/// Entries whose names stand between these two, behind that of the map.
fn named<'a>(
    parts: Parts<'a>,
    item: &'a Type,
    name: &str,
    (before, after): (&str, &str),
    names: &Names<'_>,
    depth: usize,
) -> Option<Json> {
    let mut seen = HashSet::new();
    let beginning = format!("{name}{before}");
    let key = |(other, _): &(String, String)| {
        let rest = other.strip_prefix(&beginning)?;
        Some(key(parts, item, rest, after, &mut Seen::new())?.to_owned())
    };
    let keys: Vec<String> =
        names.beginning(&beginning).filter_map(key).filter(|key| seen.insert(key.clone())).collect();
    let entry = |key: String| {
        let value = value(parts, item, &format!("{beginning}{key}{after}"), names, depth)?;
        Some((key, value))
    };
    object(keys.into_iter().filter_map(entry).collect())
}

fn object(entries: Vec<(String, Json)>) -> Option<Json> {
    (!entries.is_empty()).then_some(Json::Object(entries))
}

/// What a value is of which nothing was sent, as it has nothing in it.
fn nothing<'a>(parts: Parts<'a>, ty: &'a Type) -> Option<Json> {
    match parts.api.bare(ty) {
        Type::List(_) => Some(Json::Array(Vec::new())),
        bare if parts.has_parts(bare) => Some(Json::Object(Vec::new())),
        _ => None,
    }
}

/// The name of an entry, from what stands behind the beginning that all have: what comes before the first end behind which
/// there is nothing but the name of a part.
fn key<'r, 'a>(parts: Parts<'a>, item: &'a Type, rest: &'r str, after: &str, seen: &mut Seen) -> Option<&'r str> {
    if !parts.has_parts(item) {
        return rest.strip_suffix(after);
    }
    if rest.len() > MAX_NAME {
        return None;
    }
    rest.char_indices().map(|(at, _)| at).chain([rest.len()]).find_map(|at| {
        let (key, tail) = rest.split_at_checked(at)?;
        is_part(parts, item, tail.strip_prefix(after)?, seen).then_some(key)
    })
}

/// Whether this stands behind the name of a value in the name of one of its parts.
fn is_part<'a>(parts: Parts<'a>, ty: &'a Type, rest: &str, seen: &mut Seen) -> bool {
    let (style, bare) = (parts.style, parts.api.bare(ty));
    if !seen.insert((bare, rest.len())) {
        return false;
    }
    let numbered = |Counted { before, first, after }: &Counted| {
        let rest = rest.strip_prefix(before.as_str())?;
        let digits = if first.is_some() { rest.len() - rest.trim_start_matches(is_digit).len() } else { 0 };
        let (number, rest) = rest.split_at_checked(digits)?;
        rest.strip_prefix(after.as_str()).filter(|_| first.is_none() || !number.is_empty())
    };
    let mut within = |ty: &'a Type, rest: Option<&str>| rest.is_some_and(|rest| is_part(parts, ty, rest, seen));
    match (bare, &style.nesting) {
        (Type::List(item), _) => match &style.lists {
            Lists::Named(counted) => within(item, numbered(counted)),
            Lists::Commas | Lists::Json => rest.is_empty(),
        },
        (bare, nesting) if parts.union(bare).is_some() => {
            let Nesting::Named(before, after) = nesting else { return rest.is_empty() };
            parts.union(bare).is_some_and(|union| {
                let behind = |member: &str| {
                    let rest = rest.strip_prefix(before.as_str())?.strip_prefix(member)?;
                    rest.strip_prefix(after.as_str())
                };
                let mut types = union.variants.iter().map(|(_, ty)| ty);
                behind(&union.tag) == Some("")
                    || match &union.content {
                        Some(content) => types.any(|ty| within(ty, behind(content))),
                        None => types.any(|ty| within(ty, Some(rest))),
                    }
            })
        }
        (bare, nesting) if parts.is_open(bare) => match (bare, &style.maps, nesting) {
            (Type::Map(item), Maps::Pairs(counted, of_name, of_value), _) => numbered(counted)
                .is_some_and(|rest| rest == of_name || within(item, rest.strip_prefix(of_value.as_str()))),
            (Type::Map(item), Maps::Nested, Nesting::Named(before, after)) => {
                rest.strip_prefix(before.as_str()).is_some_and(|rest| key(parts, item, rest, after, seen).is_some())
            }
            // Nobody says what it is: one text, or parts.
            (Type::Json, Maps::Pairs(counted, ..), _) => rest.is_empty() || numbered(counted).is_some(),
            (_, _, Nesting::Named(before, _)) => {
                rest.is_empty() || (!before.is_empty() && rest.starts_with(before.as_str()))
            }
            _ => rest.is_empty(),
        },
        (bare, Nesting::Named(before, after)) if !parts.fields(bare).is_empty() => {
            parts.fields(bare).iter().any(|field| {
                let rest =
                    rest.strip_prefix(before.as_str()).and_then(|rest| rest.strip_prefix(field.name.wire.as_str()));
                within(&field.ty, rest.and_then(|rest| rest.strip_prefix(after.as_str())))
            })
        }
        _ => rest.is_empty(),
    }
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use crate::decode::take;
    use crate::json;

    /// What a parameter `m` is, of these names and texts.
    fn read(described: &str, pairs: &[(&str, &str)]) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        let types = "types: {Line: {fields: {name: {type: string, required: true}, tags: [string]}}, \
                     Shape: {union: {tag: is, of: {line: Line}}}, Held: {union: {tag: is, content: it, of: {line: Line}}}}";
        let operation = format!("operations: {{list: {{http: GET /, params: {{m: {{{described}, rust: own}}}}}}}}\n");
        std::fs::write(folder.path().join("api.yaml"), format!("codegen: 1\nname: x\n{types}\n")).unwrap();
        std::fs::write(folder.path().join("things.yaml"), operation).unwrap();
        let api = codegen::load(folder.path()).unwrap_or_else(|failure| panic!("{failure}"));
        let parameter = &api.resources[0].operations[0].parameters[0];
        let mut texts = pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let given = take(&api, parameter, &mut texts)?;
        assert!(texts.is_empty(), "{texts:?}");
        Some(json::write(&given.json))
    }

    #[test]
    fn names_of_entries_may_hold_what_separates_parts() {
        for (style, pairs, expected) in [
            ("{}", &[("m[a]b][]", "1"), ("m[[]][]", "2")][..], r#"{"a]b":["1"],"[]":["2"]}"#),
            ("{lists: a}", &[("m[a[0]]", "1"), ("m[a[0]]", "2")], r#"{"a[0]":["1","2"]}"#),
            (
                "{nesting: a.b, lists: 'a[0]'}",
                &[("m.a.b[0]", "1"), ("m.[1]x[0]", "2")],
                r#"{"a.b":["1"],"[1]x":["2"]}"#,
            ),
            ("{nesting: a.b, lists: commas}", &[("m.a.b", "1,2")], r#"{"a.b":["1","2"]}"#),
        ] {
            let described = format!("map: [string], encoding: {style}");
            assert_eq!(read(&described, pairs).as_deref(), Some(expected), "{style}");
        }
        let pairs = [("m.a.name", "1"), ("m.a.tags[]", "2"), ("m.name.name", "3")];
        let expected = r#"{"a":{"name":"1","tags":["2"]},"name":{"name":"3"}}"#;
        assert_eq!(read("map: Line, encoding: {nesting: a.b}", &pairs).as_deref(), Some(expected));
    }

    #[test]
    fn what_is_spread_has_parts_as_anything_else() {
        for (described, pairs, expected) in [
            (
                "map: [string], spread: true",
                &[("ma[]", "1"), ("ma[]", "2"), ("m[]", "3")][..],
                r#"{"a":["1","2"],"":["3"]}"#,
            ),
            (
                "map: [string], spread: true, encoding: {lists: commas}",
                &[("ma", "1,2"), ("mb", "")],
                r#"{"a":["1","2"],"b":[]}"#,
            ),
            (
                "map: Line, spread: true",
                &[("ma[name]", "1"), ("ma[tags][]", "2")],
                r#"{"a":{"name":"1","tags":["2"]}}"#,
            ),
            (
                "map: Line, spread: true, encoding: {nesting: json}",
                &[("ma", r#"{"name":"1"}"#)],
                r#"{"a":{"name":"1"}}"#,
            ),
            ("type: Line, spread: true", &[("mname", "1"), ("mtags[]", "2")], r#"{"name":"1","tags":["2"]}"#),
            ("map: string, spread: true", &[("m", "1"), ("ma[]", "2")], r#"{"":"1","a[]":"2"}"#),
        ] {
            assert_eq!(read(described, pairs).as_deref(), Some(expected), "{described}");
        }
    }

    #[test]
    fn an_entry_may_have_nothing_in_it() {
        let pairs = [("m.1.k", "a"), ("m.2.k", "b"), ("m.2.v[]", "1")];
        let described = "map: [string], encoding: {maps: [a.1.k, a.1.v]}";
        assert_eq!(read(described, &pairs).as_deref(), Some(r#"{"a":[],"b":["1"]}"#));
        let pairs = [("m.1.k", "a"), ("m.1.v", "1")];
        assert_eq!(read("type: json, encoding: {maps: [a.1.k, a.1.v]}", &pairs).as_deref(), Some(r#"{"a":"1"}"#));
    }

    #[test]
    fn what_says_which_shape_it_is_begins_each_of_them() {
        let pairs =
            [("m[][is]", "line"), ("m[][name]", "1"), ("m[][tags][]", "2"), ("m[][is]", "line"), ("m[][name]", "3")];
        let expected = r#"[{"is":"line","name":"1","tags":["2"]},{"is":"line","name":"3"}]"#;
        assert_eq!(read("type: [Shape]", &pairs).as_deref(), Some(expected));
        let pairs = [("m[a]b][is]", "line"), ("m[a]b][it][name]", "1"), ("m[a]b][it][tags][]", "2")];
        let expected = r#"{"a]b":{"is":"line","it":{"name":"1","tags":["2"]}}}"#;
        assert_eq!(read("map: Held", &pairs).as_deref(), Some(expected));
        assert_eq!(
            read("type: Shape", &[("m[is]", "other"), ("m[x]", "1")]).as_deref(),
            Some(r#"{"is":"other","x":"1"}"#)
        );
    }
}
