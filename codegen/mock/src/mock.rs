//! The handle of a running mock server, and how one is started.

use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::SystemTime;

use codegen::ir::{Api, Credential, Json};
use tokio::sync::oneshot;

use crate::credentials;
use crate::fault::Fault;
use crate::log::Exchange;
use crate::received::Received;
use crate::rules;
use crate::server;
use crate::shared::{Clock, Shared};

/// A running mock server; dropping it stops it and closes its connections.
pub struct Mock {
    shared: Arc<Shared>,
    socket: SocketAddr,
    address: String,
    /// Dropped to stop.
    stop: Option<oneshot::Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

/// A mock server that is not started yet.
pub struct Builder {
    api: Api,
    credentials: Vec<(String, String)>,
    clock: Clock,
    port: u16,
    seed: u64,
    counts: HashMap<String, u64>,
    largest_page: u64,
}

impl Mock {
    /// Starts a server for the spec in a folder: free port, default credentials, system clock.
    ///
    /// # Errors
    ///
    /// A spec that cannot be used, with all its mistakes in the message; no socket.
    pub async fn start(spec: impl AsRef<Path>) -> io::Result<Self> {
        let api = codegen::load(spec.as_ref())
            .map_err(|failure| io::Error::new(io::ErrorKind::InvalidData, failure.to_string()))?;
        Self::builder(api).start().await
    }

    /// A server for a model, with other settings.
    pub fn builder(api: Api) -> Builder {
        Builder {
            api,
            credentials: Vec::new(),
            clock: Box::new(system_time),
            port: 0,
            seed: 0,
            counts: HashMap::new(),
            largest_page: u64::MAX,
        }
    }

    /// The base address for a client, such as `http://127.0.0.1:4711/api/v3`: the path is that of
    /// the first environment.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// [`Mock::address`], by the name that most HTTP clients have for it.
    pub fn base_url(&self) -> &str {
        &self.address
    }

    /// The socket it listens on.
    pub fn socket(&self) -> SocketAddr {
        self.socket
    }

    /// The value a caller must use for a credential, by its wire name; empty for an unknown one.
    pub fn credential(&self, name: &str) -> &str {
        let index = self.shared.api.credentials.iter().position(|credential| credential.name.wire == name);
        index.and_then(|index| self.shared.credentials.get(index)).map_or("", String::as_str)
    }

    /// Every credential the spec declares, with the value a caller must use.
    pub fn credentials(&self) -> impl Iterator<Item = (&Credential, &str)> {
        self.shared.api.credentials.iter().zip(self.shared.credentials.iter().map(String::as_str))
    }

    /// A sentence for each thing that the mock would have to see to check a signature, and that the signing statements
    /// of the spec do not show.
    pub fn notices(&self) -> Vec<String> {
        crate::interpret::blind_spots(&self.shared.api.signing, &self.shared.credentials)
    }

    /// Lets the next request go wrong; several faults meet one request each, in order.
    pub fn fail_next(&self, fault: Fault) {
        self.shared.memory().faults.queue.push_back(fault);
    }

    /// Lets each request go wrong by chance, in place of what was said before; an empty list ends it.
    ///
    /// A chance is a part of 1, and at most one fault meets a request. The same seed gives the same
    /// faults to the same requests, counted in the order of their arrival; those of
    /// [`Mock::fail_next`] come first and are not counted.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use codegen_mock::{Fault, Mock};
    /// # fn example(mock: &Mock) {
    /// let slow = Fault::Delay(Duration::from_millis(20));
    /// mock.fail_at_random(1, [(0.01, Fault::DropAfter), (0.02, slow)]);
    /// # }
    /// ```
    pub fn fail_at_random(&self, seed: u64, faults: impl IntoIterator<Item = (f64, Fault)>) {
        self.shared.memory().faults.at_random(seed, faults.into_iter().collect());
    }

    /// Lets a request go wrong as a function says that sees it, in place of what was said before.
    ///
    /// It sees the requests in the order of their arrival, one at a time, and must not ask the mock for anything: that
    /// waits for it. The faults of [`Mock::fail_next`] come first, and it does not see the requests that meet them.
    ///
    /// ```no_run
    /// # use codegen_mock::{Fault, Mock};
    /// # fn example(mock: &Mock) {
    /// let mut first = true;
    /// mock.fail_by(move |request| {
    ///     let is_first_change = request.method != "GET" && std::mem::take(&mut first);
    ///     is_first_change.then_some(Fault::DropAfter)
    /// });
    /// # }
    /// ```
    pub fn fail_by(&self, choose: impl FnMut(&Received) -> Option<Fault> + Send + 'static) {
        self.shared.memory().faults.by(choose);
    }

    /// The parameters of a request by their names, as the spec says that they are spelled. `None` for a request that no
    /// operation describes, or that cannot be read.
    pub fn values(&self, request: &Received) -> Option<BTreeMap<String, Json>> {
        self.shared.values(request)
    }

