#![doc = include_str!("../../README.md")]
// Documentation says of each item which feature it comes with.
#![cfg_attr(docsrs, feature(doc_cfg))]

/// The version of these clients.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[cfg(feature = "proctorexam")]
mod sign_in;

#[cfg(feature = "proctorexam")]
pub mod proctorexam {
    //! The client of ProctorExam API v3, generated from `spec/proctorexam`.
    //!
    //! [`Client`] is where to start.
    //!
    //! What is known of only indirectly is called by `Client::request`:
    //!
    //! ```no_run
    //! # async fn example(client: generated_client::proctorexam::Client) -> Result<(), generated_client::proctorexam::AnyError> {
    //! // One client of the vendor's asks this with a session's token, without dashes.
    //! let token = "0cc175b9c0f1b6a831c399e269772661";
    //! let reviewable = client.request("GET", "/student_sessions/{id}/reviewable").path("id", token).await?;
    //! println!("{:?}", reviewable.json());
    //!
    //! // The vendor's articles name the event; method and path are guesses.
    //! client.request("PUT", "/student_sessions/{id}/unassign_proctor").path("id", 1).await?;
    //!
    //! // Every other resource has it, and a tool provider that is linked to cannot be deleted.
    //! client.request("DELETE", "/lti_resources/{id}").path("id", 1).await?;
    //!
    //! // Identity providers give the `omniauth_config_id` of users; the path is a guess.
    //! let providers = client.request("GET", "/identity_providers").await?;
    //! println!("{:?}", providers.json());
    //! # Ok(())
    //! # }
    //! ```

    include!(concat!(env!("OUT_DIR"), "/proctorexam/mod.rs"));
}

#[cfg(feature = "proctoru")]
mod payment;
#[cfg(all(feature = "proctoru", feature = "time-zones"))]
mod time_zone;

#[cfg(feature = "proctoru")]
pub mod proctoru {
    //! The client of the ProctorU API, generated from `spec/proctoru`.
    //!
    //! [`Client`] is where to start.

    pub use crate::payment::Payment;

    include!(concat!(env!("OUT_DIR"), "/proctoru/mod.rs"));
}

/// The guide, whose snippets are tests.
#[cfg(all(doctest, feature = "proctorexam", feature = "reqwest"))]
#[doc = include_str!("../README.md")]
mod guide {}
