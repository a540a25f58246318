//! Every documented answer is read and written again: nothing is lost but what is declared here.

use std::collections::BTreeSet;

use codegen::ir::{Field, Shape};
use serde_json::{Map, Value};

use super::calls::{Act, Arguments, Done, make};
use super::{documented, read};
use crate::samples::{Api, Calling, Canned, Failure, Sample, Shown};
use crate::support::{Scripted, builder, client, json, spec};

/// Where the API documents a number and its example has a text: the number is kept.
const NORMALISED: &[(&str, &[&str])] = &[
    ("lti_resources.create", &[r#"tool_provider_id: "1" is 1"#]),
    ("lti_resources.index", &[r#"0.tool_provider_id: "2" is 2"#, r#"1.tool_provider_id: "2" is 2"#]),
    ("lti_resources.show", &[r#"tool_provider_id: "2" is 2"#]),
    ("lti_resources.update", &[r#"tool_provider_id: "1" is 1"#]),
    ("users.create", &[r#"omniauth_config_id: "1" is 1"#]),
];

/// What is said of a field that an answer does not have.
const ADDED: &str = ": added: null";

/// Leaves out what holds of every answer and is said of the feature `serde`: a field that it does not have is null. How
/// many there were.
pub(crate) fn take_added(found: &mut Vec<String>) -> usize {
    let all = found.len();
    found.retain(|difference| !difference.ends_with(ADDED));
    all - found.len()
}

/// What differs between an answer and what was made of it.
pub(crate) fn differences(path: &str, answer: &Value, shown: &Value, found: &mut Vec<String>) {
    let under = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match (answer, shown) {
        (Value::Object(answer), Value::Object(shown)) => {
            for (name, value) in answer {
                match shown.get(name) {
                    Some(shown) => differences(&under(name), value, shown, found),
                    None => found.push(format!("{}: lost", under(name))),
                }
            }
            let added = shown.iter().filter(|(name, _)| !answer.contains_key(*name));
            found.extend(added.map(|(name, value)| match value {
                Value::Null => format!("{}{ADDED}", under(name)),
                value => format!("{}: made up: {value}", under(name)),
            }));
        }
        (Value::Array(answer), Value::Array(shown)) if answer.len() == shown.len() => {
            for (index, (answer, shown)) in answer.iter().zip(shown).enumerate() {
                differences(&under(&index.to_string()), answer, shown, found);
            }
        }
        (answer, shown) if answer == shown => {}
        (answer, shown) => found.push(format!("{path}: {answer} is {shown}")),
    }
}

/// What an answer holds: the value under its one key, unless the answer itself is the value.
fn payload(name: &str, answer: &Value) -> Value {
    let members = answer.as_object().unwrap();
    match (name, members.len()) {
        (_, 0) => Value::Null,
        ("student_sessions.assign_proctor" | "student_sessions.end_exam", _) => answer.clone(),
        // The one object of a list that is documented as such.
        ("documents.index", 1) => Value::Array(members.values().cloned().collect()),
        (_, 1) => members.values().next().unwrap().clone(),
        _ => panic!("{name}"),
    }
}

/// Fails unless an answer is read, and written again with nothing lost but what is declared. How many fields it does
/// not have.
async fn loses_nothing(name: &str, answer: &Value) -> usize {
    let server = Scripted::once(json(200, &answer.to_string()));
    let made = make(name, &mut Arguments::new(Map::new()), &client(server.address()), Act::Send).await;
    let Done::Result(shown) = made.unwrap() else { panic!("{name}: not sent") };
    let mut found = Vec::new();
    differences("", &payload(name, answer), &shown, &mut found);
    let added = take_added(&mut found);
    let declared = NORMALISED.iter().find(|(normalised, _)| *normalised == name).map_or(&[][..], |(_, texts)| texts);
    assert_eq!(found, declared, "{name}");
    added
}

#[tokio::test]
async fn nothing_of_an_answer_is_lost() {
    let names = documented("response");
    assert_eq!(names.len(), 35);
    let mut added = 0;
    for name in names {
        added += loses_nothing(&name, &read(&format!("{name}.response.json"))).await;
    }
    assert_eq!(added, 76, "fields that these answers do not have");
}

/// Puts another text where a value of an open list stands, and says under which names.
fn unknown_words(answer: &mut Value, lists: &BTreeSet<&str>, replaced: &mut BTreeSet<String>) {
    match answer {
        Value::Array(items) => items.iter_mut().for_each(|item| unknown_words(item, lists, replaced)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if lists.contains(name.as_str()) => {
                        *text = format!("01 {text}");
                        replaced.insert(name.clone());
                    }
                    member => unknown_words(member, lists, replaced),
                }
            }
        }
        _ => {}
    }
}

#[tokio::test]
async fn values_that_no_list_has_survive() {
    let api = codegen::load(&spec()).unwrap();
    let fields = api.types.iter().flat_map(|ty| match &ty.shape {
        Shape::Record(fields) => fields.as_slice(),
        _ => &[],
    });
    let is_list = |field: &&Field| matches!(api.shape(&field.ty), Some(Shape::Enum(..)));
    let lists: BTreeSet<&str> = fields.filter(is_list).map(|field| field.name.wire.as_str()).collect();
    let mut replaced = BTreeSet::new();
    for name in documented("response") {
        let mut answer = read(&format!("{name}.response.json"));
        unknown_words(&mut answer, &lists, &mut replaced);
        loses_nothing(&name, &answer).await;
    }
    assert_eq!(replaced.iter().map(String::as_str).collect::<BTreeSet<_>>(), lists, "each stands in an answer");
}

/// The documented answers, one of them an error, and who makes what of them.
pub(crate) fn samples() -> Api {
    let sample = |method: String, error: Option<&str>, status: u16, file: &str| Sample {
        body: read(&format!("{method}.{file}.json")),
        name: "documented".to_owned(),
        error: error.map(str::to_owned),
        is_constructed: false,
        status,
        method,
    };
    let mut samples: Vec<_> =
        documented("response").into_iter().map(|method| sample(method, None, 200, "response")).collect();
    samples.push(sample("tool_providers.destroy".to_owned(), Some("locked"), 423, "error"));
    let canned = Canned::default();
    let client = builder("http://127.0.0.1:9").transport(canned.clone()).max_attempts(1).build().unwrap();
    let call = move |method: &str| -> Calling {
        let (client, method) = (client.clone(), method.to_owned());
        Box::pin(async move {
            let made = make(&method, &mut Arguments::new(Map::new()), &client, Act::Send).await;
            match made.map_err(|error| Failure::any(&error))? {
                Done::Result(json) => Ok(Shown { debug: String::new(), json }),
                Done::Prepared(_) => panic!("{method}: not sent"),
            }
        })
    };
    Api::new("proctorexam", samples, canned, call)
}
