//! A value by its type: what of it is sent, and that a client could send it at all.
//!
//! A generated client cannot be given anything else, so that whatever does not fit is refused here: signed, it would be
//! the right signature of a call that nobody makes.

use codegen::ir::{Api, EnumKind, Field, Form, IdKind, Json, Presence, Sensitivity, Shape, Spelling, Type, Union};
use codegen_mock::interpret::write_json;

use super::request::Mask;

/// A value as it is sent.
#[derive(Clone)]
pub(super) enum Sent {
    /// A text, and whether it stands in JSON without quotes.
    Scalar(String, bool),
    Null,
    List(Vec<Sent>),
    /// Names that the API gives.
    Record(Vec<(String, Sent)>),
    /// Names that are data.
    Map(Vec<(String, Sent)>),
}

/// Reads values by their types.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    api: &'a Api,
    mask: Mask<'a>,
    /// Whether it is the mask that is sent.
    hides: bool,
}

/// What a value is not, with its place: never the value, which may be secret.
type Read = Result<Sent, String>;

impl<'a> Reader<'a> {
    pub(super) fn new(api: &'a Api, mask: Mask<'a>) -> Self {
        Self { api, mask, hides: false }
    }

    /// What is inside of what is hidden is hidden too.
    pub(super) fn seeing(self, sensitivity: Sensitivity) -> Self {
        Self { hides: self.hides || sensitivity != Sensitivity::Public, ..self }
    }

    /// The value of a type.
    pub(super) fn value(self, ty: &Type, json: &Json, at: &str) -> Read {
        self.spelled(ty, self.api.form(ty), json, at)
    }

    /// The same; how a list or map is spelled is how its items are.
    fn spelled(self, ty: &Type, form: Option<&Form>, json: &Json, at: &str) -> Read {
        let is_quoted = matches!(form, Some(Form::Quoted));
        match (self.api.bare(ty), json) {
            (Type::Json, json) => Ok(self.anything(json)),
            (Type::List(item), Json::Array(items)) => {
                let item = |(index, json)| self.spelled(item, form, json, &format!("{at}[{index}]"));
                Ok(Sent::List(items.iter().enumerate().map(item).collect::<Result<_, _>>()?))
            }
            (Type::Map(item), Json::Object(members)) => {
                let member = |(name, json): &(String, Json)| {
                    Ok((name.clone(), self.spelled(item, form, json, &format!("{at}.{name}"))?))
                };
                Ok(Sent::Map(members.iter().map(member).collect::<Result<_, String>>()?))
            }
            (Type::JsonText(_), Json::String(text)) => Ok(self.scalar(text, false)),
            (Type::JsonText(inner), json) => {
                let text = write_json(&self.spelled(inner, form, json, at)?.json());
                Ok(Sent::Scalar(text, false))
            }
            (bare @ Type::Named(_), json) => match self.api.shape(bare) {
                Some(Shape::Record(fields)) => Ok(Sent::Record(self.record(fields, json, at)?)),
                Some(Shape::Union(union)) => self.union(union, json, at),
                Some(Shape::Id(IdKind::Integer) | Shape::Enum(_, EnumKind::Integer)) => {
                    self.number(&Type::Integer, json, is_quoted, at)
                }
                Some(Shape::Id(IdKind::Unsigned)) => self.number(&Type::Unsigned, json, is_quoted, at),
                Some(Shape::Id(IdKind::NumberOrString)) => self.number(&Type::NumberOrString, json, is_quoted, at),
                Some(Shape::Id(IdKind::String) | Shape::Enum(_, EnumKind::String) | Shape::Alias(_)) | None => {
                    Ok(self.scalar(word(json).ok_or_else(|| wrong(at, "a text"))?, false))
                }
            },
            (Type::Boolean, json) => self.boolean(form, json, at),
            (Type::String | Type::Base64 | Type::File, json) => {
                Ok(self.scalar(word(json).ok_or_else(|| wrong(at, "a text"))?, false))
            }
            (moment @ (Type::DateTime | Type::CivilDateTime | Type::Date | Type::Time), json) => {
                let text = word(json).filter(|text| Form::is_moment(form, text, moment, true));
                let text = text.ok_or_else(|| wrong(at, "a date or time as the spec says it is sent"))?;
                Ok(self.scalar(text, matches!(form, Some(Form::Moments(_, Spelling::Epoch(_))))))
            }
            (Type::List(_), _) => Err(wrong(at, "a list")),
            (Type::Map(_), _) => Err(wrong(at, "an object")),
            (number, json) => self.number(number, json, is_quoted, at),
        }
    }

    /// A value of which the spec says nothing.
    pub(super) fn anything(self, json: &Json) -> Sent {
        match json {
            Json::Null => Sent::Null,
            Json::Boolean(value) => self.scalar(if *value { "true" } else { "false" }, true),
            Json::Number(text) => self.scalar(text, true),
            Json::String(text) => self.scalar(text, false),
            Json::Array(items) => Sent::List(items.iter().map(|item| self.anything(item)).collect()),
            Json::Object(members) => {
                Sent::Map(members.iter().map(|(name, json)| (name.clone(), self.anything(json))).collect())
            }
        }
    }

