//! Random well-typed expressions: every function and every source stands at the root of some, the same in every build.

use std::io;
use std::path::Path;

use codegen::diagnostics::Diagnostics;
use codegen::expr::{self, Argument, FUNCTIONS, FunctionRow, Gives, Literal, Phase, SOURCES, Scope, Takes, Times};
use codegen::ir::Api;
use codegen::ir::ValueType::{self, *};
use codegen::source::Scalar;
use serde_json::Value;

use crate::schemes::{Functions, load};

/// How often each function is at the root for each type that it gives.
const EACH: usize = 3;
/// Calls within calls, apart from the one that makes a text of the value.
const DEPTH: u32 = 3;
const TYPES: [ValueType; 7] = [Fields, List, ByteList, Text, Bytes, Number, Time];

/// What every scheme has: values injected before and named steps of every type, none of which can fail; and a form, so
/// that a body which one value reads may be given another one.
const COMMON: &str = r#"codegen: 1
name: random
title: Random
encoding: {body: form}
credentials: {key: {env: KEY}, other: {env: OTHER}}
headers: {X-Fixed: {value: " a  b"}, Accept: {value: text/plain}}
signing:
  inject:
    seen: now.epoch_s()
    X-Seen: {in: header, value: 'concat(method.lower(), " ", nonce())'}
    last: {in: query, value: sha1(key).base64()}
  steps:
    text_step: concat(path, key)
    bytes_step: sha256(key)
    number_step: now.epoch_ms()
    time_step: now.minus(86399)
    fields_step: params.and(headers)
    list_step: params.values()
    byte_list_step: list(key, md5(query), "", other)
  send:
    X-Steps:
      in: header
      value: >-
        sha256(concat(text_step, bytes_step, number_step, time_step.epoch_ms(), fields_step.pairs("").join(""),
        list_step.join(""), byte_list_step.join(""))).hex()
"#;

/// When some of them are, in turn; the others always are.
const CONDITIONS: [&str; 6] = [
    ", unless_empty: query",
    ", only_for: [GET, PUT]",
    ", unless_empty: body_params.keep(\"a\")",
    ", only_for: POST, unless_empty: 'headers.keep(\"x-call\").values()'",
    ", unless_empty: params.drop_empty()",
    ", only_for: [PATCH, DELETE, GET]",
];

/// How each of the expressions is placed, in turn.
const PLACES: [Place; 5] = [Place::Header, Place::Query, Place::Body, Place::Parameters, Place::Basic];

/// What else is placed: texts with values in them.
const TEMPLATES: [&str; 4] = [
    r#"in: header, template: "a {number_step}, {{b}} {other}""#,
    r#"in: query, template: "{key}:{text_step}""#,
    r#"template: "{method} {port}{number_step}", only_for: [POST, PUT]"#,
    r#"in: header, template: "{target} {query}", unless_empty: query_params"#,
];

/// Where a value goes. A pair of the query is the last one; a field of the body is one of a form or of a JSON object,
/// as the request has it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Header,
    Query,
    Body,
    /// In the one or the other, as the method has it.
    Parameters,
    /// The second half of what `Authorization: Basic` holds.
    Basic,
}

/// Writes one spec with every expression as a value that is sent, and a function to sign by for each.
pub(crate) fn write(out: &Path) -> io::Result<()> {
    let operations = "operations: {add: {http: 'POST /things/{of_path}', params: {of_path: string, \
        of_query: {type: string, required: true, in: query}, of_body: {type: string, required: true}}}}\n";
    let common = load(&out.join("random"), COMMON, operations)?;
    let mut spec = COMMON.to_owned();
    for (index, (ty, expression)) in expressions(&common).iter().enumerate() {
        let place = PLACES[index % PLACES.len()];
        let condition = CONDITIONS.get(index % (3 * CONDITIONS.len())).copied().unwrap_or_default();
        spec.push_str(&format!("    V-{index}: {{{}{condition}}}\n", placed(place, *ty, expression)));
    }
    for (index, template) in TEMPLATES.iter().enumerate() {
        spec.push_str(&format!("    T-{index}: {{{template}}}\n"));
    }
    let mut api = load(&out.join("random"), &spec, operations)?;
    let mut functions = Functions::default();
    for placement in std::mem::take(&mut api.signing.send) {
        api.signing.send = vec![placement];
        functions.add(&api)?;
    }
    functions.write(&out.join("random.rs"))
}

