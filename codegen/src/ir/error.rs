//! Errors that the API documents.

use super::{AnswerPath, Api, Doc, Name, Operation, Retry, Type, Written};
use crate::source::Span;

/// Index into `Api::errors`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ErrorId(pub usize);

/// An error with an identity: chosen by all that is said of what the answer says.
#[derive(Debug)]
pub struct ErrorCase {
    /// Its identity: the variant of each error type that has it.
    pub name: Name,
    /// None for any.
    pub statuses: Vec<u16>,
    /// Any of these; none where the code says nothing. `*` at the end of one stands for anything.
    pub codes: Vec<String>,
    /// Any of these; none where there is no code within the code.
    pub subcodes: Vec<String>,
    /// The field that it is about; its captures stand for one name each.
    pub field: Option<Template>,
    /// Any of these; none means that the rest decides. All capture the same names.
    pub messages: Vec<Template>,
    /// How exactly the message must be one of them.
    pub matching: Matching,
    /// Whether the call is made again.
    pub again: Again,
    /// Names of the captures: those of the field, then those of the first message.
    pub captures: Vec<Name>,
    /// What the answer holds besides, for the caller.
    pub carries: Vec<Carried>,
    /// Any operation may answer it.
    pub everywhere: bool,
    /// The documented answer, whole.
    pub example: Option<Written>,
    /// What the spec says about it.
    pub doc: Doc,
    /// The key that names it.
    pub span: Span,
}

/// A member of an answer that an error gives to the caller.
#[derive(Debug)]
pub struct Carried {
    /// The last name of the path on the wire, and the field of the variant.
    pub name: Name,
    /// Where it stands.
    pub path: AnswerPath,
    /// What it is.
    pub ty: Type,
    /// The key that names it.
    pub span: Span,
}

/// Index into `Api::error_sets`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ErrorSetId(pub usize);

/// Operations that document the same errors share one type: it is written, compiled and handled once. Those that read
/// and those that change things do not, where that is what an error means something else for.
#[derive(Debug)]
pub struct ErrorSet {
    /// The name of the type.
    pub name: Name,
    /// In the order of the operations' lists.
    pub errors: Vec<ErrorId>,
    /// How many operations have it.
    pub users: usize,
    /// Whether some of them leave open if a call took effect, which only calls do that change things.
    pub leaves_open: bool,
}

/// So many bytes of what an answer says are looked at; clients cut the rest off.
pub(crate) const LONGEST_SAID: usize = 4096;

/// What a hole may hold, in bytes, as clients have it.
const LONGEST_CAPTURE: usize = 1024;

/// What stands in a hole for any text.
pub(crate) const UNWRITTEN: &str = "\u{1}";

/// A text with holes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// In order; texts and captures alternate, so that a match is never ambiguous.
    pub parts: Vec<TemplatePart>,
}

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplatePart {
    /// Literal text, braces unescaped; never empty.
    Text(String),
    /// Index into the captures beside it; never two in a row.
    Capture(usize),
}

/// How exactly a message must be that of the template.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Matching {
    /// Anything may follow.
    pub prefix: bool,
    /// ASCII letters may be in either case.
    pub any_case: bool,
}

/// Whether a call that met an error is made again by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// As after any answer of that status.
    AsStatus,
    /// No.
    Never,
    /// Nothing happened, and it may go better soon.
    Safe,
    /// Once more at once, with the time of then, if making the call twice is the same as making it once.
    Fresh,
    /// No, and the call may have taken effect.
    OutcomeUnknown,
}

impl Matching {
    fn find(self, rest: &str, text: &str) -> Option<usize> {
        if !self.any_case || text.is_empty() {
            return rest.find(text);
        }
        let mut windows = rest.as_bytes().windows(text.len());
        windows.position(|window| window.eq_ignore_ascii_case(text.as_bytes()))
    }

    fn is_same(self, one: Option<&str>, other: &str) -> bool {
        one.is_some_and(|one| if self.any_case { one.eq_ignore_ascii_case(other) } else { one == other })
    }
}

impl ErrorSet {
    /// Whether more than one operation has it.
    pub fn is_shared(&self) -> bool {
        self.users > 1
    }
}

