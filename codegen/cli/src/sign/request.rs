//! A call to the request that is signed, as a generated client would make it.

use codegen::ir::{
    Api, BodyKind, Carrier, Clear, Fallback, HeaderPart, IdKind, Json, Location, Operation, Parameter, Shape, Style,
    Type,
};
use codegen_mock::interpret::{Fault, Masks, Place, Request, Signed, Value, explain, sign, undecodable, write_json};

use super::call::{Call, Given, Target};
use super::parts::flatten;
use super::path;
use super::sent::{Reader, Sent};
use crate::Trouble;

/// What stands between parts: a client draws another for each call.
const BOUNDARY: &str = "boundary";

/// Headers that say what the connection and the body are.
const OF_CLIENTS: [&str; 8] =
    ["connection", "content-length", "expect", "host", "te", "trailer", "transfer-encoding", "upgrade"];

/// What takes the place of what is not to be seen, if anything does.
pub(super) type Mask<'m> = Option<&'m str>;

/// Signs a call; or what may be shown of one that is signed, with a mask for whatever is secret or personal.
pub(super) fn signed(call: &Call<'_>, masks: Option<Masks<'_>>) -> Result<Signed, Trouble> {
    let mask = masks.map(|masks| masks.mask);
    let given = call.api.credentials.iter().zip(&call.credentials);
    let seen = given.map(|(credential, given)| {
        let mask = mask.filter(|_| !given.is_empty());
        mask.map_or_else(|| credential.normalised(given), str::to_owned)
    });
    let credentials: Vec<String> = seen.collect();
    let request = request(call, &credentials, mask)?;
    let unsigned = matches!(call.target, Target::Operation(operation) if !operation.signed);
    if unsigned {
        return Ok(Signed { inject: Vec::new(), steps: Vec::new(), send: Vec::new(), request });
    }
    let (signing, moment) = (&call.api.signing, &call.moment);
    let signed = match masks {
        None => sign(signing, &credentials, moment, request),
        Some(masks) => explain(signing, &credentials, moment, request, masks),
    };
    let signed = signed.map_err(|failure| {
        let found = undecodable(signing, &credentials).filter(|_| matches!(failure.fault, Fault::Undecodable(_)));
        let found = found.and_then(|(index, what)| Some((&call.api.credentials.get(index)?.name.wire, what)));
        Trouble::Unusable(match found {
            Some((name, what)) => format!("the credential `{name}` is not {what}, as signing needs it"),
            None => format!("the call cannot be signed: {failure}"),
        })
    })?;
    match whole_body(call) {
        Some(whole) if signed.request.body() != whole => Err(nothing_joins(call)),
        Some(_) | None => Ok(signed),
    }
}

