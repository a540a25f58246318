//! What the vendor sends by itself, in its three formats.

use generated_client::proctoru::{
    Json, WebhookError, WebhookEvent as Event, WebhookRequest, WebhookVerifier as Verifier,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use crate::samples::{TEXT, changed, deep, written};

/// One of the files that stand beside the tests.
fn file(name: &str) -> Value {
    let path = format!("{}/data/proctoru/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn verify(secrets: &[&str], body: &str, headers: &[(&str, &str)]) -> Result<Event, WebhookError> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(HeaderName::try_from(*name).unwrap(), HeaderValue::from_str(value).unwrap());
    }
    Verifier::new(secrets.iter().copied()).unwrap().verify(WebhookRequest::new(&map, body.as_bytes()))
}

/// Makes the header that goes with a body, as the spec says it is made.
fn signer() -> impl Fn(&str) -> String {
    let webhooks = codegen::load(&super::spec()).unwrap_or_else(|failure| panic!("{failure}")).webhooks.unwrap();
    move |body| {
        let delivery = codegen_mock::interpret::Delivery { body: body.into(), ..Default::default() };
        let sent = codegen_mock::interpret::send(&webhooks, "hush", 0, "", &delivery).unwrap();
        sent.headers.into_iter().find(|(name, _)| name == "X-ProctorU-Signature").unwrap().1
    }
}

fn signature(body: &str) -> String {
    signer()(body)
}

#[test]
fn the_published_vector_holds_and_what_differs_is_refused() {
    let vector = file("webhook.signature");
    let text = |of: &Value, name: &str| of[name].as_str().or(vector[name].as_str()).unwrap().to_owned();
    let check = |of: &Value| {
        let (secret, body, header) = (text(of, "secret"), text(of, "raw_body"), text(of, "header_value"));
        verify(&[&secret], &body, &[("x-PROCTORU-signature", &header)])
    };
    for refused in vector["must_reject"].as_array().unwrap() {
        assert!(matches!(check(refused), Err(WebhookError::NoMatch)), "{refused}");
    }

    // The published body is no event: as a table of one line, it is one that nobody describes.
    let published = ["secret", "raw_body", "header_value"].map(|name| text(&vector, name));
    let csv = |[secret, body, header]: [&str; 3]| {
        verify(&[secret], body, &[("content-type", "text/csv"), ("x-PROCTORU-signature", header)])
    };
    let Event::Other(event) = csv(published.each_ref().map(String::as_str)).unwrap() else { panic!("it is described") };
    assert_eq!((event.body.as_slice(), event.payload), (b"request body".as_slice(), Json::Null));
    // Any byte that differs is refused, in the secret, the body and the signature.
    let mut count = 0;
    for (which, text) in published.iter().enumerate() {
        for at in 0..text.len() {
            let mut changed = published.clone();
            let other = if text.as_bytes()[at] == b'0' { "1" } else { "0" };
            changed[which].replace_range(at..=at, other);
            let refused = csv(changed.each_ref().map(String::as_str));
            assert!(refused.is_err(), "{changed:?}");
            count += 1;
        }
    }
    assert_eq!(count, 21 + 12 + 45);
}

#[test]
fn known_events_are_typed_and_others_are_open() {
    let body = file("webhook.event-system-metrics-test-it-out-log")["body"].to_string();
    let event = verify(&["hush"], &body, &[("X-ProctorU-Signature", &signature(&body))]).unwrap();
    let Event::EventSystemMetricsTestItOutLog(notice) = &event else { panic!("{event:?}") };
    assert_eq!(notice.event.created_at.as_ref().unwrap().to_string(), "2025-01-29T05:53:45.776Z");
    assert_eq!(notice.system_metrics.as_ref().unwrap().cpu_usage.as_deref(), Some("4%"));
    assert!(!format!("{event:?}").contains("test.taker@example.com"), "{event:?}");

    let body = file("webhook.event-reservation-confirmation")["body"].to_string();
    let event = verify(&["hush"], &body, &[("X-ProctorU-Signature", &signature(&body))]).unwrap();
    let Event::EventReservationConfirmation(notice) = &event else { panic!("{event:?}") };
    assert_eq!(notice.reservation, None);

    let body = r#"{"event":{"type":"event-fulfillment-ended"},"cancellation":{"by":1}}"#;
    let event = verify(&["hush"], body, &[("X-ProctorU-Signature", &signature(body))]).unwrap();
    let Event::Other(other) = &event else { panic!("{event:?}") };
    assert_eq!((other.name.as_str(), other.body.as_slice()), ("event-fulfillment-ended", body.as_bytes()));
}

#[test]
fn forms_and_csv_are_events_like_any_other() {
    for (kind, body) in [
        (
            "application/x-www-form-urlencoded",
            "event%5Btype%5D=event-system-metrics-test-it-out-log&event%5Bcreated_at%5D=2025-01-29T05%3A53%3A45.776Z\
             &system_metrics.cpu_usage=4%25",
        ),
        (
            "text/csv",
            "event.type,event.created_at,system_metrics[cpu_usage]\r\n\
             event-system-metrics-test-it-out-log,2025-01-29T05:53:45.776Z,4%\r\n",
        ),
    ] {
        let headers = [("Content-Type", kind), ("X-ProctorU-Signature", &signature(body))];
        let event = verify(&["hush"], body, &headers).unwrap();
        let Event::EventSystemMetricsTestItOutLog(notice) = &event else { panic!("{kind}: {event:?}") };
        assert_eq!(notice.event.created_at.as_ref().unwrap().to_string(), "2025-01-29T05:53:45.776Z");
        assert_eq!(notice.system_metrics.as_ref().unwrap().cpu_usage.as_deref(), Some("4%"));
        assert!(verify(&["hush"], &format!("{body}x"), &headers).is_err());
    }
    // What has no such columns, or more lines, is given as it came.
    for (body, is_read) in [("type,at\nevent-reservation-confirmation,now\n", true), ("a\nb\nc\n", false)] {
        let headers = [("Content-Type", "text/csv"), ("X-ProctorU-Signature", &signature(body))];
        let Event::Other(other) = verify(&["hush"], body, &headers).unwrap() else { panic!("{body}") };
        assert_eq!((other.body.as_slice(), other.payload != Json::Null), (body.as_bytes(), is_read));
    }
}

#[test]
fn a_secret_is_replaced_while_both_are_in_use() {
    let body = file("webhook.event-reservation-confirmation")["body"].to_string();
    let headers = [("X-ProctorU-Signature", &*signature(&body))];
    assert!(verify(&["new", "hush"], &body, &headers).is_ok());
    assert!(matches!(verify(&["new"], &body, &headers), Err(WebhookError::NoMatch)));
    assert!(matches!(verify(&["hush"], &body, &[]), Err(WebhookError::MissingHeader { .. })));
}

#[test]
fn a_notice_with_any_node_changed_is_an_event_or_an_error() {
    let sign = signer();
    let deep = deep();
    for name in ["webhook.event-system-metrics-test-it-out-log", "webhook.event-reservation-confirmation"] {
        let all = changed(&file(name)["body"]);
        assert!(all.len() > 30, "{name}");
        for body in all.iter().flat_map(|body| written(body, &deep)) {
            if let Err(error) = verify(&["hush"], &body, &[("X-ProctorU-Signature", &sign(&body))]) {
                assert!(!matches!(error, WebhookError::NoMatch), "{name}: {body:.300}");
                assert!(!format!("{error} {error:?}").contains(TEXT), "{name}: {error:?}");
            }
        }
    }
}
