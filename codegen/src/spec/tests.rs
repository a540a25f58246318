//! Form: what a spec file must not contain, and where that is said.

use crate::diagnostics::Diagnostics;
use crate::lower;

const API: &[u8] = b"codegen: 1\nname: x\ntitle: X\n";

/// The mistakes in files beside each other: rule, line and column of each.
pub(crate) fn mistakes_in(files: &[(&str, &[u8])]) -> Vec<String> {
    let mut diagnostics = Diagnostics::default();
    let (spec, sources) = super::from_memory(files, &mut diagnostics);
    if let Some(spec) = spec {
        lower::lower(&spec, &mut diagnostics);
    }
    let place = |diagnostic: crate::diagnostics::Diagnostic| {
        let (line, column) = sources.line_column(diagnostic.span);
        format!("{} {line}:{column}", diagnostic.rule.id)
    };
    diagnostics.into_sorted().into_iter().map(place).collect()
}

/// The mistakes in one resource file beside an API file without any.
pub(crate) fn mistakes(users: impl AsRef<[u8]>) -> Vec<String> {
    mistakes_in(&[("api.yaml", API), ("users.yaml", users.as_ref())])
}

#[test]
fn a_file_that_is_no_text_is_refused() {
    assert_eq!(mistakes("doc: x\n"), [""; 0]);
    assert_eq!(mistakes(b"doc: \xff\n"), ["not-utf8 1:6"]);
    assert_eq!(mistakes("doc: a\u{feff}b\n"), ["byte-order-mark 1:7"]);
    assert_eq!(mistakes("\u{feff}doc: a\n"), ["byte-order-mark 1:1"]);
    for empty in ["", "\n \n", "# only a comment\n", "---\n...\n"] {
        assert_eq!(mistakes(empty).len(), 1, "{empty:?}");
    }
    assert_eq!(mistakes(""), ["empty-file 1:1"]);
}

#[test]
fn what_no_person_should_write_is_refused() {
    assert_eq!(mistakes("doc: [a\n"), ["yaml-syntax 1:6"]);
    assert_eq!(mistakes("doc: üü\nnotes: [a: b: c]\n"), ["yaml-syntax 2:13"]);
    assert_eq!(mistakes("doc: &a x\nnotes: *a\n"), ["yaml-anchor 1:6", "yaml-alias 2:8"]);
    assert_eq!(mistakes("doc: *nowhere\n"), ["yaml-alias 1:6"]);
    assert_eq!(mistakes("doc: !!str x\n"), ["yaml-tag 1:6"]);
    assert_eq!(mistakes("doc: ! x\n"), ["yaml-tag 1:6"]);
    assert_eq!(mistakes("types: !x {}\n"), ["yaml-tag 1:8"]);
    assert_eq!(mistakes("<<: {doc: x}\n"), ["yaml-merge-key 1:1"]);
    assert_eq!(mistakes("doc: x\n---\ndoc: y\n"), ["several-documents 2:1"]);
    assert_eq!(mistakes("%YAML 1.1\n---\ndoc: y\n"), ["yaml-syntax 1:1"]);
    assert_eq!(mistakes("doc: x\n? [a]\n: y\n"), ["key-not-text 2:3"]);
    assert_eq!(mistakes("doc: x\n404: y\n"), ["key-not-text 2:1", "unknown-key 2:1"]);
}

#[test]
fn a_repeated_key_hides_no_other_mistake() {
    assert_eq!(mistakes("doc: x\ndoc: 5\nnots: z\n"), ["duplicate-key 2:1", "unknown-key 3:1"]);
    assert_eq!(mistakes("{doc: x, \"doc\": y, doc: z}"), ["duplicate-key 1:10", "duplicate-key 1:20"]);
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| {
        format!("mock: {{collections: {{as: {{items: [{{a: {}{}}}]}}}}}}", "[".repeat(depth), "]".repeat(depth))
    };
    assert_eq!(mistakes(nested(58)), [""; 0]);
    for depth in [59, 300, 10_000] {
        let found = mistakes(nested(depth));
        assert!(matches!(found.as_slice(), [one] if one.starts_with("deep-nesting 1:")), "{depth}: {found:?}");
    }
    let block: String = (0..200).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert_eq!(mistakes(block), ["deep-nesting 65:65"]);
}

#[test]
fn an_alias_bomb_ends_at_once() {
    let mut bomb = "a0: &a0 [x, x]\n".to_owned();
    for level in 1..60 {
        bomb += &format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 9].join(", "));
    }
    assert_eq!(mistakes(bomb).len(), 60 + 59 * 9);
}

#[test]
fn every_mistake_of_form_is_found() {
    let users = "\
singular: 1.10
types: {A: {type: idd}, B: {values: [x, 5]}, C: {fields: {a: {}, b: 7, c: [string, string]}}, D: {}}
operations:
  list: {htp: GET /a, returns: {a: A, b: A}, errors: {a: b}, retry: maybe}
  show: nothing
notes: [fine, true]
";
    let expected = [
        "wrong-type 1:11",
        "unknown-type 2:19",
        "wrong-type 2:41",
        "missing-key 2:59",
        "wrong-type 2:69",
        "wrong-type 2:72",
        "missing-key 2:95",
        "unknown-key 4:10",
        "wrong-type 4:23",
        "wrong-type 4:46",
        "unknown-word 4:69",
        "wrong-type 5:9",
        "wrong-type 6:15",
    ];
    assert_eq!(mistakes(users), expected);
}

#[test]
fn another_version_of_the_language_is_refused() {
    assert_eq!(mistakes_in(&[("api.yaml", b"codegen: 2\nname: x\ntitle: X\n")]), ["language-version 1:10"]);
    assert_eq!(mistakes_in(&[("api.yaml", b"name: x\ntitle: X\n")]), ["missing-key 1:1"]);
}

/// The real spec, mutilated in every way we can think of.
mod mutilated {
    use super::mistakes_in;

    const API: &[u8] = include_bytes!("../../../spec/proctorexam/api.yaml");
    const USERS: &[u8] = include_bytes!("../../../spec/proctorexam/users.yaml");

    /// Reads the spec with one file replaced, and only asks that this comes to an end.
    fn read(index: usize, bytes: &[u8]) {
        let mut files: [(&str, &[u8]); 2] = [("api.yaml", API), ("users.yaml", USERS)];
        files[index].1 = bytes;
        mistakes_in(&files);
    }

    #[test]
    fn a_spec_cut_anywhere_is_read_to_its_end() {
        assert_eq!(mistakes_in(&[("api.yaml", API), ("users.yaml", USERS)]), [""; 0]);
        for (index, bytes) in [API, USERS].into_iter().enumerate() {
            for end in (0..bytes.len()).step_by(97) {
                read(index, &bytes[..end]);
                read(index, &bytes[end..]);
            }
        }
    }

    #[test]
    fn a_spec_with_any_byte_changed_is_read_to_its_end() {
        // A fixed sequence of numbers that look random: what fails once fails always.
        let mut state: u32 = 1;
        let mut number = |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % below
        };
        let alphabet = b"{}[]:,-?!&*#|>'\"%@` \n\t\0\\/.=~<09aZ\xc3\xff";
        for round in 0..200 {
            let index = round % 2;
            let mut bytes = if index == 0 { API.to_vec() } else { USERS.to_vec() };
            for _ in 0..=number(4) {
                let at = number(bytes.len());
                bytes[at] = alphabet[number(alphabet.len())];
            }
            read(index, &bytes);
        }
    }
}
