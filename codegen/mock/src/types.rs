//! What the members of a collection's objects are, so that each value is stored in one form.

use std::collections::{BTreeSet, HashMap};

use codegen::ir::{Api, CollectionId, Effect, EnumKind, Form, IdKind, Json, Member, Shape, Spelling, Type};

use crate::received::Given;

/// The form in which values of a type are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Boolean,
    Integer,
    Text,
    /// As it came.
    Any,
}

/// The members of a collection's objects.
#[derive(Debug)]
pub(crate) struct Types {
    kinds: HashMap<String, Kind>,
    looked_up: BTreeSet<String>,
}

impl Kind {
    pub(crate) fn of(api: &Api, ty: &Type) -> Self {
        match (api.bare(ty), api.form(ty)) {
            // Words of the API's own, and spellings that are numbers, are kept as they came.
            (Type::Boolean, Some(_)) => Self::Any,
            (_, Some(Form::Moments(_, Spelling::Epoch(_)))) => Self::Any,
            (Type::Boolean, None) => Self::Boolean,
            (Type::Integer | Type::Unsigned, None) => Self::Integer,
            (Type::Integer | Type::Unsigned | Type::Decimal, Some(_)) => Self::Text,
            (Type::String | Type::Base64, _) => Self::Text,
            (Type::DateTime | Type::CivilDateTime | Type::Date | Type::Time, _) => Self::Text,
            (named @ Type::Named(_), _) => match api.shape(named) {
                Some(Shape::Id(IdKind::Integer | IdKind::Unsigned) | Shape::Enum(_, EnumKind::Integer)) => {
                    Self::Integer
                }
                Some(Shape::Id(IdKind::String) | Shape::Enum(_, EnumKind::String)) => Self::Text,
                _ => Self::Any,
            },
            _ => Self::Any,
        }
    }

    /// A value as a server stores it: numbers and booleans are such, whatever they came as.
    pub(crate) fn value(self, given: &Given) -> Json {
        match self {
            Self::Boolean => match given.text.as_str() {
                "true" => Json::Boolean(true),
                "false" => Json::Boolean(false),
                _ => given.json.clone(),
            },
            Self::Integer => match given.text.parse::<i128>() {
                Ok(number) => Json::Number(number.to_string()),
                Err(_) => given.json.clone(),
            },
            Self::Text => Json::String(given.text.clone()),
            Self::Any => given.json.clone(),
        }
    }

    /// The same of a value that the spec writes.
    pub(crate) fn literal(self, json: &Json) -> Json {
        match json.spelling() {
            Some(text) => self.value(&Given::of(text.to_owned(), json.clone())),
            None => json.clone(),
        }
    }
}

impl Types {
    /// What the records that are answered say, else the parameters.
    pub(crate) fn of(api: &Api, id: CollectionId) -> Self {
        let parameters = api.collection_parameters(id).map(|parameter| (&parameter.name.wire, &parameter.ty));
        let fields = api.collection_fields(id).unwrap_or_default();
        let fields = fields.iter().map(|field| (&field.name.wire, &field.ty));
        // Of two with one name the last one counts.
        let kinds = parameters.chain(fields).map(|(name, ty)| (name.clone(), Kind::of(api, ty))).collect();
        let mut types = Self { kinds, looked_up: BTreeSet::from([api.collection(id).key.value.clone()]) };
        for (_, operation) in api.operations() {
            let Some(effect) = &operation.effect else { continue };
            if effect.collection == id {
                types.look_up(effect);
            }
            let rules = effect.exists.iter().filter(|rule| rule.collection == id);
            types.looked_up.extend(rules.clone().map(|rule| rule.by.value.clone()));
            let of_rules = rules.map(|rule| &rule.filter);
            let of_counts = effect.counts.iter().filter(|count| count.collection == id).map(|count| &count.filter);
            let of_sides = effect.also.iter().filter(|side| side.collection == id).map(|side| &side.filter);
            let members = of_rules.chain(of_counts).chain(of_sides).flatten();
            types.looked_up.extend(members.map(|member| member.name.value.clone()));
        }
        types
    }

    fn look_up(&mut self, effect: &Effect) {
        let filter = effect.filter.iter().map(|member: &Member| &member.name);
        let unique = effect.unique.iter().map(|(name, _)| name);
        let same = effect.overlap.iter().flat_map(|rule| &rule.stretch.same);
        self.looked_up.extend(filter.chain(unique).chain(same).map(|name| name.value.clone()));
    }

    /// The members that objects are looked for by.
    pub(crate) fn looked_up(&self) -> impl Iterator<Item = &String> {
        self.looked_up.iter()
    }

    /// The form of a member, if anything says what it is.
    pub(crate) fn kind(&self, name: &str) -> Option<Kind> {
        self.kinds.get(name).copied()
    }

    /// An object of the spec in the form in which it is stored.
    pub(crate) fn object(&self, json: &Json) -> Json {
        let Json::Object(members) = json else { return json.clone() };
        let stored = |(name, value): &(String, Json)| {
            let kind = self.kind(name).unwrap_or(Kind::Any);
            (name.clone(), kind.literal(value))
        };
        Json::Object(members.iter().map(stored).collect())
    }
}
