//! Where credentials come from that do not last.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use crate::sending::BoxFuture;

/// What gives a client its credentials, and others when those are no good any more: a vault, a metadata service, a
/// sign-in.
///
/// It is asked when the first call needs credentials; when they have expired, if it says when that is; and when a call
/// is answered with 401. Calls that need them at the same time wait for one answer together. An error is that of the
/// calls that waited for it, with what it says and its sources, so that no secret must be in it; the next call asks
/// again.
///
/// An async closure is a provider:
///
/// ```
/// # use client_runtime::seams::{CredentialsProvider, Issued};
/// # use std::time::{Duration, SystemTime};
/// # struct Credentials;
/// # async fn from_vault() -> Result<(Credentials, SystemTime), std::io::Error> { Ok((Credentials, SystemTime::UNIX_EPOCH)) }
/// # fn builder(_: impl CredentialsProvider<Credentials>) {}
/// builder(|| async {
///     let (credentials, expiry) = from_vault().await?;
///     Ok::<_, std::io::Error>(Issued::from(credentials).until(expiry))
/// });
/// ```
pub trait CredentialsProvider<C>: Send + Sync + 'static {
    /// The credentials as they are now.
    ///
    /// # Errors
    ///
    /// When there are none to be had; the call is not made then.
    fn provide(&self) -> BoxFuture<'_, Result<Issued<C>, Box<dyn Error + Send + Sync>>>;
}

impl<C, F, W, I, E> CredentialsProvider<C> for F
where
    F: Fn() -> W + Send + Sync + 'static,
    W: Future<Output = Result<I, E>> + Send + 'static,
    I: Into<Issued<C>>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    fn provide(&self) -> BoxFuture<'_, Result<Issued<C>, Box<dyn Error + Send + Sync>>> {
        let work = self();
        Box::pin(async { work.await.map(Into::into).map_err(Into::into) })
    }
}

/// Credentials, and until when they are good.
pub struct Issued<C> {
    pub(super) credentials: C,
    pub(super) until: Option<SystemTime>,
}

impl<C> Issued<C> {
    /// The same, good until then, by the clock of the client: the first call at that time or after it asks for others.
    #[must_use]
    pub fn until(mut self, expiry: SystemTime) -> Self {
        self.until = Some(expiry);
        self
    }
}

/// Credentials that are good until the server refuses them.
impl<C> From<C> for Issued<C> {
    fn from(credentials: C) -> Self {
        Self { credentials, until: None }
    }
}

impl<C> fmt::Debug for Issued<C> {
    /// Shows nothing but until when they are good.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issued").field("until", &self.until).finish_non_exhaustive()
    }
}

/// What a provider says instead of giving credentials: in its own words, with its own sources. All calls that waited
/// for it have the same.
#[derive(Clone)]
pub struct ProviderError(Arc<dyn Error + Send + Sync>);

impl ProviderError {
    pub(super) fn new(error: Box<dyn Error + Send + Sync>) -> Self {
        Self(error.into())
    }

    /// The provider's own error.
    pub fn get_ref(&self) -> &(dyn Error + Send + Sync + 'static) {
        &*self.0
    }
}

impl fmt::Debug for ProviderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for ProviderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Error for ProviderError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

/// Whether it is the very same.
impl PartialEq for ProviderError {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for ProviderError {}
