//! Values on either side of every line that a spec draws.

use std::collections::BTreeSet;

use codegen::ir::{Api, Class, Constraint, Form, IdKind, Json, Rules, Shape, Type};

use super::neighbours::of_slots;
use super::table::millionths;
use super::values::{
    decimal, entries, formats, get, items, parse, print, sample, slots_of_fields, spelled, stretch, variant,
};

/// What a value is to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Inside,
    Outside,
    /// Whichever of the two the table says.
    Beside,
    WrongType,
    Missing,
    Empty,
    TooLong,
    WrongWord,
}

/// A value for one place.
#[derive(Debug, Clone)]
pub(super) struct Probe {
    pub kind: Kind,
    /// The constraint, and the path to what is beside the line.
    pub what: String,
    pub value: Json,
}

/// So long that nobody means it.
const LONG: usize = 5_000;

/// Values of one place: of its own rules, of those of its type, and of what is within it.
pub(super) fn probes(api: &Api, ty: &Type, rules: &Rules, depth: usize) -> Vec<Probe> {
    let mut found = Vec::new();
    let of_type = api.rules_of(ty).flat_map(|rules| &rules.constraints);
    let base = sample(api, ty, rules, 0, depth);
    for constraint in rules.constraints.iter().chain(of_type) {
        beside(api, ty, constraint, &base, &mut found, depth);
    }
    of_the_type(api, ty, &base, &mut found);
    // A text of a form that is made longer may have the form still, or not: only the samples are known.
    let all = || rules.constraints.iter().chain(api.rules_of(ty).flat_map(|rules| &rules.constraints));
    if all().any(|it| matches!(it.value, Constraint::Format(_))) {
        let lengths = ["min_length", "max_length", "min_bytes", "max_bytes"];
        found.retain(|it| it.kind != Kind::TooLong && !(it.kind == Kind::Inside && lengths.contains(&&*it.what)));
    }
    within(api, ty, &mut found, depth);
    found
}

fn put(found: &mut Vec<Probe>, kind: Kind, what: &str, value: Json) {
    found.push(Probe { kind, what: what.to_owned(), value });
}

