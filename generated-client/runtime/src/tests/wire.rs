//! Over a real socket: the bytes that arrive are the bytes that were signed.

use std::sync::mpsc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::api::{BaseAddress, Client, Credentials, Environment};
use super::stage::Stage;

/// A server that answers every request with these bytes, and tells what it was sent.
pub(super) async fn server(answer: impl AsRef<[u8]> + Send + 'static) -> (String, mpsc::Receiver<String>) {
    server_of(move |_| answer.as_ref().to_vec()).await
}

/// A server that answers each request in a way of its own and closes the connection; they are counted from 0.
pub(super) async fn server_of(answer: impl Fn(usize) -> Vec<u8> + Send + 'static) -> (String, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/api", listener.local_addr().unwrap());
    let (tell, told) = mpsc::channel();
    tokio::spawn(async move {
        let mut number = 0;
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(converse(socket, answer(number), tell.clone()));
            number += 1;
        }
    });
    (address, told)
}

async fn converse(mut socket: TcpStream, answer: Vec<u8>, tell: mpsc::Sender<String>) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !is_whole(&request) {
        match socket.read(&mut buffer).await {
            Ok(read) if read > 0 => request.extend_from_slice(&buffer[..read]),
            // Whoever hung up sent no request.
            _ => return,
        }
    }
    let _ = tell.send(String::from_utf8(request).unwrap());
    let _ = socket.write_all(&answer).await;
}

/// Whether the head has arrived, and as much of a body as it announces.
fn is_whole(request: &[u8]) -> bool {
    let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&request[..end]).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    request.len() >= end + 4 + length.unwrap_or_default()
}

pub(super) fn builder(address: &str) -> crate::rt::Builder<Client> {
    Client::builder(Environment::custom(address).unwrap())
        .credentials(Credentials { api_token: "t".into(), secret_key: "k".into() })
}

pub(super) fn client(address: &str) -> Client {
    builder(address).build().unwrap()
}

#[tokio::test]
async fn nothing_is_encoded_twice_or_tidied_up() {
    let (address, told) = server(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").await;
    let odd = "%2F..'|^`[]{}\"<>\\ \t;:@!$&()*+,=~é😀/../x?#%";
    let encoded = "%252F..%27%7C%5E%60%5B%5D%7B%7D%22%3C%3E%5C%20%09%3B%3A%40%21%24%26%28%29%2A%2B%2C%3D~%C3%A9%F0%9F%98%80%2F..%2Fx%3F%23%25";
    client(&address).users().destroy(odd).await.unwrap();
    let request = told.recv().unwrap();
    let line = request.lines().next().unwrap();
    assert!(line.starts_with(&format!("DELETE /api/users/{encoded}?timestamp=")), "{line}");
    // The same in a query, as it is prepared and as it arrives.
    let prepared = client(&address).users().list(1).search(odd).prepare().unwrap();
    let target = prepared.request().uri().path_and_query().unwrap().as_str();
    assert!(target.starts_with(&format!("/api/institutes/1/users?search={encoded}&timestamp=")), "{target}");
    let url = url::Url::parse(&prepared.request().uri().to_string()).unwrap();
    assert_eq!(&url[url::Position::BeforePath..], target);
    let _ = client(&address).users().list(1).search(odd).await;
    assert!(told.recv().unwrap().starts_with(&format!("GET /api/institutes/1/users?search={encoded}&timestamp=")));
}

#[tokio::test]
async fn what_would_be_another_path_is_not_sent() {
    for id in ["", ".", ".."] {
        let client = Stage::new([]).builder().skip_validation().build().unwrap();
        assert!(matches!(client.users().destroy(id).await, Err(crate::Error::Invalid(_))), "{id}");
    }
}

#[tokio::test]
async fn a_redirect_is_an_answer() {
    let (address, told) =
        server(b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").await;
    let error = client(&address).users().list(1).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 302);
    assert_eq!(told.try_iter().count(), 1);
}

#[tokio::test]
async fn a_server_that_is_not_there_was_sent_nothing_and_its_address_is_not_told() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = client(&address).users().destroy("c4nary").await.unwrap_err();
    assert!(error.is_retryable() && !error.is_outcome_unknown());
    let chain = std::iter::successors(Some(&error as &dyn std::error::Error), |&error| error.source());
    let texts: String = chain.map(|error| format!("{error} {error:?}\n")).collect();
    assert!(texts.contains("no connection") && !texts.contains("c4nary") && !texts.contains("signature"), "{texts}");
}

