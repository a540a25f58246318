//! A caller that knows the documentation and nothing else: HTTP by hand, signatures by hand.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use codegen::ir::Api;
use codegen_mock::{Builder, Mock};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

/// The time at the mock of these tests, in milliseconds since the epoch.
pub(crate) const NOW: i64 = 1_700_000_000_000;

/// The model of the real spec.
pub(crate) fn api() -> Api {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/proctorexam");
    codegen::load(&spec).unwrap_or_else(|failure| panic!("{failure}"))
}

/// The real spec's mock, not started, with a clock that stands still.
pub(crate) fn builder() -> Builder {
    builder_of(api())
}

pub(crate) fn builder_of(api: Api) -> Builder {
    Mock::builder(api).clock(|| UNIX_EPOCH + Duration::from_millis(NOW as u64))
}

pub(crate) async fn start() -> Mock {
    builder().start().await.unwrap()
}

/// The moment as the system says, for a mock with the system's clock.
pub(crate) fn system_now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis() as i64
}

/// A request before it is sent; every part of it can be spoilt.
pub(crate) struct Call {
    pub(crate) method: &'static str,
    /// Below `/api/v3`, as sent.
    pub(crate) path: String,
    /// Parameters of the path as they are signed.
    pub(crate) in_path: Vec<(String, String)>,
    /// Name, text as signed, JSON as sent.
    pub(crate) parameters: Vec<(String, String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) timestamp: String,
    pub(crate) nonce: String,
    pub(crate) secret: String,
    /// In place of the right one.
    pub(crate) signature: Option<String>,
    /// Whether parameters go into a JSON body.
    pub(crate) in_body: bool,
}

impl Call {
    pub(crate) fn new(method: &'static str, path: &str) -> Self {
        static NONCE: AtomicI64 = AtomicI64::new(1);
        let mut in_path = vec![];
        let segments: Vec<_> = path.split('/').collect();
        if let Some(id) = segments.get(2) {
            in_path.push(("institute_id".to_owned(), id.to_string()));
        }
        if let Some(id) = segments.get(4) {
            in_path.push(("id".to_owned(), id.to_string()));
        }
        Self {
            method,
            path: path.to_owned(),
            in_path,
            parameters: vec![],
            headers: vec![
                ("Host".to_owned(), "localhost".to_owned()),
                ("Accept".to_owned(), "application/vnd.procwise.v3".to_owned()),
                ("Authorization".to_owned(), "Token token=test-api_token".to_owned()),
            ],
            timestamp: NOW.to_string(),
            nonce: NONCE.fetch_add(1, Ordering::Relaxed).to_string(),
            secret: "test-secret_key".to_owned(),
            signature: None,
            in_body: matches!(method, "POST" | "PATCH" | "PUT"),
        }
    }

    /// A parameter whose JSON is a text.
    pub(crate) fn text(self, name: &str, value: &str) -> Self {
        let json = serde_json::to_string(value).unwrap();
        self.raw(name, value, &json)
    }

    /// A parameter as it is signed, and as it is in a JSON body.
    pub(crate) fn raw(mut self, name: &str, signed: &str, json: &str) -> Self {
        self.parameters.push((name.to_owned(), signed.to_owned(), json.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.parameters.retain(|(parameter, ..)| parameter != name);
        self
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(header, _)| header != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// The bytes of the request.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut fields: BTreeMap<&str, &str> = BTreeMap::new();
        fields.extend(self.parameters.iter().map(|(name, text, _)| (name.as_str(), text.as_str())));
        fields.extend(self.in_path.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        let mut all = self.parameters.clone();
        for (name, value) in [("timestamp", &self.timestamp), ("nonce", &self.nonce)] {
            if !value.is_empty() {
                fields.insert(name, value);
                all.push((name.to_owned(), value.clone(), value.clone()));
            }
        }
        let canonical: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()).unwrap();
        mac.update(canonical.join("?").as_bytes());
        let signature = self.signature.clone().unwrap_or_else(|| hex::encode(mac.finalize().into_bytes()));
        all.push(("signature".to_owned(), signature.clone(), format!("\"{signature}\"")));

        let (query, body) = if self.in_body {
            let members: Vec<_> = all.iter().map(|(name, _, json)| format!("{name:?}: {json}")).collect();
            (String::new(), format!("{{{}}}", members.join(", ")))
        } else {
            let encode = |text: &str| {
                percent_encoding::percent_encode(text.as_bytes(), percent_encoding::NON_ALPHANUMERIC).to_string()
            };
            let pairs: Vec<_> =
                all.iter().map(|(name, text, _)| format!("{}={}", encode(name), encode(text))).collect();
            (format!("?{}", pairs.join("&")), String::new())
        };
        let mut request = format!("{} /api/v3{}{query} HTTP/1.1\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            request += &format!("{name}: {value}\r\n");
        }
        if self.in_body {
            request += &format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len());
        }
        request += "Connection: close\r\n\r\n";
        request += &body;
        request.into_bytes()
    }

    pub(crate) fn send(&self, mock: &Mock) -> Answer {
        Answer::parse(&exchange(mock.socket(), &self.bytes()))
    }
}

/// A user that the mock accepts.
pub(crate) fn create(email: &str) -> Call {
    Call::new("POST", "/institutes/1/users")
        .text("email", email)
        .text("name", "Teacher name")
        .text("password", "Passw0rd!")
        .text("password_confirmation", "Passw0rd!")
        .text("role", "teacher")
}

/// Everything that comes back on a connection until it closes.
pub(crate) fn exchange(socket: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(socket).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    // The server may close before it read everything.
    let _ = stream.write_all(request);
    let mut answer = vec![];
    let _ = stream.read_to_end(&mut answer);
    answer
}

/// A parsed answer; status 0 where nothing came.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Self { status, head: head.to_owned(), body: body.to_owned() }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Status and body in one, to compare both at once.
    pub(crate) fn both(&self) -> (u16, Value) {
        (self.status, self.json())
    }
}
