//! References, templates and places: what the real spec becomes, and what is refused.

use std::path::Path;

use crate::diagnostics::Diagnostics;
use crate::ir::{self, Action, Clear, Fallback, Location, Payload, Presence, Retry, Type};
use crate::spec::tests::{mistakes, mistakes_in};

/// The real spec, resolved; it has no mistake.
fn proctorexam() -> ir::Api {
    let mut diagnostics = Diagnostics::default();
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/proctorexam");
    let (spec, _) = crate::spec::load(&dir, &mut diagnostics);
    let api = super::lower(&spec.unwrap(), &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    api
}

/// An operation of the users resource.
fn operation<'a>(api: &'a ir::Api, name: &str) -> &'a ir::Operation {
    let mut users = api.operations().filter(|(resource, _)| resource.name.wire == "users");
    users.find(|(_, operation)| operation.name.wire == name).unwrap().1
}

#[test]
fn the_real_spec_is_resolved() {
    let api = proctorexam();
    let users = api.operations().filter(|(resource, _)| resource.name.wire == "users");
    let names: Vec<_> = users.map(|(_, operation)| operation.type_name.pascal.as_str()).collect();
    assert_eq!(names, ["ListUsers", "ShowUser", "CreateUser", "UpdateUser", "DestroyUser", "SignInUser"]);
    let list = operation(&api, "list");
    assert_eq!(list.template(), "/institutes/{institute_id}/users");
    assert!(matches!(&list.payload, Payload::Page(Some(key), Type::Named(_)) if key == "users"));
    assert_eq!(list.retry, Retry::Safe);
    let effect = list.effect.as_ref().unwrap();
    assert_eq!((effect.action, api.collection(effect.collection).name.as_str()), (Action::List, "users"));
    assert_eq!(operation(&api, "destroy").retry, Retry::Never);
    assert_eq!(operation(&api, "destroy").payload, Payload::Nothing);
    let pagination = api.pagination.as_ref().unwrap();
    let paging = &pagination.paging;
    assert!(matches!(&paging.next, ir::NextPage::Number { parameter, first: 1 } if parameter == "page"));
    assert_eq!(paging.limit.as_deref(), Some("limit"));
    assert!(matches!(&pagination.parameters[1].fallback, Fallback::Server(text) if **text == "300"));
    assert_eq!(api.envelope.errors.places.iter().map(|place| place.0.len()).collect::<Vec<_>>(), [0, 1, 1]);
    assert_eq!(api.errors[1].messages[2].text(&api.errors[1].captures), "Couldn't find {model} with 'id'={id}");
}

#[test]
fn parameters_travel_where_the_method_and_the_path_say() {
    let api = proctorexam();
    let create = operation(&api, "create");
    let of = |name: &str| create.parameters.iter().position(|parameter| parameter.name.wire == name).unwrap();
    let password = of("password");
    let confirmation = &create.parameters[of("password_confirmation")];
    assert_eq!(create.parameters[of("institute_id")].location, Location::Path);
    assert_eq!(create.parameters[of("institute_id")].presence, Presence::Required);
    assert_eq!(confirmation.location, Location::Body);
    assert!(matches!(&confirmation.fallback, Fallback::Parameter(other) if **other == password));
    assert_eq!(confirmation.rules.constraints[0].value, ir::Constraint::Equals(password));
    assert_eq!(operation(&api, "update").parameters[4].clear.as_deref(), Some(&Clear::Text(String::new())));
}

#[test]
fn references_that_dangle_are_reported() {
    let users = "\
source: [S9]
mock: {collections: {as: {key: id}}}
types:
  string: {type: id}
  A: {fields: {a: Nowhere, b: [A?], c: id}}
operations:
  list:
    http: GET /a/{x}
    params: {y: {type: A, in: path}, z: {type: integer, equals: w, default_from: v}, u: string?}
    paged: true
    returns: A
    errors: [nowhere]
    mock: {list: bs, where: [x, y], exists: {z: {in: as, or: gone}}}
    examples: {one: {request: {q: 1}}}
";
    let expected = [
        "unknown-source 1:10",
        "type-name-taken 4:3",
        "unknown-type 5:19",
        "misplaced-null 5:32",
        "unknown-type 5:40",
        "placeholder-without-parameter 8:19",
        "parameter-not-in-path 9:14",
        "unknown-parameter 9:65",
        "unknown-parameter 9:82",
        "misplaced-null 9:89",
        "not-paged 10:5",
        "not-paged 11:14",
        "unknown-error 12:14",
        "unknown-collection 13:18",
        "unknown-parameter 13:30",
        "unknown-error 13:62",
        "unknown-parameter 14:32",
    ];
    assert_eq!(mistakes(users), expected);
}

#[test]
fn requests_are_possible() {
    let with = |http: &str| {
        mistakes(format!("operations:\n  a:\n    http: {http}\n    params: {{b: string}}\n    returns: nothing\n"))
    };
    assert_eq!(with("GET /a/{b}/c:d"), [""; 0]);
    assert_eq!(with("FETCH /a"), ["bad-http 3:11"]);
    assert_eq!(with("GET"), ["bad-http 3:14"]);
    assert_eq!(with("GET a"), ["bad-http 3:15"]);
    assert_eq!(with("GET  /a"), ["bad-http 3:15"]);
    assert_eq!(with("GET /a?b=c"), ["bad-http 3:15"]);
    assert_eq!(with("GET /../{b}"), ["bad-http 3:15"]);
    assert_eq!(with("GET /{b"), ["bad-template 3:16"]);
    assert_eq!(with("'GET /}'"), ["bad-template 3:17"]);
    assert_eq!(with("GET /{b}{b}"), ["adjacent-holes 3:20"]);
    assert_eq!(with("GET /{b}/{b}"), ["listed-twice 3:21"]);
}

