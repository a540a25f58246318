//! Credentials that a server does not take: when others are asked for, and what it costs.

use std::time::Duration;

use super::api::{Error, ErrorCode};
use super::call::Call;
use super::credentials::{Vault, tokens};
use super::stage::{Act, Stage, USER, USERS, new_user};
use crate::rt;

#[tokio::test]
async fn a_call_that_is_refused_is_made_once_more_with_other_credentials() {
    let vault = Vault::default();
    let stage = Stage::new([Act::status(401, "{}"), Act::ok(USER), Act::ok(USERS)]);
    let client = vault.client(&stage);
    // It changes something, which a refusal says it did not.
    client.users().create(new_user()).await.unwrap();
    client.users().list(1).await.unwrap();
    assert_eq!(tokens(&stage), ["t0ken1", "t0ken2", "t0ken2"]);
    let bodies: Vec<_> = stage.requests().iter().map(|request| request.body().clone()).collect();
    assert_ne!(bodies[0], bodies[1], "it is signed anew");
    assert!(stage.slept().iter().all(Duration::is_zero), "and at once");
}

#[tokio::test]
async fn a_call_is_refused_twice_at_most() {
    let (vault, stage) = (Vault::default(), Stage::new((0..3).map(|_| Act::status(401, "{}"))));
    let client = vault.client(&stage);
    let error = client.users().create(new_user()).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), vault.asked(), stage.requests().len()), (401, 2, 2));
    // One that is made once only takes note for the next.
    client.users().list(1).with_max_attempts(1).await.unwrap_err();
    assert_eq!(tokens(&stage), ["t0ken1", "t0ken2", "t0ken2"]);
}

/// Retries have a budget, which is for servers that are in trouble.
#[tokio::test]
async fn any_number_of_refusals_is_no_trouble() {
    let acts = (0..150).flat_map(|_| [Act::status(401, "{}"), Act::ok(USERS)]);
    let (vault, stage) = (Vault::default(), Stage::new(acts));
    let client = vault.client(&stage);
    for _ in 0..150 {
        client.users().list(1).await.unwrap();
    }
    assert_eq!(vault.asked(), 151);
}

#[tokio::test]
async fn what_another_server_says_of_credentials_counts_there_alone() {
    let (vault, stage) = (Vault::default(), Stage::new([Act::status(401, "{}"), Act::ok(USERS)]));
    let client = vault.client(&stage);
    let elsewhere = rt::BaseAddress::parse("https://other.example.com").unwrap();
    client.users().list(1).with_base_address(elsewhere).await.unwrap_err();
    client.users().list(1).await.unwrap();
    assert_eq!((tokens(&stage), vault.asked()), (vec!["t0ken1".to_owned(); 2], 1));
}

#[tokio::test]
async fn credentials_that_were_given_are_not_tried_again() {
    let stage = Stage::new([Act::status(401, "{}")]);
    stage.client().users().list(1).await.unwrap_err();
    assert_eq!(stage.requests().len(), 1);
}

/// An operation whose refusal is final, and one that is made without credentials.
struct Final;
struct Open;

impl rt::Operation for Final {
    type Output = ();
    type Error = FinalError;
    const TABLE: rt::Table = rt::get("/final").id("final");
}

impl rt::Operation for Open {
    type Output = ();
    type Error = FinalError;
    const TABLE: rt::Table = rt::get("/open").id("open");
    const ANONYMOUS: bool = true;
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
enum FinalError {
    Locked,
}

rt::documented_error!(FinalError);

static LOCKED: rt::ErrorCase = rt::error("locked", &[401]).retry_never();

impl rt::OperationError for FinalError {
    type Code = ErrorCode;
    const VARIANTS: &'static [rt::Variant<Self>] = &[rt::case(&LOCKED, |_| Self::Locked)];
}

#[tokio::test]
async fn what_the_spec_says_of_a_refusal_holds() {
    let (vault, stage) = (Vault::default(), Stage::new([Act::status(401, "{}"), Act::status(204, "")]));
    let client = vault.client(&stage);
    let error = client.0.call::<Final, Call<Final>, 0>([]).await.unwrap_err();
    assert!(matches!(error, Error::Api(FinalError::Locked)), "{error:?}");
    client.0.call::<Open, Call<Open>, 0>([]).await.unwrap();
    assert_eq!((stage.requests().len(), vault.asked()), (2, 1), "and nobody is asked for what is not needed");
}
