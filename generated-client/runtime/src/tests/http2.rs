//! A server that speaks HTTP/2 alone, over a real socket.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpListener;

use super::stage::new_user;
use super::tls::{acceptor, client};

/// Answers every request with a user whose number says how many requests came before; counts connections.
async fn server() -> (SocketAddr, Arc<AtomicUsize>) {
    let acceptor = acceptor(include_bytes!("tls/valid.pem"), &[b"h2"]);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let connections = Arc::new(AtomicUsize::new(0));
    let (counted, requests) = (connections.clone(), Arc::new(AtomicUsize::new(0)));
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::Relaxed);
            let Ok(socket) = acceptor.accept(socket).await else { continue };
            let requests = requests.clone();
            let service = service_fn(move |request: http::Request<hyper::body::Incoming>| {
                assert_eq!(request.version(), http::Version::HTTP_2);
                let number = requests.fetch_add(1, Ordering::Relaxed);
                let body = format!(r#"{{"user":{{"id":{number}}}}}"#);
                async move { Ok::<_, Infallible>(http::Response::new(body)) }
            });
            tokio::spawn(
                hyper::server::conn::http2::Builder::new(TokioExecutor::new())
                    .serve_connection(TokioIo::new(socket), service),
            );
        }
    });
    (address, connections)
}

#[tokio::test]
async fn calls_share_one_connection_of_http_2() {
    let (address, connections) = server().await;
    let client = client(address);
    for number in 0..3 {
        assert_eq!(client.users().create(new_user()).await.unwrap().id, number);
    }
    assert_eq!(connections.load(Ordering::Relaxed), 1);
}
