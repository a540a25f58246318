//! Whether a value is called like a part of another one: a server would take one for the other.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Counted, Lists, Location, Maps, Nesting, Parameter, Shape, Style, Type, Union};
use crate::source::Span;

/// Deeper parts are not looked at, nor more: records may hold themselves.
const DEPTH: usize = 6;
const MOST: usize = 1_000;

/// What stands in for a name that is data.
const ANY: &str = "a";

/// A value and its name: a parameter, or a field behind the name of its record.
struct Value<'a> {
    name: Cow<'a, str>,
    /// As the spec writes it.
    wire: &'a str,
    ty: &'a Type,
    style: &'a Style,
    is_spread: bool,
    location: Location,
    span: Span,
}

impl<'a> From<&'a Parameter> for Value<'a> {
    fn from(parameter: &'a Parameter) -> Self {
        Self {
            name: Cow::Borrowed(&parameter.name.wire),
            wire: &parameter.name.wire,
            ty: &parameter.ty,
            style: &parameter.style,
            is_spread: parameter.spread.is_some(),
            location: parameter.location,
            span: parameter.span,
        }
    }
}

/// Without it, a server would take what is a parameter for a part of another one.
pub(super) fn same_part_name(api: &Api, diagnostics: &mut Diagnostics) {
    let (mut told, mut seen) = (HashSet::new(), HashMap::new());
    for (list, body) in super::parts::lists(api) {
        // Of what was refused nobody knows how its parts would be called.
        let is_named = |it: &&Parameter| {
            matches!(it.location, Location::Query | Location::Body) && !it.is_json(body) && !it.is_doubtful
        };
        let values: Vec<Value<'_>> = list.into_iter().filter(is_named).map(Value::from).collect();
        for value in &values {
            within(api, value.style, value.ty, &mut seen, &mut |fields| same(api, fields, &mut told, diagnostics));
        }
        same(api, values, &mut told, diagnostics);
    }
}

/// Gives the fields of every record in a value, each with its name behind that of the record; of each record once.
fn within<'a>(
    api: &'a Api,
    style: &'a Style,
    ty: &'a Type,
    seen: &mut HashMap<usize, Vec<&'a Style>>,
    tell: &mut dyn FnMut(Vec<Value<'a>>),
) {
    let Nesting::Named(before, after) = &style.nesting else { return };
    let mut left = vec![ty];
    while let Some(ty) = left.pop() {
        let id = match api.bare(ty) {
            // Items of a list that is one text have no names.
            Type::List(_) if !matches!(style.lists, Lists::Named(_)) => continue,
            Type::List(item) | Type::Map(item) => {
                left.push(item);
                continue;
            }
            Type::Named(id) => *id,
            _ => continue,
        };
        let styles = seen.entry(id.0).or_default();
        if styles.contains(&style) {
            continue;
        }
        styles.push(style);
        match &api.type_def(id).shape {
            Shape::Record(fields) => {
                left.extend(fields.iter().map(|field| &field.ty));
                let value = |field: &'a crate::ir::Field| Value {
                    name: Cow::Owned(format!("{before}{}{after}", field.name.wire)),
                    wire: &field.name.wire,
                    ty: &field.ty,
                    style,
                    is_spread: false,
                    location: Location::Query,
                    span: field.span,
                };
                tell(fields.iter().map(value).collect());
            }
            Shape::Union(union) => left.extend(union.variants.iter().map(|(_, ty)| ty)),
            Shape::Id(_) | Shape::Enum(..) | Shape::Alias(_) => {}
        }
    }
}

/// Tells which of some values that stand beside each other are called like a part of another.
fn same(api: &Api, mut list: Vec<Value<'_>>, told: &mut HashSet<(Span, Span)>, diagnostics: &mut Diagnostics) {
    list.sort_by(|one, other| one.name.cmp(&other.name));
    for (at, whole) in list.iter().enumerate().filter(|(_, it)| it.is_spread || api.has_parts(it.ty)) {
        let one = Names::of(api, whole);
        let leaves = LazyCell::new(|| one.leaves());
        // What begins with a name stands right behind it.
        let behind = list.get(at + 1..).unwrap_or_default();
        let longer = behind.iter().map_while(|other| Some((other, other.name.strip_prefix(&*whole.name)?)));
        // An entry that would be another parameter is refused when it is given.
        let may_clash = |other: &Value<'_>| !whole.is_spread || other.is_spread || !api.fields(whole.ty).is_empty();
        for (other, rest) in longer.filter(|(it, rest)| it.location == whole.location && !rest.is_empty()) {
            let Some(name) = common(&one, &leaves, &Names::of(api, other), rest).filter(|_| may_clash(other)) else {
                continue;
            };
            if !told.insert((whole.span, other.span)) {
                continue;
            }
            let message = format!("`{}{name}` is a part of `{}` as well", other.wire, whole.wire);
            diagnostics
                .report(&rules::SAME_WIRE_NAME, other.span, message)
                .also(whole.span, format!("a part of `{}` is called so", whole.wire))
                .help("a call sends each name once; leave one of them out, or say how the other's parts are called");
        }
    }
}

