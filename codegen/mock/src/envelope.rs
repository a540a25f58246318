//! Answers in the envelope that the spec declares: a result as a success, an error as a failure.

use codegen::ir::{
    AnswerPath, Api, Condition, EACH, Envelope, ErrorCase, Json, Operation, Payload, Template, same_code,
};

use crate::json;
use crate::parameters::Parameters;
use crate::value::Making;

/// The body of a success that holds `value`, where the operation returns one.
pub(crate) fn success(api: &Api, operation: &Operation, now: i64, value: Json) -> Json {
    let envelope = api.envelope_of(operation);
    let key = match &operation.payload {
        Payload::Nothing | Payload::Raw(_) => None,
        Payload::Key(key, _) => Some(Some(key)),
        Payload::Page(key, _) => Some(key.as_ref()),
        Payload::Whole(_) => Some(None),
    };
    let value = match value {
        Json::Array(mut items) if operation.or_one && items.len() == 1 => items.remove(0),
        value => value,
    };
    let mut body = Json::Null;
    if let Some(key) = key {
        let path: Vec<&String> = envelope.payload.0.iter().chain(key).collect();
        put(&mut body, &path, value);
    }
    for condition in &envelope.success.conditions {
        if let Condition::Is(path, values) = condition
            && !condition.is_met(&body)
        {
            put_at(&mut body, path, values.iter().find(|value| **value != Json::Null).cloned().unwrap_or(Json::Null));
        }
    }
    if body == Json::Null && key.is_none() {
        body = Json::Object(Vec::new());
    }
    complete(api, operation, now, &mut body);
    body
}

/// What an error says in one answer.
pub(crate) struct Said<'a> {
    pub(crate) case: &'a ErrorCase,
    /// With its captures filled.
    pub(crate) field: Option<String>,
    /// With its captures filled.
    pub(crate) message: String,
}

/// The status of an answer that is an error.
pub(crate) fn status(envelope: &Envelope, case: &ErrorCase) -> u16 {
    let assumed = if envelope.success.conditions.is_empty() { 400 } else { envelope.success.status() };
    case.statuses.first().copied().unwrap_or(assumed)
}

/// The body of an answer that is an error.
pub(crate) fn failure(api: &Api, operation: &Operation, now: i64, said: &Said<'_>) -> Json {
    let envelope = api.envelope_of(operation);
    let case = said.case;
    let message = Json::String(said.message.clone());
    let mut body = Json::Null;
    let stated = place(api, envelope);
    let (place, field) = placed(&stated, said.field.as_deref());
    if let Some(report) = report(envelope, said, field) {
        let is_item = stated.0.last().is_some_and(|step| step == EACH);
        put_at(&mut body, &place, if is_item || is_shared(envelope, &place) { alone(report) } else { report });
    }
    for (path, codes) in [(&envelope.code, &case.codes), (&envelope.subcode, &case.subcodes)] {
        if let Some(code) = codes.first().filter(|_| !path.is_empty()) {
            put_at(&mut body, path, value_of(envelope, code));
        }
    }
    if !envelope.message.is_empty() {
        put_at(&mut body, &envelope.message, message);
    }
    deny(api, envelope, &mut body);
    if body == Json::Null {
        body = Json::Object(Vec::new());
    }
    complete(api, operation, now, &mut body);
    body
}

/// A message that no spec knows, where messages stand.
pub(crate) fn remark(api: &Api, message: Json) -> Json {
    let envelope = &api.envelope;
    let mut body = Json::Null;
    let at = if envelope.message.is_empty() { place(api, envelope) } else { envelope.message.clone() };
    put_at(&mut body, &at, message);
    deny(api, envelope, &mut body);
    body
}

/// Where reports of errors stand.
fn place(api: &Api, envelope: &Envelope) -> AnswerPath {
    // What is assumed of the answers of the API says nothing of those of an operation that has others.
    if envelope.errors == api.envelope.errors {
        return api.mock.error_in.clone();
    }
    envelope.errors.places.first().cloned().unwrap_or_default()
}

/// A place with positions for what stands for each item of a list: those that the field begins with, where the rest is
/// the field, or the first.
fn placed(place: &AnswerPath, field: Option<&str>) -> (AnswerPath, Option<String>) {
    let mut steps = field.into_iter().flat_map(|field| field.split('.')).peekable();
    let of = |step: &String| match step.as_str() {
        EACH => steps.next().filter(|step| step.parse::<usize>().is_ok()).unwrap_or("0").to_owned(),
        _ => step.clone(),
    };
    let place = AnswerPath(place.0.iter().map(of).collect());
    let rest: Vec<&str> = steps.collect();
    (place, Some(rest.join(".")).filter(|rest| !rest.is_empty()))
}

/// Whether what the answer says as a whole stands at the place of reports too, so that no list can be there.
fn is_shared(envelope: &Envelope, place: &AnswerPath) -> bool {
    let paths = [&envelope.code, &envelope.subcode, &envelope.message];
    paths.into_iter().any(|path| path.0.len() > place.0.len() && path.0.starts_with(&place.0))
}

/// The one report of a list.
fn alone(report: Json) -> Json {
    match report {
        Json::Array(mut reports) if reports.len() == 1 => reports.remove(0),
        report => report,
    }
}

