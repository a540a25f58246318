//! One flag for all, a word for what went wrong, and a cursor in the body.

use codegen_mock::Mock;
use serde_json::Value;
use tests::specs::slack::{
    Attachment, Builder, ChannelId, Client, Credentials, Environment, Error, HistoryConversationsError, Kind,
    ListConversationsError, PostMessageChatError,
};

use super::{described, errors_are_read_back, faults_are_values_or_errors};
use crate::samples::{Api, Calling, Canned, Sample, calls, samples as of_folder};
use crate::support::{Hasty, Scripted, answer, json};

fn builder(address: &str) -> Builder<Client> {
    let builder = Client::builder(Environment::custom(address).unwrap());
    builder.credentials(Credentials { token: "xoxb-1".into() }).timer(Hasty)
}

/// A client that never repeats a call.
fn once(address: &str) -> Client {
    builder(address).max_attempts(1).build().unwrap()
}

async fn known(channels: u64) -> Mock {
    let mock = Mock::builder(described("slack")).credential("token", "xoxb-1");
    mock.synthesise("channels", channels).synthesise("messages", 7).start().await.unwrap()
}

fn general() -> ChannelId {
    "C012AB3CD".into()
}

/// Makes the call of a method.
fn calls(client: Client) -> impl Fn(&str) -> Calling {
    calls! { client:
        "auth.test" => client.auth().test();
        "conversations.list" => async { client.conversations().list().await.map(|page| page.items) };
        "conversations.history" => async { client.conversations().history(general()).await.map(|page| page.items) };
        "chat.post_message" => client.chat().post_message(general()).text("Hello");
    }
}

/// The sample answers, and who makes what of them.
pub(crate) fn samples() -> Api {
    let canned = Canned::default();
    let client = builder("http://127.0.0.1:9").transport(canned.clone()).max_attempts(1).build().unwrap();
    Api::new("slack", of_folder("slack"), canned, calls(client))
}

fn payload(sample: &Sample) -> &Value {
    match sample.method.as_str() {
        "conversations.list" => &sample.body["channels"],
        "conversations.history" => &sample.body["messages"],
        _ => &sample.body,
    }
}

#[tokio::test]
async fn every_sample_is_read_without_loss_or_is_its_error() {
    // A warning is no part of the result.
    let declared: &[(&str, &[&str])] =
        &[("chat.post_message with_a_warning", &["response_metadata: lost", "warning: lost"])];
    samples().loses_nothing(payload, declared).await;
}

#[tokio::test]
async fn what_an_answer_says_besides() {
    let posted = r#"{"ok":true,"channel":"C1","ts":"1.2","message":{"ts":"1.2"},"response_metadata":{"warnings":["missing_charset"]}}"#;
    let server = Scripted::once(json(200, posted));
    let answered = once(server.address()).chat().post_message(general()).text("Hello").with_response().await;
    assert_eq!(answered.result.as_ref().unwrap().ts.0, "1.2");
    assert_eq!(answered.warnings().iter().map(|it| it.message().to_owned()).collect::<Vec<_>>(), ["missing_charset"]);

    let refused = r#"{"ok":false,"error":"missing_scope","needed":"channels:read","provided":"chat:write"}"#;
    let server = Scripted::once(json(200, refused));
    let refused = once(server.address()).conversations().list().await;
    let Err(Error::Api(ListConversationsError::MissingScope { needed, provided })) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!((needed.as_str(), provided.as_str()), ("channels:read", "chat:write"));

    let refused = r#"{"ok":false,"error":"no_text","response_metadata":{"messages":["[ERROR] must provide text"]}}"#;
    let server = Scripted::once(json(200, refused));
    let answered = once(server.address()).chat().post_message(general()).text("").with_response().await;
    assert!(matches!(answered.result, Err(Error::Api(PostMessageChatError::NoText))));
    assert_eq!(answered.errors()[1].message(), "[ERROR] must provide text");
}

