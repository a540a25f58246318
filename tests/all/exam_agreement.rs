//! What one call makes the others show: every resource of the mock agrees with itself.
//!
//! The calls are made of the spec, by `client.request`, so that a resource that joins it is held to the same.

use codegen::ir::{Api, Json, Location, Operation, Parameter, Payload, Presence, Resource, Shape};
use generated_client::proctorexam::{Client, Error, ErrorCode};
use serde_json::{Map, Value, json};

use crate::support::{client, mock, spec};

/// An id that nothing has.
const NOBODY: i64 = 999_999;

/// Names and addresses are unique, and the password of the example breaks its own rule.
const VALID: [(&str, &str); 4] = [
    ("name", "Another"),
    ("email", "another@institute.com"),
    ("password", "Passw0rd!"),
    ("password_confirmation", "Passw0rd!"),
];

/// The operation of a resource that has this name.
fn operation<'a>(resource: &'a Resource, name: &str) -> Option<&'a Operation> {
    resource.operations.iter().find(|operation| operation.name.wire == name)
}

/// The documented parameters of an operation, with others in their place and a member that was made up for the rest.
fn parameters(operation: &Operation, others: &Map<String, Value>) -> Map<String, Value> {
    let documented = operation.examples.iter().flat_map(|example| &example.request);
    let mut given: Map<String, Value> =
        documented.map(|(name, value)| (name.clone(), serde_json::from_str(&text(&value.json)).unwrap())).collect();
    for parameter in &operation.parameters {
        let name = &parameter.name.wire;
        // Some examples have texts for numbers, and those name nobody.
        if operation.examples.iter().any(|example| example.breaks.iter().any(|broken| broken.value == *name)) {
            given.remove(name);
        }
        match others.get(name) {
            Some(value) => _ = given.insert(name.clone(), value.clone()),
            None if parameter.location == Location::Path => _ = given.insert(name.clone(), json!(1)),
            None if parameter.is_needed() && !given.contains_key(name) => {
                let is_id = name.ends_with("_id") && !name.starts_with("student_lms");
                let made_up = if is_id { json!(1) } else { json!(format!("{name}@institute.com")) };
                given.insert(name.clone(), made_up);
            }
            None => {}
        }
    }
    given
}

/// A value of the spec in JSON.
fn text(value: &Json) -> String {
    match value {
        Json::Null => "null".to_owned(),
        Json::Number(number) => number.clone(),
        Json::Boolean(boolean) => boolean.to_string(),
        Json::String(text) => Value::from(text.as_str()).to_string(),
        Json::Array(_) | Json::Object(_) => panic!("no documented parameter has parts"),
    }
}

/// What a call answers under its key.
async fn call(client: &Client, operation: &Operation, others: &Map<String, Value>) -> Result<Value, Error<ErrorCode>> {
    call_with(client, operation, &parameters(operation, others)).await
}

/// The same of what is given, and of nothing else.
async fn call_with(
    client: &Client,
    operation: &Operation,
    given: &Map<String, Value>,
) -> Result<Value, Error<ErrorCode>> {
    let in_path = operation.parameters.iter().map(|it| &it.name.wire).filter_map(|name| Some((name, given.get(name)?)));
    let path =
        in_path.fold(operation.template(), |path, (name, it)| path.replace(&format!("{{{name}}}"), &it.to_string()));
    let mut request = client.request(operation.method.as_str(), &path);
    for (name, value) in given {
        request = match (operation.method.default_location(), value) {
            (Location::Query, Value::String(text)) => request.query(name, text.as_str()),
            (Location::Query, value) => request.query(name, value.to_string()),
            (_, Value::String(text)) => request.body(name, text.as_str()),
            (_, Value::Bool(boolean)) => request.body(name, *boolean),
            (_, value) => request.body(name, value.as_i64().unwrap()),
        };
    }
    let body: Value = serde_json::from_slice(request.await?.body()).unwrap();
    Ok(match &operation.payload {
        Payload::Key(key, _) | Payload::Page(Some(key), _) => body[key.as_str()].clone(),
        _ => body,
    })
}

fn of(pairs: &[(&str, Value)]) -> Map<String, Value> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

/// Whether an operation found nothing, as its documentation says.
async fn finds_nothing(client: &Client, operation: &Operation, id: &Value) -> bool {
    let result = call(client, operation, &of(&[("id", id.clone())])).await;
    matches!(result, Err(Error::Api(ErrorCode::NotFound)))
}

/// What both have is the same; a summary has less than the whole.
fn agree(one: &Value, other: &Value) -> bool {
    let (one, other) = (one.as_object().unwrap(), other.as_object().unwrap());
    let both: Vec<_> = one.iter().filter(|(name, _)| other.contains_key(*name)).collect();
    both.len() > 2 && both.into_iter().all(|(name, value)| *value == other[name])
}

/// The object of an id in a list, which may be one object by itself.
async fn listed(client: &Client, list: &Operation, id: &Value) -> Option<Value> {
    let list = call(client, list, &Map::new()).await.unwrap();
    let items = if let Value::Array(items) = list { items } else { vec![list] };
    items.into_iter().find(|item| item["id"] == *id)
}

