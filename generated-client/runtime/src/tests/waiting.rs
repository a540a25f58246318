//! Calls that nobody awaits, over real sockets and in plain threads.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, mpsc};
use std::thread;
use std::time::Duration;

use super::api::{Client, Error};
use super::call::Call;
use super::stage::{Act, Stage, chain, new_user};
use super::wire::builder;
use crate::blocking::Wait;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a server sees of its connections.
#[derive(Debug, PartialEq)]
enum Seen {
    Opened,
    Request(String),
    Closed,
}

/// A server that keeps connections open, and answers each request by its line.
fn serve(answer: impl Fn(&str) -> String + Send + Sync + 'static) -> (Client, mpsc::Receiver<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = builder(&format!("http://{}", listener.local_addr().unwrap())).build().unwrap();
    let (tell, told) = mpsc::channel();
    let answer = Arc::new(answer);
    thread::spawn(move || {
        while let Ok((socket, _)) = listener.accept() {
            let (tell, answer) = (tell.clone(), answer.clone());
            thread::spawn(move || converse(socket, &*answer, &tell));
        }
    });
    (client, told)
}

fn converse(mut socket: TcpStream, answer: &dyn Fn(&str) -> String, tell: &mpsc::Sender<Seen>) {
    let _ = tell.send(Seen::Opened);
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(read @ 1..) = socket.read(&mut buffer) {
        request.extend_from_slice(&buffer[..read]);
        // None of these requests has a body.
        if request.ends_with(b"\r\n\r\n") {
            let line = String::from_utf8_lossy(&request).lines().next().unwrap().to_owned();
            let _ = tell.send(Seen::Request(line.split('?').next().unwrap().to_owned()));
            let body = answer(&line);
            request.clear();
            let _ = write!(socket, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        }
    }
    let _ = tell.send(Seen::Closed);
}

const USERS: &str = r#"{"users":[{"id":1}]}"#;

#[test]
fn calls_share_connections_that_end_with_the_client() {
    let (client, told) = serve(|line| if line.starts_with("GET") { USERS.into() } else { "{}".into() });
    for _ in 0..10 {
        assert_eq!(client.users().list(1).wait().unwrap().items[0].id, 1);
        // Those that give a connection a time of their own have others, and share those.
        let patient = Call(client.users().list(1).0.with_connect_timeout(PATIENCE));
        assert_eq!(patient.wait().unwrap().items[0].id, 1);
        let answered = client.users().destroy("7").with_response().wait();
        assert!(answered.result.is_ok() && answered.attempts() == 1, "{answered:?}");
        assert_eq!(client.request("GET", "/users").wait().unwrap().body(), USERS);
    }
    drop(client);
    let count = |seen: &[Seen], what: &Seen| seen.iter().filter(|it| *it == what).count();
    let mut seen = Vec::new();
    while seen.is_empty() || count(&seen, &Seen::Opened) != count(&seen, &Seen::Closed) {
        seen.push(told.recv_timeout(PATIENCE).expect("a connection stays open"));
    }
    // One that is not back among the others in time for the next call makes a second one necessary.
    assert!((1..10).contains(&count(&seen, &Seen::Opened)), "{seen:?}");
    for (line, times) in [("GET /institutes/1/users", 20), ("DELETE /users/7", 10), ("GET /users", 10)] {
        assert_eq!(count(&seen, &Seen::Request(line.to_owned())), times, "{seen:?}");
    }
}

#[test]
fn a_call_outlives_the_client_that_made_it() {
    let (client, _) = serve(|_| USERS.into());
    let (call, mut list) = (client.users().list(1), client.users().list(1).stream().wait());
    drop(client);
    assert_eq!(call.wait().unwrap().items.len(), 1);
    assert_eq!(list.next().unwrap().unwrap().id, 1);
    drop(list);
}

#[test]
fn threads_do_not_wait_for_each_other() {
    let both = Arc::new(Barrier::new(2));
    let (client, _) = serve(move |_| {
        // Nobody is answered before both have asked.
        both.wait();
        USERS.into()
    });
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| assert_eq!(client.users().list(1).wait().unwrap().items.len(), 1));
        }
    });
}

#[test]
fn a_list_is_an_iterator_that_ends_with_an_error() {
    let page = |id: u32| Act::Answer(200, &[("X-Pages", "3")], format!(r#"{{"users":[{{"id":{id}}}]}}"#));
    let stage = Stage::new([page(1), page(2), Act::status(403, "{}")]);
    let mut ids = Vec::new();
    let mut users = stage.client().users().list(1).stream().wait();
    let error = users.find_map(|user| user.map(|user| ids.push(user.id)).err()).unwrap();
    assert_eq!((ids, error.status().unwrap().as_u16()), (vec![1, 2], 403));
    assert!(users.next().is_none());
    let stage = Stage::new([page(1), page(2), page(3)]);
    let pages = stage.client().users().list(1).stream().pages().wait();
    assert_eq!(pages.map(|page| page.unwrap().items.len()).sum::<usize>(), 3);
    assert_eq!(stage.requests().len(), 3);
    let stage = Stage::new([page(1), page(2), page(3)]);
    let users = stage.client().users().list(1).stream().prefetch(2).wait();
    assert_eq!(users.map(|user| user.unwrap().id).collect::<Vec<_>>(), [1, 2, 3]);
}

#[test]
fn what_goes_wrong_is_the_error_that_it_is_elsewhere() {
    let stage = Stage::new([Act::Broken]);
    let error = stage.client().users().create(new_user()).wait().unwrap_err();
    assert!(error.is_outcome_unknown(), "{error:?}");
    let invalid = super::api::CreateUser { password: "short".into(), ..new_user() };
    assert!(matches!(stage.client().users().create(invalid).wait(), Err(Error::Invalid(_))));
}

#[tokio::test]
async fn a_runtime_is_not_held_up() {
    let stage = Stage::new([]);
    let client = stage.client();
    let told = |error: &dyn std::error::Error| {
        let text = chain(error);
        assert!(text.ends_with("it would hold up a thread of a Tokio runtime: await it there"), "{text}");
    };
    let error = client.users().create(new_user()).wait().unwrap_err();
    assert!(!error.is_outcome_unknown() && !error.is_retryable());
    told(&error);
    told(&client.users().list(1).with_response().wait().result.unwrap_err());
    let mut users = client.users().list(1).stream().wait();
    told(&users.next().unwrap().unwrap_err());
    assert!(users.next().is_none(), "or a loop that goes on after errors never ended");
    assert!(stage.requests().is_empty());
}

#[test]
fn the_last_clone_may_be_dropped_in_a_runtime() {
    let (client, told) = serve(|_| USERS.into());
    client.users().list(1).wait().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async move { drop(client) });
    assert!(std::iter::from_fn(|| told.recv_timeout(PATIENCE).ok()).any(|seen| seen == Seen::Closed));
}

#[test]
fn a_list_that_is_left_early_ends_what_it_has_begun() {
    let number = AtomicUsize::new(0);
    let page = move |_: &str| format!(r#"{{"users":[{{"id":{}}}]}}"#, number.fetch_add(1, Ordering::Relaxed));
    let (client, told) = serve(page);
    let mut users = client.users().list(1).stream().prefetch(2).wait();
    drop(client);
    assert_eq!(users.next().unwrap().unwrap().id, 0);
    // The task that fetches pages may have the last clone, and drops it on the thread that is to end.
    drop(users);
    assert!(std::iter::from_fn(|| told.recv_timeout(PATIENCE).ok()).any(|seen| seen == Seen::Closed));
}
