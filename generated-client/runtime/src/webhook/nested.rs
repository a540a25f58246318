//! Names and texts, of a form or of the two lines of a CSV, as the JSON object whose members the names lead to.

use std::collections::{BTreeSet, HashMap};

use super::members::form;
use crate::args::write_json_text;

/// A name that leads further down is one name.
const DEPTH: usize = 32;

/// A name that leads through more new places than are left of these is one name: a body of some megabytes could ask
/// for gigabytes of them.
const PLACES: usize = 10_000;

/// What names lead to.
pub(super) struct Object {
    pub(super) json: Vec<u8>,
    /// Members of it in which it depends on the order or on the spelling of names what is read.
    pub(super) doubtful: BTreeSet<String>,
}

/// A form: `event[type]=paid` and `event.type=paid` are `{"event": {"type": "paid"}}`. The names in `undivided` lead
/// nowhere and are those of members.
pub(super) fn of_form(body: &[u8], undivided: &[&str]) -> Object {
    written(form(body), undivided)
}

/// A line of names and a line of texts; nothing where there are more or fewer, or quotes that are never closed.
pub(super) fn of_csv(body: &[u8], undivided: &[&str]) -> Option<Object> {
    let text = std::str::from_utf8(body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)).ok()?;
    let [names, texts] = <[Vec<String>; 2]>::try_from(lines(text)?).ok()?;
    (names.len() == texts.len()).then(|| written(names.into_iter().zip(texts).collect(), undivided))
}

/// The fields of each line that is not empty; one with a comma has empty fields.
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
    lines.retain(|line| line.len() > 1 || line.iter().any(|field| !field.is_empty()));
    (!is_quoted).then_some(lines)
}

/// What a name leads to.
enum Node {
    Text(String),
    Members(Box<Members>),
}

/// In the order in which they came, and found by their names: there may be a million of them.
#[derive(Default)]
struct Members {
    all: Vec<(String, Node)>,
    places: HashMap<String, usize>,
    /// No number below is free for the next of a list.
    next: usize,
    /// Whether the first of them was the next of a list.
    is_counted: bool,
}

/// What came of a text, beside its being put where it belongs.
#[derive(Default)]
struct Course {
    /// So many new places are left for all texts.
    left: usize,
    /// Something else is there, leads there otherwise, or there was no place left.
    is_doubtful: bool,
}

/// Of equal names the first counts, as it does for expressions; so does what a name leads to before another leads
/// through it.
fn written(pairs: Vec<(String, String)>, undivided: &[&str]) -> Object {
    let mut root = Members::default();
    let mut doubtful = BTreeSet::new();
    let mut course = Course { left: PLACES, ..Course::default() };
    for (name, text) in pairs {
        let whole = [Step::Name(&name)];
        let steps = if undivided.contains(&name.as_str()) { None } else { steps(&name) };
        let steps = steps.as_deref().unwrap_or(&whole);
        course.is_doubtful = false;
        if let Some(text) = root.put(steps, text, &mut course) {
            // A member of the object itself needs no place.
            root.put(&whole, text, &mut course);
        }
        if let (true, Some(Step::Name(member))) = (course.is_doubtful, steps.first()) {
            doubtful.insert((*member).to_owned());
        }
    }
    let mut json = String::new();
    write(&mut json, &Node::Members(Box::new(root)), false);
    Object { json: json.into_bytes(), doubtful }
}

/// One step down.
#[derive(Clone, Copy)]
enum Step<'a> {
    Name(&'a str),
    /// To the next of a list.
    Next,
}

/// `a[b][c]` and `a.b.c` lead from `a` over `b` to `c`, and `a[]` to the next of a list; a dot within brackets belongs
/// to the name there. Nothing where a step has no name, or a bracket no other.
fn steps(name: &str) -> Option<Vec<Step<'_>>> {
    let part = |text: &str| text.find(['.', '[']).unwrap_or(text.len());
    let (first, mut rest) = name.split_at(part(name));
    let mut steps = vec![Step::Name(first)];
    while !rest.is_empty() && steps.len() <= DEPTH {
        let is_next = rest.starts_with("[]");
        let step;
        (step, rest) = match rest.strip_prefix('[') {
            Some(inner) => inner.split_once(']')?,
            None => rest.strip_prefix('.').map(|inner| inner.split_at(part(inner)))?,
        };
        steps.push(if is_next { Step::Next } else { Step::Name(step) });
    }
    let is_named = |step: &Step<'_>| !matches!(step, Step::Name(""));
    (steps.len() <= DEPTH && steps.iter().all(is_named)).then_some(steps)
}

