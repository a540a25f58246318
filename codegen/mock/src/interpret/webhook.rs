//! Webhooks of a model over what was received: the second reading of them, and the vendor's part.

use codegen::ir::{Expr, SentPart, TimeUnit, Webhooks};

use super::decodes::undecodable_secret;
use super::eval::{Scope, eval};
use super::moment::Moment;
use super::received::{Delivery, is_exact, urls};
use super::value::{Failure, Fault, Value};
use crate::headers::same_secret;
use crate::time;

/// Why a webhook is refused. No value of it is in this.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// There is no secret, or an empty one.
    NoSecret,
    /// One of the secrets is not written as it must be.
    BadSecret {
        /// Its place among them.
        index: usize,
        /// What it should be.
        encoding: &'static str,
    },
    /// The address is signed and not known.
    NoAddress,
    /// What is said to be the address is none.
    BadAddress,
    /// Pairs of the query are signed, and are not UTF-8.
    BadQuery,
    /// The method is signed and not known.
    NoMethod,
    /// Something cannot be computed.
    Failed(Failure),
    /// There is no time, or an empty one.
    NoTimestamp,
    /// The time is not written as it should be.
    BadTimestamp,
    /// It was sent too long ago.
    TooOld,
    /// It was sent too far in the future.
    TooNew,
    /// No signature is that of any secret.
    NoMatch,
    /// The signature holds, and something that it speaks of differs.
    Differs,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoSecret => "there is no secret to verify webhooks with",
            Self::BadSecret { index, encoding } => return write!(f, "secret {} is not {encoding}", index + 1),
            Self::NoAddress => "the address is signed, and it is not known",
            Self::BadAddress => "the address is not absolute",
            Self::BadQuery => "the query has pairs that are not UTF-8",
            Self::NoMethod => "the method is signed, and it is not known",
            Self::Failed(failure) => return failure.fmt(f),
            Self::NoTimestamp => "it does not say when it was sent",
            Self::BadTimestamp => "the time it was sent at cannot be read",
            Self::TooOld => "it was sent too long ago",
            Self::TooNew => "it was sent in the future",
            Self::NoMatch => "no signature matches",
            Self::Differs => "the signature is for something else than what came with it",
        })
    }
}

impl std::error::Error for Refusal {}

/// Verifies what was received at a time in milliseconds, with any of several secrets.
///
/// # Errors
///
/// Says why it is refused.
pub fn verify(webhooks: &Webhooks, secrets: &[String], now: i64, delivery: &Delivery) -> Result<(), Refusal> {
    usable(webhooks, secrets)?;
    missing(webhooks, delivery)?;
    let mut reason = None;
    for url in spellings(webhooks, delivery)? {
        for secret in secrets {
            match is_signed(webhooks, secret, now, delivery, &url) {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                Err(refusal) => reason = reason.or(Some(refusal)),
            }
        }
    }
    Err(reason.unwrap_or(Refusal::NoMatch))
}

/// Makes sure that secrets are some.
fn usable(webhooks: &Webhooks, secrets: &[String]) -> Result<(), Refusal> {
    if secrets.is_empty() || secrets.iter().any(String::is_empty) {
        return Err(Refusal::NoSecret);
    }
    let mut bad = secrets.iter().map(|secret| undecodable_secret(webhooks, secret)).enumerate();
    let bad = bad.find_map(|(index, encoding)| Some(Refusal::BadSecret { index, encoding: encoding? }));
    bad.map_or(Ok(()), Err)
}

/// What is read and was not given.
fn missing(webhooks: &Webhooks, delivery: &Delivery) -> Result<(), Refusal> {
    use codegen::ir::Source::{Authority, Host, Method, Path, Port, Query, QueryParams, Scheme, Target, Url};
    let reads = |wanted: &[codegen::ir::Source]| webhooks.values().any(|value| value.reads(wanted));
    if delivery.method.is_none() && reads(&[Method]) {
        return Err(Refusal::NoMethod);
    }
    let of_address = [Authority, Host, Path, Port, Query, QueryParams, Scheme, Target, Url];
    if delivery.url.is_none() && reads(&of_address) {
        return Err(Refusal::NoAddress);
    }
    Ok(())
}

/// The spellings of the address, if what is read of it can be.
fn spellings(webhooks: &Webhooks, delivery: &Delivery) -> Result<Vec<String>, Refusal> {
    let urls = urls(delivery.url.as_deref()).ok_or(Refusal::BadAddress)?;
    let reads = webhooks.values().any(|value| value.reads(&[codegen::ir::Source::QueryParams]));
    if reads && !is_exact(delivery.query().as_bytes()) {
        return Err(Refusal::BadQuery);
    }
    Ok(urls)
}

