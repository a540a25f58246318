//! Values with parts, from the generated client to the mock and back, in every style: each reads the spec by itself.

use std::collections::BTreeMap;

use codegen::ir::Json;
use codegen_mock::Mock;
use tests::encodings::{
    self, Chest, Client, Environment, Error, Inner, Kind, Line, Loose, OperationError, OrderedMap, Patch, Wide,
    WideNeeds,
};

use crate::support::last;

async fn start() -> (Mock, Client) {
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/good/encodings");
    let mock = Mock::start(spec).await.unwrap();
    let client = Client::builder(Environment::custom(mock.address()).unwrap())
        .credentials(encodings::Credentials { key: mock.credential("key").into() })
        .build()
        .unwrap();
    (mock, client)
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    /// A text of any characters, with something in it.
    fn text(&mut self) -> String {
        let length = 1 + self.roll(6);
        self.letters(length)
    }

    /// The same, now and then without anything in it.
    fn item(&mut self) -> String {
        let length = self.roll(6);
        self.letters(length)
    }

    fn letters(&mut self, length: u64) -> String {
        let letters =
            ["a", "B", "0", " ", "+", "&", "=", "%", "[", "]", ".", "1", "\"", "\\", "\n", "é", "😀", "~", "/", ","];
        (0..length).map(|_| letters[self.roll(letters.len() as u64) as usize]).collect()
    }

    fn many<T>(&mut self, make: fn(&mut Self) -> T) -> Vec<T> {
        (0..self.roll(4)).map(|_| make(self)).collect()
    }

    fn notes(&mut self) -> BTreeMap<String, String> {
        (0..self.roll(4)).map(|_| (self.text(), self.item())).collect()
    }

    fn inner(&mut self) -> Inner {
        let inner = Inner::new(self.roll(2) == 1);
        if self.roll(2) == 1 { inner.note(self.text()) } else { inner }
    }

    fn line(&mut self) -> Line {
        let mut line = Line::new(self.text(), self.roll(100) as i64 - 50);
        line.tags = Some(self.many(Self::item)).filter(|tags| !tags.is_empty());
        line.inner = (self.roll(2) == 1).then(|| self.inner());
        line
    }
}

/// What a call was made of.
struct Sent {
    id: i64,
    tags: Vec<String>,
    lines: Vec<Line>,
    one: Line,
    notes: BTreeMap<String, String>,
}

impl Sent {
    fn random(dice: &mut Dice) -> Self {
        let id = dice.roll(1 << 40) as i64;
        Self { id, tags: dice.many(Dice::item), lines: dice.many(Dice::line), one: dice.line(), notes: dice.notes() }
    }

    /// What must have arrived: what becomes of numbers at the top, in `lines` and in `one`.
    fn expected(&self, [top, in_lines, in_one]: [Scalar; 3]) -> BTreeMap<String, Json> {
        let mut expected =
            BTreeMap::from([("id".to_owned(), top(self.id.to_string())), ("one".to_owned(), line(&self.one, in_one))]);
        if !self.tags.is_empty() {
            expected.insert("tags".to_owned(), texts(&self.tags));
        }
        if !self.notes.is_empty() {
            let notes = self.notes.iter().map(|(name, text)| (name.clone(), Json::String(text.clone())));
            expected.insert("notes".to_owned(), Json::Object(notes.collect()));
        }
        if !self.lines.is_empty() {
            let lines = self.lines.iter().map(|one| line(one, in_lines));
            expected.insert("lines".to_owned(), Json::Array(lines.collect()));
        }
        expected
    }
}

/// What becomes of a number.
type Scalar = fn(String) -> Json;

fn texts(items: &[String]) -> Json {
    Json::Array(items.iter().cloned().map(Json::String).collect())
}

fn object<const N: usize>(members: [(&str, Option<Json>); N]) -> Json {
    let mut object =
        Json::Object(members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect());
    sort(&mut object);
    object
}

/// Members have no order.
fn sort(value: &mut Json) {
    match value {
        Json::Array(items) => items.iter_mut().for_each(sort),
        Json::Object(members) => {
            members.sort_by(|(a, _), (b, _)| a.cmp(b));
            members.iter_mut().for_each(|(_, value)| sort(value));
        }
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::String(_) => {}
    }
}

fn line(line: &Line, scalar: Scalar) -> Json {
    let inner = |inner: &Inner| {
        let on = match scalar(inner.on.to_string()) {
            Json::Number(_) => Json::Boolean(inner.on),
            text => text,
        };
        let note = inner.note.as_ref().map(|note| Json::String(note.to_string()));
        object([("on", Some(on)), ("note", note)])
    };
    object([
        ("name", Some(Json::String(line.name.clone()))),
        ("count", Some(scalar(line.count.to_string()))),
        ("tags", line.tags.as_deref().map(texts)),
        ("inner", line.inner.as_ref().map(inner)),
    ])
}

