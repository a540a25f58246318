//! Functions of fields and lists.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

type Pair = (String, String);

/// For each name the fields of it, in the order of the names; `missing` stands in for what is not there.
pub(super) fn keep(fields: &[Pair], names: &[String], missing: Option<&str>) -> Vec<Pair> {
    let mut kept = Vec::new();
    for name in names {
        let before = kept.len();
        kept.extend(fields.iter().filter(|(field, _)| field == name).cloned());
        if let Some(value) = missing.filter(|_| kept.len() == before) {
            kept.push((name.clone(), value.to_owned()));
        }
    }
    kept
}

/// Equal names become one field where the first of them stands.
pub(super) fn merge(fields: Vec<Pair>, separator: &str) -> Vec<Pair> {
    let mut places = HashMap::new();
    let mut merged: Vec<(String, Vec<String>)> = Vec::new();
    for (name, value) in fields {
        let place = *places.entry(name.clone()).or_insert(merged.len());
        match merged.get_mut(place) {
            Some((_, values)) => values.push(value),
            None => merged.push((name, vec![value])),
        }
    }
    merged.into_iter().map(|(name, values)| (name, values.join(separator))).collect()
}

/// Of equal items the first.
pub(super) fn unique<T: Clone + Eq + Hash>(items: Vec<T>) -> Vec<T> {
    let mut seen = HashSet::new();
    items.into_iter().filter(|item| seen.insert(item.clone())).collect()
}

pub(super) fn get(fields: Vec<Pair>, name: &str) -> Option<String> {
    fields.into_iter().find(|(field, _)| field == name).map(|(_, value)| value)
}

pub(super) fn names(fields: Vec<Pair>, change: impl Fn(&str) -> String) -> Vec<Pair> {
    fields.into_iter().map(|(name, value)| (change(&name), value)).collect()
}

pub(super) fn values(fields: Vec<Pair>, change: impl Fn(&str) -> String) -> Vec<Pair> {
    fields.into_iter().map(|(name, value)| (name, change(&value))).collect()
}
