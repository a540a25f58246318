//! Forms with names in brackets, lists that go on after the last id, and errors with a kind, a code and a reason.

use std::collections::BTreeSet;

use codegen_mock::{Fault, Mock};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use tests::specs::stripe::{
    Address, Builder, Client, CreateCustomerError, CreatePaymentIntentError, CreateSubscriptionError, Credentials,
    CustomField, CustomFieldNeeds, CustomerId, Environment, Error, InvoiceSettings, ListCustomersError, NewItem, Patch,
    Period, Prepared, ShowCustomerError, TaxExempt,
};

use super::{body, described, errors_are_read_back, faults_are_values_or_errors, header};
use crate::samples::{Api, Calling, Canned, Sample, calls, samples as of_folder};
use crate::support::{Hasty, Scripted, json};

fn builder(address: &str) -> Builder<Client> {
    let builder = Client::builder(Environment::custom(address).unwrap());
    builder.credentials(Credentials { api_key: "sk_test_1".into() }).timer(Hasty)
}

fn client(address: &str) -> Client {
    builder(address).build().unwrap()
}

/// A client that never repeats a call.
fn once(address: &str) -> Client {
    builder(address).max_attempts(1).build().unwrap()
}

async fn known(customers: u64) -> Mock {
    let mock = Mock::builder(described("stripe")).credential("api_key", "sk_test_1");
    mock.synthesise("customers", customers).start().await.unwrap()
}

fn id() -> CustomerId {
    "cus_1".into()
}

fn item(price: &str) -> NewItem {
    NewItem::new(price)
}

/// Makes the call of a method.
fn calls(client: Client) -> impl Fn(&str) -> Calling {
    calls! { client:
        "customers.list" => async { client.customers().list().await.map(|page| page.items) };
        "customers.show" => client.customers().show(id());
        "customers.create" => client.customers().create();
        "customers.update" => client.customers().update(id());
        "customers.delete" => client.customers().delete(id());
        "subscriptions.create" => client.subscriptions().create(id(), vec![item("price_1")]);
        "payment_intents.create" => client.payment_intents().create(1099, "usd".into());
    }
}

/// The sample answers, and who makes what of them.
pub(crate) fn samples() -> Api {
    let canned = Canned::default();
    let client = builder("http://127.0.0.1:9").transport(canned.clone()).max_attempts(1).build().unwrap();
    Api::new("stripe", of_folder("stripe"), canned, calls(client))
}

/// The names and values of a form or a query.
fn pairs(text: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
    let pair = |pair: &str| pair.split_once('=').map(|(name, value)| (decoded(name), decoded(value)));
    text.split('&').filter_map(pair).collect()
}

fn form(prepared: &Prepared) -> Vec<(String, String)> {
    pairs(body(prepared))
}

fn named<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
}

fn payload(sample: &Sample) -> &Value {
    match sample.method.as_str() {
        "customers.list" => &sample.body["data"],
        _ => &sample.body,
    }
}

#[tokio::test]
async fn every_sample_is_read_without_loss_or_is_its_error() {
    let api = samples();
    assert_eq!(api.samples.iter().filter(|sample| !sample.is_constructed).count(), 6);
    api.loses_nothing(payload, &[]).await;
}

