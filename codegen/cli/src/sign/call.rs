//! What is given for one call: the operation, values, credentials, and the moment.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, RandomState};
use std::time::{SystemTime, UNIX_EPOCH};

use codegen::expr::NONCE_BYTES;
use codegen::ir::{Api, Credential, Json, Operation};
use codegen_mock::interpret::Moment;

use super::pair_of;
use super::raw::Line;
use crate::Trouble;

/// A call before it is signed.
pub(super) struct Call<'a> {
    pub(super) api: &'a Api,
    pub(super) target: Target<'a>,
    /// Values of parameters; of a text that stands for itself only its parameter knows what it is in JSON.
    pub(super) given: Vec<(String, Given)>,
    /// What a client's `json` is given: the body, of which the members of an object are parameters.
    pub(super) json: Option<Json>,
    /// The bytes of a body of which nothing else is said.
    pub(super) body: Option<Vec<u8>>,
    /// Beside those of the spec.
    pub(super) headers: Vec<(String, String)>,
    pub(super) base: Option<String>,
    /// In the order of `Api::credentials`.
    pub(super) credentials: Vec<String>,
    pub(super) moment: Moment,
}

/// What is called.
pub(super) enum Target<'a> {
    Operation(&'a Operation),
    Raw(Line),
}

/// A value of a parameter.
pub(super) enum Given {
    /// From a file.
    Json(Json),
    /// From the command line.
    Text(String),
}

impl<'a> Call<'a> {
    /// A call of an operation, or of a method and a path.
    pub(super) fn new(
        api: &'a Api,
        operation: Option<&str>,
        request: Option<&str>,
        given: Vec<(String, Json)>,
    ) -> Result<Self, Trouble> {
        let target = match (operation, request) {
            (_, Some(line)) => Target::Raw(Line::parse(line)?),
            (Some(name), None) => Target::Operation(find(api, name)?),
            (None, None) => return Err(Trouble::Unusable("there is neither an operation nor a request".to_owned())),
        };
        let given = given.into_iter().map(|(name, json)| (name, Given::Json(json))).collect();
        let (json, body, headers, base) = (None, None, Vec::new(), None);
        let moment = Moment::default();
        let mut call = Self { api, target, given, json, body, headers, base, credentials: Vec::new(), moment };
        // With a request, what stands where an operation would is a value.
        if let (Some(pair), Some(_)) = (operation, request) {
            let (name, value) = pair_of(pair)?;
            call.set_text(name, value)?;
        }
        Ok(call)
    }

    /// Sets a value from the command line: in place of one from a file, and not of another from there.
    pub(super) fn set_text(&mut self, name: &str, value: &str) -> Result<(), Trouble> {
        if self.given.iter().any(|(given, old)| given == name && matches!(old, Given::Text(_))) {
            return Err(Trouble::Unusable(format!("`{name}` is given more than once")));
        }
        self.given.retain(|(given, _)| given != name);
        self.given.push((name.to_owned(), Given::Text(value.to_owned())));
        Ok(())
    }

    /// Takes credentials from `name=@file` or `name=value`, and the others from their environment variables.
    pub(super) fn read_credentials(&mut self, pairs: &[String]) -> Result<(), Trouble> {
        let mut given = BTreeMap::new();
        for pair in pairs {
            let (name, value) = credential(pair)?;
            given.insert(name.to_owned(), value);
        }
        let needs_none = matches!(self.target, Target::Operation(operation) if operation.anonymous);
        self.credentials = self
            .api
            .credentials
            .iter()
            .map(|credential| {
                let name = &credential.name.wire;
                let set = || std::env::var(&credential.env).ok().filter(|value| !value.is_empty());
                match given.remove(name).or_else(set) {
                    Some(value) => usable(credential, value).map_err(Trouble::Unusable),
                    None if needs_none => Ok(String::new()),
                    None => {
                        let env = &credential.env;
                        Err(Trouble::Unusable(format!("set `{env}`, or give `--credential {name}=@FILE`")))
                    }
                }
            })
            .collect::<Result<_, _>>()?;
        match given.keys().next() {
            Some(name) => Err(Trouble::Unusable(unknown_credential(self.api, name))),
            None => Ok(()),
        }
    }

    /// Sets the clock.
    pub(super) fn time(&mut self, text: Option<&str>) -> Result<(), Trouble> {
        self.moment.now = match text {
            None => now(),
            Some(text) => parse_time(text)?,
        };
        Ok(())
    }

