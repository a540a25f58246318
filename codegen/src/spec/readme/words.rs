//! Whether what `spec/README.md` makes of the vendors' words can be written so.

use std::fmt::Write as _;
use std::fs;

use super::{InPlace, object, section, tables};

/// What stands in the last column for what is no object of the language.
const EXPRESSION: &str = "expression";

/// A way to write what a vendor says.
struct Row {
    written: &'static str,
    /// What is written is of this.
    object: &'static str,
    /// Where that is explained.
    anchor: &'static str,
}

fn rows() -> Vec<Row> {
    let row = |line: &'static str| {
        let (_, rest) = line.split_once(" | `")?;
        let (written, rest) = rest.split_once("` | [")?;
        let (object, rest) = rest.split_once("](#")?;
        Some(Row { written, object, anchor: rest.strip_suffix(") |")? })
    };
    let lines = section("From the vendor's words").lines();
    let lines =
        lines.filter(|line| line.starts_with("| ") && !line.starts_with("| the vendor") && !line.starts_with("| -"));
    lines
        .map(|line| {
            row(line).unwrap_or_else(|| panic!("write \"| words | `key: value` | [object](#anchor) |\": {line}"))
        })
        .collect()
}

fn rows_of(object: &str) -> Vec<Row> {
    let rows: Vec<Row> = rows().into_iter().filter(|row| row.object == object).collect();
    assert!(!rows.is_empty(), "no row is of {object:?}");
    rows
}

/// Checks a spec of one call, with this in its `api.yaml`.
fn check(api: &str) {
    let folder = tempfile::tempdir().unwrap();
    let head = "codegen: 1\nname: words\nenvironments: {live: https://words.example}\n\
                credentials: {key_id: {env: KEY_ID}, secret_key: {env: SECRET_KEY}}\n";
    fs::write(folder.path().join("api.yaml"), format!("{head}{api}")).unwrap();
    let call = "operations: {go: {http: POST /go, params: {nonce: {type: string, required: true}}}}";
    fs::write(folder.path().join("calls.yaml"), call).unwrap();
    crate::load(folder.path()).unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn every_row_can_be_read() {
    for Row { written, object: name, .. } in rows().into_iter().filter(|row| row.object != EXPRESSION) {
        let mistakes = InPlace::new(object(name), written).mistakes();
        let messages: Vec<&str> = mistakes.iter().map(|mistake| mistake.message.as_str()).collect();
        assert!(messages.is_empty(), "{messages:?} in `{written}`");
    }
}

#[test]
fn every_expression_is_one() {
    let mut steps = "signing:\n  steps:\n    signature: sha256(path).hex()\n".to_owned();
    let mut names = Vec::new();
    for (number, row) in rows_of(EXPRESSION).into_iter().enumerate() {
        writeln!(steps, "    row_{number}: '{}'", row.written).unwrap();
        names.push(format!("row_{number}"));
    }
    check(&format!(
        "{steps}  send: {{X-Words: {{in: header, value: 'hmac_sha256(secret_key, concat({})).hex()'}}}}",
        names.join(", ")
    ));
}

#[test]
fn every_webhook_can_be_verified() {
    for row in rows_of("webhooks") {
        let (key, _) = row.written.split_once(' ').unwrap();
        let rest = [
            "secret: SECRET",
            "signatures: header(\"X\")",
            "expected: hmac_sha256(secret, concat(header(\"X-Time\"), body)).hex()",
            "event: type",
            "events: {a: json}",
        ];
        let rest = rest.into_iter().filter(|line| !line.starts_with(key)).collect::<Vec<_>>().join("\n  ");
        check(&format!("webhooks:\n  {}\n  {rest}\n", row.written));
    }
}

#[test]
fn every_row_leads_to_its_keys() {
    let anchors = tables::anchors();
    for row in rows() {
        let anchor = anchors.get(row.object).map_or("signing-expressions", String::as_str);
        assert_eq!(row.anchor, anchor, "`{}`", row.written);
    }
}
