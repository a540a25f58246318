//! What a spec says of how much its API takes is what its client keeps to, by itself and unless its caller says else.

use std::future::{pending, ready};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use generated_client::proctorexam::seams::{Body, BoxFuture, Timer, Transport, TransportError};
use tests::limits::{Client, Environment};

/// An API that takes a while for every answer and counts those that it is at, and a time that passes where it is
/// waited for.
#[derive(Clone)]
struct Busy {
    now: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    slept: Arc<Mutex<Vec<Duration>>>,
    began: Instant,
}

impl Busy {
    #[expect(clippy::disallowed_methods, reason = "the time that passes here begins somewhere")]
    fn new() -> Self {
        Self { now: Arc::default(), most: Arc::default(), slept: Arc::default(), began: Instant::now() }
    }

    fn builder(&self) -> tests::limits::Builder<Client> {
        let environment = Environment::custom("https://limits.example.com").unwrap();
        Client::builder(environment).transport(self.clone()).timer(self.clone())
    }

    /// How many of two calls were under way together at most.
    async fn together(&self, client: &Client) -> usize {
        let begin = || tokio::spawn(client.clone().things().list().into_future());
        for call in [begin(), begin()] {
            call.await.unwrap().unwrap();
        }
        self.most.load(Ordering::Relaxed)
    }

    /// How many seconds calls waited that were made one after the other.
    async fn waited(&self, client: &Client, calls: usize) -> Vec<u64> {
        for _ in 0..calls {
            client.things().list().await.unwrap();
        }
        self.slept.lock().unwrap().iter().map(Duration::as_secs).collect()
    }
}

impl Transport for Busy {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            let now = self.now.fetch_add(1, Ordering::Relaxed) + 1;
            self.most.fetch_max(now, Ordering::Relaxed);
            for _ in 0..5 {
                tokio::task::yield_now().await;
            }
            self.now.fetch_sub(1, Ordering::Relaxed);
            Ok(http::Response::new(Body::from("{}")))
        })
    }
}

impl Timer for Busy {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        if duration == Duration::from_secs(60) {
            return Box::pin(pending()); // No call takes all the time that it has.
        }
        self.slept.lock().unwrap().push(duration);
        Box::pin(ready(()))
    }

    fn now(&self) -> Instant {
        self.began + self.slept.lock().unwrap().iter().sum::<Duration>()
    }
}

#[tokio::test]
async fn a_client_keeps_to_the_limits_of_its_spec_unless_told_otherwise() {
    let as_declared = |busy: &Busy| busy.builder().build().unwrap();
    let otherwise =
        |busy: &Busy| busy.builder().max_concurrency(2).rate_limit(4, Duration::from_secs(7)).build().unwrap();
    let busy = Busy::new();
    assert_eq!(busy.together(&as_declared(&busy)).await, 1);
    let busy = Busy::new();
    assert_eq!(busy.together(&otherwise(&busy)).await, 2);
    let busy = Busy::new();
    assert_eq!(busy.waited(&as_declared(&busy), 5).await, [10, 10]);
    let busy = Busy::new();
    assert_eq!(busy.waited(&otherwise(&busy), 5).await, [7]);
}
