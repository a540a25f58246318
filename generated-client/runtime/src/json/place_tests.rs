//! Fields that stand wherever answers have them.

use super::*;
use crate::values::Secret;

#[derive(Debug, Default, PartialEq)]
struct Launch {
    url: Option<Secret>,
    number: i64,
    names: Vec<String>,
    note: Option<String>,
}

impl Read for Launch {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.object([
            slot("url", &mut self.url).at(&[&["data", "url"], &["url"], &[]]).begins(&["https://"]),
            must("number", &mut self.number).at(&[&["number"], &["no"], &["data", "no"]]),
            slot("names", &mut self.names).at(&[&["names"], &["name"]]).or_one(),
            slot("note", &mut self.note),
        ])
    }
}

fn read(json: &str) -> Result<Launch, String> {
    read_under(json.as_bytes(), None).map_err(|error| error.to_string())
}

/// Address and number.
fn launch(json: &str) -> (Option<String>, i64) {
    let read = read(json).unwrap();
    (read.url.map(|url| url.expose().to_owned()), read.number)
}

#[test]
fn the_first_place_that_has_something_is_read() {
    for (json, url, number) in [
        (r#"{"data":{"url":"https://a","no":3},"url":"https://b","no":2,"number":1}"#, Some("https://a"), 1),
        (r#"{"number":"1","data":{"url":null},"url":"https://b"}"#, Some("https://b"), 1),
        (r#"{"number":null,"no":2,"data":{"url":""},"url":"https://b"}"#, Some("https://b"), 2),
        (r#"{"number":{},"data":{"url":"done","no":3},"url":["https://b"]}"#, None, 3),
        (r#"{"number":"x","no":[],"data":{"no":3}}"#, None, 3),
    ] {
        assert_eq!(launch(json), (url.map(str::to_owned), number), "{json}");
    }
}

#[test]
fn other_members_are_read_as_ever() {
    let launch = read(r#"{"note":"n","name":"one","x":{"url":1},"no":2}"#).unwrap();
    assert_eq!((launch.note.as_deref(), launch.names), (Some("n"), vec!["one".to_owned()]));
    assert_eq!(read(r#"{"name":["a","b"],"no":2}"#).unwrap().names, ["a", "b"]);
}

#[test]
fn what_must_be_there_is_missed() {
    for json in [r#"{"url":"https://a"}"#, r#"{"number":null,"no":""}"#, r#""https://a""#, "7", "[]", "null"] {
        assert!(read(json).is_err(), "{json}");
    }
    for json in [r#"{"no":2,"url":"#, r#"{"no":2"#, r#"{"no":2,"data":{"url":"https://a"}"#] {
        assert!(read(json).is_err(), "{json}");
    }
}

/// It may be nothing but one of its fields.
#[derive(Debug, Default, PartialEq)]
struct SignIn {
    url: String,
    rows: Vec<i64>,
}

impl Read for SignIn {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.object([must("url", &mut self.url).at(&[&["url"], &[]]), slot("rows", &mut self.rows).at(&[&[]])])
    }
}

#[test]
fn a_value_may_be_one_of_its_fields() {
    let sign_in = |json: &str| read_under::<SignIn>(json.as_bytes(), Some("data"));
    assert_eq!(sign_in(r#"{"data":{"url":"https://a"},"x":1}"#).unwrap().url, "https://a");
    assert_eq!(sign_in(r#"{"data":"https://a","x":1}"#).unwrap().url, "https://a");
    for json in [r#"{"data":""}"#, r#"{"data":null}"#, r#"{"data":{}}"#, r#"{"data":[1]}"#] {
        assert!(sign_in(json).is_err(), "{json}");
    }
}
