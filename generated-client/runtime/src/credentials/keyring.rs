//! The credentials of a client, wherever they come from.

use std::error::Error;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::SystemTime;

use super::flight::{Flight, Joined};
use super::{CredentialsProvider, Issued, ProviderError};
use crate::client::Shared;
use crate::sending::{BoxFuture, Clock, within};
use crate::signing::SigningError;
use crate::tables::Endpoint;
use crate::values::Secret;

/// The parts of credentials, in the order in which signing counts them.
pub(crate) type Keys = Arc<[Secret]>;

/// What the calls of a client are signed with.
pub(crate) enum Keyring {
    /// There are no credentials, for the calls that are made without.
    Empty,
    Given(Keys),
    Provided(Arc<Provided>),
}

/// What a provider says.
type Answer = Result<Issued<Keys>, Box<dyn Error + Send + Sync>>;

/// Credentials that may be asked for again.
pub(crate) struct Provided {
    ask: Box<dyn Fn() -> BoxFuture<'static, Answer> + Send + Sync>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    known: Option<Issued<Keys>>,
    /// The question that is under way, while somebody waits for its answer.
    asking: Weak<Flight<Result<Keys, ProviderError>>>,
}

impl Keyring {
    /// That of a provider, whose credentials are taken apart and looked at by `parts`.
    pub(crate) fn provided<C, E>(
        provider: impl CredentialsProvider<C>,
        parts: impl Fn(C) -> Result<Vec<Secret>, E> + Copy + Send + Sync + 'static,
    ) -> Self
    where
        C: 'static,
        E: Error + Send + Sync + 'static,
    {
        let provider = Arc::new(provider);
        let ask = move || -> BoxFuture<'static, Answer> {
            let provider = provider.clone();
            Box::pin(async move {
                let Issued { credentials, until } = provider.provide().await?;
                Ok(Issued { credentials: parts(credentials)?.into(), until })
            })
        };
        Self::Provided(Arc::new(Provided { ask: Box::new(ask), state: Mutex::default() }))
    }

    /// What signs a call now.
    ///
    /// # Errors
    ///
    /// When a provider is to be asked for it first.
    pub(crate) fn at_hand(&self, endpoint: &Endpoint, clock: &dyn Clock) -> Result<Option<Keys>, SigningError> {
        match self {
            Self::Empty => Ok(None),
            Self::Provided(_) if endpoint.anonymous => Ok(None),
            Self::Given(keys) => Ok(Some(keys.clone())),
            Self::Provided(provided) => match provided.held().fresh(clock) {
                Some(keys) => Ok(Some(keys)),
                None => Err(SigningError::NotProvidedYet),
            },
        }
    }

    /// What signs a call now, asked for if need be.
    ///
    /// # Errors
    ///
    /// When the provider has none.
    pub(crate) async fn get(&self, endpoint: &Endpoint, client: &Shared) -> Result<Option<Keys>, SigningError> {
        match self {
            Self::Provided(provided) if !endpoint.anonymous => provided.clone().get(client).await.map(Some),
            _ => self.at_hand(endpoint, &*client.means.clock),
        }
    }

    /// Takes note that a server did not accept them, and says whether there may be others.
    pub(crate) fn refused(&self, keys: Option<&Keys>) -> bool {
        let (Self::Provided(provided), Some(keys)) = (self, keys) else { return false };
        let mut state = provided.held();
        // Those that came meanwhile may be good.
        state.known.take_if(|known| Arc::ptr_eq(&known.credentials, keys));
        true
    }
}

impl Provided {
    async fn get(self: Arc<Self>, client: &Shared) -> Result<Keys, SigningError> {
        let flight = {
            let mut state = self.held();
            if let Some(keys) = state.fresh(&*client.means.clock) {
                return Ok(keys);
            }
            state.asking.upgrade().unwrap_or_else(|| {
                let latest = client.means.timer.sleep(client.limits.call.saturating_mul(2));
                let flight = Arc::new(Flight::new(Box::pin(self.clone().asked(latest))));
                state.asking = Arc::downgrade(&flight);
                flight
            })
        };
        let answered = Joined(flight.clone()).await;
        let answer = answered.unwrap_or_else(|| {
            // Whoever still waits for it keeps it, and nobody else is to wait for what has panicked.
            self.held().asking = Weak::new();
            Err(ProviderError::new("the provider broke down".into()))
        });
        answer.map_err(SigningError::Provider)
    }

    /// Asks once, and not for ever: while calls keep coming, somebody always waits for what hangs.
    /// What it comes to is known before anybody is told: who comes then is not told of it any more.
    async fn asked(self: Arc<Self>, mut latest: BoxFuture<'static, ()>) -> Result<Keys, ProviderError> {
        let late = || Err("the provider took twice as long as a call may".into());
        let result = within(&mut latest, (self.ask)()).await.unwrap_or_else(late);
        let mut state = self.held();
        state.asking = Weak::new();
        let issued = result.map_err(ProviderError::new)?;
        let keys = issued.credentials.clone();
        state.known = Some(issued);
        Ok(keys)
    }

    fn held(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn fresh(&self, clock: &dyn Clock) -> Option<Keys> {
        let known = self.known.as_ref()?;
        let is_good = known.until.is_none_or(|until: SystemTime| clock.now() < until);
        is_good.then(|| known.credentials.clone())
    }
}
