//! Every kind of value, from a client to a server that only knows the spec, and back.

use std::path::PathBuf;

use codegen_mock::Mock;
use serde_json::json;
use tests::kinds::{
    Base64, Call, CivilDate, CivilDateTime, Clause, Client, CreateThing, Created, Credentials, Deleted, Environment,
    Error, Event, Json, JsonText, Level, Maybe, Node, NumberOrText, OrderId, OrderedMap, Patch, Payload, Reference,
    Slug, Thing, Things, UserId,
};

use crate::support::{Scripted, body, last};

async fn mock() -> Mock {
    Mock::start(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/good/kinds")).await.unwrap()
}

fn client(address: &str) -> Client {
    Client::builder(Environment::custom(address).unwrap()).credentials(Credentials {}).build().unwrap()
}

fn new() -> CreateThing {
    CreateThing {
        order: OrderId(u64::MAX),
        slug: "a b".into(),
        reference: "007".into(),
        price: "19.90".parse().unwrap(),
        is_on: false,
        bit: true,
        level: Level::Minus2,
        opens: "21:39:00".parse().unwrap(),
    }
}

/// A call with every parameter that there is.
pub(crate) fn full(things: &Things) -> Call<CreateThing> {
    let moment = |text: &str| text.parse().unwrap();
    things
        .create(new())
        .count(u64::MAX)
        .big(9_007_199_254_740_993)
        .rate("0.10".parse().unwrap())
        .says(true)
        .either(NumberOrText::from(2_i64))
        .picture(Base64::from(&b"hi"[..]))
        .created(moment("2018-05-28T09:39:25.9Z"))
        .changed(moment("2018-05-28T09:39:25Z"))
        .seen(moment("2018-05-28T11:39:25+02:00"))
        .mailed(moment("2018-05-28T09:39:25Z"))
        .micros(moment("2018-05-28T09:39:25.052Z"))
        .born("2018-05-28".parse::<CivilDate>().unwrap())
        .local("2018-05-28T09:39:25".parse::<CivilDateTime>().unwrap())
        .odd_name_0_x_y(Level::Other(7))
        .days(vec!["2018-05-28".parse().unwrap()])
        .extra(OrderedMap::from([("b", Json::Null), ("a", Json::Bool(true))]))
        .rights(OrderedMap::from([("read", true)]))
        .filter(JsonText(vec![Clause::new("age").is_on(true).inner(JsonText(Clause::new("x")))]))
        .events(vec![Event::Deleted(Deleted::default().reason("spam").into())])
        .payload(Payload::Event(Event::Created(Created::new(moment("2018-05-28T09:39:25Z")).into()).into()))
        .root(Node::new("a").parent(Node::new("b")).children(vec![Node::new("c")]))
}

#[tokio::test]
async fn what_is_sent_is_read_back() {
    let mock = mock().await;
    let things = client(mock.address()).things();
    let moment = |text: &str| text.parse().unwrap();
    let created = full(&things).await.unwrap();
    let sent = json!({
        "order": u64::MAX, "slug": "a b", "reference": "007", "price": "19.90", "is_on": "N", "bit": 1, "level": -2,
        "opens": "09:39 PM", "count": u64::MAX, "big": "9007199254740993", "rate": 0.10, "says": "yes", "either": 2,
        "picture": "aGk=", "created": 1_527_500_365, "changed": "2018-05-28 11:39:25",
        "seen": "Mon May 28 11:39:25 +0200 2018", "mailed": "Mon, 28 May 2018 09:39:25 +0000",
        "micros": "1527500365.052000", "born": "28/05/2018", "local": "2018-05-28T09:39:25", "@odd:<name>[0].x y": 7,
        "days": ["28.05.2018"], "extra": {"b": null, "a": true}, "rights": {"read": "Y"},
        "filter": r#"[{"name":"age","is_on":"Y","inner":"{\"name\":\"x\"}"}]"#,
        "events": [{"kind": "<deleted>", "reason": "spam"}],
        "payload": {"@type": "event", "data": {"kind": "created", "at": 1_527_500_365}},
        "root": {"id": "a", "parent": {"id": "b"}, "children": [{"id": "c"}]},
    });
    assert_eq!(serde_json::Value::Object(body(&last(&mock))), sent);
    let CreateThing { order, slug, reference, price, is_on, bit, level, opens } = new();
    assert_eq!((created.order, created.slug.as_ref()), (order, Some(&slug)));
    assert_eq!((&created.reference, &created.price, created.is_on), (&reference, &price, is_on));
    assert!(!created.reference.0.is_number());
    assert_eq!((created.bit, &created.level, created.opens), (Some(bit), &level, opens));
    assert_eq!((created.count, created.big), (Some(u64::MAX), Some(9_007_199_254_740_993)));
    assert_eq!(created.rate.as_ref().unwrap().as_str(), "0.10");
    assert!(created.says.unwrap() && created.either.as_ref().unwrap().is_number());
    assert_eq!(created.picture.as_deref(), Some(&b"hi"[..]));
    assert_eq!(created.created, Some(moment("2018-05-28T09:39:25Z")));
    let times = [created.changed, created.seen, created.mailed].map(|time| time.unwrap().unix_millis());
    assert_eq!(times, [1_527_500_365_000; 3]);
    assert_eq!(created.micros.unwrap().to_string(), "2018-05-28T09:39:25.052000Z");
    assert_eq!(created.born.unwrap().to_string(), "2018-05-28");
    assert_eq!(created.odd_name_0_x_y, Some(Level::Other(7)));
    assert!(matches!(&created.events[..], [Event::Deleted(gone)] if gone.reason.as_deref() == Some("spam")));
    assert!(matches!(&created.payload, Payload::Event(event) if matches!(**event, Event::Created(_))));
    assert_eq!(created.root, Node::new("a").parent(Node::new("b")).children(vec![Node::new("c")]));
    assert_eq!(created.filter.as_ref().unwrap()[0].inner.as_ref().unwrap().name, "x");
    assert_eq!(created.rights, Some(OrderedMap::from([("read", true)])));
    assert_eq!(things.show(created.id).await.unwrap(), created);

    // What nobody gave has the emptiest form that can be read.
    let bare = things.create(new()).await.unwrap();
    assert!(bare.events.is_empty() && matches!(bare.payload, Payload::Other(_)) && bare.root.id == "".into());

    // Clearing is the text that the spec says, or null, whatever the type.
    let cleared = things.create(new()).born(Patch::Clear).local(Patch::Clear).days(Patch::Clear).await.unwrap();
    let sent = body(&last(&mock));
    assert_eq!((&sent["born"], &sent["local"], &sent["days"]), (&json!(""), &json!(null), &json!(null)));
    assert_eq!((cleared.born, cleared.local, cleared.days), (None, None, None));
    things.create(new()).local(Patch::Keep).await.unwrap();
    assert!(!body(&last(&mock)).contains_key("local"));
}

#[tokio::test]
async fn parameters_of_every_kind_stand_in_paths_and_queries() {
    let server = Scripted::once(crate::support::json(200, r#"{"things":[]}"#));
    let things = client(server.address()).things();
    let call = things.list(Slug("a/b".into()), true).on(true).until("2018-05-28T09:39:25+01:00".parse().unwrap());
    let call = call.day("2018-05-28".parse().unwrap()).at("09:39:25".parse().unwrap()).level(Level::High);
    let prepared = call.min_price("1.0".parse().unwrap()).max(7).prepare().unwrap();
    assert_eq!(
        prepared.request().uri().to_string().split_once("/slugs").unwrap().1,
        "/a%2Fb/things?on=Y&bit=1&until=28%2F05%2F2018%2009%3A39%20%2B0100&day=20180528&at=09%3A39%3A25\
         &min_price=1.0&level=3&max=7"
    );
    let refused = things.list(Slug(String::new()), true).order(OrderId(u64::MAX)).await;
    let Err(Error::Invalid(violations)) = refused else { panic!("{refused:?}") };
    assert!(violations.to_string().contains("`order` must be at most 100"), "{violations}");
}

#[tokio::test]
async fn the_documented_answer_is_read() {
    let mock = mock().await;
    let thing = client(mock.address()).things().documented().await.unwrap();
    check(&thing);
}

fn check(thing: &Thing) {
    assert_eq!((thing.id, thing.order, thing.slug.as_ref()), (UserId(7), OrderId(u64::MAX), Some(&"a/b".into())));
    assert_eq!((&thing.reference, thing.count), (&Reference::from("007"), Some(3)));
    assert_eq!((thing.price.as_str(), thing.rate.as_ref().unwrap().as_str()), ("19.90", "0.10"));
    assert_eq!((thing.is_on, thing.has_bits.as_deref(), thing.says), (true, Some(&[true, false][..]), Some(false)));
    let times = [thing.created, thing.changed, thing.seen, thing.mailed, thing.micros];
    let millis = times.map(|time| time.unwrap().unix_millis());
    assert_eq!(millis, [1_527_500_365_052, 1_527_500_365_000, 1_527_500_365_000, 1_527_500_365_000, 1_527_500_365_052]);
    assert_eq!((thing.born.unwrap().to_string(), thing.opens.to_string()), ("2018-05-28".into(), "21:39:00".into()));
    assert_eq!(thing.days.as_ref().unwrap()[0], thing.born.unwrap());
    let names: Vec<_> = thing.extra.as_ref().unwrap().iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["b", "a"]);
    assert_eq!(thing.rights, Some(OrderedMap::from([("read", true), ("write", false)])));
    assert_eq!(thing.matrix, Some(vec![vec![1, 2], vec![]]));
    let clause = &thing.filter.as_ref().unwrap()[0];
    assert_eq!(
        (clause.name.as_str(), clause.is_on, clause.inner.as_ref().unwrap().name.as_str()),
        ("age", Some(true), "x")
    );
    assert_eq!(thing.note, Maybe::Null);
    assert!(matches!(&thing.events[..], [Event::Deleted(gone)] if gone.reason.as_deref() == Some("spam")));
    let Payload::Event(event) = &thing.payload else { panic!("{:?}", thing.payload) };
    assert!(matches!(&**event, Event::Created(created) if created.at.unix_millis() == 1_527_500_365_000));
    let parent = thing.root.parent.as_ref().unwrap();
    assert_eq!(parent.owner.as_ref().unwrap().node.id, "c".into());
    assert_eq!(thing.root.by_name.as_ref().unwrap().get("d").unwrap().id, "d".into());
    assert_eq!((&thing.level, thing.odd_name_0_x_y.as_ref()), (&Level::High, Some(&Level::Minus2)));
    assert_eq!(thing.crab.as_deref(), Some("pinch"));
}
