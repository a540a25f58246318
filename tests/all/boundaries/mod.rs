//! For every constraint of every operation: values just inside and just outside, of the wrong type, missing, empty, too
//! long, and words that nobody knows. What is to be made of each says a table of its own, from the spec alone; the
//! validators of the generated clients and the mock server must say the same.

mod impossible;
mod moments;
mod neighbours;
mod probes;
mod sent;
mod table;
mod untold;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use client_runtime::rt::{self, Wire};
use codegen::ir::{Api, Clear, Fallback, Json, Location, Operation, Parameter, Presence, Type};

use impossible::IMPOSSIBLE;
use neighbours::of_slots;
use probes::Kind;
pub(crate) use values::to_serde;
use values::{Slot, Values};

use crate::described::Described;

/// How many values there were of each kind, and how many of them are to be accepted.
#[derive(Default)]
struct Count {
    operations: usize,
    /// All, and those that are to be accepted.
    cases: BTreeMap<Kind, [usize; 2]>,
    /// Those that neighbours or other constraints of the same place leave no room for.
    impossible: Vec<String>,
    /// Where one says otherwise than the others.
    broken: Vec<String>,
}

impl Count {
    fn hold(&mut self, is_so: bool, otherwise: impl FnOnce() -> String) {
        if !is_so {
            self.broken.push(otherwise());
        }
    }
}

#[test]
fn both_validators_and_the_table_agree() {
    let mut summary = String::new();
    let (mut total, mut broken, mut reasons) = (0, Vec::new(), BTreeSet::new());
    for described in crate::described::all() {
        let api = described.load();
        let mut count = Count::default();
        for (resource, operation) in api.operations() {
            let id = format!("{}.{}", resource.name.wire, operation.name.wire);
            of_operation(api, described, &id, operation, &mut count);
        }
        broken.append(&mut count.broken);
        total += count.cases.values().map(|[all, _]| all).sum::<usize>();
        writeln!(summary, "{}: {} operations", described.name, count.operations).unwrap();
        for (kind, [all, accepted]) in &count.cases {
            writeln!(summary, "  {:<11}{all:>5}, of them to be accepted {accepted:>5}", format!("{kind:?}")).unwrap();
        }
        for impossible in &count.impossible {
            let known = IMPOSSIBLE.iter().find(|(place, _)| place == impossible);
            match known {
                Some((_, reason)) => writeln!(summary, "  impossible, since {reason}: {impossible}").unwrap(),
                None => broken.push(format!("nobody says why this is impossible: {impossible}")),
            }
            reasons.insert(impossible.clone());
        }
    }
    writeln!(summary, "{total} in all").unwrap();
    let idle = IMPOSSIBLE.iter().filter(|(place, _)| !reasons.contains(*place));
    broken.extend(idle.map(|(place, _)| format!("this is possible: {place}")));
    assert!(broken.is_empty(), "{} broke:\n{}", broken.len(), broken.join("\n"));
    let mut settings = crate::generated::settings();
    settings.set_snapshot_path("../../snapshots");
    settings.bind(|| {
        insta::assert_snapshot!("boundaries", summary);
    });
}

fn of_operation(api: &Api, described: &Described, id: &str, operation: &Operation, count: &mut Count) {
    count.operations += 1;
    for case in cases(api, operation) {
        one(api, described, id, operation, case, count);
    }
}

/// Values for a call, what they are to show, and what is to be made of them.
struct Case {
    what: String,
    kind: Kind,
    values: Values,
    /// Whether they are as the spec has it.
    is_accepted: bool,
}

/// The parameters of a call, and those that it has in common with all that have pages.
fn lists<'a>(api: &'a Api, operation: &'a Operation) -> [&'a [Parameter]; 2] {
    [&operation.parameters, api.page_parameters(operation)]
}

fn cases(api: &Api, operation: &Operation) -> Vec<Case> {
    let lists = lists(api, operation);
    let mut found = Vec::new();
    for list in lists {
        let slots: Vec<Slot<'_>> = list.iter().map(Slot::from).collect();
        for (what, kind, mut values) in of_slots(api, &slots, 3) {
            for other in lists.into_iter().filter(|other| !std::ptr::eq(*other, list)) {
                let slots: Vec<Slot<'_>> = other.iter().map(Slot::from).collect();
                values.extend(values::complete(api, &slots, Vec::new(), 3));
            }
            found.extend(case(api, operation, &lists, what, kind, values));
        }
    }
    found
}

