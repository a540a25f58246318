//! What the parts of a body are, and which of them are signed.

use codegen_mock::Part;
use tests::bodies::{About, Error, FileId, OrderedMap, Upload};

use super::start;
use crate::support::last;

fn upload(name: &str, bytes: &'static str) -> Upload {
    Upload::bytes(name, bytes)
}

/// Name, name of the file, media type and bytes of each part.
fn shown(parts: &[Part]) -> Vec<String> {
    let shown = |part: &Part| {
        let file = part.file_name.as_ref().map(|name| format!(" <{name}>")).unwrap_or_default();
        let media_type = part.content_type.as_ref().map(|ty| format!(" ({ty})")).unwrap_or_default();
        format!("{}{file}{media_type}: {}", part.name, String::from_utf8_lossy(&part.bytes))
    };
    parts.iter().map(shown).collect()
}

#[tokio::test]
async fn parts_come_in_the_order_of_the_spec_under_repeated_and_counted_names() {
    let (mock, client) = start().await;
    client
        .files()
        .compose()
        .last(true.into())
        .extra(OrderedMap::from([
            ("one", upload("é\"\r\n.txt", "1").content_type("text/plain")),
            ("2", upload("2", "")),
        ]))
        .scans(vec![upload("s1", "abc"), upload("s2", "de\r\n")])
        .pages(vec![upload("p1", "\r\n--"), upload("p2", "\u{0}")])
        .about(About::new("t").order(vec!["pages[1]".into(), "pages[0]".into()]))
        .tags(vec!["x\ny".into(), "z".into()])
        .await
        .unwrap();
    let mut parts = last(&mock).parts().unwrap();
    let added: Vec<_> = parts.split_off(10).into_iter().map(|part| part.name).collect();
    assert_eq!(added, ["nonce", "signature"]);
    assert_eq!(
        shown(&parts),
        [
            "tags: x\ny",
            "tags: z",
            "about (application/json): {\"title\":\"t\",\"order\":[\"pages[1]\",\"pages[0]\"]}",
            "pages[0] <p1> (image/png): \r\n--",
            "pages[1] <p2> (image/png): \u{0}",
            "scans <s1> (application/octet-stream): abc",
            "scans <s2> (application/octet-stream): de\r\n",
            "extra-one <é\"\r\n.txt> (text/plain): 1",
            "extra-2 <2> (application/octet-stream): ",
            "last: true",
        ]
    );
    let first = mock.requests().remove(0);
    client.files().compose().tags(vec!["x".into()]).await.unwrap();
    let boundary = |text: Option<&str>| text.unwrap().split("boundary=").nth(1).unwrap().to_owned();
    let boundaries = [boundary(first.header("content-type")), boundary(last(&mock).header("content-type"))];
    assert!(boundaries[0] != boundaries[1] && boundaries.iter().all(|it| it.len() == 40), "{boundaries:?}");
    assert_eq!(first.header("content-length").unwrap(), first.body.len().to_string());
}

#[tokio::test]
async fn a_file_is_signed_by_its_name_or_not_at_all() {
    let (mock, client) = start().await;
    let file = client.files().create(upload("a.txt", "abc")).note("n").folder("f").await.unwrap();
    assert_eq!((file.id, file.name.as_deref(), file.note.as_deref()), (FileId(1), Some("a.txt"), Some("n")));
    let step = |signed: Option<bool>| {
        let call = client.files().create(upload("a.txt", "abc")).note("n").folder("f");
        let call = signed.into_iter().fold(call, |call, signed| call.with_signed("document", signed));
        let prepared = call.prepare().unwrap();
        assert!(prepared.request().body().is_empty(), "nothing of a file was read");
        let explanation = prepared.explanation().to_string();
        assert!(explanation.contains("filename=\"a.txt\"\nContent-Type: application/octet-stream\n\n[3 bytes]\n"));
        let signed = prepared.explanation().steps()[0].text();
        signed.split("nonce=").next().unwrap().to_owned()
    };
    assert_eq!(step(None), "note=n&");
    assert_eq!(step(Some(false)), "note=n&");
    assert_eq!(step(Some(true)), "note=n&document=a.txt&");
    // The mock goes by the spec.
    let error = client.files().create(upload("a.txt", "abc")).with_signed("document", true).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 403);
    let error = client.files().compose().with_signed("pages", false).pages(vec![upload("p", "1")]).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 403);
    assert_eq!(mock.requests().len(), 3);
    let error = client.files().create(upload("a", "")).with_signed("nobody", false).validate().unwrap_err();
    assert_eq!(error.to_string(), "`nobody` is not a parameter of this call");
}

#[tokio::test]
async fn what_is_no_file_or_too_large_is_refused_before_anything_is_sent_and_by_the_mock() {
    let (mock, client) = start().await;
    let large = || Upload::bytes("large", vec![b'x'; 1001]);
    let error = client.files().create(large()).validate().unwrap_err();
    let first = error.iter().next().unwrap();
    assert_eq!((first.parameter.as_str(), first.constraint), ("document", "max_size"));
    assert_eq!(first.message, "must have at most 1000 bytes");
    let scans = client.files().compose().scans(vec![upload("a", "12345"), upload("b", "123456")]);
    assert_eq!(scans.validate().unwrap_err().iter().count(), 1);
    let error = client.files().create(upload("a", "b").content_type("a\r\nb")).await.unwrap_err();
    assert!(matches!(error, Error::Signing(_)), "{error:?}");
    let error = client.files().create(upload("a", "b")).with_query("also", upload("a", "b")).await.unwrap_err();
    assert_eq!(error.to_string(), "`also` is a file, which only a part can be");
    assert!(mock.requests().is_empty());

    let lenient = tests::bodies::Client::builder(tests::bodies::Environment::custom(mock.address()).unwrap());
    let lenient = lenient.credentials(tests::bodies::Credentials { key: "test-key".into() }).skip_validation();
    let lenient = lenient.build().unwrap();
    let error = lenient.files().create(large()).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 422);
    let call = client.request("POST", "/files").body("document", "text").await;
    assert_eq!(call.unwrap_err().status().unwrap().as_u16(), 415, "JSON is no multipart body");
}
