//! Values that are as a spec has them, made from what it says.

use codegen::ir::{
    Api, Constraint, EnumKind, Field, Form, Format, IdKind, Json, Parameter, Presence, Rules, Shape, Type, runs,
};

use super::moments::moment_for;
use super::table::{millionths, same, text};

/// Values by the names of parameters or of fields.
pub(super) type Values = Vec<(String, Json)>;

/// A place for a value: a parameter, or a field.
pub(super) struct Slot<'a> {
    pub name: &'a str,
    pub ty: &'a Type,
    pub rules: &'a Rules,
    pub required: bool,
}

impl<'a> From<&'a Parameter> for Slot<'a> {
    fn from(parameter: &'a Parameter) -> Self {
        let required = parameter.presence == Presence::Required;
        Self { name: &parameter.name.wire, ty: &parameter.ty, rules: &parameter.rules, required }
    }
}

/// One that may be null is there all the same.
impl<'a> From<&'a Field> for Slot<'a> {
    fn from(field: &'a Field) -> Self {
        let required = field.presence == Presence::Required;
        Self { name: &field.name.wire, ty: &field.ty, rules: &field.rules, required }
    }
}

pub(super) fn slots_of_fields(fields: &[Field]) -> Vec<Slot<'_>> {
    fields.iter().map(Slot::from).collect()
}

pub(super) fn get<'v>(values: &'v Values, name: &str) -> Option<&'v Json> {
    values.iter().find(|(other, _)| other == name).map(|(_, value)| value)
}

pub(super) fn set(values: &mut Values, name: &str, value: Json) {
    values.retain(|(other, _)| other != name);
    values.push((name.to_owned(), value));
}