/// Calls operations with random values, and compares what the mock makes of the request.
macro_rules! round_trips {
    ($scalars:expr; $($operation:ident)*) => {{
        let (mock, client) = start().await;
        let (mut dice, mut refused) = (Dice(0x2545_f491_4f6c_dd1d), 0);
        for _ in 0..40 {
            $(
                let sent = Sent::random(&mut dice);
                let mut call = client.things().$operation(sent.id).one(sent.one.clone());
                // Of an empty list there is nothing in a form, and nothing is what is expected.
                if !sent.tags.is_empty() {
                    call = call.tags(sent.tags.clone());
                }
                if !sent.lines.is_empty() {
                    call = call.lines(sent.lines.clone());
                }
                if !sent.notes.is_empty() {
                    call = call.notes(sent.notes.clone().into_iter().collect());
                }
                let by_commas = stringify!($operation).ends_with("commas");
                let expected = if by_commas { unsayable(&sent.tags) } else { Vec::new() };
                if !expected.is_empty() {
                    assert_eq!(violations(call.await.unwrap_err()), expected, "{:?}", sent.tags);
                    refused += 1;
                } else {
                    call.await.unwrap_or_else(|error| panic!("{}: {error:?}", stringify!($operation)));
                    let request = last(&mock);
                    let mut values = mock.values(&request).unwrap();
                    values.remove("signature").unwrap();
                    let operation = stringify!($operation);
                    let what = format!("{operation} {} {}", request.query, String::from_utf8_lossy(&request.body));
                    values.values_mut().for_each(sort);
                    assert_eq!(values, sent.expected($scalars), "{what}");
                }
            )*
        }
        refused
    }};
}

/// What is said of items that commas cannot keep apart: none may have one, and one that is empty is none.
fn unsayable(tags: &[String]) -> Vec<String> {
    let is_one = |(_, tag): &(usize, &String)| tag.contains(',') || (tag.is_empty() && tags.len() == 1);
    tags.iter().enumerate().filter(is_one).map(|(at, _)| format!("tags[{at}] commas")).collect()
}

/// The violations for which a call was refused before anything was sent.
fn violations<E: OperationError>(error: Error<E>) -> Vec<String> {
    let Error::Invalid(found) = error else { panic!("{error:?}") };
    found.iter().map(|violation| format!("{} {}", violation.parameter, violation.constraint)).collect()
}

#[tokio::test]
async fn what_the_client_sends_is_what_the_mock_reads() {
    let refused = round_trips!([Json::String; 3];
        send_brackets send_indices send_ordinals send_members send_repeated send_pairs
        find_brackets find_indices find_ordinals find_members find_repeated find_pairs
    );
    assert_eq!(refused, 0);
}

#[tokio::test]
async fn parts_in_one_text_arrive_as_well() {
    assert_eq!(round_trips!([Json::String, Json::Number, Json::Number]; send_texts find_texts), 0);
    let refused = round_trips!([Json::String, Json::Number, Json::String]; send_commas find_commas);
    assert!((10..70).contains(&refused), "of 80 calls: {refused}");
}

#[tokio::test]
async fn json_keeps_what_is_no_text() {
    assert_eq!(round_trips!([Json::Number; 3]; send_json), 0);
}

