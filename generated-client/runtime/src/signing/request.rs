//! A call into a signed request; and the same a second time with masks, for those who want to see how.

use std::borrow::Cow;
use std::cell::OnceCell;

use http::Uri;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use http::uri::{self, PathAndQuery};

use super::draft::signed_text;
use super::moment::Moment;
use super::notes::Notes;
use super::place::Headers;
use super::{Draft, Explanation, Sent, SigningError};
use crate::args::{
    Attached, BodyKind, Field, Kind, Location, Sensitivity, fill_in, write_form_body, write_json_body, write_query,
};
use crate::bodies::{Outline, Spoilt, Unfit};
use crate::sending::Body;
use crate::tables::{ApiSpec, Endpoint};
use crate::values::Secret;

// Unreserved characters only, so that a mask looks the same in an address.
pub(super) const SECRET: &str = "~secret~";
const PERSONAL: &str = "~personal~";

/// What goes into a request, apart from what differs between attempts.
#[derive(Clone, Copy)]
pub(crate) struct Materials<'a> {
    pub(crate) endpoint: &'a Endpoint,
    /// Without a slash at its end.
    pub(crate) base: &'a str,
    /// The same, where it has been parsed.
    pub(crate) origin: Option<&'a Uri>,
    /// Base path and operation's path, percent-encoded; what stands in braces is the name of a credential.
    pub(crate) path: &'a str,
    pub(crate) fields: &'a [Field<'a>],
    pub(crate) body_kind: BodyKind,
    /// What is in parts that are files.
    pub(crate) files: &'a [Attached],
    /// Those among the fields that are headers.
    pub(crate) headers: &'a HeaderMap,
    /// None where the client has none: an API without any still has an empty list of them.
    pub(crate) credentials: Option<&'a [Secret]>,
    pub(crate) user_agent: &'a HeaderValue,
}

/// A request in parts.
struct Parts {
    /// Path and query.
    target: String,
    headers: HeaderMap,
    body: Content,
}

/// A body, or what it is made of.
enum Content {
    Text(String),
    Parts(Outline),
}

impl<'a> Materials<'a> {
    /// The signed request, and what its answer is signed with. What goes wrong with a file while it is sent is kept
    /// aside.
    pub(crate) fn request(
        &self,
        moment: &Moment<'_>,
        spoilt: &Spoilt,
    ) -> Result<(http::Request<Body>, Option<Box<Sent>>), SigningError> {
        let path = self.whole_path()?;
        let call = Materials { path: &path, ..*self };
        let mut draft = call.authenticate(moment, Notes::Nothing)?;
        let sent = draft.sent();
        Ok((call.assemble(call.parts(draft)?, spoilt)?, sent))
    }

    /// The call as it is before it is signed: without credentials, whose places in its path have masks, and without
    /// what signing adds.
    pub(crate) fn unsigned(&self, moment: &Moment<'_>, spoilt: &Spoilt) -> Result<http::Request<Body>, SigningError> {
        let names = self.endpoint.api.credentials;
        let masks = vec![Secret::from(SECRET); names.len()];
        let path = fill_in(self.path, names, &masks).map_err(|credential| SigningError::Segment { credential })?;
        let call = Materials { path: &path, ..*self };
        call.assemble(call.parts(call.draft(moment, Notes::Nothing)?)?, spoilt)
    }