/// Values that go with those that are there: what is required, and what neighbours demand of each other.
pub(super) fn complete(api: &Api, slots: &[Slot<'_>], given: Values, depth: usize) -> Values {
    let mut values = given.clone();
    for slot in slots.iter().filter(|slot| slot.required && get(&given, slot.name).is_none()) {
        set(&mut values, slot.name, sample(api, slot.ty, slot.rules, 0, depth));
    }
    let is_fixed = |name: &str| get(&given, name).is_some();
    // Each round mends what the one before has brought about.
    for _ in 0..4 {
        for slot in slots {
            for constraint in &slot.rules.constraints {
                mend(api, slots, slot, constraint, &is_fixed, &mut values, depth);
            }
        }
    }
    values
}

fn mend(
    api: &Api,
    slots: &[Slot<'_>],
    slot: &Slot<'_>,
    constraint: &Constraint,
    is_fixed: &dyn Fn(&str) -> bool,
    values: &mut Values,
    depth: usize,
) {
    let give = |slot: &Slot<'_>, values: &mut Values, seed| {
        if get(values, slot.name).is_none() && !is_fixed(slot.name) {
            set(values, slot.name, sample(api, slot.ty, slot.rules, seed, depth));
        }
    };
    let has = |values: &Values, at: &usize| get(values, slots[*at].name).is_some();
    let is_given = get(values, slot.name).is_some();
    let holds = |values: &Values, all: &[codegen::ir::If]| {
        all.iter().all(|condition| {
            let value = get(values, slots[condition.other].name).and_then(text);
            let ty = slots[condition.other].ty;
            // What is no number is the same as none.
            let is_same =
                |text: &str, known: &str| text == known || (text.parse::<f64>().is_ok() && same(api, ty, text, known));
            let is_one =
                |text: String| condition.texts.is_empty() || condition.texts.iter().any(|known| is_same(&text, known));
            value.map_or(condition.texts.is_empty() && has(values, &condition.other), is_one)
        })
    };
    match constraint {
        Constraint::Unless(at) if !is_given && !has(values, at) => give(slot, values, 0),
        Constraint::AtLeastOne(group) if !group.iter().any(|at| has(values, at)) => give(slot, values, 0),
        Constraint::ExactlyOne(group) => match group.iter().filter(|at| has(values, at)).count() {
            0 => give(slot, values, 0),
            1 => {}
            _ => {
                let kept = group.iter().find(|at| is_fixed(slots[**at].name)).copied().unwrap_or(group[0]);
                let others = group.iter().filter(|at| **at != kept && !is_fixed(slots[**at].name));
                others.for_each(|at| values.retain(|(name, _)| name != slots[*at].name));
            }
        },
        Constraint::RequiredIf(all) if !is_given && holds(values, all) => give(slot, values, 0),
        Constraint::ForbiddenIf(all) if is_given && holds(values, all) => {
            for condition in all {
                let other = &slots[condition.other];
                if !other.required && !is_fixed(other.name) {
                    values.retain(|(name, _)| name != other.name);
                } else if !is_fixed(slot.name) && !slot.required {
                    values.retain(|(name, _)| name != slot.name);
                }
            }
        }
        Constraint::Equals(at) if is_given => {
            let (own, other) = (get(values, slot.name).cloned(), get(values, slots[*at].name).cloned());
            match (own, other) {
                (own, Some(other)) if own.as_ref() != Some(&other) && !is_fixed(slot.name) => {
                    set(values, slot.name, other);
                }
                (Some(own), other) if other.as_ref() != Some(&own) && !is_fixed(slots[*at].name) => {
                    set(values, slots[*at].name, own);
                }
                _ => {}
            }
        }
        Constraint::After(at) if is_given && has(values, at) && !is_fixed(slot.name) => {
            set(values, slot.name, sample(api, slot.ty, slot.rules, 2, depth));
        }
        _ => {}
    }
}

/// A value of a type; another seed gives another, and of dates a later one.
pub(super) fn sample(api: &Api, ty: &Type, rules: &Rules, seed: usize, depth: usize) -> Json {
    let of_type = api.rules_of(ty).flat_map(|rules| &rules.constraints);
    let all: Vec<&Constraint> = rules.constraints.iter().chain(of_type).map(|it| &it.value).collect();
    let known = all.iter().find_map(|it| if let Constraint::OneOf(known) = it { Some(known) } else { None });
    let form = api.form(ty);
    let number = |text: String| if form == Some(&Form::Quoted) { Json::String(text) } else { Json::Number(text) };
    match api.bare(ty) {
        Type::Boolean => boolean(form, seed.is_multiple_of(2)),
        Type::Integer | Type::Unsigned | Type::Decimal => number(number_for(&all, known.map(|it| &*it[0].value), seed)),
        Type::String => {
            Json::String(known.map_or_else(|| text_for(&all, seed), |it| it[seed % it.len()].value.clone()))
        }
        Type::NumberOrString => Json::String(known.map_or_else(|| format!("a{seed}"), |it| it[0].value.clone())),
        Type::Base64 => Json::String("aGk=".into()),
        moment @ (Type::DateTime | Type::CivilDateTime | Type::Date | Type::Time) => moment_for(form, moment, seed),
        Type::Json => Json::String(format!("x{seed}")),
        Type::File => Json::String("bytes".into()),
        Type::List(item) => {
            let least = all.iter().find_map(|it| if let Constraint::MinItems(n) = it { Some(*n) } else { None });
            Json::Array(items(api, &spelled(api, ty, item), least.unwrap_or(u32::from(depth > 0)) as usize, depth))
        }
        Type::Map(item) => {
            let least = all.iter().find_map(|it| if let Constraint::MinItems(n) = it { Some(*n) } else { None });
            Json::Object(entries(api, &spelled(api, ty, item), least.unwrap_or(u32::from(depth > 0)) as usize, depth))
        }
        Type::JsonText(held) => Json::String(print(&sample(api, held, &Rules::default(), seed, depth))),
        named => match api.shape(named) {
            Some(Shape::Id(IdKind::Integer | IdKind::Unsigned)) => {
                Json::Number(number_for(&all, known.map(|it| &*it[0].value), seed))
            }
            Some(Shape::Id(IdKind::String)) => Json::String(text_for(&all, seed)),
            Some(Shape::Id(IdKind::NumberOrString)) => Json::String(format!("a{seed}")),
            Some(Shape::Enum(words, kind)) => {
                let word = known.map_or_else(|| &words[seed % words.len()].name.wire, |it| &it[0].value).clone();
                if *kind == EnumKind::Integer { Json::Number(word) } else { Json::String(word) }
            }
            Some(Shape::Record(fields)) => {
                let (slots, depth) = (slots_of_fields(fields), depth.saturating_sub(1));
                let made = complete(api, &slots, Vec::new(), depth);
                // Of one in which nothing is set, a form has nothing.
                let some = fields.first().filter(|_| made.is_empty() && depth > 0).map(|field| {
                    complete(
                        api,
                        &slots,
                        vec![(field.name.wire.clone(), sample(api, &field.ty, &field.rules, seed, depth))],
                        depth,
                    )
                });
                Json::Object(some.unwrap_or(made))
            }
            Some(Shape::Union(union)) => {
                variant(&union.tag, union.content.as_deref(), &union.variants[0].0.name.wire, {
                    sample(api, &union.variants[0].1, &Rules::default(), seed, depth)
                })
            }
            _ => Json::Object(Vec::new()),
        },
    }
}

/// Values of a type, no two of them the same.
pub(super) fn items(api: &Api, item: &Type, count: usize, depth: usize) -> Vec<Json> {
    (0..count).map(|seed| sample(api, item, &Rules::default(), seed, depth)).collect()
}

pub(super) fn entries(api: &Api, item: &Type, count: usize, depth: usize) -> Values {
    items(api, item, count, depth).into_iter().enumerate().map(|(at, value)| (format!("k{at}"), value)).collect()
}

/// An object of a union.
pub(super) fn variant(tag: &str, content: Option<&str>, word: &str, value: Json) -> Json {
    let tag = (tag.to_owned(), Json::String(word.to_owned()));
    match (content, value) {
        (Some(content), value) => Json::Object(vec![tag, (content.to_owned(), value)]),
        (None, Json::Object(members)) => Json::Object([tag].into_iter().chain(members).collect()),
        (None, other) => panic!("{other:?} has no members"),
    }
}

/// How a list or map is spelled is how its items are.
pub(super) fn spelled(api: &Api, whole: &Type, item: &Type) -> Type {
    match api.form(whole) {
        Some(form) => Type::Spelled(Box::new(item.clone()), form.clone()),
        None => item.clone(),
    }
}

fn boolean(form: Option<&Form>, value: bool) -> Json {
    match Form::word(form, value) {
        ("true", true) => Json::Boolean(true),
        ("false", true) => Json::Boolean(false),
        (word, true) => Json::Number(word.to_owned()),
        (word, false) => Json::String(word.to_owned()),
    }
}

/// The least number that is allowed, from 1 on where that is; the seed counts on.
fn number_for(all: &[&Constraint], known: Option<&str>, seed: usize) -> String {
    if let Some(known) = known {
        return known.to_owned();
    }
    let find =
        |of: fn(&Constraint) -> Option<&codegen::ir::Number>| all.iter().find_map(|it| of(it)).map(|it| it.as_str());
    let min = find(|it| if let Constraint::Min(n) = it { Some(n) } else { None });
    let max = find(|it| if let Constraint::Max(n) = it { Some(n) } else { None });
    let unit = find(|it| if let Constraint::MultipleOf(n) = it { Some(n) } else { None }).map_or(1_000_000, millionths);
    let start = min.map_or(unit, millionths).max(max.map_or(unit, |max| millionths(max).min(unit)));
    let first = start.div_euclid(unit) * unit;
    let first = if first < start { first + unit } else { first };
    decimal(first + unit * seed as i128)
}

/// Millionths as a number.
pub(super) fn decimal(millionths: i128) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let (whole, rest) = (millionths.unsigned_abs() / 1_000_000, millionths.unsigned_abs() % 1_000_000);
    match rest {
        0 => format!("{sign}{whole}"),
        rest => format!("{sign}{whole}.{}", format!("{rest:06}").trim_end_matches('0')),
    }
}

