//! A scheme that uses every source and function of signing, and every place, compiled and run.

use codegen::expr::FUNCTIONS;
use tests::specs::kitchen_sink_signed::{Client, Credentials, Environment};

fn client() -> Client {
    // A secret that every codec reads.
    let credentials = Credentials { api_token: "t0ken".into(), secret_key: "cafe".into() };
    let environment = Environment::custom("http://localhost/v1").unwrap();
    Client::builder(environment).credentials(credentials).build().unwrap()
}

#[test]
fn every_step_is_computed_and_shown() {
    let prepared = client().things().create("a b".into(), 7).prepare().unwrap();
    let steps = prepared.explanation().steps();
    for row in FUNCTIONS {
        let step = steps
            .iter()
            .find(|step| step.name().trim_end_matches(|it: char| it.is_ascii_digit()) == format!("{}_", row.name));
        assert!(step.is_some(), "{}", row.name);
    }
    let headers = prepared.request().headers();
    assert!(headers["authorization"].to_str().unwrap().starts_with("Basic "));
    assert_eq!(headers["x-note"], "t0ken: localhost at 80", "blanks at the ends would not arrive");
    assert!(headers.contains_key("x-hash") && !headers.contains_key("x-query"));
    let query = prepared.request().uri().query().unwrap();
    let names: Vec<&str> = query.split('&').map(|pair| pair.split('=').next().unwrap()).collect();
    assert_eq!(names, ["timestamp", "nonce", "number", "signature", "token"]);
    let shown = prepared.explanation().to_string();
    assert!(!shown.contains("t0ken") && !shown.contains("cafe"), "{shown}");
}

#[test]
fn a_call_that_is_not_signed_has_its_fixed_headers() {
    let prepared = client().things().list().prepare().unwrap();
    assert_eq!(prepared.request().headers()["x-token"], "Token t0ken");
    assert_eq!((prepared.request().uri().query(), prepared.explanation().steps().len()), (None, 0));
}
