//! The cursor over an answer: structure and raw scalars, with every mistake turned into a `DecodeError`.

use std::borrow::Cow;
use std::{fmt, str};

use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType, Peek};

use super::error::{DecodeError, ReadResult};
use super::fields::Look;
#[cfg(feature = "serde")]
use super::open::Json;
use super::scalars::written_out;
use crate::values::Form;

/// How deep values may nest. Readers recurse, so this is what keeps the stack safe.
pub(crate) const DEPTH: u16 = 128;

const MALFORMED: &str = "malformed JSON";
const TOO_DEEP: &str = "too many levels of nesting";

/// A value that can be filled from an answer, and shown.
pub trait Read: fmt::Debug {
    /// Reads the next value into `self`.
    ///
    /// # Errors
    ///
    /// Says what was found instead; `self` may be half filled then.
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult;

    /// Whether what was read is as good as nothing.
    fn is_nothing(&self) -> bool {
        false
    }

    /// Becomes what there is where there is nothing; `false` where there is always something.
    fn become_nothing(&mut self) -> bool {
        false
    }

    /// The value in JSON, where there is one: as its table says, unless it is told here.
    #[cfg(feature = "serde")]
    fn show(&mut self, _: Form) -> Option<Json> {
        super::show::by_table(self)
    }
}

/// A cursor over JSON text.
#[derive(Clone)]
pub struct Reader<'j> {
    /// The whole answer, and from where on the parser has it.
    body: &'j [u8],
    start: usize,
    jiter: Jiter<'j>,
    depth: u16,
    /// How single values are spelled in the field that is being read.
    form: Form,
    /// One item may stand for the list that is next.
    is_lone: bool,
    /// Where nothing is read and a table is only asked for: who looks at it.
    looks: Option<&'j Look<'j>>,
}

/// Where the reader is in an object.
pub(crate) struct Members {
    first: bool,
}

