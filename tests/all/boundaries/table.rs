//! What a spec demands of the values of a call, read a third time: by neither validator, and as plainly as can be.

use codegen::ir::{
    Api, BodyKind, Class, Clear, Constraint, EnumKind, Fallback, IdKind, If, Json, Lists, Location, Maps, Nesting,
    Parameter, Rules, Shape, Type,
};
use regex_lite::Regex;

use super::values::{Slot, Values, get, slots_of_fields};

/// Whether a call with these values is as its spec has it; values are of their types.
pub(super) fn accepts(api: &Api, body: BodyKind, lists: &[&[Parameter]], values: &Values) -> bool {
    let values = &sent(api, body, lists, values);
    are_sayable(body, lists, values)
        && lists.iter().all(|list| {
            let slots: Vec<Slot<'_>> = list.iter().map(Slot::from).collect();
            list.iter().zip(&slots).all(|(parameter, slot)| {
                let value = get(values, slot.name);
                let cleared = match parameter.clear.as_deref() {
                    Some(Clear::Text(clear)) => value.and_then(text).is_some_and(|text| text == *clear),
                    Some(Clear::Null) => value == Some(&Json::Null),
                    None => false,
                };
                let is_segment = parameter.location != Location::Path
                    || value.and_then(text).is_none_or(|text| !matches!(&*text, "" | "." | ".."));
                cleared || (is_segment && !(slot.required && value.is_none()) && meets(api, slot, &slots, values))
            })
        })
}

/// Whether commas can keep the items of all values apart.
pub(super) fn are_sayable(body: BodyKind, lists: &[&[Parameter]], values: &Values) -> bool {
    lists.iter().all(|list| {
        list.iter().all(|parameter| {
            let is_json = parameter.location == Location::Body && body.is_json();
            // What is filled in is spelled in its own style.
            let source = |it: &&Parameter| match &it.fallback {
                Fallback::Parameter(at) => list.get(at.value),
                _ => None,
            };
            let mut sources = std::iter::successors(Some(parameter), source);
            let sent = sources.find_map(|it| get(values, &it.name.wire));
            let joins = !is_json && parameter.style.lists == Lists::Commas;
            !joins || sent.is_none_or(|value| sayable(parameter, value, parameter.spread.is_some()))
        })
    })
}

/// Those values of which something is sent, without the members of which nothing is.
pub(super) fn sent(api: &Api, body: BodyKind, lists: &[&[Parameter]], values: &Values) -> Values {
    let is_sent = |(name, value): &&(String, Json)| {
        let parameter = lists.iter().copied().flatten().find(|parameter| parameter.name.wire == *name).unwrap();
        let is_json = parameter.location == Location::Body && body.is_json();
        match (value, api.bare(&parameter.ty)) {
            (Json::Object(members), ty) if parameter.spread.is_some() => {
                let of = |name: &str| match ty {
                    Type::Map(item) => (**item).clone(),
                    ty => api.fields(ty).iter().find(|it| it.name.wire == name).unwrap().ty.clone(),
                };
                members.iter().any(|(name, value)| is_json || texts(api, parameter, &of(name), value) > 0)
            }
            (value, ty) => is_json || texts(api, parameter, ty, value) > 0,
        }
    };
    let whole = |(name, value): &(String, Json)| {
        let parameter = lists.iter().copied().flatten().find(|parameter| parameter.name.wire == *name).unwrap();
        let is_json = parameter.location == Location::Body && body.is_json();
        (name.clone(), if is_json { value.clone() } else { without_nothing(api, parameter, &parameter.ty, value) })
    };
    values.iter().filter(is_sent).map(whole).collect()
}

/// A value without the fields of which no text is sent.
fn without_nothing(api: &Api, parameter: &Parameter, ty: &Type, value: &Json) -> Json {
    match (value, api.bare(ty)) {
        (Json::Array(items), Type::List(item)) if matches!(parameter.style.lists, Lists::Named(_)) => {
            Json::Array(items.iter().map(|value| without_nothing(api, parameter, item, value)).collect())
        }
        (Json::Object(members), ty) if parameter.style.nesting != Nesting::Json && has_members(api, ty) => {
            let of = |name: &str| member(api, ty, members, name);
            let sent = members.iter().filter(|(name, value)| texts(api, parameter, of(name), value) > 0);
            let whole = sent.map(|(name, value)| (name.clone(), without_nothing(api, parameter, of(name), value)));
            Json::Object(whole.collect())
        }
        _ => value.clone(),
    }
}

fn has_members(api: &Api, ty: &Type) -> bool {
    !api.fields(ty).is_empty() || matches!(api.shape(ty), Some(Shape::Union(union)) if union.content.is_some())
}

