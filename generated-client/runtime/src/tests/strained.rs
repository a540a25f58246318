//! Servers that have enough, clocks that are wrong, answers that swell and runtimes that end, over a real socket.

use std::io::{Read, Write};
use std::sync::mpsc;
use std::time::Duration;

use super::api::{AnyError, Client, Error, ErrorCode, ListUsersError};
use super::stage::{Act, Stage, USER, new_user};
use super::wire::{builder, client, server, server_of};

fn answer(status: u16, head: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 {status} X\r\n{head}Content-Length: {length}\r\nConnection: close\r\n\r\n");
    [head.as_bytes(), body].concat()
}

/// A client for which no time passes but what it waits.
fn patient(address: &str, stage: &Stage) -> Client {
    builder(address).clock(stage.clone()).timer(stage.clone()).build().unwrap()
}

#[tokio::test]
async fn a_server_that_has_enough_is_left_alone_as_long_as_it_asks() {
    for status in [429, 503] {
        for (head, slept) in [("", [200, 400]), ("Retry-After: 7\r\n", [7000, 7000])] {
            let (address, told) = server_of(move |number| match number {
                0 | 1 => answer(status, head, b""),
                _ => answer(200, "", br#"{"users":[]}"#),
            })
            .await;
            let stage = Stage::unhurried([]);
            patient(&address, &stage).users().list(1).await.unwrap();
            assert_eq!((told.try_iter().count(), stage.slept()), (3, slept.map(Duration::from_millis).into()));

            // A change is not made again, although nothing happened.
            let (address, told) = server(answer(status, head, b"")).await;
            let stage = Stage::unhurried([]);
            let error = patient(&address, &stage).users().create(new_user()).await.unwrap_err();
            assert_eq!((error.status().unwrap().as_u16(), error.is_outcome_unknown()), (status, false));
            assert_eq!((told.try_iter().count(), stage.slept()), (1, Vec::new()));
        }
    }
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_told_of() {
    // By the clock of these tests it is 09:39:25.
    for (date, says) in [
        ("Mon, 28 May 2018 10:39:25 GMT", "; this machine's clock is 3600 s behind the server's"),
        ("Mon, 28 May 2018 08:39:25 GMT", "; this machine's clock is 3600 s ahead of the server's"),
        ("Mon, 28 May 2018 09:39:55 GMT", ""),
        ("yesterday", ""),
    ] {
        let (address, told) = server(answer(403, &format!("Date: {date}\r\n"), b"{}")).await;
        let client = patient(&address, &Stage::unhurried([]));
        let text = client.users().create(new_user()).await.unwrap_err().to_string();
        assert_eq!(text, format!("users.create: an answer that is not documented, status 403{says}"));
        assert_eq!(told.try_iter().count(), 1, "it was sent once");
    }
}

/// A documented refusal is only the variant that it is; whoever keeps the answer is told the same of it.
#[tokio::test]
async fn a_documented_error_keeps_its_answer_where_the_call_does() {
    let refusal = br#"{"error":"You are not authorized."}"#;
    let head = "Date: Mon, 28 May 2018 10:39:25 GMT\r\nRetry-After: 90\r\nX-Request-Id: r-17\r\n";
    let (address, told) = server(answer(403, head, refusal)).await;
    let client = patient(&address, &Stage::unhurried([]));
    let plain = client.users().list(1).await.unwrap_err();
    assert!(matches!(plain, Error::Api(ListUsersError::NotAuthorized)));
    assert_eq!((plain.status(), plain.attempts(), plain.response().is_none()), (None, None, true));

    let failed = client.users().list(1).with_response().await.into_result().unwrap_err();
    assert!(matches!(failed.error, Error::Api(ListUsersError::NotAuthorized)));
    assert_eq!(
        failed.to_string(),
        "not_authorized (401 or 403): you may not do this; its status is 403; the server asks for 90 s before the next \
         call; this machine's clock is 3600 s behind the server's"
    );
    assert_eq!(failed.response().unwrap().body(), &refusal[..]);
    let error = AnyError::from(failed);
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (403, Some(1)));
    assert_eq!((error.request_id().as_deref(), error.clock_skew()), (Some("r-17"), Some(-3600)));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(90)));
    assert_eq!(error.response().unwrap().headers()["x-request-id"], "r-17");
    // It is the same error as without its answer.
    assert_eq!(error.code(), Some(ErrorCode::NotAuthorized));
    let inner = error.downcast_ref::<Error<ListUsersError>>();
    assert!(matches!(inner, Some(Error::Api(ListUsersError::NotAuthorized))));
    assert!(!format!("{error:?}").contains("r-17") && !error.to_string().contains("r-17"), "{error:?}");
    assert_eq!(told.try_iter().count(), 2);
}