#[test]
fn names_of_a_form_have_brackets() {
    let client = client("http://127.0.0.1:9");
    let field = CustomField::new(CustomFieldNeeds { name: "Order".into(), value: "7 & 8".into() });
    let metadata = [("order_id", "6735"), ("a b", "")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    let call = client.customers().create().metadata(metadata.into_iter().collect());
    let call = call.address(Address::default().city("Köln"));
    let call = call.invoice_settings(InvoiceSettings::default().custom_fields(vec![field]));
    let call = call.preferred_locales(vec!["de".into(), "en".into()]).tax_exempt(TaxExempt::Reverse);
    let expected = named([
        ("address[city]", "Köln"),
        ("invoice_settings[custom_fields][0][name]", "Order"),
        ("invoice_settings[custom_fields][0][value]", "7 & 8"),
        ("metadata[order_id]", "6735"),
        ("metadata[a b]", ""),
        ("preferred_locales[0]", "de"),
        ("preferred_locales[1]", "en"),
        ("tax_exempt", "reverse"),
    ]);
    assert_eq!(form(&call.idempotency_key("k-1").prepare().unwrap()), expected);

    let call = client.subscriptions().create(id(), vec![item("price_1"), item("price_2").quantity(3)]);
    let expected = named([
        ("customer", "cus_1"),
        ("items[0][price]", "price_1"),
        ("items[1][price]", "price_2"),
        ("items[1][quantity]", "3"),
        ("expand[0]", "latest_invoice"),
    ]);
    assert_eq!(form(&call.expand(vec!["latest_invoice".into()]).prepare().unwrap()), expected);

    let since = Period::default().gte("2009-02-13T23:31:30Z".parse().unwrap());
    let call = client.customers().list().created(since).prepare().unwrap();
    assert_eq!(pairs(call.request().uri().query().unwrap()), named([("created[gte]", "1234567890")]));
    assert_eq!(header(&call, "authorization"), "Bearer sk_test_1");
    assert_eq!(header(&call, "stripe-version"), "2022-11-15");
}

#[tokio::test]
async fn the_mock_understands_what_was_written() {
    let mock = known(0).await;
    let client = client(mock.address());
    let metadata = [("plan".to_owned(), "gold".to_owned())].into_iter().collect();
    let new = client.customers().create().email("jenny@example.com").metadata(metadata).idempotency_key("k-1");
    let created = new.address(Address::default().line1("1 Road")).await.unwrap();
    assert_eq!(created.metadata.unwrap().get("plan").map(String::as_str), Some("gold"));
    let shown = client.customers().show(created.id.clone()).expand(vec!["default_source".into()]).await.unwrap();
    assert_eq!(shown.address.unwrap().line1, created.address.unwrap().line1);
    let changed = client.customers().update(shown.id.clone()).email(Patch::Clear).await.unwrap();
    assert!(changed.email.is_none_or(|email| email.is_empty()), "an empty text is no address");
    assert!(client.customers().delete(shown.id.clone()).await.unwrap().deleted);
    let gone = client.customers().show(shown.id).await;
    assert!(matches!(gone, Err(Error::Api(ShowCustomerError::NoSuchCustomer { .. }))), "{gone:?}");
    assert_eq!(mock.requests()[0].header("idempotency-key"), Some("k-1"));
}

#[tokio::test]
async fn a_call_takes_effect_once_however_often_it_is_made() {
    let mock = known(0).await;
    let client = client(mock.address());
    let create = || client.customers().create().email("jenny@example.com");
    for fault in [Fault::DropAfter, Fault::Truncate, Fault::Status(503, String::new())] {
        mock.fail_next(fault);
        create().await.unwrap();
    }
    // Nobody but the caller can say that two calls are the same one.
    let first = create().idempotency_key("order-17").await.unwrap();
    assert_eq!(create().idempotency_key("order-17").await.unwrap().id, first.id);
    assert_eq!(client.customers().list().await.unwrap().items.len(), 4);
    let log = mock.log();
    let log = log.iter().filter(|it| it.operation.as_deref() == Some("customers.create"));
    let keys: Vec<_> = log.clone().map(|it| it.request.header("idempotency-key").unwrap()).collect();
    assert_eq!(log.filter(|it| it.handled).count(), 4);
    assert!([0, 2, 4, 6].iter().all(|at| keys[*at] == keys[at + 1]), "{keys:?}");
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), 4);
    // And a key that stands for one call stands for no other.
    let other = client.customers().create().email("mary@example.com").idempotency_key("order-17");
    let refused = other.with_response().await.into_result().unwrap_err();
    assert!(matches!(refused.error, Error::Api(CreateCustomerError::ReusedKey)), "{refused:?}");
    assert_eq!(refused.status().unwrap(), 400);
    assert_eq!(create().idempotency_key("order-17").await.unwrap().id, first.id);
    assert_eq!(client.customers().list().await.unwrap().items.len(), 4);
}

#[tokio::test]
async fn a_list_goes_on_after_the_last_id_to_its_end() {
    let mock = known(25).await;
    let client = client(mock.address());
    let mut pages = client.customers().list().limit(10).pages();
    let mut sizes = Vec::new();
    let mut ids = Vec::new();
    while let Some(page) = pages.try_next().await.unwrap() {
        sizes.push(page.items.len());
        ids.extend(page.items.into_iter().map(|customer| customer.id.0));
    }
    assert_eq!((sizes, ids.len()), (vec![10, 10, 5], 25));
    let expected: Vec<_> = (1..=25).map(|number| format!("cus_{number}")).collect();
    assert_eq!(ids, expected);
    let asked: Vec<_> = mock.requests().into_iter().map(|request| request.query).collect();
    assert_eq!(asked, ["limit=10", "limit=10&starting_after=cus_10", "limit=10&starting_after=cus_20"]);
}