/// What is said of a value that is sent.
fn placed(place: Place, ty: ValueType, expression: &str) -> String {
    // An object that was signed as it was gets nothing more.
    let reads_body =
        expression.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).any(|it| it == "body");
    let whole = if matches!(ty, Text | Number) { expression.to_owned() } else { shown(ty, expression) };
    let (carrier, value) = match place {
        Place::Header => ("header", shown(ty, expression)),
        Place::Query => ("query", whole),
        Place::Body | Place::Parameters if reads_body => ("query", whole),
        Place::Body => ("body", whole),
        Place::Parameters => return format!("value: {}", Value::String(whole)),
        Place::Basic => ("header", format!(r#"concat("Basic ", concat(key, ":", {whole}).base64())"#)),
    };
    format!("in: {carrier}, value: {}", Value::String(value))
}

fn expressions(common: &Api) -> Vec<(ValueType, String)> {
    let mut draw = Draw(0x9E37_79B9_7F4A_7C15);
    let mut expressions: Vec<_> = SOURCES.iter().map(|row| (row.ty, row.name.to_owned())).collect();
    for row in FUNCTIONS {
        for ty in TYPES.into_iter().filter(|ty| can_give(row, *ty)) {
            for _ in 0..EACH {
                // What is in vain is refused when a spec is read.
                let call = loop {
                    let call = draw.call(row, ty, DEPTH);
                    if !is_in_vain(common, &call) {
                        break call;
                    }
                };
                expressions.push((ty, call));
            }
        }
    }
    expressions
}

/// Whether a literal makes an expression fail, or select nothing, in every call.
fn is_in_vain(common: &Api, expression: &str) -> bool {
    let scope = Scope {
        credentials: &common.credentials,
        steps: &common.signing.steps,
        below: &[],
        injected: &["seen", "X-Seen", "last", "X-Steps"],
        later: &[],
        is_open: false,
        phase: Phase::Sign,
    };
    let source = Scalar { text: expression.to_owned(), ..Scalar::default() };
    let mut diagnostics = Diagnostics::default();
    expr::compile(&source, scope, &mut diagnostics);
    let found = diagnostics.into_sorted();
    !found.is_empty() && found.iter().all(|diagnostic| diagnostic.rule.id == "expression-bad-literal")
}

/// A text of a value of any type, that tells values apart.
fn shown(ty: ValueType, expression: &str) -> String {
    match ty {
        Text | Bytes => format!("{expression}.hex()"),
        Number => format!("concat({expression})"),
        Time => format!("concat({expression}.epoch_ms())"),
        Fields => format!(r#"{expression}.format("<", "=", ">").join("").hex()"#),
        List | ByteList => format!(r#"concat("[", {expression}.join("|"), "]").hex()"#),
    }
}

fn can_give(row: &FunctionRow, ty: ValueType) -> bool {
    match row.gives {
        Gives::Always(given) => given == ty,
        Gives::Receiver => row.receivers.contains(&ty),
        Gives::TextOrBytes => matches!(ty, Text | Bytes),
        Gives::List => matches!(ty, List | ByteList),
        Gives::Branches => true,
    }
}

/// A stream of numbers that is always the same.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % end.max(1)
    }

    fn one<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    /// An expression of a type.
    fn expression(&mut self, ty: ValueType, depth: u32) -> String {
        if depth == 0 || self.below(4) == 0 {
            return self.leaf(ty);
        }
        let rows: Vec<_> = FUNCTIONS.iter().filter(|row| can_give(row, ty)).collect();
        let row = self.one(&rows);
        self.call(row, ty, depth - 1)
    }

    fn leaf(&mut self, ty: ValueType) -> String {
        let mut leaves: Vec<String> =
            SOURCES.iter().filter(|row| row.ty == ty).map(|row| row.name.to_owned()).collect();
        let more: &[&str] = match ty {
            Text => &["key", "other", "text_step"],
            Bytes => &["bytes_step"],
            Number => &["number_step", "nonce()", "counter()", "7"],
            Time => &["time_step"],
            Fields => &["fields_step"],
            List => &["list_step"],
            ByteList => &["byte_list_step"],
        };
        leaves.extend(more.iter().map(|leaf| (*leaf).to_owned()));
        if ty == Text {
            leaves.extend([self.literal(Literal::Text), self.literal(Literal::Text)]);
        }
        let index = self.below(leaves.len());
        leaves.swap_remove(index)
    }

    /// A call of a function that gives a type.
    fn call(&mut self, row: &FunctionRow, ty: ValueType, depth: u32) -> String {
        let bytes = matches!(ty, Bytes | ByteList);
        let receiver = match row.gives {
            _ if row.receivers.is_empty() => None,
            Gives::Receiver => Some(ty),
            Gives::TextOrBytes => Some(if bytes { ByteList } else { List }),
            _ => Some(row.receivers[self.below(row.receivers.len())]),
        };
        let receiver = receiver.map(|ty| self.receiver(row, ty, depth));
        let mut arguments = Vec::new();
        for (index, argument) in row.arguments.iter().enumerate() {
            let times = if matches!(argument.times, Times::Once) { 1 } else { 1 + self.below(3) };
            for time in 0..times {
                // What stands in turn with the argument before it needs another of that.
                if time > 0 && matches!(argument.times, Times::InPairs) {
                    arguments.push(self.argument(row, index - 1, ty, false, depth));
                }
                let needs_bytes = bytes && time == 0 && matches!(argument.times, Times::Many);
                arguments.push(self.argument(row, index, ty, needs_bytes, depth));
            }
        }
        let call = format!("{}({})", row.name, arguments.join(", "));
        receiver.map_or(call.clone(), |receiver| format!("{receiver}.{call}"))
    }

    /// What a method is called on; what decodes gets, more often than not, something to decode.
    fn receiver(&mut self, row: &FunctionRow, ty: ValueType, depth: u32) -> String {
        let encoded = match row.name {
            "decode_hex" => ".hex()",
            "decode_base64" => ".base64_unpadded()",
            "decode_base64url" => ".base64url()",
            "text" => ".base64().first(12)",
            _ => return self.expression(ty, depth),
        };
        if self.below(4) == 0 {
            return self.expression(ty, depth);
        }
        let octets = if self.below(2) == 0 { Text } else { Bytes };
        self.expression(octets, depth) + encoded
    }

    fn argument(&mut self, row: &FunctionRow, index: usize, ty: ValueType, needs_bytes: bool, depth: u32) -> String {
        let Argument { takes, .. } = &row.arguments[index];
        match *takes {
            Takes::Literal(Literal::Number(..)) if row.name == "nonce_hex" => self.one(&["4", "16"]).to_owned(),
            Takes::Literal(literal) => self.literal(literal),
            Takes::Value(_) if needs_bytes => self.expression(Bytes, depth),
            Takes::Value(types) => {
                let is_branch = matches!(row.gives, Gives::Branches) && index + 2 >= row.arguments.len();
                let makes_text = matches!(ty, Text | List) && matches!(row.gives, Gives::TextOrBytes | Gives::List);
                let fitting: Vec<_> = types.iter().filter(|it| !(makes_text && **it == Bytes)).collect();
                let chosen = if is_branch { ty } else { *self.one(&fitting) };
                self.expression(chosen, depth)
            }
        }
    }

    fn literal(&mut self, literal: Literal) -> String {
        let texts = ["a", "x y", "é€😀", "\n", "&", "%2F", "=", "/", "b=c", "~*+", "seen", "\0\"\\'"];
        let names = ["a", "b", "seen", "host", "x-seen", "X-Seen", "accept", "é", "a[0]", "x", " ", "content-type"];
        let layouts = ["%Y%m%dT%H%M%SZ", "%a, %d %b %Y %H:%M:%S GMT", "%Y-%m-%dT%H:%M:%S.%fZ", "100%% %Y", "%b%a"];
        match literal {
            Literal::Text if self.below(4) == 0 => r#""""#.to_owned(),
            Literal::Text => format!("{:?}", self.one(&texts)),
            Literal::Name if self.below(2) == 0 => format!("{:?}", self.one(&texts)),
            Literal::Name => format!("{:?}", self.one(&names)),
            Literal::Header => format!("{:?}", self.one(&["Host", "X-Seen", "x-fixed", "ACCEPT", "Content-Type"])),
            Literal::Profile => format!("{:?}", self.one(&["rfc3986", "rfc3986_path", "form"])),
            Literal::Methods => format!("{:?}", self.one(&["GET", "POST PUT", "GET HEAD DELETE", "PATCH"])),
            Literal::Clock => format!("{:?}", self.one(&layouts)),
            Literal::Number(least, most) => {
                let room = usize::try_from(most - least).unwrap_or(usize::MAX).min(100_000);
                (least + i64::try_from(self.below(room + 1)).unwrap_or(0)).to_string()
            }
        }
    }
}