/// The request without what signing adds.
fn request(call: &Call<'_>, credentials: &[String], mask: Mask<'_>) -> Result<Request, Trouble> {
    let pieces = pieces(call, mask)?;
    let of_spec = call.api.environments.first().map(|environment| environment.base.as_str());
    let base = call.base.as_deref().or(of_spec).ok_or_else(|| Trouble::Unusable("give `--base ADDRESS`".to_owned()))?;
    let of_path = |name: &str| {
        let piece = pieces.iter().find(|piece| piece.location == Location::Path && piece.name == name);
        piece.map_or("", Piece::text)
    };
    let (method, path, body) = match &call.target {
        Target::Raw(line) => {
            // A form or parts would make another body of their own; and nothing says what a list would be made of.
            let is_json = call.json.is_some() || call.body.is_some() || call.api.encoding.body.is_json();
            let body = if is_json { BodyKind::Json } else { call.api.encoding.body };
            (line.method.as_str(), path::written(call.api, &line.path, credentials)?, body)
        }
        Target::Operation(operation) => {
            (operation.method.as_str(), path::of(operation, of_path, credentials)?, operation.encoding.body)
        }
    };
    // It may hold a password, so that it is not repeated.
    let unusable = |why| Trouble::Unusable(format!("the base address does not do: {why}"));
    codegen::check_address(base).map_err(unusable)?;
    let operation = if let Target::Operation(operation) = &call.target { Some(*operation) } else { None };
    let host = base.match_indices('/').nth(2).map_or(base, |(end, _)| base.get(..end).unwrap_or(base));
    let base = if operation.is_some_and(|operation| operation.below_host) { host } else { base };
    let address = format!("{}{path}", base.trim_end_matches('/'));
    let mut request = Request::new(method, &address).ok_or_else(|| unusable("it cannot be read"))?;
    request = match body {
        BodyKind::Json | BodyKind::List => request,
        BodyKind::Form => request.form(),
        BodyKind::Multipart => request.multipart(BOUNDARY),
    };
    for header in &call.api.headers {
        let has_credential = header.value.iter().any(|part| matches!(part, HeaderPart::Credential(_)));
        if has_credential && operation.is_some_and(|operation| operation.anonymous) {
            continue;
        }
        let parts = header.value.iter().map(|part| match part {
            HeaderPart::Text(text) => text.as_str(),
            HeaderPart::Credential(index) => credentials.get(*index).map_or("", String::as_str),
        });
        let text = parts.collect::<String>();
        if !is_header(&text) {
            let name = &header.name;
            return Err(Trouble::Unusable(format!(
                "the header `{name}`, which every call has, must be a text that a header can hold"
            )));
        }
        request = request.header(&header.name, &text);
    }
    if let Target::Raw(line) = &call.target {
        request = request.written_query(&line.query);
    }
    for piece in &pieces {
        if piece.location == Location::Header {
            check_header(piece)?;
        }
        request = match (body, piece.location) {
            // The generator has seen to it that nothing stands beside it.
            (BodyKind::List, Location::Body) => {
                request.raw_body("application/json", write_json(&piece.value.json()).into_bytes())
            }
            _ => piece.join(request),
        };
        if piece.parameter.is_some_and(|parameter| !parameter.signed) {
            request = request.unsigned(&piece.name);
        }
    }
    match whole_body(call) {
        Some(_) if !request.body().is_empty() => Err(not_an_object(call)),
        Some(whole) if call.body.is_some() => Ok(request.written_body(media_type(call), whole)),
        Some(whole) => Ok(request.raw_body("application/json", whole)),
        None => Ok(request),
    }
}

/// What the bytes of a body are said to be; otherwise what the bodies of the API are.
fn media_type<'a>(call: &'a Call<'_>) -> &'a str {
    let stated = call.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    stated.map_or_else(
        || match call.api.encoding.body {
            BodyKind::Form => "application/x-www-form-urlencoded",
            BodyKind::Json | BodyKind::List | BodyKind::Multipart => "application/json",
        },
        |(_, value)| value,
    )
}

/// A body that is given as a whole, and no object.
fn whole_body(call: &Call<'_>) -> Option<Vec<u8>> {
    if let Some(bytes) = &call.body {
        return Some(bytes.clone());
    }
    let json = call.json.as_ref().filter(|json| !matches!(json, Json::Object(_)));
    json.map(|json| write_json(json).into_bytes())
}

/// Only the members of an object can stand beside others.
fn not_an_object(call: &Call<'_>) -> Trouble {
    Trouble::Unusable(format!("a body with parameters must {}", open(call)))
}

/// The same where signing would be what adds one.
fn nothing_joins(call: &Call<'_>) -> Trouble {
    Trouble::Unusable(format!("signing adds parameters to the body, which must {}", open(call)))
}

fn open(call: &Call<'_>) -> &'static str {
    if call.body.is_some() { "not be given as bytes" } else { "be an object" }
}

/// What travels under one name.
struct Piece<'a> {
    /// What it is of, if the spec describes that.
    parameter: Option<&'a Parameter>,
    /// Whether it is a file, of which the name is given.
    is_file: bool,
    location: Location,
    name: String,
    /// Only in a JSON body does it have parts.
    value: Sent,
}

