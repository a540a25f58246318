//! The vendor's documented examples, as they are: requests can be made, answers lose nothing.
//!
//! `tests/data/proctorexam` holds them, with an index of where each is from and what had to be repaired.

mod calls;
mod requests;
mod responses;

pub(crate) use requests::{prepared, without_ids_of_the_path};
pub(crate) use responses::{differences, samples, take_added};

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

/// Whatever the examples print that may be a key of a signature.
pub(crate) fn printed_keys() -> BTreeSet<String> {
    fn collect(value: &Value, keys: &mut BTreeSet<String>) {
        if let Some(members) = value.as_object() {
            let secrets = ["api_token", "secret_key", "oauth_consumer_secret", "token"].map(|name| members.get(name));
            keys.extend(secrets.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
            members.values().for_each(|value| collect(value, keys));
        }
        value.as_array().into_iter().flatten().for_each(|value| collect(value, keys));
    }
    let mut keys = BTreeSet::new();
    documented("response").iter().for_each(|name| collect(&read(&format!("{name}.response.json")), &mut keys));
    keys
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/proctorexam")
}

/// A file of the examples.
pub(crate) fn read(file: &str) -> Value {
    serde_json::from_slice(&fs::read(folder().join(file)).unwrap()).unwrap()
}

/// The operations with an example of a direction, `request` or `response`, as the vendor calls them.
pub(crate) fn documented(direction: &str) -> Vec<String> {
    let index = read("INDEX.json");
    let files = index["files"].as_array().unwrap().iter().map(|file| file["file"].as_str().unwrap().to_owned());
    let end = format!(".{direction}.json");
    files.filter_map(|file| Some(file.strip_suffix(&end)?.to_owned())).collect()
}

#[test]
fn the_index_names_every_file() {
    let mut named: Vec<_> = read("INDEX.json")["files"].as_array().unwrap().iter().map(|f| f["file"].clone()).collect();
    let mut there: Vec<Value> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| Value::from(entry.unwrap().file_name().into_string().unwrap()))
        .filter(|name| name != "INDEX.json")
        .collect();
    named.sort_by_key(Value::to_string);
    there.sort_by_key(Value::to_string);
    assert_eq!(named, there);
}
