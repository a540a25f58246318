//! How calls are signed, and what carries their parameters.

use std::collections::BTreeSet;

use codegen::ir::Type;
use generated_client::proctorexam::{
    Call, ExamId, ExamStatus, ExamType, InstituteId, Json, Patch, Prepared, Upload, UserId,
};
use serde_json::json;

use super::{canonical, documented, members, query};
use crate::examples;
use crate::support::{Fixed, INSTITUTE, body, builder, client, credentials, last, mock, spec, teacher};

/// The signature of every documented example.
const PLACEHOLDER: &str = "8aac70c9906ad0812f4fbc34617322f985b4ac978cec861724f142cb572b88ff";

#[tokio::test]
async fn contradiction_02_the_nonce_is_a_number() {
    let mock = mock().await;
    client(mock.address()).users().create(teacher(1)).await.unwrap();
    assert!(body(&last(&mock))["nonce"].is_i64());
    let prepared = documented().users().create(teacher(1)).prepare().unwrap();
    assert_eq!(members(&prepared)["nonce"], json!(1_527_500_365));
    assert!(canonical(&prepared).contains("?nonce=1527500365?"), "the signed text is the same for a text");
}

#[test]
fn contradiction_03_the_timestamp_is_a_number() {
    let prepared = documented().users().create(teacher(1)).prepare().unwrap();
    assert_eq!(members(&prepared)["timestamp"], json!(1_527_500_365_052_i64));
}

