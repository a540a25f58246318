//! The functions of the expression language: a new primitive is a row here and a function in the runtime.

use std::ops::RangeInclusive;

use super::functions::{Argument, FunctionRow, Gives, Literal, Takes, Times};
use crate::ir::Function::{self, *};
use crate::ir::Hash::*;
use crate::ir::ValueType::{self, *};

const OCTETS: &[ValueType] = &[Text, Bytes];
const PARTS: &[ValueType] = &[Text, Number, Bytes];
const LISTS: &[ValueType] = &[List, ByteList];
const SERIES: &[ValueType] = &[Fields, List, ByteList];
const SIZED: &[ValueType] = &[Text, Bytes, Fields, List, ByteList];
const ANY: &[ValueType] = &[Text, Bytes, Number, Time, Fields, List, ByteList];

/// How many bytes `nonce_hex` may have.
pub const NONCE_BYTES: RangeInclusive<i64> = 4..=64;

/// The longest time that is added or taken away: a hundred years.
const CENTURY: i64 = 3_155_760_000;

const fn one(name: &'static str, types: &'static [ValueType]) -> Argument {
    Argument { name, takes: Takes::Value(types), times: Times::Once }
}

const fn many(name: &'static str, types: &'static [ValueType]) -> Argument {
    Argument { name, takes: Takes::Value(types), times: Times::Many }
}

const fn literal(name: &'static str, literal: Literal) -> Argument {
    Argument { name, takes: Takes::Literal(literal), times: Times::Once }
}

const NAMES_OF: &[Argument] = &[Argument { name: "name", takes: Takes::Literal(Literal::Name), times: Times::Many }];
const PROFILE: &[Argument] = &[literal("profile", Literal::Profile)];
const PREFIX: &[Argument] = &[literal("prefix", Literal::Name)];
const SIZE: &[Argument] = &[literal("bytes", Literal::Number(*NONCE_BYTES.start(), *NONCE_BYTES.end()))];
const SECONDS: &[Argument] = &[literal("seconds", Literal::Number(1, CENTURY))];
const REPLACEMENTS: &[Argument] = &[
    literal("from", Literal::Name),
    Argument { name: "to", takes: Takes::Literal(Literal::Text), times: Times::InPairs },
];
const MESSAGE: &[Argument] = &[one("message", OCTETS)];
const KEYED: &[Argument] = &[one("key", OCTETS), one("message", OCTETS)];

const fn method(
    receivers: &'static [ValueType],
    name: &'static str,
    arguments: &'static [Argument],
    gives: Gives,
    function: Function,
    doc: &'static str,
    example: &'static str,
) -> FunctionRow {
    FunctionRow { name, receivers, arguments, gives, function, doc, example }
}

const fn free(
    name: &'static str,
    arguments: &'static [Argument],
    gives: Gives,
    function: Function,
    doc: &'static str,
    example: &'static str,
) -> FunctionRow {
    FunctionRow { name, receivers: &[], arguments, gives, function, doc, example }
}

const FIELDS: Gives = Gives::Always(Fields);
const LIST: Gives = Gives::Always(List);
const TEXT: Gives = Gives::Always(Text);
const BYTES: Gives = Gives::Always(Bytes);
const NUMBER: Gives = Gives::Always(Number);
const TIME: Gives = Gives::Always(Time);

/// What names of digests begin with that are not there yet: signatures with a private key.
pub(super) const RESERVED: [&str; 6] = ["rsa", "ecdsa", "ed25519", "ed448", "eddsa", "dsa"];

