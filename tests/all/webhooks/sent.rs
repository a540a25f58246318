//! What the vendor's part makes is what both readings accept.

use codegen_mock::interpret::Delivery;

use super::vectors::vectors;
use super::{interpret, model, verify};

#[test]
fn what_is_sent_in_the_vendors_stead_is_accepted() {
    let mut sent_some = 0;
    for vector in vectors() {
        let webhooks = model(&vector.scheme);
        if webhooks.headers.is_empty() {
            continue;
        }
        sent_some += 1;
        let is_sent = |name: &str| webhooks.headers.iter().any(|header| header.name.eq_ignore_ascii_case(name));
        let mut bare = vector.delivery.clone();
        bare.headers.retain(|(name, _)| !is_sent(name));
        let sent = interpret::send(webhooks, &vector.secret, vector.now, "msg_1", &bare).unwrap();
        let headers = bare.headers.iter().cloned().chain(sent.headers).collect();
        let delivery = Delivery { headers, ..bare };
        assert!(verify(&vector.scheme, &[&vector.secret], vector.now, &delivery).is_ok(), "{}", vector.scheme);
    }
    assert!(sent_some > 6);
}

#[test]
fn what_the_published_examples_say_is_what_is_sent() {
    let prefixed = vectors().into_iter().find(|vector| vector.scheme == "prefixed").unwrap();
    let sent = interpret::send(model("prefixed"), &prefixed.secret, 0, "", &prefixed.delivery).unwrap();
    let published = prefixed.delivery.headers.iter().find(|(name, _)| name == "X-Hub-Signature-256");
    assert_eq!(sent.headers.first(), published);
    assert_eq!(Some(&sent.signature), published.map(|(_, value)| value));
}
