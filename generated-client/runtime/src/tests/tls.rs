//! Servers whose certificates prove nothing, over a real socket: none is sent anything, and the error says why.
//!
//! The certificates are from 2020 to 2199, but for the one that has expired; each stands with its key.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

#[cfg(target_os = "linux")]
use super::again::{block_on, is_again, with};
use super::api::Client;
use super::leaks::{settles, tasks};
use super::stage::{chain, new_user};
use super::wire::builder;

/// Takes connections with a certificate, and speaks one of these protocols over them.
pub(super) fn acceptor(pem: &[u8], protocols: &[&[u8]]) -> TlsAcceptor {
    let certificate = CertificateDer::from_pem_slice(pem).unwrap();
    let key = PrivateKeyDer::from_pem_slice(pem).unwrap();
    let config = ServerConfig::builder_with_provider(default_provider().into()).with_safe_default_protocol_versions();
    let mut config = config.unwrap().with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    TlsAcceptor::from(Arc::new(config))
}

/// A server with a certificate, and how many connections and requests it has had.
async fn server(pem: &[u8]) -> (SocketAddr, Arc<[AtomicUsize; 2]>) {
    let acceptor = acceptor(pem, &[]);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let counts = Arc::<[AtomicUsize; 2]>::default();
    let counted = counts.clone();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            counted[0].fetch_add(1, Ordering::Relaxed);
            let Ok(mut socket) = acceptor.accept(socket).await else { continue };
            if matches!(socket.read(&mut [0; 4096]).await, Ok(read) if read > 0) {
                counted[1].fetch_add(1, Ordering::Relaxed);
                let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 17\r\nConnection: close\r\n\r\n{\"user\":{\"id\":7}}";
                socket.write_all(answer).await.unwrap();
                let _ = socket.shutdown().await;
            }
        }
    });
    (address, counts)
}

/// A client that trusts one authority.
pub(super) fn client(address: SocketAddr) -> Client {
    let authority = reqwest::Certificate::from_pem(include_bytes!("tls/authority.pem")).unwrap();
    let client = reqwest::Client::builder()
        .no_proxy()
        .retry(reqwest::retry::never())
        .redirect(reqwest::redirect::Policy::none())
        .tls_certs_only([authority])
        .resolve("localhost", address)
        .build()
        .unwrap();
    builder(&format!("https://localhost:{}/api", address.port())).reqwest(client).build().unwrap()
}

#[tokio::test]
async fn a_certificate_that_holds_is_enough() {
    let (address, counts) = server(include_bytes!("tls/valid.pem")).await;
    assert_eq!(client(address).users().create(new_user()).await.unwrap().id, 7);
    assert_eq!(counts[1].load(Ordering::Relaxed), 1);
}

const FAULTS: [(&[u8], &str); 3] = [
    (include_bytes!("tls/other_name.pem"), "certificate not valid for name \"localhost\""),
    (include_bytes!("tls/expired.pem"), "certificate expired"),
    (include_bytes!("tls/unknown_authority.pem"), "UnknownIssuer"),
];

/// Nothing is sent to servers with such certificates, whichever way a client came to trust their authority.
async fn refuses(client: impl Fn(SocketAddr) -> Client) {
    for (pem, why) in FAULTS {
        let (address, counts) = server(pem).await;
        let at_first = tasks();
        let error = client(address).users().list(1).await.unwrap_err();
        let text = chain(&error);
        assert!(text.contains(why), "{why}: {text}");
        assert!(!error.is_outcome_unknown() && !error.is_retryable() && !error.is_timeout(), "{text}");
        let error = client(address).users().create(new_user()).await.unwrap_err();
        assert!(!error.is_outcome_unknown() && !error.is_retryable(), "{error:?}");
        assert_eq!(counts.each_ref().map(|count| count.load(Ordering::Relaxed)), [2, 0], "{why}");
        settles(at_first).await;
    }
}

#[tokio::test]
async fn one_that_does_not_is_final_and_nothing_was_sent() {
    refuses(client).await;
}

/// A client with the default transport. It trusts what the platform does, and where that is asked of files, those that
/// the environment names.
#[cfg(target_os = "linux")]
pub(super) fn default_client(address: SocketAddr) -> Client {
    builder(&format!("https://localhost:{}/api", address.port())).build().unwrap()
}

/// Does the work of a test where the default transport trusts the authority of these tests. The platform is asked once
/// in the life of a process, so that this is done by another one.
#[cfg(target_os = "linux")]
pub(super) fn trusted(module: &str, test: &str, work: impl Future<Output = ()>) {
    if is_again() {
        return block_on(work);
    }
    let authority = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/tls/authority.pem");
    with(module, test, &[("SSL_CERT_FILE", authority)]);
}

#[cfg(target_os = "linux")]
#[test]
fn the_default_transport_asks_the_platform() {
    trusted(module_path!(), "the_default_transport_asks_the_platform", async {
        let (address, counts) = server(include_bytes!("tls/valid.pem")).await;
        assert_eq!(default_client(address).users().create(new_user()).await.unwrap().id, 7);
        assert_eq!(counts[1].load(Ordering::Relaxed), 1);
        refuses(default_client).await;
    });
}
