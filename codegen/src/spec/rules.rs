//! Validations: of a value by itself, and beside its neighbours.

use super::cursor::{self, Map, placed};
use super::node::{Kind, Named, Node, Value};
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Class, Constraint, Format, Number};
use crate::source::{Scalar, Spanned};

/// What a value must meet by itself.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    pub constraints: Vec<Spanned<Constraint>>,
    pub messages: Named<Scalar>,
}

/// What a value must meet beside its neighbours.
#[derive(Debug, Default)]
pub(crate) struct Across {
    /// A neighbour.
    pub equals: Option<Scalar>,
    /// A neighbour.
    pub required_unless: Option<Scalar>,
    pub required_if: Option<Condition>,
    pub forbidden_if: Option<Condition>,
    /// A neighbour.
    pub after: Option<Scalar>,
}

/// Neighbours, each with the values that are meant; none where any is.
pub(crate) type Condition = Named<Vec<Scalar>>;

/// Names of which one must be given.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    pub at_least_one: Vec<Vec<Scalar>>,
    pub exactly_one: Vec<Vec<Scalar>>,
}

pub(super) const CLASSES: [(&str, Class); 4] =
    [("lower", Class::Lower), ("upper", Class::Upper), ("digit", Class::Digit), ("special", Class::Special)];

impl Rules {
    pub(super) fn of(map: &mut Map<'_, '_>) -> Self {
        let mut all = Vec::new();
        let mut put = |constraint: Option<Spanned<Constraint>>| all.extend(constraint);
        put(count(map, "min_length", Constraint::MinLength));
        put(count(map, "max_length", Constraint::MaxLength));
        put(count(map, "min_bytes", Constraint::MinBytes));
        put(count(map, "max_bytes", Constraint::MaxBytes));
        put(number(map, "min", Constraint::Min));
        put(number(map, "max", Constraint::Max));
        put(unit(map));
        put(one_of(map));
        put(map.get("max_size", placed(cursor::integer::<u64>)).map(|most| most.map(Constraint::MaxSize)));
        let classes = map.many("contains", placed(|cx, node| cursor::word(cx, node, &CLASSES)));
        classes.into_iter().for_each(|class| put(Some(class.map(Constraint::Contains))));
        put(map.get("pattern", cursor::text).map(|pattern| pattern.spanned().map(Constraint::Pattern)));
        let format = map.get("format", placed(|cx, node| cursor::word(cx, node, &Format::ALL)));
        put(format.map(|format| format.map(Constraint::Format)));
        put(count(map, "min_items", Constraint::MinItems));
        put(count(map, "max_items", Constraint::MaxItems));
        let is_unique = map.flag("unique_items").then(|| map.has("unique_items")).flatten();
        put(is_unique.map(|span| Spanned { value: Constraint::UniqueItems, span }));
        Self { constraints: all, messages: map.named("messages", cursor::text) }
    }
}

fn count(map: &mut Map<'_, '_>, key: &'static str, of: fn(u32) -> Constraint) -> Option<Spanned<Constraint>> {
    map.get(key, placed(cursor::integer::<u32>)).map(|count| count.map(of))
}

fn number(map: &mut Map<'_, '_>, key: &'static str, of: fn(Number) -> Constraint) -> Option<Spanned<Constraint>> {
    map.get(key, placed(decimal)).map(|number| number.map(of))
}

/// Nothing divides by nothing.
fn unit(map: &mut Map<'_, '_>) -> Option<Spanned<Constraint>> {
    let unit = map.get("multiple_of", placed(decimal))?;
    if !unit.is_positive() {
        let message = format!("a multiple of `{}` says nothing", unit.as_str());
        map.cx.report(&rules::WRONG_TYPE, unit.span, message).help("write a number above 0");
        return None;
    }
    Some(unit.map(Constraint::MultipleOf))
}

/// A number as JSON has it.
fn decimal(cx: &mut Diagnostics, node: &Node) -> Option<Number> {
    let Value::Scalar(Kind::Number, scalar) = &node.value else { return cursor::wrong(cx, node, "a number") };
    let number = Number::new(&scalar.text);
    if number.is_none() {
        cx.report(&rules::WRONG_TYPE, node.at, format!("`{}` is not a decimal number", scalar.text))
            .help("write it in decimal, such as `0.25`");
    }
    number
}

fn one_of(map: &mut Map<'_, '_>) -> Option<Spanned<Constraint>> {
    let span = map.has("one_of")?;
    let known: Vec<Spanned<String>> = map.some("one_of", cursor::literal).iter().map(Scalar::spanned).collect();
    (!known.is_empty()).then_some(Spanned { value: Constraint::OneOf(known.into()), span })
}

impl Across {
    pub(super) fn of(map: &mut Map<'_, '_>) -> Self {
        Self {
            equals: map.get("equals", cursor::text),
            required_unless: map.get("required_unless", cursor::text),
            required_if: map.get("required_if", condition),
            forbidden_if: map.get("forbidden_if", condition),
            after: map.get("after", cursor::text),
        }
    }
}

/// `card`, or `{kind: [gift, loan]}`.
fn condition(cx: &mut Diagnostics, node: &Node) -> Option<Condition> {
    match &node.value {
        Value::Map(_) => {
            cursor::not_empty(cx, node);
            cursor::named(cx, node, |cx, node| Some(cursor::at_least_one(cx, node, cursor::literal)))
        }
        Value::Scalar(Kind::Null, _) | Value::List(_) => {
            let message = format!("expected a name, or a map of names, found {}", node.found());
            cx.report(&rules::WRONG_TYPE, node.at, message)
                .help("write one name, `card`, or a map with the values that are meant, `{kind: [gift, loan]}`");
            None
        }
        Value::Scalar(..) => Some(vec![(cursor::text(cx, node)?, Vec::new())]),
    }
}

impl Groups {
    pub(super) fn of(map: &mut Map<'_, '_>) -> Self {
        let at_least_one = map.get("at_least_one", groups).unwrap_or_default();
        Self { at_least_one, exactly_one: map.get("exactly_one", groups).unwrap_or_default() }
    }
}

/// `[a, b]`, or `[[a, b], [c, d]]`.
fn groups(cx: &mut Diagnostics, node: &Node) -> Option<Vec<Vec<Scalar>>> {
    let Value::List(items) = &node.value else { return cursor::wrong(cx, node, "a list") };
    let is_list = |item: &&Node| matches!(item.value, Value::List(_));
    if !items.iter().any(|item| is_list(&item)) {
        return Some(vec![group(cx, node)?]);
    }
    if let Some(name) = items.iter().find(|item| !is_list(item)) {
        let message = format!("expected a list, as others here are, found {}", name.found());
        cx.report(&rules::WRONG_TYPE, name.at, message).help("write one list of names, or a list of such lists");
        return None;
    }
    Some(items.iter().filter_map(|item| group(cx, item)).collect())
}

/// All names of one, or none of them: the rest would demand something else.
fn group(cx: &mut Diagnostics, node: &Node) -> Option<Vec<Scalar>> {
    let Value::List(items) = &node.value else { return cursor::wrong(cx, node, "a list") };
    let names: Vec<Scalar> = cursor::at_least_one(cx, node, cursor::text);
    (!names.is_empty() && names.len() == items.len()).then_some(names)
}