    /// The members in the order of the spec, in which clients write them.
    fn record(self, fields: &[Field], json: &Json, at: &str) -> Result<Vec<(String, Sent)>, String> {
        let Json::Object(given) = json else { return Err(wrong(at, "an object")) };
        if let Some((name, _)) = given.iter().find(|(name, _)| fields.iter().all(|field| field.name.wire != *name)) {
            let help = codegen::diagnostics::among(name, fields.iter().map(|field| field.name.wire.as_str()));
            return Err(format!("there is no `{at}.{name}`; {help}"));
        }
        let mut members = Vec::new();
        for field in fields {
            let name = &field.name.wire;
            let at = format!("{at}.{name}");
            let required = field.presence == Presence::Required;
            match given.iter().find(|(member, _)| member == name).map(|(_, json)| json) {
                Some(Json::Null) if field.nullable && (required || field.tells_null) => {
                    members.push((name.clone(), Sent::Null));
                }
                Some(json) => {
                    let reader = self.seeing(field.sensitivity);
                    members.push((name.clone(), reader.value(&field.ty, json, &at)?));
                }
                None if required => return Err(format!("`{at}` must be given")),
                None => {}
            }
        }
        Ok(members)
    }

    /// One of several shapes: its tag first, as clients write it.
    fn union(self, union: &Union, json: &Json, at: &str) -> Read {
        let Json::Object(given) = json else { return Err(wrong(at, "an object")) };
        let member = |name: &str| given.iter().find(|(member, _)| member == name).map(|(_, json)| json);
        let Some(Json::String(tag)) = member(&union.tag) else {
            return Err(wrong(&format!("{at}.{}", union.tag), "a text"));
        };
        let Some((_, ty)) = union.variants.iter().find(|(value, _)| value.name.wire == *tag) else {
            return Ok(self.anything(json));
        };
        let tag = (union.tag.clone(), Sent::Scalar(tag.clone(), false));
        if let Some(content) = &union.content {
            let at = format!("{at}.{content}");
            let json = member(content).filter(|_| given.len() == 2);
            let json = json.ok_or_else(|| format!("`{at}` must be given, and nothing else beside the tag"))?;
            return Ok(Sent::Record(vec![tag, (content.clone(), self.value(ty, json, &at)?)]));
        }
        let rest = given.iter().filter(|(name, _)| *name != union.tag).cloned().collect();
        Ok(match self.value(ty, &Json::Object(rest), at)? {
            Sent::Record(members) => Sent::Record([vec![tag], members].concat()),
            other => other,
        })
    }

    fn boolean(self, form: Option<&Form>, json: &Json, at: &str) -> Read {
        let words = [true, false].map(|value| Form::word(form, value));
        let found = words.iter().find(|(text, _)| word(json) == Some(*text));
        let (text, is_bare) = found.ok_or_else(|| wrong(at, &format!("`{}` or `{}`", words[0].0, words[1].0)))?;
        Ok(self.scalar(text, *is_bare))
    }

    fn number(self, ty: &Type, json: &Json, is_quoted: bool, at: &str) -> Read {
        let text = word(json).filter(|_| !matches!(json, Json::Boolean(_)));
        let is_one = |text: &str| match ty {
            Type::Integer => text.parse::<i64>().is_ok_and(|number| number.to_string() == text),
            Type::Unsigned => text.parse::<u64>().is_ok_and(|number| number.to_string() == text),
            _ => matches!(codegen::parse_json(text), Ok(Json::Number(number)) if number == text),
        };
        match (ty, text) {
            (Type::NumberOrString, Some(text)) => Ok(self.scalar(text, matches!(json, Json::Number(_)) && !is_quoted)),
            (Type::NumberOrString, None) => Err(wrong(at, "a number or a text")),
            (_, Some(text)) if is_one(text) => Ok(self.scalar(text, !is_quoted)),
            (Type::Integer, _) => Err(wrong(at, "a whole number")),
            (Type::Unsigned, _) => Err(wrong(at, "a whole number that is not negative")),
            _ => Err(wrong(at, "a decimal number")),
        }
    }

    fn scalar(self, text: &str, is_bare: bool) -> Sent {
        match self.mask {
            // What is empty stays so: a scheme may leave it out.
            Some(mask) if self.hides && !text.is_empty() => Sent::Scalar(mask.to_owned(), false),
            Some(_) | None => Sent::Scalar(text.to_owned(), is_bare),
        }
    }
}

impl Sent {
    /// As it stands in JSON.
    pub(super) fn json(&self) -> Json {
        let members = |members: &[(String, Self)]| {
            Json::Object(members.iter().map(|(name, value)| (name.clone(), value.json())).collect())
        };
        match self {
            Self::Null => Json::Null,
            Self::Scalar(text, false) => Json::String(text.clone()),
            Self::Scalar(text, true) if text == "true" || text == "false" => Json::Boolean(text == "true"),
            Self::Scalar(text, true) => Json::Number(text.clone()),
            Self::List(items) => Json::Array(items.iter().map(Self::json).collect()),
            Self::Record(all) | Self::Map(all) => members(all),
        }
    }
}

/// A value that is one word.
fn word(json: &Json) -> Option<&str> {
    match json {
        Json::Boolean(true) => Some("true"),
        Json::Boolean(false) => Some("false"),
        Json::Number(text) | Json::String(text) => Some(text),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

fn wrong(at: &str, what: &str) -> String {
    format!("`{at}` must be {what}")
}
