//! What Python's standard library has signed, or a vendor published, and everything that can happen to it on its way.

use codegen_mock::interpret::Delivery;
use serde_json::Value;

use super::stamped::WebhookError;
use super::verify;

pub(super) struct Vector {
    pub(super) scheme: String,
    pub(super) secret: String,
    pub(super) now: i64,
    covers: Vec<String>,
    pub(super) delivery: Delivery,
}

pub(super) fn vectors() -> Vec<Vector> {
    let all: Vec<Value> = serde_json::from_str(include_str!("../../vectors/webhooks.json")).unwrap();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let vector = |value: &Value| Vector {
        scheme: text(&value["scheme"]).unwrap(),
        secret: text(&value["secret"]).unwrap(),
        now: value["now"].as_i64().unwrap(),
        covers: value["covers"].as_array().unwrap().iter().map(|it| text(it).unwrap()).collect(),
        delivery: Delivery {
            method: text(&value["method"]),
            url: text(&value["url"]),
            headers: serde_json::from_value(value["headers"].clone()).unwrap(),
            body: text(&value["body"]).unwrap().into_bytes(),
        },
    };
    all.iter().map(vector).collect()
}

impl Vector {
    pub(super) fn covers(&self, what: &str) -> bool {
        self.covers.iter().any(|it| it == what)
    }

    fn check(&self, change: impl FnOnce(&mut Delivery)) -> Result<String, WebhookError> {
        let mut delivery = self.delivery.clone();
        change(&mut delivery);
        verify(&self.scheme, &[&self.secret], self.now, &delivery)
    }
}

#[test]
fn what_was_signed_is_accepted_and_read() {
    let events: Vec<_> = vectors().iter().map(|it| format!("{}: {}", it.scheme, it.check(|_| ()).unwrap())).collect();
    assert_eq!(
        events,
        [
            "stamped: OrderCreated(OrderEvent { order: Order { id: OrderId(7), email: Some(Personal([redacted])) } })",
            "prefixed: Other(OtherEvent { name: \"ping\", .. })",
            "standard: Ping(Object([(\"event_type\", String(\"ping\")), (\"data\", Object([(\"success\", Bool(true))]))]))",
            "standard: Other(OtherEvent { name: \"\", .. })",
            "address: Other(OtherEvent { name: \"\", .. })",
            "address: Other(OtherEvent { name: \"\", .. })",
            "address: Other(OtherEvent { name: \"\", .. })",
            "command: WebhookCollect(Command { team_id: \"T1DC2JH3J\", user_name: Some(Personal([redacted])) })",
            "members: Paid(Object([(\"sent\", String(\"2023-11-14T22:13:20Z\")), (\"order\", Object([\
                (\"id\", String(\"A-1\")), (\"amount\", Object([(\"value\", String(\"12.50\"))])), (\"state\", String(\"paid\"))])), \
                (\"seal\", Object([(\"signature\", String(\"ZZIVhNx+S9eco/CU6++1HrnfsrkC52lZvxmukpF1/mE=\"))]))]))",
            "plain: Report(Object([(\"kind\", String(\"report\")), (\"rows\", Array([]))]))",
            "values: Subscribe(Object([(\"Event\", String(\"subscribe\"))]))",
            "request: Opened(Object([(\"event\", Object([(\"name\", String(\"opened\"))]))]))",
        ]
        .map(|line| line.to_owned())
    );
}

#[test]
fn a_changed_body_is_refused() {
    for vector in vectors().iter().filter(|vector| vector.covers("body")) {
        let length = vector.delivery.body.len();
        for at in [0, length / 2, length - 1] {
            assert!(vector.check(|it| it.body[at] ^= 1).is_err(), "{} {at}", vector.scheme);
        }
        for change in [0, length / 2, length - 1] {
            assert!(vector.check(|it| it.body.truncate(change)).is_err(), "{} {change}", vector.scheme);
        }
        // Nothing is parsed and written anew: white space counts.
        assert!(vector.check(|it| it.body.push(b' ')).is_err(), "{}", vector.scheme);
        assert!(vector.check(|it| it.body.push(0xff)).is_err(), "{}", vector.scheme);
    }
}

