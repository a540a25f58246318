//! A file of vectors against what the spec says: every difference, with the first byte that differs.

use std::path::Path;

use codegen::ir::{Api, Json};

use super::call::{Call, parse_time};
use super::request::{readable, signed};
use crate::Trouble;

/// Checks every vector of a file.
pub(super) fn check(api: &Api, file: &Path) -> Result<(), Trouble> {
    let Json::Array(vectors) = super::json(file)? else {
        return Err(Trouble::Unusable(format!("`{}` holds no list of vectors", file.display())));
    };
    let mut findings = String::new();
    for (index, vector) in vectors.iter().enumerate() {
        let name = text(vector, "name").map_or_else(|| format!("vector {}", index + 1), str::to_owned);
        let differences =
            differences(api, vector).map_err(|trouble| Trouble::Unusable(format!("{name}: {}", trouble.message())))?;
        for difference in differences {
            findings.push_str(&format!("{name}: {difference}\n"));
        }
    }
    if findings.is_empty() {
        return crate::print(&format!("{} vectors come out as they should\n", vectors.len()));
    }
    Err(Trouble::Findings(findings))
}

fn differences(api: &Api, vector: &Json) -> Result<Vec<String>, Trouble> {
    known(
        vector,
        &[
            "name",
            "operation",
            "request",
            "base",
            "arguments",
            "credentials",
            "time",
            "nonce",
            "counter",
            "uuid",
            "nonce_hex",
            "expected",
        ],
    )?;
    let call = call(api, vector)?;
    let signed = signed(&call, None)?;
    let expected = member(vector, "expected").ok_or_else(|| unusable("`expected` is missing"))?;
    known(expected, &["steps", "headers", "fields", "method", "target", "body"])?;
    let mut found = Vec::new();
    for (name, wanted) in members(expected, "steps")? {
        let step = api.signing.steps.iter().zip(&signed.steps).find(|(step, _)| step.name.wire == *name);
        let computed = step.map(|(_, value)| readable(value));
        compare(&format!("step `{name}`"), computed.as_deref(), &spelled(wanted)?, &mut found);
    }
    let headers = signed.request.headers();
    for (name, wanted) in members(expected, "headers")? {
        let computed = headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, value)| &**value);
        compare(&format!("header `{name}`"), computed, &spelled(wanted)?, &mut found);
    }
    let fields = signed.request.sent();
    for (name, wanted) in members(expected, "fields")? {
        let computed = fields.iter().find(|(field, _)| field == name).map(|(_, value)| &**value);
        compare(&format!("field `{name}`"), computed, &spelled(wanted)?, &mut found);
    }
    let body = String::from_utf8_lossy(&signed.request.body()).into_owned();
    let rest = [("method", signed.request.method().to_owned()), ("target", signed.request.target()), ("body", body)];
    for (what, computed) in rest {
        if let Some(wanted) = member(expected, what) {
            compare(what, Some(&computed), &spelled(wanted)?, &mut found);
        }
    }
    Ok(found)
}

/// The call of a vector.
fn call<'a>(api: &'a Api, vector: &Json) -> Result<Call<'a>, Trouble> {
    let given = members(vector, "arguments")?.to_vec();
    let (operation, request) = (text(vector, "operation"), text(vector, "request"));
    if operation.is_some() == request.is_some() {
        return Err(unusable("either `operation` or `request` is needed"));
    }
    let mut call = Call::new(api, operation, request, given)?;
    call.base = text(vector, "base").map(str::to_owned);
    let credentials = members(vector, "credentials")?;
    call.credentials = api
        .credentials
        .iter()
        .map(|credential| {
            let given = credentials.iter().find(|(name, _)| *name == credential.name.wire);
            given.map_or_else(
                || Err(unusable(&format!("the credential `{}` is missing", credential.name.wire))),
                |(_, value)| spelled(value),
            )
        })
        .collect::<Result<_, _>>()?;
    let time = member(vector, "time").map(spelled).transpose()?;
    call.moment.now = parse_time(time.as_deref().ok_or_else(|| unusable("`time` is missing"))?)?;
    let number = |key: &str| match member(vector, key).map(spelled).transpose()? {
        Some(text) => text.parse().map(Some).map_err(|_| unusable(&format!("`{key}` is no whole number"))),
        None => Ok(None),
    };
    call.draw(number("nonce")?, number("counter")?, text(vector, "uuid"), &[])?;
    for (bytes, digits) in members(vector, "nonce_hex")? {
        let bytes = bytes.parse().map_err(|_| unusable("the keys of `nonce_hex` are numbers of bytes"))?;
        call.moment.nonce_hex.insert(bytes, spelled(digits)?);
    }
    Ok(call)
}

/// Notes the first byte that differs, with what is around it on both sides.
fn compare(what: &str, computed: Option<&str>, wanted: &str, found: &mut Vec<String>) {
    let Some(computed) = computed else {
        found.push(format!("{what} is expected, and there is none"));
        return;
    };
    if computed == wanted {
        return;
    }
    let at = computed.bytes().zip(wanted.bytes()).take_while(|(a, b)| a == b).count();
    found.push(format!(
        "{what} differs at byte {at}\n  expected {} bytes: {}\n  computed {} bytes: {}",
        wanted.len(),
        around(wanted, at),
        computed.len(),
        around(computed, at)
    ));
}

/// A few characters before a byte, and what comes from there on.
fn around(text: &str, at: usize) -> String {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, end) = (boundary(at.saturating_sub(20)), boundary(text.len().min(at + 20)));
    let dots = |is_cut: bool| if is_cut { "…" } else { "" };
    format!("{}{:?}{}", dots(start > 0), text.get(start..end).unwrap_or_default(), dots(end < text.len()))
}

fn member<'j>(json: &'j Json, name: &str) -> Option<&'j Json> {
    let Json::Object(members) = json else { return None };
    members.iter().find(|(member, _)| member == name).map(|(_, value)| value)
}

fn members<'j>(json: &'j Json, name: &str) -> Result<&'j [(String, Json)], Trouble> {
    match member(json, name) {
        None => Ok(&[]),
        Some(Json::Object(members)) => Ok(members),
        Some(_) => Err(unusable(&format!("`{name}` is no map"))),
    }
}

fn text<'j>(json: &'j Json, name: &str) -> Option<&'j str> {
    match member(json, name) {
        Some(Json::String(text)) => Some(text),
        _ => None,
    }
}

/// A text, number or boolean, as it is spelled.
fn spelled(json: &Json) -> Result<String, Trouble> {
    match json {
        Json::String(text) | Json::Number(text) => Ok(text.clone()),
        Json::Boolean(value) => Ok(value.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => Err(unusable("a text or a number is expected")),
    }
}

/// A misspelt member would go unchecked.
fn known(json: &Json, names: &[&str]) -> Result<(), Trouble> {
    let Json::Object(members) = json else { return Err(unusable("a map is expected")) };
    match members.iter().find(|(name, _)| !names.contains(&name.as_str())) {
        Some((name, _)) => Err(unusable(&format!("unknown key `{name}`; there are {}", names.join(", ")))),
        None => Ok(()),
    }
}

fn unusable(message: &str) -> Trouble {
    Trouble::Unusable(message.to_owned())
}