/// The type of a member of an object with these members.
fn member<'a>(api: &'a Api, ty: &Type, members: &Values, name: &str) -> &'a Type {
    match api.shape(ty) {
        Some(Shape::Record(fields)) => fields.iter().find(|it| it.name.wire == name).map(|it| &it.ty),
        Some(Shape::Union(union)) if union.content.as_deref() == Some(name) => {
            let word = get(members, &union.tag).and_then(text).unwrap_or_default();
            union.variants.iter().find(|(known, _)| known.name.wire == word).map(|(_, ty)| ty)
        }
        _ => None,
    }
    .unwrap_or(&Type::Json)
}

/// How many names with texts a value is, outside of JSON.
fn texts(api: &Api, parameter: &Parameter, ty: &Type, value: &Json) -> usize {
    let style = &parameter.style;
    match (value, api.bare(ty)) {
        (Json::Array(items), ty) if matches!(style.lists, Lists::Named(_)) => {
            let item = if let Type::List(item) = ty { item } else { &Type::Json };
            items.iter().map(|value| texts(api, parameter, item, value)).sum()
        }
        (Json::Object(entries), Type::Map(_) | Type::Json) if style.maps != Maps::Nested => entries.len(),
        (Json::Object(_), _) if style.nesting == Nesting::Json => 1,
        (Json::Object(entries), Type::Map(item)) => {
            entries.iter().map(|(_, value)| texts(api, parameter, item, value)).sum()
        }
        (Json::Object(members), ty) => {
            let of = |name: &str| member(api, ty, members, name);
            members.iter().map(|(name, value)| texts(api, parameter, of(name), value)).sum()
        }
        _ => 1,
    }
}

/// Whether commas can keep the items of a value apart, and those of the lists in it.
fn sayable(parameter: &Parameter, value: &Json, is_spread: bool) -> bool {
    let style = &parameter.style;
    match value {
        Json::Array(items) => {
            let texts: Vec<_> =
                items.iter().map(|item| text(item).unwrap_or_else(|| super::values::print(item))).collect();
            texts != [""] && texts.iter().all(|text| !text.contains(','))
        }
        Json::Object(members) if is_spread || style.nesting != Nesting::Json || style.maps != Maps::Nested => {
            members.iter().all(|(_, value)| sayable(parameter, value, false))
        }
        _ => true,
    }
}

/// Whether values of neighbours are all as demanded; they are of their types.
pub(super) fn all_meet(api: &Api, slots: &[Slot<'_>], values: &Values) -> bool {
    slots.iter().all(|slot| (!slot.required || get(values, slot.name).is_some()) && meets(api, slot, slots, values))
}

/// Whether a value, or that there is none, is as demanded of it, of its type and of what is in it.
fn meets(api: &Api, slot: &Slot<'_>, slots: &[Slot<'_>], values: &Values) -> bool {
    let value = get(values, slot.name);
    let other = |at: usize| get(values, slots[at].name);
    let given = |group: &[usize]| group.iter().filter(|at| other(**at).is_some()).count();
    let holds = |conditions: &[If]| {
        conditions.iter().all(|condition| match other(condition.other) {
            None => false,
            Some(_) if condition.texts.is_empty() => true,
            Some(value) => text(value).is_some_and(|text| {
                let ty = slots[condition.other].ty;
                condition.texts.iter().any(|known| same(api, ty, &text, known))
            }),
        })
    };
    slot.rules.constraints.iter().all(|constraint| match &constraint.value {
        Constraint::AtLeastOne(group) => given(group) >= 1,
        Constraint::ExactlyOne(group) => given(group) == 1,
        Constraint::Unless(at) => value.is_some() || other(*at).is_some(),
        Constraint::RequiredIf(conditions) => value.is_some() || !holds(conditions),
        Constraint::ForbiddenIf(conditions) => value.is_none() || !holds(conditions),
        Constraint::Equals(at) => match (value, other(*at)) {
            (Some(one), Some(other)) => alike(api, slot.ty, one, other),
            (value, _) => value.is_none(),
        },
        // All moments here are spelled so that a later one is greater, as a text or as a number.
        Constraint::After(at) => match (value.and_then(text), other(*at).and_then(text)) {
            (Some(later), Some(earlier)) => later > earlier,
            _ => true,
        },
        alone => value.is_none_or(|value| is_met(api, slot.ty, alone, value)),
    }) && value.is_none_or(|value| of_type(api, slot.ty, value))
}

/// Whether a value is as its type demands.
fn of_type(api: &Api, ty: &Type, value: &Json) -> bool {
    let all_met = |rules: &Rules| rules.constraints.iter().all(|constraint| is_met(api, ty, constraint, value));
    if !api.rules_of(ty).all(all_met) {
        return false;
    }
    match (api.bare(ty), value) {
        (Type::List(item), Json::Array(items)) => items.iter().all(|value| of_type(api, item, value)),
        (Type::Map(item), Json::Object(members)) => members.iter().all(|(_, value)| of_type(api, item, value)),
        (Type::JsonText(held), Json::String(text)) => of_type(api, held, &super::values::parse(text)),
        (named, Json::Object(members)) => match api.shape(named) {
            Some(Shape::Record(fields)) => {
                let slots = slots_of_fields(fields);
                let is_there = |slot: &Slot<'_>| !slot.required || get(members, slot.name).is_some();
                slots.iter().all(|slot| is_there(slot) && meets(api, slot, &slots, members))
            }
            Some(Shape::Union(union)) => {
                let word = get(members, &union.tag).and_then(text).unwrap_or_default();
                let held = union.content.as_ref().map_or(Some(value), |content| get(members, content));
                let shape = union.variants.iter().find(|(known, _)| known.name.wire == word);
                shape.is_none_or(|(_, ty)| held.is_some_and(|held| of_type(api, ty, held)))
            }
            _ => true,
        },
        _ => true,
    }
}