/// A value that is neither list nor object.
pub(crate) enum Scalar<'a> {
    Null,
    Boolean(bool),
    /// As it stands in the answer.
    Number(&'a str),
    Text(&'a str),
}

impl<'j> Reader<'j> {
    /// Starts at the beginning of `body`, after a byte order mark if there is one.
    pub fn new(body: &'j [u8]) -> Self {
        let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        Self { body, start: 0, jiter: Jiter::new(body), depth: 0, form: Form::Usual, is_lone: false, looks: None }
    }

    /// One that lets somebody look at the table of a value, and reads nothing.
    pub(super) fn looking(look: &'j Look<'j>) -> Self {
        Self { looks: Some(look), ..Self::new(b"") }
    }

    /// Who wants to look at a table, and does not want it read.
    pub(super) fn looks(&self) -> Option<&'j Look<'j>> {
        self.looks
    }

    /// Makes sure that nothing follows.
    ///
    /// # Errors
    ///
    /// When something does.
    pub fn finish(&mut self) -> ReadResult {
        let expected = "the end of the answer";
        let start = self.start;
        self.jiter.finish().map_err(|error| DecodeError::new(expected, "something after it", start + error.index))
    }

    /// A reader of a text that stands one level down.
    pub(crate) fn within<'t>(&self, text: &'t [u8]) -> ReadResult<Reader<'t>> {
        match self.depth < DEPTH {
            true => Ok(Reader { depth: self.depth + 1, form: self.form, ..Reader::new(text) }),
            false => Err(DecodeError::malformed("a text with JSON in it", TOO_DEEP, self.offset())),
        }
    }

    /// Says how what is next is spelled.
    pub(crate) fn expect(&mut self, form: Form, is_lone: bool) {
        (self.form, self.is_lone) = (form, is_lone);
    }

    /// How single values are spelled here.
    pub(crate) fn form(&self) -> Form {
        self.form
    }

    pub(crate) fn offset(&self) -> usize {
        self.start + self.jiter.current_index()
    }

    /// What has been read since then, as it is written.
    pub(crate) fn since(&self, start: usize) -> &'j [u8] {
        self.body.get(start..self.offset()).unwrap_or_default()
    }

    /// Goes on at this byte of the answer.
    fn jump(&mut self, offset: usize) {
        // What texts with escapes were decoded into is kept.
        let tape = std::mem::replace(&mut self.jiter, Jiter::new(b"")).into_tape();
        self.jiter = Jiter::with_tape(self.body.get(offset..).unwrap_or_default(), tape);
        self.start = offset;
    }

    pub(crate) fn skip(&mut self) -> ReadResult {
        let start = self.start;
        self.jiter.next_skip().map_err(|error| malformed("a value", &error, start))
    }

    /// Reads null if null is next.
    pub(crate) fn null(&mut self) -> ReadResult<bool> {
        let is_null = self.peek("a value")? == Peek::Null;
        if is_null {
            let start = self.start;
            self.jiter.known_null().map_err(|error| malformed("a value", &error, start))?;
        }
        Ok(is_null)
    }

    /// Reads the value that is next if it can be read, and skips it if it is null or something else.
    pub(crate) fn optional(&mut self, value: &mut dyn Read) -> ReadResult<bool> {
        if self.null()? {
            return Ok(false);
        }
        match self.attempt(value) {
            Err(error) if error.is_json() => Ok(false),
            read => read.map(|()| true),
        }
    }

    /// Reads the value that is next, and skips it if it is something else.
    ///
    /// # Errors
    ///
    /// What `value` says; the reader stands behind the value unless that is no sound JSON.
    pub(crate) fn attempt(&mut self, value: &mut dyn Read) -> ReadResult {
        let before = (self.offset(), self.depth, self.form, self.is_lone);
        let read = value.read(self);
        if let Err(error) = &read
            && error.is_json()
        {
            // It stopped somewhere inside the value; only from its start can it be skipped whole.
            self.jump(before.0);
            (self.depth, self.form, self.is_lone) = (before.1, before.2, before.3);
            self.skip()?;
        }
        read
    }

    /// The error of the value that is next, which is not what was expected.
    pub(crate) fn unfit(&mut self, expected: &'static str) -> ReadResult<Box<DecodeError>> {
        Ok(DecodeError::new(expected, kind(self.peek(expected)?), self.offset()))
    }

    /// Calls `read` at every element of the list that is next.
    pub(crate) fn list(&mut self, read: &mut dyn FnMut(&mut Self) -> ReadResult) -> ReadResult {
        let expected = "a list";
        if std::mem::take(&mut self.is_lone) && self.peek(expected)? != Peek::Array {
            return read(self).map_err(|error| error.in_item(0));
        }
        self.enter(expected, Peek::Array)?;
        let mut more = self.jiter.known_array().map(|peek| peek.is_some());
        let mut index = 0;
        while more.map_err(|error| malformed(expected, &error, self.start))? {
            read(self).map_err(|error| error.in_item(index))?;
            index += 1;
            more = self.jiter.array_step().map(|peek| peek.is_some());
        }
        self.depth -= 1;
        Ok(())
    }

    /// Enters the object that is next; `name` then gives its members.
    pub(crate) fn open_object(&mut self) -> ReadResult<Members> {
        self.enter("an object", Peek::Object)?;
        Ok(Members { first: true })
    }

    /// The name of the next member; its value must be read or skipped before the next call.
    pub(crate) fn name(&mut self, members: &mut Members) -> ReadResult<Option<&str>> {
        let (first, start) = (std::mem::take(&mut members.first), self.start);
        match if first { self.jiter.known_object() } else { self.jiter.next_key() } {
            Ok(None) => {
                self.depth -= 1;
                Ok(None)
            }
            Ok(name) => Ok(name),
            Err(error) => Err(malformed("an object", &error, start)),
        }
    }

    /// Steps over the name of the next member if it is this one and stands there as servers write it mostly, without
    /// blanks and escapes; else nothing has happened. Names are half of an answer, and this is much the fastest way
    /// through one. There must be neither a quote nor a backslash in it: those never stand there as they are.
    pub(crate) fn is_named(&mut self, members: &mut Members, name: &str) -> bool {
        let offset = self.offset();
        let before: &[u8] = if members.first { b"{\"" } else { b",\"" };
        let rest = self.body.get(offset..).and_then(|rest| rest.strip_prefix(before)?.strip_prefix(name.as_bytes()));
        let Some(rest) = rest.and_then(|rest| rest.strip_prefix(b"\":")) else { return false };
        members.first = false;
        self.jump(self.body.len() - rest.len());
        true
    }

    /// Hands the value that is next to `take`, which answers whether it is what was expected.
    pub(crate) fn scalar(&mut self, expected: &'static str, take: &mut dyn FnMut(Scalar<'_>) -> bool) -> ReadResult {
        let peek = self.peek(expected)?;
        let (start, base) = (self.offset(), self.start);
        let found = match peek {
            Peek::Null => self.jiter.known_null().map(|()| Scalar::Null),
            Peek::True | Peek::False => self.jiter.known_bool(peek).map(Scalar::Boolean),
            Peek::String => self.jiter.known_str().map(Scalar::Text),
            Peek::Array | Peek::Object => return Err(DecodeError::new(expected, kind(peek), start)),
            // What the parser takes for a number is ASCII.
            _ => self.jiter.known_number_bytes(peek).map(|bytes| Scalar::Number(str::from_utf8(bytes).unwrap_or(""))),
        };
        match take(found.map_err(|error| malformed(expected, &error, base))?) {
            true => Ok(()),
            false => Err(DecodeError::new(expected, kind(peek), start)),
        }
    }

    /// What kind of value is next.
    pub(crate) fn peek(&mut self, expected: &'static str) -> ReadResult<Peek> {
        let start = self.start;
        self.jiter.peek().map_err(|error| malformed(expected, &error, start))
    }

    /// Makes sure that a list or an object is next, and goes one level down.
    fn enter(&mut self, expected: &'static str, opening: Peek) -> ReadResult {
        let peek = self.peek(expected)?;
        if peek != opening {
            return Err(DecodeError::new(expected, kind(peek), self.offset()));
        }
        self.depth += 1;
        match self.depth > DEPTH {
            true => Err(DecodeError::malformed(expected, TOO_DEEP, self.offset())),
            false => Ok(()),
        }
    }
}

