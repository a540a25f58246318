//! Names and texts to maps, whose names are data.

use std::collections::HashSet;

use codegen::ir::{Counted, Json, Maps, Nesting, Type};

use crate::decode::value;
use crate::json;
use crate::names::Names;
use crate::parts::Parts;

/// A map by its name; one without entries is not there.
pub(crate) fn map<'a>(parts: Parts<'a>, item: &'a Type, name: &str, names: &Names<'_>, depth: usize) -> Option<Json> {
    let entries = match (&parts.style.maps, &parts.style.nesting) {
        (Maps::Pairs(counted, of_name, of_value), _) => {
            let Counted { before, first, after } = counted;
            let entry = |number: usize| {
                let entry = format!("{name}{before}{number}{after}");
                let key = names.text(&format!("{entry}{of_name}"))?.to_owned();
                Some((key, value(parts, item, &format!("{entry}{of_value}"), names, depth)?))
            };
            (first.unwrap_or_default()..).map_while(entry).collect()
        }
        (Maps::Nested, Nesting::Json) => return json::value(names.text(name)?),
        (Maps::Nested, Nesting::Named(before, after)) => {
            let mut seen = HashSet::new();
            let beginning = format!("{name}{before}");
            let key = |(other, _): &(String, String)| key(parts, item, other.strip_prefix(&beginning)?, before, after);
            let keys: Vec<String> =
                names.texts().iter().filter_map(key).filter(|key| seen.insert(key.clone())).collect();
            let entry = |key: String| {
                let value = value(parts, item, &parts.member(name, &key), names, depth)?;
                Some((key, value))
            };
            keys.into_iter().filter_map(entry).collect::<Vec<_>>()
        }
    };
    (!entries.is_empty()).then_some(Json::Object(entries))
}

/// The name of an entry, from what stands behind the beginning that all have: of a text it is all of that, of anything
/// else what comes before its parts.
fn key(parts: Parts<'_>, item: &Type, rest: &str, before: &str, after: &str) -> Option<String> {
    let is_text = !parts.is_open(item) && !parts.has_parts(item);
    let key = match (is_text, after.is_empty()) {
        (true, _) => rest.strip_suffix(after)?,
        (false, false) => rest.split_once(after)?.0,
        (false, true) => rest.split(before).next()?,
    };
    Some(key.to_owned())
}
