//! When a call is made again, and when it must not be.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::api::{CreateUserError, Error};
use super::stage::{Act, Stage, USER, USERS, new_user};
use crate::seams::{NoNonce, Nonces};

async fn create(stage: &Stage) -> Result<(), Error<CreateUserError>> {
    stage.client().users().create(new_user()).await.map(drop)
}

#[tokio::test]
async fn a_call_that_only_reads_is_made_three_times_and_signed_anew() {
    for act in
        [|| Act::Broken, || Act::Unsent, || Act::status(503, ""), || Act::status(429, ""), || Act::status(408, "")]
    {
        let stage = Stage::new([act(), act(), Act::ok(USERS)]);
        stage.client().users().list(1).await.unwrap();
        let mut targets = stage.targets();
        assert_eq!(targets.len(), 3);
        for (index, target) in targets.iter().enumerate() {
            assert!(target.contains(&format!("nonce={}&", index + 1)), "{target}");
        }
        let signatures = targets.iter_mut().map(|target| target.split_off(target.len() - 64));
        assert_eq!(signatures.collect::<std::collections::BTreeSet<_>>().len(), 3);
        assert_eq!(stage.slept(), [200, 400].map(Duration::from_millis), "the timer decides, up to a bound");
    }
}

#[tokio::test]
async fn an_attempt_that_hangs_is_followed_by_another_where_attempts_have_a_time() {
    let limit = Duration::from_secs(5);
    let stage = Stage::new([Act::Silence, Act::ok(USERS)]);
    stage.builder().attempt_timeout(limit).build().unwrap().users().list(1).await.unwrap();
    assert_eq!(stage.slept(), [limit, Duration::from_millis(200)]);

    let stage = Stage::new([Act::Silence, Act::ok(USERS)]);
    stage.client().users().list(1).with_attempt_timeout(limit).await.unwrap();
    assert_eq!(stage.slept(), [limit, Duration::from_millis(200)]);
}

#[tokio::test]
async fn a_change_that_hangs_is_not_made_again_when_the_time_of_the_attempt_is_over() {
    let stage = Stage::new([Act::Silence]);
    let client = stage.builder().attempt_timeout(Duration::from_secs(5)).build().unwrap();
    let error = client.users().create(new_user()).await.unwrap_err();
    assert!(error.is_timeout() && error.is_outcome_unknown() && !error.is_retryable());
    assert_eq!(stage.requests().len(), 1);
}

#[tokio::test]
async fn a_call_may_have_bounds_of_its_own() {
    let stage = Stage::new([Act::Broken]);
    let error = stage.client().users().list(1).with_max_attempts(1).await.unwrap_err();
    assert!(error.is_retryable() && !error.is_timeout());
    assert_eq!(stage.requests().len(), 1);

    // No pause fits into what the call has.
    let stage = Stage::new([Act::Broken]);
    stage.client().users().list(1).with_timeout(Duration::from_millis(100)).await.unwrap_err();
    assert_eq!(stage.requests().len(), 1);

    let stage = Stage::new([Act::Silence]);
    let error = stage.client().users().list(1).with_timeout(Duration::from_secs(1)).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(stage.slept(), [Duration::from_secs(1)]);
}

#[tokio::test]
async fn after_three_attempts_the_last_answer_counts() {
    let stage = Stage::new([Act::Broken, Act::status(502, ""), Act::status(503, "")]);
    let error = stage.client().users().list(1).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 503);
    assert!(error.is_retryable());
    let stage = Stage::new([Act::Unsent, Act::Unsent, Act::Unsent]);
    let error = stage.client().users().list(1).await.unwrap_err();
    assert_eq!(error.to_string(), "users.list: no answer after 3 attempts");
    assert!(error.is_retryable() && !error.is_outcome_unknown());
}