fn is_signed(webhooks: &Webhooks, secret: &String, now: i64, delivery: &Delivery, url: &str) -> Result<bool, Refusal> {
    let request = delivery.request(url).ok_or(Refusal::BadAddress)?;
    let moment = Moment::default();
    let credentials = std::slice::from_ref(secret);
    let mut steps = Vec::new();
    for step in &webhooks.steps {
        let scope = Scope { request: &request, moment: &moment, credentials, steps: &steps, taken: &[] };
        let value = eval(&step.value, scope).map_err(|fault| failed(&step.name.wire, fault))?;
        steps.push(value);
    }
    let scope = Scope { request: &request, moment: &moment, credentials, steps: &steps, taken: &[] };
    let value = |name: &str, value: &Expr| eval(value, scope).map_err(|fault| failed(name, fault));
    if let Some(time) = &webhooks.time {
        let sent = eval(&time.value, scope).map_err(|fault| match fault {
            Fault::NoHeader(_) | Fault::NoField(_) => Refusal::NoTimestamp,
            other => failed("time", other),
        })?;
        fresh(&sent.text().unwrap_or_default(), time.unit, time.tolerance, now)?;
    }
    let expected = value("expected", &webhooks.expected)?.octets().unwrap_or_default();
    let given = match value("signatures", &webhooks.signatures)? {
        Value::List(texts) => texts.into_iter().map(String::into_bytes).collect(),
        one => vec![one.octets().unwrap_or_default()],
    };
    if !given.iter().fold(false, |found, given| found | same(given, &expected)) {
        return Ok(false);
    }
    for pair in &webhooks.also {
        let given = value("given", &pair.given)?.octets().unwrap_or_default();
        let expected = value("expected", &pair.expected)?.octets().unwrap_or_default();
        if !same(&given, &expected) {
            return Err(Refusal::Differs);
        }
    }
    Ok(true)
}

fn failed(name: &str, fault: Fault) -> Refusal {
    Refusal::Failed(Failure { name: name.to_owned(), fault })
}

/// What is empty proves nothing.
fn same(given: &[u8], expected: &[u8]) -> bool {
    !given.is_empty() && same_secret(given, expected)
}

fn fresh(text: &str, unit: TimeUnit, tolerance: u32, now: i64) -> Result<(), Refusal> {
    if text.is_empty() {
        return Err(Refusal::NoTimestamp);
    }
    let digits = || text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    let (sent, now, second) = match unit {
        TimeUnit::EpochS => (digits(), now.div_euclid(1000), 1),
        TimeUnit::EpochMs => (digits(), now, 1000),
        TimeUnit::Rfc3339 => (time::parse_rfc3339(text), now, 1000),
    };
    let age = now.saturating_sub(sent.ok_or(Refusal::BadTimestamp)?);
    let tolerance = i64::from(tolerance) * second;
    if age > tolerance {
        return Err(Refusal::TooOld);
    }
    if age < -tolerance { Err(Refusal::TooNew) } else { Ok(()) }
}

/// What a vendor sends with a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Names and values, in the order of the spec.
    pub headers: Vec<(String, String)>,
    /// What a receiver expects the signature to be; bytes in hexadecimal.
    pub signature: String,
}

/// Signs a webhook as its vendor would; `delivery` is without the headers that only signing makes.
///
/// Those are first written without what they cannot say yet, and then with what that comes to: no scheme signs its
/// own signature.
///
/// # Errors
///
/// Names what is missing, or cannot be computed: nobody could verify it.
pub fn send(webhooks: &Webhooks, secret: &str, now: i64, id: &str, delivery: &Delivery) -> Result<Sent, Refusal> {
    usable(webhooks, &[secret.to_owned()])?;
    missing(webhooks, delivery)?;
    spellings(webhooks, delivery)?;
    let time = match webhooks.time.as_ref().map(|time| time.unit) {
        Some(TimeUnit::EpochS) | None => now.div_euclid(1000).to_string(),
        Some(TimeUnit::EpochMs) => now.to_string(),
        Some(TimeUnit::Rfc3339) => time::iso(now),
    };
    let headers = |signature: &str, steps: &[Option<Value>]| -> Vec<(String, String)> {
        let part = |part: &SentPart| match part {
            SentPart::Text(text) => text.clone(),
            SentPart::Time => time.clone(),
            SentPart::Id => id.to_owned(),
            SentPart::Signature => signature.to_owned(),
            SentPart::Step(index) => steps.get(*index).and_then(|step| step.as_ref()?.text()).unwrap_or_default(),
        };
        webhooks.headers.iter().map(|header| (header.name.clone(), header.value.iter().map(part).collect())).collect()
    };
    let credentials = [secret.to_owned()];
    let moment = Moment::default();
    let mut sent = headers("", &[]);
    // Twice: what the second pass reads of the headers is what the first has made of the time and the id.
    let mut signature = String::new();
    for last in [false, true] {
        let request = delivery.with(&sent).request(delivery.url.as_deref().unwrap_or_default());
        let request = request.ok_or(Refusal::BadAddress)?;
        let mut steps = Vec::new();
        let mut shown = Vec::new();
        for step in &webhooks.steps {
            let scope =
                Scope { request: &request, moment: &moment, credentials: &credentials, steps: &steps, taken: &[] };
            match eval(&step.value, scope) {
                Ok(value) => {
                    shown.push(Some(value.clone()));
                    steps.push(value);
                }
                Err(fault) if last => return Err(failed(&step.name.wire, fault)),
                Err(_) => {
                    shown.push(None);
                    steps.push(Value::Text(String::new()));
                }
            }
        }
        let scope = Scope { request: &request, moment: &moment, credentials: &credentials, steps: &steps, taken: &[] };
        match eval(&webhooks.expected, scope) {
            Ok(Value::Bytes(bytes)) => signature = hex::encode(bytes),
            Ok(value) => signature = value.text().unwrap_or_default(),
            Err(fault) if last => return Err(failed("expected", fault)),
            Err(_) => {}
        }
        sent = headers(&signature, &shown);
    }
    Ok(Sent { headers: sent, signature })
}
