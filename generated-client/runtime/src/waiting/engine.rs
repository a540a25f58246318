//! What drives calls that nobody awaits.

use std::io;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::runtime::{Builder, Handle, Runtime};

use crate::client::Client;
use crate::sending::{Failure, Report, TransportError, broken};
use crate::tables::Endpoint;

/// A runtime with one thread, on which connections live. Calls themselves run on the threads that wait for them.
pub(crate) struct Engine {
    handle: Handle,
    /// Always there before it is dropped.
    runtime: Option<Runtime>,
}

/// That of the process, while somebody has it: a thread for each client would be many where clients are.
static ENGINE: Mutex<Weak<Engine>> = Mutex::new(Weak::new());

impl Engine {
    fn get() -> io::Result<Arc<Self>> {
        let mut current = ENGINE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(engine) = current.upgrade() {
            return Ok(engine);
        }
        let runtime =
            Builder::new_multi_thread().worker_threads(1).thread_name("blocking calls").enable_all().build()?;
        let engine = Arc::new(Self { handle: runtime.handle().clone(), runtime: Some(runtime) });
        *current = Arc::downgrade(&engine);
        Ok(engine)
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // The last clone of a client may be dropped anywhere, in another runtime too, where nobody may wait.
            runtime.shutdown_background();
        }
    }
}

/// What the work comes to; the client keeps the engine from then on.
pub(super) fn block_on<T>(client: Option<&Client>, work: impl Future<Output = T>) -> Result<T, TransportError> {
    if Handle::try_current().is_ok() {
        return Err(TransportError::unfit("it would hold up a thread of a Tokio runtime: await it there"));
    }
    let engine = match client.and_then(|client| client.0.means.engine.get()) {
        Some(engine) => engine.clone(),
        None => Engine::get().map_err(TransportError::unfit)?,
    };
    if let Some(client) = client {
        client.0.means.engine.get_or_init(|| engine.clone());
    }
    Ok(engine.handle.block_on(work))
}

/// Of a call that was not made.
pub(super) fn not_made(client: &Client, endpoint: &'static Endpoint, cause: TransportError) -> Failure {
    broken(endpoint, Report::new(client.0.means.clock.now()), None, Some(cause))
}