#[tokio::test]
async fn a_list_that_turns_in_a_circle_or_promises_in_vain_is_an_error() {
    let page = |items: &str| json(200, &format!(r#"{{"object":"list","has_more":true,"data":[{items}]}}"#));
    let customer = r#"{"id":"cus_1","created":1}"#;
    let server = Scripted::start([page(customer), page(customer)]);
    let mut all = client(server.address()).customers().list().stream();
    assert_eq!(all.try_next().await.unwrap().unwrap().id.0, "cus_1");
    // The second page says what the first said: nothing that it gives is trusted.
    let ended = loop {
        match all.try_next().await {
            Ok(Some(_)) => {}
            Ok(None) => panic!("it ended well"),
            Err(error) => break error,
        }
    };
    assert!(matches!(ended, Error::Paging(_)), "{ended:?}");
    let server = Scripted::start([page("")]);
    let ended = client(server.address()).customers().list().stream().try_next().await.unwrap_err();
    assert!(matches!(ended, Error::Decode(_)), "{ended:?}");
}

#[tokio::test]
async fn every_documented_error_is_read_back() {
    let mock = known(1).await;
    errors_are_read_back("stripe", &mock, calls(once(mock.address()))).await;
}

#[tokio::test]
async fn faults_on_the_way() {
    faults_are_values_or_errors("stripe", async || known(1).await, |address| calls(once(address))).await;
}

#[tokio::test]
async fn an_error_tells_what_the_answer_says_of_it() {
    let api = samples();
    let answered = |method: &str, name: &str| {
        let sample = api.samples.iter().find(|sample| (&*sample.method, &*sample.name) == (method, name)).unwrap();
        Scripted::once(json(sample.status, &sample.body.to_string()))
    };
    let server = answered("payment_intents.create", "insufficient_funds");
    let declined = client(server.address()).payment_intents().create(1099, "usd".into()).await;
    let Err(Error::Api(CreatePaymentIntentError::InsufficientFunds { payment_intent })) = declined else {
        panic!("{declined:?}")
    };
    assert_eq!(payment_intent.amount, 1099);
    let server = answered("subscriptions.create", "item_price_missing");
    let refused = client(server.address()).subscriptions().create(id(), vec![item("price_1")]).await;
    let Err(Error::Api(CreateSubscriptionError::ItemPriceMissing { item })) = refused else { panic!("{refused:?}") };
    assert_eq!(item.as_str(), "1");
    let server = answered("customers.show", "no_such_customer");
    let gone = client(server.address()).customers().show(id()).with_response().await;
    let reported = &gone.errors()[1];
    assert_eq!((reported.code(), reported.field()), (Some("resource_missing"), "id"));
    let Err(Error::Api(ShowCustomerError::NoSuchCustomer { customer })) = gone.result else { panic!("{gone:?}") };
    assert_eq!(customer.as_str(), "cus_none");
}

#[tokio::test]
async fn one_thing_wrong_is_refused_by_client_and_mock() {
    let mock = known(1).await;
    let client = client(mock.address());
    let mut constraints = Vec::new();
    for call in [
        client.payment_intents().create(0, "usd".into()),
        client.payment_intents().create(1, "USD".into()),
        client.payment_intents().create(1, "usd".into()).idempotency_key("k".repeat(256)),
    ] {
        let Err(violations) = call.validate() else { panic!("it is taken for right") };
        constraints.extend(violations.iter().map(|it| format!("{} {}", it.parameter, it.constraint)));
        let refused = call.skip_validation().await.unwrap_err();
        assert_eq!(refused.status().unwrap(), 400, "{refused:?}");
    }
    assert_eq!(constraints, ["amount min", "currency pattern", "Idempotency-Key max_length"]);
    let none = client.subscriptions().create(id(), vec![]).validate().unwrap_err();
    assert_eq!(
        none.iter().map(|it| it.constraint.to_owned()).collect::<Vec<_>>(),
        ["required"],
        "an empty list sends nothing"
    );
    let address = Environment::custom(mock.address()).unwrap();
    let stranger = Client::builder(address).credentials(Credentials { api_key: "sk_test_2".into() }).build().unwrap();
    let refused = stranger.customers().list().await.unwrap_err();
    assert!(matches!(refused, Error::Api(ListCustomersError::Unauthenticated)), "{refused:?}");
    let refused = client.request("POST", "/payment_intents").body("currency", "usd").await.unwrap_err();
    assert!(matches!(refused.status().map(|it| it.as_u16()), Some(400)), "{refused:?}");
}
