//! The spans of calls and attempts, and that nothing is in them that nobody may see.

use std::fmt::{self, Write};
use std::sync::{Arc, LazyLock, Mutex};

use bytes::Bytes;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Dispatch, Event, Level, Metadata, Subscriber};

use super::api::{Call, ErrorCode};
use super::stage::{Act, Stage, begin, new_user};
use crate::rt_for_generator_3 as rt;
use crate::sending::{Body, BoxFuture, Chunks, Transport, TransportError};

/// Every span with its parent and its fields, and every event, as far as anybody wants to hear of them.
#[derive(Clone)]
struct Kept(Arc<Mutex<Spans>>, Level);

#[derive(Default)]
struct Spans {
    spans: Vec<String>,
    within: Vec<u64>,
}

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        write!(self.0, " {}={value}", field.name()).unwrap();
    }
}

impl Spans {
    fn add(&mut self, name: &str) -> &mut String {
        let parent = self.within.last().map_or_else(String::new, |parent| format!("{parent}>"));
        self.spans.push(format!("{parent}{name}"));
        self.spans.last_mut().unwrap()
    }
}

impl Kept {
    fn up_to(level: Level) -> Self {
        Self(Arc::default(), level)
    }
}

impl Subscriber for Kept {
    fn enabled(&self, of: &Metadata<'_>) -> bool {
        *of.level() <= self.1
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut kept = self.0.lock().unwrap();
        span.record(&mut Fields(kept.add(span.metadata().name())));
        Id::from_u64(kept.spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        values.record(&mut Fields(&mut self.0.lock().unwrap().spans[span.into_u64() as usize - 1]));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Fields(self.0.lock().unwrap().add("event")));
    }

    fn enter(&self, span: &Id) {
        self.0.lock().unwrap().within.push(span.into_u64());
    }

    fn exit(&self, _: &Id) {
        self.0.lock().unwrap().within.pop();
    }
}

/// As long as there is only one subscriber, a test in another thread, which has none, would switch off what it comes to
/// first.
static OTHERS: LazyLock<[Dispatch; 2]> = LazyLock::new(|| [(); 2].map(|()| Dispatch::new(Kept::up_to(Level::TRACE))));

/// What a call leaves behind.
async fn spans<T>(call: impl Future<Output = T>) -> Vec<String> {
    told(Level::TRACE, call).await
}

/// What a call leaves behind with whoever wants to hear of no more than this.
async fn told<T>(level: Level, call: impl Future<Output = T>) -> Vec<String> {
    LazyLock::force(&OTHERS);
    let kept = Kept::up_to(level);
    let _guard = tracing::subscriber::set_default(kept.clone());
    call.await;
    let spans = kept.0.lock().unwrap();
    assert!(spans.within.is_empty());
    for secret in ["c4nary", "t0ken", "k3y", "Passw0rd", "a@b.co", "signature", "nonce", "?"] {
        assert!(!spans.spans.iter().any(|span| span.contains(secret)), "{secret}: {:#?}", spans.spans);
    }
    spans.spans.clone()
}

const ATTEMPT: &str = "otel.kind=client http.request.method=GET server.address=api.example.com server.port=443 \
    url.scheme=https otel.name=GET /institutes/{institute_id}/users url.template=/institutes/{institute_id}/users";