#[tokio::test]
async fn what_is_final_is_not_repeated() {
    for status in [400, 401, 403, 404, 409, 422, 500, 501] {
        let stage = Stage::new([Act::status(status, "")]);
        let error = stage.client().users().list(1).await.unwrap_err();
        assert!(!error.is_retryable(), "{status}");
        assert_eq!(stage.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_call_that_changes_things_is_repeated_only_if_nothing_was_sent() {
    let stage = Stage::new([Act::Unsent, Act::Unsent, Act::ok(USER)]);
    create(&stage).await.unwrap();
    assert_eq!(stage.requests().len(), 3);

    let stage = Stage::new([Act::Unsent, Act::Broken]);
    let error = create(&stage).await.unwrap_err();
    assert_eq!(stage.requests().len(), 2);
    assert!(error.is_outcome_unknown() && !error.is_retryable());
    assert_eq!(error.to_string(), "users.create: no answer after 2 attempts; whether the call took effect is unknown");

    for status in [429, 503] {
        let stage = Stage::new([Act::status(status, "")]);
        // The client does not make a change again by itself; its caller may, since nothing happened.
        let error = create(&stage).await.unwrap_err();
        assert!(error.is_retryable() && !error.is_outcome_unknown());
        assert_eq!(stage.requests().len(), 1);
    }
}

#[tokio::test]
async fn an_answer_may_leave_open_whether_a_change_took_effect() {
    for (status, open) in [(408, true), (500, true), (502, true), (504, true), (503, false), (429, false), (409, false)]
    {
        let error = create(&Stage::new([Act::status(status, "")])).await.unwrap_err();
        let nothing_happened = matches!(status, 429 | 503);
        assert_eq!((error.is_outcome_unknown(), error.is_retryable()), (open, nothing_happened), "{status}");
        let busy = || Act::status(status, "");
        let error = Stage::new([busy(), busy(), busy()]).client().users().list(1).await.unwrap_err();
        assert!(!error.is_outcome_unknown(), "{status}: reading changes nothing");
    }
    // It succeeded, which is no open question.
    let error = create(&Stage::new([Act::ok("{}")])).await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)) && !error.is_outcome_unknown() && !error.is_retryable());
}

#[test]
fn a_documented_error_is_retryable_if_it_says_that_nothing_happened() {
    use crate::rt;
    static BUSY: rt::ErrorCase = rt::error("busy", &[429, 503]);
    static GATEWAY: rt::ErrorCase = rt::error("gateway", &[502]);
    static MIXED: rt::ErrorCase = rt::error("mixed", &[429, 500]);
    #[derive(Debug)]
    enum Failed {
        Busy,
        Gateway,
        Mixed,
    }
    rt::documented_error!(Failed);
    impl rt::OperationError for Failed {
        type Code = super::api::ErrorCode;
        const VARIANTS: &'static [rt::Variant<Self>] = &[
            rt::case(&BUSY, |_| Self::Busy),
            rt::case(&GATEWAY, |_| Self::Gateway),
            rt::case(&MIXED, |_| Self::Mixed),
        ];
    }
    let retryable = |error| Error::Api(error).is_retryable();
    assert!(retryable(Failed::Busy) && !retryable(Failed::Gateway) && !retryable(Failed::Mixed));
}

