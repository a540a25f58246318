//! What a network, or somebody who means harm, makes of a webhook.

use codegen_mock::interpret::Delivery;

use super::stamped::WebhookError;
use super::vectors::{Vector, vectors};
use super::{interpret, model, of_kind, signed, verify};

const NOW: i64 = 1_700_000_000_000;

/// A webhook of the first scheme with a body of our own, signed.
fn stamped(body: &[u8]) -> Delivery {
    signed("stamped", "example-secret", NOW, &Delivery { body: body.to_vec(), ..Delivery::default() }).unwrap()
}

fn check(delivery: &Delivery) -> Result<String, WebhookError> {
    verify("stamped", &["example-secret"], NOW, delivery)
}

/// The same with another signature header, made of the right one.
fn with(header: impl Fn(&str) -> String) -> Result<String, WebhookError> {
    let mut delivery = stamped(b"{}");
    let right = delivery.headers[0].1.split_once("v1=").unwrap().1.to_owned();
    delivery.headers[0].1 = header(&right);
    check(&delivery)
}

#[test]
fn the_parts_of_a_header_come_in_any_order_and_number() {
    let wrong = "0".repeat(64);
    for good in [
        |right: &str| format!("v1={right},t=1700000000"),
        |right: &str| format!(" t=1700000000 , v1={right} ,, "),
        |right: &str| format!("t=1700000000,v1=0,v1={right}"),
        |right: &str| format!("t=1700000000,v1={right},v1=0,v2=0,x"),
        |right: &str| format!("t=1700000000,t=1600000000,v1={right}"),
    ] {
        assert_eq!(with(good).as_deref(), Ok("Other(OtherEvent { name: \"\", .. })"));
    }
    let no_match = Err(WebhookError::NoMatch);
    assert_eq!(with(|right| format!("t=1700000000,v0={right},v2={right}")), no_match, "a version that is not known");
    assert_eq!(with(|right| format!("t=1700000000,V1={right}")), no_match);
    assert_eq!(with(|right| format!("t=1700000000,v1={right}0")), no_match);
    assert_eq!(with(|right| format!("t=1700000000,v1={}", &right[..63])), no_match);
    assert_eq!(with(|right| format!("t=1700000000,v1={}", right.to_uppercase())), no_match);
    assert_eq!(with(|_| format!("t=1700000000,v1={wrong}")), no_match);
    assert_eq!(with(|_| "t=1700000000".into()), no_match);
    assert_eq!(with(|_| "t=1700000000,v1=".into()), no_match);
    assert_eq!(with(|_| "t=1700000000,v1".into()), no_match);
    assert_eq!(with(|right| format!("t=1700000001,v1={right}")), no_match);
    // Its first time counts, and it is that one that is signed.
    assert_eq!(with(|right| format!("t=1700000001,t=1700000000,v1={right}")), no_match);
}

#[test]
fn a_time_that_is_none_is_refused() {
    assert_eq!(with(|right| format!("t=,v1={right}")), Err(WebhookError::NoTimestamp));
    assert_eq!(with(|right| format!("v1={right}")), Err(WebhookError::MissingField { field: "t" }));
    for time in ["soon", "-1700000000", "+1700000000", "1700000000.0", "17e8", "99999999999999999999", "0x0", "１"] {
        assert_eq!(with(|right| format!("t={time},v1={right}")), Err(WebhookError::BadTimestamp), "{time}");
    }
    assert_eq!(with(|right| format!("t=9223372036854775807,v1={right}")), Err(WebhookError::TooNew));
    assert_eq!(with(|right| format!("t=0,v1={right}")), Err(WebhookError::TooOld));
}

