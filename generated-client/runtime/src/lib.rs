//! Everything that generated API clients share: values, validation, signing, sending, retrying,
//! paging, decoding and errors. It knows no API; generated code hands it tables.
//!
//! Generated code comes in by one door, [`rt`]. Applications see what their generated module
//! re-exports, the traits for code over any call and the [`seams`] among it, and need not name this
//! crate.

// Documentation says of each item which feature it comes with.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(feature = "http"),
    allow(
        dead_code,
        unreachable_pub,
        unused_imports,
        reason = "what reads answers and writes requests is for calls that are sent"
    )
)]

mod args;
mod bodies;
mod client;
#[cfg(feature = "http")]
mod credentials;
#[cfg(feature = "http")]
mod error;
mod json;
mod paging;
pub mod rt;
#[cfg(feature = "test-util")]
mod scripted;
#[cfg(feature = "http")]
mod sending;
#[cfg(feature = "http")]
mod signing;
mod tables;
#[cfg(feature = "http")]
// By itself, since lints know tests by it.
#[cfg(test)]
mod tests;
#[cfg(not(feature = "http"))]
mod unsent;
mod validate;
mod values;
#[cfg(feature = "blocking")]
mod waiting;
#[cfg(feature = "http")]
mod webhook;

pub use rt::public::*;

/// [`rt`] under the name that generated code asks for. The number changes when generated code of before no longer fits,
/// whose compilation then ends with one error: there is no such name, but this one.
///
/// ```
/// use client_runtime::rt_for_generator_3 as rt;
/// ```
///
/// ```compile_fail,E0432
/// use client_runtime::rt_for_generator_2 as rt;
/// ```
#[doc(no_inline)]
pub use rt as rt_for_generator_3;

/// What a client can be given instead of the real thing: HTTP, time, chance and waiting; and what it tells of
/// its calls (feature `http`).
#[cfg(feature = "http")]
pub mod seams {
    pub use crate::client::ConnectTimeout;
    pub use crate::credentials::{CredentialsProvider, Issued, ProviderError};
    pub use crate::sending::{
        Attempt, Body, BoxFuture, Chunks, Clock, Hooks, NoNonce, Nonces, OsNonces, SystemClock, Timer, Transport,
        TransportError,
    };
    #[cfg(feature = "reqwest")]
    pub use crate::sending::{ReqwestTransport, TokioTimer};
}

/// What tests of an application give a client instead of the real thing (feature `test-util`).
///
/// `Builder::transport` takes a [`Script`](testing::Script), `Builder::clock` and `nonces` a
/// [`Fixed`](testing::Fixed).
#[cfg(feature = "test-util")]
pub mod testing {
    pub use crate::scripted::{Fixed, Reply, Script};
}

/// Calls where nothing is async (feature `blocking`): [`Wait`](blocking::Wait) has the one method that makes them.
#[cfg(feature = "blocking")]
pub mod blocking {
    pub use crate::waiting::{DownloadReader, Iter, Wait};
}

/// What a generated module has only where calls are sent: it is there with the feature `http` of this crate, whatever the
/// features of the crate that it stands in.
#[cfg(feature = "http")]
#[doc(hidden)]
#[macro_export]
macro_rules! __sends {
    ($($items:tt)*) => { $($items)* };
}

/// The same, where nothing is sent.
#[cfg(not(feature = "http"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __sends {
    ($($items:tt)*) => {};
}

/// The function that signs calls or answers, which is there only where calls are sent.
#[cfg(feature = "http")]
#[doc(hidden)]
#[macro_export]
macro_rules! __signer {
    ($function:ident) => {
        $function
    };
}

/// The same, where nothing is sent.
#[cfg(not(feature = "http"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __signer {
    ($function:ident) => {
        ()
    };
}
