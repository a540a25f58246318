//! Who waits for whom: on a clock that is paused, and that nobody sets.

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

use super::api::{Client, Credentials};
use super::stage::{Stage, USERS, begin, new_user};
use crate::seams::Issued;
use crate::sending::{Body, BoxFuture, Clock, Timer, TokioTimer, Transport, TransportError};

/// Answers after a second, and knows when each request came. The first few are too many.
#[derive(Clone)]
struct Slow {
    begun: Instant,
    came: Arc<Mutex<Vec<u64>>>,
    too_many: usize,
}

impl Slow {
    fn new(too_many: usize) -> Self {
        Self { begun: Instant::now(), came: Arc::default(), too_many }
    }

    fn builder(&self) -> crate::rt::Builder<Client> {
        Stage::new([]).builder().transport(self.clone()).timer(TokioTimer).max_attempts(1)
    }

    /// At which seconds.
    fn came(&self) -> Vec<u64> {
        self.came.lock().unwrap().iter().map(|millis| millis / 1000).collect()
    }
}

impl Transport for Slow {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            let number = {
                let mut came = self.came.lock().unwrap();
                came.push(u64::try_from(self.begun.elapsed().as_millis()).unwrap());
                came.len()
            };
            TokioTimer.sleep(Duration::from_secs(1)).await;
            let mut answer = http::Response::new(Body::from(USERS));
            if number <= self.too_many {
                *answer.status_mut() = http::StatusCode::TOO_MANY_REQUESTS;
                answer.headers_mut().insert("retry-after", 20.into());
            }
            Ok(answer)
        })
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_stops_waiting_gives_back_its_turn() {
    let slow = Slow::new(0);
    let client = slow.builder().rate_limit(1, Duration::from_secs(10)).build().unwrap();
    client.users().list(1).await.unwrap();
    let mut waiting: Vec<_> = (0..5).map(|_| Box::pin(client.users().list(1).into_future())).collect();
    for call in &mut waiting {
        begin(call).await;
    }
    drop(waiting);
    client.users().list(1).await.unwrap();
    assert_eq!(slow.came(), [0, 10]);
}

#[tokio::test(start_paused = true)]
async fn whoever_waits_already_waits_longer_when_the_server_says_so() {
    let slow = Slow::new(1);
    let client = slow.builder().rate_limit(1, Duration::from_millis(600)).build().unwrap();
    let calls: Vec<_> = (0..4).map(|_| tokio::spawn(client.users().list(1).into_future())).collect();
    let mut failed = 0;
    for call in calls {
        failed += usize::from(call.await.unwrap().is_err());
    }
    // Another was under way when the answer came, at the first second.
    assert_eq!((slow.came(), failed), (vec![0, 0, 21, 21], 1));
}

/// Stands still, or goes back by an hour whenever it is asked.
struct Broken(Mutex<SystemTime>, Duration);

impl Clock for Broken {
    fn now(&self) -> SystemTime {
        let mut now = self.0.lock().unwrap();
        *now -= self.1;
        *now
    }
}

#[tokio::test(start_paused = true)]
async fn the_clock_that_calls_are_signed_by_makes_nobody_wait() {
    for back in [0, 3600] {
        let slow = Slow::new(0);
        let clock = Broken(Mutex::new(UNIX_EPOCH + Duration::from_secs(1 << 30)), Duration::from_secs(back));
        let client = slow.builder().clock(clock).rate_limit(1, Duration::from_secs(5)).build().unwrap();
        for _ in 0..3 {
            let answered = client.users().list(1).with_response().await;
            assert!(answered.result.is_ok() && answered.took() >= Duration::from_secs(1), "{answered:?}");
        }
        assert_eq!(slow.came(), [0, 5, 10]);
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_takes_up_a_place_while_waiting_for_the_rate() {
    let slow = Slow::new(0);
    let builder = slow.builder().max_concurrency(1).rate_limit(1, Duration::from_secs(30));
    let client = builder.build().unwrap();
    client.users().list(1).await.unwrap();
    // Its turn comes, but not in the time of this one, which ends for that reason and at once.
    let late = tokio::spawn(client.users().list(1).into_future());
    tokio::task::yield_now().await;
    let start = Instant::now();
    let error = client.users().list(1).with_timeout(Duration::from_secs(10)).await.unwrap_err();
    assert!(error.is_timeout() && start.elapsed().is_zero());
    late.await.unwrap().unwrap();
    assert_eq!(slow.came(), [0, 30]);
}

#[tokio::test(start_paused = true)]
async fn whoever_came_first_is_served_first() {
    let slow = Slow::new(0);
    let client = slow.builder().max_concurrency(2).build().unwrap();
    let order = Arc::new(Mutex::new(Vec::new()));
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..20 {
        let (client, order) = (client.clone(), order.clone());
        calls.spawn(async move {
            client.users().list(1).await.unwrap();
            order.lock().unwrap().push(number);
        });
    }
    calls.join_all().await;
    let order = order.lock().unwrap().clone();
    assert!(order.chunks(2).zip((0..20).step_by(2)).all(|(two, at)| two.contains(&at) && two.contains(&(at + 1))));
    assert_eq!(slow.came(), (0..20).map(|number| number / 2).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn a_call_that_nobody_polls_holds_up_nobody_for_long() {
    let slow = Slow::new(0);
    let client = slow.builder().max_concurrency(1).build().unwrap();
    let mut first = pin!(client.users().list(1).into_future());
    begin(&mut first).await;
    // They are in the queue, and nobody asks after them while the next call is made.
    let mut forgotten: Vec<_> = (0..8).map(|_| Box::pin(client.users().list(1).into_future())).collect();
    for call in &mut forgotten {
        // By a waker that wakes nobody.
        assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }
    let last = tokio::spawn(client.users().create(new_user()).into_future());
    tokio::task::yield_now().await;
    first.await.unwrap();
    let start = Instant::now();
    drop(last.await.unwrap());
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    // They come to their turn nonetheless.
    for call in forgotten {
        call.await.unwrap();
    }
    assert_eq!(slow.came().len(), 10);
}

#[tokio::test(start_paused = true)]
async fn a_thousand_that_wait_come_to_their_turn() {
    let slow = Slow::new(0);
    let client = slow.builder().max_concurrency(100).timeout(Duration::MAX).build().unwrap();
    let calls: Vec<_> = (0..1000).map(|_| tokio::spawn(client.users().list(1).into_future())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let came = slow.came();
    assert!((0..10).all(|second| came.iter().filter(|at| **at == second).count() == 100), "{came:?}");
}

#[tokio::test(start_paused = true)]
async fn credentials_that_take_long_are_waited_for_before_the_turn() {
    let slow = Slow::new(0);
    let provider = || async {
        TokioTimer.sleep(Duration::from_secs(5)).await;
        Ok::<_, std::io::Error>(Issued::from(Credentials { api_token: "t".into(), secret_key: "k".into() }))
    };
    let client = slow.builder().credentials_from(provider).rate_limit(1, Duration::from_secs(2)).build().unwrap();
    let calls: Vec<_> = (0..3).map(|_| tokio::spawn(client.users().list(1).into_future())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(slow.came(), [5, 7, 9]);
}