#[tokio::test]
async fn create_show_list_update_and_destroy_agree() {
    let api: Api = codegen::load(&spec()).unwrap();
    let (mut made, mut changed, mut removed) = (0, 0, 0);
    for resource in &api.resources {
        let mock = mock().await;
        let (client, name) = (client(mock.address()), &resource.name.wire);
        let [show, list, create, update, destroy] =
            ["show", "list", "create", "update", "destroy"].map(|name| operation(resource, name));
        let (show, list) = (show.unwrap(), list.unwrap());
        for operation in [Some(show), update, destroy].into_iter().flatten() {
            assert!(finds_nothing(&client, operation, &json!(NOBODY)).await, "{name}.{}", operation.name.wire);
        }
        // A file is sent in a part, which nothing but its own call does.
        let create = create.filter(|create| create.parameters.iter().all(|parameter| !parameter.is_file()));
        let id = match create {
            None => json!(1),
            Some(create) => {
                let created = call(&client, create, &of(&VALID.map(|(name, text)| (name, json!(text))))).await.unwrap();
                let shown = call(&client, show, &of(&[("id", created["id"].clone())])).await.unwrap();
                assert!(agree(&shown, &created), "{name}: {shown} {created}");
                made += 1;
                created["id"].clone()
            }
        };
        let one = of(&[("id", id.clone())]);
        let shown = call(&client, show, &one).await.unwrap();
        assert_eq!(listed(&client, list, &id).await.as_ref(), Some(&shown), "{name}");
        if let Some(update) = update {
            let change = VALID.map(|(name, text)| (name, json!(text)));
            let change = [&change[..], &[("id", id.clone())]].concat();
            let result = call(&client, update, &of(&change)).await.unwrap();
            let shown = call(&client, show, &one).await.unwrap();
            assert!(agree(&shown, &result), "{name}: {shown} {result}");
            assert_eq!(listed(&client, list, &id).await.as_ref(), Some(&shown), "{name}");
            changed += 1;
        }
        if let Some(destroy) = destroy {
            call(&client, destroy, &one).await.unwrap();
            assert_eq!(listed(&client, list, &id).await, None, "{name}");
            for operation in [Some(show), update, Some(destroy)].into_iter().flatten() {
                assert!(finds_nothing(&client, operation, &id).await, "{name}.{}", operation.name.wire);
            }
            removed += 1;
        }
    }
    assert_eq!((made, changed, removed), (7, 7, 7));
}

/// What a call cannot do without, what the client would fill in included.
fn least(operation: &Operation, others: &[(&str, Value)]) -> Map<String, Value> {
    let mut given = parameters(operation, &of(others));
    let is_needed = |it: &Parameter| it.location == Location::Path || it.presence == Presence::Required;
    given.retain(|name, _| operation.parameters.iter().any(|it| it.name.wire == *name && is_needed(it)));
    given
}

#[tokio::test]
async fn what_an_update_leaves_out_stays_as_it_is() {
    let api: Api = codegen::load(&spec()).unwrap();
    let mut updated = 0;
    for resource in &api.resources {
        let mock = mock().await;
        let (client, name) = (client(mock.address()), &resource.name.wire);
        let [show, create, update] = ["show", "create", "update"].map(|name| operation(resource, name));
        let (Some(show), Some(create), Some(update)) = (show, create, update) else { continue };
        let valid = VALID.map(|(name, text)| (name, json!(text)));
        let created = call_with(&client, create, &least(create, &valid)).await.unwrap()["id"].clone();
        for id in [json!(1), created] {
            let one = of(&[("id", id.clone())]);
            let change = least(update, &[("id", id)]);
            let rest = |object: Value| {
                let Value::Object(mut object) = object else { panic!("{object}") };
                object.retain(|name, _| name != "updated_at" && !change.contains_key(name));
                object
            };
            let before = rest(call(&client, show, &one).await.unwrap());
            let mut result = rest(call_with(&client, update, &change).await.unwrap());
            let mut after = rest(call(&client, show, &one).await.unwrap());
            // What nothing was known of before is known by the answer.
            result.retain(|name, _| before.contains_key(name));
            after.retain(|name, _| before.contains_key(name));
            assert_eq!(after, before, "{name}");
            assert!(result.iter().all(|(name, value)| *value == before[name]), "{name}: {result:?} {before:?}");
            updated += 1;
        }
    }
    assert_eq!(updated, 2 * 7);
}

/// Whether a parameter is the id of something that the mock remembers.
fn is_id_of_something(api: &Api, parameter: &Parameter) -> bool {
    // Of identity providers nothing is known but that they have ids.
    matches!(api.shape(&parameter.ty), Some(Shape::Id(_))) && parameter.name.wire != "omniauth_config_id"
}

#[tokio::test]
async fn whatever_an_unknown_id_stands_for_it_is_not_found() {
    let api: Api = codegen::load(&spec()).unwrap();
    let mut tried = 0;
    for (_, operation) in api.operations() {
        // A file is sent in a part, which nothing but its own call does.
        if operation.parameters.iter().any(Parameter::is_file) {
            continue;
        }
        for parameter in operation.parameters.iter().filter(|parameter| is_id_of_something(&api, parameter)) {
            let mock = mock().await;
            let client = client(mock.address());
            let (name, id) = (&operation.type_name.wire, &parameter.name.wire);
            let valid = VALID.map(|(name, text)| (name, json!(text)));
            let unknown = [&valid[..], &[(id.as_str(), json!(NOBODY))]].concat();
            let unknown =
                unknown.into_iter().filter(|(name, _)| operation.parameters.iter().any(|it| it.name.wire == *name));
            let error = call(&client, operation, &of(&unknown.collect::<Vec<_>>())).await.unwrap_err();
            let Error::Api(code) = &error else { panic!("{name}({id}): {error:?}") };
            assert!([ErrorCode::NotFound, ErrorCode::ResourceNotFound].contains(code), "{name}({id}): {error:?}");
            tried += 1;
        }
    }
    assert_eq!(tried, 60);
}
