//! What an answer reports, errors or warnings, wherever the spec says that they may stand.

use jiter::Peek;

use super::error::ReadResult;
use super::find::{Want, find, find_next};
use super::reader::{Read, Reader, Scalar};
use super::spelled::spelled_out;
use crate::tables::Reported;
use crate::tables::{Envelope, Path, Reports, strip_suffix};

/// Reports nest in lists and objects no deeper than this.
const LEVELS: usize = 8;
/// So many reports of one answer are looked at, and so many bytes of what they say: each is compared with all
/// documented errors.
const COUNT: usize = 10_000;
const TEXT: usize = 1 << 20;
/// The step of a place that stands for each item of a list.
const EACH: &str = "*";
/// So many bytes of a message are looked at.
const LENGTH: usize = 4096;

/// The errors that an answer reports: the one of the whole answer first, then those of the places.
///
/// At each place stands a text, a list of texts, a report with members of declared names, a list of
/// those, or an object whose names are fields and whose values are any of these again: a tree that
/// mirrors the request. An answer that is no JSON is a message as it is. A place in each item of a list
/// that mirrors the request says which item it is about.
///
/// A text such as `'email':['has already been taken']` is a message as it is, and stands for those of
/// its fields too: documentation prints field errors like this, and a server may well do the same.
pub(crate) fn errors(body: &[u8], envelope: &Envelope) -> Vec<Reported> {
    let whole = whole(body, envelope);
    let mut search = Search::new(&envelope.errors, envelope.suffix);
    if whole != Reported::default() {
        search.found.push(whole.clone());
    }
    search.look_everywhere(body);
    // What a report does not say of itself holds for all of them.
    for report in &mut search.found {
        report.code = report.code.take().or_else(|| whole.code.clone());
        report.subcode = report.subcode.take().or_else(|| whole.subcode.clone());
    }
    search.found
}

/// The warnings that an answer has beside its result.
pub(crate) fn warnings(body: &[u8], envelope: &Envelope) -> Vec<Reported> {
    let mut search = Search::new(&envelope.warnings, envelope.suffix);
    search.look_everywhere(body);
    search.found
}

/// What the answer as a whole reports.
fn whole(body: &[u8], envelope: &Envelope) -> Reported {
    let mut texts: [Text; 3] = Default::default();
    let paths = [envelope.code, envelope.subcode, envelope.message];
    let wants = texts.iter_mut().zip(paths).filter(|(_, path)| !path.is_empty());
    let mut wants: Vec<_> = wants.map(|(text, path)| Want::new(path, text)).collect();
    if !wants.is_empty() {
        // What stood before the end of sound JSON counts.
        let _ = find(body, &mut wants);
    }
    let [code, subcode, message] = texts.map(|text| text.0);
    let (message, suffix) = strip_suffix(message.as_deref().unwrap_or_default(), envelope.suffix);
    Reported { code, subcode, field: String::new(), message: message.to_owned(), suffix }
}

/// A text that is read, not too much of it, from a text, a number or a boolean.
#[derive(Debug, Default)]
struct Text(Option<String>);

impl Read for Text {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        if matches!(json.peek("a text")?, Peek::Array | Peek::Object) {
            return json.skip();
        }
        json.scalar("a text", &mut |found| {
            self.0 = found.code().map(|text| cut(text.trim()).to_owned()).filter(|text| !text.is_empty());
            true
        })
    }
}

/// So much of a text as is looked at.
fn cut(text: &str) -> &str {
    let mut end = LENGTH.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

#[derive(Debug)]
struct Search<'t> {
    table: &'t Reports,
    suffix: &'static str,
    found: Vec<Reported>,
    /// The bytes of what was found.
    text: usize,
}

impl<'t> Search<'t> {
    fn new(table: &'t Reports, suffix: &'static str) -> Self {
        Self { table, suffix, found: Vec::new(), text: 0 }
    }

    fn look_everywhere(&mut self, body: &[u8]) {
        let is_json = !self.table.places.is_empty() && {
            let mut json = Reader::new(body);
            json.skip().and_then(|()| json.finish()).is_ok()
        };
        for place in self.table.places {
            if is_json {
                // What cannot be read ends the search at this place; what stood before it was seen.
                let _ = self.descend(&mut Reader::new(body), "", place);
            } else if place.is_empty() {
                let start = body.get(..LENGTH).unwrap_or(body);
                self.text("", String::from_utf8_lossy(start).trim());
            }
        }
    }

    fn is_full(&self) -> bool {
        self.found.len() >= COUNT || self.text >= TEXT
    }

    fn found(&mut self, report: Reported) {
        if !self.is_full() {
            self.text += report.message.len() + report.field.len();
            self.found.push(report);
        }
    }