#[tokio::test]
async fn other_errors_keep_what_they_have() {
    let (address, _told) = server(answer(409, "X-Request-Id: r-17\r\n", b"{}")).await;
    let client = patient(&address, &Stage::unhurried([]));
    let plain = client.users().list(1).await.unwrap_err();
    let failed = client.users().list(1).with_response().await.into_result().unwrap_err();
    assert_eq!(plain.to_string(), failed.to_string());
    for (id, attempts) in [(plain.request_id(), plain.attempts()), (failed.request_id(), failed.attempts())] {
        assert_eq!((id.as_deref(), attempts), (Some("r-17"), Some(1)));
    }
    let broken = Stage::new([Act::Broken, Act::Broken, Act::Broken]).client();
    let failed = broken.users().list(1).with_response().await.into_result().unwrap_err();
    assert_eq!((failed.attempts(), failed.status(), failed.request_id()), (Some(3), None, None));
    assert_eq!((failed.took(), failed.error.took()), (Some(Duration::from_millis(600)), failed.took()));
    let invalid = broken.users().list(1).limit(0).with_response().await.into_result().unwrap_err();
    assert!(invalid.attempts().is_none() && AnyError::from(invalid).violations().is_some());
}

/// A text of zeros of some hundred times its length, in the form that gzip has: one zero, and that again and again.
fn bomb() -> Vec<u8> {
    // The last block, with the codes that everybody knows; the zero.
    let bits = "1 10 00110000".chars();
    // 258 bytes from one byte before.
    let bits = bits.chain("11000101 00000".chars().cycle().take(14 * 500_000)).filter(|bit| *bit != ' ');
    let bits: Vec<_> = bits.map(|bit| u8::from(bit == '1')).collect();
    let bytes = bits.chunks(8).map(|bits| bits.iter().rev().fold(0, |byte, bit| byte << 1 | bit));
    [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255].into_iter().chain(bytes).collect()
}

#[tokio::test]
async fn what_is_packed_stays_packed() {
    let packed = bomb();
    let (address, told) = server(answer(200, "Content-Encoding: gzip\r\n", &packed)).await;
    let error = client(&address).users().create(new_user()).await.unwrap_err();
    let Error::Decode(undecodable) = &error else { panic!("{error:?}") };
    assert_eq!(undecodable.cause().found(), "a compressed answer");
    assert_eq!(undecodable.response().body().len(), packed.len());
    // Nobody asked for it.
    let requests: Vec<_> = told.try_iter().collect();
    assert!(matches!(&*requests, [once] if !once.to_lowercase().contains("accept-encoding")), "{requests:?}");
}

#[tokio::test]
async fn of_members_with_one_name_the_last_counts() {
    for body in [r#"{"user":{"id":6,"id":7}}"#, r#"{"user":{"id":6},"user":{"id":7}}"#] {
        let (address, told) = server(answer(200, "", body.as_bytes())).await;
        assert_eq!(client(&address).users().create(new_user()).await.unwrap().id, 7, "{body}");
        assert_eq!(told.try_iter().count(), 1, "it was sent once");
    }
}

/// A server in a thread of its own that answers every request but those whose number it is told, and keeps connections.
fn apart(silent: usize) -> (String, mpsc::Receiver<usize>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/api", listener.local_addr().unwrap());
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let mut number = 0;
        let mut kept = Vec::new();
        while let Ok((mut socket, _)) = listener.accept() {
            while matches!(socket.read(&mut [0; 4096]), Ok(read) if read > 0) {
                number += 1;
                tell.send(number).unwrap();
                if number == silent {
                    break;
                }
                write!(socket, "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{USER}").unwrap();
            }
            kept.push(socket);
        }
    });
    (address, told)
}

#[test]
fn a_runtime_that_ends_takes_its_calls_along_and_not_the_client() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for silent in [1, 2] {
        let (address, told) = apart(silent);
        let client = client(&address);
        let first = runtime();
        for _ in 1..silent {
            first.block_on(client.users().create(new_user()).into_future()).unwrap();
        }
        let call = first.spawn(client.users().create(new_user()).into_future());
        first.block_on(async {
            while told.try_recv() != Ok(silent) {
                tokio::task::yield_now().await;
            }
        });
        drop(first);
        let second = runtime();
        assert!(second.block_on(call).unwrap_err().is_cancelled());
        assert_eq!(second.block_on(client.users().create(new_user()).into_future()).unwrap().id, 7);
        drop(second);
        // What the client has kept of a connection is of no use in another runtime.
        assert_eq!(runtime().block_on(client.users().create(new_user()).into_future()).unwrap().id, 7);
        assert_eq!(told.try_iter().last(), Some(silent + 2), "each was sent once");
    }
}
