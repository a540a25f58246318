//! Whether whatever takes answers of an error is found, and only that hides it.

use super::{Signs, Takers, taken};
use crate::ir::{Api, ErrorId};

/// Errors that differ in what they are known by, each of which might take answers of another.
const ERRORS: &str = r#"
  a1: {code: 1}
  a2: {code: ["1.0", 2]}
  a3: {code: "1*", status: 400}
  a4: {code: [2, 3], subcode: 7}
  a5: {code: 2, subcode: "*"}
  a6: {code: 2, field: name}
  a7: {field: name}
  a8: {field: "rooms.{room}.name"}
  a9: {field: rooms.0.name, status: [400, 404]}
  b1: {status: 404}
  b2: {status: [400, 404, 500]}
  b3: {status: [400, 404], message: hello}
  b4: {message: Hello, match: any_case}
  b5: {message: "No {kind}"}
  b6: {message: "No user {id}"}
  b7: {message: "{thing} is gone"}
  b8: {message: ["User 17 is gone", "No user 17"]}
  b9: {message: no, match: [prefix, any_case], status: 404}
  c1: {message: "{one} of {two}."}
  c2: {message: "{all}"}
  c8: {message: "{who} is {what}"}
  c9: {message: "The {who} is in 17 or {what}"}
  c3: {message: hello, field: name}
  c4: {code: 1, message: hello, status: 400}
  c5: {subcode: 7}
  c6: {code: [1, 2, 3], status: [400, 404]}
  c7: {message: "NO USER {id}", code: 1, status: 404}
  d1: {code: "1*", message: hello}
  d2: {code: ["2*", 7], subcode: "7*"}
  d3: {message: hello, field: "rooms.{room}.name"}
  d4: {message: hello, field: rooms.0.name}
  d5: {subcode: "*", message: hello}
  d6: {code: 12, subcode: 71, message: [hello, "No user 17"]}
  d7: {message: "No user 17", match: prefix}
  d8: {message: "17.", match: any_case}
  d9: {message: "{number}.", match: [prefix, any_case]}
"#;

fn api(errors: &str) -> Api {
    let text = format!("codegen: 1\nname: x\nerrors:{errors}");
    let (api, diagnostics) = crate::lower::from_memory(&[("api.yaml", &text)]);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    api
}

#[test]
fn whatever_takes_an_answer_is_found() {
    let errors = api(ERRORS).errors;
    let signs = Signs::of(&errors);
    let mut index = super::Index::of(signs.iter());
    signs.iter().enumerate().for_each(|(at, error)| index.put(at, error));
    let mut pairs = 0;
    for (at, error) in signs.iter().enumerate() {
        let found = index.takers_of(error);
        for (other, taker) in signs.iter().enumerate().filter(|(other, _)| *other != at) {
            let takes = taken(taker, error).is_some();
            pairs += usize::from(takes);
            let names = (&errors[other].name.wire, &errors[at].name.wire);
            assert!(!takes || found.contains(&other), "{names:?}");
        }
    }
    assert!(pairs > 40, "{pairs}");
}

#[test]
fn an_error_that_shares_some_answers_is_not_hidden() {
    let errors = api(ERRORS).errors;
    let takers = Takers::of(&errors);
    let takes_all = |taker: usize, at: usize| takers.takes_all(ErrorId(taker), ErrorId(at));
    let named = |name: &str| ERRORS.lines().skip(1).position(|line| line.trim().starts_with(name)).unwrap();
    for (taker, error, is_all) in [
        ("b1", "b2", false),
        ("b2", "b1", true),
        ("a1", "a2", false),
        ("a2", "a1", true),
        ("b1", "b3", false),
        ("b2", "b3", true),
        ("b4", "b3", true),
        ("b5", "b6", true),
        ("b6", "b5", false),
        ("a8", "a9", true),
        ("c2", "d7", true),
        ("b6", "d7", true),
        ("b8", "d7", false),
        ("c2", "d8", true),
        ("c1", "d8", false),
        ("d9", "d8", true),
        ("b3", "c4", false),
    ] {
        assert_eq!(takes_all(named(taker), named(error)), is_all, "{taker} before {error}");
    }
}

/// However many others share what they are known by, those of one operation are compared.
#[test]
fn many_errors_hide_no_mistake() {
    let hidden = |texts: &[String], ids: &[usize]| {
        let errors: String = texts.iter().enumerate().map(|(at, text)| format!("\n  e{at}: {{{text}}}")).collect();
        let errors = api(&errors).errors;
        let ids: Vec<ErrorId> = ids.iter().map(|id| ErrorId(*id)).collect();
        let hidden = Takers::of(&errors).hidden(&ids).into_iter();
        hidden.map(|(id, by)| (id.0, by.iter().map(|id| id.0).collect::<Vec<_>>())).collect::<Vec<_>>()
    };
    let alike = vec!["status: 404".to_owned(); 300];
    assert_eq!(hidden(&alike, &[298, 299]), [(299, vec![298])]);
    assert_eq!(hidden(&alike, &[299, 298, 299]), [(298, vec![299])]);

    // Three hundred take one of two codes each, and only then comes what takes both.
    let mut errors: Vec<String> = (0..300).map(|at| format!("code: [1, b{at}]")).collect();
    errors.extend(["code: [1, 2]".to_owned(), "code: [2, 1]".to_owned()]);
    let all: Vec<usize> = (0..errors.len()).collect();
    assert_eq!(hidden(&errors, &all), [(301, vec![300])]);
}

/// Ten thousand that share all but one thing would be compared fifty million times.
#[test]
fn what_many_share_leads_to_few_of_them() {
    type Make = fn(usize) -> String;
    let shared: [(&str, Make); 6] = [
        ("message", |at| format!("code: {at}, message: hello")),
        ("begin of a message", |at| format!("subcode: {at}, message: 'No {{kind}}'")),
        ("message of fields", |at| format!("field: f{at}, message: hello")),
        ("message of open codes", |at| format!("code: 'a{at}x*', message: hello")),
        ("nothing", |at| format!("code: 'a{at}x*'")),
        ("code", |at| format!("code: 1, subcode: 'a{at}x*'")),
    ];
    for (what, make) in shared {
        let errors: String = (0..300).map(|at| format!("\n  e{at}: {{{}}}", make(at))).collect();
        let errors = api(&errors).errors;
        let signs = Signs::of(&errors);
        let mut index = super::Index::of(signs.iter());
        signs.iter().enumerate().for_each(|(at, error)| index.put(at, error));
        for (at, error) in signs.iter().enumerate() {
            assert_eq!(index.takers_of(error), [at], "{what}");
        }
    }
}

/// Pairs of codes and those within them would be nine millions.
#[test]
fn codes_are_not_paired_with_those_within_them() {
    let codes: Vec<String> = (0..3000).map(|code| code.to_string()).collect();
    let codes = codes.join(", ");
    let both = format!("{{code: [{codes}], subcode: [{codes}]}}");
    let errors = api(&format!("\n  one: {both}\n  two: {both}\n  three: {{code: 7, subcode: [8, 3000]}}")).errors;
    let signs = Signs::of(&errors);
    let mut index = super::Index::of(signs.iter());
    signs.iter().enumerate().for_each(|(at, error)| index.put(at, error));
    assert_eq!(index.takers_of(&signs[2]), [0, 1, 2]);
    let hidden = Takers::of(&errors).hidden(&[ErrorId(0), ErrorId(1), ErrorId(2)]);
    assert_eq!(hidden, [(ErrorId(1), vec![ErrorId(0)])]);
}
