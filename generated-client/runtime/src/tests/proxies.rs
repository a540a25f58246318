//! The proxies that the environment names, over a real socket. It is asked when a client is built, so that this is done
//! by another process.

use super::again::{block_on, is_again, with};
use super::api::Client;
#[cfg(feature = "rustls")]
use super::stage::chain;
use super::stage::new_user;
use super::wire::{builder, server};

fn client(address: &str) -> Client {
    builder(address).allow_plaintext().max_attempts(1).build().unwrap()
}

/// Answers what it is sent as if it were the server that it stands before.
const ANSWER: &str = "HTTP/1.1 200 OK\r\nContent-Length: 17\r\nConnection: close\r\n\r\n{\"user\":{\"id\":7}}";

#[test]
fn what_is_plain_goes_through_the_proxy_as_it_was_signed() {
    if !is_again() {
        return block_on(async {
            let (proxy, told) = server(ANSWER).await;
            let variables = [("HTTP_PROXY", proxy.trim_end_matches("/api").to_owned())];
            let child = tokio::task::spawn_blocking(move || {
                let variables = variables.each_ref().map(|(name, value)| (*name, value.as_str()));
                with(module_path!(), "what_is_plain_goes_through_the_proxy_as_it_was_signed", &variables);
            });
            child.await.unwrap();
            let asked: Vec<_> = told.try_iter().collect();
            // The other went to this machine, which no proxy is asked for.
            assert_eq!(asked.len(), 1, "{asked:?}");
            let start = "POST http://api.example.com/v3/institutes/1/users HTTP/1.1\r\n";
            assert!(asked[0].starts_with(start), "{}", asked[0]);
        });
    }
    block_on(async {
        assert_eq!(client("http://api.example.com/v3").users().create(new_user()).await.unwrap().id, 7);
        let (here, told) = server(ANSWER).await;
        assert_eq!(client(&here).users().create(new_user()).await.unwrap().id, 7);
        assert_eq!(told.try_iter().count(), 1);
    });
}

/// The proxy is asked for a connection to the server, and is shown nothing of the call; that it refuses is a connection
/// that was never made.
#[cfg(feature = "rustls")]
#[test]
fn of_what_is_encrypted_a_proxy_sees_the_host_alone() {
    if !is_again() {
        return block_on(async {
            let (proxy, told) =
                server("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").await;
            let proxy = proxy.trim_end_matches("/api").to_owned();
            let child = tokio::task::spawn_blocking(move || {
                let variables = [("HTTPS_PROXY", proxy.as_str()), ("NO_PROXY", "direct.invalid")];
                with(module_path!(), "of_what_is_encrypted_a_proxy_sees_the_host_alone", &variables);
            });
            child.await.unwrap();
            let asked: Vec<_> = told.try_iter().collect();
            assert_eq!(asked.len(), 1, "{asked:?}");
            assert!(asked[0].starts_with("CONNECT api.example.com:443 HTTP/1.1\r\n"), "{}", asked[0]);
            assert!(!asked[0].contains("Token") && !asked[0].contains("institutes"), "{}", asked[0]);
        });
    }
    block_on(async {
        for (address, asks) in [("https://api.example.com/v3", true), ("https://direct.invalid/v3", false)] {
            let error = client(address).users().create(new_user()).await.unwrap_err();
            assert!(!error.is_outcome_unknown(), "{error:?}");
            assert_eq!(chain(&error).contains("tunnel"), asks, "{}", chain(&error));
        }
    });
}