/// What stands behind the name of the other value in a name that is one of both.
fn common(one: &Names<'_>, leaves: &[String], two: &Names<'_>, rest: &str) -> Option<String> {
    let of_other = two.leaves().into_iter().find(|name| one.has(&format!("{rest}{name}")));
    of_other.or_else(|| {
        let mut behind = leaves.iter().filter_map(|name| name.strip_prefix(rest));
        behind.find(|name| two.has(name)).map(str::to_owned)
    })
}

/// What stands behind the name of a value in the names of its parts.
struct Names<'a> {
    api: &'a Api,
    style: &'a Style,
    ty: &'a Type,
    is_spread: bool,
}

impl<'a> Names<'a> {
    fn of(api: &'a Api, value: &'a Value<'_>) -> Self {
        Self { api, style: value.style, ty: value.ty, is_spread: value.is_spread }
    }

    /// All of them, with one name in place of those that are data.
    fn leaves(&self) -> Vec<String> {
        let mut out = Vec::new();
        self.add(self.ty, String::new(), 0, &mut out);
        out
    }

    /// Whether this is one of them.
    fn has(&self, rest: &str) -> bool {
        self.is_part(self.ty, rest, 0)
    }

    /// What stands around the name of a member, where it has one of its own.
    fn around(&self, depth: usize) -> Option<(&'a str, &'a str)> {
        match &self.style.nesting {
            _ if self.is_spread && depth == 0 => Some(("", "")),
            Nesting::Named(before, after) => Some((before, after)),
            Nesting::Json => None,
        }
    }

    /// How the entries of a map are called where they are items.
    fn pairs(&self, depth: usize) -> Option<(&'a Counted, &'a str, &'a str)> {
        match &self.style.maps {
            Maps::Pairs(counted, name, value) if !(self.is_spread && depth == 0) => Some((counted, name, value)),
            Maps::Pairs(..) | Maps::Nested => None,
        }
    }

    fn add(&self, ty: &'a Type, name: String, depth: usize, out: &mut Vec<String>) {
        let numbered = |Counted { before, first, after }: &Counted| {
            let number = first.map(|first| first.to_string()).unwrap_or_default();
            format!("{name}{before}{number}{after}")
        };
        if out.len() > MOST {
            return;
        }
        match (self.api.bare(ty), &self.style.lists, self.around(depth)) {
            _ if depth > DEPTH => out.push(name),
            (Type::List(item), Lists::Named(counted), _) => self.add(item, numbered(counted), depth + 1, out),
            _ if self.api.is_unknown(ty) => {}
            (bare @ (Type::Map(_) | Type::Json), ..) if self.pairs(depth).is_some() => {
                let Some((counted, of_name, of_value)) = self.pairs(depth) else { return };
                let entry = numbered(counted);
                out.push(format!("{entry}{of_name}"));
                let item = if let Type::Map(item) = bare { item } else { &Type::Boolean };
                self.add(item, format!("{entry}{of_value}"), depth + 1, out);
            }
            (Type::Map(item), _, Some((before, after))) => {
                self.add(item, format!("{name}{before}{ANY}{after}"), depth + 1, out);
            }
            (Type::Json, _, Some((before, after))) => out.push(format!("{name}{before}{ANY}{after}")),
            (bare, _, Some((before, after))) => match self.api.shape(bare) {
                Some(Shape::Record(fields)) => {
                    for field in fields {
                        self.add(&field.ty, format!("{name}{before}{}{after}", field.name.wire), depth + 1, out);
                    }
                }
                Some(Shape::Union(union)) => {
                    out.push(format!("{name}{before}{}{after}", union.tag));
                    for (_, ty) in &union.variants {
                        let name = match &union.content {
                            Some(content) => format!("{name}{before}{content}{after}"),
                            None => name.clone(),
                        };
                        self.add(ty, name, depth + 1, out);
                    }
                }
                _ => out.push(name),
            },
            _ => out.push(name),
        }
    }