/// A text with whatever is demanded: of a form, of a pattern, of classes of characters, of a length.
fn text_for(all: &[&Constraint], seed: usize) -> String {
    let least = all.iter().find_map(|it| match it {
        Constraint::MinLength(n) | Constraint::MinBytes(n) => Some(*n as usize),
        _ => None,
    });
    for constraint in all {
        match constraint {
            Constraint::Format(format) => return formats(*format).0[seed % formats(*format).0.len()].to_owned(),
            Constraint::Pattern(pattern) => return of_pattern(pattern, least.unwrap_or(0), seed),
            _ => {}
        }
    }
    let mut text =
        if all.iter().any(|it| matches!(it, Constraint::Contains(_))) { "aA1!".to_owned() } else { String::new() };
    // As few letters as can be may be too few bytes.
    let of = |find: fn(&Constraint) -> Option<u32>| all.iter().find_map(|it| find(it));
    let letters = of(|it| if let Constraint::MinLength(n) = it { Some(*n) } else { None });
    let bytes = of(|it| if let Constraint::MinBytes(n) = it { Some(*n) } else { None });
    if letters.zip(bytes).is_some_and(|(letters, bytes)| letters < bytes) {
        text.push('é');
    }
    text.push_str(&"abcdefghijklmnopqrstuvwxyz"[seed % 26..=seed % 26]);
    let most = all.iter().find_map(|it| match it {
        Constraint::MaxLength(n) | Constraint::MaxBytes(n) => Some(*n as usize),
        _ => None,
    });
    stretch(&text, least.unwrap_or(0).max(text.len()).min(most.unwrap_or(usize::MAX)))
}

