//! A code that is a text, numbers that are texts, and a reason that stands in the result of a refused order.

use codegen_mock::Mock;
use serde_json::Value;
use tests::specs::okx::{
    Builder, Client, Credentials, Decimal, Environment, Error, ListOrdersError, NewOrder, NewOrderNeeds, OrderKind,
    PlaceAllOrdersError, PlaceOrders, PlaceOrdersError, Side, TradeMode,
};

use super::{At, body, described, errors_are_read_back, faults_are_values_or_errors, header};
use crate::samples::{Api, Calling, Canned, Sample, calls, samples as of_folder};
use crate::support::{Hasty, Scripted, json};

fn builder(address: &str) -> Builder<Client> {
    let credentials = Credentials {
        api_key: "k-1".into(),
        secret_key: "22582BD0CFF14C41EDBF1AB98506286D".into(),
        passphrase: "p".into(),
    };
    Client::builder(Environment::custom(address).unwrap()).credentials(credentials).timer(Hasty)
}

/// A client that never repeats a call.
fn once(address: &str) -> Client {
    builder(address).max_attempts(1).build().unwrap()
}

async fn known(orders: u64) -> Mock {
    let mock = Mock::builder(described("okx")).credential("api_key", "k-1").credential("passphrase", "p");
    let mock = mock.credential("secret_key", "22582BD0CFF14C41EDBF1AB98506286D");
    mock.synthesise("orders", orders).start().await.unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// An order at the market's price.
fn order(kind: OrderKind, size: &str) -> PlaceOrders {
    PlaceOrders {
        inst_id: "BTC-USDT".into(),
        td_mode: TradeMode::Cash,
        side: Side::Buy,
        ord_type: kind,
        sz: decimal(size),
    }
}

fn one_of_many() -> NewOrder {
    NewOrder::new(NewOrderNeeds {
        inst_id: "BTC-USDT".into(),
        td_mode: TradeMode::Cash,
        side: Side::Buy,
        ord_type: OrderKind::Market,
        sz: decimal("2"),
    })
}

/// Makes the call of a method.
fn calls(client: Client) -> impl Fn(&str) -> Calling {
    calls! { client:
        "orders.place" => client.orders().place(order(OrderKind::Market, "2"));
        "orders.place_all" => client.orders().place_all(vec![one_of_many()]);
        "orders.list" => async { client.orders().list().await.map(|page| page.items) };
    }
}

/// The sample answers, and who makes what of them.
pub(crate) fn samples() -> Api {
    let canned = Canned::default();
    let client = builder("http://127.0.0.1:9").transport(canned.clone()).max_attempts(1).build().unwrap();
    Api::new("okx", of_folder("okx"), canned, calls(client))
}

fn payload(sample: &Sample) -> &Value {
    &sample.body["data"]
}

#[tokio::test]
async fn every_sample_is_read_without_loss_or_is_its_error() {
    // A number or a time that is not there is an empty text.
    let empty =
        ["avgPx", "fillPx", "fillTime", "lever", "pxUsd", "pxVol", "slOrdPx", "slTriggerPx", "tpOrdPx", "tpTriggerPx"];
    let empty = empty.map(|name| format!(r#"0.{name}: "" is null"#));
    let empty: Vec<&str> = empty.iter().map(String::as_str).collect();
    samples().loses_nothing(payload, &[("orders.list documented", &empty)]).await;
}

#[test]
fn time_method_target_and_body_are_signed() {
    // The time and the key are the vendor's example; what must come out was computed with Python's `hmac`.
    let client = builder("http://127.0.0.1:9/api/v5").clock(At(1_607_418_537_715, "")).build().unwrap();
    let call = client.orders().list().inst_type("SPOT").prepare().unwrap();
    assert_eq!(header(&call, "ok-access-timestamp"), "2020-12-08T09:08:57.715Z");
    assert_eq!(header(&call, "ok-access-sign"), "H9PBqfuQvm4wW7j6bjGHCM8JRJNUk9C+tYANKsgzRM4=");
    let call = client.orders().place(order(OrderKind::Limit, "0.00000001")).px(decimal("0.00012")).prepare().unwrap();
    let sent =
        r#"{"instId":"BTC-USDT","tdMode":"cash","side":"buy","ordType":"limit","sz":"0.00000001","px":"0.00012"}"#;
    assert_eq!(body(&call), sent);
}

#[tokio::test]
async fn a_list_of_orders_is_signed_as_it_is_sent() {
    let mock = known(1).await;
    let orders = || vec![one_of_many(), one_of_many().cl_ord_id("b16")];
    once(mock.address()).orders().place_all(orders()).await.unwrap();
    let one = r#"{"instId":"BTC-USDT","tdMode":"cash","side":"buy","ordType":"market","sz":"2""#;
    let sent = mock.requests().pop().unwrap();
    assert_eq!(str::from_utf8(&sent.body).unwrap(), format!(r#"[{one}}},{one},"clOrdId":"b16"}}]"#));
    // Another list than the one that was signed.
    let call = once(mock.address()).orders().place_all(orders()).prepare().unwrap().into_request().into_http();
    let (parts, _) = call.into_parts();
    let url = format!("{}/trade/batch-orders", mock.address());
    let forged = reqwest::Client::new().post(url).headers(parts.headers).body(format!("[{one}}}]"));
    assert_eq!(forged.send().await.unwrap().status().as_u16(), 401);
    let refused = once(mock.address()).orders().place_all(Vec::new()).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    let refused = once(mock.address()).orders().place_all(Vec::new()).skip_validation().await;
    assert!(matches!(refused, Err(Error::Api(PlaceAllOrdersError::ParameterError { .. }))), "{refused:?}");
}

#[tokio::test]
async fn a_refused_order_has_its_reason_in_its_result() {
    let refusal = |code: &str, text: &str| {
        let row = format!(r#"{{"ordId":"","sCode":"{code}","sMsg":"{text}"}}"#);
        Scripted::once(json(200, &format!(r#"{{"code":"1","msg":"","data":[{row}]}}"#)))
    };
    let server = refusal("51000", "Parameter sz error");
    let refused = once(server.address()).orders().place(order(OrderKind::Market, "2")).await;
    let Err(Error::Api(PlaceOrdersError::ParameterError { name })) = refused else { panic!("{refused:?}") };
    assert_eq!(name.as_str(), "sz");
    let server = refusal("51009", "Order blocked. Please contact customer support for assistance.");
    let answered = once(server.address()).orders().place(order(OrderKind::Market, "2")).with_response().await;
    assert!(matches!(answered.result, Err(Error::Api(PlaceOrdersError::Failed))));
    let codes: Vec<_> = answered.errors().iter().map(|it| it.code().unwrap().to_owned()).collect();
    assert_eq!(codes, ["1", "51009"]);
    // What is written as a number is the same code, and a code that nobody knows is no success.
    let server = Scripted::once(json(200, r#"{"code":0,"msg":"","data":[]}"#));
    assert_eq!(once(server.address()).orders().list().await.unwrap().items.len(), 0);
    for code in [r#""""#, "null", "false", "[]"] {
        let server = Scripted::once(json(200, &format!(r#"{{"code":{code},"msg":"","data":[]}}"#)));
        let refused = once(server.address()).orders().list().await;
        assert!(matches!(refused, Err(Error::Unexpected(_))), "{code}: {refused:?}");
    }
    let server = Scripted::once(json(200, r#"{"code":"50004","msg":"timeout","data":[]}"#));
    let doubtful = builder(server.address()).build().unwrap().orders().place(order(OrderKind::Market, "2")).await;
    assert!(doubtful.unwrap_err().is_outcome_unknown());
}

#[tokio::test]
async fn a_list_goes_on_after_the_last_order_to_its_end() {
    let mock = known(250).await;
    let client = once(mock.address());
    let (mut all, mut count) = (client.orders().list().inst_type("SPOT").stream(), 0);
    while let Some(order) = all.try_next().await.unwrap() {
        count += 1;
        assert_eq!((order.ord_id.0, order.px.unwrap().to_string()), (format!("{count}0"), "25000.50".to_owned()));
    }
    let asked: Vec<_> = mock.requests().into_iter().map(|request| request.query).collect();
    let after = |id| format!("instType=SPOT&after={id}");
    assert_eq!((count, asked), (250, vec!["instType=SPOT".into(), after(1000), after(2000), after(2500)]));
}

#[tokio::test]
async fn every_documented_error_is_read_back() {
    let mock = known(1).await;
    errors_are_read_back("okx", &mock, calls(once(mock.address()))).await;
}

#[tokio::test]
async fn the_mock_writes_codes_as_texts() {
    let mock = known(1).await;
    mock.fail_next(codegen_mock::Fault::Documented("too_many_requests".into()));
    let refused = once(mock.address()).orders().list().with_response().await;
    assert!(matches!(refused.result, Err(Error::Api(ListOrdersError::TooManyRequests))));
    let body = refused.response().unwrap().body();
    assert!(str::from_utf8(body).unwrap().contains(r#""code":"50011""#));
}

#[tokio::test]
async fn faults_on_the_way() {
    faults_are_values_or_errors("okx", async || known(1).await, |address| calls(once(address))).await;
}

#[tokio::test]
async fn one_thing_wrong_is_refused_by_client_and_mock() {
    let mock = known(1).await;
    let client = once(mock.address());
    for (call, wrong) in [
        (client.orders().place(order(OrderKind::Limit, "2")), "px required_if"),
        (client.orders().place(order(OrderKind::Market, "-1")), "sz min"),
        (client.orders().place(order(OrderKind::Market, "1")).cl_ord_id("a-b"), "clOrdId pattern"),
    ] {
        let violations = call.validate().unwrap_err();
        let found: Vec<_> = violations.iter().map(|it| format!("{} {}", it.parameter, it.constraint)).collect();
        assert_eq!(found, [wrong]);
        let refused = call.skip_validation().await;
        let Err(Error::Api(PlaceOrdersError::ParameterError { name })) = refused else { panic!("{refused:?}") };
        assert!(wrong.starts_with(name.as_str()), "{wrong}");
    }
    let credentials = Credentials { api_key: "k-1".into(), secret_key: "wrong".into(), passphrase: "p".into() };
    let address = Environment::custom(mock.address()).unwrap();
    let stranger = Client::builder(address).credentials(credentials).max_attempts(1).build().unwrap();
    let refused = stranger.orders().list().await;
    assert!(matches!(refused, Err(Error::Api(ListOrdersError::InvalidSign))), "{refused:?}");
}
