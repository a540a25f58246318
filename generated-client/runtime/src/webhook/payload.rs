//! What a webhook brings, once it is known whose it is.

use super::members::text_at;
use super::nested::{Object, of_csv, of_form};
use super::{EventName, OtherEvent, WebhookError, WebhookRequest};
use crate::json::{Json, Read, read_under};

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Form,
    Csv,
    /// Anything else, which only its receiver can read.
    Other,
}

impl Format {
    /// As the content type says; where there is none, or plain text, it is JSON more often than not.
    pub(super) fn of(request: &WebhookRequest<'_>) -> Self {
        let stated = request.headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let stated = stated.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match stated.as_str() {
            "application/x-www-form-urlencoded" => Self::Form,
            "text/csv" => Self::Csv,
            "" | "application/json" | "text/json" | "text/plain" => Self::Json,
            other if other.ends_with("+json") => Self::Json,
            _ => Self::Other,
        }
    }
}

/// The body of a verified webhook, which can be read as a type.
pub struct Payload<'a> {
    request: WebhookRequest<'a>,
    format: Format,
    /// Whether fields of it are signed, and not the bytes: what is read must be what was signed, then.
    by_fields: bool,
    /// What is no JSON as an object of texts.
    object: Option<Object>,
}

impl<'a> Payload<'a> {
    pub(super) fn new(request: WebhookRequest<'a>, by_fields: bool) -> Self {
        let format = Format::of(&request);
        Self { request, format, by_fields, object: object(request, format, &[]) }
    }

    /// Whether the format is one that can be read.
    pub(super) fn is_readable(&self) -> bool {
        self.format == Format::Json || self.object.is_some()
    }

    /// The JSON of an object, if what is not JSON was read as one.
    fn json<'s>(&'s self, object: Option<&'s Object>) -> Result<&'s [u8], WebhookError> {
        match object {
            Some(object) if self.by_fields && !object.doubtful.is_empty() => Err(WebhookError::Doubtful),
            Some(object) => Ok(&object.json),
            None => Ok(self.request.body),
        }
    }

    /// The name of the event; empty where there is none.
    pub(super) fn event(&self, at: &EventName) -> Result<String, WebhookError> {
        let text = match (at, &self.object) {
            (EventName::Header(name), _) => {
                let value = self.request.headers.get(*name);
                value.and_then(|value| std::str::from_utf8(value.as_bytes()).ok()).map(str::to_owned)
            }
            // What is doubtful elsewhere need not be for the type of this event.
            (EventName::Body(path), Some(object)) => {
                if self.by_fields && path.first().is_some_and(|member| object.doubtful.contains(*member)) {
                    return Err(WebhookError::Doubtful);
                }
                text_at(&object.json, path)
            }
            (EventName::Body(path), None) if self.format == Format::Json => text_at(self.request.body, path),
            (EventName::Body(_), None) => None,
        };
        Ok(text.unwrap_or_default())
    }

    /// The whole body as a type.
    ///
    /// # Errors
    ///
    /// Says where something else stands than was expected.
    pub fn read<T: Read + Default>(&self) -> Result<T, WebhookError> {
        read_under(self.json(self.object.as_ref())?, None).map_err(WebhookError::Payload)
    }

    /// The same as a type that has fields of these names, which lead no further down where the body is no JSON.
    ///
    /// # Errors
    ///
    /// Says where something else stands than was expected.
    pub fn read_undivided<T: Read + Default>(&self, names: &[&str]) -> Result<T, WebhookError> {
        let object = object(self.request, self.format, names);
        read_under(self.json(object.as_ref())?, None).map_err(WebhookError::Payload)
    }

    /// The same for an event that nobody documents.
    pub(super) fn other(&self, name: String) -> Result<OtherEvent, WebhookError> {
        let payload = if self.is_readable() { self.read()? } else { Json::Null };
        Ok(OtherEvent { name, payload, body: self.request.body.to_vec() })
    }
}

/// What is no JSON as an object, where it can be read.
fn object(request: WebhookRequest<'_>, format: Format, undivided: &[&str]) -> Option<Object> {
    match format {
        Format::Form => Some(of_form(request.body, undivided)),
        Format::Csv => of_csv(request.body, undivided),
        Format::Json | Format::Other => None,
    }
}
