//! Many records in one call: a list that mirrors the request has what became of each.

use codegen_mock::Mock;
use serde_json::Value;
use tests::specs::salesforce::{
    Attributes, Builder, Client, CreateRecordsError, Credentials, Environment, Error, NewRecord, QueryRecordsError,
    RefusalCode,
};

use super::{described, errors_are_read_back, faults_are_values_or_errors};
use crate::samples::{Api, Calling, Canned, Sample, calls, samples as of_folder};
use crate::support::{Hasty, Scripted, json};

const QUERY: &str = "SELECT Name FROM Account";

fn builder(address: &str) -> Builder<Client> {
    let builder = Client::builder(Environment::custom(address).unwrap());
    builder.credentials(Credentials { token: "00D!1".into() }).timer(Hasty)
}

/// A client that never repeats a call.
fn once(address: &str) -> Client {
    builder(address).max_attempts(1).build().unwrap()
}

async fn known(accounts: u64, largest_page: u64) -> Mock {
    let mock = Mock::builder(described("salesforce")).credential("token", "00D!1");
    mock.synthesise("accounts", accounts).largest_page(largest_page).start().await.unwrap()
}

fn record(kind: &str) -> NewRecord {
    NewRecord::new(Attributes::new(kind))
}

/// Makes the call of a method.
fn calls(client: Client) -> impl Fn(&str) -> Calling {
    calls! { client:
        "records.create" => client.records().create(vec![record("Account"), record("Contact")]);
        "records.query" => async { client.records().query(QUERY.into()).await.map(|page| page.items) };
    }
}

/// The sample answers, and who makes what of them.
pub(crate) fn samples() -> Api {
    let canned = Canned::default();
    let client = builder("http://127.0.0.1:9").transport(canned.clone()).max_attempts(1).build().unwrap();
    Api::new("salesforce", of_folder("salesforce"), canned, calls(client))
}

fn payload(sample: &Sample) -> &Value {
    match sample.method.as_str() {
        "records.query" => &sample.body["records"],
        _ => &sample.body,
    }
}

fn sample(name: &str) -> Scripted {
    let all = of_folder("salesforce");
    let sample = all.iter().find(|sample| sample.name == name).unwrap();
    Scripted::once(json(sample.status, &sample.body.to_string()))
}

#[tokio::test]
async fn every_sample_is_read_without_loss_or_is_its_error() {
    samples().loses_nothing(payload, &[]).await;
}

#[tokio::test]
async fn each_record_has_what_became_of_it() {
    let server = sample("a_field_is_missing");
    let answered = once(server.address()).records().create(vec![record("Account"), record("Contact")]);
    let answered = answered.with_response().await;
    let warnings: Vec<_> = answered.warnings();
    let [warning] = &warnings[..] else { panic!("{warnings:?}") };
    assert_eq!((warning.field(), warning.code()), ("1.LastName", Some("REQUIRED_FIELD_MISSING")));
    let saved = answered.result.unwrap();
    assert_eq!((saved[0].success, saved[1].success), (true, false));
    assert_eq!(saved[0].id.as_ref().unwrap().0, "001RM000003oLrHYAU");
    assert_eq!(saved[1].errors.as_ref().unwrap()[0].status_code, RefusalCode::RequiredFieldMissing);

    let server = sample("all_or_none");
    let call = once(server.address()).records().create(vec![record("Account"), record("Account")]).all_or_none(true);
    let answered = call.with_response().await;
    let fields: Vec<_> = answered.warnings().iter().map(|it| it.field().to_owned()).collect();
    assert_eq!(fields, ["0", "1"], "who is about the whole record");
    let codes: Vec<_> =
        answered.result.unwrap().iter().map(|it| it.errors.clone().unwrap()[0].status_code.clone()).collect();
    assert_eq!(codes, [RefusalCode::DuplicatesDetected, RefusalCode::AllOrNoneOperationRolledBack]);
}

#[tokio::test]
async fn errors_of_the_whole_call_are_a_list_with_fields() {
    let server = sample("no_such_field");
    let refused = once(server.address()).records().query("SELECT Bogus FROM Account".into()).await;
    let Err(Error::Api(QueryRecordsError::NoSuchField { name })) = refused else { panic!("{refused:?}") };
    assert_eq!(name.as_str(), "Bogus");
    let several = r#"[{"errorCode":"ODD","message":"x"},{"errorCode":"MALFORMED_ID","message":"y","fields":["Id"]}]"#;
    let server = Scripted::once(json(400, several));
    let refused = once(server.address()).records().create(vec![record("Account")]).await;
    assert!(matches!(refused, Err(Error::Api(CreateRecordsError::MalformedId))), "{refused:?}");
}

#[tokio::test]
async fn a_list_follows_the_path_of_its_body_to_its_end() {
    let mock = known(7, 3).await;
    let client = once(mock.address());
    let (mut pages, mut sizes) = (client.records().query(QUERY.into()).pages(), Vec::new());
    while let Some(page) = pages.try_next().await.unwrap() {
        assert_eq!(page.total_items, Some(7));
        sizes.push(page.items.len());
    }
    assert_eq!(sizes, [3, 3, 1]);
    let away =
        r#"{"totalSize":9,"nextRecordsUrl":"https://elsewhere.example/query","records":[{"attributes":{"type":"A"}}]}"#;
    let server = Scripted::once(json(200, away));
    let mut all = once(server.address()).records().query(QUERY.into()).stream();
    assert!(all.try_next().await.unwrap().is_some());
    assert!(matches!(all.try_next().await, Err(Error::Paging(_))), "credentials go nowhere else");
}

#[tokio::test]
async fn what_is_sent_has_the_shape_that_is_documented() {
    let mock = known(0, 10).await;
    let account = record("Account").name("example.com").billing_city("San Francisco");
    let contact = record("Contact").last_name("Johnson").first_name("Erica");
    once(mock.address()).records().create(vec![account, contact]).all_or_none(false).await.unwrap();
    let sent = mock.requests().pop().unwrap();
    let documented = serde_json::json!({"allOrNone": false, "records": [
        {"attributes": {"type": "Account"}, "Name": "example.com", "BillingCity": "San Francisco"},
        {"attributes": {"type": "Contact"}, "LastName": "Johnson", "FirstName": "Erica"},
    ]});
    assert_eq!(serde_json::from_slice::<Value>(&sent.body).unwrap(), documented);
}

#[tokio::test]
async fn every_documented_error_is_read_back() {
    let mock = known(1, 10).await;
    errors_are_read_back("salesforce", &mock, calls(once(mock.address()))).await;
}

#[tokio::test]
async fn faults_on_the_way() {
    faults_are_values_or_errors("salesforce", async || known(1, 10).await, |address| calls(once(address))).await;
}

#[tokio::test]
async fn one_thing_wrong_is_refused_by_client_and_mock() {
    let mock = known(1, 10).await;
    let client = once(mock.address());
    for (records, wrong) in [(vec![], "min_items"), (vec![record("Account"); 201], "max_items")] {
        let call = client.records().create(records);
        assert_eq!(call.validate().unwrap_err().iter().next().unwrap().constraint, wrong);
        let refused = call.skip_validation().await;
        assert!(matches!(refused, Err(Error::Api(CreateRecordsError::MalformedJson))), "{refused:?}");
    }
    let address = Environment::custom(mock.address()).unwrap();
    let stranger = Client::builder(address).credentials(Credentials { token: "00D!2".into() }).build().unwrap();
    let refused = stranger.records().query(QUERY.into()).await;
    assert!(matches!(refused, Err(Error::Api(QueryRecordsError::SessionExpired))), "{refused:?}");
}
