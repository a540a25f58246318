//! Names and texts, of a form or of the two lines of a CSV, as the JSON object whose members the names lead to.

use std::collections::HashMap;

use super::members::form;
use crate::args::write_json_text;

/// A name that leads further down is one name.
const DEPTH: usize = 32;

/// A form: `event[type]=paid` and `event.type=paid` are `{"event": {"type": "paid"}}`.
pub(super) fn of_form(body: &[u8]) -> Vec<u8> {
    written(form(body))
}

/// A line of names and a line of texts; nothing where there are more or fewer, or quotes that are never closed.
pub(super) fn of_csv(body: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)).ok()?;
    let [names, texts] = <[Vec<String>; 2]>::try_from(lines(text)?).ok()?;
    (names.len() == texts.len()).then(|| written(names.into_iter().zip(texts).collect()))
}

/// The fields of each line that is not empty.
fn lines(text: &str) -> Option<Vec<Vec<String>>> {
    let (mut lines, mut line, mut field) = (Vec::new(), Vec::new(), String::new());
    let (mut is_quoted, mut characters) = (false, text.chars().peekable());
    while let Some(character) = characters.next() {
        match character {
            // Two of them are one that belongs to the text.
            '"' if is_quoted && characters.next_if_eq(&'"').is_some() => field.push('"'),
            '"' if is_quoted || field.is_empty() => is_quoted = !is_quoted,
            ',' if !is_quoted => line.push(std::mem::take(&mut field)),
            '\r' if !is_quoted && characters.peek() == Some(&'\n') => {}
            '\n' if !is_quoted => {
                line.push(std::mem::take(&mut field));
                lines.push(std::mem::take(&mut line));
            }
            other => field.push(other),
        }
    }
    line.push(field);
    lines.push(line);
    lines.retain(|line| line.iter().any(|field| !field.is_empty()));
    (!is_quoted).then_some(lines)
}

/// What a name leads to.
enum Node {
    Text(String),
    Members(Members),
}

/// In the order in which they came, and found by their names: there may be a million of them.
#[derive(Default)]
struct Members {
    all: Vec<(String, Node)>,
    places: HashMap<String, usize>,
    /// No number below is free for the next of a list.
    next: usize,
}

impl Members {
    /// The number of the next of a list.
    fn number(&mut self) -> String {
        self.next = self.next.max(self.all.len());
        loop {
            let name = self.next.to_string();
            if !self.places.contains_key(&name) {
                return name;
            }
            self.next += 1;
        }
    }
}

/// Of equal names the first counts, as it does for expressions; so does what a name leads to before another leads
/// through it.
fn written(pairs: Vec<(String, String)>) -> Vec<u8> {
    let mut root = Members::default();
    for (name, text) in pairs {
        put(&mut root, &steps(&name), text);
    }
    let mut json = String::new();
    write(&mut json, &Node::Members(root), false);
    json.into_bytes()
}

/// What stands for the next of a list.
const NEXT: &str = "]";

/// `a[b][c]` and `a.b.c` lead from `a` over `b` to `c`, and `a[]` to the next of a list. A name in which a step has
/// none is one name.
fn steps(name: &str) -> Vec<&str> {
    let steps: Vec<&str> = name.split(['.', '[']).take(DEPTH + 1).collect();
    if steps.len() > DEPTH || steps.contains(&"") {
        return vec![name];
    }
    steps.into_iter().map(|step| if step == NEXT { step } else { step.strip_suffix(']').unwrap_or(step) }).collect()
}

fn put(members: &mut Members, steps: &[&str], text: String) {
    let Some((step, rest)) = steps.split_first() else { return };
    let name = if *step == NEXT { members.number() } else { (*step).to_owned() };
    let known = members.places.get(&name).and_then(|at| members.all.get_mut(*at));
    match (known, rest) {
        (Some((_, Node::Members(inner))), [_, ..]) => put(inner, rest, text),
        (Some(_), _) => {}
        (None, rest) => {
            let node = match rest {
                [] => Node::Text(text),
                rest => {
                    let mut inner = Members::default();
                    put(&mut inner, rest, text);
                    Node::Members(inner)
                }
            };
            members.places.insert(name.clone(), members.all.len());
            members.all.push((name, node));
        }
    }
}

/// What is numbered from 0 on is a list.
fn write(json: &mut String, node: &Node, may_be_list: bool) {
    let members = match node {
        Node::Text(text) => return write_json_text(json, text),
        Node::Members(members) => &members.all,
    };
    let is_list = may_be_list && members.iter().enumerate().all(|(at, (name, _))| *name == at.to_string());
    json.push(if is_list { '[' } else { '{' });
    for (at, (name, inner)) in members.iter().enumerate() {
        if at > 0 {
            json.push(',');
        }
        if !is_list {
            write_json_text(json, name);
            json.push(':');
        }
        write(json, inner, true);
    }
    json.push(if is_list { ']' } else { '}' });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> String {
        String::from_utf8(of_form(text.as_bytes())).unwrap()
    }

    fn csv(text: &str) -> Option<String> {
        of_csv(text.as_bytes()).map(|json| String::from_utf8(json).unwrap())
    }

    #[test]
    fn names_lead_to_members() {
        assert_eq!(form("e%5Bt%5D=a&e.u=b&x=1"), r#"{"e":{"t":"a","u":"b"},"x":"1"}"#);
        assert_eq!(form("a[]=1&a[]=2&b[0][c]=3&d[1]=4"), r#"{"a":["1","2"],"b":[{"c":"3"}],"d":{"1":"4"}}"#);
        // The first counts.
        assert_eq!(form("a=1&a=2&a.b=3&c.d=4&c=5"), r#"{"a":"1","c":{"d":"4"}}"#);
        assert_eq!(form(""), "{}");
        // Nothing is lost, whatever the names are.
        assert_eq!(form("a[1]=x&a[]=y&a[]=z"), r#"{"a":{"1":"x","2":"y","3":"z"}}"#);
        assert_eq!(form("=x&a.=y&.b=z&c..d=1"), r#"{"":"x","a.":"y",".b":"z","c..d":"1"}"#);
        let taken: String = (100_000..200_000).map(|at| format!("a[{at}]=1&")).collect();
        assert_eq!(form(&[taken, "a[]=1&".repeat(100_000)].concat()).matches("\":\"1\"").count(), 200_000);
        let many: String = (0..100_000).map(|at| format!("n{at}=1&")).collect();
        assert_eq!(form(&many).matches(':').count(), 100_000);
        let deep = vec!["a"; DEPTH + 1].join(".");
        assert_eq!(form(&format!("{deep}=1")), format!(r#"{{"{deep}":"1"}}"#));
    }

    #[test]
    fn two_lines_are_names_and_texts() {
        assert_eq!(
            csv("e.t,n\r\na,\"b, \"\"c\"\"\nd\"\r\n").as_deref(),
            Some("{\"e\":{\"t\":\"a\"},\"n\":\"b, \\\"c\\\"\\nd\"}")
        );
        assert_eq!(csv("\u{feff}a\nb").as_deref(), Some(r#"{"a":"b"}"#));
        for other in ["", "a", "a\nb\nc", "a,b\nc", "a\n\"b"] {
            assert_eq!(csv(other), None, "{other}");
        }
        assert_eq!(of_csv(b"a\n\xff"), None);
    }
}
