//! What generated clients send and sign, as vectors for `codegen sign --check`: the command reads the same specs by
//! itself, and its own tests hold it against these files.

use std::fs;
use std::path::Path;

use client_runtime::rt::Prepared;
use tests::encodings::{self, Inner, Line, OrderedMap, Patch, Wide, WideNeeds};
use tests::kinds::{self, Level, Slug};

const BASE: &str = "http://127.0.0.1:8080/v1";

/// A vector of a call: its arguments as they travel, and what the client made of them.
fn vector(operation: &str, arguments: &str, credentials: &str, prepared: &Prepared) -> String {
    let request = prepared.request();
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let body = str::from_utf8(request.body()).unwrap();
    let header = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
        format!("{}: {}", quoted(name.as_str()), quoted(value.to_str().unwrap()))
    };
    // What signing does not see the command does not show.
    let shown = request.headers().iter().filter(|(name, _)| *name != "user-agent" && *name != "accept");
    let headers: Vec<_> = shown.map(header).collect();
    format!(
        "  {{\n    \"operation\": {},\n    \"base\": {},\n    \"arguments\": {arguments},\n    \"credentials\": \
         {credentials},\n    \"time\": 0,\n    \"expected\": {{\n      \"method\": {},\n      \"target\": {},\n      \
         \"headers\": {{{}}},\n      \"body\": {}\n    }}\n  }}",
        quoted(operation),
        quoted(BASE),
        quoted(request.method().as_str()),
        quoted(request.uri().path_and_query().unwrap().as_str()),
        headers.join(", "),
        quoted(body)
    )
}

/// The file is what the clients make; `INSTA_UPDATE=always` writes it anew.
fn compare(name: &str, vectors: &[String]) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name);
    let made = format!("[\n{}\n]\n", vectors.join(",\n"));
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&file, &made).unwrap();
    }
    assert!(fs::read_to_string(&file).unwrap_or_default() == made, "{name} is not what the client makes");
}

