//! How an answer says whether a call succeeded, and where in it everything stands.

use std::borrow::Cow;

use super::{Api, Json, Matching, Name, Operation, Template, TemplatePart, UNWRITTEN};
use crate::source::Span;

/// What answers have in common: those of an API, or those of an operation that has others.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// What makes an answer a success.
    pub success: Success,
    /// What holds the payload.
    pub payload: AnswerPath,
    /// The code of an error; empty for none.
    pub code: AnswerPath,
    /// What tells errors of one code apart; empty for none.
    pub subcode: AnswerPath,
    /// The message of an error; empty for none.
    pub message: AnswerPath,
    /// What follows messages without belonging to them, if something does.
    pub suffix: Option<Suffix>,
    /// Where errors stand, beside the one of the whole answer.
    pub errors: Reports,
    /// Where warnings beside a result stand.
    pub warnings: Reports,
    /// What the server calls the exchange.
    pub request_id: Spot,
    /// When to try again.
    pub retry_after: Spot,
    /// What a number in `retry_after` says.
    pub unit: Unit,
}

/// The step of a place of reports that stands for each item of a list.
pub const EACH: &str = "*";

/// A path of member names into an answer, numbers for positions in lists; empty for the answer itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct AnswerPath(pub Vec<String>);

/// What makes an answer a success: all of it.
#[derive(Debug, Clone, Default)]
pub struct Success {
    /// None for any from 200 to 299.
    pub statuses: Vec<u16>,
    /// What the body must say.
    pub conditions: Vec<Condition>,
    /// Where the spec says each of them.
    pub spans: Vec<Span>,
}

/// Two are the same wherever the spec says so.
impl PartialEq for Success {
    fn eq(&self, other: &Self) -> bool {
        (&self.statuses, &self.conditions) == (&other.statuses, &other.conditions)
    }
}

/// What a member must be; what is null is as if it were not there.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// One of these values; none of `Json::Array` and `Json::Object`.
    Is(AnswerPath, Vec<Json>),
    /// An empty list, object or text, or not there.
    Empty(AnswerPath),
}

/// Where errors or warnings stand, and what the members of one are called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reports {
    /// In the order they are tried; [`EACH`] may be a step of theirs.
    pub places: Vec<AnswerPath>,
    /// The member with the code; empty for none, as the others.
    pub code: AnswerPath,
    /// The member with the code within that code.
    pub subcode: AnswerPath,
    /// The member with the message.
    pub message: AnswerPath,
    /// The member with the field it is about.
    pub field: AnswerPath,
}

/// Where a single text stands; empty for nowhere.
#[derive(Debug, Clone, Eq, Default)]
pub struct Spot {
    /// A header.
    pub header: String,
    /// A member of the body.
    pub at: AnswerPath,
    /// Where the spec says so.
    pub span: Span,
}

/// Two are the same wherever the spec says so.
impl PartialEq for Spot {
    fn eq(&self, other: &Self) -> bool {
        (&self.header, &self.at) == (&other.header, &other.at)
    }
}

/// What a number says about a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// So many seconds from now; a date is understood as well.
    Seconds,
    /// So many milliseconds from now.
    Milliseconds,
    /// So many seconds after the beginning of 1970.
    EpochSeconds,
    /// So many milliseconds after the beginning of 1970.
    EpochMilliseconds,
}

/// What follows messages without belonging to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suffix {
    /// Begins with a text.
    pub template: Template,
    /// Names of its captures.
    pub captures: Vec<Name>,
}

impl Suffix {
    /// Whether it stands at the end of every text that a template is.
    pub fn ends(&self, message: &Template) -> bool {
        let Some(TemplatePart::Text(start)) = self.template.parts.first() else { return false };
        let text = message.filled(|_| UNWRITTEN.to_owned());
        let end = text.rfind(start.as_str()).and_then(|at| text.get(at..));
        end.is_some_and(|end| self.template.find(end, Matching::default()).is_some())
    }
}