/// What a call sends of its own, in the order of the spec.
fn pieces<'a>(call: &'a Call<'_>, mask: Mask<'_>) -> Result<Vec<Piece<'a>>, Trouble> {
    let reader = Reader::new(call.api, mask);
    let mut out = Vec::new();
    match &call.target {
        Target::Raw(line) => {
            let encoding = &call.api.encoding;
            if let Some(Json::Object(members)) = &call.json {
                for (name, json) in members {
                    out.push(Piece::new(Location::Body, name.clone(), reader.anything(json)));
                }
            }
            for (name, given) in &call.given {
                let value = match given {
                    Given::Json(json) => reader.anything(json),
                    Given::Text(text) => Sent::Scalar(text.clone(), false),
                };
                let (location, is_json) = (line.method.default_location(), encoding.body.is_json());
                let is_written = location == Location::Query && line.names(name);
                if is_written || out.iter().any(|piece| piece.location == location && piece.name == *name) {
                    return Err(Trouble::Unusable(format!("`{name}` is given more than once")));
                }
                add(location, name, value, (&encoding.style, is_json || call.json.is_some()), &mut out)?;
            }
        }
        Target::Operation(operation) => {
            let all: Vec<&Parameter> = operation.parameters.iter().chain(call.api.page_parameters(operation)).collect();
            for (name, _) in &call.given {
                if all.iter().all(|parameter| parameter.name.wire != *name) {
                    let known = all.iter().map(|parameter| parameter.name.wire.as_str());
                    return Err(Trouble::Unusable(crate::unknown("parameter ", name, known)));
                }
            }
            for parameter in all {
                let Some(value) = value(call, operation, parameter, reader)? else { continue };
                let name = &parameter.name.wire;
                let is_json = operation.encoding.body.is_json();
                let start = out.len();
                if parameter.spread.is_none() {
                    add(parameter.location, name, value, (&parameter.style, is_json), &mut out)?;
                    of_parameter(call.api, parameter, start, &mut out);
                    continue;
                }
                let (Sent::Record(members) | Sent::Map(members)) = value else {
                    return Err(Trouble::Unusable(format!("`{name}` must be an object")));
                };
                for (member, value) in members {
                    let name = format!("{name}{member}");
                    add(parameter.location, &name, value, (&parameter.style, is_json), &mut out)?;
                }
                of_parameter(call.api, parameter, start, &mut out);
            }
        }
    }
    for (name, text) in &call.headers {
        let is_it = |known: &str| known.eq_ignore_ascii_case(name);
        let signing = &call.api.signing;
        let mut placed = signing.placements().filter(|it| it.carrier == Carrier::Header);
        if call.api.headers.iter().any(|header| is_it(&header.name)) || placed.any(|it| is_it(&it.name.wire)) {
            return Err(Trouble::Unusable(format!("the header `{name}` is set by the spec")));
        }
        let value = Sent::Scalar(text.clone(), false);
        out.push(Piece::new(Location::Header, name.clone(), value));
    }
    Ok(out)
}

/// Says of what was added what it is of.
fn of_parameter<'a>(api: &Api, parameter: &'a Parameter, start: usize, out: &mut [Piece<'a>]) {
    for piece in out.iter_mut().skip(start) {
        (piece.parameter, piece.is_file) = (Some(parameter), is_file(api, &parameter.ty));
    }
}

/// Adds a value: as it is in a JSON body, and as names and texts elsewhere.
fn add(
    location: Location,
    name: &str,
    value: Sent,
    (style, is_json): (&Style, bool),
    out: &mut Vec<Piece<'_>>,
) -> Result<(), Trouble> {
    if location == Location::Body && is_json {
        out.push(Piece::new(location, name.to_owned(), value));
        return Ok(());
    }
    let mut pairs = Vec::new();
    flatten(style, name, &value, &mut pairs).map_err(Trouble::Unusable)?;
    out.extend(pairs.into_iter().map(|(name, text)| Piece::new(location, name, Sent::Scalar(text, false))));
    Ok(())
}

/// What is given for a parameter, or for the one that it is filled from.
fn value(
    call: &Call<'_>,
    operation: &Operation,
    parameter: &Parameter,
    reader: Reader<'_>,
) -> Result<Option<Sent>, Trouble> {
    let given = |name: &str| call.given.iter().find(|(given, _)| given == name).map(|(_, given)| given);
    let source = |parameter: &&'_ Parameter| match &parameter.fallback {
        Fallback::Parameter(index) => operation.parameters.get(index.value),
        Fallback::Nothing | Fallback::Server(_) | Fallback::Random => None,
    };
    let name = &parameter.name.wire;
    let of_source = || {
        let mut sources = std::iter::successors(source(&parameter), source).take(operation.parameters.len());
        sources.find_map(|source| Some((given(&source.name.wire)?, source.sensitivity)))
    };
    let own = given(name).map(|given| (given, parameter.sensitivity));
    let Some((given, sensitivity)) = own.or_else(of_source) else {
        // What a client would draw could not be what it draws.
        let required = parameter.is_needed() || parameter.fallback == Fallback::Random;
        return if required { Err(Trouble::Unusable(format!("`{name}` must be given"))) } else { Ok(None) };
    };
    let reader = reader.seeing(parameter.sensitivity).seeing(sensitivity);
    let json = match given {
        Given::Json(json) => json.clone(),
        Given::Text(text) => of_text(call.api, parameter, text)?,
    };
    match (reader.value(&parameter.ty, &json, name), parameter.clear.as_deref(), &json) {
        (Ok(value), ..) => Ok(Some(value)),
        (Err(_), Some(Clear::Text(clear)), Json::String(text)) if text == clear => {
            Ok(Some(Sent::Scalar(clear.clone(), false)))
        }
        (Err(_), Some(Clear::Null), Json::Null) => Ok(Some(Sent::Null)),
        (Err(message), ..) => Err(Trouble::Unusable(message)),
    }
}

