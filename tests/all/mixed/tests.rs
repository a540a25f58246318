//! The run in small, and proofs that it would find what it is for.

use std::sync::Arc;

use generated_client::proctorexam::seams::{Body, BoxFuture, ReqwestTransport, Transport, TransportError};

use super::plan::{DEEDS, Planned};
use super::truth::End;
use super::{Report, Run};

async fn run(calls: u64, seed: u64, transport: Option<Arc<dyn Transport>>) -> Report {
    Run { calls, seed, transport }.finish().await.unwrap_or_else(|error| panic!("{error}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_call_ends_in_what_is_true_of_it() {
    let report = run(5_000, 1, None).await;
    assert!(report.findings.is_empty(), "{}", report.findings.join("\n"));
    assert_eq!(report.outcomes.values().sum::<u64>(), 5_000);
    assert!(report.requests > 5_000 && report.faults > 500);
}

/// What a client says of its connections that takes every call for one that may be made again.
struct Careless(ReqwestTransport);

impl Transport for Careless {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async { self.0.send(request).await.map_err(TransportError::not_sent) })
    }
}

#[tokio::test]
async fn a_client_that_repeats_everything_is_found_out() {
    let client = reqwest::Client::builder().no_proxy().retry(reqwest::retry::never()).build().unwrap();
    let report = run(500, 1, Some(Arc::new(Careless(client.into())))).await;
    let found = |what: &str| report.findings.iter().filter(|finding| finding.contains(what)).count();
    assert!(found("told `value` after 2 attempts, true is `connection broken, outcome unknown` after 1") > 0);
    assert!(found("arrived 2 times, and must arrive once at most") > 0, "{:#?}", report.findings);
}

/// Sends nothing of what deletes, and says that all is well.
struct Losing(ReqwestTransport);

impl Transport for Losing {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            if request.method() == "DELETE" {
                return Ok(http::Response::new(Body::from("{}")));
            }
            self.0.send(request).await
        })
    }
}

#[tokio::test]
async fn what_never_arrived_is_missed() {
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let report = run(50, 1, Some(Arc::new(Losing(client.into())))).await;
    let found = |what: &str| report.findings.iter().any(|finding| finding.contains(what));
    assert!(found("0 requests arrived") && found("remembers something else than 1 effects"), "{:#?}", report.findings);
}

#[test]
fn a_seed_says_everything_that_goes_wrong() {
    let plans = |seed| (0..2_000).map(|number| Planned::of(seed, number)).collect::<Vec<_>>();
    assert_ne!(plans(7), plans(8));
    for (weight, deed) in DEEDS {
        let count = plans(7).iter().filter(|planned| planned.deed == deed).count();
        assert!(count.abs_diff(weight as usize * 20) < 100, "{deed:?}: {count}");
    }
}

#[test]
fn no_client_calls_nobody_so_often_that_it_gives_up() {
    for seed in 0..50 {
        let lost: Vec<_> = (0..20_000).map(|number| Planned::of(seed, number)).filter(|it| it.to_nobody).collect();
        let enveloped = lost.iter().filter(|planned| planned.deed.is_enveloped()).count();
        // Two retries each, of a hundred.
        assert!(enveloped > 0 && enveloped <= 50 && lost.len() - enveloped <= 50, "{seed}: {} calls", lost.len());
    }
}

#[test]
fn nothing_is_unknown_that_may_be_repeated() {
    for planned in (0..20_000).map(|number| Planned::of(3, number)) {
        let truth = planned.truth();
        let changes = truth.took_effect.iter().filter(|took_effect| **took_effect).count();
        assert!(planned.deed.may_repeat() || changes <= 1, "{planned:?}");
        assert!(!(planned.deed.may_repeat() && truth.outcome.unknown), "{planned:?}");
        // Whoever is told of a success has had one.
        let is_success = matches!(truth.outcome.end, End::Value | End::Unreadable) && !truth.outcome.unknown;
        assert!(!is_success || changes == 1 || planned.deed.may_repeat(), "{planned:?}");
    }
}