fn is_met(api: &Api, ty: &Type, constraint: &Constraint, value: &Json) -> bool {
    let text = text(value).unwrap_or_default();
    let characters = text.chars().count();
    let items = match value {
        Json::Array(items) => items.len(),
        Json::Object(members) => members.len(),
        _ => 0,
    };
    match constraint {
        Constraint::MinLength(least) => characters >= *least as usize,
        Constraint::MaxLength(most) => characters <= *most as usize,
        Constraint::MinBytes(least) => text.len() >= *least as usize,
        Constraint::MaxBytes(most) => text.len() <= *most as usize,
        Constraint::Min(least) => millionths(&text) >= millionths(least.as_str()),
        Constraint::Max(most) => millionths(&text) <= millionths(most.as_str()),
        Constraint::MultipleOf(unit) => millionths(&text) % millionths(unit.as_str()) == 0,
        Constraint::OneOf(known) => known.iter().any(|known| same(api, ty, &text, known)),
        Constraint::Contains(class) => text.chars().any(|letter| is_of(*class, letter)),
        Constraint::Pattern(pattern) => Regex::new(&format!(r"\A(?:{pattern})\z")).unwrap().is_match(&text),
        // Only the samples of the tests are told apart.
        Constraint::Format(format) => super::values::formats(*format).0.contains(&&*text),
        Constraint::MinItems(least) => items >= *least as usize,
        Constraint::MaxItems(most) => items <= *most as usize,
        Constraint::UniqueItems => match value {
            Json::Array(items) => {
                let Type::List(ty) = api.bare(ty) else { return true };
                let is_new = |(at, item): (usize, &Json)| !items[..at].iter().any(|other| alike(api, ty, item, other));
                items.iter().enumerate().all(is_new)
            }
            _ => true,
        },
        Constraint::MaxSize(most) => match value {
            Json::Array(files) => files.iter().all(|file| is_met(api, ty, constraint, file)),
            Json::Object(files) => files.iter().all(|(_, file)| is_met(api, ty, constraint, file)),
            _ => text.len() as u64 <= *most,
        },
        across => unreachable!("{across:?} is between values"),
    }
}

fn is_of(class: Class, letter: char) -> bool {
    match class {
        Class::Lower => letter.is_lowercase(),
        Class::Upper => letter.is_uppercase(),
        Class::Digit => letter.is_ascii_digit(),
        Class::Special => !letter.is_alphanumeric(),
    }
}

/// The text of a value without parts.
pub(super) fn text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) | Json::Number(text) => Some(text.clone()),
        Json::Boolean(value) => Some(value.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// Whether two values of a type are the same.
fn alike(api: &Api, ty: &Type, one: &Json, other: &Json) -> bool {
    match (text(one), text(other)) {
        (Some(one), Some(other)) => same(api, ty, &one, &other),
        _ => one == other,
    }
}

/// The same of texts: numbers are the same however many zeros they have, and moments at any offset.
pub(super) fn same(api: &Api, ty: &Type, text: &str, known: &str) -> bool {
    let is_number = match (api.bare(ty), api.shape(api.bare(ty))) {
        (Type::Integer | Type::Unsigned | Type::Decimal, _) => true,
        (_, Some(Shape::Id(kind))) => matches!(kind, IdKind::Integer | IdKind::Unsigned),
        (_, Some(Shape::Enum(_, kind))) => *kind == EnumKind::Integer,
        _ => false,
    };
    match api.bare(ty) {
        _ if is_number => millionths(text) == millionths(known),
        // The samples know one offset besides that of UTC.
        Type::DateTime => {
            let in_utc = |text: &str| text.replace("T12:00:00+02:00", "T10:00:00Z");
            in_utc(text) == in_utc(known)
        }
        _ => text == known,
    }
}

/// A number in millionths: the samples have no more places than that.
pub(super) fn millionths(number: &str) -> i128 {
    let (sign, digits) = number.strip_prefix('-').map_or((1, number), |digits| (-1, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    assert!(fraction.len() <= 6 && !number.contains(['e', 'E']), "{number}");
    sign * format!("{whole}{fraction:0<6}").parse::<i128>().unwrap_or_else(|_| panic!("{number:?} is no number"))
}