impl Members {
    /// Puts a text where the steps lead, unless something is there; gives it back if that takes too many new places.
    fn put(&mut self, steps: &[Step<'_>], text: String, course: &mut Course) -> Option<String> {
        let (step, rest) = steps.split_first()?;
        let is_next = matches!(step, Step::Next);
        course.is_doubtful |= !self.all.is_empty() && self.is_counted != is_next;
        let name = match step {
            Step::Name(name) => (*name).to_owned(),
            Step::Next => self.number(),
        };
        let known = self.places.get(&name).and_then(|at| self.all.get_mut(*at));
        match (known, rest) {
            (Some((_, Node::Members(inner))), [_, ..]) => inner.put(rest, text, course),
            (Some(_), _) => {
                course.is_doubtful = true;
                None
            }
            (None, rest) => {
                let Some(remaining) = course.left.checked_sub(rest.len()) else {
                    course.is_doubtful = true;
                    return Some(text);
                };
                course.left = remaining;
                let node = rest.iter().rev().fold(Node::Text(text), |node, step| {
                    let mut inner = Self { is_counted: matches!(step, Step::Next), ..Self::default() };
                    let name = if let Step::Name(name) = step { (*name).to_owned() } else { inner.number() };
                    inner.push(name, node);
                    Node::Members(Box::new(inner))
                });
                self.push(name, node);
                None
            }
        }
    }

    fn push(&mut self, name: String, node: Node) {
        self.places.insert(name.clone(), self.all.len());
        self.all.push((name, node));
    }

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
        String::from_utf8(of_form(text.as_bytes(), &["user.name", "b[c.d]"]).json).unwrap()
    }

    fn csv(text: &str) -> Option<String> {
        of_csv(text.as_bytes(), &[]).map(|object| String::from_utf8(object.json).unwrap())
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
        assert_eq!(form("a[b=1&a[b]c=2&a[.=3&a]b=4"), r#"{"a[b":"1","a[b]c":"2","a[.":"3","a]b":"4"}"#);
        // A dot within brackets divides nothing, and neither does one in the name of a field.
        assert_eq!(form("a[b.c][d]=1&a.e=2"), r#"{"a":{"b.c":{"d":"1"},"e":"2"}}"#);
        assert_eq!(form("user.name=1&user.id=2&b[c.d]=3"), r#"{"user.name":"1","user":{"id":"2"},"b[c.d]":"3"}"#);
        let taken: String = (100_000..200_000).map(|at| format!("a[{at}]=1&")).collect();
        assert_eq!(form(&[taken, "a[]=1&".repeat(100_000)].concat()).matches("\":\"1\"").count(), 200_000);
        let many: String = (0..100_000).map(|at| format!("n{at}=1&")).collect();
        assert_eq!(form(&many).matches(':').count(), 100_000);
        let deep = vec!["a"; DEPTH + 1].join(".");
        assert_eq!(form(&format!("{deep}=1")), format!(r#"{{"{deep}":"1"}}"#));
    }

    #[test]
    fn members_are_doubtful_where_another_order_or_spelling_would_change_them() {
        let doubtful = |text: &str| of_form(text.as_bytes(), &["user.name"]).doubtful.into_iter().collect::<Vec<_>>();
        for good in
            ["", "a=1&b=2", "a[]=1&a[]=2", "a[0]=1&a[1]=2", "a[b]=1&a.c=2&d[b]=3", "user.name=1&user=2", "a[][b]=1"]
        {
            assert!(doubtful(good).is_empty(), "{good}");
        }
        for bad in [
            "a.b=1&a[b]=2",
            "a=1&a=2",
            "a=1&a=1",
            "a=1&a[b]=2",
            "a.b=1&a=2",
            "a[]=1&a[0]=2",
            "a[0]=1&a[]=2",
            "a[7]=1&a[]=2",
            "a[b][]=1&a.b[1].c=2",
        ] {
            assert_eq!(doubtful(bad), ["a"], "{bad}");
        }
        assert_eq!(doubtful("user.name=1&user[name]=2"), [""; 0]);
        assert_eq!(doubtful("user.name=1&user.name=2"), ["user.name"]);
        let many: String = (0..PLACES).map(|at| format!("n{at}.x=1&")).collect();
        assert_eq!(doubtful(&format!("{many}a.b=1")), ["a"]);
    }

    #[test]
    fn places_are_bounded_and_nothing_is_lost() {
        let under = vec!["a"; DEPTH - 2].join(".");
        let many: String = (0..20_000).map(|at| format!("n{at}.{under}=1&")).collect();
        let json = form(&many);
        assert_eq!(json.matches("\":\"1\"").count(), 20_000);
        assert!(json.matches('{').count() <= PLACES + 1);
        // What leads through known places still does, and so does what needs few enough.
        let json = form(&format!("{many}n0.b=2&m.n=3"));
        assert!(
            json.starts_with(r#"{"n0":{"a":{"a""#)
                && json.contains(r#","b":"2"},"n1":{"#)
                && json.contains(r#""m":{"n":"3"}"#)
        );
    }

    #[test]
    fn two_lines_are_names_and_texts() {
        assert_eq!(
            csv("e.t,n\r\na,\"b, \"\"c\"\"\nd\"\r\n").as_deref(),
            Some("{\"e\":{\"t\":\"a\"},\"n\":\"b, \\\"c\\\"\\nd\"}")
        );
        assert_eq!(csv("\u{feff}a\nb").as_deref(), Some(r#"{"a":"b"}"#));
        assert_eq!(csv("\na,b\r\n\r\n,\n\n").as_deref(), Some(r#"{"a":"","b":""}"#));
        for other in ["", "a", "a\n\n", ",\n,\na,b", "a\nb\nc", "a,b\nc", "a\n\"b"] {
            assert_eq!(csv(other), None, "{other}");
        }
        assert!(of_csv(b"a\n\xff", &[]).is_none());
    }
}