/// A text that matches; of a pattern that is no run of runs, one of a few that often do.
fn of_pattern(pattern: &str, least: usize, seed: usize) -> String {
    if let Some(runs) = runs(pattern) {
        let mut text = String::new();
        let missing = least.saturating_sub(runs.iter().map(|run| run.least as usize).sum());
        for run in &runs {
            let count = (run.least as usize).max(usize::from(run.most > 0 && runs.len() == 1));
            let more = if run.most == u32::MAX { missing } else { 0 };
            let ranges = &run.ranges;
            let (first, last) = ranges[0];
            let byte = first + u8::try_from(seed % usize::from(last - first + 1)).unwrap();
            text.extend(std::iter::repeat_n(char::from(byte), count + more));
        }
        return text;
    }
    let regex = regex_lite::Regex::new(&format!(r"\A(?:{pattern})\z")).unwrap();
    let known = [
        "ab",
        "d\\",
        "c",
        "a",
        "1",
        "a1",
        "A1",
        "2024-05-01",
        "a@b.co",
        "+31201234567",
        "NL",
        "x/y",
        "https://a.b",
        "#36a64f",
    ];
    let found = known.into_iter().filter(|text| regex.is_match(text)).map(str::to_owned);
    let found: Vec<String> = found.collect();
    assert!(!found.is_empty(), "no sample for {pattern}");
    found[seed % found.len()].clone()
}

/// A text with so many characters: cut, or with its last one again and again.
pub(super) fn stretch(text: &str, count: usize) -> String {
    let last = text.chars().last().unwrap_or('a');
    text.chars().chain(std::iter::repeat(last)).take(count).collect()
}

/// Texts of a form, and texts that are not.
pub(super) fn formats(format: Format) -> (&'static [&'static str], &'static [&'static str]) {
    match format {
        Format::Email => (
            &["a@b.co", "a.b+c@sub.d.org", "a@b..c"],
            &["", "a", "a@b", "@b.co", "a b@c.de", "a@@b.co", "a@.b.c", "a@b.c."],
        ),
        Format::Url => (&["https://a.b/c?d", "ftp://x"], &["", "a.b", "https://", "https://a b", "mailto:a@b.co"]),
        Format::Uuid => (
            &["123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-00000000000A"],
            &["", "123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g"],
        ),
        Format::Phone => (&["+31 20 123 45 67", "112"], &["", "12", "1234567890123456", "12a4"]),
        Format::Date => (&["2024-02-29", "2024-05-01"], &["", "2023-02-29", "01-05-2024", "2024-13-01"]),
        Format::DateTime => (
            &["2024-05-01T10:00:00Z", "2024-05-01T10:00:00+02:00"],
            &["", "2024-05-01", "2024-05-01T10:00:00", "2024-02-30T10:00:00Z"],
        ),
        Format::IanaTimeZone => (&["Europe/Amsterdam", "UTC"], &["", "Europe/Atlantis", "W. Europe Standard Time"]),
        Format::WindowsTimeZone => (&["W. Europe Standard Time", "UTC"], &["", "Europe/Amsterdam"]),
        Format::Country => (&["NL", "de"], &["", "XX", "NLD", "Netherlands"]),
    }
}

/// A value as JSON text.
pub(super) fn print(value: &Json) -> String {
    to_serde(value).to_string()
}

/// A JSON text as a value.
pub(super) fn parse(text: &str) -> Json {
    from_serde(&serde_json::from_str(text).unwrap())
}

/// A value as the tests have it that know of no spec.
pub(crate) fn to_serde(value: &Json) -> serde_json::Value {
    match value {
        Json::Null => serde_json::Value::Null,
        Json::Boolean(value) => (*value).into(),
        Json::Number(text) => serde_json::from_str(text).unwrap(),
        Json::String(text) => text.clone().into(),
        Json::Array(items) => items.iter().map(to_serde).collect(),
        Json::Object(members) => members.iter().map(|(name, value)| (name.clone(), to_serde(value))).collect(),
    }
}

fn from_serde(value: &serde_json::Value) -> Json {
    match value {
        serde_json::Value::Null => Json::Null,
        serde_json::Value::Bool(value) => Json::Boolean(*value),
        serde_json::Value::Number(number) => Json::Number(number.to_string()),
        serde_json::Value::String(text) => Json::String(text.clone()),
        serde_json::Value::Array(items) => Json::Array(items.iter().map(from_serde).collect()),
        serde_json::Value::Object(members) => {
            Json::Object(members.iter().map(|(name, value)| (name.clone(), from_serde(value))).collect())
        }
    }
}
