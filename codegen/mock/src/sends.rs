//! A value as a request has it: without that of which it has nothing.

use codegen::ir::{Api, BodyKind, Json, Lists, Parameter, Style, Type};

use crate::fits::fits;

/// A value without the members of which a request has nothing; what lacks a member of its own is kept, and refused.
pub(crate) fn sent(api: &Api, parameter: &Parameter, body: BodyKind, value: &Json) -> Json {
    if parameter.is_json(body) { value.clone() } else { named(api, &parameter.style, &parameter.ty, value) }
}

fn named(api: &Api, style: &Style, ty: &Type, value: &Json) -> Json {
    match value {
        Json::Array(items) if matches!(style.lists, Lists::Named(_)) => {
            let item = if let Type::List(item) = api.bare(ty) { item } else { &Type::Json };
            Json::Array(items.iter().map(|value| named(api, style, item, value)).collect())
        }
        Json::Object(members) if style.names_members() => {
            let is_sent = |(name, value): &&(String, Json)| {
                api.sends_member(style, ty, name, value) || !fits(api, api.member_type(ty, name), value)
            };
            let sent = members.iter().filter(is_sent);
            let named =
                |(name, value): &(String, Json)| (name.clone(), named(api, style, api.member_type(ty, name), value));
            Json::Object(sent.map(named).collect())
        }
        whole => whole.clone(),
    }
}
