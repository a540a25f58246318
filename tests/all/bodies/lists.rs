//! Bodies that are a list, and nothing else.

use tests::bodies::{About, Error, FileId};

use super::{client, start};
use crate::support::{Scripted, answer, last};

#[tokio::test]
async fn a_list_may_be_the_whole_body() {
    let (mock, client) = start().await;
    let files = client.files();
    assert_eq!(files.order(vec![FileId(3), FileId(1)]).folder("a").await.unwrap(), [FileId(3), FileId(1)]);
    let request = last(&mock);
    assert_eq!((&*request.body, &*request.query), (&b"[3,1]"[..], "folder=a"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    files.describe().files(vec![About::new("a, b"), About::new("c").order(vec!["d".into()])]).await.unwrap();
    assert_eq!(last(&mock).body, br#"[{"title":"a, b"},{"title":"c","order":["d"]}]"#);
    files.describe().files(Vec::new()).await.unwrap();
    assert_eq!(last(&mock).body, b"[]", "a list of nothing is one");
    files.describe().await.unwrap();
    assert_eq!((last(&mock).body, last(&mock).header("content-type")), (Vec::new(), None));
}

#[tokio::test]
async fn a_list_is_the_whole_body_under_another_method_too() {
    let server = Scripted::start([answer(200, &[], b"[]"), answer(200, &[], b"[]")]);
    let files = client(server.address()).files();
    for method in ["PUT", "GET"] {
        files.sort(vec![FileId(3)]).folder("a").with_method(method).await.unwrap();
    }
    let [put, get] = &server.requests()[..] else { panic!() };
    assert!(put.starts_with("PUT /api/v3/sorted?folder=a HTTP/1.1\r\n") && put.ends_with("\r\n\r\n[3]"), "{put}");
    assert!(
        get.starts_with("GET /api/v3/sorted?files=%5B3%5D&folder=a HTTP/1.1\r\n") && get.ends_with("\r\n\r\n"),
        "{get}"
    );
}

#[tokio::test]
async fn what_a_list_must_meet_is_checked_on_both_sides() {
    let (mock, client) = start().await;
    let files = client.files();
    for (list, message) in [
        (vec![], "`files` must have at least 1 item"),
        (vec![FileId(1), FileId(1)], "`files` must not have the same item twice"),
    ] {
        assert_eq!(files.order(list.clone()).await.unwrap_err().to_string(), message);
        assert_eq!(files.order(list).skip_validation().await.unwrap_err().status().unwrap(), 422);
    }
    assert_eq!(mock.requests().len(), 2);
    for (body, status) in [("{}", 400), ("[1", 400), ("7", 400), ("", 422), ("[1]", 200), ("[\"a\"]", 422)] {
        let (address, body) = (format!("{}/order", mock.address()), body.to_owned());
        let request =
            reqwest::Client::new().post(address).header("content-type", "application/json").body(body.clone());
        assert_eq!(request.send().await.unwrap().status().as_u16(), status, "{body}");
    }
}

#[tokio::test]
async fn nothing_stands_beside_a_list() {
    let server = Scripted::start([answer(200, &[], b"[]")]);
    let files = client(server.address()).files();
    let error = files.order(vec![FileId(1)]).with_body("more", 1).await.unwrap_err();
    assert!(matches!(error, Error::Invalid(_)), "{error:?}");
    assert_eq!(error.to_string(), "`more` stands beside what is the whole body");
    let error = files.describe().with_body("more", 1).await.unwrap_err();
    assert_eq!(error.to_string(), "`more` stands beside what is the whole body", "whether there is one or not");
    assert_eq!(server.requests(), [""; 0]);
}