/// Whether a value is a file, or files, of which the names are given.
fn is_file(api: &Api, ty: &Type) -> bool {
    match api.bare(ty) {
        Type::File => true,
        Type::List(ty) | Type::Map(ty) => is_file(api, ty),
        _ => false,
    }
}

/// What a text of the command line stands for. What has parts, or may have some, is written in JSON.
fn of_text(api: &Api, parameter: &Parameter, text: &str) -> Result<Json, Trouble> {
    let bare = api.bare(&parameter.ty);
    let is_either = || text.parse::<i64>().is_ok_and(|number| number.to_string() == text);
    match (bare, api.shape(bare)) {
        (Type::List(_) | Type::Map(_) | Type::Json, _) | (_, Some(Shape::Record(_) | Shape::Union(_))) => {
            let refused = |_| Trouble::Unusable(format!("`{}` must be written in JSON", parameter.name.wire));
            codegen::parse_json(text).map_err(refused)
        }
        (Type::NumberOrString, _) | (_, Some(Shape::Id(IdKind::NumberOrString))) if is_either() => {
            Ok(Json::Number(text.to_owned()))
        }
        _ => Ok(Json::String(text.to_owned())),
    }
}

impl Piece<'_> {
    /// One that no parameter of the spec is known to be.
    fn new(location: Location, name: String, value: Sent) -> Self {
        Self { parameter: None, is_file: false, location, name, value }
    }

    fn text(&self) -> &str {
        if let Sent::Scalar(text, _) = &self.value { text } else { "" }
    }

    fn join(&self, request: Request) -> Request {
        if let Some(parameter) = self.parameter.filter(|_| self.is_file) {
            let media_type = parameter.content_type.as_ref().map_or("application/octet-stream", |it| it.value.as_str());
            return request.file(&self.name, self.text(), media_type, "[the file]");
        }
        match (self.location, &self.value) {
            (Location::Path, _) => request.field(Place::Path, &self.name, self.text()),
            (Location::Query, _) => request.field(Place::Query, &self.name, self.text()),
            (Location::Header, _) => request.own_header(&self.name, self.text()),
            (Location::Body, value) => request.json_value(&self.name, &value.json()),
        }
    }
}

/// Refuses what a client would not send.
fn check_header(piece: &Piece<'_>) -> Result<(), Trouble> {
    let name = &piece.name;
    let refused = |what: &str| Err(Trouble::Unusable(format!("the header `{name}` {what}")));
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(is_token) {
        return refused("has a name that no header can have");
    }
    if OF_CLIENTS.contains(&name.to_ascii_lowercase().as_str()) {
        return refused("is set by the client itself, from what it sends");
    }
    if is_header(piece.text()) { Ok(()) } else { refused("must be a text that a header can hold") }
}

/// Whether a header can hold a text: a line break would begin another.
fn is_header(text: &str) -> bool {
    !text.chars().any(|character| character.is_ascii_control() && character != '\t')
}

/// A value as people can read it, on one line: bytes in hexadecimal, lists and fields in JSON.
pub(super) fn readable(value: &Value) -> String {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    match value {
        Value::Text(text) => text.clone(),
        Value::Bytes(bytes) => hex(bytes),
        Value::Number(number) => number.to_string(),
        Value::Time(ms) => ms.to_string(),
        Value::List(items) => write_json(&texts(items.iter().cloned())),
        Value::ByteList(items) => write_json(&texts(items.iter().map(|item| hex(item)))),
        Value::Fields(fields) => {
            let pairs = fields.iter().map(|(name, value)| texts([name.clone(), value.clone()]));
            write_json(&Json::Array(pairs.collect()))
        }
    }
}

fn texts(items: impl IntoIterator<Item = String>) -> Json {
    Json::Array(items.into_iter().map(Json::String).collect())
}