/// What follows the point, how an offset is written and where a day begins are all for one reading to decide.
#[test]
fn a_written_time_is_read_alike() {
    let delivery = |sent: &str| {
        let body = format!(r#"{{"sent":"{sent}","order":{{"state":"paid"}},"seal":{{"signature":""}}}}"#).into_bytes();
        let unsigned = Delivery { body, ..Delivery::default() };
        let seal = interpret::send(model("members"), "00ff10aa", NOW, "", &unsigned).unwrap().signature;
        let body =
            String::from_utf8(unsigned.body).unwrap().replace(r#""signature":"""#, &format!(r#""signature":"{seal}""#));
        Delivery { body: body.into_bytes(), headers: Vec::new(), ..Delivery::default() }
    };
    let check = |sent: &str| verify("members", &["00ff10aa"], NOW, &delivery(sent)).err();
    for good in [
        "2023-11-14T22:13:20Z",
        "2023-11-14T23:13:20.123456+01:00",
        "2023-11-14T22:13:20.5Z",
        "2023-11-14t22:13:20z",
        "2023-11-14T22:13:20-00:00",
        "2023-11-14T22:13:60Z",
    ] {
        assert_eq!(check(good), None, "{good}");
    }
    for none in [
        "1700000000",
        "1700000000000",
        "2023-11-14",
        "2023-11-14T22:13:20",
        "2023-11-14T22:13Z",
        "14 Nov 2023 22:13:20 GMT",
        "2023-11-14T22:13:20+0100x",
        "2023-02-30T22:13:20Z",
        "2023-11-14T25:13:20Z",
        " 2023-11-14T22:13:20Z",
        "2023-11-14T22:13:20.Z",
        "2023-11-14 22:13:20Z",
        "2023-11-14T22:13:20+01",
        "2023-11-14T22:13:20+0100",
        "-001-01-01T00:00:00Z",
        "20231114T221320Z",
        "2023-11-14T22:13:20.1234567890Z",
        "2023-11-14T22:13:20+99:00",
        "2023-11-14T22:13:20+00:99",
        "２023-11-14T22:13:20Z",
    ] {
        assert_eq!(check(none), Some(WebhookError::BadTimestamp), "{none}");
    }
    assert_eq!(check(""), Some(WebhookError::NoTimestamp));
    assert_eq!(check("9999-12-30T21:59:59Z"), Some(WebhookError::TooNew));
    assert_eq!(check("0000-01-01T00:00:00Z"), Some(WebhookError::TooOld));
}

#[test]
fn of_a_header_that_comes_twice_the_first_counts() {
    let good = stamped(b"{}");
    let bad = ("Example-Signature".to_owned(), "t=1700000000,v1=00".to_owned());
    let mut twice = good.clone();
    twice.headers.push(bad.clone());
    assert!(check(&twice).is_ok());
    twice.headers.rotate_right(1);
    assert_eq!(check(&twice), Err(WebhookError::NoMatch));
    twice.headers[0].1.clear();
    assert!(check(&twice).is_err());
    let without = Delivery { headers: Vec::new(), ..good };
    assert_eq!(check(&without), Err(WebhookError::MissingHeader { header: "example-signature" }));
}

/// Whoever minds a copy within the time that is allowed remembers what was seen; a verifier does not.
#[test]
fn a_copy_is_what_it_is_a_copy_of() {
    let delivery = stamped(br#"{"type":"order.deleted"}"#);
    assert_eq!(check(&delivery), check(&delivery.clone()));
    assert!(check(&delivery).is_ok());
}

#[test]
fn a_verified_payload_is_read_or_says_where_it_cannot_be() {
    let event = |body: &str| check(&stamped(body.as_bytes()));
    let reason = |body: &[u8]| check(&stamped(body)).unwrap_err().to_string();
    assert_eq!(event(r#"{"type":"order.moved","a":1}"#).unwrap(), "Other(OtherEvent { name: \"order.moved\", .. })");
    assert_eq!(event("[]").unwrap(), "Other(OtherEvent { name: \"\", .. })");
    assert_eq!(
        reason(br#"{"type":"order.created","order":{"email":"a@example.com"}}"#),
        "the payload at `order.id` cannot be read: expected a value, found nothing at byte 57"
    );
    let bad_texts = [&b"{\"type\":\"\\ud800\"}"[..], b"{\"type\":\"order.deleted\",\"a\":\"\x01\"}", b"{\"a\":01}"];
    let cut = [&b""[..], b"{", b"{\"type\":\"order.created\"", b"\xff", b"{\"type\":\"\xff\"}", b"{}x", b"{\"a\":1,}"];
    for body in cut.into_iter().chain(bad_texts) {
        assert!(matches!(check(&stamped(body)), Err(WebhookError::Payload(_))), "{body:?}");
    }
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(event(&deep), Err(WebhookError::Payload(_))));
}

#[test]
fn ten_megabytes_are_verified_in_every_scheme() {
    let mut vectors = vectors();
    vectors.dedup_by(|next, first| next.scheme == first.scheme);
    assert_eq!(vectors.len(), 9);
    let check = |vector: &Vector| {
        let mut delivery = large(vector);
        let check = |delivery: &Delivery| verify(&vector.scheme, &[&vector.secret], vector.now, delivery);
        assert!(check(&delivery).is_ok(), "{}", vector.scheme);
        if vector.covers("body") {
            delivery.body[5_000_000] = b'y';
            assert_eq!(check(&delivery), Err(WebhookError::NoMatch), "{}", vector.scheme);
        }
    };
    // The longest of all tests, unless both of its halves run at once.
    let (one, other) = vectors.split_at(4);
    std::thread::scope(|scope| {
        scope.spawn(|| one.iter().for_each(check));
        other.iter().for_each(check);
    });
}

/// A vector with ten megabytes more of body, signed as its vendor would.
fn large(vector: &Vector) -> Delivery {
    let mut delivery = vector.delivery.clone();
    let padding = "x".repeat(10_000_000);
    let body = String::from_utf8(delivery.body).unwrap();
    delivery.body = match body.strip_prefix('{') {
        Some(members) => format!("{{\"padding\":\"{padding}\",{members}"),
        None => format!("{body}&padding={padding}"),
    }
    .into_bytes();
    let webhooks = model(&vector.scheme);
    delivery.headers.retain(|(name, _)| webhooks.headers.iter().all(|header| !header.name.eq_ignore_ascii_case(name)));
    let sent = interpret::send(webhooks, &vector.secret, vector.now, "msg_1", &delivery).unwrap();
    delivery.headers.extend(sent.headers);
    if vector.scheme == "plain" {
        let (unsigned, _) = delivery.url.as_ref().unwrap().split_once("&sign=").unwrap();
        delivery.url = Some(format!("{unsigned}&sign={}", sent.signature));
    }
    delivery
}

#[test]
fn bytes_that_are_no_text_are_verified_as_they_are() {
    let mut delivery = stamped(b"\xff\xfe\x00\x80");
    delivery.headers.push(("Content-Type".to_owned(), "application/octet-stream".to_owned()));
    assert_eq!(check(&delivery).unwrap(), "Other(OtherEvent { name: \"\", .. })");
}

/// Members that are there twice would be signed as the one and read as the other.
#[test]
fn members_that_are_there_twice_are_refused() {
    let vector = vectors().into_iter().find(|vector| vector.scheme == "members").unwrap();
    let body = String::from_utf8(vector.delivery.body.clone()).unwrap();
    let check = |body: String| {
        let delivery = Delivery { body: body.into_bytes(), ..vector.delivery.clone() };
        verify("members", &[&vector.secret], vector.now, &delivery)
    };
    assert!(check(body.clone()).is_ok());
    let twice = body.replacen("\"id\": \"A-1\"", "\"id\": \"A-1\", \"id\": \"B-2\"", 1);
    assert_ne!(twice, body);
    assert_eq!(check(twice), Err(WebhookError::NoFields));
    assert_eq!(check(body.replacen("12.50", "12.51", 1)), Err(WebhookError::NoMatch));
    assert_eq!(check("not json".into()), Err(WebhookError::NoFields));
    // It is the same leaf, and the order would have none.
    let elsewhere = body.replacen("\"id\": \"A-1\"", "\"no\": 1", 1).replacen('{', "{\"order.id\": \"A-1\", ", 1);
    assert!(elsewhere.contains("\"no\": 1"), "{elsewhere}");
    assert_eq!(check(elsewhere), Err(WebhookError::NoFields));
    assert_eq!(check("{}".into()), Err(WebhookError::NoTimestamp));
}

/// A form of a scheme, signed.
fn form(scheme: &str, secret: &str, body: &[u8]) -> Result<Delivery, interpret::Refusal> {
    signed(scheme, secret, NOW, &of_kind("application/x-www-form-urlencoded", body))
}

/// All that is not UTF-8 would be decoded alike, and what is signed of one be taken for another.
#[test]
fn pairs_that_are_no_text_are_refused_where_they_are_signed() {
    let secret = "key=c2VjcmV0";
    let check = |delivery: &Delivery| verify("pairs", &[secret], NOW, delivery);
    let signed = form("pairs", secret, b"event=any&x=%EF%BF%BD").unwrap();
    assert!(check(&signed).is_ok());
    for body in [&b"event=any&x=%ff"[..], b"event=any&x=%fe", b"event=any&x=\xff", b"event=any&x=%EF%BF%BD&%ff=1"] {
        let tampered = Delivery { body: body.to_vec(), ..signed.clone() };
        assert_eq!(check(&tampered), Err(WebhookError::NoFields), "{body:?}");
        assert!(form("pairs", secret, body).is_err(), "{body:?}");
    }
    assert_eq!(check(&Delivery { body: b"event=any&x=%3F".to_vec(), ..signed }), Err(WebhookError::NoMatch));
    // The bytes are what is signed here.
    let signed = form("forms", "s", b"event[type]=any&x=%ff").unwrap();
    assert!(verify("forms", &["s"], NOW, &signed).is_ok());
    let tampered = Delivery { body: b"event[type]=any&x=%fe".to_vec(), ..signed };
    assert_eq!(verify("forms", &["s"], NOW, &tampered), Err(WebhookError::NoMatch));

    let vector = vectors().into_iter().find(|vector| vector.scheme == "plain").unwrap();
    let check = |more: &str| {
        let url = vector.delivery.url.clone().map(|url| url + more);
        verify("plain", &[&vector.secret], vector.now, &Delivery { url, ..vector.delivery.clone() })
    };
    assert!(check("&x=%EF%BF%BD").is_ok());
    assert_eq!(check("&x=%ff"), Err(WebhookError::BadQuery));
    assert_eq!(check("&%c3=%a9"), Err(WebhookError::BadQuery));
}

#[test]
fn ten_megabytes_of_a_form_are_verified() {
    for (scheme, secret, event) in [("forms", "s", "event[type]=any"), ("pairs", "key=c2VjcmV0", "event=any")] {
        let body = format!("{event}&x={}", "x".repeat(10_000_000)).into_bytes();
        let mut delivery = form(scheme, secret, &body).unwrap();
        assert!(verify(scheme, &[secret], NOW, &delivery).is_ok(), "{scheme}");
        delivery.body[5_000_000] = b'y';
        assert_eq!(verify(scheme, &[secret], NOW, &delivery), Err(WebhookError::NoMatch), "{scheme}");
    }
}

/// With these no webhook could be verified, so that there is no verifier; both readings tell that before anything else.
#[test]
fn a_secret_that_cannot_be_used_is_told_before_there_is_a_webhook() {
    use super::{Verifier, address, members, pairs, standard};
    let standard = |secrets: &[&str]| Verifier::<standard::WebhookEvent>::new(secrets.iter().copied()).err();
    let Vector { secret, .. } = vectors().into_iter().find(|vector| vector.scheme == "standard").unwrap();
    assert_eq!(standard(&[&secret, "whsec_b3RoZXI="]), None);
    for (secrets, why) in [
        (&[][..], "there is no secret to verify webhooks with"),
        (&[&secret, ""], "secret 2 is empty"),
        (&["whsec_$$$"], "secret 1 is not base64"),
        (&[&secret, "whsec_b3RoZXI=", "whsec_$$$"], "secret 3 is not base64"),
    ] {
        assert_eq!(standard(secrets).unwrap().to_string(), why);
        let secrets: Vec<_> = secrets.iter().map(|secret| (*secret).to_owned()).collect();
        let refusal = interpret::verify(model("standard"), &secrets, NOW, &Delivery::default()).unwrap_err();
        assert!(matches!(refusal, interpret::Refusal::NoSecret | interpret::Refusal::BadSecret { .. }), "{refusal:?}");
    }
    let odd = Verifier::<members::WebhookEvent>::new(["00ff10aa", "00ff1"]).err().unwrap();
    assert_eq!(odd.to_string(), "secret 2 is not hexadecimal");
    for (secret, what) in [("key=/w==", "UTF-8"), ("key=$", "base64"), ("a=1", "written as it must be")] {
        let odd = Verifier::<pairs::WebhookEvent>::new([secret]).err().unwrap();
        assert_eq!(odd.to_string(), format!("secret 1 is not {what}"));
        let refusal = interpret::verify(model("pairs"), &[secret.to_owned()], NOW, &Delivery::default()).unwrap_err();
        assert_eq!(refusal, interpret::Refusal::BadSecret { index: 0, encoding: what });
    }
    assert_eq!(Verifier::<address::WebhookEvent>::new(["$$$"]).err(), None, "it is used as it is");
}