impl Template {
    /// The text that it is, `held` saying what stands in each hole.
    pub fn filled(&self, held: impl Fn(usize) -> String) -> String {
        let part = |part: &TemplatePart| match part {
            TemplatePart::Text(text) => text.clone(),
            TemplatePart::Capture(index) => held(*index),
        };
        self.parts.iter().map(part).collect()
    }

    /// Whether the case of a letter in it could matter.
    pub(crate) fn has_letters(&self) -> bool {
        let is_letter = |character: char| character.is_ascii_alphabetic();
        self.parts.iter().any(|part| matches!(part, TemplatePart::Text(text) if text.contains(is_letter)))
    }

    /// What its holes hold where it is this text, as clients see it; nothing where it is not.
    ///
    /// A text between two holes is found where it first occurs, and the last where the text ends.
    pub fn find<'t>(&self, text: &'t str, how: Matching) -> Option<Vec<&'t str>> {
        let (mut rest, mut held, mut is_open) = (text, Vec::new(), false);
        let fits = |found: &&str| found.len() <= LONGEST_CAPTURE;
        for (at, part) in self.parts.iter().enumerate() {
            let TemplatePart::Text(known) = part else {
                is_open = true;
                continue;
            };
            let is_last = at + 1 == self.parts.len() && !how.prefix;
            let begins = match (is_open, is_last) {
                (false, _) => how.is_same(rest.get(..known.len()), known).then_some(0),
                (true, true) => {
                    let begins = rest.len().checked_sub(known.len());
                    begins.filter(|begins| how.is_same(rest.get(*begins..), known))
                }
                (true, false) => how.find(rest, known),
            }?;
            if is_open {
                held.push(rest.get(..begins).filter(fits)?);
            }
            (rest, is_open) = (rest.get(begins + known.len()..)?, false);
        }
        if is_open {
            held.push(Some(std::mem::take(&mut rest)).filter(fits)?);
        }
        (how.prefix || rest.is_empty()).then_some(held)
    }
}

/// Whether a status says of a change no more than that the server gave up on the way, so that it may have taken effect.
/// Clients know the same of statuses that no error documents.
pub fn leaves_open(status: u16) -> bool {
    status == 408 || ((500..600).contains(&status) && status != 503)
}

impl ErrorCase {
    /// Whether all that is known of it is such a status.
    pub fn leaves_open(&self) -> bool {
        let by_status = self.codes.is_empty() && self.subcodes.is_empty() && self.messages.is_empty();
        matches!(self.again, Again::AsStatus | Again::Never)
            && by_status
            && self.field.is_none()
            && self.statuses.iter().any(|status| leaves_open(*status))
    }
}

impl Operation {
    /// Whether one of its errors leaves open if a call took effect. Under another method a call may change what this
    /// one reads.
    pub fn leaves_open(&self, errors: &[ErrorCase]) -> bool {
        let mut documented = self.errors.iter().filter_map(|id| errors.get(id.0));
        self.may_change() && documented.any(ErrorCase::leaves_open)
    }

    /// Whether the call may have taken effect where it meets this error.
    pub fn leaves_open_on(&self, error: &ErrorCase) -> bool {
        error.again == Again::OutcomeUnknown || (self.may_change() && error.leaves_open())
    }

    fn may_change(&self) -> bool {
        self.retry != Retry::Safe || self.guesses_method
    }
}

impl Api {
    /// The set of an operation's errors.
    pub fn error_set(&self, operation: &Operation) -> &ErrorSet {
        &self.error_sets[operation.error_set.0]
    }

    /// The sets that several operations share, each with its operations.
    pub fn shared_error_sets(&self) -> Vec<(&ErrorSet, Vec<&Operation>)> {
        let mut sets: Vec<_> = self.error_sets.iter().map(|set| (set, Vec::new())).collect();
        for (_, operation) in self.operations() {
            if let Some((_, users)) = sets.get_mut(operation.error_set.0) {
                users.push(operation);
            }
        }
        sets.retain(|(set, _)| set.is_shared());
        sets
    }
}

impl Template {
    /// As the spec writes it: `Couldn't find {model} with 'id'={id}`.
    pub fn text(&self, captures: &[Name]) -> String {
        self.parts
            .iter()
            .map(|part| match part {
                TemplatePart::Text(text) => text.replace('{', "{{").replace('}', "}}"),
                TemplatePart::Capture(index) => format!("{{{}}}", captures[*index].wire),
            })
            .collect()
    }
}
