//! What of a value arrives where there are only names and texts: the reference says so.

use codegen::ir::{Api, BodyKind, Json, Lists, Location, Maps, Nesting, Parameter, Shape, Type};

/// A value as it arrives; nothing where nothing is sent of it.
pub(super) fn arrives(api: &Api, body: BodyKind, parameter: &Parameter, given: &Json) -> Option<Json> {
    let flat = Flat { api, parameter };
    match (parameter.location, given) {
        // In a JSON body all is what it is; of a spread map without entries there is nothing.
        (Location::Body, given) if body.is_json() => {
            let is_nothing = parameter.spread.is_some() && *given == Json::Object(Vec::new());
            (!is_nothing).then(|| given.clone())
        }
        (_, Json::Object(entries)) if parameter.spread.is_some() => {
            flat.entries(item_of(api.bare(&parameter.ty)), entries)
        }
        (_, given) => flat.value(&parameter.ty, given),
    }
}

struct Flat<'a> {
    api: &'a Api,
    parameter: &'a Parameter,
}

impl Flat<'_> {
    fn value(&self, ty: &Type, given: &Json) -> Option<Json> {
        let (style, bare) = (&self.parameter.style, self.api.bare(ty));
        match (bare, given) {
            (Type::File, Json::String(bytes)) => Some(Json::String(bytes.clone())),
            (Type::List(item), Json::Array(items)) => match style.lists {
                Lists::Json => Some(given.clone()),
                Lists::Commas => {
                    let mut texts: Vec<String> = items.iter().map(|item| text(item).to_owned()).collect();
                    if self.parameter.location == Location::Header {
                        let blanks = [' ', '\t'];
                        texts.first_mut().into_iter().for_each(|it| *it = it.trim_start_matches(blanks).to_owned());
                        texts.last_mut().into_iter().for_each(|it| *it = it.trim_end_matches(blanks).to_owned());
                    }
                    Some(Json::Array(texts.into_iter().map(Json::String).collect()))
                }
                Lists::Named(_) => {
                    let items: Vec<Json> = items.iter().filter_map(|one| self.value(item, one)).collect();
                    (!items.is_empty()).then_some(Json::Array(items))
                }
            },
            (Type::Map(_) | Type::Json, Json::Object(entries)) => match (&style.maps, &style.nesting) {
                (Maps::Nested, Nesting::Json) => Some(given.clone()),
                (Maps::Nested, Nesting::Named(before, after)) if *bare == Type::Json => {
                    self.open(entries, before, after)
                }
                (Maps::Nested, Nesting::Named(..)) => self.entries(item_of(bare), entries),
                (Maps::Pairs(..), _) => {
                    // The name is there in any case.
                    let nothing = |value: &Json| match value {
                        Json::Array(_) => Json::Array(Vec::new()),
                        _ => Json::Object(Vec::new()),
                    };
                    let entry = |(name, value): &(String, Json)| {
                        (name.clone(), self.value(item_of(bare), value).unwrap_or_else(|| nothing(value)))
                    };
                    (!entries.is_empty()).then(|| Json::Object(entries.iter().map(entry).collect()))
                }
            },
            (_, Json::Object(members)) => match style.nesting {
                Nesting::Json => Some(given.clone()),
                Nesting::Named(..) => {
                    let member = |(name, value): &(String, Json)| {
                        Some((name.clone(), self.value(self.member(bare, members, name), value)?))
                    };
                    let members: Vec<_> = members.iter().filter_map(member).collect();
                    (!members.is_empty()).then_some(Json::Object(members))
                }
            },
            // An empty text is no number, so that it can only be null.
            (Type::Integer, Json::Null) => Some(Json::Null),
            (_, scalar) => Some(Json::String(self.received(text(scalar).to_owned()))),
        }
    }

    /// The type of a member of a record, or of an object that says which shape it has.
    fn member<'t>(&'t self, ty: &'t Type, members: &[(String, Json)], name: &str) -> &'t Type {
        let field = |ty| self.api.fields(ty).iter().find(|field| field.name.wire == name).map(|field| &field.ty);
        let Some(Shape::Union(union)) = self.api.shape(ty) else { return field(ty).unwrap() };
        let (_, word) = members.iter().find(|(name, _)| *name == union.tag).unwrap();
        let (_, shape) = union.variants.iter().find(|(variant, _)| variant.name.wire == text(word)).unwrap();
        match &union.content {
            _ if name == union.tag => &Type::String,
            Some(content) if name == content => shape,
            _ => field(self.api.bare(shape)).unwrap(),
        }
    }

    fn entries(&self, item: &Type, entries: &[(String, Json)]) -> Option<Json> {
        let entry = |(name, value): &(String, Json)| Some((name.clone(), self.value(item, value)?));
        let entries: Vec<_> = entries.iter().filter_map(entry).collect();
        (!entries.is_empty()).then_some(Json::Object(entries))
    }

    /// Nobody says what is in it: each of its parts has the rest of its name.
    fn open(&self, members: &[(String, Json)], before: &str, after: &str) -> Option<Json> {
        let mut pairs = Vec::new();
        for (name, value) in members {
            self.pairs(format!("{name}{after}"), value, (before, after), &mut pairs);
        }
        let inner = |(name, text): (String, String)| {
            let name = name.strip_suffix(after).unwrap_or(&name).to_owned();
            (name, Json::String(text))
        };
        (!pairs.is_empty()).then(|| Json::Object(pairs.into_iter().map(inner).collect()))
    }

    /// The names and texts of all that is in a value.
    fn pairs(&self, name: String, value: &Json, around: (&str, &str), out: &mut Vec<(String, String)>) {
        let (before, after) = around;
        match (value, &self.parameter.style.lists) {
            (Json::Object(members), _) => {
                for (member, value) in members {
                    self.pairs(format!("{name}{before}{member}{after}"), value, around, out);
                }
            }
            (Json::Array(items), Lists::Named(counted)) => {
                for (at, item) in items.iter().enumerate() {
                    let number = counted.first.map(|first| (first + at).to_string()).unwrap_or_default();
                    let name = format!("{name}{}{number}{}", counted.before, counted.after);
                    self.pairs(name, item, around, out);
                }
            }
            (Json::Array(items), Lists::Commas) => {
                let item = |item: &Json| match item {
                    Json::String(text) => text.clone(),
                    item => written(item),
                };
                out.push((name, items.iter().map(item).collect::<Vec<_>>().join(",")));
            }
            (Json::Array(_), Lists::Json) => out.push((name, written(value))),
            (scalar, _) => out.push((name, text(scalar).to_owned())),
        }
    }

    /// HTTP takes the blanks off the ends of a header.
    fn received(&self, text: String) -> String {
        match self.parameter.location {
            Location::Header => text.trim_matches([' ', '\t']).to_owned(),
            Location::Path | Location::Query | Location::Body => text,
        }
    }
}