/// Which statuses do is in the table, so that a table that says it of one says it of all that has it.
#[test]
fn a_documented_status_leaves_open_what_an_undocumented_one_does() {
    use crate::rt;
    static GATEWAY: rt::ErrorCase = rt::error("gateway", &[502]).meaning("the gateway gave up").leaves_open();
    static LATE: rt::ErrorCase = rt::error("late", &[408, 409]).retry_never().leaves_open();
    static BUSY: rt::ErrorCase = rt::error("busy", &[503]);
    static REFUSED: rt::ErrorCase = rt::error("refused", &[500]).retry_safe();
    static CODED: rt::ErrorCase = rt::error("coded", &[500]).codes(&["X"]);
    static LOST: rt::ErrorCase = rt::error("lost", &[500]).codes(&["Y"]).outcome_unknown();
    macro_rules! errors {
        ($name:ident, $open:literal) => {
            #[derive(Debug)]
            enum $name {
                Gateway,
                Late,
                Busy,
                Refused,
                Coded,
                Lost,
            }
            rt::documented_error!($name);
            impl rt::OperationError for $name {
                type Code = super::api::ErrorCode;
                const VARIANTS: &'static [rt::Variant<Self>] = &[
                    rt::case(&GATEWAY, |_| Self::Gateway),
                    rt::case(&LATE, |_| Self::Late),
                    rt::case(&BUSY, |_| Self::Busy),
                    rt::case(&REFUSED, |_| Self::Refused),
                    rt::case(&CODED, |_| Self::Coded),
                    rt::case(&LOST, |_| Self::Lost),
                ];
                const LEAVES_OPEN: bool = $open;
            }
        };
    }
    errors!(Changed, true);
    errors!(Shown, false);
    fn open<E: rt::OperationError>(error: E) -> bool {
        Error::Api(error).is_outcome_unknown()
    }
    assert!(open(Changed::Gateway) && open(Changed::Late) && open(Changed::Lost));
    assert!(!open(Changed::Busy) && !open(Changed::Refused) && !open(Changed::Coded));
    assert!(!open(Shown::Gateway) && !open(Shown::Late) && open(Shown::Lost) && !open(Shown::Busy));
    let text = Error::Api(Changed::Gateway).to_string();
    assert_eq!(text, "gateway (502): the gateway gave up; whether the call took effect is unknown");
}

#[tokio::test]
async fn a_spec_may_call_a_change_safe() {
    let stage = Stage::new([Act::Broken, Act::ok(USER)]);
    stage.client().users().update(1, 7).receives_reports(true).await.unwrap();
    assert_eq!(stage.requests().len(), 2);
}

#[tokio::test]
async fn the_server_may_ask_for_patience_but_not_for_too_much() {
    let busy = |after| Act::Answer(503, after, String::new());
    let stage = Stage::new([busy(&[("Retry-After", "7")]), Act::ok(USERS)]);
    stage.client().users().list(1).await.unwrap();
    assert_eq!(stage.slept(), [Duration::from_secs(7)]);
    // The new attempt says when it was made.
    assert!(stage.targets()[1].contains("timestamp=1527500372052&"), "{:?}", stage.targets());

    let stage = Stage::new([busy(&[("Retry-After", "3600")])]);
    let error = stage.client().users().list(1).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.retry_after()), (503, Some(Duration::from_secs(3600))));
    let text =
        "users.list: an answer that is not documented, status 503; the server asks for 3600 s before the next call";
    assert_eq!(error.to_string(), text);
    assert_eq!(super::api::AnyError::from(error).retry_after(), Some(Duration::from_secs(3600)));
    assert!(stage.slept().is_empty());

    // Waiting longer than the call may take is of no use.
    let stage =
        Stage::new([busy(&[("Retry-After", "25")]), busy(&[("Retry-After", "25")]), busy(&[("Retry-After", "25")])]);
    stage.builder().max_attempts(9).build().unwrap().users().list(1).await.unwrap_err();
    assert_eq!(stage.slept(), [Duration::from_secs(25), Duration::from_secs(25)]);
}

#[tokio::test]
async fn a_silent_server_is_given_up_on() {
    let stage = Stage::new([Act::Silence]);
    let error = stage.client().users().list(1).await.unwrap_err();
    assert!(error.is_timeout() && error.is_retryable() && !error.is_outcome_unknown());
    assert_eq!(error.to_string(), "users.list: no answer in time");
    let error = create(&Stage::new([Act::Silence])).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_retryable() && error.is_outcome_unknown());
    assert_eq!(error.to_string(), "users.create: no answer in time; whether the call took effect is unknown");
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_not_asked_for_again() {
    let stage = Stage::new([Act::ok(&" ".repeat((16 << 20) + 1))]);
    let error = stage.client().users().list(1).await.unwrap_err();
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the answer is larger than 16 MiB");
    assert_eq!(error.to_string(), "users.list: the answer is too large, status 200");
    assert!(!error.is_retryable());
    assert_eq!((stage.requests().len(), error.status().unwrap().as_u16()), (1, 200));

    // The status says that a change succeeded, as it does before an answer that cannot be read.
    let error = create(&Stage::new([Act::ok(&" ".repeat((16 << 20) + 1))])).await.unwrap_err();
    assert_eq!(error.to_string(), "users.create: the answer is too large, status 200; the call took effect");
    assert!(!error.is_retryable() && !error.is_outcome_unknown());
    let error = create(&Stage::new([Act::status(500, &" ".repeat((16 << 20) + 1))])).await.unwrap_err();
    assert!(!error.is_retryable() && error.is_outcome_unknown());
}

