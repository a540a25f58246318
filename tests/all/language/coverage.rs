//! That the vectors cover every option of every primitive and every rule, as the file itself lists them.

use std::collections::BTreeSet;

use super::cases::{cases, list, rows, text};

/// What rows are called by, and how many options each has. A row that goes missing is seen here.
const ROWS: [(&str, usize); 18] = [
    ("source", 21),
    ("field list", 10),
    ("select", 8),
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
    ("length", 1),
    ("step", 4),
    ("placement", 11),
    ("rule", 33),
    ("failure", 7),
];

#[test]
fn every_row_has_a_case_and_every_case_a_row() {
    let rows = rows();
    for (group, count) in ROWS {
        let options = rows.iter().filter(|row| row.split(": ").next() == Some(group)).count();
        assert_eq!(options, count, "{group}");
    }
    let covered: BTreeSet<String> = cases().iter().flat_map(|case| list(&case.json["covers"])).map(text).collect();
    assert_eq!(covered.len(), ROWS.iter().map(|(_, count)| count).sum::<usize>());
    assert_eq!(covered, rows.into_iter().collect());
}
