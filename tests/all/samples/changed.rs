//! A value with one node missing, of another type, there twice or very deep.

use serde_json::{Value, json};

/// Stands for a value that is nested 100,000 deep.
const DEEP: &str = "a value that is very deep";
/// Marks a member that is there twice.
const AGAIN: &str = " once more";
/// A text that nodes are replaced by.
pub(crate) const TEXT: &str = "Kestrel";

/// The value with one change, for every node and every change.
pub(crate) fn changed(value: &Value) -> Vec<Value> {
    let others = [Value::Null, json!(true), json!(-1.5), json!(TEXT), json!([]), json!({}), json!([[]]), json!(DEEP)];
    let mut all = others.to_vec();
    match value {
        Value::Array(items) => {
            for at in 0..items.len() {
                let with = |change: &dyn Fn(&mut Vec<Value>)| {
                    let mut items = items.clone();
                    change(&mut items);
                    Value::Array(items)
                };
                all.push(with(&|items| drop(items.remove(at))));
                all.push(with(&|items| items.insert(at, items[at].clone())));
                all.extend(changed(&items[at]).into_iter().map(|item| with(&|items| items[at] = item.clone())));
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let mut without = members.clone();
                without.remove(name);
                all.push(Value::Object(without));
                for other in others.iter().chain([member]) {
                    let mut twice = members.clone();
                    twice.insert(format!("{name}{AGAIN}"), other.clone());
                    all.push(Value::Object(twice.clone()));
                    // The sound one last.
                    twice.insert(format!("{name}{AGAIN}"), member.clone());
                    twice.insert(name.clone(), other.clone());
                    all.push(Value::Object(twice));
                }
                all.extend(changed(member).into_iter().map(|other| {
                    let mut members = members.clone();
                    members.insert(name.clone(), other);
                    Value::Object(members)
                }));
            }
        }
        _ => {}
    }
    all
}

/// The text of a value, with what stands for others in it: two where something is deep, by lists and by objects.
pub(crate) fn written(value: &Value, [lists, objects]: &[String; 2]) -> Vec<String> {
    let text = value.to_string().replace(&format!("{AGAIN}\":"), "\":");
    let sign = format!("\"{DEEP}\"");
    match text.contains(&sign) {
        true => [lists, objects].map(|deep| text.replace(&sign, deep)).into(),
        false => vec![text],
    }
}

/// Lists, or objects, within each other.
pub(crate) fn deep() -> [String; 2] {
    [("[", "]"), (r#"{"a":"#, "}")].map(|(open, close)| [&open.repeat(100_000), "0", &close.repeat(100_000)].concat())
}
