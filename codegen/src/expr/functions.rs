//! The functions of the expression language: a new primitive is a row here and a function in the runtime.

use crate::ir::Function::{self, *};
use crate::ir::ValueType::{self, *};

/// How a function is written and typed.
#[derive(Debug)]
pub struct FunctionRow {
    /// As expressions write it. Several rows may share a name if their receivers differ.
    pub name: &'static str,
    /// The type it is a method of, or `None` for a plain function.
    pub receiver: Option<ValueType>,
    /// In order, without the receiver.
    pub arguments: &'static [Argument],
    /// What it gives.
    pub result: ValueType,
    /// What it is in the model.
    pub function: Function,
    /// One line for people.
    pub doc: &'static str,
    /// A well-typed use.
    pub example: &'static str,
}

/// What a function takes in one place.
#[derive(Debug, Clone, Copy)]
pub struct Argument {
    /// What messages call it.
    pub name: &'static str,
    /// Any of these types. Text where bytes are accepted as well is its UTF-8.
    pub types: &'static [ValueType],
    /// How many values it stands for.
    pub times: Times,
}

/// How many values an argument stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// Exactly one.
    Once,
    /// One or more; only the last argument of a function may be such.
    Many,
}

/// A type as messages call it.
pub(super) fn type_name(ty: ValueType) -> &'static str {
    match ty {
        Fields => "fields",
        List => "list",
        Text => "text",
        Bytes => "bytes",
        Number => "number",
        Time => "time",
    }
}

const fn one(name: &'static str, types: &'static [ValueType]) -> Argument {
    Argument { name, types, times: Times::Once }
}

const fn many(name: &'static str, types: &'static [ValueType]) -> Argument {
    Argument { name, types, times: Times::Many }
}

const fn method(
    receiver: ValueType,
    name: &'static str,
    arguments: &'static [Argument],
    result: ValueType,
    function: Function,
    doc: &'static str,
    example: &'static str,
) -> FunctionRow {
    FunctionRow { name, receiver: Some(receiver), arguments, result, function, doc, example }
}

const fn free(
    name: &'static str,
    arguments: &'static [Argument],
    result: ValueType,
    function: Function,
    doc: &'static str,
    example: &'static str,
) -> FunctionRow {
    FunctionRow { name, receiver: None, arguments, result, function, doc, example }
}

/// All of them, in the order the documentation lists them.
#[rustfmt::skip]
pub static FUNCTIONS: &[FunctionRow] = &[
    method(Fields, "sort", &[], Fields, Sort,
        "orders fields by name, then by value, in byte order", "params.sort()"),
    method(Fields, "pairs", &[one("between", &[Text])], List, Pairs,
        "writes each field as its name, a text and its value", r#"params.pairs("=")"#),
    method(List, "join", &[one("separator", &[Text])], Text, Join,
        "joins texts with a separator between them", r#"params.pairs("=").join("&")"#),
    method(Time, "epoch_ms", &[], Number, EpochMs,
        "milliseconds since 1970", "now.epoch_ms()"),
    method(Time, "epoch_s", &[], Number, EpochS,
        "seconds since 1970", "now.epoch_s()"),
    free("nonce", &[], Number, Nonce,
        "a random number that is not negative and fits 64 bits", "nonce()"),
    free("hmac_sha256", &[one("key", &[Text, Bytes]), one("message", &[Text, Bytes])], Bytes, HmacSha256,
        "the HMAC-SHA-256 of a message", "hmac_sha256(secret_key, path)"),
    free("sha256", &[one("message", &[Text, Bytes])], Bytes, Sha256,
        "the SHA-256 of a message", "sha256(path)"),
    method(Bytes, "hex", &[], Text, Hex,
        "two lower-case digits for each byte", "sha256(path).hex()"),
    method(Bytes, "base64", &[], Text, Base64,
        "the standard alphabet, padded", "sha256(path).base64()"),
    method(Text, "upper", &[], Text, Upper,
        "upper-case letters", "method.upper()"),
    method(Text, "lower", &[], Text, Lower,
        "lower-case letters", "method.lower()"),
    free("concat", &[many("part", &[Text, Number])], Text, Concat,
        "one text after the other; a number is written in decimal", r#"concat(method, "\n", path)"#),
];
