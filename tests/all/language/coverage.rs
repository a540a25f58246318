//! That the vectors cover every option of every primitive and every rule, as the file itself lists them.

use std::collections::BTreeSet;

use serde_json::Value;

/// What rows are called by, and how many options each has. A row that goes missing is seen here.
const ROWS: [(&str, usize); 17] = [
    ("source", 21),
    ("field list", 10),
    ("select", 7),
    ("transform", 6),
    ("escape", 6),
    ("order", 6),
    ("format", 4),
    ("join", 12),
    ("clock", 12),
    ("digest", 14),
    ("codec", 11),
    ("condition", 6),
    ("truncate", 1),
    ("step", 4),
    ("placement", 11),
    ("rule", 33),
    ("failure", 5),
];

fn texts(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

#[test]
fn every_row_has_a_case_and_every_case_a_row() {
    let file: Value = serde_json::from_str(include_str!("../../vectors/signing-language.json")).unwrap();
    let rows = texts(&file["rows"]);
    for (group, count) in ROWS {
        let options = rows.iter().filter(|row| row.split(": ").next() == Some(group)).count();
        assert_eq!(options, count, "{group}");
    }
    let covered: BTreeSet<&str> =
        file["cases"].as_array().unwrap().iter().flat_map(|case| texts(&case["covers"])).collect();
    assert_eq!(covered, rows.iter().copied().collect());
    assert_eq!(covered.len(), ROWS.iter().map(|(_, count)| count).sum::<usize>());
}
