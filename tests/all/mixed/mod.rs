//! Many calls of two APIs at once against mocks that go wrong by a seed: every call must end in what is true of it, and
//! nothing may happen twice that must happen once.
//!
//! What a call comes to is worked out beforehand ([`truth`]) from what the seed lets go wrong ([`plan`]). Then it is
//! compared with what its caller is told ([`calls`]) and with what the mocks have in their logs and in their memories
//! ([`servers`]). `examples/mixed.rs` is the same run from a terminal.

mod calls;
mod plan;
mod servers;
#[cfg(test)]
mod tests;
mod truth;

use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use generated_client::proctorexam::seams::{Body, BoxFuture, Timer, TokioTimer, Transport, TransportError};
use tokio::task::JoinSet;

use calls::Clients;
use plan::{Planned, who_waits};
use servers::Servers;

/// So many calls are under way at a time.
const AT_ONCE: usize = 64;
/// So many are made before the logs are looked at, which hold the last 10,000 requests.
const ROUND: u64 = 2_500;
/// Nobody reads more findings.
const MOST_FINDINGS: usize = 20;

/// A run of calls.
pub(crate) struct Run {
    pub(crate) calls: u64,
    pub(crate) seed: u64,
    /// What the clients send with, in place of the default.
    pub(crate) transport: Option<Arc<dyn Transport>>,
}

/// What came of a run.
#[derive(Default)]
pub(crate) struct Report {
    /// How many calls came to what.
    pub(crate) outcomes: BTreeMap<String, u64>,
    /// How many requests arrived.
    pub(crate) requests: u64,
    /// How many of these met a fault.
    pub(crate) faults: u64,
    /// What is not as it must be; the first of it.
    pub(crate) findings: Vec<String>,
}

impl Report {
    fn find(&mut self, finding: impl FnOnce() -> String) {
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(finding());
        }
    }
}

impl Run {
    /// Makes the calls and judges them.
    ///
    /// # Errors
    ///
    /// When there is nothing to call or to call with.
    pub(crate) async fn finish(self) -> Result<Report, Box<dyn Error>> {
        let Self { calls, seed, transport } = self;
        let servers = Servers::start(calls).await?;
        let clients = servers.clients(transport)?;
        let mut report = Report::default();
        for first in (0..calls).step_by(ROUND as usize) {
            let round: Vec<_> = (first..calls.min(first + ROUND)).map(|number| Planned::of(seed, number)).collect();
            servers.arm(&round);
            make_all(&round, &clients, &mut report).await;
            servers.judge_log(&round, &mut report);
        }
        servers.disarm();
        servers.judge_memory((0..calls).map(|number| Planned::of(seed, number)), &mut report).await?;
        Ok(report)
    }
}

/// Makes the calls of a round, and compares what their callers are told with what is true.
async fn make_all(round: &[Planned], clients: &Clients, report: &mut Report) {
    let mut under_way = JoinSet::new();
    let mut to_make = round.iter();
    loop {
        while under_way.len() < AT_ONCE
            && let Some(planned) = to_make.next()
        {
            let (planned, clients) = (planned.clone(), clients.clone());
            under_way.spawn(async move {
                let seen = clients.make(&planned).await;
                (planned, seen)
            });
        }
        let Some(made) = under_way.join_next().await else { return };
        let Ok((planned, seen)) = made else {
            report.find(|| "a call panicked".to_owned());
            continue;
        };
        *report.outcomes.entry(seen.outcome.to_string()).or_default() += 1;
        let truth = planned.truth();
        if (&seen.outcome, seen.attempts) != (&truth.outcome, truth.attempts) {
            let (told, tried) = (seen.outcome, seen.attempts);
            let (is, tries) = (truth.outcome, truth.attempts);
            report.find(|| format!("{planned:?}: told `{told}` after {tried} attempts, true is `{is}` after {tries}"));
        }
    }
}

/// Real time, but pauses between attempts are a fiftieth of what they would be, and an attempt that stalls is over as
/// soon as the server has it: how fast the machine is must not decide what a call comes to.
struct Brisk(Stalled);

/// The calls of which a server has a request that it will not answer.
type Stalled = Arc<Mutex<HashSet<u64>>>;

impl Timer for Brisk {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let Some(number) = who_waits(duration) else { return TokioTimer.sleep(duration) };
        let stalled = self.0.clone();
        Box::pin(async move {
            while !stalled.lock().unwrap_or_else(PoisonError::into_inner).remove(&number) {
                TokioTimer.sleep(Duration::from_millis(5)).await;
            }
        })
    }

    fn pause(&self, longest: Duration) -> Duration {
        longest / 50
    }

    fn works(&self) -> bool {
        TokioTimer.works()
    }
}

/// A transport that two clients share.
struct Common(Arc<dyn Transport>);

impl Transport for Common {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.send(request)
    }
}