    /// Sets what is random or counts.
    pub(super) fn draw(
        &mut self,
        nonce: Option<i64>,
        counter: Option<i64>,
        uuid: Option<&str>,
        nonce_hex: &[String],
    ) -> Result<(), Trouble> {
        self.moment.nonce = nonce.unwrap_or_else(|| i64::try_from(random() >> 1).unwrap_or(0));
        self.moment.counter = counter.unwrap_or(self.moment.now);
        self.moment.uuid = uuid.map_or_else(random_uuid, str::to_owned);
        self.moment.nonce_hex = NONCE_BYTES.map(|bytes| (bytes, random_hex(bytes))).collect();
        nonce_hex.iter().try_for_each(|digits| self.draw_hex(digits).map(drop))
    }

    /// Sets what `nonce_hex` gives for as many bytes as there are digits of.
    pub(super) fn draw_hex(&mut self, digits: &str) -> Result<i64, Trouble> {
        let bytes = hex::decode(digits)
            .map_err(|_| Trouble::Unusable(format!("`{digits}` are no hexadecimal digits of whole bytes")))?;
        let count = i64::try_from(bytes.len()).unwrap_or(0);
        self.moment.nonce_hex.insert(count, digits.to_owned());
        Ok(count)
    }
}

/// Name and value of `name=@file` or `name=value`.
pub(crate) fn credential(pair: &str) -> Result<(&str, String), Trouble> {
    let (name, value) = pair_of(pair)?;
    let value = match value.strip_prefix('@') {
        // An editor ends a file with a line break that is no part of the secret.
        Some(file) => std::fs::read_to_string(file)
            .map(|text| text.trim_end_matches(['\n', '\r']).to_owned())
            .map_err(|error| crate::unusable(file.as_ref(), &error))?,
        None => value.to_owned(),
    };
    Ok((name, value))
}

/// An operation, by `resource.operation`.
pub(super) fn find<'a>(api: &'a Api, name: &str) -> Result<&'a Operation, Trouble> {
    let id = |(resource, operation): (&codegen::ir::Resource, &Operation)| {
        format!("{}.{}", resource.name.wire, operation.name.wire)
    };
    let found = api.operations().find(|&pair| id(pair) == name).map(|(_, operation)| operation);
    found.ok_or_else(|| {
        let known: Vec<_> = api.operations().map(id).collect();
        Trouble::Unusable(crate::unknown("operation ", name, known.iter().map(String::as_str)))
    })
}

/// A credential that a client can be made with, or why it can not.
pub(super) fn usable(credential: &Credential, value: String) -> Result<String, String> {
    match credential.problem(&value) {
        Some(problem) => Err(format!("the credential `{}` {problem}", credential.name.wire)),
        None => Ok(value),
    }
}

/// That a credential is none of the spec's.
pub(super) fn unknown_credential(api: &Api, name: &str) -> String {
    crate::unknown("credential ", name, api.credentials.iter().map(|credential| credential.name.wire.as_str()))
}

/// Milliseconds since 1970.
pub(super) fn parse_time(text: &str) -> Result<i64, Trouble> {
    let of_clock = || text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond);
    text.parse().ok().or_else(of_clock).ok_or_else(|| {
        Trouble::Unusable(format!("`{text}` is no time: give milliseconds since 1970 or `2018-05-28T09:39:25.052Z`"))
    })
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock when no time is given")]
fn now() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)
}

/// Of the standard library's own source: nothing that is drawn here is ever sent.
fn random() -> u64 {
    RandomState::new().hash_one(0)
}

fn random_hex(bytes: i64) -> String {
    let length = usize::try_from(bytes).unwrap_or(0) * 2;
    let mut digits = String::new();
    while digits.len() < length {
        digits.push_str(&format!("{:016x}", random()));
    }
    digits.truncate(length);
    digits
}

fn random_uuid() -> String {
    let (high, low) = (random(), random());
    let (a, b, c) = (high >> 32, (high >> 16) & 0xffff, high & 0x0fff);
    let (d, e) = ((low >> 48) & 0x3fff | 0x8000, low & 0xffff_ffff_ffff);
    format!("{a:08x}-{b:04x}-4{c:03x}-{d:04x}-{e:012x}")
}