impl Default for Envelope {
    /// The status alone decides, and messages stand bare.
    fn default() -> Self {
        Self {
            success: Success::default(),
            payload: AnswerPath::default(),
            code: AnswerPath::default(),
            subcode: AnswerPath::default(),
            message: AnswerPath::default(),
            suffix: None,
            errors: Reports { places: vec![AnswerPath::default()], ..Reports::default() },
            warnings: Reports::default(),
            request_id: Spot::default(),
            retry_after: Spot::default(),
            unit: Unit::Seconds,
        }
    }
}

impl Api {
    /// What the answers of an operation have in common.
    pub fn envelope_of<'a>(&'a self, operation: &'a Operation) -> &'a Envelope {
        operation.envelope.as_deref().unwrap_or(&self.envelope)
    }
}

impl Success {
    /// Whether a success can have this status.
    pub fn has_status(&self, status: u16) -> bool {
        match self.statuses.as_slice() {
            [] => (200..300).contains(&status),
            statuses => statuses.contains(&status),
        }
    }

    /// The status that a success has unless something else is said of it.
    pub fn status(&self) -> u16 {
        self.statuses.first().copied().unwrap_or(200)
    }

    /// Whether an answer is a success.
    pub fn accepts(&self, status: u16, body: Option<&Json>) -> bool {
        let is_met = |condition: &Condition| match (condition, body) {
            (condition, Some(body)) => condition.is_met(body),
            // Who shows no body shows nothing that speaks against it.
            (_, None) => true,
        };
        self.has_status(status) && self.conditions.iter().all(is_met)
    }
}

impl Condition {
    /// The member that it is about.
    pub fn path(&self) -> &AnswerPath {
        match self {
            Self::Is(path, _) | Self::Empty(path) => path,
        }
    }

    /// Whether a body says what it must.
    pub fn is_met(&self, body: &Json) -> bool {
        match self {
            Self::Is(path, values) => {
                let found = path.find(body).unwrap_or(&Json::Null);
                values.iter().any(|value| match (value, found) {
                    (Json::Null, found) => *found == Json::Null,
                    (value, found) => {
                        value.code().zip(found.code()).is_some_and(|(one, other)| same_code(&one, &other))
                    }
                })
            }
            Self::Empty(path) => match path.find(body) {
                None | Some(Json::Null) => true,
                Some(Json::String(text)) => text.is_empty(),
                Some(Json::Array(items)) => items.is_empty(),
                Some(Json::Object(members)) => members.is_empty(),
                Some(Json::Boolean(_) | Json::Number(_)) => false,
            },
        }
    }
}

impl AnswerPath {
    /// Whether it leads nowhere but to the answer itself.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What stands there; of equal names the last counts.
    pub fn find<'j>(&self, body: &'j Json) -> Option<&'j Json> {
        self.0.iter().try_fold(body, |value, step| match value {
            Json::Object(members) => members.iter().rev().find(|(name, _)| name == step).map(|(_, value)| value),
            Json::Array(items) => items.get(step.parse::<usize>().ok()?),
            Json::Null | Json::Boolean(_) | Json::Number(_) | Json::String(_) => None,
        })
    }

    /// As the spec writes it.
    pub fn text(&self) -> String {
        let steps: Vec<String> = self.0.iter().map(|step| step.replace('\\', "\\\\").replace('.', "\\.")).collect();
        steps.join(".")
    }
}

/// Whether two codes are the same: `1` is `"1"`, and so is `1.0`. The text `1e3` is no number.
pub fn same_code(one: &str, other: &str) -> bool {
    code_key(one) == code_key(other)
}

/// Whether a code that an error declares is one that was found: a `*` at its end stands for anything.
pub fn takes_code(declared: &str, found: &str) -> bool {
    declared.strip_suffix('*').map_or_else(|| same_code(declared, found), |start| found.starts_with(start))
}

/// The same text for all codes that are the same.
pub fn code_key(code: &str) -> Cow<'_, str> {
    let code = code.trim();
    let whole = code.split_once('.').filter(|(_, fraction)| fraction.bytes().all(|digit| digit == b'0'));
    let whole = whole.map_or(code, |(whole, _)| whole).parse::<i64>();
    whole.map_or(Cow::Borrowed(code), |number| Cow::Owned(number.to_string()))
}
