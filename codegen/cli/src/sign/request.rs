//! A call to the request that is signed, as a generated client would make it.

use codegen::ir::{
    Api, BodyKind, HeaderPart, Json, Location, Operation, Parameter, PathPart, Sensitivity, Shape, Type,
};
use codegen_mock::interpret::{Place, Request, Signed, Value, sign};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::call::{Call, Given, Target};
use crate::Trouble;

/// What is sent as it is: the unreserved characters of RFC 3986.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What takes the place of what is not to be seen, if anything does.
pub(super) type Mask<'m> = Option<&'m str>;

/// Signs a call, with a mask for whatever is secret or personal.
pub(super) fn signed(call: &Call<'_>, mask: Mask<'_>) -> Result<Signed, Trouble> {
    let credentials: Vec<String> =
        call.credentials.iter().map(|credential| mask.unwrap_or(credential).to_owned()).collect();
    let request = request(call, &credentials, mask)?;
    let unsigned = matches!(call.target, Target::Operation(operation) if !operation.signed);
    if unsigned {
        return Ok(Signed { inject: Vec::new(), steps: Vec::new(), send: Vec::new(), request });
    }
    sign(&call.api.signing, &credentials, &call.moment, request)
        .map_err(|failure| Trouble::Unusable(format!("the call cannot be signed: {failure}")))
}

/// The request without what signing adds.
fn request(call: &Call<'_>, credentials: &[String], mask: Mask<'_>) -> Result<Request, Trouble> {
    let values = values(call)?;
    let of_spec = call.api.environments.first().map(|environment| environment.base.as_str());
    let base = call.base.as_deref().or(of_spec).ok_or_else(|| Trouble::Unusable("give `--base ADDRESS`".to_owned()))?;
    let (method, path, body) = match &call.target {
        Target::Raw(method, path) => (method.as_str(), path.clone(), BodyKind::Json),
        Target::Operation(operation) => {
            (operation.method.as_str(), path(operation, &values, mask)?, operation.encoding.body)
        }
    };
    let address = format!("{}{path}", base.trim_end_matches('/'));
    let unusable = || Trouble::Unusable(format!("`{base}` is no base address"));
    let mut request = Request::new(method, &address).ok_or_else(unusable)?;
    if body == BodyKind::Form {
        request = request.form();
    }
    for header in &call.api.headers {
        let parts = header.value.iter().map(|part| match part {
            HeaderPart::Text(text) => text.as_str(),
            HeaderPart::Credential(index) => credentials.get(*index).map_or("", String::as_str),
        });
        request = request.header(&header.name, &parts.collect::<String>());
    }
    for value in values {
        request = value.join(request, body, mask)?;
    }
    Ok(request)
}

/// A value with what is known of its parameter.
struct Argument<'a> {
    name: &'a str,
    json: Json,
    location: Location,
    hidden: bool,
}

/// The values in the order of the spec.
fn values<'c>(call: &'c Call<'_>) -> Result<Vec<Argument<'c>>, Trouble> {
    match &call.target {
        Target::Raw(method, _) => {
            let argument = |(name, given): &'c (String, Given)| Argument {
                name,
                json: given.json(|text| Json::String(text.to_owned())),
                location: method.default_location(),
                hidden: false,
            };
            Ok(call.given.iter().map(argument).collect())
        }
        Target::Operation(operation) => {
            let paging = call.api.pagination.as_ref().filter(|_| operation.is_paged());
            let all: Vec<&Parameter> =
                operation.parameters.iter().chain(paging.into_iter().flat_map(|paging| &paging.parameters)).collect();
            for (name, _) in &call.given {
                if all.iter().all(|parameter| parameter.name.wire != *name) {
                    let known: Vec<_> = all.iter().map(|parameter| parameter.name.wire.as_str()).collect();
                    let message = format!("there is no parameter `{name}`; there are {}", known.join(", "));
                    return Err(Trouble::Unusable(message));
                }
            }
            all.into_iter().filter_map(|parameter| of_parameter(call, operation, parameter).transpose()).collect()
        }
    }
}