/// With no key that is printed anywhere, neither with the ids of the path nor without them.
#[tokio::test]
async fn contradiction_04_the_documented_signature_is_a_placeholder() {
    let keys = examples::printed_keys();
    assert!(keys.contains("NNAK4kQK3hveFpuuRMeC-DFRgn0nnUn4XpPSWofvXxY") && keys.len() > 2, "{keys:?}");
    let names = examples::documented("request");
    let mut made = BTreeSet::new();
    for key in &keys {
        let client = builder("http://127.0.0.1:1/api/v3").credentials(credentials("token", key)).skip_validation();
        let client = client.clock(Fixed::DOCUMENTED).nonces(Fixed::DOCUMENTED).build().unwrap();
        for name in &names {
            let example = examples::read(&format!("{name}.request.json"));
            assert_eq!(example["signature"], PLACEHOLDER, "{name}");
            let given = example.as_object().unwrap().iter();
            let given = given.filter(|(name, _)| !["nonce", "timestamp", "signature"].contains(&name.as_str()));
            let as_it_stands = given.fold(client.request("GET", "/"), |call, (name, value)| {
                call.query(name, value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            });
            let mut signed = vec![signature(&as_it_stands.prepare().unwrap())];
            // The parts of an upload are no text.
            if name != "attachments.create" {
                signed.push(signature(&examples::prepared(name, &client).await));
            }
            assert!(!signed.iter().any(|signature| signature == PLACEHOLDER), "{name}");
            made.extend(signed);
        }
    }
    assert!(made.len() > names.len(), "one signature is not that of all");
}

fn signature(prepared: &Prepared) -> String {
    let of_query = prepared.request().uri().query().and_then(|query| query.split_once("signature="));
    match of_query {
        Some((_, signature)) => signature.chars().take_while(|it| it.is_ascii_alphanumeric()).collect(),
        None => members(prepared)["signature"].as_str().unwrap().to_owned(),
    }
}

/// Each documented request that lacks an id of its path is made with it.
#[tokio::test]
async fn contradiction_05_ids_that_examples_leave_out_are_in_the_path_and_signed() {
    let prepared = documented().users().list(INSTITUTE).page(1).prepare().unwrap();
    assert_eq!(prepared.request().uri().path(), "/api/v3/institutes/1/users");
    assert_eq!(canonical(&prepared), "institute_id=1?nonce=1527500365?page=1?timestamp=1527500365052");

    // The password of an example is one that is refused.
    let client = builder("http://127.0.0.1:1/api/v3").skip_validation().build().unwrap();
    let mut checked = 0;
    for (name, left_out) in examples::without_ids_of_the_path() {
        let prepared = examples::prepared(&name, &client).await;
        for id in left_out {
            let pair = format!("{id}=1");
            assert!(canonical(&prepared).split('?').any(|signed| signed == pair), "{name}: {}", canonical(&prepared));
            assert!(prepared.request().uri().path().contains("/1"), "{name}: {}", prepared.request().uri());
            checked += 1;
        }
    }
    assert_eq!(checked, 20);
}

#[test]
fn contradiction_06_ids_of_the_path_are_signed() {
    let users = documented().users();
    let signed = "id=7?institute_id=1?nonce=1527500365?timestamp=1527500365052";
    assert_eq!(canonical(&users.show(INSTITUTE, UserId(7)).prepare().unwrap()), signed);
    assert_eq!(canonical(&users.update(INSTITUTE, UserId(7)).prepare().unwrap()), signed);
    assert_eq!(canonical(&users.destroy(INSTITUTE, UserId(7)).prepare().unwrap()), signed);
    assert_ne!(canonical(&users.show(InstituteId(7), UserId(1)).prepare().unwrap()), signed);
}

#[test]
fn contradiction_07_pairs_are_joined_by_a_question_mark() {
    let prepared = documented().users().create(teacher(1)).prepare().unwrap();
    assert_eq!(canonical(&prepared).split('?').count(), 8);
    assert!(!canonical(&prepared).contains('&'));
}

#[tokio::test]
async fn contradiction_31_the_token_is_not_in_quotes() {
    let mock = mock().await;
    client(mock.address()).users().list(INSTITUTE).await.unwrap();
    let request = last(&mock);
    assert_eq!(request.header("authorization"), Some("Token token=test-api_token"));
    assert_eq!(request.header("accept"), Some("application/vnd.procwise.v3"));
}

#[test]
fn contradiction_34_what_is_signed_is_always_one_text() {
    let api = codegen::load(&spec()).unwrap();
    for (_, operation) in api.operations().filter(|(_, operation)| operation.signed) {
        for parameter in &operation.parameters {
            let has_parts = matches!(api.bare(&parameter.ty), Type::List(_) | Type::Map(_) | Type::Json)
                || !api.fields(&parameter.ty).is_empty();
            assert!(!has_parts, "{}({})", operation.type_name.wire, parameter.name.wire);
        }
    }
    // What has no value is not there, what is cleared is empty, and null is nowhere.
    let exams = documented().exams();
    let create = || exams.create("n".into(), ExamType::Demo);
    assert_eq!(canonical(&create().prepare().unwrap()), "name=n?nonce=1527500365?timestamp=1527500365052?type=demo");
    let kept = create().use_duration(true).duration_minutes(90).prepare().unwrap();
    let signed = "duration_minutes=90?name=n?nonce=1527500365?timestamp=1527500365052?type=demo?use_duration=true";
    assert_eq!(canonical(&kept), signed);
    let cleared = documented().users().update(INSTITUTE, UserId(7)).omniauth_config_id(Patch::Clear).prepare().unwrap();
    assert!(canonical(&cleared).contains("?omniauth_config_id=?"), "{}", canonical(&cleared));
    assert!(!String::from_utf8_lossy(cleared.request().body()).contains("null"));
    // What the caller sends besides is the JSON text that it is.
    let list = Json::Array(vec![Json::String("a b".to_owned()), Json::Null, Json::Bool(true)]);
    let more = create().with_body("list", list).prepare().unwrap();
    assert!(canonical(&more).starts_with(r#"list=["a b",null,true]?name=n?"#), "{}", canonical(&more));
}

#[test]
fn contradiction_35_a_file_is_not_signed_unless_the_caller_says_so() {
    let signed = |document: bool| {
        let image = Upload::bytes("image2.jpg", vec![0xff, 0xd8, 0xff]).content_type("image/jpeg");
        let call = documented().attachments().create(ExamId(1), image).with_signed("document", document);
        canonical(&call.prepare().unwrap()).to_owned()
    };
    let image = Upload::bytes("image2.jpg", vec![0xff, 0xd8, 0xff]);
    let unasked = documented().attachments().create(ExamId(1), image).prepare().unwrap();
    assert_eq!(canonical(&unasked), "exam_id=1?nonce=1527500365?timestamp=1527500365052");
    assert_eq!(signed(false), canonical(&unasked));
    assert_eq!(signed(true), format!("document=image2.jpg?{}", canonical(&unasked)));
}

/// Whatever is signed of a documented request is carried by the one or by the other, but for what is in the path.
#[tokio::test]
async fn contradiction_36_what_reads_or_deletes_has_a_query_and_no_body() {
    // The password of an example is one that is refused.
    let client = builder("http://127.0.0.1:1/api/v3").skip_validation().build().unwrap();
    let (mut queries, mut bodies) = (0, 0);
    // The parts of an upload are no text.
    for name in examples::documented("request").into_iter().filter(|name| name != "attachments.create") {
        let prepared = examples::prepared(&name, &client).await;
        let request = prepared.request();
        let pairs = request.uri().query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
        let in_query: BTreeSet<String> = pairs.map(|(name, _)| name.to_owned()).collect();
        let in_body: BTreeSet<String> = match request.body().as_ref() {
            [] => BTreeSet::new(),
            _ => members(&prepared).into_iter().map(|(name, _)| name).collect(),
        };
        let has_no_body = ["GET", "DELETE"].contains(&request.method().as_str());
        let (count, carried, other) =
            if has_no_body { (&mut queries, in_query, in_body) } else { (&mut bodies, in_body, in_query) };
        *count += 1;
        assert_eq!(other, BTreeSet::new(), "{name}");
        assert_eq!(request.headers().contains_key("content-type"), !has_no_body, "{name}");
        let signed = canonical(&prepared).split('?').filter_map(|pair| pair.split_once('='));
        let is_in_path = |name: &str| ["id", "exam_id", "institute_id"].contains(&name) && !carried.contains(name);
        let mut signed: BTreeSet<String> =
            signed.map(|(name, _)| name.to_owned()).filter(|name| !is_in_path(name)).collect();
        signed.insert("signature".to_owned());
        assert_eq!(carried, signed, "{name}");
    }
    assert_eq!((queries, bodies), (19, 15));
}

#[test]
fn contradiction_37_parameters_are_signed_in_byte_order() {
    let users = documented().users();
    let signed = |call: Call<_>| canonical(&call.prepare().unwrap()).to_owned();
    let expected = "institute_id=1?limit=5?nonce=1527500365?page=2?timestamp=1527500365052";
    assert_eq!(signed(users.list(INSTITUTE).page(2).limit(5)), expected);
    assert_eq!(signed(users.list(INSTITUTE).limit(5).page(2)), expected);
}

#[test]
fn contradiction_38_hosts_are_secure_and_calls_keep_nothing_of_each_other() {
    let api = codegen::load(&spec()).unwrap();
    for environment in &api.environments {
        let host = format!("https://{}.proctorexam.com", environment.name.wire);
        let port = if environment.name.wire == "localhost" { ":3001" } else { "" };
        assert_eq!(environment.base, format!("{host}{port}/api/v3"));
    }
    assert_eq!(api.environments.len(), 5);

    let exams = documented().exams();
    let filtered = exams.list().status(ExamStatus::Open).filter(r#"{"name":{"gte":"a"}}"#).page(3).prepare().unwrap();
    assert!(canonical(&filtered).contains("status=open"), "{}", canonical(&filtered));
    let bare = exams.list().prepare().unwrap();
    assert_eq!(canonical(&bare), "nonce=1527500365?timestamp=1527500365052");
    assert!(!query(&bare).contains("filter"), "{}", query(&bare));
    // A call for an exam asks for an exam, and an update stands on the path of what it changes.
    assert!(exams.show(ExamId(7)).prepare().unwrap().request().uri().path().ends_with("/exams/7"));
    assert!(exams.update(ExamId(7)).prepare().unwrap().request().uri().path().ends_with("/exams/7"));
}