#[tokio::test]
async fn null_clears() {
    let (mock, client) = start().await;
    let send = || client.things().send_json(1);
    send().tags(Patch::Clear).await.unwrap();
    let request = last(&mock);
    let body = String::from_utf8(request.body.clone()).unwrap();
    assert!(body.starts_with(r#"{"id":1,"tags":null,"signature":""#), "{body}");
    // It is signed as nothing, or the mock would have refused it.
    assert_eq!(mock.values(&request).unwrap()["tags"], Json::Null);
    for (patch, expected) in [(Patch::Keep, None), (Patch::Set(Vec::new()), Some(Json::Array(Vec::new())))] {
        send().tags(patch).await.unwrap();
        assert_eq!(mock.values(&last(&mock)).unwrap().remove("tags"), expected);
    }
}

#[tokio::test]
async fn parts_travel_beside_the_body_too() {
    let (mock, client) = start().await;
    let object = |members: &[(&str, &str)]| {
        let member = |(name, text): &(&str, &str)| ((*name).to_owned(), encodings::Json::String((*text).to_owned()));
        encodings::Json::Object(members.iter().map(member).collect())
    };
    let wide = WideNeeds { first: "1".into(), second: "2".into() };
    client
        .things()
        .elsewhere(vec![1, -2], "a/b,c".to_owned())
        .x_tags(vec!["x".into(), "y z".into()])
        .meta(object(&[("one", "1"), ("two", "2")]))
        .more(object(&[("a", "b"), ("declare", "c")]))
        .filters(object(&[("q", "&=")]))
        .x_declared(7)
        .wide(Wide::new(wide))
        .await
        .unwrap();
    let request = last(&mock);
    assert!(request.path.ends_with("/elsewhere/1%2C-2/a%2Fb%2Cc"), "{}", request.path);
    let tags: Vec<_> =
        request.headers.iter().filter(|(name, _)| name == "x-tags").map(|(_, text)| text.as_str()).collect();
    assert_eq!((tags, request.header("x-meta-two")), (vec!["x", "y z"], Some("2")));
    let body = r#"{"x_a":"b","x_declare":"c","x_declared":7,"wide":{"first":"1","second":"2","third one":null},"#;
    assert!(request.body.starts_with(body.as_bytes()), "{:?}", String::from_utf8_lossy(&request.body));
    let values = mock.values(&request).unwrap();
    let text = |text: &str| Json::String(text.to_owned());
    let pairs = |members: &[(&str, &str)]| {
        Json::Object(members.iter().map(|(name, value)| ((*name).to_owned(), text(value))).collect())
    };
    assert_eq!(values["ids"], Json::Array(vec![text("1"), text("-2")]));
    assert_eq!((&values["name"], &values["X-Tags"]), (&text("a/b,c"), &Json::Array(vec![text("x"), text("y z")])));
    assert_eq!(values["X-Meta-"], pairs(&[("one", "1"), ("two", "2")]));
    assert_eq!(values["x_"], pairs(&[("a", "b"), ("declare", "c")]));
    assert_eq!((&values["f_"], &values["x_declared"]), (&pairs(&[("q", "&=")]), &Json::Number("7".to_owned())));
}

#[tokio::test]
async fn maps_hold_anything() {
    let (mock, client) = start().await;
    let nested = OrderedMap::from([
        ("a", OrderedMap::from([("x y", vec!["1".to_owned(), "2".to_owned()]), ("é", vec!["3".to_owned()])])),
        ("b.c", OrderedMap::from([("z", vec!["4".to_owned()])])),
    ]);
    let lines =
        || OrderedMap::from([("first", Line::new("n", 1)), ("2", Line::new("m", 2).tags(vec!["t".to_owned()]))]);
    let more = OrderedMap::from([("one", 1), ("two", 2)]);
    client.things().maps().nested(nested).lines(lines()).pairs(lines()).more(more).await.unwrap();
    let request = last(&mock);
    let body = String::from_utf8(request.body.clone()).unwrap();
    assert!(body.contains("pairs.1.n=first&pairs.1.v%5Bname%5D=n&pairs.1.v%5Bcount%5D=1&pairs.2.n=2&"), "{body}");
    let values = mock.values(&request).unwrap();
    let list = |items: &[&str]| Some(texts(&items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>()));
    let mut expected = [
        object([
            ("a", Some(object([("x y", list(&["1", "2"])), ("é", list(&["3"]))]))),
            ("b.c", Some(object([("z", list(&["4"]))]))),
        ]),
        object([
            ("first", Some(line(&Line::new("n", 1), Json::String))),
            ("2", Some(line(&Line::new("m", 2).tags(vec!["t".to_owned()]), Json::String))),
        ]),
    ];
    expected.iter_mut().for_each(sort);
    for (name, expected) in [("nested", &expected[0]), ("lines", &expected[1]), ("pairs", &expected[1])] {
        let mut value = values[name].clone();
        sort(&mut value);
        assert_eq!(&value, expected, "{body}");
    }
    let texts = |text: &str| Some(Json::String(text.to_owned()));
    assert_eq!(values["x_"], object([("one", texts("1")), ("two", texts("2"))]));
}

#[test]
fn a_record_keeps_its_secrets() {
    let line = Line::new("name", 1).inner(Inner::new(true).note("c4nary"));
    assert!(!format!("{line:?}").contains("c4nary"));
    let client = Client::builder(Environment::custom("http://127.0.0.1:1").unwrap());
    let client = client.credentials(encodings::Credentials { key: "k".into() }).build().unwrap();
    let prepared = client.things().send_brackets(1).one(line).prepare().unwrap();
    let explanation = prepared.explanation().to_string();
    assert!(explanation.contains("personal") && !explanation.contains("c4nary"), "{explanation}");
}

/// A form has nothing of a record in which nothing is set, or of a list without items, and an empty text of null.
#[tokio::test]
async fn client_and_mock_agree_on_what_has_nothing_in_it() {
    let (_mock, client) = start().await;
    let things = client.things();
    let (unset, set) = (Loose::default, || Loose::default().name("a"));
    for (chest, missing) in [
        (Chest::new(1, set()), None),
        (Chest::new(1, set()).marks(vec!["x".to_owned()]), None),
        (Chest::new(1, unset()), Some("chest.own")),
        (Chest::new(1, set()).marks(Vec::new()), Some("chest.marks")),
        (Chest::new(1, set()).kind(Kind::Own(set().into())), None),
        (Chest::new(1, set()).kind(Kind::Number(1)), None),
        (Chest::new(1, set()).kind(Kind::Own(unset().into())), Some("chest.kind.data")),
        (Chest::new(1, set()).kind(Kind::Names(Vec::new())), Some("chest.kind.data")),
    ] {
        let violations = things.stow(chest.clone()).validate().err();
        let named = violations.iter().flat_map(|all| all.iter().map(|it| it.parameter.clone())).collect::<Vec<_>>();
        assert_eq!(named, Vec::from_iter(missing), "{chest:?}");
        let answered = things.stow(chest.clone()).skip_validation().await;
        assert_eq!(answered.err().map(|error| error.status().unwrap().as_u16()), missing.map(|_| 422), "{chest:?}");
        // In JSON all of it is there.
        things.stow_json(chest).await.unwrap();
    }
}
