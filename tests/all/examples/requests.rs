//! Every documented request can be made, and sends what the example has; or it breaks the very rule that a
//! contradiction of the documentation says it breaks.

use std::collections::BTreeSet;

use codegen::ir::{Location, Operation};
use generated_client::proctorexam::{Client, Prepared};
use serde_json::{Map, Value};

use super::calls::{Act, Arguments, Done, make};
use super::{documented, read};
use crate::support::{client, last, mock, spec};

/// Ids that stand in the path of these calls.
const IN_PATH: [&str; 3] = ["id", "exam_id", "institute_id"];

/// Numbers that the example writes as texts: contradictions 10, 18 and 19.
const TEXTS_FOR_NUMBERS: [(&str, &[&str]); 5] = [
    ("exams.add_comanager", &["comanager_id"]),
    ("exams.remove_comanager", &["comanager_id"]),
    ("lti_resources.create", &["exam_id", "tool_provider_id"]),
    ("student_sessions.assign_proctor", &["proctor_id"]),
    ("users.create", &["omniauth_config_id"]),
];

/// What a call carries besides what signing adds, each value as a text where the query has room for no more.
fn sent(prepared: &Prepared) -> Map<String, Value> {
    let request = prepared.request();
    let mut sent = match request.body().as_ref() {
        [] => Map::new(),
        body => serde_json::from_slice(body).unwrap(),
    };
    let pairs = request.uri().query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
    sent.extend(pairs.map(|(name, value)| (name.to_owned(), Value::from(value))));
    Arguments::new(sent).0
}

/// A value where the query has room for a text only.
fn as_text(value: &Value) -> Value {
    Value::from(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

/// A documented call with the arguments of its example.
async fn done(name: &str, client: &Client, act: Act) -> Done {
    let mut arguments = Arguments::new(read(&format!("{name}.request.json")).as_object().unwrap().clone());
    make(name, &mut arguments, client, act).await.unwrap()
}

/// A documented call with the arguments of its example, which is not sent.
pub(crate) async fn prepared(name: &str, client: &Client) -> Prepared {
    let Done::Prepared(prepared) = done(name, client, Act::Prepare).await else { panic!("{name}: sent") };
    *prepared
}

/// Whether an operation has a name that the vendor gives it.
fn is_called(operation: &Operation, name: &str) -> bool {
    let name = match name {
        "index" => "list",
        "index_all" => "list_all",
        name => name,
    };
    operation.name.wire == name
}

/// The documented calls with the parameters of their paths that their examples leave out.
pub(crate) fn without_ids_of_the_path() -> Vec<(String, Vec<String>)> {
    let api = codegen::load(&spec()).unwrap();
    let left_out = |name: &String| {
        let (resource, action) = name.split_once('.').unwrap();
        let resource = api.resources.iter().find(|it| it.name.wire == resource).unwrap();
        let operation = resource.operations.iter().find(|operation| is_called(operation, action)).unwrap();
        let example = read(&format!("{name}.request.json"));
        let of_path = operation.parameters.iter().filter(|parameter| parameter.location == Location::Path);
        let names = of_path.map(|parameter| parameter.name.wire.clone());
        names.filter(|parameter| example.get(parameter).is_none()).collect::<Vec<_>>()
    };
    let all = documented("request").into_iter().map(|name| (name.clone(), left_out(&name)));
    all.filter(|(_, left_out)| !left_out.is_empty()).collect()
}

/// What the example lacks is the file: what is left of the request is what the example has.
#[tokio::test]
async fn the_documented_upload_sends_its_file_besides_what_the_example_has() {
    let mock = mock().await;
    done("attachments.create", &client(mock.address()), Act::Send).await;
    let request = last(&mock);
    let parts = request.parts().unwrap();
    let example = read("attachments.create.request.json");
    let documented = example.as_object().unwrap().keys().map(String::as_str);
    let expected: BTreeSet<_> = documented.chain(["document"]).collect();
    assert_eq!(parts.iter().map(|part| part.name.as_str()).collect::<BTreeSet<_>>(), expected);
    assert_eq!(parts.len(), expected.len());
    assert_eq!((request.query.as_str(), request.path.as_str()), ("", "/api/v3/exams/1/attachments"));
}

#[tokio::test]
async fn documented_requests_send_what_the_example_has() {
    let mut made = 0;
    for name in documented("request") {
        // The upload is sent above. The password is refused, see below.
        if name == "attachments.create" || name == "users.create" {
            continue;
        }
        let mut example = Arguments::new(read(&format!("{name}.request.json")).as_object().unwrap().clone());
        if name == "lti_resources.update" {
            // Contradiction 17: the example's name is that of a parameter of another resource.
            let value = example.0.remove("tool_name").unwrap();
            example.0.insert("lti_resource_link_name".into(), value);
        }
        let mut arguments = Arguments(example.0.clone());
        let done = make(&name, &mut arguments, &client("http://127.0.0.1:1/api/v3"), Act::Prepare).await.unwrap();
        let Done::Prepared(prepared) = done else { panic!("{name}: sent") };
        assert_eq!(arguments.0, Map::new(), "{name}: not used");
        let (sent, has_body) = (sent(&prepared), !prepared.request().body().is_empty());
        for (parameter, value) in &example.0 {
            let texts = TEXTS_FOR_NUMBERS.iter().find(|(texts, _)| *texts == name).map_or(&[][..], |(_, texts)| texts);
            let expected = match value {
                Value::String(text) if texts.contains(&parameter.as_str()) => Value::from(text.parse::<i64>().unwrap()),
                value => value.clone(),
            };
            let expected = if has_body { expected } else { as_text(&expected) };
            match sent.get(parameter) {
                Some(sent) => assert_eq!(*sent, expected, "{name}: {parameter}"),
                None => {
                    assert!(IN_PATH.contains(&parameter.as_str()), "{name}: {parameter} is not sent");
                    let segment = format!("/{}", as_text(value).as_str().unwrap());
                    assert!(prepared.request().uri().path().contains(&segment), "{name}: {parameter}");
                }
            }
        }
        let invented: Vec<_> = sent.keys().filter(|parameter| !example.0.contains_key(*parameter)).collect();
        assert_eq!(invented, Vec::<&String>::new(), "{name}");
        made += 1;
    }
    assert_eq!(made, 33);
}

#[tokio::test]
async fn contradiction_08_the_documented_user_breaks_the_rule_for_passwords_and_no_other() {
    let mut arguments = Arguments::new(read("users.create.request.json").as_object().unwrap().clone());
    let client = client("http://127.0.0.1:1/api/v3");
    let error = make("users.create", &mut arguments, &client, Act::Prepare).await.err().unwrap();
    assert_eq!(arguments.0, Map::new());
    let violations = error.violations().unwrap();
    let found: Vec<_> = violations.iter().map(|it| (it.parameter.as_str(), it.constraint)).collect();
    assert_eq!(found, [("password", "contains_upper"), ("password", "contains_special")]);
}