    fn is_part(&self, ty: &'a Type, rest: &str, depth: usize) -> bool {
        let bare = self.api.bare(ty);
        if depth > DEPTH || self.api.is_unknown(ty) {
            return false;
        }
        if let (Type::Map(_) | Type::Json, Some((counted, of_name, of_value))) = (bare, self.pairs(depth)) {
            let item = if let Type::Map(item) = bare { Some(&**item) } else { None };
            let of_entry = |rest: &str| {
                let value = rest.strip_prefix(of_value);
                rest == of_name || value.is_some_and(|rest| item.is_none_or(|item| self.is_part(item, rest, depth + 1)))
            };
            return behind_number(counted, rest).is_some_and(of_entry) || (item.is_none() && rest.is_empty());
        }
        match (bare, &self.style.lists, self.around(depth)) {
            (Type::List(item), Lists::Named(counted), _) => {
                behind_number(counted, rest).is_some_and(|rest| self.is_part(item, rest, depth + 1))
            }
            (Type::Map(item), _, Some(around)) => {
                self.behind_entry(item, rest, around).is_some_and(|rest| self.is_part(item, rest, depth + 1))
            }
            (Type::Json, lists, Some((before, after))) => {
                let is_item = matches!(lists, Lists::Named(counted) if !counted.before.is_empty()
                    && rest.starts_with(&counted.before));
                rest.is_empty() || is_item || (rest.starts_with(before) && rest.ends_with(after))
            }
            (bare, _, Some(around)) => match self.api.shape(bare) {
                Some(Shape::Record(fields)) => fields.iter().any(|field| {
                    behind_name(rest, around, &field.name.wire)
                        .is_some_and(|rest| self.is_part(&field.ty, rest, depth + 1))
                }),
                Some(Shape::Union(union)) => self.is_of_union(union, rest, around, depth),
                _ => rest.is_empty(),
            },
            _ => rest.is_empty(),
        }
    }

    fn is_of_union(&self, union: &'a Union, rest: &str, around: (&str, &str), depth: usize) -> bool {
        let held = match &union.content {
            Some(content) => behind_name(rest, around, content),
            None => Some(rest),
        };
        behind_name(rest, around, &union.tag) == Some("")
            || held.is_some_and(|rest| union.variants.iter().any(|(_, ty)| self.is_part(ty, rest, depth + 1)))
    }

    /// What stands behind the name of an entry: its name ends where the first part of it can begin.
    fn behind_entry<'r>(&self, item: &Type, rest: &'r str, (before, after): (&str, &str)) -> Option<&'r str> {
        let rest = rest.strip_prefix(before)?;
        if !after.is_empty() {
            return rest.split_once(after).map(|(_, rest)| rest);
        }
        let list = if let Lists::Named(counted) = &self.style.lists { counted.before.as_str() } else { "" };
        let nested = if let Nesting::Named(before, _) = &self.style.nesting { before } else { "" };
        let begins = [list, nested].into_iter().filter(|text| !text.is_empty() && self.api.has_parts(item));
        let end = begins.filter_map(|text| rest.find(text)).min().unwrap_or(rest.len());
        rest.get(end..)
    }
}

/// What stands behind a number where there must be one.
fn behind_number<'r>(Counted { before, first, after }: &Counted, rest: &'r str) -> Option<&'r str> {
    let rest = rest.strip_prefix(before.as_str())?;
    let digits = rest.len() - rest.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    if first.is_some() && digits == 0 {
        return None;
    }
    rest.get(if first.is_some() { digits } else { 0 }..)?.strip_prefix(after.as_str())
}

/// What stands behind the name of a member.
fn behind_name<'r>(rest: &'r str, (before, after): (&str, &str), name: &str) -> Option<&'r str> {
    rest.strip_prefix(before)?.strip_prefix(name)?.strip_prefix(after)
}

#[cfg(test)]
mod tests {
    /// What is one text has no parts with names that another one could have.
    #[test]
    fn items_of_a_list_that_is_one_text_have_no_names() {
        for (lists, clashes) in [("json", 0), ("a[]", 1)] {
            let users = format!(
                "types: {{A: {{fields: {{id: string, b: {{map: string}}, 'b][c': {{type: string, rust: c}}}}}}}}\n\
                 operations: {{a: {{http: GET /a, encoding: {{lists: '{lists}'}}, params: {{a: [A]}}}}}}\n"
            );
            let (api, mut diagnostics) =
                crate::lower::from_memory(&[("api.yaml", "codegen: 1\nname: x\n"), ("users.yaml", &users)]);
            super::same_part_name(&api, &mut diagnostics);
            assert_eq!(diagnostics.count(), clashes, "{lists}: {:?}", diagnostics.into_sorted());
        }
    }
}
