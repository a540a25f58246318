//! A file of vectors against what the spec says: every difference, and mistakes in the file with their places.

use std::path::Path;

use codegen::ir::{Api, Credential, Json};
use codegen_mock::interpret::Request;

use super::call::{Call, parse_time, unknown_credential, usable};
use super::compare::{Computed, Outcome};
use super::document::{self, Known, Said};
use crate::Trouble;

/// What a vector may say.
const VECTOR: [&str; 15] = [
    "name",
    "operation",
    "request",
    "base",
    "arguments",
    "json",
    "body",
    "headers",
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
pub(super) fn check(api: &Api, file: &Path, reveal: bool) -> Result<(), Trouble> {
    let document = document::read(file)?;
    let whole = Said::whole(&document);
    let vectors = whole.items("a file of vectors")?;
    if vectors.is_empty() {
        return Err(whole.wrong("there are no vectors in the list"));
    }
    let mut findings = String::new();
    for (index, vector) in vectors.iter().enumerate() {
        let number = format!("vector {}", index + 1);
        let numbered = vector.part_of(&number);
        let name = numbered.members("a vector")?.into_iter().find(|(member, _)| *member == "name");
        let name = name.map_or(Ok(number.as_str()), |(_, said)| said.text("`name`"))?;
        let vector = vector.part_of(name).known("a vector", &VECTOR)?;
        for finding in findings_of(api, &vector, name, reveal)? {
            findings.push_str(&format!("{finding}\n"));
        }
    }
    if findings.is_empty() {
        return crate::print(&match vectors.len() {
            1 => "1 vector comes out as it should\n".to_owned(),
            count => format!("{count} vectors come out as they should\n"),
        });
    }
    Err(Trouble::Findings(findings))
}

/// What does not come out of a vector as it should; one that cannot be signed says nothing of the others.
fn findings_of(api: &Api, vector: &Known<'_>, name: &str, reveal: bool) -> Result<Vec<String>, Trouble> {
    let call = call(api, vector)?;
    let expected = vector.must("expected")?.known("`expected`", &EXPECTED)?;
    let maps = ["steps", "headers", "fields"].map(|map| expected.map(map));
    let wholes = ["method", "target", "body"].iter().filter(|whole| expected.get(whole).is_some()).count();
    if maps.into_iter().try_fold(wholes, |count, map| Ok(count + map?.len()))? == 0 {
        return Err(expected.whole.wrong("nothing is expected: there is nothing to compare"));
    }
    match Outcome::new(&call, reveal) {
        Ok(outcome) => {
            let found = differences(api, &expected, &outcome)?;
            Ok(found.into_iter().map(|difference| format!("{name}: {difference}")).collect())
        }
        Err(trouble) => {
            let placed = placed(vector.get("arguments").unwrap_or(vector.whole))(trouble);
            Ok(vec![placed.message().to_owned()])
        }
    }
}

fn differences(api: &Api, expected: &Known<'_>, outcome: &Outcome<'_>) -> Result<Vec<String>, Trouble> {
    let mut found = Vec::new();
    let steps: Vec<_> = api.signing.steps.iter().map(|step| step.name.wire.as_str()).collect();
    for (name, wanted) in expected.map("steps")? {
        match steps.iter().position(|step| *step == name) {
            Some(index) => found.extend(difference(&format!("step `{name}`"), outcome.step(index), wanted)?),
            None => found.push(crate::unknown("step ", name, steps.iter().copied())),
        }
    }
    for (name, wanted) in expected.map("headers")? {
        let what = format!("header `{name}`");
        let computed = outcome.headers(name);
        let wanted = if let Json::Array(_) = wanted.json { wanted.items(&what)? } else { vec![wanted] };
        if !computed.is_empty() && computed.len() != wanted.len() {
            found.push(format!("{what} is expected {} times, and sent {} times", wanted.len(), computed.len()));
            continue;
        }
        let mut computed = computed.into_iter();
        for wanted in wanted {
            found.extend(difference(&what, computed.next(), wanted)?);
        }
    }
    for (name, wanted) in expected.map("fields")? {
        found.extend(difference(&format!("field `{name}`"), outcome.field(name), wanted)?);
    }
    let whole = [
        ("method", outcome.whole(|request| request.method().into())),
        ("target", outcome.whole(|request| request.target().into_bytes())),
        ("body", outcome.whole(Request::body)),
    ];
    for (what, computed) in whole {
        if let Some(wanted) = expected.get(what) {
            found.extend(difference(what, computed, wanted)?);
        }
    }
    Ok(found)
}

/// How something differs from what is expected of it.
fn difference(what: &str, computed: Option<Computed>, wanted: Said<'_>) -> Result<Option<String>, Trouble> {
    let text = wanted.spelled(what)?;
    let Some(computed) = computed else { return Ok(Some(format!("{what} is expected, and there is none"))) };
    let octets = match computed.is_hex {
        true => hex::decode(&text).map_err(|_| wanted.wrong(&format!("{what} is bytes, and must be hexadecimal")))?,
        false => text.into_bytes(),
    };
    Ok(computed.difference(&octets).map(|difference| format!("{what} {difference}")))
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
    if let Some(said) = vector.get("json") {
        if operation.is_some() {
            return Err(said.wrong("`json` is for a `request`: an operation has `arguments`"));
        }
        call.json = Some(said.json.clone());
    }
    if let Some(said) = vector.get("body") {
        if operation.is_some() || call.json.is_some() {
            return Err(said.wrong("`body` is for a `request` without `json`"));
        }
        call.body = Some(bytes(said)?);
    }
    for (name, said) in vector.map("headers")? {
        let what = format!("header `{name}`");
        // Several of one name.
        let values = if let Json::Array(_) = said.json { said.items(&what)? } else { vec![said] };
        for value in values {
            call.headers.push((name.to_owned(), value.spelled(&what)?));
        }
    }
    call.base = vector.text("base")?.map(str::to_owned);
    let credentials = vector.map("credentials")?;
    for (name, said) in &credentials {
        if api.credentials.iter().all(|credential| credential.name.wire != *name) {
            return Err(said.wrong(&unknown_credential(api, name)));
        }
    }
    let of_credential = |credential: &Credential| {
        let name = credential.name.wire.as_str();
        match credentials.iter().find(|(given, _)| *given == name) {
            Some((_, said)) => usable(credential, said.spelled(&format!("the credential `{name}`"))?)
                .map_err(|problem| said.wrong(&problem)),
            None => {
                let place = vector.get("credentials").unwrap_or(vector.whole);
                Err(place.wrong(&format!("the credential `{name}` is missing")))
            }
        }
    };
    call.credentials = api.credentials.iter().map(of_credential).collect::<Result<_, _>>()?;
    let time = vector.must("time")?;
    call.moment.now = parse_time(&time.spelled("`time`")?).map_err(placed(time))?;
    call.draw(vector.number("nonce")?, vector.number("counter")?, vector.text("uuid")?, &[])?;
    for (bytes, digits) in vector.map("nonce_hex")? {
        let text = digits.spelled(&format!("`{bytes}` of `nonce_hex`"))?;
        if call.draw_hex(&text).map_err(placed(digits))?.to_string() != bytes {
            return Err(digits.wrong(&format!("these are not the digits of `{bytes}` bytes, as their key says")));
        }
    }
    Ok(call)
}

/// A text, or bytes in hexadecimal.
fn bytes(said: Said<'_>) -> Result<Vec<u8>, Trouble> {
    if let Json::String(text) = said.json {
        return Ok(text.clone().into_bytes());
    }
    let digits = said.known("`body`, unless it is a text,", &["hex"])?.must("hex")?;
    hex::decode(digits.spelled("`hex`")?).map_err(|_| digits.wrong("this is not hexadecimal"))
}

/// What is wrong, with the place of a value that it is about.
fn placed(said: Said<'_>) -> impl Fn(Trouble) -> Trouble + '_ {
    move |trouble| said.wrong(trouble.message())
}