#[tokio::test]
async fn a_call_is_a_span_and_each_attempt_one_within_it() {
    let stage = Stage::new([Act::Broken, Act::status(503, "c4nary"), Act::ok(r#"{"users":[],"c":"c4nary"}"#)]);
    let client = stage.client();
    let seen = spans(async { client.users().list(1).search("c4nary").await.unwrap() }).await;
    let retry = |ms| format!("1>event message=another attempt follows pause_ms={ms}");
    assert_eq!(
        seen,
        [
            "call otel.name=users.list otel.kind=internal".to_owned(),
            format!("1>attempt {ATTEMPT} error.type=broken otel.status_code=ERROR"),
            retry(200),
            format!(
                "1>attempt {ATTEMPT} http.request.resend_count=1 http.response.status_code=503 error.type=503 otel.status_code=ERROR"
            ),
            retry(400),
            format!("1>attempt {ATTEMPT} http.request.resend_count=2 http.response.status_code=200"),
        ]
    );
}

#[tokio::test]
async fn a_call_that_fails_says_how_and_no_more() {
    let mut invalid = new_user();
    invalid.password = "c4nary".into();
    let seen = spans(async { Stage::new([]).client().users().create(invalid).await }).await;
    assert_eq!(seen, ["call otel.name=users.create otel.kind=internal error.type=invalid otel.status_code=ERROR"]);
    let seen = spans(async { Stage::new([Act::status(404, "c4nary")]).client().users().destroy("c4nary").await }).await;
    assert_eq!(seen[0], "call otel.name=users.destroy otel.kind=internal error.type=404 otel.status_code=ERROR");
    assert!(seen[1].ends_with("http.response.status_code=404 error.type=404 otel.status_code=ERROR"), "{seen:?}");
    let seen = spans(async { Stage::new([Act::Silence]).client().users().create(new_user()).await }).await;
    assert_eq!(seen[0], "call otel.name=users.create otel.kind=internal error.type=timeout otel.status_code=ERROR");
    assert!(seen[1].ends_with(" error.type=timeout otel.status_code=ERROR"), "{seen:?}");
}

/// Answers with 200 whatever happened, and says in words what did.
struct Release;

impl rt::Operation for Release {
    type Output = ();
    type Error = ReleaseError;
    const TABLE: rt::Table = rt::post("/holds").id("holds.release");
    const ENVELOPE: &'static rt::Envelope =
        &rt::envelope().conditions(&[rt::Is(&["ok"], &["true"])]).message(&["said"]);
    const EMPTY_ON: &'static [&'static rt::ErrorCase] = &[&GONE];
}

static GONE: rt::ErrorCase = rt::error("gone", &[]).messages(&["There is none"]);
static BUSY: rt::ErrorCase = rt::error("busy", &[]).messages(&["Somebody is at it"]);

#[derive(Debug)]
enum ReleaseError {
    Busy,
}

rt::documented_error!(ReleaseError);

impl rt::OperationError for ReleaseError {
    type Code = ErrorCode;
    const VARIANTS: &'static [rt::Variant<Self>] = &[rt::case(&BUSY, |_| Self::Busy)];
}

#[tokio::test]
async fn what_failed_does_not_look_like_a_success_whatever_its_status() {
    for (body, ends) in [
        (r#"{"ok":true}"#, ""),
        (r#"{"ok":false,"said":"There is none"}"#, ""),
        (r#"{"ok":false,"said":"Somebody is at it"}"#, " error.type=busy otel.status_code=ERROR"),
        (r#"{"ok":false,"said":"c4nary"}"#, " error.type=_OTHER otel.status_code=ERROR"),
    ] {
        let stage = Stage::new([Act::ok(body)]);
        let call: Call<Release> = stage.client().0.call([]);
        let seen = spans(async { call.await.is_ok() }).await;
        assert_eq!(seen[0], format!("call otel.name=holds.release otel.kind=internal{ends}"), "{body}");
        assert!(seen[1].ends_with(&format!("http.response.status_code=200{ends}")), "{body}: {seen:?}");
    }
}

/// What an answer means is known when its span as an exchange has long ended.
#[tokio::test]
async fn a_call_whose_answer_cannot_be_read_is_no_success() {
    for (act, attempt, call) in [
        (Act::ok(r#"{"users":"c4nary"}"#), "200", "decode"),
        (Act::ok("<html>c4nary</html>"), "200", "decode"),
        (Act::ok(""), "200", "decode"),
        (Act::status(302, "c4nary"), "302 error.type=_OTHER otel.status_code=ERROR", "_OTHER"),
        (Act::status(418, "c4nary"), "418 error.type=418 otel.status_code=ERROR", "418"),
    ] {
        let stage = Stage::new([act]);
        let seen = spans(async { stage.client().users().list(1).await.unwrap_err() }).await;
        let failed = format!("call otel.name=users.list otel.kind=internal error.type={call} otel.status_code=ERROR");
        assert_eq!(seen[0], failed);
        assert!(seen[1].ends_with(&format!("http.response.status_code={attempt}")), "{seen:?}");
    }
    // Neither a success nor told to be a failure.
    let stage = Stage::new([Act::ok("<html>c4nary</html>")]);
    let call: Call<Release> = stage.client().0.call([]);
    let seen = spans(async { call.with_response().await.result.unwrap_err() }).await;
    assert_eq!(seen[0], "call otel.name=holds.release otel.kind=internal error.type=_OTHER otel.status_code=ERROR");
}

/// A page that comes is a success of its call, and an error of the list is not.
#[tokio::test]
async fn a_page_that_cannot_be_read_is_no_success() {
    let stage = Stage::new([Act::ok(r#"{"users":[{"id":1}]}"#), Act::ok(r#"{"users":7}"#)]);
    let mut pages = stage.client().users().list(1).0.pages();
    let seen = spans(async {
        pages.try_next().await.unwrap();
        pages.try_next().await.unwrap_err()
    });
    let seen = seen.await;
    let calls: Vec<_> = seen.iter().filter(|span| span.starts_with("call ")).collect();
    let call = "call otel.name=users.list otel.kind=internal";
    assert_eq!(calls, [call, &format!("{call} error.type=decode otel.status_code=ERROR")]);
}

/// The span is there from the moment that there is a call.
#[cfg(feature = "blocking")]
#[tokio::test]
async fn a_call_that_cannot_be_waited_for_is_no_success() {
    use crate::blocking::Wait;

    let stage = Stage::new([]);
    let seen = spans(async { stage.client().users().list(1).wait().unwrap_err() }).await;
    assert_eq!(seen, ["call otel.name=users.list otel.kind=internal error.type=transport otel.status_code=ERROR"]);
}

#[tokio::test]
async fn a_refused_call_tells_of_a_clock_that_is_wrong() {
    let refusal = || Act::Answer(403, &[("Date", "Mon, 28 May 2018 10:39:25 GMT")], "{}".into());
    let seen = spans(async { Stage::new([refusal()]).client().users().list(1).await.is_ok() }).await;
    let event = "1>event message=this machine's clock differs from that of the server clock_skew_s=-3600";
    assert_eq!(seen[2..], [event.to_owned()]);
}

/// Spans are information, and a warning is for those too who want none.
#[tokio::test]
async fn who_hears_of_warnings_alone_hears_of_a_clock_that_is_wrong() {
    let dated = |status, body: &str| Act::Answer(status, &[("Date", "Mon, 28 May 2018 10:39:25 GMT")], body.into());
    let event = "event message=this machine's clock differs from that of the server clock_skew_s=-3600";
    for (status, body, is_refusal) in [
        (403, "{}", true),
        (200, r#"{"ok":false,"said":"Somebody is at it"}"#, true),
        (200, r#"{"ok":false,"said":"There is none"}"#, false),
        (200, r#"{"ok":true}"#, false),
    ] {
        let stage = Stage::new([dated(status, body)]);
        let call: Call<Release> = stage.client().0.call([]);
        let seen = told(Level::WARN, async { call.await.is_ok() }).await;
        assert_eq!(seen, [event].repeat(is_refusal.into()), "{body}");
    }
}

/// Of a call that no operation describes nobody knows what its path holds.
#[tokio::test]
async fn a_path_that_is_not_described_is_not_told() {
    let client = Stage::new([Act::status(204, "")]).client();
    let seen = spans(async { client.request("GET", "/users/c4nary").query("q", "c4nary").await.unwrap() }).await;
    assert_eq!(seen[0], "call otel.name=request otel.kind=internal");
    assert!(seen[1].contains(" otel.name=GET http.response.status_code=204"), "{seen:?}");
}

/// The credentials of these clients are among what no span may have.
#[tokio::test]
async fn a_credential_in_the_path_is_not_told() {
    let stage = Stage::new([Act::status(204, "")]);
    let client = stage.client();
    let seen = spans(async { client.request("GET", "/{credentials.secret_key}").await.unwrap() }).await;
    assert!(seen[1].contains(" otel.name=GET http.response.status_code=204"), "{seen:?}");
    assert!(stage.requests()[0].uri().path().ends_with("/k3y"));
}

/// Answers, and breaks off.
struct Cut;

impl Transport for Cut {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async { Ok(http::Response::new(Body::chunks(Cut))) })
    }
}

impl Chunks for Cut {
    fn next_chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(async { Err(TransportError::broken("reset")) })
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_has_a_status_and_a_call_that_is_dropped_an_end() {
    let client = Stage::new([]).builder().transport(Cut).build().unwrap();
    let seen = spans(async { client.users().create(new_user()).await }).await;
    assert!(seen[1].ends_with(" http.response.status_code=200 error.type=broken otel.status_code=ERROR"), "{seen:?}");
    let client = Stage::new([Act::Silence]).client();
    let seen = spans(async { begin(&mut client.users().create(new_user()).into_future()).await }).await;
    assert!(seen.iter().all(|span| span.ends_with(" error.type=cancelled")), "{seen:?}");
}
