//! Clients that send nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::api::{Client, Credentials, Environment, Error, SigningError};
use super::credentials::issued;
use super::stage::{Stage, begin, chain, new_user};
use crate::BuildError;
use crate::seams::{Attempt, Hooks};

fn builder(address: &str) -> crate::Builder<Client> {
    Client::builder(Environment::custom(address).unwrap()).without_transport()
}

/// The address is that of no loopback and in the open, there are no credentials, and none of these tests has a runtime.
#[test]
fn calls_are_validated_with_nothing_but_their_parameters() {
    let client = builder("http://api.example.com").build().unwrap();
    let mut user = new_user();
    assert_eq!(client.users().create(user.clone()).validate(), Ok(()));
    user.password = "short".into();
    let violations = client.users().create(user).validate().unwrap_err();
    assert!(violations.iter().all(|violation| violation.parameter == "password"), "{violations}");
    let error = client.users().list(1).prepare().unwrap_err();
    assert!(matches!(error, Error::Signing(SigningError::NoCredentials)), "{error:?}");
}

#[test]
fn calls_are_signed_where_there_are_credentials() {
    let credentials = Credentials { api_token: "t0ken".into(), secret_key: "k3y".into() };
    let stage = Stage::new([]);
    let sent = builder("https://api.example.com/v3").credentials(credentials).clock(stage.clone()).nonces(stage);
    let client = sent.build().unwrap();
    let prepared = client.users().list(1).prepare().unwrap();
    let same = Stage::new([]).client().users().list(1).prepare().unwrap();
    assert_eq!(prepared.request().uri(), same.request().uri());
    // To another address as well, for nothing goes there.
    let elsewhere = crate::BaseAddress::parse("http://b.example").unwrap();
    let prepared = client.users().list(1).with_base_address(elsewhere).prepare().unwrap();
    assert_eq!(prepared.request().uri().host(), Some("b.example"));
}

struct Deaf;

impl Hooks for Deaf {
    fn before_signing(&self, _: &Attempt<'_>, _: &mut http::HeaderMap) {
        panic!("there is no attempt");
    }
}

/// Nothing that an attempt needs is asked for, limits do not make anybody wait, and the call is over when it is first
/// polled.
#[tokio::test]
async fn what_is_sent_all_the_same_is_an_error_that_says_so() {
    let asked = Arc::new(AtomicU32::new(0));
    let provider = {
        let asked = asked.clone();
        move || {
            asked.fetch_add(1, Ordering::Relaxed);
            std::future::ready(Ok::<_, std::io::Error>(issued(1)))
        }
    };
    let limited = builder("http://api.example.com").rate_limit(1, Duration::from_secs(3600)).max_concurrency(1);
    let client = limited.credentials_from(provider).hooks(Deaf).build().unwrap();
    for _ in 0..3 {
        let error = client.users().create(new_user()).await.unwrap_err();
        let Error::Transport(interrupted) = &error else { panic!("{error:?}") };
        assert!(interrupted.cause().unwrap().is_unsent());
        assert!(!error.is_outcome_unknown() && !error.is_retryable() && !error.is_timeout());
        assert_eq!((error.attempts(), error.took(), error.status()), (Some(0), Some(Duration::ZERO), None));
        let says = "users.create: nothing was sent: the client was made without a transport, and sends nothing";
        assert_eq!(chain(&error), says);
    }
    assert!(client.users().list(1).0.items().try_next().await.is_err());
    assert_eq!(asked.load(Ordering::Relaxed), 0);
    let mut wrong = new_user();
    wrong.password = "short".into();
    assert!(matches!(client.users().create(wrong).await, Err(Error::Invalid(_))), "what is wrong is told first");
}

/// Whatever is said last.
#[tokio::test]
async fn a_transport_may_be_given_after_all() {
    let stage = Stage::new([super::stage::Act::Silence]);
    let client = stage.builder().without_transport().transport(stage.clone()).build().unwrap();
    begin(&mut client.users().list(1).into_future()).await;
    assert_eq!(stage.requests().len(), 1);
    let result = stage.builder().without_credentials().without_transport().build();
    assert!(result.is_ok());
    let missing = Client::builder(Environment::Production).transport(stage.clone()).timer(stage).build();
    assert!(matches!(missing, Err(BuildError::NoCredentials)));
}
