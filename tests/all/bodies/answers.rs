//! Answers that are no JSON, whole and piece by piece.

use std::time::Duration;

use codegen_mock::Mock;
use tests::bodies::{Download, Error, FileId, Upload};

use super::{builder, client, spec, start};
use crate::support::{Scripted, answer, last};

/// Every byte there is, many times.
fn bytes() -> Vec<u8> {
    (0..200_000_u32).map(|number| (number % 256) as u8).collect()
}

/// All pieces, put together.
async fn whole(mut download: Download) -> Vec<u8> {
    let mut all = Vec::new();
    while let Some(piece) = download.try_next().await.unwrap() {
        all.extend_from_slice(&piece);
    }
    assert!(download.try_next().await.unwrap().is_none());
    all
}

#[tokio::test]
async fn a_file_comes_back_as_it_was_sent() {
    let (_mock, client) = start().await;
    let files = client.files();
    let file = files.replace(FileId(7), Upload::bytes("all", bytes())).await.unwrap();
    let download = files.download(file.id).await.unwrap();
    assert_eq!((download.status().as_u16(), download.length()), (200, Some(200_000)));
    assert_eq!(download.headers()["content-type"], "application/octet-stream");
    assert_eq!(whole(download).await, bytes());
    assert_eq!(files.fetch(file.id).await.unwrap(), bytes());
    let error = files.download(FileId(8)).await.unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error:?}");
    files.fetch(FileId(8)).await.unwrap_err();
}

#[tokio::test]
async fn a_download_that_has_ended_keeps_nobody_waiting() {
    let mock = Mock::start(spec()).await.unwrap();
    let client = builder(mock.address()).max_concurrency(1).build().unwrap();
    let files = client.files();
    files.replace(FileId(7), Upload::bytes("all", bytes())).await.unwrap();
    let mut download = files.download(FileId(7)).await.unwrap();
    while download.try_next().await.unwrap().is_some() {}
    assert_eq!(files.fetch(FileId(7)).with_timeout(Duration::from_secs(20)).await.unwrap(), bytes());
    drop(download);
}

#[tokio::test]
async fn a_download_ends_at_its_limit() {
    let (_mock, client) = start().await;
    let file = client.files().replace(FileId(7), Upload::bytes("all", bytes())).await.unwrap();
    let mut download = client.files().download(file.id).await.unwrap().limit(100_000);
    let mut received = 0;
    let error = loop {
        match download.try_next().await {
            Ok(piece) => received += piece.unwrap().len(),
            Err(error) => break error,
        }
    };
    assert!(received <= 100_000, "{received}");
    assert_eq!(error.to_string(), "the answer is larger than 100000 bytes");
    download.try_next().await.expect_err("what is cut off does not end as if it were whole");
    let exact = client.files().download(file.id).await.unwrap().limit(200_000);
    assert_eq!(whole(exact).await.len(), 200_000);
}

#[tokio::test]
async fn a_download_that_breaks_off_is_no_whole_one() {
    let mut cut = answer(200, &[("Content-Type", "image/png")], &[b'x'; 100]);
    cut.truncate(cut.len() - 50);
    let server = Scripted::start([cut]);
    let mut download = client(server.address()).files().download(FileId(1)).await.unwrap();
    let error = loop {
        match download.try_next().await {
            Ok(piece) => assert!(piece.is_some(), "it ended as if it were whole"),
            Err(error) => break error,
        }
    };
    assert_eq!(error.to_string(), "the connection to the server broke");
}

#[tokio::test]
async fn text_is_text() {
    let (mock, client) = start().await;
    assert_eq!(client.files().read("a/é b/c".to_owned()).await.unwrap(), "a \"text\"\n");
    let request = last(&mock);
    assert!(request.path.ends_with("/texts/a/%C3%A9%20b/c/end"), "{}", request.path);
    assert_eq!(mock.values(&request).unwrap()["path"], codegen::ir::Json::String("a/é b/c".to_owned()));
    let error = client.files().read("a/../b".to_owned()).await.unwrap_err();
    assert!(matches!(error, Error::Invalid(_)), "{error:?}");

    let server = Scripted::start([answer(200, &[], b"\xff"), answer(200, &[], b"")]);
    let remote = super::client(server.address());
    let error = remote.files().read("a".to_owned()).await.unwrap_err();
    let Error::Decode(undecodable) = &error else { panic!("{error:?}") };
    assert_eq!(undecodable.cause().expected(), "a text in UTF-8");
    assert_eq!(remote.files().read("a".to_owned()).await.unwrap(), "");
}

#[tokio::test]
async fn an_answer_without_a_body_has_headers() {
    let (_mock, client) = start().await;
    let file = client.files().replace(FileId(7), Upload::bytes("all", "abc")).await.unwrap();
    let response = client.files().look(file.id).await.unwrap();
    assert_eq!((&response.headers()["content-length"], response.body().len()), (&"3".parse().unwrap(), 0));
    let error = client.files().look(FileId(8)).await.unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error:?}");
    let server = Scripted::once(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".to_vec());
    assert_eq!(super::client(server.address()).files().destroy(FileId(1)).await.unwrap(), []);
}

#[tokio::test]
async fn json_that_says_that_the_call_failed_is_no_download() {
    let json = [("Content-Type", "application/json")];
    let server = Scripted::start([
        answer(200, &json, br#"{"ok": false}"#),
        answer(200, &json, br#"{"ok": true}"#),
        answer(200, &[("Content-Type", "text/csv")], b"ok,false"),
    ]);
    let client = client(server.address());
    let error = client.files().judged().await.unwrap_err();
    assert!(matches!(error, Error::Unexpected(_)), "{error:?}");
    assert_eq!(whole(client.files().judged().await.unwrap()).await, br#"{"ok": true}"#);
    assert_eq!(whole(client.files().judged().await.unwrap()).await, b"ok,false");
}