#[test]
fn another_secret_is_refused_and_one_of_several_is_enough() {
    for vector in vectors() {
        let check = |secrets: &[&str]| verify(&vector.scheme, secrets, vector.now, &vector.delivery);
        let (own, other) = (vector.secret.as_str(), "00ff10ab");
        assert!(check(&[other]).is_err(), "{}", vector.scheme);
        assert!(check(&[other, own]).is_ok() && check(&[own, other]).is_ok(), "{}", vector.scheme);
    }
}

#[test]
fn what_is_late_or_early_is_refused() {
    for vector in vectors().iter().filter(|vector| vector.covers("time")) {
        let at = |now: i64| verify(&vector.scheme, &[&vector.secret], now, &vector.delivery);
        assert_eq!(at(vector.now + 7_201_000), Err(WebhookError::TooOld), "{}", vector.scheme);
        assert_eq!(at(vector.now - 7_800_000), Err(WebhookError::TooNew), "{}", vector.scheme);
    }
    let [first, ..] = &vectors()[..] else { panic!("no vectors") };
    let at = |now: i64| verify(&first.scheme, &[&first.secret], now, &first.delivery).err();
    let (old, new) = (Some(WebhookError::TooOld), Some(WebhookError::TooNew));
    assert_eq!([at(1_700_000_300_999), at(1_700_000_301_000)], [None, old]);
    assert_eq!([at(1_699_999_700_000), at(1_699_999_699_999)], [None, new]);
}

#[test]
fn names_of_headers_are_in_any_case_and_each_is_needed() {
    for vector in vectors() {
        let upper = |it: &mut Delivery| it.headers.iter_mut().for_each(|(name, _)| *name = name.to_uppercase());
        assert!(vector.check(upper).is_ok(), "{}", vector.scheme);
        let signs = |name: &str| name.to_lowercase() != "content-type" && name.to_lowercase() != "x-github-event";
        for index in 0..vector.delivery.headers.len() {
            if signs(&vector.delivery.headers[index].0) {
                assert!(vector.check(|it| drop(it.headers.remove(index))).is_err(), "{}", vector.scheme);
                assert!(vector.check(|it| it.headers[index].1.clear()).is_err(), "{}", vector.scheme);
            }
        }
    }
}

#[test]
fn an_address_counts_as_it_is_written() {
    for vector in vectors().iter().filter(|vector| vector.delivery.url.is_some()) {
        assert_eq!(vector.check(|it| it.url = None), Err(WebhookError::NoAddress), "{}", vector.scheme);
        assert_eq!(vector.check(|it| it.url = Some("/hooks".into())), Err(WebhookError::BadAddress));
        if vector.covers("url") {
            let longer = |it: &mut Delivery| it.url.as_mut().unwrap().push_str("&more=1");
            assert_eq!(vector.check(longer), Err(WebhookError::NoMatch), "{}", vector.scheme);
            let elsewhere = |it: &mut Delivery| {
                it.url =
                    Some(it.url.as_ref().unwrap().replacen("ooks", "ooky", 1).replacen("mycompany", "yourcompany", 1))
            };
            assert_eq!(vector.check(elsewhere), Err(WebhookError::NoMatch), "{}", vector.scheme);
        }
    }
    let request = vectors().into_iter().find(|vector| vector.scheme == "request").unwrap();
    assert_eq!(request.check(|it| it.method = None), Err(WebhookError::NoMethod));
    assert_eq!(request.check(|it| it.method = Some("POST".into())), Err(WebhookError::NoMatch));
}

/// A body that is covered by its hash in the address alone.
#[test]
fn a_body_that_is_not_the_one_of_the_address_is_told() {
    let vectors = vectors();
    let hashed: Vec<_> =
        vectors.iter().filter(|it| it.delivery.url.as_ref().is_some_and(|url| url.contains("SHA256"))).collect();
    assert_eq!(hashed.len(), 2);
    for vector in hashed {
        assert_eq!(vector.check(|it| it.body.push(b' ')), Err(WebhookError::Differs));
    }
}