/// Values just inside and just outside of one constraint.
fn beside(api: &Api, ty: &Type, constraint: &Constraint, base: &Json, found: &mut Vec<Probe>, depth: usize) {
    let id = constraint.id();
    let text = if let Json::String(text) | Json::Number(text) = base { text.as_str() } else { "" };
    let mut inside = |value: Json| put(found, Kind::Inside, id, value);
    let string = |text: String| Json::String(text);
    let number = |millionths: i128| match base {
        Json::String(_) => Json::String(decimal(millionths)),
        _ => Json::Number(decimal(millionths)),
    };
    let step = if *api.bare(ty) == Type::Decimal { 10_000 } else { 1_000_000 };
    let mut outside: Vec<Json> = Vec::new();
    match constraint {
        Constraint::MinLength(n) => {
            inside(string(stretch(text, *n as usize)));
            outside.extend(n.checked_sub(1).map(|n| string(stretch(text, n as usize))));
        }
        Constraint::MaxLength(n) => {
            inside(string(stretch(text, *n as usize)));
            outside.push(string(stretch(text, *n as usize + 1)));
        }
        Constraint::MinBytes(n) => {
            inside(string(bytes(*n as usize)));
            outside.extend(n.checked_sub(1).map(|n| string(bytes(n as usize))));
        }
        Constraint::MaxBytes(n) => {
            inside(string(bytes(*n as usize)));
            outside.push(string(bytes(*n as usize + 1)));
        }
        Constraint::Min(n) => {
            inside(number(millionths(n.as_str())));
            outside.push(number(millionths(n.as_str()) - step));
        }
        Constraint::Max(n) => {
            inside(number(millionths(n.as_str())));
            outside.push(number(millionths(n.as_str()) + step));
        }
        Constraint::MultipleOf(n) => {
            let unit = millionths(n.as_str());
            inside(number(millionths(text) + unit * 6));
            inside(base.clone());
            // Halves of what a price is counted in are decimals as well.
            let step = if *api.bare(ty) == Type::Decimal { 1 } else { step };
            let part = unit / 2 / step.min(unit) * step.min(unit);
            outside.extend((part > 0 && part < unit).then(|| number(millionths(text) + part)));
        }
        Constraint::OneOf(known) => {
            for word in known.iter() {
                inside(like(base, &word.value));
                match (api.bare(ty), respelled(&word.value)) {
                    (Type::Decimal, Some(text)) => inside(like(base, &text)),
                    (Type::String, Some(text)) if known.iter().all(|known| known.value != text) => {
                        outside.push(like(base, &text));
                    }
                    _ => {}
                }
            }
            let is_number = matches!(api.bare(ty), Type::Integer | Type::Unsigned | Type::Decimal);
            match base {
                base if is_number || matches!(base, Json::Number(_)) => {
                    let other = other_number(known.iter().map(|it| &*it.value));
                    outside.extend(other.map(|other| like(base, &other)));
                }
                _ => put(found, Kind::WrongWord, id, string("~none of them~".into())),
            }
        }
        Constraint::Contains(class) => {
            inside(base.clone());
            outside.push(string(without(*class, text)));
            if *class == Class::Special {
                inside(string(format!("{text} é")));
            }
        }
        Constraint::Pattern(_) => {
            inside(base.clone());
            outside.push(string(format!("{text}\u{1}")));
            outside.push(string("\u{1}".into()));
            found.extend(nearly(text).into_iter().map(|text| probe(Kind::Beside, id, string(text))));
        }
        Constraint::Format(format) => {
            let (good, bad) = formats(*format);
            good.iter().for_each(|text| inside(string((*text).into())));
            outside.extend(bad.iter().map(|text| string((*text).into())));
        }
        Constraint::MinItems(n) => {
            found.extend(counted(api, ty, *n as usize, depth).map(|value| probe(Kind::Inside, id, value)));
            outside.extend(n.checked_sub(1).and_then(|n| counted(api, ty, n as usize, depth)));
        }
        Constraint::MaxItems(n) => {
            found.extend(counted(api, ty, *n as usize, depth).map(|value| probe(Kind::Inside, id, value)));
            outside.extend(counted(api, ty, *n as usize + 1, depth));
        }
        Constraint::UniqueItems => {
            if let Some(Json::Array(two)) = counted(api, ty, 2, depth) {
                put(found, Kind::Inside, id, Json::Array(two.clone()));
                outside.push(Json::Array([two.as_slice(), &two[..1]].concat()));
                match api.bare(ty) {
                    Type::List(item) if *api.bare(item) == Type::Decimal => {
                        outside.push(Json::Array(spelled_twice(&two[0]).to_vec()));
                    }
                    Type::List(item) if **item == Type::String => {
                        put(found, Kind::Inside, id, Json::Array(spelled_twice(&string("1".into())).to_vec()));
                    }
                    _ => {}
                }
            }
        }
        Constraint::MaxSize(n) => {
            // A file of many megabytes shows nothing that one of the size of a page would not.
            if let Ok(n) = usize::try_from(*n) {
                inside(sized(api, ty, n));
                outside.push(sized(api, ty, n + 1));
            }
        }
        Constraint::Equals(_)
        | Constraint::Unless(_)
        | Constraint::RequiredIf(_)
        | Constraint::ForbiddenIf(_)
        | Constraint::AtLeastOne(_)
        | Constraint::ExactlyOne(_)
        | Constraint::After(_) => {}
    }
    outside.into_iter().for_each(|value| put(found, Kind::Outside, id, value));
}

/// Texts with a character less or more than one, and with another in the place of one: the ones before and after it, and
/// of the next class.
fn nearly(text: &str) -> BTreeSet<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut found = BTreeSet::new();
    for (at, &letter) in letters.iter().enumerate() {
        let next = match letter {
            '0'..='9' => 'a',
            'a'..='z' => 'A',
            'A'..='Z' => '0',
            _ => 'a',
        };
        let neighbour = |step: fn(u32) -> Option<u32>| char::from_u32(step(u32::from(letter))?);
        let others = [neighbour(|code| code.checked_sub(1)), neighbour(|code| code.checked_add(1)), Some(next)];
        let others = others.into_iter().flatten().filter(|other| !other.is_control()).map(|other| vec![other]);
        for part in others.chain([vec![], vec![letter, letter]]) {
            found.insert(letters[..at].iter().chain(&part).chain(&letters[at + 1..]).collect());
        }
    }
    found
}