/// What stands among the reports, where the answer as a whole cannot say it.
fn report(envelope: &Envelope, said: &Said<'_>, field: Option<String>) -> Option<Json> {
    let (case, names) = (said.case, &envelope.errors);
    let is_needed = said.field.is_some()
        || envelope.message.is_empty()
        || (!case.codes.is_empty() && envelope.code.is_empty())
        || (!case.subcodes.is_empty() && envelope.subcode.is_empty());
    if !is_needed || names.places.is_empty() {
        return None;
    }
    let message = Json::String(said.message.clone());
    let has_members = [&names.code, &names.subcode, &names.message].iter().any(|name| !name.is_empty());
    if !has_members {
        return Some(field.map_or(message.clone(), |field| tree(&field, Json::Array(vec![message]))));
    }
    let mut report = Json::Null;
    let members = [
        (&names.code, case.codes.first().map(|code| value_of(envelope, code))),
        (&names.subcode, case.subcodes.first().map(|code| value_of(envelope, code))),
        (&names.message, Some(message)),
    ];
    for (path, value) in members {
        if let Some(value) = value.filter(|_| !path.is_empty()) {
            put_at(&mut report, path, value);
        }
    }
    Some(match field {
        Some(field) if names.field.is_empty() => tree(&field, Json::Array(vec![report])),
        field => {
            if let Some(field) = field {
                put_at(&mut report, &names.field, Json::String(field));
            }
            Json::Array(vec![report])
        }
    })
}

/// `rooms.0.name` as objects within objects, positions as names.
fn tree(field: &str, leaf: Json) -> Json {
    field.rsplit('.').fold(leaf, |inner, name| Json::Object(vec![(name.to_owned(), inner)]))
}

/// What every answer in the envelope of the API has, where this one says nothing of it. Who says success in the same
/// way has the same envelope.
fn complete(api: &Api, operation: &Operation, now: i64, body: &mut Json) {
    if api.envelope_of(operation).success != api.envelope.success || !matches!(body, Json::Object(_)) {
        return;
    }
    let parameters = Parameters::new();
    let making = Making {
        api,
        operation,
        parameters: &parameters,
        now,
        seed: 0,
        collection: "",
        number: 0,
        object: None,
        found: &[],
    };
    for member in &api.mock.envelope {
        if json::member(body, &member.name).is_none()
            && let Some(value) = making.value(&member.name, &member.value, None)
        {
            json::set_member(body, &member.name, value);
        }
    }
}

/// Lets a body say that the call failed, where it does not yet: a member that says it of a success says it of a failure
/// as well.
fn deny(api: &Api, envelope: &Envelope, body: &mut Json) {
    for condition in &envelope.success.conditions {
        let is_said = matches!(condition, Condition::Empty(_)) || condition.path().find(body).is_some();
        if condition.is_met(body) || !is_said {
            put_at(body, condition.path(), denial(api, condition));
        }
    }
}

/// A value that does not meet a condition and is no code that the spec knows.
fn denial(api: &Api, condition: &Condition) -> Json {
    let Condition::Is(_, values) = condition else { return Json::Array(vec![Json::String("error".to_owned())]) };
    let is_taken = |text: &str| {
        let mut known = api.errors.iter().flat_map(|error| error.codes.iter().chain(&error.subcodes));
        known.any(|code| same_code(code, text))
            || values.iter().filter_map(Json::code).any(|value| same_code(&value, text))
    };
    match values.first() {
        Some(Json::Boolean(value)) => Json::Boolean(!value),
        Some(Json::Number(_)) => {
            let free = (2..).map(|number: u32| number.to_string()).find(|number| !is_taken(number));
            Json::Number(free.unwrap_or_default())
        }
        Some(Json::Null | Json::String(_) | Json::Array(_) | Json::Object(_)) | None => {
            Json::String("error".to_owned())
        }
    }
}

/// A code as a server writes it: a number if it can be one, unless the code of a success is a text. What stands for
/// anything is something.
fn value_of(envelope: &Envelope, code: &str) -> Json {
    let is_text = |condition: &Condition| {
        matches!(condition, Condition::Is(path, values)
            if *path == envelope.code && values.iter().all(|value| matches!(value, Json::String(_))))
    };
    match code.strip_suffix('*') {
        Some(start) => Json::String(format!("{start}ANY")),
        None if envelope.success.conditions.iter().any(is_text) => Json::String(code.to_owned()),
        None if code.parse::<i64>().is_ok_and(|number| number.to_string() == code) => Json::Number(code.to_owned()),
        None => Json::String(code.to_owned()),
    }
}

/// The text of a template, `fill` saying what stands in its holes.
pub(crate) fn filled(template: &Template, case: &ErrorCase, fill: impl Fn(&str) -> String) -> String {
    template.filled(|index| fill(case.captures.get(index).map_or("", |name| name.wire.as_str())))
}

/// Puts a value where a path leads, with whatever must be around it. Members that are there stay.
pub(crate) fn put_at(body: &mut Json, path: &AnswerPath, value: Json) {
    put(body, &path.0.iter().collect::<Vec<_>>(), value);
}

fn put(body: &mut Json, path: &[&String], value: Json) {
    let Some((step, rest)) = path.split_first() else {
        match (body, value) {
            (Json::Object(members), Json::Object(more)) => members.extend(more),
            (body, value) => *body = value,
        }
        return;
    };
    let position = step.parse::<usize>().ok().filter(|position| *position < 64);
    match (&mut *body, position) {
        (Json::Object(_), _) => {}
        (Json::Array(_), Some(_)) => {}
        (_, Some(_)) => *body = Json::Array(Vec::new()),
        (_, None) => *body = Json::Object(Vec::new()),
    }
    match (body, position) {
        (Json::Array(items), Some(position)) => {
            while items.len() <= position {
                items.push(Json::Null);
            }
            put(&mut items[position], rest, value);
        }
        (Json::Object(members), _) => {
            let at = members.iter().position(|(name, _)| name == *step).unwrap_or_else(|| {
                members.push(((*step).clone(), Json::Null));
                members.len() - 1
            });
            put(&mut members[at].1, rest, value);
        }
        _ => {}
    }
}
