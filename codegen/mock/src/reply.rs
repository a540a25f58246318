//! Answers: documented errors, assumed answers and results to a status, headers and a body.

use codegen::ir::{Answer, Api, ErrorId, Json, Operation, Raw};

use crate::envelope::{self, Said};
use crate::json;
use crate::log::Verdict;
use crate::record;

/// What goes back to the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Content,
    /// What it says of the values of the request.
    pub(crate) verdict: Verdict,
}

/// The body of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    Json(String),
    /// What is no JSON: a media type, and bytes.
    Raw(&'static str, Vec<u8>),
}

/// What is called, and when, in milliseconds since the epoch.
pub(crate) type Asked<'a> = (&'a Api, &'a Operation, i64);

impl Content {
    pub(crate) fn media_type(&self) -> &'static str {
        match self {
            Self::Json(_) => "application/json; charset=utf-8",
            Self::Raw(media_type, _) => media_type,
        }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Json(text) => text.as_bytes(),
            Self::Raw(_, bytes) => bytes,
        }
    }
}

impl Reply {
    pub(crate) fn new(status: u16, body: &Json) -> Self {
        // HTTP has no body under such a status, and what is signed is what is sent.
        let text = if matches!(status, 100..=199 | 204 | 304) { String::new() } else { json::write(body) };
        Self::of(status, Content::Json(text))
    }

    /// An answer that says nothing of the request.
    pub(crate) fn of(status: u16, body: Content) -> Self {
        Self { status, headers: Vec::new(), body, verdict: Verdict::Unjudged }
    }

    /// An answer that is no JSON: a text, or the bytes of a file.
    pub(crate) fn raw(status: u16, raw: Raw, bytes: Vec<u8>) -> Self {
        let media_type = if raw == Raw::Text { "text/plain; charset=utf-8" } else { "application/octet-stream" };
        Self::of(status, Content::Raw(media_type, bytes))
    }

    /// What the spec assumes.
    pub(crate) fn assumed(answer: &Answer) -> Self {
        Self::new(answer.status, &answer.body)
    }

    /// What not even the spec assumes: a message where the mock puts those of documented errors.
    pub(crate) fn refused(api: &Api, status: u16, message: &str) -> Self {
        Self::new(status, &envelope::remark(api, Json::String(message.to_owned())))
    }

    /// A violated constraint of a parameter.
    pub(crate) fn invalid(api: &Api, parameter: &str) -> Self {
        let answer = &api.mock.invalid;
        let verdict = Verdict::Invalid(parameter.to_owned());
        Self { verdict, ..Self::new(answer.status, &filled(&answer.body, parameter)) }
    }

    /// A required parameter that is absent or empty.
    pub(crate) fn missing(call: Asked<'_>, parameter: &str) -> Self {
        let (api, ..) = call;
        let reply = match api.mock.missing {
            Some(error) => Self::documented(call, error, |capture| match capture {
                "parameter" => Some(parameter.to_owned()),
                _ => None,
            }),
            None => Self::invalid(api, parameter),
        };
        Self { verdict: Verdict::Missing(parameter.to_owned()), ..reply }
    }

    /// A documented error; `fill` says what stands in the holes of its message and its field, as far as it is known.
    pub(crate) fn documented(call: Asked<'_>, error: ErrorId, fill: impl Fn(&str) -> Option<String>) -> Self {
        Self::carrying(call, error, None, fill)
    }

    /// A documented error, with these objects in place of what its documentation has for an example.
    pub(crate) fn carrying(
        (api, operation, now): Asked<'_>,
        error: ErrorId,
        objects: Option<&[Json]>,
        fill: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let Some(case) = api.errors.get(error.0) else {
            return Self::refused(api, 500, "an error that the spec does not declare");
        };
        let carry = |mut body: Json| {
            if let Some(objects) = objects {
                for carried in &case.carries {
                    envelope::put_at(&mut body, &carried.path, record::carried(api, &carried.ty, objects));
                }
            }
            body
        };
        let status = envelope::status(api.envelope_of(operation), case);
        if let Some(example) = &case.example {
            return Self::new(status, &carry(example.json.clone()));
        }
        // A position or a name must be something.
        let step = |capture: &str| fill(capture).filter(|text| !text.is_empty()).unwrap_or_else(|| "0".to_owned());
        // A message with nothing in a hole may be no message of the error: callers take the blanks off its end.
        let named = |capture: &str| fill(capture).unwrap_or_else(|| capture.to_owned());
        let field = case.field.as_ref().map(|field| envelope::filled(field, case, step));
        let message = match case.messages.first() {
            Some(template) => envelope::filled(template, case, named),
            None if case.doc.text.is_empty() => case.name.wire.clone(),
            None => case.doc.text.clone(),
        };
        let body = envelope::failure(api, operation, now, &Said { case, field, message });
        Self::new(status, &carry(body))
    }
}

fn filled(body: &Json, parameter: &str) -> Json {
    match body {
        Json::String(text) => Json::String(text.replace("{parameter}", parameter)),
        Json::Array(items) => Json::Array(items.iter().map(|item| filled(item, parameter)).collect()),
        Json::Object(members) => {
            let fill =
                |(name, value): &(String, Json)| (name.replace("{parameter}", parameter), filled(value, parameter));
            Json::Object(members.iter().map(fill).collect())
        }
        Json::Null | Json::Boolean(_) | Json::Number(_) => body.clone(),
    }
}
