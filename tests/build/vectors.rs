//! The cases of the vectors as specs.

use std::path::Path;
use std::{fs, io};

use serde_json::{Value, json};

use crate::schemes::{Functions, load};

/// Writes the spec of every case in a folder of its own, and the functions that their clients sign by. Of those that
/// fail also what stands before the statement at which they do.
pub(crate) fn write(out: &Path) -> io::Result<()> {
    let file: Value = serde_json::from_str(&fs::read_to_string("vectors/signing-language.json")?)?;
    let (mut functions, mut before) = (Functions::default(), Functions::default());
    for (index, case) in list(&file["cases"]).iter().enumerate() {
        let dir = out.join("cases").join(index.to_string());
        let method = text(&case["request"]["method"]);
        // What a case joins may be nothing in its own call, and must not be in every call of a spec.
        let given = |place: &str| json!({"type": "string", "required": true, "in": place});
        let mut params = json!({"of_path": "string", "of_query": given("query")});
        if matches!(method.as_str(), "POST" | "PUT" | "PATCH") {
            params["of_body"] = given("body");
        }
        let operation = json!({"http": format!("{method} /things/{{of_path}}"), "params": params});
        let things = json!({"operations": {"list": operation}});
        functions.add(&load(&dir, &spec(case, None), &things.to_string())?)?;
        if let Some(failing) = case["expected"]["fails_at"].as_str() {
            let dir = out.join("before").join(index.to_string());
            before.add(&load(&dir, &spec(case, Some(failing)), &things.to_string())?)?;
        }
    }
    before.write(&out.join("before.rs"))?;
    functions.write(&out.join("cases.rs"))
}

/// The case's scheme as the spec of an API, with every step sent as a header besides, in hex where it is text or
/// bytes, so that what compiled code makes of it can be seen; without a statement and what follows it.
fn spec(case: &Value, without: Option<&str>) -> String {
    let named = |part: &str| pairs(&case[part]).any(|(name, _)| Some(name.as_str()) == without);
    let ends = ["inject", "steps", "send"].into_iter().position(named);
    let statements = |part: usize| {
        let all = pairs(&case[["inject", "steps", "send"][part]]).filter(move |_| ends.is_none_or(|end| part <= end));
        let kept = all.take_while(move |(name, _)| Some(name.as_str()) != without);
        kept.map(|(name, statement)| (name, statement.clone()))
    };
    let values: Vec<_> = pairs(&case["expected"]["steps"]).collect();
    let steps = statements(1).map(|(name, _)| {
        let expected = values.iter().find(|(step, _)| *step == name).map(|(_, value)| *value);
        let value = shown(&name, expected);
        (format!("X-Step-{}", name.replace('_', "-")), json!({"in": "header", "value": value}))
    });
    let signing = [
        ("inject", object(statements(0))),
        ("steps", object(statements(1))),
        ("send", object(statements(2).chain(steps))),
    ];
    let credentials = case["credentials"].as_object().into_iter().flatten();
    let credentials = credentials.map(|(name, _)| (name.clone(), json!({"env": name.to_uppercase()})));
    let headers = pairs(&case["request"]["headers"]).map(|(name, value)| (name, json!({"value": value})));
    let parts = [
        ("codegen", "1".to_owned()),
        ("name", "case".to_owned()),
        ("title", "Case".to_owned()),
        ("credentials", object(credentials)),
        ("headers", object(headers)),
        ("signing", format!("{{{}}}", stated(&signing).join(", "))),
    ];
    stated(&parts).join("\n")
}

/// Members in their order, which a map of `serde_json` does not keep.
fn object(members: impl Iterator<Item = (String, Value)>) -> String {
    let members: Vec<_> = members.map(|(name, value)| format!("{}: {value}", Value::String(name))).collect();
    format!("{{{}}}", members.join(", "))
}

/// What there is, each on its own.
fn stated(parts: &[(&str, String)]) -> Vec<String> {
    parts.iter().filter(|(_, text)| text != "{}").map(|(key, text)| format!("{key}: {text}")).collect()
}

/// An expression that is sent in place of a step, so that any value can be.
fn shown(name: &str, expected: Option<&Value>) -> String {
    let members = expected.and_then(Value::as_object);
    match members.and_then(|members| members.keys().next()).map_or("text", String::as_str) {
        "number" => format!("concat({name})"),
        "time" => format!("concat({name}.epoch_ms())"),
        _ => format!("{name}.hex()"),
    }
}

/// Names and values of a list of such.
fn pairs(value: &Value) -> impl Iterator<Item = (String, &Value)> {
    list(value).iter().map(|pair| (text(&pair[0]), &pair[1]))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