#[tokio::test]
async fn a_cut_answer_leaves_the_outcome_open() {
    let (address, told) = server(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\n{\"user\"").await;
    let error = client(&address).users().destroy("c4nary").await.unwrap_err();
    assert!(error.is_outcome_unknown() && !error.is_retryable(), "{error:?}");
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert_eq!(
        error.to_string(),
        "users.destroy: the answer broke off, status 200; whether the call took effect is unknown"
    );
    assert!(!format!("{error:?}").contains("c4nary"));
    assert_eq!(told.try_iter().count(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_deadline_is_kept() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let start = tokio::time::Instant::now();
    assert!(client(&address).users().list(1).await.unwrap_err().is_timeout());
    assert_eq!(start.elapsed().as_secs(), 60);
}

#[tokio::test]
async fn a_call_may_go_elsewhere() {
    let (address, told) = server(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").await;
    let elsewhere = || BaseAddress::parse(&address).unwrap();
    let client = client("http://127.0.0.1:1/not/here");
    client.users().destroy("7").with_base_address(elsewhere()).await.unwrap();
    client.request("DELETE", "/users/7").base_address(elsewhere()).await.unwrap();
    assert!(told.try_iter().all(|request| request.starts_with("DELETE /api/users/7?timestamp=")));
}

#[tokio::test]
async fn a_call_goes_nowhere_in_the_open() {
    let open = BaseAddress::parse("http://other.example.com").unwrap();
    let here = BaseAddress::parse("http://127.0.0.1:9").unwrap();
    let remote = || Stage::new([crate::tests::stage::Act::status(204, "")]);
    for base in [&open, &here] {
        let error = remote().client().users().destroy("7").with_base_address(base.clone()).await.unwrap_err();
        let text = format!("`base address` must be encrypted, which `{base}` is not");
        assert!(error.to_string().contains(&text), "{error}");
        let allowed = remote().builder().allow_plaintext().build().unwrap();
        allowed.users().destroy("7").with_base_address(base.clone()).await.unwrap();
    }
    let stage = remote();
    let other = BaseAddress::parse("https://other.example.com/v4").unwrap();
    stage.client().users().destroy("7").with_base_address(other).await.unwrap();
    assert!(stage.targets()[0].starts_with("https://other.example.com/v4/users/7?"));
}

/// A server that accepts connections, and does nothing with them, is as far as one gets without a connection.
#[cfg(feature = "rustls")]
#[tokio::test(start_paused = true)]
async fn connecting_has_a_time_of_its_own() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    let start = tokio::time::Instant::now();
    for (client, seconds) in [
        (builder(&address).connect_timeout(std::time::Duration::from_secs(4)).max_attempts(1).build().unwrap(), 4),
        (builder(&address).max_attempts(1).build().unwrap(), 14),
    ] {
        let error = client.users().create(super::stage::new_user()).await.unwrap_err();
        assert!(error.is_timeout() && error.is_retryable() && !error.is_outcome_unknown(), "{error:?}");
        assert_eq!(start.elapsed().as_secs(), seconds);
    }
    let call = builder(&address).max_attempts(1).build().unwrap().users().create(super::stage::new_user());
    assert!(call.0.with_connect_timeout(std::time::Duration::from_secs(2)).send().await.unwrap_err().is_timeout());
    assert_eq!(start.elapsed().as_secs(), 16);
}

#[test]
fn outside_of_a_runtime_there_is_an_error_and_no_panic() {
    use std::task::{Context, Poll, Waker};
    let mut call = std::pin::pin!(client("http://127.0.0.1:1").users().list(1).into_future());
    let Poll::Ready(Err(error)) = call.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("it does not end at once");
    };
    assert!(!error.is_retryable() && !error.is_outcome_unknown());
    let cause = std::error::Error::source(&error).and_then(std::error::Error::source).unwrap();
    assert_eq!(cause.to_string(), "the timer needs a Tokio runtime, or another timer must be given");
}
