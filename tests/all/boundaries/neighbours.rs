//! Values on either side of what neighbours demand of each other.

use codegen::ir::{Api, Constraint, Json, Rules, Type};

use super::probes::{Kind, like, probes, respelled, spelled_twice};
use super::table::{all_meet, text};
use super::values::{Slot, Values, complete, get, sample, set};

/// Values of neighbours of which one is beside a line, or there and not there.
pub(super) fn of_slots(api: &Api, slots: &[Slot<'_>], depth: usize) -> Vec<(String, Kind, Values)> {
    let mut found = Vec::new();
    for slot in slots {
        for probe in probes(api, slot.ty, demands(slots, slot), depth) {
            let values = completed(api, slots, vec![(slot.name.to_owned(), probe.value)], (probe.kind, &[]), depth);
            found.push((format!("{} {}", slot.name, probe.what), probe.kind, values));
        }
        let mut without = complete(api, slots, Vec::new(), depth);
        without.retain(|(name, _)| name != slot.name);
        found.push((format!("{} required", slot.name), Kind::Missing, without));
        for constraint in &slot.rules.constraints {
            found.extend(between(api, slots, slot, constraint, depth));
        }
    }
    found
}

/// What is demanded of a value; of one that only repeats another, what is of that.
fn demands<'a>(slots: &[Slot<'a>], slot: &Slot<'a>) -> &'a Rules {
    match slot.rules.constraints.as_slice() {
        [only] => match only.value {
            Constraint::Equals(at) => slots[at].rules,
            _ => slot.rules,
        },
        _ => slot.rules,
    }
}

/// Values that go with those that are given, without those that are to be gone. Where all is to be as demanded and is not,
/// any member of a group may be what was missing.
fn completed(api: &Api, slots: &[Slot<'_>], given: Values, (kind, gone): (Kind, &[&Slot<'_>]), depth: usize) -> Values {
    let is_gone = |name: &str| gone.iter().any(|slot| slot.name == name);
    let made = |given: Values| {
        let mut values = complete(api, slots, given.clone(), depth);
        values.retain(|(name, _)| !is_gone(name));
        for (name, value) in given {
            if get(&values, &name) != Some(&value) {
                set(&mut values, &name, value);
            }
        }
        values
    };
    let first = made(given.clone());
    if kind != Kind::Inside || all_meet(api, slots, &first) {
        return first;
    }
    let is_free = |slot: &&Slot<'_>| !is_gone(slot.name) && !given.iter().any(|(name, _)| name == slot.name);
    let groups = slots.iter().flat_map(|slot| &slot.rules.constraints).filter_map(|it| match &it.value {
        Constraint::AtLeastOne(group) | Constraint::ExactlyOne(group) => Some(group),
        _ => None,
    });
    let others = groups.flatten().map(|at| &slots[*at]).filter(is_free);
    let mut tried = others.map(|slot| {
        let value = sample(api, slot.ty, slot.rules, 0, depth);
        made(given.iter().cloned().chain([(slot.name.to_owned(), value)]).collect())
    });
    tried.find(|values| all_meet(api, slots, values)).unwrap_or(first)
}