/// The text of a single value.
fn text(scalar: &Json) -> &str {
    match scalar {
        Json::Null => "",
        Json::Boolean(true) => "true",
        Json::Boolean(false) => "false",
        Json::Number(text) | Json::String(text) => text,
        Json::Array(_) | Json::Object(_) => panic!("{scalar:?} is no single value"),
    }
}

/// The type of what is in a map.
fn item_of(map: &Type) -> &Type {
    match map {
        Type::Map(item) => item,
        Type::Json => map,
        _ => &Type::String,
    }
}

/// A value as JSON has it.
pub(super) fn written(value: &Json) -> String {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    match value {
        Json::String(text) => quoted(text),
        Json::Null => "null".to_owned(),
        Json::Array(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(",")),
        Json::Object(members) => {
            let members = members.iter().map(|(name, value)| format!("{}:{}", quoted(name), written(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        scalar => text(scalar).to_owned(),
    }
}

/// Members have no order.
pub(super) fn sorted(mut value: Json) -> Json {
    sort(&mut value);
    value
}

fn sort(value: &mut Json) {
    match value {
        Json::Array(items) => items.iter_mut().for_each(sort),
        Json::Object(members) => {
            members.sort_by(|(a, _), (b, _)| a.cmp(b));
            members.iter_mut().for_each(|(_, value)| sort(value));
        }
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::String(_) => {}
    }
}
