//! Values of which a request has nothing: where each item has a name of its own, a list without items has none.

use super::{Api, BodyKind, Json, Lists, Maps, Parameter, Style, Type};

impl Api {
    /// Whether a request has anything of the value of a parameter.
    pub fn is_sent(&self, parameter: &Parameter, body: BodyKind, value: &Json) -> bool {
        let is_json = parameter.is_json(body);
        match (&parameter.spread, value) {
            (None, _) => is_json || self.has_names(&parameter.style, &parameter.ty, value),
            (Some(_), Json::Object(members)) => {
                let mut all = members.iter();
                all.any(|(name, value)| is_json || self.sends_member(&parameter.style, &parameter.ty, name, value))
            }
            (Some(_), _) => true,
        }
    }

    /// Whether any name with a text is made of a value.
    fn has_names(&self, style: &Style, ty: &Type, value: &Json) -> bool {
        let is_map = matches!(self.bare(ty), Type::Map(_) | Type::Json);
        match value {
            Json::Array(items) => {
                let item = if let Type::List(item) = self.bare(ty) { item } else { &Type::Json };
                !matches!(style.lists, Lists::Named(_)) || items.iter().any(|value| self.has_names(style, item, value))
            }
            Json::Object(members) if is_map && style.maps != Maps::Nested => !members.is_empty(),
            Json::Object(members) => {
                !style.names_members() || members.iter().any(|(name, value)| self.sends_member(style, ty, name, value))
            }
            Json::Null | Json::Boolean(_) | Json::Number(_) | Json::String(_) => true,
        }
    }

    /// The same of a member of an object of a type.
    pub fn sends_member(&self, style: &Style, ty: &Type, name: &str, value: &Json) -> bool {
        self.has_names(style, self.member_type(ty, name), value)
    }

    /// The type of a member of an object of a type.
    pub fn member_type<'a>(&'a self, ty: &'a Type, name: &str) -> &'a Type {
        let field = || self.fields(ty).iter().find(|field| field.name.wire == name).map(|field| &field.ty);
        if let Type::Map(item) = self.bare(ty) { item } else { field().unwrap_or(&Type::Json) }
    }
}
