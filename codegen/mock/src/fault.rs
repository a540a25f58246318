//! Misbehaviour on demand, for tests of clients.

use std::time::Duration;

use codegen::ir::Json;

use crate::json;
use crate::reply::{Content, Reply};

/// What goes wrong with one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// This status and body are answered; the request is not looked at.
    Status(u16, String),
    /// This status and this `Location` are answered; the request is not looked at.
    Redirect(u16, String),
    /// The operation's answer is this documented error, by its name, in the envelope of the spec; what its holes
    /// held is their names. The request is not looked at.
    Documented(String),
    /// The connection closes; the request is not looked at.
    DropBefore,
    /// The request takes effect, then the connection closes without an answer.
    DropAfter,
    /// The request is answered as usual, but later.
    Delay(Duration),
    /// The request takes effect; the answer breaks off in the middle of its body.
    Truncate,
    /// The request takes effect; the body of the answer comes so many bytes at a time, with a pause before each.
    SlowBody(usize, Duration),
    /// The request takes effect; in the answer these members have values of another type.
    WrongTypes(Fields),
    /// The request takes effect; in the answer these members are missing.
    MissingFields(Fields),
    /// The request takes effect; every object of the answer has a member `unexpected` that nobody documents.
    ExtraFields,
    /// The request takes effect; the answer says something else than was signed. Where answers are not signed it is
    /// only longer by a space.
    Forge,
}

/// Which members of an answer a fault concerns, at whatever depth they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fields {
    /// All that hold no list and no object, so that the answer keeps its shape.
    Every,
    /// All of this name, whatever they hold.
    Named(String),
}

impl Fault {
    /// The answer instead of any that the request would get.
    pub(crate) fn instead(&self) -> Option<Reply> {
        match self {
            Self::Status(status, body) => Some(Reply::of(*status, Content::Json(body.clone()))),
            Self::Redirect(status, location) => {
                let headers = vec![("Location".to_owned(), location.clone())];
                Some(Reply { headers, ..Reply::of(*status, Content::Json(String::new())) })
            }
            _ => None,
        }
    }

    /// Changes an answer that is signed already.
    pub(crate) fn forge(&self, reply: &mut Reply) {
        if *self == Self::Forge {
            match &mut reply.body {
                Content::Json(text) => text.push(' '),
                Content::Raw(_, bytes) => bytes.push(b' '),
            }
        }
    }

    /// Spoils the members of an answer; one that is no JSON stays as it is.
    pub(crate) fn spoil(&self, reply: &mut Reply) {
        let change = |reply: &mut Reply, change: &dyn Fn(&mut Json)| {
            if let Content::Json(text) = &mut reply.body
                && let Some(mut body) = json::value(text)
            {
                change(&mut body);
                *text = json::write(&body);
            }
        };
        match self {
            Self::WrongTypes(fields) => change(reply, &|body| retype(body, fields)),
            Self::MissingFields(fields) => change(reply, &|body| omit(body, fields)),
            Self::ExtraFields => change(reply, &extend),
            _ => {}
        }
    }
}

impl Fields {
    fn has(&self, name: &str, value: &Json) -> bool {
        match self {
            Self::Every => !matches!(value, Json::Array(_) | Json::Object(_)),
            Self::Named(wanted) => wanted == name,
        }
    }
}

fn retype(json: &mut Json, fields: &Fields) {
    match json {
        Json::Object(members) => {
            for (name, value) in members {
                if fields.has(name, value) {
                    *value = of_another_type(value);
                } else {
                    retype(value, fields);
                }
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| retype(item, fields)),
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::String(_) => {}
    }
}

/// What even a lenient reader does not take for the value: numbers as text would pass.
fn of_another_type(value: &Json) -> Json {
    match value {
        Json::Boolean(_) | Json::Number(_) => Json::String("of another type".to_owned()),
        Json::String(_) | Json::Object(_) => Json::Array(Vec::new()),
        Json::Null | Json::Array(_) => Json::Object(Vec::new()),
    }
}

fn omit(json: &mut Json, fields: &Fields) {
    match json {
        Json::Object(members) => {
            members.retain(|(name, value)| !fields.has(name, value));
            members.iter_mut().for_each(|(_, value)| omit(value, fields));
        }
        Json::Array(items) => items.iter_mut().for_each(|item| omit(item, fields)),
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::String(_) => {}
    }
}

fn extend(json: &mut Json) {
    match json {
        Json::Object(members) => {
            members.iter_mut().for_each(|(_, value)| extend(value));
            let nested = vec![("nested".to_owned(), Json::Array(vec![Json::Null, Json::Number("1".to_owned())]))];
            members.push(("unexpected".to_owned(), Json::Object(nested)));
        }
        Json::Array(items) => items.iter_mut().for_each(extend),
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_documented() {
        let declared =
            include_str!("fault.rs").split("pub enum Fault {").nth(1).and_then(|rest| rest.split("\n}\n").next());
        let names = declared.unwrap().lines().filter_map(|line| line.strip_prefix("    "));
        let names = names.filter(|line| line.starts_with(|letter: char| letter.is_ascii_uppercase()));
        let names: Vec<_> = names.filter_map(|line| line.split(['(', ',']).next()).collect();
        let readme = include_str!("../../../spec/README.md");
        let table =
            readme.split("| fault | what happens | takes effect |").nth(1).and_then(|rest| rest.split("\n\n").next());
        let rows = table.unwrap().lines().filter_map(|line| line.strip_prefix("| `")?.split(['(', '`']).next());
        assert_eq!(rows.collect::<Vec<_>>(), names);
    }

    const ANSWER: &str = r#"{"list":[{"id":1,"name":"x","off":false,"none":null}],"total":1}"#;

    fn spoilt(fault: Fault) -> String {
        let mut reply = Reply::of(200, Content::Json(ANSWER.to_owned()));
        fault.spoil(&mut reply);
        let Content::Json(text) = reply.body else { panic!("no JSON") };
        text
    }

    #[test]
    fn members_change_at_every_depth() {
        let wrong = r#""of another type""#;
        assert_eq!(
            spoilt(Fault::WrongTypes(Fields::Every)),
            format!(r#"{{"list":[{{"id":{wrong},"name":[],"none":{{}},"off":{wrong}}}],"total":{wrong}}}"#)
        );
        assert_eq!(
            spoilt(Fault::WrongTypes(Fields::Named("name".to_owned()))),
            r#"{"list":[{"id":1,"name":[],"none":null,"off":false}],"total":1}"#
        );
        assert_eq!(spoilt(Fault::MissingFields(Fields::Every)), r#"{"list":[{}]}"#);
        assert_eq!(spoilt(Fault::MissingFields(Fields::Named("list".to_owned()))), r#"{"total":1}"#);
        let extra = r#""unexpected":{"nested":[null,1]}"#;
        assert_eq!(
            spoilt(Fault::ExtraFields),
            format!(r#"{{"list":[{{"id":1,"name":"x","none":null,"off":false,{extra}}}],"total":1,{extra}}}"#)
        );
    }

    #[test]
    fn what_is_no_json_stays() {
        let mut reply = Reply::of(500, Content::Json("<html>".to_owned()));
        Fault::ExtraFields.spoil(&mut reply);
        assert_eq!(reply.body, Content::Json("<html>".to_owned()));
    }
}
