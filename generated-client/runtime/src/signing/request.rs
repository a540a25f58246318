//! A call into a signed request; and the same a second time with masks, for those who want to see how.

use std::borrow::Cow;
use std::cell::RefCell;
use std::time::SystemTime;

use bytes::Bytes;
use http::Uri;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};

use super::{Draft, Explanation, SigningError, Step};
use crate::args::{Field, Kind, Location, Sensitivity, write_form_body, write_json_body, write_query};
use crate::tables::{ApiSpec, Endpoint};
use crate::values::Secret;

// Unreserved characters only, so that a mask looks the same in an address.
const SECRET: &str = "~secret~";
const PERSONAL: &str = "~personal~";

/// What goes into a request, apart from what differs between attempts.
#[derive(Clone, Copy)]
pub(crate) struct Materials<'a> {
    pub(crate) endpoint: &'a Endpoint,
    /// Without a slash at its end.
    pub(crate) base: &'a str,
    /// Base path and operation's path, percent-encoded.
    pub(crate) path: &'a str,
    pub(crate) fields: &'a [Field<'a>],
    /// Whether the body is a form, and not JSON.
    pub(crate) is_form: bool,
    /// Those among the fields that are headers.
    pub(crate) headers: &'a HeaderMap,
    pub(crate) credentials: &'a [Secret],
    pub(crate) user_agent: &'a HeaderValue,
}

/// What differs between attempts.
#[derive(Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) now: SystemTime,
    pub(crate) nonce: i64,
}

/// Which steps of signing are kept: all where they are made of masks, and digests of what is real.
#[derive(Clone, Copy)]
enum Steps {
    Digests,
    All,
}

/// A request in parts.
struct Parts {
    target: String,
    headers: HeaderMap,
    body: String,
}

impl<'a> Materials<'a> {
    /// The signed request.
    pub(crate) fn request(&self, moment: Moment) -> Result<http::Request<Bytes>, SigningError> {
        let draft = self.authenticate(moment, None)?;
        self.assemble(self.parts(draft))
    }

    /// The signed request and how it came about.
    pub(crate) fn explain(
        &self,
        path: &str,
        headers: &HeaderMap,
        moment: Moment,
    ) -> Result<(http::Request<Bytes>, Explanation), SigningError> {
        let real = self.authenticate(moment, Some(Steps::Digests))?;
        let fields: Vec<_> = self.fields.iter().map(mask).collect();
        let credentials = vec![Secret::from(SECRET); self.credentials.len()];
        let masked = Materials { path, fields: &fields, headers, credentials: &credentials, ..*self };
        let mut shown = masked.authenticate(moment, Some(Steps::All))?;
        let steps = reveal_digests(&mut shown, real.steps.as_ref());
        let Parts { target, headers, body } = masked.parts(shown);
        let request = self.assemble(self.parts(real))?;
        let as_text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let explanation = Explanation {
            steps,
            method: self.endpoint.line.method.as_str(),
            target,
            headers: headers.iter().map(|(name, value)| (name.to_string(), as_text(value))).collect(),
            body,
        };
        Ok((request, explanation))
    }

    fn authenticate(&self, Moment { now, nonce }: Moment, steps: Option<Steps>) -> Result<Draft<'a>, SigningError> {
        let ApiSpec { authenticate, .. } = self.endpoint.api;
        let mut draft = Draft {
            method: self.endpoint.line.method,
            path: self.path,
            own: self.fields,
            credentials: self.credentials,
            now,
            nonce,
            injected: Vec::new(),
            headers: self.headers.clone(),
            steps: steps.map(|_| RefCell::default()),
            masked: matches!(steps, Some(Steps::All)),
        };
        authenticate(&mut draft)?;
        let changed =
            self.headers.iter().find(|(name, value)| draft.headers.get_all(*name).iter().all(|set| set != value));
        if let Some((name, _)) = changed {
            return Err(SigningError::HeaderTaken { header: name.clone() });
        }
        if self.has_document() && draft.injected.iter().any(|field| field.location == Location::Body) {
            return Err(SigningError::WholeBody);
        }
        Ok(draft)
    }

    /// Writes the address and the body from the very texts that were signed.
    fn parts(&self, draft: Draft<'_>) -> Parts {
        let fields = || self.fields.iter().chain(&draft.injected);
        let mut target = [self.base, self.path].concat();
        if let Some(query) = write_query(fields()) {
            target.push('?');
            target.push_str(&query);
        }
        let (body, media_type) = match self.is_form {
            true => (write_form_body(fields()), "application/x-www-form-urlencoded"),
            false => (write_json_body(fields()), "application/json"),
        };
        let mut headers = draft.headers;
        headers.entry(USER_AGENT).or_insert_with(|| self.user_agent.clone());
        if body.is_some() {
            headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static(media_type));
        }
        Parts { target, headers, body: body.unwrap_or_default() }
    }

    /// Whether one value is the whole body.
    fn has_document(&self) -> bool {
        self.fields.iter().any(|field| field.location == Location::Document)
    }

    fn assemble(&self, parts: Parts) -> Result<http::Request<Bytes>, SigningError> {
        let mut request = http::Request::new(Bytes::from(parts.body));
        *request.uri_mut() = Uri::try_from(parts.target).map_err(|_| SigningError::Address)?;
        let method = self.endpoint.line.method.as_str().as_bytes();
        *request.method_mut() = http::Method::from_bytes(method).map_err(|_| SigningError::Address)?;
        *request.headers_mut() = parts.headers;
        Ok(request)
    }
}

/// The same parameter with a text that anybody may see.
pub(crate) fn mask<'a>(field: &Field<'a>) -> Field<'a> {
    let mask = match field.sensitivity {
        Sensitivity::Public => return field.clone(),
        Sensitivity::Personal => PERSONAL,
        Sensitivity::Secret => SECRET,
    };
    Field { text: Cow::Borrowed(mask), kind: Kind::Text, ..field.clone() }
}

/// Puts the digests of the real request in the place of those that were made of masks.
fn reveal_digests(shown: &mut Draft<'_>, real: Option<&RefCell<Vec<Step>>>) -> Vec<Step> {
    let mut steps = shown.steps.take().map(RefCell::into_inner).unwrap_or_default();
    let real = real.map(|steps| steps.borrow().clone()).unwrap_or_default();
    for (step, real) in steps.iter_mut().zip(real).filter(|(step, _)| step.digest && !step.text.is_empty()) {
        for field in shown.injected.iter_mut().filter(|field| field.text.contains(&step.text)) {
            field.text = field.text.replace(&step.text, &real.text).into();
        }
        for value in shown.headers.values_mut() {
            let text = value.to_str().unwrap_or_default();
            if let Ok(revealed) = HeaderValue::from_str(&text.replace(&step.text, &real.text))
                && text.contains(&step.text)
            {
                *value = revealed;
            }
        }
        step.text = real.text;
    }
    steps
}