    /// The last requests, oldest first.
    pub fn requests(&self) -> Vec<Received> {
        self.log().into_iter().map(|exchange| exchange.request).collect()
    }

    /// The last requests with what became of them, oldest first: at most 10,000, and 16 MiB.
    pub fn log(&self) -> Vec<Exchange> {
        self.shared.memory().log.to_vec()
    }

    /// Empties the log and hands out what was in it, so that nothing of a long run is lost.
    pub fn take_log(&self) -> Vec<Exchange> {
        self.shared.memory().log.take()
    }
}

/// Shows no credential.
impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            // It ends at once, and a panic in it was reported already.
            let _ = thread.join();
        }
    }
}

impl Builder {
    /// The value of a credential, by its wire name, in place of the default `test-<name>`, or of the digits of that
    /// where signing decodes it.
    #[must_use]
    pub fn credential(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.credentials.push((name.into(), value.into()));
        self
    }

    /// Where the time comes from that timestamps are held against.
    #[must_use]
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// The port, in place of a free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// How many objects of a collection are made on demand, in place of what its `synthesise` says.
    ///
    /// ```no_run
    /// # async fn example(api: codegen::ir::Api) -> std::io::Result<()> {
    /// let mock = codegen_mock::Mock::builder(api).synthesise("users", 1_000_000).start().await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn synthesise(mut self, collection: impl Into<String>, count: u64) -> Self {
        self.counts.insert(collection.into(), count);
        self
    }

    /// No page of a list has more items than so many, whatever is asked for: a server that lowers the page size.
    #[must_use]
    pub fn largest_page(mut self, items: u64) -> Self {
        self.largest_page = items;
        self
    }

    /// What random values are made of: another seed makes others.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Starts the server on a thread of its own, so that it answers whatever the caller's does.
    ///
    /// # Errors
    ///
    /// No socket, no thread, a credential that the spec does not declare or that signing cannot decode, a collection
    /// that it does not say how to synthesise, or one with more objects than `no_overlap` can compare.
    pub async fn start(self) -> io::Result<Mock> {
        self.launch()
    }

    /// Starts the server, hands it to `ready`, and serves until the process ends.
    ///
    /// # Errors
    ///
    /// As [`Builder::start`].
    pub fn serve(self, ready: impl FnOnce(&Mock)) -> io::Result<()> {
        let mut mock = self.launch()?;
        ready(&mock);
        if let Some(thread) = mock.thread.take() {
            thread.join().map_err(|_| io::Error::other("the mock server broke down"))?;
        }
        Ok(())
    }

    fn launch(mut self) -> io::Result<Mock> {
        let credentials = credentials::resolve(&self.api, std::mem::take(&mut self.credentials))?;
        self.check_counts()?;
        let base_path = self.api.environments.first().map_or("", |environment| path_of(&environment.base)).to_owned();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port))?;
        listener.set_nonblocking(true)?;
        let socket = listener.local_addr()?;
        let address = format!("http://{socket}{base_path}");
        let mut shared = Shared::new(self.api, credentials, base_path, self.clock, self.seed, &self.counts);
        shared.largest_page = self.largest_page;
        let shared = Arc::new(shared);
        if let Some(why) = rules::too_large(&shared.api, &shared.memory().stores) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let (stop, stopped) = oneshot::channel();
        let serving = shared.clone();
        let thread = thread::Builder::new().name("mock".to_owned()).spawn(move || {
            runtime.block_on(async {
                if let Ok(listener) = tokio::net::TcpListener::from_std(listener) {
                    server::serve(listener, serving, stopped).await;
                }
            });
        })?;
        Ok(Mock { shared, socket, address, stop: Some(stop), thread: Some(thread) })
    }

    fn check_counts(&self) -> io::Result<()> {
        let is_made = |name: &String| {
            self.api.collections.iter().any(|collection| collection.name == *name && collection.synthesis.is_some())
        };
        match self.counts.keys().find(|name| !is_made(name)) {
            None => Ok(()),
            Some(name) => {
                let message = format!("the spec has no collection `{name}` with `synthesise`");
                Err(io::Error::new(io::ErrorKind::InvalidInput, message))
            }
        }
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("port", &self.port).finish_non_exhaustive()
    }
}

/// `/v1` of `https://api.example.com/v1`.
fn path_of(base: &str) -> &str {
    let after_scheme = base.split_once("://").map_or(base, |(_, rest)| rest);
    after_scheme.find('/').and_then(|slash| after_scheme.get(slash..)).unwrap_or("").trim_end_matches('/')
}

/// The one place that reads the clock of the system.
#[allow(clippy::disallowed_methods, reason = "the default of a clock that can be replaced")]
fn system_time() -> SystemTime {
    SystemTime::now()
}