fn probe(kind: Kind, what: &str, value: Json) -> Probe {
    Probe { kind, what: what.to_owned(), value }
}

/// A class without any of its characters in a text of as many.
fn without(class: Class, text: &str) -> String {
    let other = if class == Class::Lower { 'A' } else { 'a' };
    let is_of = |letter: char| match class {
        Class::Lower => letter.is_lowercase(),
        Class::Upper => letter.is_uppercase(),
        Class::Digit => letter.is_ascii_digit(),
        Class::Special => !letter.is_alphanumeric(),
    };
    text.chars().map(|letter| if is_of(letter) { other } else { letter }).collect()
}

/// A text in as many bytes, of which most are of letters with two.
fn bytes(count: usize) -> String {
    format!("{}{}", if count % 2 == 1 { "a" } else { "" }, "é".repeat(count / 2))
}

/// A word of the spec as such a value stands in JSON.
pub(super) fn like(base: &Json, word: &str) -> Json {
    if let Json::Number(_) = base { Json::Number(word.to_owned()) } else { Json::String(word.to_owned()) }
}

/// A number with a zero more behind the point; of a text that reads like one, another text.
pub(super) fn respelled(text: &str) -> Option<String> {
    text.parse::<f64>().ok().map(|_| format!("{text}{}", if text.contains('.') { "0" } else { ".0" }))
}

/// A value that reads like a number, and the same with a zero more.
pub(super) fn spelled_twice(value: &Json) -> [Json; 2] {
    let other = respelled(&super::table::text(value).unwrap()).unwrap();
    [value.clone(), like(value, &other)]
}

fn other_number<'a>(known: impl Iterator<Item = &'a str>) -> Option<String> {
    known.map(millionths).max().map(|most| decimal(most + 1_000_000))
}

/// A list or map with so many different values; nothing where there are not so many.
fn counted(api: &Api, ty: &Type, count: usize, depth: usize) -> Option<Json> {
    let (values, value) = match api.bare(ty) {
        Type::List(item) => {
            let values = items(api, &spelled(api, ty, item), count, depth);
            (values.clone(), Json::Array(values))
        }
        Type::Map(item) => (Vec::new(), Json::Object(entries(api, &spelled(api, ty, item), count, depth))),
        _ => return None,
    };
    let differ = values.iter().enumerate().all(|(at, value)| !values[..at].contains(value));
    (differ || count == 0).then_some(value)
}

fn sized(api: &Api, ty: &Type, count: usize) -> Json {
    match api.bare(ty) {
        Type::List(_) => Json::Array(vec![Json::String("x".repeat(count))]),
        Type::Map(_) => Json::Object(vec![("k".into(), Json::String("x".repeat(count)))]),
        _ => Json::String("x".repeat(count)),
    }
}