#[tokio::test]
async fn what_may_be_made_again_and_what_is_in_doubt() {
    let limited = answer(429, &[("Retry-After", "0")], br#"{"ok":false,"error":"ratelimited"}"#);
    let posted = json(200, r#"{"ok":true,"channel":"C1","ts":"1.2","message":{"ts":"1.2"}}"#);
    let server = Scripted::start([limited, posted]);
    let client = builder(server.address()).build().unwrap();
    client.chat().post_message(general()).text("Hello").await.unwrap();
    assert_eq!(server.requests().len(), 2, "nothing was posted the first time");

    let server = Scripted::once(json(200, r#"{"ok":false,"error":"fatal_error"}"#));
    let client = builder(server.address()).build().unwrap();
    let doubtful = client.chat().post_message(general()).text("Hello").await.unwrap_err();
    assert!(doubtful.is_outcome_unknown() && !doubtful.is_retryable(), "{doubtful:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn values_with_parts_are_one_text_of_a_form() {
    let mock = known(0).await;
    let client = once(mock.address());
    let call = client.chat().post_message(general()).text("a & b");
    let attachment = Attachment::default().text("This is an attachment").color("#36a64f");
    call.attachments(vec![attachment]).unfurl_links(false).await.unwrap();
    let sent = mock.requests().pop().unwrap();
    let expected = r##"[{"text":"This is an attachment","color":"#36a64f"}]"##;
    assert_eq!(sent.parameter("attachments").as_deref(), Some(expected));
    assert_eq!(sent.parameter("unfurl_links").as_deref(), Some("false"));
    assert_eq!(sent.header("authorization"), Some("Bearer xoxb-1"));
    let kinds = vec![Kind::PublicChannel, Kind::Im];
    client.conversations().list().types(kinds).exclude_archived(true).await.unwrap();
    assert_eq!(mock.requests().pop().unwrap().parameter("types").as_deref(), Some("public_channel,im"));
}

#[tokio::test]
async fn a_list_goes_on_with_the_cursor_of_its_body_to_its_end() {
    let mock = known(11).await;
    let client = once(mock.address());
    let (mut all, mut ids) = (client.conversations().list().limit(5).stream(), Vec::new());
    while let Some(channel) = all.try_next().await.unwrap() {
        ids.push(channel.id.0);
    }
    assert_eq!((ids.len(), ids[0].as_str(), mock.requests().len()), (12, "C012AB3CD", 3));
    let mut texts = Vec::new();
    let mut all = client.conversations().history(general()).limit(3).stream();
    while let Some(message) = all.try_next().await.unwrap() {
        texts.push(message.text.unwrap());
    }
    assert_eq!(texts, (1..=7).map(|number| format!("Message {number}")).collect::<Vec<_>>());
    assert_eq!(mock.requests().pop().unwrap().parameter("channel").as_deref(), Some("C012AB3CD"), "it is repeated");

    // The last page of a list has an empty cursor, none, or null.
    for end in [r#","response_metadata":{"next_cursor":""}"#, "", r#","response_metadata":{"next_cursor":null}"#] {
        let page = |id: &str, end: &str| json(200, &format!(r#"{{"ok":true,"channels":[{{"id":"{id}"}}]{end}}}"#));
        let server =
            Scripted::start([page("C1", r#","response_metadata":{"next_cursor":"dGVhbQ=="}"#), page("C2", end)]);
        let mut all = once(server.address()).conversations().list().stream();
        assert_eq!(all.try_next().await.unwrap().unwrap().id.0, "C1");
        assert_eq!(all.try_next().await.unwrap().unwrap().id.0, "C2");
        assert!(all.try_next().await.unwrap().is_none(), "{end}");
        assert!(server.requests()[1].starts_with("GET /api/v3/conversations.list?cursor=dGVhbQ%3D%3D "));
    }
}

#[tokio::test]
async fn every_documented_error_is_read_back() {
    let mock = known(1).await;
    errors_are_read_back("slack", &mock, calls(once(mock.address()))).await;
}

#[tokio::test]
async fn faults_on_the_way() {
    faults_are_values_or_errors("slack", async || known(1).await, |address| calls(once(address))).await;
}

#[tokio::test]
async fn one_thing_wrong_is_refused_by_client_and_mock() {
    let mock = known(1).await;
    let client = once(mock.address());
    for (call, wrong) in [
        (client.chat().post_message(general()), "text at_least_one"),
        (client.chat().post_message(general()).text("x".repeat(40_001)), "text max_length"),
        (
            client.chat().post_message(general()).attachments(vec![Attachment::default().color("blue")]),
            "attachments[0].color pattern",
        ),
    ] {
        let violations = call.validate().unwrap_err();
        let found: Vec<_> = violations.iter().map(|it| format!("{} {}", it.parameter, it.constraint)).collect();
        assert_eq!(found, [wrong]);
        let refused = call.skip_validation().await.unwrap_err();
        let is_told = refused.response().is_some_and(|it| it.body().ends_with(br#""error":"invalid_arguments"}"#));
        assert!(is_told || matches!(refused, Error::Api(PostMessageChatError::NoText)), "{wrong}: {refused:?}");
    }
    let elsewhere = client.conversations().history(ChannelId::from("C0")).await;
    assert!(matches!(elsewhere, Err(Error::Api(HistoryConversationsError::ChannelNotFound))), "{elsewhere:?}");
    let address = Environment::custom(mock.address()).unwrap();
    let stranger = Client::builder(address).credentials(Credentials { token: "xoxb-2".into() }).build().unwrap();
    let refused = stranger.conversations().list().await;
    assert!(matches!(refused, Err(Error::Api(ListConversationsError::InvalidAuth))), "{refused:?}");
}
