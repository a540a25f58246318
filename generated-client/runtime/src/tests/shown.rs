//! Values in JSON, as a serialiser sees them.

use std::panic::catch_unwind;

use crate::json::{Json, Read, ReadResult, Reader, exposing, must, read_under, slot};
use crate::rt;
use crate::values::scalar_tests::{Level, Role, UserId};
use crate::values::*;

#[derive(Clone, Debug, Default, PartialEq)]
struct Member {
    id: UserId,
    role: Role,
    level: Option<Level>,
    token: Option<Secret>,
    email: Personal<String>,
    price: Option<Decimal>,
    said: Maybe<bool>,
    at: Option<DateTime>,
    is_on: Option<bool>,
    filter: Option<JsonText<Vec<i64>>>,
    friends: Vec<Member>,
    names: OrderedMap<NumberOrText>,
    extra: Json,
}

impl Read for Member {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.object([
            must("id", &mut self.id),
            slot("role", &mut self.role),
            slot("level", &mut self.level),
            slot("token", &mut self.token),
            slot("email", &mut self.email),
            slot("price", &mut self.price),
            slot("said", &mut self.said),
            slot("at", &mut self.at).form(rt::moments(&[Spelling::Epoch(Epoch::Seconds)])),
            slot("is_on", &mut self.is_on).form(Form::Words(&[Word::Yes("Y"), Word::BareNo("0")])),
            slot("filter", &mut self.filter),
            slot("friends", &mut self.friends),
            slot("names", &mut self.names),
            slot("extra", &mut self.extra),
        ])
    }
}

const WHOLE: &str = r#"{"id":7,"role":"janitor","level":-1,"token":"t","email":"a@b.co","price":1.5,"said":null,
    "at":1548241552,"is_on":"Y","filter":"[1,2]","friends":[{"id":8,"role":"teacher","email":""}],
    "names":{"b":2,"a":"2"},"extra":{"x":[1e400,true,null,""]}}"#;

fn read(text: &str) -> Member {
    read_under(text.as_bytes(), None).unwrap()
}

fn json(text: &str) -> Json {
    read_under(text.as_bytes(), None).unwrap()
}

fn shown(value: &(impl Clone + Read)) -> Json {
    value.clone().show(Form::Usual).unwrap_or_default()
}

/// The members of an object, nulls left out.
fn members(json: &Json) -> Vec<(String, Json)> {
    let Json::Object(members) = json else { panic!("{json:?}") };
    members.iter().filter(|(_, value)| *value != Json::Null).cloned().collect()
}

#[test]
fn what_was_read_is_shown() {
    let (mut whole, mut again) = (members(&json(WHOLE)), members(&exposing(|| shown(&read(WHOLE)))));
    let friends = |members: &mut Vec<(String, Json)>| {
        let at = members.iter().position(|(name, _)| name == "friends").unwrap();
        let Json::Array(friends) = members.remove(at).1 else { panic!("no list") };
        friends.iter().map(self::members).collect::<Vec<_>>()
    };
    let (expected, mut found) = (friends(&mut whole), friends(&mut again));
    // Lists and maps that nobody spoke of are empty.
    found[0].retain(|(_, value)| {
        !matches!(value, Json::Array(items) if items.is_empty()) && *value != Json::Object(vec![])
    });
    assert_eq!((again, found), (whole, expected));
}

#[test]
fn a_decimal_keeps_its_digits_as_a_number_where_serialisers_do_and_else_as_a_text() {
    for text in ["25", "0.0", "25.1", "-7", "0.01"] {
        assert_eq!(shown(&text.parse::<Decimal>().unwrap()), Json::Number(text.into()));
    }
    for text in ["25.00", "-0", "1e3", "12345678901234567890.123456789"] {
        assert_eq!(shown(&text.parse::<Decimal>().unwrap()), Json::String(text.into()));
    }
}

#[test]
fn what_is_absent_is_null_unless_that_says_something_else() {
    let Json::Object(shown) = shown(&read(r#"{"id":7}"#)) else { panic!("no object") };
    let find = |name: &str| shown.iter().find(|(member, _)| member == name).map(|(_, value)| value);
    assert_eq!((find("token"), find("said")), (Some(&Json::Null), None));
}

#[test]
fn nobody_sees_what_is_secret_or_personal() {
    let member = read(WHOLE);
    let hidden = |json: &Json| format!("{json:?}").matches("[redacted]").count();
    assert_eq!(hidden(&shown(&member)), 3);
    assert_eq!(exposing(|| hidden(&shown(&member))), 0);
    assert_eq!(exposing(|| exposing(|| 1) + hidden(&shown(&member))), 1);
    assert!(catch_unwind(|| exposing(|| panic!("on purpose"))).is_err());
    assert_eq!(hidden(&shown(&member)), 3);
    assert_eq!(std::thread::scope(|scope| exposing(|| scope.spawn(|| hidden(&shown(&member))).join().unwrap())), 3);
}

#[derive(Clone, Debug, PartialEq)]
enum Event {
    Joined(Boxed<Member>),
    Other(Json),
}

impl Read for Event {
    fn read(&mut self, _: &mut Reader<'_>) -> ReadResult {
        Ok(())
    }
    rt::shown_by_shape!("kind", [Joined "joined" Form::Usual], Other);
}

#[derive(Clone, Debug, PartialEq)]
enum Message {
    At(DateTime),
    Other(Json),
}

impl Read for Message {
    fn read(&mut self, _: &mut Reader<'_>) -> ReadResult {
        Ok(())
    }
    rt::shown_by_shape!("type" in "data", [At "at" rt::moments(&[Spelling::Epoch(Epoch::Millis)])], Other);
}

#[test]
fn shapes_are_shown_under_their_tags() {
    let event = members(&shown(&Event::Joined(read(r#"{"id":7}"#).into())));
    assert_eq!(event[..2], members(&json(r#"{"kind":"joined","id":7}"#)));
    let at = "2019-01-23T12:05:52.391+01:00".parse().unwrap();
    assert_eq!(shown(&Message::At(at)), json(r#"{"type":"at","data":1548241552391}"#));
    for (value, text) in [("{}", "{}"), (r#"[1.0,"x"]"#, r#"[1.0,"x"]"#)] {
        assert_eq!(shown(&Event::Other(json(value))), json(text));
        assert_eq!(shown(&Message::Other(json(value))), json(text));
    }
}