impl<'a> Scalar<'a> {
    /// The text, or the number or boolean as it stands in the answer.
    pub(crate) fn text(self) -> Option<&'a str> {
        match self {
            Scalar::Null => None,
            Scalar::Boolean(true) => Some("true"),
            Scalar::Boolean(false) => Some("false"),
            Scalar::Number(text) | Scalar::Text(text) => Some(text),
        }
    }

    /// The same where codes are compared, which have no exponents: a text that looks like one is a text.
    pub(crate) fn code(self) -> Option<Cow<'a, str>> {
        match self {
            Scalar::Number(text) => Some(written_out(text)),
            other => other.text().map(Cow::Borrowed),
        }
    }
}

fn kind(peek: Peek) -> &'static str {
    match peek {
        Peek::Null => "null",
        Peek::True | Peek::False => "a boolean",
        Peek::String => "a text",
        Peek::Array => "a list",
        Peek::Object => "an object",
        _ if peek.is_num() => "a number",
        _ => MALFORMED,
    }
}

/// The error of what is no JSON at all, found by a parser that began at `start`.
fn malformed(expected: &'static str, error: &JiterError, start: usize) -> Box<DecodeError> {
    use JsonErrorType as Json;
    let found = match &error.error_type {
        JiterErrorType::JsonError(
            Json::EofWhileParsingList
            | Json::EofWhileParsingObject
            | Json::EofWhileParsingString
            | Json::EofWhileParsingValue,
        ) => "the end of the answer",
        JiterErrorType::JsonError(Json::RecursionLimitExceeded) => TOO_DEEP,
        JiterErrorType::JsonError(Json::NumberOutOfRange) => "too long a number",
        _ => MALFORMED,
    };
    DecodeError::malformed(expected, found, start + error.index)
}
