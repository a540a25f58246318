//! What a builder says where TLS is missing, or what it encrypts with. Each of these is about other features of this crate,
//! and alone in its process: what is installed in rustls is so for all of it.

#![cfg(all(feature = "reqwest", not(feature = "rustls")))]
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its scene has failed")]

use client_runtime::{BuildError, Builder, SigningError, rt};

/// A client of an API without operations.
struct Desk(rt::Client);

struct Nobody;

static API: rt::ApiSpec = rt::ApiSpec::new("desk", "desk/1.0.0", rt::signer!(unsigned));

fn unsigned(_: &mut rt::Draft<'_>) -> Result<(), SigningError> {
    Ok(())
}

impl rt::Credentials for Nobody {
    const NAMES: &'static [&'static str] = &[];

    fn secrets(self) -> Vec<rt::Secret> {
        Vec::new()
    }
}

impl rt::Api for Desk {
    type Credentials = Nobody;
    const API: &'static rt::ApiSpec = &API;

    fn wrap(client: rt::Client) -> Self {
        Self(client)
    }
}

fn build(address: &str) -> Result<rt::Client, BuildError> {
    Builder::<Desk>::new(rt::BaseAddress::parse(address).unwrap()).build().map(|desk| desk.0)
}

#[cfg(not(feature = "rustls-no-provider"))]
#[test]
fn without_tls_an_encrypted_address_is_an_error_at_once() {
    let message = build("https://api.example.com/v3").unwrap_err().to_string();
    assert_eq!(message, "`https://api.example.com/v3` needs TLS: turn on the feature `rustls`, or give a transport");
}

#[cfg(all(feature = "rustls-no-provider", not(feature = "rustls")))]
#[test]
fn without_a_provider_there_is_no_client_until_one_is_installed() {
    let addresses = ["http://127.0.0.1:1", "https://api.example.com/v3"];
    for address in addresses {
        let result = build(address);
        assert!(matches!(result, Err(BuildError::NoTlsProvider)), "{result:?}");
    }
    tokio_rustls::rustls::crypto::aws_lc_rs::default_provider().install_default().unwrap();
    for address in addresses {
        build(address).unwrap();
    }
}

/// As where another crate of a program asks for it: `--features reqwest,reqwest/rustls-no-provider`.
#[cfg(not(feature = "rustls-no-provider"))]
#[test]
#[ignore = "for where reqwest has TLS and nothing to encrypt with"]
fn without_a_provider_that_others_do_without_there_is_an_error_and_no_panic() {
    let result = build("http://127.0.0.1:1");
    assert!(matches!(result, Err(BuildError::NoTlsProvider)), "{result:?}");
}