    fn message(&mut self, field: &str, text: &str) {
        let (message, suffix) = strip_suffix(cut(text), self.suffix);
        if !message.is_empty() {
            let (field, message) = (cut(field).to_owned(), message.to_owned());
            self.found(Reported { field, message, suffix, ..Reported::default() });
        }
    }

    /// A text, and the messages of a field that it spells out.
    fn text(&mut self, field: &str, text: &str) {
        self.message(field, text);
        if field.is_empty()
            && text.len() <= LENGTH
            && let Some((field, texts)) = spelled_out(text)
        {
            texts.into_iter().for_each(|text| self.message(field, text));
        }
    }

    /// Goes to where `place` points and looks there, for reports about `field` or what is within it.
    fn descend(&mut self, json: &mut Reader<'_>, field: &str, place: Path) -> ReadResult {
        let each = place.iter().position(|step| *step == EACH);
        let (before, rest) = place.split_at(each.unwrap_or(place.len()));
        let mut at = Lookout { search: self, field, each: rest.split_first().map(|(_, within)| within) };
        match before {
            [] => at.read(json),
            before => find_next(json, &mut [Want::new(before, &mut at)]),
        }
    }

    /// Goes on to where `place` points in each item of the list that is next.
    fn each(&mut self, json: &mut Reader<'_>, field: &str, place: Path) -> ReadResult {
        if json.peek("a list")? != Peek::Array {
            return json.skip();
        }
        let mut position = 0_usize;
        json.list(&mut |json| {
            let item = within(field, &position.to_string());
            position += 1;
            if self.is_full() { json.skip() } else { self.descend(json, &item, place) }
        })
    }

    /// Takes the reports from the value that is next.
    fn look(&mut self, json: &mut Reader<'_>, field: &str, level: usize) -> ReadResult {
        match json.peek("a message")? {
            Peek::Array | Peek::Object if level == LEVELS || self.is_full() => json.skip(),
            Peek::Array => json.list(&mut |json| self.look(json, field, level + 1)),
            Peek::Object if self.is_report(json, field)? => Ok(()),
            Peek::Object => {
                let mut members = json.open_object()?;
                while let Some(name) = json.name(&mut members)? {
                    let inner = within(field, name);
                    self.look(json, &inner, level + 1)?;
                }
                Ok(())
            }
            _ => json.scalar("a message", &mut |found| {
                if let Scalar::Text(text) = found {
                    self.text(field, text.trim());
                }
                true
            }),
        }
    }

    /// Takes the object that is next if its members are those of a report.
    fn is_report(&mut self, json: &mut Reader<'_>, field: &str) -> ReadResult<bool> {
        let paths = [self.table.code, self.table.subcode, self.table.message, self.table.field];
        if paths.iter().all(|path| path.is_empty()) {
            return Ok(false);
        }
        let before = json.clone();
        let mut texts: [Text; 4] = Default::default();
        let wants = texts.iter_mut().zip(paths).filter(|(_, path)| !path.is_empty());
        find_next(json, &mut wants.map(|(text, path)| Want::new(path, text)).collect::<Vec<_>>())?;
        let [code, subcode, message, about] = texts.map(|text| text.0);
        if code.is_none() && subcode.is_none() && message.is_none() {
            *json = before;
            return Ok(false);
        }
        let (message, suffix) = strip_suffix(message.as_deref().unwrap_or_default(), self.suffix);
        let field = about.map_or_else(|| cut(field).to_owned(), |about| cut(&within(field, &about)).to_owned());
        self.found(Reported { code, subcode, field, message: message.to_owned(), suffix });
        Ok(true)
    }
}

/// `rooms.0` and `name` are `rooms.0.name`.
fn within(field: &str, name: &str) -> String {
    match field {
        "" => name.to_owned(),
        // What would be longer than anything that is looked at need not be put together.
        _ if field.len() > LENGTH => field.to_owned(),
        _ => format!("{field}.{name}"),
    }
}

/// Looks where a place, or the first part of one, is found.
#[derive(Debug)]
struct Lookout<'s, 't> {
    search: &'s mut Search<'t>,
    field: &'s str,
    /// The rest of the place, where that is in each item of what is found.
    each: Option<Path>,
}