#[tokio::test]
async fn where_everything_fails_few_retries_are_made() {
    let stage = Stage::new((0..202).map(|_| Act::Broken));
    let client = stage.client();
    // Three attempts each, as long as there are retries.
    for _ in 0..50 {
        client.clone().users().list(1).await.unwrap_err();
    }
    assert_eq!(stage.requests().len(), 150);
    for made in [151, 152] {
        let error = client.clone().users().list(1).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "users.list: no answer; it was not tried again, because too many calls of this client fail"
        );
        assert!(error.is_retryable());
        assert_eq!(stage.requests().len(), made);
    }
    // Another client has retries of its own.
    stage.client().users().list(1).await.unwrap_err();
    assert_eq!(stage.requests().len(), 155);
}

#[tokio::test]
async fn what_succeeds_earns_retries() {
    let trouble = (0..150).map(|_| Act::status(502, ""));
    let stage = Stage::new(trouble.chain((0..5).map(|_| Act::ok(USERS))).chain([Act::status(502, ""), Act::ok(USERS)]));
    let client = stage.client();
    for _ in 0..50 {
        client.users().list(1).await.unwrap_err();
    }
    for _ in 0..6 {
        client.users().list(1).await.unwrap();
    }
    assert_eq!(stage.requests().len(), 157);
}

#[tokio::test]
async fn the_response_tells_how_often_and_how_long_the_call_was_made() {
    let stage = Stage::new([Act::Unsent, Act::Unsent, Act::ok(USERS)]);
    let answered = stage.client().users().list(1).with_response().await;
    assert!(answered.result.is_ok());
    assert_eq!((answered.attempts(), answered.took()), (3, Duration::from_millis(600)));
    let answered = Stage::new([Act::Unsent, Act::Broken]).client().users().create(new_user()).with_response().await;
    assert_eq!((answered.attempts(), answered.took()), (2, Duration::from_millis(200)));
    match answered.result.unwrap_err() {
        Error::Transport(broken) => assert_eq!((broken.attempts(), broken.took()), (2, Duration::from_millis(200))),
        other => panic!("{other:?}"),
    }
    let mut invalid = new_user();
    invalid.password = "short".into();
    let answered = Stage::new([]).client().users().create(invalid).with_response().await;
    assert_eq!((answered.attempts(), answered.took()), (0, Duration::ZERO));
}

/// Has one, and no other.
struct One(AtomicBool);

impl Nonces for One {
    fn nonce(&self) -> Result<i64, NoNonce> {
        if self.0.swap(true, Ordering::Relaxed) { Err(NoNonce) } else { Ok(1) }
    }
}

#[tokio::test]
async fn what_came_of_an_attempt_counts_for_more_than_why_there_is_no_other() {
    for act in [Act::Broken, Act::status(503, "")] {
        let stage = Stage::new([act]);
        let client = stage.builder().nonces(One(AtomicBool::new(false))).build().unwrap();
        let error = client.users().list(1).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_) | Error::Unexpected(_)), "{error:?}");
        assert_eq!(stage.requests().len(), 1);
        let error = client.users().list(1).await.unwrap_err();
        assert!(matches!(error, Error::Signing(_)), "{error:?}");
    }
}

#[tokio::test]
async fn what_is_safe_because_it_reads_is_not_safe_where_it_writes() {
    let stage = Stage::new([Act::Broken, Act::Broken, Act::ok("{\"users\":[]}")]);
    let client = stage.client();
    let error = client.users().list(1).with_method("POST").await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error:?}");
    assert_eq!(stage.requests().len(), 1);
    client.users().list(1).await.unwrap();
    assert_eq!(stage.requests().len(), 3);
}
