//! What all connections share, and the way of one request through it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use codegen::ir::{Api, Collection, CollectionId, ErrorId, Json};

use crate::chance::Faults;
use crate::effect::Call;
use crate::fault::Fault;
use crate::keys::{self, Answered};
use crate::log::{Log, Verdict};
use crate::parameters::Parameters;
use crate::received::Received;
use crate::reply::Reply;
use crate::route::{self, NoRoute, Route};
use crate::signature::{Nonces, Seen};
use crate::store::Store;
use crate::{credentials, headers, paging, parameters, validate};

/// Where the mock takes the time from.
pub(crate) type Clock = Box<dyn Fn() -> SystemTime + Send + Sync>;

/// The model that is interpreted, and the memory.
pub(crate) struct Shared {
    pub(crate) api: Api,
    /// In the order of `Api::credentials`.
    pub(crate) credentials: Vec<String>,
    /// What the path of every request begins with.
    pub(crate) base_path: String,
    pub(crate) clock: Clock,
    /// Of what is random.
    seed: u64,
    /// No page of a list has more items.
    pub(crate) largest_page: u64,
    memory: Mutex<Memory>,
}

/// What changes while the mock runs.
#[derive(Debug)]
pub(crate) struct Memory {
    /// In the order of `Api::collections`.
    pub(crate) stores: Vec<Store>,
    nonces: Nonces,
    answered: Answered,
    pub(crate) faults: Faults,
    pub(crate) log: Log,
}

impl Shared {
    /// `counts` says of some collections how many objects are made on demand.
    pub(crate) fn new(
        api: Api,
        credentials: Vec<String>,
        base_path: String,
        clock: Clock,
        seed: u64,
        counts: &HashMap<String, u64>,
    ) -> Self {
        let now = milliseconds(&clock);
        let store = |(at, collection): (usize, &Collection)| {
            let declared = collection.synthesis.as_ref().map_or(0, |synthesis| synthesis.count);
            let count = counts.get(&collection.name).copied().unwrap_or(declared);
            Store::new(&api, CollectionId(at), count, seed, now)
        };
        let stores = api.collections.iter().enumerate().map(store).collect();
        let memory = Memory {
            stores,
            nonces: Nonces::default(),
            answered: Answered::default(),
            faults: Faults::default(),
            log: Log::default(),
        };
        Self { api, credentials, base_path, clock, seed, largest_page: u64::MAX, memory: Mutex::new(memory) }
    }

    /// The memory; usable even after a panic elsewhere, as no change to it is ever half made.
    pub(crate) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a request down; its number in the log, and what is to go wrong with it.
    pub(crate) fn arrived(&self, request: &Received) -> (u64, Option<Fault>) {
        let route = self.route(request).ok();
        let operation = route.and_then(|route| {
            let resource = self.api.resources.get(route.resource)?;
            Some(format!("{}.{}", resource.name.wire, route.operation.name.wire))
        });
        let mut memory = self.memory();
        let fault = memory.faults.next(request);
        (memory.log.push(request.clone(), operation, fault.clone()), fault)
    }

    /// The answer to a request of that number.
    pub(crate) fn answer(&self, request: &Received, number: u64) -> Reply {
        match self.checked(request, number) {
            Ok(reply) => {
                self.memory().log.settle(number);
                reply
            }
            Err(reply) => {
                if reply.verdict != Verdict::Unjudged {
                    self.memory().log.judge(number, reply.verdict.clone());
                }
                reply
            }
        }
    }

    /// Signs an answer to a request, where the spec says that answers are signed.
    pub(crate) fn sign(&self, request: &Received, reply: &mut Reply) {
        if self.api.signing.answers.is_none() {
            return;
        }
        let Ok(route) = self.route(request) else { return };
        let Ok(parameters) = parameters::collect(&self.api, &route, request) else { return };
        self.seen(milliseconds(&self.clock), request, &route, &parameters).sign(reply);
    }

    fn seen<'a>(
        &'a self,
        now: i64,
        request: &'a Received,
        route: &'a Route<'a>,
        parameters: &'a Parameters,
    ) -> Seen<'a> {
        Seen { api: &self.api, credentials: &self.credentials, now, request, route, parameters }
    }

    /// A documented error of the operation that a request is for.
    pub(crate) fn documented(&self, request: &Received, name: &str) -> Reply {
        let route = match self.route(request) {
            Ok(route) => route,
            Err(reply) => return reply,
        };
        match self.api.errors.iter().position(|error| error.name.wire == name) {
            Some(error) => {
                let call = (&self.api, route.operation, milliseconds(&self.clock));
                Reply::documented(call, ErrorId(error), |hole| Some(hole.to_owned()))
            }
            None => Reply::refused(&self.api, 500, "an error that the spec does not declare"),
        }
    }

    fn route(&self, request: &Received) -> Result<Route<'_>, Reply> {
        let api = &self.api;
        let unknown = || Reply::refused(api, 404, "no operation has this path");
        route::find(api, &self.base_path, &request.method, &request.path).map_err(|none| match none {
            NoRoute::Path => unknown(),
            NoRoute::Method(allowed) => {
                let mut reply = Reply::refused(api, 405, "no operation of this path has this method");
                reply.headers.push(("Allow".to_owned(), allowed.join(", ")));
                reply
            }
        })
    }

    fn checked(&self, request: &Received, number: u64) -> Result<Reply, Reply> {
        let api = &self.api;
        let route = self.route(request)?;
        if !credentials::stand_in_path(&route, &self.credentials) {
            return Err(Reply::assumed(&api.mock.unauthenticated));
        }
        headers::check(api, route.operation, &self.credentials, request)?;
        let mut parameters = parameters::collect(api, &route, request)?;
        let now = milliseconds(&self.clock);
        let mut memory = self.memory();
        self.seen(now, request, &route, &parameters).check(&mut memory.nonces)?;
        let cursor = paging::restore(api, route.operation, &mut parameters);
        parameters::drop_idle(api, route.operation, &mut parameters);
        validate::check((api, route.operation, now), &parameters)?;
        memory.log.judge(number, Verdict::Accepted);
        parameters.extend(cursor);
        let call = Call {
            api,
            operation: route.operation,
            parameters: &parameters,
            now,
            seed: self.seed,
            request,
            largest_page: self.largest_page,
            found: &[],
        };
        let Some(key) = keys::key(route.operation, &parameters) else { return call.run(&mut memory.stores) };
        let sent = keys::sent(route.operation, &parameters);
        match memory.answered.get(&key) {
            // The effect that it speaks of is there already.
            Some((first, reply)) if *first == sent => return Err(reply.clone()),
            Some(_) => return Err(Reply::assumed(&api.mock.reused_key)),
            None => {}
        }
        let reply = call.run(&mut memory.stores)?;
        memory.answered.keep(key, sent, reply.clone());
        Ok(reply)
    }

    /// The parameters of a request, if it can be read.
    pub(crate) fn values(&self, request: &Received) -> Option<BTreeMap<String, Json>> {
        let route = self.route(request).ok()?;
        let parameters = parameters::collect(&self.api, &route, request).ok()?;
        Some(parameters.into_iter().map(|(name, given)| (name, given.json)).collect())
    }
}

/// Milliseconds since the epoch.
fn milliseconds(clock: &Clock) -> i64 {
    let since = clock().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