#[test]
fn what_holds_for_the_whole_api_is_possible() {
    let api = "\
codegen: 1
name: '-'
title: X
environments: {a: https://u@h, b: https://h/}
credentials: {token: {env: A B}}
headers: {A B: x, C: 'ü', D: '{tokn}'}
errors:
  a: {status: 404, message: ['{x} {y}', '{y} {x}', '{x}', '{x} {y} {y}']}
  b: {status: 404, message: '{x}{y}'}
  c: {status: 99}
  d: {status: 404, message: '{x} {x}'}
pagination: {page: p, limit: l, totals: {items: A, pages: B, page: C, limit: '{}'}, params: {p: integer}}
mock: {missing: nowhere, stale: {status: 403, body: .inf}}
";
    let expected = [
        "bad-name 2:7",
        "bad-address 4:19",
        "bad-name 5:28",
        "bad-header 6:11",
        "bad-header 6:23",
        "unknown-credential 6:32",
        "different-captures 8:52",
        "different-captures 8:59",
        "adjacent-holes 9:34",
        "bad-status 10:15",
        "listed-twice 11:35",
        "unknown-parameter 12:30",
        "bad-header 12:78",
        "unknown-error 13:17",
        "not-json 13:53",
    ];
    assert_eq!(mistakes_in(&[("api.yaml", api.as_bytes())]), expected);
}

/// Of what an answer says 4,096 bytes are looked at.
#[test]
fn what_is_cut_off_is_never_found() {
    let found = |message: &str, length: usize| {
        let api = format!("codegen: 1\nname: x\nerrors:\n  a: {{{}}}\n", message.replace('X', &"x".repeat(length)));
        mistakes_in(&[("api.yaml", api.as_bytes())])
    };
    for (message, place) in [
        ("message: X", "4:16"),
        ("message: ['X'], match: prefix", "4:17"),
        ("code: X", "4:13"),
        ("code: 'X*'", "4:13"),
        ("subcode: [1, X]", "4:20"),
        ("field: 'X'", "4:14"),
    ] {
        assert_eq!(found(message, 4095), [""; 0], "{message}");
        assert_eq!(found(message, 4097), [format!("unfindable-message {place}")], "{message}");
    }
    assert_eq!(found("message: '{a}X{b}X'", 2048), [""; 0]);
    assert_eq!(found("message: '{a}X{b}X'", 2049), ["unfindable-message 4:16"]);
    // What a success says is compared whole.
    let is = format!("codegen: 1\nname: x\nenvelope: {{success: {{is: {{a: {}}}}}}}\n", "x".repeat(5000));
    assert_eq!(mistakes_in(&[("api.yaml", is.as_bytes())]), [""; 0]);
}

#[test]
fn types_of_two_files_share_their_names() {
    let api = b"codegen: 1\nname: x\ntitle: X\ntypes: {A: {type: id}}\n";
    let users = b"types: {A: {type: id}}\noperations: {a: {http: GET /, returns: A, mock: {list: as}}}\n";
    let expected = ["type-name-taken 1:9", "unknown-collection 2:56"];
    assert_eq!(mistakes_in(&[("api.yaml", api), ("users.yaml", users)]), expected);
}

#[test]
fn a_spec_without_a_mock_gets_an_assumed_one() {
    let mut diagnostics = Diagnostics::default();
    let api = b"codegen: 1\nname: x\ntitle: X\nenvelope: {errors: [a.b, message]}\n";
    let (spec, _) = crate::spec::from_memory(&[("api.yaml", api)], &mut diagnostics);
    let mock = super::lower(&spec.unwrap(), &mut diagnostics).mock;
    assert_eq!((mock.window, mock.unauthenticated.status, mock.error_in.0.join(".")), (300, 401, "a.b".to_owned()));
    assert_eq!(mock.doc.evidence, ir::Evidence::Assumed);
    assert!(diagnostics.is_empty());
}

#[test]
fn an_error_of_which_nothing_but_the_status_is_known_leaves_open_what_that_does() {
    let api = b"codegen: 1\nname: x\nenvelope: {code: code}\nerrors:\n  gateway: {status: 502}\n  \
                late: {status: [408, 409], retry: never}\n  busy: {status: 503}\n  refused: {status: 500, retry: safe}\n  \
                coded: {status: 500, code: X}\n  lost: {status: 500, code: Y, outcome: unknown}\n";
    let mut diagnostics = Diagnostics::default();
    let (spec, _) = crate::spec::from_memory(&[("api.yaml", api)], &mut diagnostics);
    let api = super::lower(&spec.unwrap(), &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let open = api.errors.iter().filter(|error| error.leaves_open()).map(|error| error.name.wire.as_str());
    assert_eq!(open.collect::<Vec<_>>(), ["gateway", "late"]);
}
