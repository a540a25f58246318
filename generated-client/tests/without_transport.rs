//! Types and validators alone: what a program does with them that sends nothing, in a build without HTTP too; and calls
//! that are signed, and not sent by this client.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up its scene has failed")]

#[cfg(not(feature = "reqwest"))]
use generated_client::proctorexam::BuildError;
use generated_client::proctorexam::{Builder, Client, CreateUser, Environment, InstituteId, Role};

const ADDRESS: &str = "https://fun.proctorexam.com/api/v3";

fn builder() -> Builder<Client> {
    Client::builder(Environment::custom(ADDRESS).unwrap()).without_transport()
}

fn new_user(password: &str) -> CreateUser {
    CreateUser {
        institute_id: InstituteId(1),
        email: "teacher@institute.com".into(),
        name: "Teacher name".into(),
        password: password.into(),
        role: Role::Teacher,
    }
}

#[test]
fn parameters_are_validated_without_credentials() {
    let client = builder().build().unwrap();
    assert_eq!(client.users().create(new_user("Passw0rd!")).validate(), Ok(()));
    let violations = client.users().create(new_user("short")).validate().unwrap_err();
    let parameters: Vec<_> = violations.iter().map(|violation| &*violation.parameter).collect();
    assert!(!parameters.is_empty() && parameters.iter().all(|parameter| *parameter == "password"), "{violations}");
}

/// Unless another package switches it on, which the build alone is to show.
#[cfg(not(feature = "http"))]
#[test]
fn there_is_nothing_else_here_that_could_send() {
    let result = Client::builder(Environment::custom(ADDRESS).unwrap()).build();
    assert!(matches!(result, Err(BuildError::NoTransport)), "{result:?}");
}

#[cfg(feature = "http")]
mod signed {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use generated_client::proctorexam::seams::{Clock, NoNonce, Nonces};
    use generated_client::proctorexam::{Credentials, Error, UserId};

    use super::*;

    fn credentials() -> Credentials {
        Credentials {
            api_token: "jq560vN9KZdAdFtOYH5xXw".into(),
            secret_key: "NNAK4kQK3hveFpuuRMeC-DFRgn0nnUn4XpPSWofvXxY".into(),
        }
    }

    /// Unless another package switches on the default transport, which the build alone is to show.
    #[cfg(not(feature = "reqwest"))]
    #[test]
    fn without_the_default_transport_there_must_be_another() {
        let builder = Client::builder(Environment::custom(ADDRESS).unwrap());
        let result = builder.credentials(credentials()).build();
        assert!(matches!(result, Err(BuildError::NoTransport)), "{result:?}");
    }

    /// One moment, and one nonce.
    struct Then;

    impl Clock for Then {
        fn now(&self) -> SystemTime {
            UNIX_EPOCH + Duration::from_millis(1_527_500_365_052)
        }
    }

    impl Nonces for Then {
        fn nonce(&self) -> Result<i64, NoNonce> {
            Ok(1_527_500_365)
        }
    }

    #[test]
    fn calls_are_signed_and_not_sent() {
        let client = builder().credentials(credentials()).clock(Then).nonces(Then).build().unwrap();
        let prepared = client.users().show(InstituteId(1), UserId(7)).prepare().unwrap();
        // Of the signing vectors, the one of this call.
        let vector = "c300352a090b0a318d646ab7f8679b37bc0b0431c8fcc857e03814e968449472";
        let target =
            format!("/api/v3/institutes/1/users/7?timestamp=1527500365052&nonce=1527500365&signature={vector}");
        assert_eq!(prepared.request().uri().path_and_query().unwrap().as_str(), target);
    }

    /// There is no runtime here, and nothing to wait for.
    #[test]
    fn a_call_that_is_sent_all_the_same_says_that_nothing_was() {
        let client = builder().credentials(credentials()).build().unwrap();
        let call = pin!(client.users().create(new_user("Passw0rd!")).into_future());
        let Poll::Ready(result) = call.poll(&mut Context::from_waker(Waker::noop())) else { panic!("it waits") };
        let error = result.unwrap_err();
        assert!(matches!(&error, Error::Transport(broken) if broken.attempts() == 0), "{error:?}");
        assert!(!error.is_outcome_unknown() && !error.is_retryable());
        assert_eq!(error.to_string(), "users.create: nothing was sent");
    }
}