/// All of them, in the order the documentation lists them.
#[rustfmt::skip]
pub static FUNCTIONS: &[FunctionRow] = &[
    free("nonce", &[], NUMBER, Nonce,
        "a random number that is not negative and fits 63 bits; the same wherever an attempt uses it", "nonce()"),
    free("nonce_hex", SIZE, TEXT, NonceHex,
        "so many random bytes in lower-case hex; the same wherever an attempt uses as many", "nonce_hex(16)"),
    free("uuid", &[], TEXT, Uuid,
        "a random UUID of version 4 in lower case; the same wherever an attempt uses it", "uuid()"),
    free("counter", &[], NUMBER, Counter,
        "a number that grows with every attempt of a process, from the time in milliseconds; the same wherever an attempt uses it",
        "counter()"),
    free("header", &[literal("name", Literal::Header)], TEXT, Header,
        "the value of a header that is set so far, its name in any case; an error where there is none",
        r#"header("Content-Type")"#),
    free("field", &[literal("name", Literal::Name), one("value", &[Text, Number])], FIELDS, Field,
        "one field", r#"params.and(field("key", secret_key))"#),
    free("if_empty", &[one("value", SIZED), one("then", ANY), one("otherwise", ANY)], Gives::Branches, IfEmpty,
        "one of two values of one type, and the other is not computed: `then` where there is nothing in `value`",
        r#"if_empty(body, "", sha256(body).hex())"#),
    free("if_method", &[literal("methods", Literal::Methods), one("then", ANY), one("otherwise", ANY)], Gives::Branches, IfMethod,
        "one of two values of one type, and the other is not computed: `then` for these methods",
        r#"if_method("GET DELETE", query, body.text())"#),

    free("concat", &[many("part", PARTS)], Gives::TextOrBytes, Concat,
        "one part after the other, a number in decimal; bytes if any part is bytes", r#"concat(method, "\n", path)"#),
    free("join", &[one("separator", &[Text]), many("part", PARTS)], Gives::TextOrBytes, JoinParts,
        "the same with a separator between all parts, the empty ones included",
        r#"join("\n", method, host, path, query)"#),
    free("list", &[many("part", PARTS)], Gives::List, ListOf,
        "a list of parts, a number in decimal", r#"list(secret_key, now.epoch_s()).sort().join("")"#),

    free("md5", MESSAGE, BYTES, Digest(Md5), "the MD5 of a message", "md5(body).base64()"),
    free("sha1", MESSAGE, BYTES, Digest(Sha1), "the SHA-1 of a message", "sha1(body).hex()"),
    free("sha256", MESSAGE, BYTES, Digest(Sha256), "the SHA-256 of a message", "sha256(path)"),
    free("sha384", MESSAGE, BYTES, Digest(Sha384), "the SHA-384 of a message", "sha384(body)"),
    free("sha512", MESSAGE, BYTES, Digest(Sha512), "the SHA-512 of a message", "sha512(body)"),
    free("hmac_md5", KEYED, BYTES, Hmac(Md5), "the HMAC-MD5 of a message", "hmac_md5(secret_key, body)"),
    free("hmac_sha1", KEYED, BYTES, Hmac(Sha1), "the HMAC-SHA-1 of a message", "hmac_sha1(secret_key, body)"),
    free("hmac_sha256", KEYED, BYTES, Hmac(Sha256), "the HMAC-SHA-256 of a message", "hmac_sha256(secret_key, path)"),
    free("hmac_sha384", KEYED, BYTES, Hmac(Sha384), "the HMAC-SHA-384 of a message", "hmac_sha384(secret_key, body)"),
    free("hmac_sha512", KEYED, BYTES, Hmac(Sha512), "the HMAC-SHA-512 of a message", "hmac_sha512(secret_key, body)"),

    method(&[Fields], "and", &[one("more", &[Fields])], FIELDS, And,
        "these fields, then those", "query_params.and(body_params)"),
    method(&[Fields], "drop", NAMES_OF, FIELDS, Drop,
        "the fields of all other names", r#"params.drop("file", "signature")"#),
    method(&[Fields], "keep", NAMES_OF, FIELDS, Keep,
        "the fields of these names, in the order stated here; what is not there is left out",
        r#"headers.keep("host", "content-type")"#),
    method(&[Fields], "keep_all", NAMES_OF, FIELDS, KeepAll,
        "the same, but what is not there is an empty field", r#"headers.keep_all("content-md5", "content-type")"#),
    method(&[Fields], "keep_prefix", PREFIX, FIELDS, KeepPrefix,
        "the fields whose names start so", r#"headers.keep_prefix("x-")"#),
    method(&[Fields], "drop_prefix", PREFIX, FIELDS, DropPrefix,
        "the fields whose names start otherwise", r#"params.drop_prefix("_")"#),
    method(SERIES, "drop_empty", &[], Gives::Receiver, DropEmpty,
        "what has a value: fields without those whose value is empty, a list without empty items",
        "params.drop_empty()"),
    method(SERIES, "drop_duplicates", &[], Gives::Receiver, DropDuplicates,
        "of equal items, or fields equal in name and value, the first", "params.drop_duplicates()"),
    method(SERIES, "sort", &[], Gives::Receiver, Sort,
        "in byte order: items, or fields by name, then by value", "params.sort()"),
    method(&[Fields], "sort_by_name", &[], FIELDS, SortByName,
        "in byte order of names; equal names stay as they stood", "params.sort_by_name()"),
    method(&[Fields], "sort_by_value", &[], FIELDS, SortByValue,
        "in byte order of values; equal values stay as they stood", "params.sort_by_value()"),
    method(&[Fields], "merge", &[one("separator", &[Text])], FIELDS, Merge,
        "equal names become one field where the first of them stands, the values in order with a separator between them",
        r#"headers.merge(",")"#),
    method(&[Fields], "lower_names", &[], FIELDS, LowerNames, "names in lower case", "params.lower_names()"),
    method(&[Fields], "upper_names", &[], FIELDS, UpperNames, "names in upper case", "params.upper_names()"),
    method(&[Fields], "lower_values", &[], FIELDS, LowerValues, "values in lower case", "params.lower_values()"),
    method(&[Fields], "trim_names", &[], FIELDS, TrimNames, "names as `trim()` makes them", "params.trim_names()"),
    method(&[Fields], "trim_values", &[], FIELDS, TrimValues, "values as `trim()` makes them", "headers.trim_values()"),
    method(&[Fields, Text], "escape", PROFILE, Gives::Receiver, Escape,
        "percent-encoded with upper-case digits: a text, or the names and values of fields",
        r#"params.escape("rfc3986").sort()"#),
    method(&[Fields], "escape_names", PROFILE, FIELDS, EscapeNames,
        "the same for names", r#"params.escape_names("form")"#),
    method(&[Fields], "escape_values", PROFILE, FIELDS, EscapeValues,
        "the same for values", r#"params.escape_values("rfc3986_path")"#),
    method(&[Text], "replace", REPLACEMENTS, TEXT, Replace,
        "other texts for some, in one pass from the left; where several match, the one stated first",
        r#"query.replace("+", "%20", "*", "%2A")"#),
    method(&[Fields], "replace_names", REPLACEMENTS, FIELDS, ReplaceNames,
        "the same for names", r#"params.replace_names("[", ".", "]", "")"#),
    method(&[Fields], "replace_values", REPLACEMENTS, FIELDS, ReplaceValues,
        "the same for values", r#"params.replace_values("&", "%26", "=", "%3D")"#),

    method(&[Fields], "get", &[literal("name", Literal::Name)], TEXT, Get,
        "the value of the first field of a name; an error where there is none", r#"body_params.get("order_id")"#),
    method(&[Fields], "get_or", &[literal("name", Literal::Name), one("default", &[Text])], TEXT, GetOr,
        "the same, or another text where there is none", r#"headers.get_or("content-type", "")"#),
    method(&[Fields], "pairs", &[one("between", &[Text])], LIST, Pairs,
        "each field as its name, a text and its value", r#"params.pairs("=")"#),
    method(&[Fields], "format", &[one("lead", &[Text]), one("between", &[Text]), one("tail", &[Text])], LIST, Format,
        "each field as a text, its name, another, its value and a third", r#"headers.format("", ":", "\n").join("")"#),
    method(&[Fields], "names", &[], LIST, Names, "the names", r#"headers.names().join(";")"#),
    method(&[Fields], "values", &[], LIST, Values, "the values", r#"params.sort().values().join("")"#),
    method(LISTS, "join", &[one("separator", &[Text])], Gives::TextOrBytes, Join,
        "the items with a separator between them; bytes if any item is bytes; an error where there is none",
        r#"params.pairs("=").join("&")"#),
    method(LISTS, "join_or", &[one("separator", &[Text]), one("default", &[Text])], Gives::TextOrBytes, JoinOr,
        "the same, or another text where there is none", r#"query_params.sort().pairs("=").join_or("&", "")"#),

    method(&[Text], "upper", &[], TEXT, Upper, "in upper case", "method.upper()"),
    method(&[Text], "lower", &[], TEXT, Lower, "in lower case", "method.lower()"),
    method(&[Text], "trim", &[], TEXT, Trim,
        "without ASCII white space at its ends, and with one space for each run of it inside",
        r#"header("X-Note").trim()"#),
    method(&[Text], "strip_prefix", PREFIX, TEXT, StripPrefix,
        "without this at its start; unchanged where it starts otherwise", r#"secret_key.strip_prefix("whsec_")"#),
    method(&[Text], "split", &[literal("separator", Literal::Name)], LIST, Split,
        "the texts between separators; a text without one is the only item", r#"query.split("&").sort().join("&")"#),
    method(&[Text], "split_pairs", &[literal("separator", Literal::Name), literal("between", Literal::Name)], FIELDS, SplitPairs,
        "the texts between separators, each without the white space at its ends and then cut at the first `between`; one without it has an empty value, an empty one is left out",
        r#"query.split_pairs("&", "=")"#),
    method(&[Text], "decode_hex", &[], BYTES, DecodeHex,
        "the bytes of hexadecimal digits in any case; an error where it is none",
        "hmac_sha256(secret_key.decode_hex(), body)"),
    method(&[Text], "decode_base64", &[], BYTES, DecodeBase64,
        "the bytes of base64, padded or not; an error where it is none",
        "hmac_sha256(secret_key.decode_base64(), body)"),
    method(&[Text], "decode_base64url", &[], BYTES, DecodeBase64Url,
        "the same in the alphabet for addresses", "hmac_sha256(secret_key.decode_base64url(), body)"),

    method(OCTETS, "hex", &[], TEXT, Hex, "two lower-case digits for each byte", "sha256(path).hex()"),
    method(OCTETS, "base64", &[], TEXT, Base64, "the standard alphabet, padded", "sha256(path).base64()"),
    method(OCTETS, "base64_unpadded", &[], TEXT, Base64Unpadded,
        "the standard alphabet without padding", "sha256(path).base64_unpadded()"),
    method(OCTETS, "base64url", &[], TEXT, Base64Url,
        "the alphabet for addresses, padded", "sha256(path).base64url()"),
    method(OCTETS, "base64url_unpadded", &[], TEXT, Base64UrlUnpadded,
        "the alphabet for addresses without padding", "body.base64url_unpadded()"),
    method(OCTETS, "first", &[literal("bytes", Literal::Number(0, 1 << 30))], BYTES, First,
        "so many bytes of the start, or all where there are fewer", "sha256(body.first(1024)).hex()"),
    method(OCTETS, "length", &[], NUMBER, Length,
        "how many bytes there are, of a text in UTF-8", r#"if_empty(body, "", concat(body.length()))"#),
    method(&[Bytes], "text", &[], TEXT, TextOf, "the text that bytes are the UTF-8 of; an error where they are none", "body.text()"),

    method(&[Time], "epoch_ms", &[], NUMBER, EpochMs, "whole milliseconds since 1970", "now.epoch_ms()"),
    method(&[Time], "epoch_s", &[], NUMBER, EpochS, "whole seconds since 1970", "now.epoch_s()"),
    method(&[Time], "plus", SECONDS, TIME, Plus, "so many seconds later", "now.plus(300).epoch_s()"),
    method(&[Time], "minus", SECONDS, TIME, Minus, "so many seconds earlier", "now.minus(60).epoch_s()"),
    method(&[Time], "format", &[literal("layout", Literal::Clock)], TEXT, FormatTime,
        "in UTC and English, from `%Y %m %d %H %M %S`, `%f` (milliseconds, three digits), `%a` (Mon), `%b` (Jan) and `%%`; \
        outside of the years 0 to 9999, the nearest moment within",
        r#"now.format("%Y%m%dT%H%M%SZ")"#),
];