/// Values on both sides of what neighbours demand of each other.
fn between(
    api: &Api,
    slots: &[Slot<'_>],
    slot: &Slot<'_>,
    constraint: &Constraint,
    depth: usize,
) -> Vec<(String, Kind, Values)> {
    let value = |slot: &Slot<'_>, seed| sample(api, slot.ty, slot.rules, seed, depth);
    let what = || format!("{} {}", slot.name, constraint.id());
    let mut found = Vec::new();
    // Those that are named are as it says; the rest goes with them where it can.
    let mut put = |kind: Kind, there: &[(&Slot<'_>, Json)], gone: &[&Slot<'_>]| {
        let given = there.iter().map(|(slot, value)| (slot.name.to_owned(), value.clone())).collect();
        found.push((what(), kind, completed(api, slots, given, (kind, gone), depth)));
    };
    match constraint {
        Constraint::Unless(at) => {
            put(Kind::Outside, &[], &[slot, &slots[*at]]);
            put(Kind::Inside, &[(slot, value(slot, 0))], &[&slots[*at]]);
            put(Kind::Inside, &[(&slots[*at], value(&slots[*at], 0))], &[slot]);
        }
        Constraint::AtLeastOne(group) | Constraint::ExactlyOne(group) => {
            let all: Vec<&Slot<'_>> = group.iter().map(|at| &slots[*at]).collect();
            put(Kind::Outside, &[], &all);
            for one in &all {
                let others: Vec<&Slot<'_>> = all.iter().filter(|it| it.name != one.name).copied().collect();
                put(Kind::Inside, &[(one, value(one, 0))], &others);
            }
            let lists = all.iter().filter(|slot| matches!(api.bare(slot.ty), Type::List(_)));
            for list in lists {
                let other = all.iter().find(|it| it.name != list.name).unwrap();
                put(Kind::Empty, &[(list, Json::Array(Vec::new())), (other, value(other, 0))], &[]);
            }
            let both: Vec<_> = all.iter().take(2).map(|slot| (*slot, value(slot, 0))).collect();
            let kind = if matches!(constraint, Constraint::ExactlyOne(_)) { Kind::Outside } else { Kind::Inside };
            put(kind, &both, &[]);
        }
        Constraint::RequiredIf(conditions) | Constraint::ForbiddenIf(conditions) => {
            let is_required = matches!(constraint, Constraint::RequiredIf(_));
            let met: Vec<_> = conditions
                .iter()
                .map(|it| {
                    let other = &slots[it.other];
                    let word = it.texts.first().map(|text| like(&value(other, 0), &text.value));
                    (other, word.unwrap_or_else(|| value(other, 0)))
                })
                .collect();
            let others: Vec<&Slot<'_>> = met.iter().map(|(other, _)| *other).collect();
            let with = |value: Json| met.iter().cloned().chain([(slot, value)]).collect::<Vec<_>>();
            let (there, gone) = if is_required { (Kind::Inside, Kind::Outside) } else { (Kind::Outside, Kind::Inside) };
            put(there, &with(value(slot, 0)), &[]);
            put(gone, &met, &[slot]);
            put(Kind::Inside, &[(slot, value(slot, 0))], &others);
            put(Kind::Inside, &[], &[&[slot], others.as_slice()].concat());
            // What reads like the number that is meant is the same where it is a number, and another text where not.
            if let [(other, word)] = met.as_slice()
                && let Some(text) = text(word).and_then(|text| respelled(&text))
            {
                let met = [(*other, like(word, &text))];
                match api.bare(other.ty) {
                    Type::Decimal if is_required => put(gone, &met, &[slot]),
                    Type::String if is_required && other.rules.is_empty() => put(Kind::Inside, &met, &[slot]),
                    _ => {}
                }
            }
        }
        Constraint::Equals(at) => {
            let other = &slots[*at];
            let repeated = |seed| sample(api, slot.ty, demands(slots, slot), seed, depth);
            put(Kind::Inside, &[(slot, repeated(0)), (other, repeated(0))], &[]);
            put(Kind::Outside, &[(slot, repeated(0)), (other, repeated(1))], &[]);
            match api.bare(slot.ty) {
                Type::Decimal => {
                    let [one, same] = spelled_twice(&value(slot, 0));
                    put(Kind::Inside, &[(slot, one), (other, same)], &[]);
                }
                Type::DateTime if api.form(slot.ty).is_none() => {
                    let at = |time: &str| Json::String(format!("2024-05-01T{time}"));
                    put(Kind::Inside, &[(slot, at("10:00:00Z")), (other, at("12:00:00+02:00"))], &[]);
                    put(Kind::Outside, &[(slot, at("10:00:00Z")), (other, at("10:00:00+02:00"))], &[]);
                }
                Type::String if slot.rules.constraints.len() == 1 && other.rules.is_empty() => {
                    let [one, another] = spelled_twice(&Json::String("1".into()));
                    put(Kind::Outside, &[(slot, one), (other, another)], &[]);
                }
                _ => {}
            }
        }
        Constraint::After(at) => {
            let other = &slots[*at];
            put(Kind::Inside, &[(slot, value(slot, 1)), (other, value(other, 0))], &[]);
            put(Kind::Outside, &[(slot, value(slot, 1)), (other, value(other, 1))], &[]);
            put(Kind::Outside, &[(slot, value(slot, 0)), (other, value(other, 1))], &[]);
            put(Kind::Inside, &[(slot, value(slot, 0))], &[other]);
        }
        _ => {}
    }
    found
}
