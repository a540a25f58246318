//! The tables of the reference, in Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{OPEN, README, object};
use crate::expr::{ANSWERED, Argument, FUNCTIONS, Gives, RECEIVED, SOURCES, SourceRow, Times, type_name};
use crate::spec::keys::{Group, Key, Object, Type};

/// What the tables of signing are called.
pub(super) const SOURCES_TABLE: &str = "sources of expressions";
pub(super) const RECEIVED_TABLE: &str = "sources of webhooks";
pub(super) const ANSWERED_TABLE: &str = "sources of answers";
pub(super) const FUNCTIONS_TABLE: &str = "functions of expressions";

/// A table by its name: that of an object lists its keys.
pub(super) fn table(name: &str) -> String {
    match name {
        SOURCES_TABLE => sources(SOURCES, "a credential"),
        RECEIVED_TABLE => sources(RECEIVED, "`secret`"),
        ANSWERED_TABLE => sources(ANSWERED, "a credential"),
        FUNCTIONS_TABLE => functions(),
        _ => keys(object(name), &anchors()),
    }
}

fn sources(rows: &[SourceRow], secret: &str) -> String {
    let mut table = row(["name", "type", "value"]) + &row(["---"; 3]);
    for source in rows {
        table += &row([&*format!("`{}`", source.name), type_name(source.ty), source.doc]);
    }
    table + &row([secret, "text", "its value"]) + &row(["a step", "its own", "one of the steps above"])
}

fn functions() -> String {
    let mut table = row(["function", "of", "gives", "what", "for example"]) + &row(["---"; 5]);
    for function in FUNCTIONS {
        let arguments: Vec<_> = function.arguments.iter().map(argument).collect();
        let dot = if function.receivers.is_empty() { "" } else { "." };
        let of: Vec<_> = function.receivers.iter().copied().map(type_name).collect();
        let call = format!("`{dot}{}({})`", function.name, arguments.join(", "));
        let example = format!("`{}`", function.example);
        table += &row([&*call, &*of.join(", "), gives(function.gives), function.doc, &*example]);
    }
    table
}

fn argument(argument: &Argument) -> String {
    match argument.times {
        Times::Once => argument.name.to_owned(),
        Times::Many | Times::InPairs => format!("{}, …", argument.name),
    }
}

fn gives(gives: Gives) -> &'static str {
    match gives {
        Gives::Always(ty) => type_name(ty),
        Gives::Receiver => "the same",
        Gives::TextOrBytes => "text or bytes",
        Gives::List => "list",
        Gives::Branches => "the type of both",
    }
}

/// One line of a table.
fn row<const N: usize>(cells: [&str; N]) -> String {
    let cells = cells.map(|cell| if cell.is_empty() { " |".to_owned() } else { format!(" {cell} |") });
    format!("|{}\n", cells.concat())
}

/// The heading above the table of each object.
pub(super) fn anchors() -> BTreeMap<&'static str, String> {
    let mut heading = String::new();
    let mut anchors = BTreeMap::new();
    for line in README.lines() {
        if let Some(title) = line.strip_prefix('#') {
            let title = title.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
            heading = title.chars().filter(|letter| letter.is_alphanumeric() || "-_".contains(*letter)).collect();
        } else if let Some(name) = line.strip_prefix(OPEN).and_then(|name| name.strip_suffix(" -->")) {
            anchors.insert(name, heading.clone());
        }
    }
    anchors
}

/// The keys of an object.
fn keys(object: &Object, anchors: &BTreeMap<&'static str, String>) -> String {
    let mut table = row(["key", "value", "left out", "meaning"]) + &row(["---"; 4]);
    for key in object.own {
        let name = format!("`{}`", key.name);
        table += &row([&*name, &*value(key.ty, anchors), &*left_out(object, key), &*meaning(object, key)]);
    }
    table
}

fn left_out(object: &Object, key: &Key) -> String {
    let is_one_of = |group: &&Group| matches!(group, Group::ExactlyOne(keys) if keys.contains(&key.name));
    match object.groups.iter().find(is_one_of) {
        _ if key.is_required => "must be there".to_owned(),
        Some(Group::ExactlyOne(keys)) => format!("one of {} must be there", list(keys.iter().copied())),
        Some(Group::AtMostOne(_)) | None => key.default.to_owned(),
    }
}

fn meaning(object: &Object, key: &Key) -> String {
    let mut meaning = key.doc.to_owned();
    if object.short == Some(key.name) {
        meaning += "; may be written without the map";
    }
    for group in object.groups {
        if let Group::AtMostOne(keys) = group
            && keys.contains(&key.name)
        {
            let others = keys.iter().copied().filter(|other| *other != key.name);
            write!(meaning, "; not beside {}", list(others)).unwrap();
        }
    }
    meaning
}

/// A type in words.
fn value(ty: Type, anchors: &BTreeMap<&'static str, String>) -> String {
    match ty {
        Type::Text => "text".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Decimal => "number, whole or not".to_owned(),
        Type::Boolean => "`true` or `false`".to_owned(),
        Type::Literal => "text, number or boolean".to_owned(),
        Type::Null => "`null`".to_owned(),
        Type::Json => "anything".to_owned(),
        Type::JsonObject => "map".to_owned(),
        Type::Words(words) => list(words.iter().copied()),
        Type::NameOf(what) => format!("name of {what}"),
        Type::TypeWord => "[word for a type](#words-for-types)".to_owned(),
        Type::Expression => "[expression](#signing-expressions)".to_owned(),
        Type::Keys(object) => format!("[{}](#{})", object.name, anchors.get(object.name).map_or("", String::as_str)),
        Type::Named(name, ty) => format!("map of {name} to {}", value(*ty, anchors)),
        Type::List(ty) => format!("list of {}", value(*ty, anchors)),
        Type::OneOrMore(ty) => format!("{}, or a list of them", value(*ty, anchors)),
        Type::Either(types) => types.iter().map(|ty| value(*ty, anchors)).collect::<Vec<_>>().join(", or "),
    }
}

fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