    /// The path with the credentials of this attempt in it, as it is signed and sent.
    fn whole_path(&self) -> Result<Cow<'a, str>, SigningError> {
        let Some(credentials) = self.credentials else {
            return if self.path.contains('{') { Err(SigningError::NoCredentials) } else { Ok(self.path.into()) };
        };
        let names = self.endpoint.api.credentials;
        fill_in(self.path, names, credentials).map_err(|credential| SigningError::Segment { credential })
    }

    /// The signed request and how it came about.
    pub(crate) fn explain(
        &self,
        path: &str,
        headers: &HeaderMap,
        moment: &Moment<'_>,
    ) -> Result<(http::Request<Body>, Explanation), SigningError> {
        let whole = self.whole_path()?;
        let call = Materials { path: &whole, ..*self };
        let mut real = call.authenticate(moment, Notes::real())?;
        let kept = std::mem::replace(&mut real.notes, Notes::Nothing).into_kept();
        let fields: Vec<_> = self.fields.iter().map(mask).collect();
        let mask_of = |secret: &Secret| Secret::from(if secret.expose().is_empty() { "" } else { SECRET });
        let credentials = self.credentials.map(|secrets| secrets.iter().map(mask_of).collect::<Vec<_>>());
        let masked = Materials { path, fields: &fields, headers, credentials: credentials.as_deref(), ..*self };
        let path = masked.whole_path()?;
        let masked = Materials { path: &path, ..masked };
        let mut shown = masked.authenticate(moment, Notes::masked(&kept))?;
        let steps = std::mem::replace(&mut shown.notes, Notes::Nothing).into_steps();
        let Parts { target, headers, body } = masked.parts(shown)?;
        let request = call.assemble(call.parts(real)?, &Spoilt::default())?;
        let as_text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let explanation = Explanation {
            steps,
            method: self.endpoint.line.method.as_str(),
            target: [self.base, &target].concat(),
            headers: headers.iter().map(|(name, value)| (name.to_string(), as_text(value))).collect(),
            body: match body {
                Content::Text(text) => text,
                Content::Parts(outline) => outline.describe(),
            },
        };
        Ok((request, explanation))
    }

    /// The call with all that signing adds, for those who measure it.
    #[cfg(test)]
    pub(super) fn signed<'d>(&self, moment: &'d Moment<'d>) -> Result<Draft<'d>, SigningError>
    where
        'a: 'd,
    {
        self.authenticate(moment, Notes::Nothing)
    }

    fn authenticate<'d>(&self, moment: &'d Moment<'d>, notes: Notes<'d>) -> Result<Draft<'d>, SigningError>
    where
        'a: 'd,
    {
        let ApiSpec { authenticate, .. } = self.endpoint.api;
        if self.credentials.is_none() && !self.endpoint.anonymous {
            return Err(SigningError::NoCredentials);
        }
        let mut draft = self.draft(moment, notes)?;
        authenticate(&mut draft)?;
        // A server would take either of two, and the other would be signed for nothing.
        let mut taken = draft.injected.iter().filter(|added| self.fields.iter().any(|own| own.is_named_as(added)));
        match taken.next() {
            Some(added) => Err(SigningError::ParameterTaken { parameter: added.name.to_owned() }),
            None => Ok(draft),
        }
    }

    fn draft<'d>(&self, moment: &'d Moment<'d>, notes: Notes<'d>) -> Result<Draft<'d>, SigningError>
    where
        'a: 'd,
    {
        Ok(Draft {
            call: *self,
            moment,
            origin: OnceCell::new(),
            injected: Vec::new(),
            headers: Headers::new(self.headers),
            query: OnceCell::new(),
            boundary: if self.body_kind == BodyKind::Multipart { moment.boundary()? } else { String::new() },
            body: OnceCell::new(),
            kept: Vec::new(),
            notes,
        })
    }

    /// Writes the query from the very texts that are signed.
    pub(super) fn query(&self, injected: &[Field<'_>]) -> String {
        write_query(self.fields.iter().chain(injected)).unwrap_or_default()
    }

    /// Writes the body from the very texts that are signed.
    pub(super) fn body(&self, injected: &[Field<'_>]) -> Option<String> {
        let fields = self.fields.iter().chain(injected);
        match self.body_kind {
            BodyKind::Json | BodyKind::List => write_json_body(fields),
            BodyKind::Form => write_form_body(fields),
            // It is never whole: the generator refuses schemes that would sign it.
            BodyKind::Multipart | BodyKind::File => None,
        }
    }

    /// Whether there is a body.
    pub(super) fn has_body(&self, injected: &[Field<'_>]) -> bool {
        let is_part = |field: &Field<'_>| matches!(field.location, Location::Body | Location::Document);
        self.fields.iter().chain(injected).any(is_part)
    }

    /// Whether one value is the whole body.
    pub(super) fn has_document(&self) -> bool {
        self.fields.iter().any(|field| field.location == Location::Document)
    }

    /// Takes query and body as they were signed, or writes them now.
    fn parts(&self, draft: Draft<'_>) -> Result<Parts, SigningError> {
        let query = draft.query();
        let target = if query.is_empty() { self.path.to_owned() } else { [self.path, "?", query].concat() };
        let media_type = draft.body_type();
        let (body, has_body) = match self.body_kind {
            BodyKind::Multipart => {
                let fields = self.fields.iter().chain(&draft.injected);
                let outline = Outline::new(fields, self.files, &draft.boundary).map_err(|Unfit| SigningError::Part)?;
                let has_body = !outline.is_empty();
                (Content::Parts(outline), has_body)
            }
            BodyKind::File => match self.files.last().filter(|_| self.has_document()) {
                Some(file) => (Content::Parts(Outline::whole(file)), true),
                None => (Content::Text(String::new()), false),
            },
            BodyKind::Json | BodyKind::List | BodyKind::Form => {
                draft.written_body();
                let body = draft.body.into_inner().flatten();
                let has_body = body.is_some();
                (Content::Text(body.unwrap_or_default()), has_body)
            }
        };
        let mut headers = draft.headers.into_map()?;
        headers.entry(USER_AGENT).or_insert_with(|| self.user_agent.clone());
        if has_body && !headers.contains_key(CONTENT_TYPE) {
            let unfit = |_| SigningError::Header { header: "content-type" };
            headers.insert(CONTENT_TYPE, HeaderValue::from_str(&media_type).map_err(unfit)?);
        }
        Ok(Parts { target, headers, body })
    }

    fn address(&self, target: String) -> Result<Uri, SigningError> {
        let Some(origin) = self.origin else {
            return Uri::try_from([self.base, &target].concat()).map_err(|_| SigningError::Address);
        };
        let mut address = uri::Parts::default();
        (address.scheme, address.authority) = (origin.scheme().cloned(), origin.authority().cloned());
        address.path_and_query = Some(PathAndQuery::try_from(target).map_err(|_| SigningError::Address)?);
        Uri::from_parts(address).map_err(|_| SigningError::Address)
    }

    fn assemble(&self, parts: Parts, spoilt: &Spoilt) -> Result<http::Request<Body>, SigningError> {
        let mut request = http::Request::new(match parts.body {
            Content::Text(text) => text.into(),
            Content::Parts(outline) => outline.body(spoilt),
        });
        *request.uri_mut() = self.address(parts.target)?;
        let method = self.endpoint.line.method.as_str().as_bytes();
        *request.method_mut() = http::Method::from_bytes(method).map_err(|_| SigningError::Address)?;
        *request.headers_mut() = parts.headers;
        Ok(request)
    }
}

/// The same parameter with a text that anybody may see. What is empty stays so: a scheme may leave it out.
pub(crate) fn mask<'a>(field: &Field<'a>) -> Field<'a> {
    if signed_text(field).is_empty() {
        return field.clone();
    }
    let mask = match field.sensitivity {
        Sensitivity::Public => return field.clone(),
        Sensitivity::Personal => PERSONAL,
        Sensitivity::Secret => SECRET,
    };
    let kind = if let Kind::File(_) = field.kind { field.kind } else { Kind::Text };
    Field { text: Cow::Borrowed(mask), kind, ..field.clone() }
}