impl Read for Lookout<'_, '_> {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        match self.each {
            Some(place) => self.search.each(json, self.field, place),
            None => self.search.look(json, self.field, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{envelope, reports};

    /// Field, code and message of each error.
    fn found(body: &str, envelope: Envelope) -> Vec<(String, Option<String>, String)> {
        errors(body.as_bytes(), &envelope).into_iter().map(|it| (it.field, it.code, it.message)).collect()
    }

    fn row(field: &str, code: &str, message: &str) -> (String, Option<String>, String) {
        (field.to_owned(), Some(code.to_owned()).filter(|code| !code.is_empty()), message.to_owned())
    }

    #[test]
    fn the_whole_answer_reports_first_and_lends_its_code() {
        let envelope = envelope().code(&["error", "code"]).message(&["error", "text"]).errors(reports(&[&["fields"]]));
        let body = r#"{"fields":{"a":["is odd"]},"error":{"text":" no ","code":-3}}"#;
        assert_eq!(found(body, envelope), [row("", "-3", "no"), row("a", "-3", "is odd")]);
        assert_eq!(found(r#"{"error":{"code":1.0E3}}"#, envelope), [row("", "1000", "")]);
        assert_eq!(found(r#"{"error":{"code":"1E3"}}"#, envelope), [row("", "1E3", "")]);
        assert_eq!(found("{}", envelope), []);
        assert_eq!(found(r#"{"error":{"code":{},"text":[]}}"#, envelope), []);
    }

    #[test]
    fn a_tree_mirrors_the_request() {
        let members = reports(&[&["errors"]]).members(&["code"], &[], &["message"], &["field"]);
        let envelope = envelope().errors(members);
        for (body, rows) in [
            (r#"{"errors":[{"code":7,"field":"a"},{"message":"odd"}]}"#, vec![row("a", "7", ""), row("", "", "odd")]),
            (r#"{"errors":{"rooms":{"0":{"name":[{"code":"X"}]}}}}"#, vec![row("rooms.0.name", "X", "")]),
            (r#"{"errors":{"rooms":{"0":{"code":"X","field":"name"}}}}"#, vec![row("rooms.0.name", "X", "")]),
            (r#"{"errors":{"message":["is too long"]}}"#, vec![row("message", "", "is too long")]),
            (r#"{"errors":{"code":"X"}}"#, vec![row("", "X", "")]),
            (r#"{"errors":null}"#, vec![]),
        ] {
            assert_eq!(found(body, envelope), rows, "{body}");
        }
    }

    #[test]
    fn a_suffix_is_no_part_of_a_message() {
        let envelope = envelope().message(&["m"]).suffix(" ({n})");
        let reported = errors(br#"{"m":"gone (12)"}"#, &envelope);
        assert_eq!((reported[0].message(), reported[0].suffix("n")), ("gone", Some("12")));
    }

    #[test]
    fn a_place_may_be_in_a_list() {
        let envelope = envelope().code(&["0", "code"]).errors(reports(&[&["1"]]));
        assert_eq!(found(r#"[{"code":4},"odd"]"#, envelope), [row("", "4", ""), row("", "4", "odd")]);
    }

    #[test]
    fn a_list_may_mirror_the_request() {
        let members = |place| envelope().errors(reports(place).members(&["code"], &[], &["text"], &["field"]));
        let body = r#"[null,{"id":7,"errors":[]},{"id":null,"errors":[{"code":"X","field":"a"},{"text":"odd"}]},3]"#;
        let rows = [row("2.a", "X", ""), row("2", "", "odd")];
        assert_eq!(found(body, members(&[&["*", "errors"]])), rows);
        assert_eq!(
            found(&format!(r#"{{"data":{{"rows":{body}}}}}"#), members(&[&["data", "rows", "*", "errors"]])),
            rows
        );
        assert_eq!(found(r#"[null,{"code":4},"odd"]"#, members(&[&["*"]])), [row("1", "4", ""), row("2", "", "odd")]);
        assert_eq!(found(r#"[[],[null,{"code":4}]]"#, members(&[&["*", "*"]])), [row("1.1", "4", "")]);
        for other in [r#"{"0":{"errors":["odd"]}}"#, "null", r#""odd""#, "[]", "[[]]"] {
            assert_eq!(found(other, members(&[&["*", "errors"]])), [], "{other}");
        }
        let many = format!("[{}null]", r#"{"errors":["odd"]},"#.repeat(100_000));
        assert_eq!(found(&many, members(&[&["*", "errors"]])).len(), COUNT);
    }

    #[test]
    fn so_much_is_looked_at() {
        let many = format!("[{}null]", format!(r#""{}","#, "x".repeat(LENGTH)).repeat(1_000));
        assert_eq!(found(&many, envelope()).len(), TEXT / LENGTH);
        let last = format!(r#"[{}"gone"]"#, r#""odd","#.repeat(9_000));
        assert_eq!(
            found(&last, envelope()).pop(),
            Some(row("", "", "gone")),
            "the last of many counts as the first does"
        );
    }

    #[test]
    fn field_names_are_bounded() {
        let body = format!(r#"{{"{0}":{{"{0}":{{"{0}":"odd"}}}}}}"#, "a".repeat(LENGTH));
        assert!(found(&body, envelope())[0].0.len() <= LENGTH);
    }
}
