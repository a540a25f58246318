//! Webhooks of many schemes, verified by generated code and by the interpreter of the same spec. Both must accept what
//! an independent implementation has signed, refuse what was changed, and give the same reason.

mod hostile;
mod payloads;
mod sent;
mod vectors;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use client_runtime::rt::{Event, Verifier};
use client_runtime::seams::Clock;
use codegen::ir::{Api, Webhooks};
use codegen_mock::interpret::{self, Delivery, Fault, Refusal};
use http::{HeaderMap, HeaderName, HeaderValue};
use tests::webhooks::stamped::{WebhookError, WebhookRequest};
use tests::webhooks::{address, command, forms, members, pairs, plain, prefixed, request, stamped, standard, values};

/// A clock that stands still.
struct At(i64);

impl Clock for At {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(u64::try_from(self.0).unwrap())
    }
}

/// One of the schemes, read once.
fn api(scheme: &str) -> &'static Api {
    static KNOWN: Mutex<BTreeMap<String, &Api>> = Mutex::new(BTreeMap::new());
    let read = || {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("webhooks").join(scheme);
        &*Box::leak(Box::new(codegen::load(&folder).unwrap_or_else(|failure| panic!("{failure}"))))
    };
    KNOWN.lock().unwrap().entry(scheme.to_owned()).or_insert_with(read)
}

/// Its webhooks.
fn model(scheme: &str) -> &'static Webhooks {
    api(scheme).webhooks.as_ref().unwrap()
}

/// A body of a media type, before anybody has signed it.
fn of_kind(kind: &str, body: &[u8]) -> Delivery {
    let headers = vec![("Content-Type".to_owned(), kind.to_owned())];
    Delivery { headers, body: body.to_vec(), ..Delivery::default() }
}

/// What the vendor sends: the same, with what it adds to it at a moment.
fn signed(scheme: &str, secret: &str, now: i64, unsigned: &Delivery) -> Result<Delivery, Refusal> {
    let sent = interpret::send(model(scheme), secret, now, "", unsigned)?;
    let headers = unsigned.headers.iter().cloned().chain(sent.headers).collect();
    Ok(Delivery { headers, ..unsigned.clone() })
}

/// The event, shown; both readings must agree on whether it is one.
fn verify(scheme: &str, secrets: &[&str], now: i64, delivery: &Delivery) -> Result<String, WebhookError> {
    macro_rules! by_scheme {
        ($($name:ident)*) => {
            match scheme {
                $(stringify!($name) => compiled::<$name::WebhookEvent>(secrets, now, delivery),)*
                _ => panic!("no scheme is called {scheme}"),
            }
        };
    }
    let compiled = by_scheme!(address command forms members pairs plain prefixed request stamped standard values);
    let secrets: Vec<_> = secrets.iter().map(|secret| (*secret).to_owned()).collect();
    let api = api(scheme);
    let webhooks = model(scheme);
    let interpreted = match interpret::verify(webhooks, &secrets, now, delivery) {
        Err(refusal) => Some(kind(&refusal)),
        Ok(()) => interpret::unreadable(api, webhooks, delivery).map(|_| "payload"),
    };
    let why = || interpret::unreadable(api, webhooks, delivery);
    assert_eq!(interpreted, compiled.as_ref().err().map(reason), "{scheme}: {:?} {compiled:?}", why());
    compiled
}

fn compiled<E: Event + std::fmt::Debug>(
    secrets: &[&str],
    now: i64,
    delivery: &Delivery,
) -> Result<String, WebhookError> {
    let mut headers = HeaderMap::new();
    for (name, value) in &delivery.headers {
        headers.append(HeaderName::try_from(name).unwrap(), HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    let mut request = WebhookRequest::new(&headers, &delivery.body);
    if let Some(method) = &delivery.method {
        request = request.method(method);
    }
    if let Some(url) = &delivery.url {
        request = request.url(url);
    }
    let verifier = Verifier::<E>::new(secrets.iter().copied()).unwrap().clock(At(now));
    verifier.verify(request).map(|event| format!("{event:?}"))
}

/// What both readings call it.
fn reason(error: &WebhookError) -> &'static str {
    match error {
        WebhookError::NoAddress => "no address",
        WebhookError::BadAddress => "bad address",
        WebhookError::BadQuery => "bad query",
        WebhookError::NoMethod => "no method",
        WebhookError::NoTimestamp => "no timestamp",
        WebhookError::BadTimestamp => "bad timestamp",
        WebhookError::TooOld => "too old",
        WebhookError::TooNew => "too new",
        WebhookError::NoMatch => "no match",
        WebhookError::Differs => "differs",
        WebhookError::Payload(_) | WebhookError::Doubtful => "payload",
        WebhookError::MissingHeader { .. } => "missing header",
        WebhookError::MissingField { .. } => "missing field",
        WebhookError::NoFields => "no fields",
        WebhookError::EmptyList { .. } => "empty list",
        WebhookError::Undecodable { .. } => "undecodable",
        _ => panic!("there is another reason: {error:?}"),
    }
}

fn kind(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NoAddress => "no address",
        Refusal::BadAddress => "bad address",
        Refusal::BadQuery => "bad query",
        Refusal::NoMethod => "no method",
        Refusal::NoTimestamp => "no timestamp",
        Refusal::BadTimestamp => "bad timestamp",
        Refusal::TooOld => "too old",
        Refusal::TooNew => "too new",
        Refusal::NoMatch => "no match",
        Refusal::Differs => "differs",
        Refusal::Failed(failure) => match failure.fault {
            Fault::NoHeader(_) => "missing header",
            Fault::NoField(_) => "missing field",
            Fault::NoFields => "no fields",
            Fault::EmptyList => "empty list",
            Fault::Undecodable(_) | Fault::NoText => "undecodable",
            _ => panic!("there is another fault: {failure}"),
        },
        _ => panic!("there is another reason: {refusal}"),
    }
}