#[test]
fn parts_in_every_style() {
    const CREDENTIALS: &str = r#"{"key": "a key"}"#;
    let client = encodings::Client::builder(encodings::Environment::custom(BASE).unwrap());
    let client = client.credentials(encodings::Credentials { key: "a key".into() }).build().unwrap();
    let lines = || {
        let tags = vec!["t".to_owned(), "&".to_owned()];
        vec![Line::new("n é", -1).tags(tags).inner(Inner::new(true).note("a/b")), Line::new("\"\n", 2)]
    };
    let notes = || OrderedMap::from([("z [k]", "=".to_owned()), ("a", String::new())]);
    let mut vectors = Vec::new();
    macro_rules! calls {
        ($($operation:ident)*) => {$(
            let call = client.things().$operation(7).tags(vec!["a".to_owned(), "b ;".to_owned()]).lines(lines());
            let call = call.one(Line::new("", 0).inner(Inner::new(false))).notes(notes());
            vectors.push(vector(
                concat!("things.", stringify!($operation)),
                r#"{"notes": {"z [k]": "=", "a": ""}, "one": {"inner": {"on": false}, "count": 0, "name": ""}, "id": 7, "tags": ["a", "b ;"], "lines": [{"name": "n é", "count": -1, "tags": ["t", "&"], "inner": {"on": true, "note": "a/b"}}, {"name": "\"\n", "count": 2}]}"#,
                CREDENTIALS,
                &call.prepare().unwrap(),
            ));
            let bare = client.things().$operation(-7).tags(Vec::new()).prepare().unwrap();
            let name = concat!("things.", stringify!($operation));
            vectors.push(vector(name, r#"{"id": -7, "tags": []}"#, CREDENTIALS, &bare));
        )*};
    }
    calls! {
        send_brackets send_indices send_ordinals send_members send_repeated send_texts send_commas send_pairs send_json
        find_brackets find_indices find_ordinals find_members find_repeated find_texts find_commas find_pairs
    }

    let cleared = client.things().send_json(7).tags(Patch::Clear).prepare().unwrap();
    vectors.push(vector("things.send_json", r#"{"id": 7, "tags": null}"#, CREDENTIALS, &cleared));

    let tags = |tag: &str| vec![tag.to_owned()];
    let nested = OrderedMap::from([("b.c", OrderedMap::from([("x y", tags("1"))])), ("a", OrderedMap::default())]);
    let pairs = OrderedMap::from([("first", Line::new("n", 1)), ("2", Line::new("m", 2).tags(tags("t")))]);
    let call = client.things().maps().nested(nested).pairs(pairs).more(OrderedMap::from([("two", 2), ("one", 1)]));
    vectors.push(vector(
        "things.maps",
        r#"{"x_": {"two": 2, "one": 1}, "nested": {"b.c": {"x y": ["1"]}, "a": {}}, "pairs": {"first": {"name": "n", "count": 1}, "2": {"tags": ["t"], "name": "m", "count": 2}}}"#,
        CREDENTIALS,
        &call.prepare().unwrap(),
    ));

    let call = client.things().copied().third(vec!["a".to_owned(), "b".to_owned()]);
    let call = call.others(OrderedMap::from([("two", 2), ("one", 1)]));
    vectors.push(vector(
        "things.copied",
        r#"{"y_": {"two": 2, "one": 1}, "third": ["a", "b"]}"#,
        CREDENTIALS,
        &call.prepare().unwrap(),
    ));

    let text = |text: &str| encodings::Json::String(text.to_owned());
    let object = |members: &[(&str, encodings::Json)]| {
        encodings::Json::Object(members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
    };
    let call = client.things().elsewhere(vec![1, -2], "a/b,c".to_owned()).x_tags(vec!["y z".to_owned()]);
    let call = call.meta(object(&[("two", text("2")), ("one", text("1"))])).x_declared(7);
    let call = call.more(object(&[("a", encodings::Json::Array(vec![text("b")])), ("n", encodings::Json::Null)]));
    let call = call.filters(object(&[("q", encodings::Json::Array(vec![text("&="), text("")]))]));
    let call = call.wide(Wide::new(WideNeeds { first: "1".into(), second: "2".into() }));
    vectors.push(vector(
        "things.elsewhere",
        r#"{"ids": [1, -2], "name": "a/b,c", "X-Tags": ["y z"], "X-Meta-": {"two": "2", "one": "1"}, "x_": {"a": ["b"], "n": null}, "f_": {"q": ["&=", ""]}, "x_declared": 7, "wide": {"first": "1", "second": "2", "third one": null}}"#,
        CREDENTIALS,
        &call.prepare().unwrap(),
    ));
    compare("encodings-check.json", &vectors);
}

#[test]
fn values_of_every_kind() {
    let client = kinds::Client::builder(kinds::Environment::custom(BASE).unwrap());
    let things = client.credentials(kinds::Credentials {}).build().unwrap().things();
    let moment = |text: &str| text.parse().unwrap();
    let call = crate::kinds::full(&things);
    let arguments = r#"{"order": 18446744073709551615, "slug": "a b", "reference": "007", "price": 19.90, "is_on": "N", "bit": 1, "level": -2, "opens": "09:39 PM", "count": 18446744073709551615, "big": 9007199254740993, "rate": 0.10, "says": "yes", "either": 2, "picture": "aGk=", "created": 1527500365, "changed": "2018-05-28 11:39:25", "seen": "Mon May 28 11:39:25 +0200 2018", "mailed": "Mon, 28 May 2018 09:39:25 +0000", "micros": "1527500365.052000", "born": "28/05/2018", "local": "2018-05-28T09:39:25", "@odd:<name>[0].x y": 7, "days": ["28.05.2018"], "extra": {"b": null, "a": true}, "rights": {"read": "Y"}, "filter": [{"name": "age", "is_on": "Y", "inner": {"name": "x"}}], "events": [{"reason": "spam", "kind": "<deleted>"}], "payload": {"data": {"at": 1527500365, "kind": "created"}, "@type": "event"}, "root": {"id": "a", "parent": {"id": "b"}, "children": [{"id": "c"}]}}"#;
    let mut vectors = vec![vector("things.create", arguments, "{}", &call.prepare().unwrap())];
    let call = things.list(Slug("a/b".into()), true).on(true).until(moment("2018-05-28T09:39:25+01:00"));
    let call = call.day("2018-05-28".parse().unwrap()).at("09:39:25".parse().unwrap()).level(Level::High);
    let call = call.min_price("1.0".parse().unwrap()).max(7).prepare().unwrap();
    let arguments = r#"{"max": 7, "min_price": "1.0", "slug": "a/b", "on": "Y", "bit": 1, "until": "28/05/2018 09:39 +0100", "day": 20180528, "at": "09:39:25", "level": 3}"#;
    vectors.push(vector("things.list", arguments, "{}", &call));
    compare("kinds-check.json", &vectors);
}
