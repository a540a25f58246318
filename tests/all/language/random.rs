//! Random expressions over random requests: what is compiled and what is interpreted come to the same bytes, or both
//! to an error.

use std::collections::BTreeSet;
use std::path::Path;

use client_runtime::rt::SigningError;
use client_runtime::rt::public::{Json, SignedRequest};
use codegen::expr::{FUNCTIONS, SOURCES};
use codegen_mock::interpret::{Fault, Moment, Place, Request, Signed, sign};

use super::Scheme;
use super::compiled::{Parameters, Scalar, client, prepare};

#[allow(
    unused_variables,
    clippy::if_same_then_else,
    clippy::possible_missing_else,
    reason = "drawn by chance, and on one line"
)]
mod schemes {
    //! A function for each expression, in the order of the spec.
    include!(concat!(env!("OUT_DIR"), "/language/random.rs"));
}

const BASE: &str = "https://API.example.com:8443/v1";
/// For each expression.
const REQUESTS: u64 = 8;

/// A stream of numbers that is always the same.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn one<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    /// A list or a map of texts, numbers, lists and so on, or null.
    fn parts(&mut self, depth: usize) -> Json {
        let shape = if depth == 0 { self.below(4) } else { self.below(6) };
        let count = self.below(4);
        match shape {
            0 => Json::Null,
            1 => Json::Bool(self.below(2) == 0),
            2 => Json::Number(self.one(&["0", "-1", "1.50", "1e3", "9007199254740993"]).to_owned()),
            3 => Json::String(self.text()),
            4 => Json::Array((0..count).map(|_| self.parts(depth - 1)).collect()),
            _ => {
                let names: BTreeSet<String> = (0..count).map(|_| self.name()).collect();
                Json::Object(names.into_iter().map(|name| (name, self.parts(depth - 1))).collect())
            }
        }
    }

    /// A list of texts, as it stands in a query or a form too.
    fn texts(&mut self) -> Json {
        Json::Array((0..self.below(4)).map(|_| Json::String(self.text())).collect())
    }

    /// A few pieces, or none.
    fn text(&mut self) -> String {
        let pieces = [
            "a", "B", "7", " ", "  ", "\t", "\n", "&", "=", "%", "+", "/", "?", "#", "*", "~", "\"", "\\", "\u{1}",
            "\u{7f}", "é", "e\u{301}", "ß", "€", "😀", "\u{ffff}", "x=1&y=2", "%41", "00fF", "QQ==", "-_8", "whsec_",
        ];
        (0..self.below(5)).map(|_| self.one(&pieces)).collect()
    }

    fn name(&mut self) -> String {
        self.one(&["a", "b", "B", "ab", "a[0]", "a.b", "é", "x y", "x", "=", "&", "z~", "Id", "X-Seen"]).to_owned()
    }

    /// In milliseconds: these days, more often than not.
    fn now(&mut self) -> i64 {
        // Around 1970, the years of four digits, those that other clocks know, and what a number of JSON can say.
        let edges = [0, -62_167_219_200_000, 253_402_300_800_000, 253_402_207_201_000, -62_135_596_800_000, 1 << 53];
        let near = self.below(200_000) as i64 - 100_000;
        match self.below(4) {
            0 => edges[self.below(edges.len())] + near,
            1 => [-1, -999, -1 << 53, 1 << 62][self.below(4)],
            _ => self.below(4_000_000_000) as i64 * 1000 + near,
        }
    }

    fn secret(&mut self) -> String {
        let shapes = ["", "k", "c2VjcmV0", "c2VjcmV0IQ", "whsec_MTIz", "00ff10", "0", "-_-_", "clé 🔑", "two  words "];
        let shape = self.one(&shapes).to_owned();
        if self.below(6) == 0 { shape.repeat(40) } else { shape }
    }
}

/// A call, and what it is made with.
struct Drawn {
    method: &'static str,
    parameters: Parameters,
    credentials: [String; 2],
    moment: Moment,
}