/// Values that show what a type takes, whatever else is demanded.
fn of_the_type(api: &Api, ty: &Type, base: &Json, found: &mut Vec<Probe>) {
    let string = |text: &str| Json::String(text.into());
    // With something in it, so that it is sent in any style.
    let list = || Json::Array(vec![Json::Array(vec![string("x")])]);
    put(found, Kind::Inside, "type", base.clone());
    let number = |text: &str| like(base, text);
    let nothing = || string("");
    let no_whole = || vec![string("many"), nothing(), number("1.5"), number("9223372036854775808")];
    let no_count = || vec![string("many"), nothing(), number("1.5"), number("-1"), number("18446744073709551616")];
    let no_text = || vec![list(), Json::Boolean(true)];
    let (wrong, empty) = match api.bare(ty) {
        // For some, an empty text is one of the words.
        Type::Boolean if Form::truth(api.form(ty), "").is_some() => (vec![string("perhaps")], None),
        Type::Boolean => (vec![string("perhaps"), nothing()], None),
        Type::Integer => (no_whole(), None),
        Type::Unsigned => (no_count(), None),
        Type::Decimal => (vec![string("many"), nothing()], None),
        Type::String | Type::NumberOrString => (no_text(), Some(nothing())),
        Type::Base64 => (vec![list(), string("aGk"), string("~~~~")], Some(nothing())),
        Type::DateTime | Type::CivilDateTime | Type::Date | Type::Time => (vec![string("some day"), nothing()], None),
        Type::Json => (Vec::new(), Some(nothing())),
        Type::File => (vec![list()], Some(nothing())),
        Type::List(_) => (vec![string("no list")], Some(Json::Array(Vec::new()))),
        Type::Map(_) => (vec![string("no map")], Some(Json::Object(Vec::new()))),
        Type::JsonText(_) => (vec![list(), nothing()], None),
        named => match api.shape(named) {
            Some(Shape::Id(IdKind::Integer)) => (no_whole(), None),
            Some(Shape::Id(IdKind::Unsigned)) => (no_count(), None),
            Some(Shape::Id(IdKind::String | IdKind::NumberOrString)) => (no_text(), Some(nothing())),
            Some(Shape::Enum(_, codegen::ir::EnumKind::Integer)) => (no_whole(), None),
            Some(Shape::Enum(..)) => {
                // Enums are open: a word that nobody knows may be one of tomorrow.
                put(found, Kind::WrongWord, "type", string("a word of tomorrow"));
                (no_text(), Some(nothing()))
            }
            _ => (vec![string("no object")], None),
        },
    };
    found.extend(wrong.into_iter().map(|value| probe(Kind::WrongType, "type", value)));
    if let Type::DateTime | Type::CivilDateTime | Type::Date | Type::Time = api.bare(ty) {
        found.extend(
            super::moments::impossible(api.form(ty), api.bare(ty)).map(|value| probe(Kind::WrongType, "type", value)),
        );
    }
    let is_text = empty == Some(string("")) && !matches!(api.bare(ty), Type::File | Type::Base64 | Type::Json);
    found.extend(empty.map(|value| probe(Kind::Empty, "type", value)));
    if let (true, Json::String(text)) = (is_text, base) {
        put(found, Kind::TooLong, "type", Json::String(stretch(text, LONG)));
    }
}

/// Values with one within them that is beside a line.
fn within(api: &Api, ty: &Type, found: &mut Vec<Probe>, depth: usize) {
    if depth == 0 {
        return;
    }
    let none = Rules::default();
    let mut put = |at: &str, probe: Probe, value: Json| {
        found.push(Probe { what: format!("{at}{}", probe.what), value, ..probe });
    };
    match api.bare(ty) {
        Type::List(item) => {
            for inner in probes(api, &spelled(api, ty, item), &none, depth - 1) {
                let value = Json::Array(vec![inner.value.clone()]);
                put("[0] ", inner, value);
            }
            // In some styles an item with a comma would be two.
            if **item == Type::String {
                let comma = Probe { kind: Kind::Inside, what: "comma".to_owned(), value: Json::Null };
                put("[0] ", comma, Json::Array(vec![Json::String("a,b".into())]));
            }
        }
        Type::Map(item) => {
            for inner in probes(api, &spelled(api, ty, item), &none, depth - 1) {
                let value = Json::Object(vec![("k".into(), inner.value.clone())]);
                put(".* ", inner, value);
            }
        }
        Type::JsonText(held) => {
            put("", probe(Kind::WrongType, "json", Json::Null), Json::String("nul".into()));
            for inner in probes(api, held, &none, depth - 1) {
                let value = Json::String(print(&inner.value));
                assert_eq!(parse(&print(&inner.value)), inner.value);
                put("", inner, value);
            }
        }
        named => match api.shape(named) {
            Some(Shape::Record(fields)) => {
                let slots = slots_of_fields(fields);
                for (what, kind, values) in of_slots(api, &slots, depth - 1) {
                    // A record of Rust has all that it must have.
                    let is_whole = slots.iter().all(|slot| !slot.required || get(&values, slot.name).is_some());
                    let kind = if is_whole { kind } else { Kind::WrongType };
                    let probe = Probe { kind, what, value: Json::Null };
                    put(".", probe, Json::Object(values));
                }
            }
            Some(Shape::Union(union)) => {
                for (word, ty) in &union.variants {
                    for inner in probes(api, ty, &none, depth - 1) {
                        if union.content.is_none() && !matches!(inner.value, Json::Object(_)) {
                            continue;
                        }
                        let value = variant(&union.tag, union.content.as_deref(), &word.name.wire, inner.value.clone());
                        put(".", inner, value);
                    }
                }
            }
            _ => {}
        },
    }
}
