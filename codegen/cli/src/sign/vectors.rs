//! A file of vectors against what the spec says: every difference, with the first byte that differs.

use std::path::Path;

use codegen::ir::Api;

use super::call::{Call, parse_time, unknown_credential};
use super::document::{self, Known, Said};
use super::request::{readable, signed};
use crate::Trouble;

/// What a vector may say.
const VECTOR: [&str; 12] = [
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
];

/// What may be expected of it.
const EXPECTED: [&str; 6] = ["steps", "headers", "fields", "method", "target", "body"];

/// Checks every vector of a file.
pub(super) fn check(api: &Api, file: &Path) -> Result<(), Trouble> {
    let document = document::read(file)?;
    let vectors = Said::whole(&document).items("a file of vectors")?;
    let mut findings = String::new();
    for (index, vector) in vectors.iter().enumerate() {
        let number = format!("vector {}", index + 1);
        let numbered = vector.part_of(&number);
        let name = numbered.members("a vector")?.into_iter().find(|(member, _)| *member == "name");
        let name = name.map_or(Ok(number.as_str()), |(_, said)| said.text("`name`"))?;
        let vector = vector.part_of(name).known("a vector", &VECTOR)?;
        for difference in differences(api, &vector)? {
            findings.push_str(&format!("{name}: {difference}\n"));
        }
    }
    if findings.is_empty() {
        return crate::print(&format!("{} vectors come out as they should\n", vectors.len()));
    }
    Err(Trouble::Findings(findings))
}

fn differences(api: &Api, vector: &Known<'_>) -> Result<Vec<String>, Trouble> {
    let call = call(api, vector)?;
    let expected = vector.must("expected")?.known("`expected`", &EXPECTED)?;
    let signed = signed(&call, None).map_err(placed(vector.get("arguments").unwrap_or(vector.whole)))?;
    let mut found = Vec::new();
    let steps: Vec<_> = api.signing.steps.iter().map(|step| step.name.wire.as_str()).collect();
    for (name, wanted) in expected.map("steps")? {
        let index = steps.iter().position(|step| *step == name);
        let computed = index.and_then(|index| signed.steps.get(index)).map(readable);
        let what = format!("step `{name}`");
        let wanted = wanted.spelled(&what)?;
        match index {
            Some(_) => compare(&what, computed.as_deref(), &wanted, &mut found),
            None => found.push(crate::unknown("step ", name, steps.iter().copied())),
        }
    }
    let headers = signed.request.headers();
    for (name, wanted) in expected.map("headers")? {
        let computed = headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, value)| &**value);
        let what = format!("header `{name}`");
        compare(&what, computed, &wanted.spelled(&what)?, &mut found);
    }
    let fields = signed.request.sent();
    for (name, wanted) in expected.map("fields")? {
        let computed = fields.iter().find(|(field, _)| field == name).map(|(_, value)| &**value);
        let what = format!("field `{name}`");
        compare(&what, computed, &wanted.spelled(&what)?, &mut found);
    }
    let body = String::from_utf8_lossy(&signed.request.body()).into_owned();
    let rest = [("method", signed.request.method().to_owned()), ("target", signed.request.target()), ("body", body)];
    for (what, computed) in rest {
        if let Some(wanted) = expected.get(what) {
            compare(what, Some(&computed), &wanted.spelled(&format!("`{what}`"))?, &mut found);
        }
    }
    Ok(found)
}

/// The call of a vector.
fn call<'a>(api: &'a Api, vector: &Known<'_>) -> Result<Call<'a>, Trouble> {
    let given = vector.map("arguments")?.into_iter().map(|(name, said)| (name.to_owned(), said.json.clone())).collect();
    let (operation, request) = (vector.text("operation")?, vector.text("request")?);
    if operation.is_some() == request.is_some() {
        return Err(vector.whole.wrong("either `operation` or `request` is needed"));
    }
    let target = vector.get("operation").or(vector.get("request")).unwrap_or(vector.whole);
    let mut call = Call::new(api, operation, request, given).map_err(placed(target))?;
    call.base = vector.text("base")?.map(str::to_owned);
    let credentials = vector.map("credentials")?;
    for (name, said) in &credentials {
        if api.credentials.iter().all(|credential| credential.name.wire != *name) {
            return Err(said.wrong(&unknown_credential(api, name)));
        }
    }
    let of_credential = |name: &str| match credentials.iter().find(|(given, _)| *given == name) {
        Some((_, said)) => said.spelled(&format!("the credential `{name}`")),
        None => {
            let place = vector.get("credentials").unwrap_or(vector.whole);
            Err(place.wrong(&format!("the credential `{name}` is missing")))
        }
    };
    let names = api.credentials.iter().map(|credential| credential.name.wire.as_str());
    call.credentials = names.map(of_credential).collect::<Result<_, _>>()?;
    let time = vector.must("time")?;
    call.moment.now = parse_time(&time.spelled("`time`")?).map_err(placed(time))?;
    call.draw(vector.number("nonce")?, vector.number("counter")?, vector.text("uuid")?, &[])?;
    for (bytes, digits) in vector.map("nonce_hex")? {
        let number = bytes.parse().map_err(|_| digits.wrong("the keys of `nonce_hex` are numbers of bytes"))?;
        call.moment.nonce_hex.insert(number, digits.spelled(&format!("`{bytes}` of `nonce_hex`"))?);
    }
    Ok(call)
}

/// What is wrong, with the place of a value that it is about.
fn placed(said: Said<'_>) -> impl Fn(Trouble) -> Trouble + '_ {
    move |trouble| said.wrong(trouble.message())
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
