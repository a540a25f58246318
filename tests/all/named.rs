//! Whatever has a name may have any name, or is told that it may not: what is accepted was compiled.

use serde_json::json;
use tests::named::fields::{Client, Credentials, Environment};

use crate::support::{self, Scripted};

include!(concat!(env!("OUT_DIR"), "/language/names.rs"));

fn refused(what: &str) -> &'static [&'static str] {
    REFUSED.iter().find(|(position, _)| *position == what).unwrap().1
}

/// The API chooses what these are called.
#[test]
fn names_of_the_wire_are_never_refused() {
    for what in ["fields", "parameters", "paths", "values", "carried", "events"] {
        assert!(refused(what).is_empty(), "{what}: {:?}", refused(what));
    }
}

/// The author of the spec chooses what these are called: two that are one in Rust cannot stand beside each other.
#[test]
fn names_of_the_spec_are_refused_beside_one_that_is_the_same_in_rust() {
    for what in ["errors", "operations", "environments", "credentials"] {
        assert_eq!(refused(what), ["self", "Box", "Fn", "drop", "vec", "@type"], "{what}");
    }
}

/// A header is called by letters, digits and a few signs, and large letters are small ones there.
#[test]
fn names_of_headers_are_refused_where_http_has_no_such_header() {
    let twice = ["self", "Box", "Fn", "drop", "vec"];
    let impossible =
        ["[a][0]", "two words", "a🦀b", "ñandú", "@type", "x:y", "größe", "имя", "<tag>", "\"quoted\"", r"line\nbreak"];
    assert_eq!(refused("headers"), [&twice[..], &impossible].concat());
}

/// What the prelude has as a type or trait is that in every generated file.
#[test]
fn names_of_types_are_refused_where_the_prelude_has_them() {
    for what in ["types", "resources"] {
        for name in ["Option", "Result", "Vec", "String", "Some", "Clone", "box", "fn"] {
            assert!(refused(what).contains(&name), "{what}: {name}");
        }
        for name in ["type", "async", "gen", "crate", "union", "try", "panic", "u8", "a.b.c", "two words", "größe"] {
            assert!(!refused(what).contains(&name), "{what}: {name}");
        }
    }
}

/// A quote and a backslash never stand in JSON as they are, and what stands there as `\n` is a line break.
#[tokio::test]
async fn members_are_read_whose_names_stand_in_json_as_something_else() {
    let read = async |body: &str| {
        let server = Scripted::once(support::json(200, body));
        let environment = Environment::custom(server.address()).unwrap();
        let client = Client::builder(environment).credentials(Credentials {}).build().unwrap();
        client.things().make().await.unwrap()
    };
    let body = json!({"needed": 1, "<tag>": "a", "\"quoted\"": "b", r"line\nbreak": "c"}).to_string();
    for body in [body.clone(), body.replace(':', " : "), body.replace("\\\"", r"\u0022")] {
        let held = read(&body).await;
        let found = [held.tag, held.quoted, held.line_nbreak];
        assert_eq!(found.each_ref().map(Option::as_deref), [Some("a"), Some("b"), Some("c")], "{body}");
    }
    assert_eq!(read(r#"{"needed": 1, "line\nbreak": "c"}"#).await.line_nbreak, None);
}