fn draw(seed: u64) -> Drawn {
    let mut draw = Draw(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let method = ["GET", "DELETE", "POST", "PUT", "PATCH"][draw.below(5)];
    let is_form = matches!(method, "POST" | "PUT" | "PATCH") && draw.below(3) == 0;
    let mut seen = BTreeSet::new();
    let mut fields = Vec::new();
    for _ in 0..draw.below(7) {
        // What prefers the query has no body.
        let place = if matches!(method, "GET" | "DELETE") || draw.below(3) == 0 { "query" } else { "body" };
        let name = draw.name();
        let value = match draw.below(7) {
            5 if place == "body" && !is_form => Scalar::Parts(draw.parts(3)),
            5 | 6 => Scalar::Parts(draw.texts()),
            0 if place == "body" => Scalar::Number(draw.below(usize::MAX) as i64 - 1_000_000_000),
            1 if place == "body" => Scalar::Boolean(draw.below(2) == 0),
            _ => Scalar::Text(draw.text()),
        };
        if seen.insert((place, name.clone())) {
            fields.push((place, name, value));
        }
    }
    let now = draw.now();
    let hex = |bytes: i64, digit: usize| (bytes, format!("{digit:x}").repeat(2 * bytes as usize));
    let moment = Moment {
        now,
        nonce: draw.below(usize::MAX) as i64,
        counter: now.saturating_add(1),
        uuid: "0f3e9c52-6d1b-4e8a-9c7f-2b1a3d4c5e6f".to_owned(),
        nonce_hex: [hex(4, draw.below(16)), hex(16, draw.below(16))].into(),
    };
    let id = format!("i{}", draw.text());
    let header = (draw.below(2) == 0).then(|| ("X-Call", draw.one(&["", "b  a", "1", "é"]).to_owned()));
    let parameters = Parameters { fields, id, header, is_form, document: None };
    Drawn { method, parameters, credentials: [draw.secret(), draw.secret()], moment }
}

fn compiled(drawn: &Drawn, scheme: Scheme) -> Result<SignedRequest, SigningError> {
    let client = client(BASE, scheme, &drawn.credentials, &drawn.moment);
    prepare(&client, drawn.method, "/items/{id}", &drawn.parameters)
}

fn text_of(json: &Json) -> &str {
    let Json::String(text) = json else { panic!("there is no other") };
    text
}

/// A value as a spec would have it.
fn as_written(json: &Json) -> codegen::ir::Json {
    use codegen::ir::Json as Written;
    match json {
        Json::Null => Written::Null,
        Json::Bool(value) => Written::Boolean(*value),
        Json::Number(number) => Written::Number(number.clone()),
        Json::String(text) => Written::String(text.clone()),
        Json::Array(items) => Written::Array(items.iter().map(as_written).collect()),
        Json::Object(members) => {
            Written::Object(members.iter().map(|(name, value)| (name.clone(), as_written(value))).collect())
        }
    }
}

/// The request as the interpreter has it before it is signed.
fn request(drawn: &Drawn) -> Request {
    let escaped: String = drawn.parameters.id.bytes().fold(String::new(), |escaped, byte| {
        let kept = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if kept { escaped + &char::from(byte).to_string() } else { escaped + &format!("%{byte:02X}") }
    });
    let mut request = Request::new(drawn.method, &format!("{BASE}/items/{escaped}")).unwrap();
    if drawn.parameters.is_form {
        request = request.form();
    }
    request = request.header("X-Fixed", " a  b").header("Accept", "text/plain");
    if let Some((name, value)) = &drawn.parameters.header {
        request = request.header(name, value);
    }
    request = request.field(Place::Path, "id", &drawn.parameters.id);
    for (place, name, value) in &drawn.parameters.fields {
        request = match (*place, value) {
            ("query", Scalar::Text(text)) => request.field(Place::Query, name, text),
            (_, Scalar::Text(text)) => request.field(Place::Body, name, text),
            ("body", Scalar::Parts(parts)) if !drawn.parameters.is_form => request.json_value(name, &as_written(parts)),
            (place, Scalar::Parts(parts)) => {
                let place = if place == "query" { Place::Query } else { Place::Body };
                let Json::Array(items) = parts else { panic!("there is no other in {name}") };
                items
                    .iter()
                    .map(text_of)
                    .fold(request, |request, item| request.field(place, &format!("{name}[]"), item))
            }
            (_, scalar) if drawn.parameters.is_form => request.field(Place::Body, name, &scalar.text()),
            (_, scalar) => request.json_field(name, &scalar.text()),
        };
    }
    request
}

/// What both readings call it, and what it is about.
pub(super) fn reason(error: &SigningError) -> (&'static str, String) {
    let (kind, about): (_, &str) = match error {
        SigningError::Header { .. } => ("header", ""),
        SigningError::NoHeader { header } => ("no header", header),
        SigningError::NoField { field } => ("no field", field),
        SigningError::Undecodable { encoding, .. } => ("undecodable", encoding),
        SigningError::NoFields => ("no fields", ""),
        SigningError::EmptyList { .. } => ("empty list", ""),
        other => panic!("there is another reason: {other}"),
    };
    (kind, about.to_owned())
}

pub(super) fn fault(fault: &Fault) -> (&'static str, String) {
    let (kind, about): (_, &str) = match fault {
        Fault::HeaderValue => ("header", ""),
        Fault::NoHeader(name) => ("no header", name),
        Fault::NoField(name) => ("no field", name),
        Fault::Undecodable(encoding) => ("undecodable", encoding),
        Fault::NoText => ("undecodable", "UTF-8"),
        Fault::NoFields => ("no fields", ""),
        Fault::EmptyList => ("empty list", ""),
        other => panic!("there is another fault: {other}"),
    };
    // The one names a header as the spec does, the other as it is compared.
    (kind, if kind == "no header" { about.to_lowercase() } else { about.to_owned() })
}

#[test]
fn every_function_and_source_is_drawn() {
    let spec = include_str!(concat!(env!("OUT_DIR"), "/language/random/api.yaml"));
    let drawn: BTreeSet<&str> = spec.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).collect();
    let names = FUNCTIONS.iter().map(|row| row.name).chain(SOURCES.iter().map(|row| row.name));
    assert_eq!(names.filter(|name| !drawn.contains(name)).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn compiled_and_interpreted_come_to_the_same() {
    let mut api = codegen::load(&Path::new(env!("OUT_DIR")).join("language/random")).unwrap();
    let placements = std::mem::take(&mut api.signing.send);
    assert_eq!(placements.len(), schemes::SCHEMES.len());
    let (mut agreed, mut failed) = (0, 0);
    for (index, (placement, scheme)) in placements.into_iter().zip(schemes::SCHEMES).enumerate() {
        let name = placement.name.wire.clone();
        api.signing.send = vec![placement];
        for seed in 0..REQUESTS {
            let drawn = draw(index as u64 * REQUESTS + seed);
            let interpreted = sign(&api.signing, &drawn.credentials, &drawn.moment, request(&drawn));
            match (compiled(&drawn, *scheme), interpreted) {
                (Ok(compiled), Ok(Signed { request: interpreted, .. })) => {
                    let context = format!("{name} of the random spec, request {seed}");
                    let target = compiled.uri().path_and_query().unwrap().as_str();
                    assert_eq!(target, interpreted.target(), "{context}");
                    assert_eq!(compiled.body().to_vec(), interpreted.body(), "{context}");
                    // The transport writes the host; expressions see it before.
                    for (header, value) in interpreted.headers().into_iter().filter(|(name, _)| name != "host") {
                        let sent = compiled.headers().get(&header).map(|value| value.as_bytes());
                        assert_eq!(sent, Some(value.as_bytes()), "{context}: {header}");
                    }
                    agreed += 1;
                }
                (Err(compiled), Err(interpreted)) if reason(&compiled) == fault(&interpreted.fault) => failed += 1,
                (compiled, interpreted) => {
                    let (compiled, interpreted) = (compiled.map(drop), interpreted.map(drop));
                    panic!("{name} of the random spec, request {seed}: {compiled:?} but {interpreted:?}");
                }
            }
        }
    }
    // Some must fail, or errors are not compared; most must not, or values are not.
    assert!(failed > 20 && agreed > 5 * failed, "{agreed} {failed}");
}
