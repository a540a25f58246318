//! A server that speaks HTTP/2 alone, over a real socket.

#[cfg(target_os = "linux")]
use std::convert::Infallible;
use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpListener;

use super::tls::acceptor;
#[cfg(target_os = "linux")]
use super::{
    stage::{chain, new_user},
    tls::{default_client, trusted},
};

/// Answers every request in a way of its own, as many at a time as come; counts connections.
pub(super) async fn server_of<F, E>(
    answer: impl Fn(http::Request<hyper::body::Incoming>) -> F + Clone + Send + 'static,
) -> (SocketAddr, Arc<AtomicUsize>)
where
    F: Future<Output = Result<http::Response<String>, E>> + Send + 'static,
    E: Into<Box<dyn Error + Send + Sync>> + 'static,
{
    let acceptor = acceptor(include_bytes!("tls/valid.pem"), &[b"h2"]);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = connections.clone();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::Relaxed);
            let Ok(socket) = acceptor.accept(socket).await else { continue };
            tokio::spawn(
                hyper::server::conn::http2::Builder::new(TokioExecutor::new())
                    .max_concurrent_streams(None)
                    .serve_connection(TokioIo::new(socket), service_fn(answer.clone())),
            );
        }
    });
    (address, connections)
}

/// The default transport agrees with the server on it.
#[cfg(target_os = "linux")]
#[test]
fn calls_share_one_connection_of_http_2() {
    trusted(module_path!(), "calls_share_one_connection_of_http_2", async {
        let requests = Arc::new(AtomicUsize::new(0));
        let (address, connections) = server_of(move |request| {
            assert_eq!(request.version(), http::Version::HTTP_2);
            let number = requests.fetch_add(1, Ordering::Relaxed);
            std::future::ready(Ok::<_, Infallible>(http::Response::new(format!(r#"{{"user":{{"id":{number}}}}}"#))))
        })
        .await;
        let client = default_client(address);
        for number in 0..3 {
            assert_eq!(client.users().create(new_user()).await.unwrap().id, number);
        }
        assert_eq!(connections.load(Ordering::Relaxed), 1);
    });
}

/// Such an answer says that nothing happened, which reqwest takes for leave to send the same request again, signature
/// and nonce included.
#[cfg(target_os = "linux")]
#[test]
fn the_default_transport_sends_what_was_refused_once() {
    trusted(module_path!(), "the_default_transport_sends_what_was_refused_once", async {
        let requests = Arc::new(AtomicUsize::new(0));
        let asked = requests.clone();
        let (address, _) = server_of(move |_| {
            asked.fetch_add(1, Ordering::Relaxed);
            std::future::ready(Err(h2::Error::from(h2::Reason::REFUSED_STREAM)))
        })
        .await;
        let client = default_client(address);
        let error = client.users().create(new_user()).await.unwrap_err();
        assert!(chain(&error).contains("refused stream"), "{}", chain(&error));
        assert!(error.is_outcome_unknown() && !error.is_retryable(), "{error:?}");
        assert_eq!(requests.swap(0, Ordering::Relaxed), 1);
        // What only reads is sent again by the call itself, signed anew.
        client.users().list(1).await.unwrap_err();
        assert_eq!(requests.load(Ordering::Relaxed), 3);
    });
}