fn of_parameter<'c>(
    call: &'c Call<'_>,
    operation: &'c Operation,
    parameter: &'c Parameter,
) -> Result<Option<Argument<'c>>, Trouble> {
    let given = |name: &str| call.given.iter().find(|(given, _)| given == name).map(|(_, given)| given);
    let source = match &parameter.fallback {
        codegen::ir::Fallback::Parameter(index) => operation.parameters.get(index.value),
        codegen::ir::Fallback::Nothing | codegen::ir::Fallback::Server(_) => None,
    };
    let name = &parameter.name.wire;
    let found = given(name).or_else(|| given(&source?.name.wire));
    let Some(found) = found else {
        let required = parameter.is_needed();
        return if required { Err(Trouble::Unusable(format!("`{name}` must be given"))) } else { Ok(None) };
    };
    Ok(Some(Argument {
        name,
        json: found.json(|text| as_json(call.api, &parameter.ty, text)),
        location: parameter.location,
        hidden: parameter.sensitivity != Sensitivity::Public,
    }))
}

impl Given {
    fn json(&self, of_text: impl Fn(&str) -> Json) -> Json {
        match self {
            Self::Json(json) => json.clone(),
            Self::Text(text) => of_text(text),
        }
    }
}

/// What a text stands for where its parameter is a number or a boolean.
fn as_json(api: &Api, ty: &Type, text: &str) -> Json {
    let is_number = match ty {
        Type::Boolean if matches!(text, "true" | "false") => return Json::Boolean(text == "true"),
        Type::Integer | Type::Unsigned | Type::Decimal | Type::NumberOrString => true,
        Type::Named(id) => match &api.type_def(*id).shape {
            Shape::Id(kind) => *kind != codegen::ir::IdKind::String,
            Shape::Enum(_, kind) => *kind == codegen::ir::EnumKind::Integer,
            Shape::Alias(ty) => return as_json(api, ty, text),
            Shape::Record(_) | Shape::Union(_) => false,
        },
        _ => false,
    };
    let is_spelled = text.parse::<i64>().is_ok_and(|number| number.to_string() == text);
    if is_number && is_spelled { Json::Number(text.to_owned()) } else { Json::String(text.to_owned()) }
}

impl Argument<'_> {
    /// The value as it is signed; `None` for one with parts.
    fn text(&self, mask: Mask<'_>) -> Option<String> {
        if let (true, Some(mask)) = (self.hidden, mask) {
            return Some(mask.to_owned());
        }
        Some(match &self.json {
            Json::Null => String::new(),
            Json::Boolean(value) => value.to_string(),
            Json::Number(text) | Json::String(text) => text.clone(),
            Json::Array(_) | Json::Object(_) => return None,
        })
    }

    fn join(self, request: Request, body: BodyKind, mask: Mask<'_>) -> Result<Request, Trouble> {
        let is_masked = self.hidden && mask.is_some();
        if self.location == Location::Body && body == BodyKind::Json && !is_masked {
            return Ok(request.json_value(self.name, &self.json));
        }
        let text = self.text(mask).ok_or_else(|| {
            Trouble::Unusable(format!(
                "`{}` has parts, and `sign` knows how to spell these in JSON bodies only",
                self.name
            ))
        })?;
        Ok(match self.location {
            Location::Path => request.field(Place::Path, self.name, &text),
            Location::Query => request.field(Place::Query, self.name, &text),
            Location::Header => request.header(self.name, &text),
            Location::Body => request.field(Place::Body, self.name, &text),
        })
    }
}

/// The path of an operation, each value one segment.
fn path(operation: &Operation, values: &[Argument<'_>], mask: Mask<'_>) -> Result<String, Trouble> {
    let mut path = String::new();
    for part in &operation.path {
        match part {
            PathPart::Literal(text) => path.push_str(text),
            PathPart::Parameter(index) => {
                let name = operation.parameters.get(*index).map_or("", |parameter| parameter.name.wire.as_str());
                let value = values.iter().find(|value| value.name == name).and_then(|value| value.text(mask));
                let value = value.filter(|text| !matches!(text.as_str(), "" | "." | ".."));
                let value = value.ok_or_else(|| Trouble::Unusable(format!("`{name}` can be no segment of a path")))?;
                path.push_str(&encoded(&value));
            }
        }
    }
    Ok(path)
}

/// A text as it stands in a path or a query.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// A value as people can read it, on one line; bytes in hexadecimal.
pub(super) fn readable(value: &Value) -> String {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    match value {
        Value::Text(text) => text.clone(),
        Value::Bytes(bytes) => hex(bytes),
        Value::Number(number) => number.to_string(),
        Value::Time(ms) => ms.to_string(),
        Value::List(items) => format!("{items:?}"),
        Value::ByteList(items) => format!("{:?}", items.iter().map(|item| hex(item)).collect::<Vec<_>>()),
        Value::Fields(fields) => format!("{fields:?}"),
    }
}