/// Nothing where the values say nothing of what they are to show.
fn case(
    api: &Api,
    operation: &Operation,
    lists: &[&[Parameter]],
    what: String,
    kind: Kind,
    values: Values,
) -> Option<Case> {
    let sent = table::sent(api, operation.encoding.body, lists, &values);
    let nothing = [Json::Array(Vec::new()), Json::Object(Vec::new())];
    let is_missing = |parameter: &Parameter| {
        let value = values::get(&sent, &parameter.name.wire);
        value.is_none_or(|value| parameter.location == Location::Path && nothing.contains(value))
    };
    let is_cleared =
        |parameter: &Parameter| match (parameter.clear.as_deref(), values::get(&values, &parameter.name.wire)) {
            (Some(Clear::Text(clear)), Some(value)) => table::text(value).as_ref() == Some(clear),
            _ => false,
        };
    // An empty text may be what takes a value away, whatever its type.
    let is_clear = what.ends_with("type") && lists.iter().copied().flatten().any(is_cleared);
    // Of what is not sent nothing can be wrong, and no server gets to see it.
    let kind = match kind {
        Kind::WrongType if is_clear => Kind::Empty,
        Kind::Outside if sent.len() < values.len() => Kind::Empty,
        Kind::WrongType if sent.len() < values.len() => return None,
        kind => kind,
    };
    // A path is not made without its parameters, and what is filled in is never missing.
    let is_never = |parameter: &&Parameter| {
        let is_filled = match parameter.fallback {
            Fallback::Parameter(_) => true,
            Fallback::Random => parameter.presence == Presence::Required,
            Fallback::Nothing | Fallback::Server(_) => false,
        };
        parameter.location == Location::Path || is_filled
    };
    if matches!(kind, Kind::Missing | Kind::Empty) && lists.iter().copied().flatten().filter(is_never).any(is_missing) {
        return None;
    }
    let is_accepted = kind != Kind::WrongType && table::accepts(api, operation.encoding.body, lists, &values);
    Some(Case { what, kind, values, is_accepted })
}

fn one(api: &Api, described: &Described, id: &str, operation: &Operation, case: Case, count: &mut Count) {
    let Case { what, kind, values, is_accepted: expected } = &case;
    let shown = || format!("{} {id}: {kind:?} {what}: {values:?}", described.name);
    let cases = count.cases.entry(*kind).or_default();
    cases[0] += 1;
    cases[1] += usize::from(*expected);
    let refused = codegen_mock::refused(api, operation, values);
    // What is of another type cannot be said in Rust: only a server gets to see it.
    if *kind == Kind::WrongType {
        return count.hold(refused.is_some(), || format!("the mock accepts {}", shown()));
    }
    match kind {
        Kind::Inside if !expected => {
            count.impossible.push(format!("{} {id} {what}", described.name));
        }
        Kind::Outside => count.hold(!expected, || format!("the table accepts {}", shown())),
        _ => {}
    }
    let lists = lists(api, operation);
    let wires: Vec<(&str, Box<dyn Wire>)> =
        values.iter().map(|(name, value)| (name.as_str(), wire(api, &lists, name, value))).collect();
    let given: Vec<(&str, &dyn Wire)> = wires.iter().map(|(name, value)| (*name, value.as_ref())).collect();
    let found = (described.check)(id, &given);
    count.hold(found.is_ok() == *expected, || format!("the client says {found:?} of {}", shown()));
    count.hold(refused.is_none() == *expected, || format!("the mock says {refused:?} of {}", shown()));
}

/// What an operation takes, as its call is given it.
pub(crate) fn taken(api: &'static Api, operation: &'static Operation) -> Vec<(&'static str, Box<dyn Wire>)> {
    let slots: Vec<Slot<'_>> = operation.parameters.iter().map(Slot::from).collect();
    let values = values::complete(api, &slots, Vec::new(), 3);
    let parameters = operation.parameters.iter();
    let given =
        parameters.filter_map(|it| Some((&*it.name.wire, wired(api, &it.ty, values::get(&values, &it.name.wire)?))));
    given.collect()
}

/// A value as a call takes it: files are no JSON.
fn wire(api: &Api, lists: &[&[Parameter]], name: &str, value: &Json) -> Box<dyn Wire> {
    let parameter = lists.iter().copied().flatten().find(|parameter| parameter.name.wire == *name).unwrap();
    wired(api, &parameter.ty, value)
}

fn wired(api: &Api, ty: &Type, value: &Json) -> Box<dyn Wire> {
    let file = |value: &Json| rt::Upload::bytes("file", table::text(value).unwrap());
    let are_texts = |mut all: std::slice::Iter<'_, Json>| all.all(|value| table::text(value).is_some());
    match (api.bare(ty), value) {
        (Type::File, value) if table::text(value).is_some() => Box::new(file(value)),
        (Type::List(item), Json::Array(items)) if *api.bare(item) == Type::File && are_texts(items.iter()) => {
            Box::new(items.iter().map(file).collect::<Vec<_>>())
        }
        (Type::Map(item), Json::Object(members)) if *api.bare(item) == Type::File => {
            Box::new(rt::OrderedMap::from_iter(members.iter().map(|(name, value)| (name.clone(), file(value)))))
        }
        _ => Box::new(json(value)),
    }
}

fn json(value: &Json) -> rt::Json {
    match value {
        Json::Null => rt::Json::Null,
        Json::Boolean(value) => rt::Json::Bool(*value),
        Json::Number(text) => rt::Json::Number(text.clone()),
        Json::String(text) => rt::Json::String(text.clone()),
        Json::Array(items) => rt::Json::Array(items.iter().map(json).collect()),
        Json::Object(members) => {
            rt::Json::Object(members.iter().map(|(name, value)| (name.clone(), json(value))).collect())
        }
    }
}
