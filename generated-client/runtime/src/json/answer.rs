//! Whether an answer is a success, and what it holds then: both in one pass over it.

use jiter::Peek;

use super::error::{DecodeError, ReadResult};
use super::find::{Want, find, find_first};
use super::read_into;
use super::reader::{Read, Reader, Scalar};
use super::scalars::in_digits;
use crate::args::write_json_text;
use crate::tables::{Condition, Envelope};

/// Why an answer has no result.
#[derive(Debug)]
pub enum Misread {
    /// The server says that the call failed; or nothing that can be understood.
    Failure {
        /// Whether the answer could be understood.
        is_sound: bool,
        /// Whether it says that the call failed, and not only nothing of a success.
        is_told: bool,
    },
    /// The call succeeded, and its answer is something else than the spec says.
    Undecodable(Box<DecodeError>),
}

impl From<Box<DecodeError>> for Misread {
    fn from(error: Box<DecodeError>) -> Self {
        Self::Undecodable(error)
    }
}

/// Reads the payload, if there is to be one, from an answer that meets the conditions of a success.
///
/// # Errors
///
/// See [`Misread`]. What the payload looks like in a failure is of no interest.
pub(crate) fn read_answer(
    body: &[u8],
    envelope: &Envelope,
    key: Option<&'static str>,
    value: Option<&mut dyn Read>,
) -> Result<(), Misread> {
    if envelope.conditions.is_empty() && envelope.payload.is_empty() {
        return value.map_or(Ok(()), |value| Ok(read_into(body, key, value)?));
    }
    if envelope.conditions.is_empty() && value.is_none() {
        return Ok(());
    }
    let path: Vec<&str> = envelope.payload.iter().copied().chain(key).collect();
    let mut probes = probes(envelope);
    let mut value = value.map(|value| Payload { value, may_be_nothing: !envelope.conditions.is_empty() });
    let mut wants: Vec<_> = probes.iter_mut().map(|probe| Want::new(probe.path, probe)).collect();
    wants.extend(value.as_mut().map(|value| Want::new(&path, value)));
    let sound = find(body, &mut wants);
    // All wants but those of the conditions are the payload.
    let payload = wants.drain(envelope.conditions.len()..).find_map(Want::into_error);
    drop(wants);
    let is_success = probes.iter().all(|probe| probe.is_met);
    match sound {
        Ok(()) if !is_success => {
            Err(Misread::Failure { is_sound: true, is_told: probes.iter().any(|probe| probe.is_told) })
        }
        Ok(()) => payload.map_or(Ok(()), |error| Err(error.into())),
        // What comes first may say that the call succeeded, and the rest be cut off.
        Err(error) if is_success && (probes.is_empty() || probes.iter().any(|probe| probe.is_seen)) => {
            Err(error.into())
        }
        Err(_) => Err(Misread::Failure { is_sound: false, is_told: false }),
    }
}

/// Whether an answer looks like a failure, from no more of it than must be read.
pub(crate) fn is_failure(body: &[u8], envelope: &Envelope) -> bool {
    let mut probes = probes(envelope);
    let mut wants: Vec<_> = probes.iter_mut().map(|probe| Want::new(probe.path, probe)).collect();
    let sound = find_first(body, &mut wants);
    sound.is_err() || probes.iter().any(|probe| !probe.is_met)
}

/// Whether an answer is JSON, whatever is in it.
pub(crate) fn is_json(body: &[u8]) -> bool {
    read_into(body, None, &mut Passed).is_ok()
}

/// Reads what stands for an answer without a body: nothing, or a list of nothing.
pub(crate) fn read_empty(value: &mut dyn Read) -> ReadResult {
    read_into(b"null", None, value).or_else(|_| read_into(b"[]", None, value))
}

/// Reads an answer that is text, as if it were a text in JSON.
pub(crate) fn read_text(body: &[u8], value: &mut dyn Read) -> ReadResult {
    let text = std::str::from_utf8(body)
        .map_err(|error| DecodeError::malformed("a text in UTF-8", "other bytes", error.valid_up_to()))?;
    let mut json = String::with_capacity(text.len() + 2);
    write_json_text(&mut json, text);
    read_into(json.as_bytes(), None, value)
}

/// The key under which the payload stands: its own, unless another one is there in its place.
pub(crate) fn key_of(body: &[u8], payload: &[&str], own: &'static str, others: &[&'static str]) -> &'static str {
    if others.is_empty() {
        return own;
    }
    let keys: Vec<_> = std::iter::once(own).chain(others.iter().copied()).collect();
    let paths: Vec<Vec<&str>> = keys.iter().map(|key| payload.iter().copied().chain([*key]).collect()).collect();
    let mut passed: Vec<_> = keys.iter().map(|_| Passed).collect();
    let mut wants: Vec<_> = paths.iter().zip(&mut passed).map(|(path, passed)| Want::new(path, passed)).collect();
    // Of an answer that is no sound JSON whoever reads it will tell.
    let _ = find(body, &mut wants);
    keys.iter().zip(&wants).find(|(_, want)| want.is_found).map_or(own, |(key, _)| key)
}

/// A value that is of interest only for being there.
#[derive(Debug)]
struct Passed;

impl Read for Passed {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.skip()
    }
}

/// A list for which one item of it may stand.
#[derive(Debug)]
pub(crate) struct OrOne<'v>(pub(crate) &'v mut dyn Read);

impl Read for OrOne<'_> {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.expect(json.form(), true);
        self.0.read(json)
    }

    fn become_nothing(&mut self) -> bool {
        self.0.become_nothing()
    }
}

/// What stands in an answer, where it is there and can be read.
pub(crate) fn value_at<T: Read + Default>(body: &[u8], path: &[&str]) -> T {
    let mut value = T::default();
    let mut wants = [Want::new(path, &mut value)];
    let is_read = find(body, &mut wants).is_ok() && wants.iter().all(|want| want.error.is_none());
    if is_read { value } else { T::default() }
}

/// A text of an answer, if it is there.
pub(crate) fn text_at(body: &[u8], path: &[&str]) -> Option<String> {
    let mut text: Option<String> = None;
    // What stood before the end of sound JSON counts.
    let _ = find(body, &mut [Want::new(path, &mut text)]);
    text
}

fn probes(envelope: &Envelope) -> Vec<Probe> {
    envelope.conditions.iter().map(Probe::new).collect()
}

/// What a successful answer holds. Where the answer itself says that it is one, a list that is null, empty in another
/// way or not there has no items.
#[derive(Debug)]
struct Payload<'v> {
    value: &'v mut dyn Read,
    may_be_nothing: bool,
}

impl Read for Payload<'_> {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        let before = json.clone();
        let read = self.value.read(json);
        match &read {
            Err(error) if error.is_json() && is_empty(&mut before.clone())? && self.become_nothing() => {
                *json = before;
                json.skip()
            }
            _ => read,
        }
    }

    fn become_nothing(&mut self) -> bool {
        self.may_be_nothing && self.value.become_nothing()
    }
}

/// Whether the value that is next has nothing in it.
fn is_empty(json: &mut Reader<'_>) -> ReadResult<bool> {
    let peek = json.peek("a value")?;
    Probe::is_empty(json, peek)
}

/// A condition on its way through an answer.
#[derive(Debug)]
struct Probe {
    path: &'static [&'static str],
    /// What the member may be; `None` where it is to be empty.
    words: Option<&'static [&'static str]>,
    /// Without the member the condition is met.
    allows_absence: bool,
    is_met: bool,
    is_seen: bool,
    /// Whether what stands there is another word than that of a success. Null is none.
    is_told: bool,
}

impl Probe {
    fn new(condition: &Condition) -> Self {
        let (path, words, allows_absence) = match *condition {
            Condition::Is(path, words) => (path, Some(words), false),
            Condition::IsOrAbsent(path, words) => (path, Some(words), true),
            Condition::Empty(path) => (path, None, true),
        };
        Self { path, words, allows_absence, is_met: allows_absence, is_seen: false, is_told: false }
    }

    fn is_empty(json: &mut Reader<'_>, peek: Peek) -> ReadResult<bool> {
        let mut is_empty = true;
        match peek {
            Peek::Array => json.list(&mut |json| {
                is_empty = false;
                json.skip()
            })?,
            Peek::Object => {
                let mut members = json.open_object()?;
                while json.name(&mut members)?.is_some() {
                    is_empty = false;
                    json.skip()?;
                }
            }
            _ => json.scalar("a text", &mut |found| {
                is_empty = matches!(found, Scalar::Null | Scalar::Text(""));
                true
            })?,
        }
        Ok(is_empty)
    }
}

impl Read for Probe {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        self.is_seen = true;
        let peek = json.peek("a value")?;
        let Some(words) = self.words else {
            self.is_met = Self::is_empty(json, peek)?;
            self.is_told = !self.is_met;
            return Ok(());
        };
        if matches!(peek, Peek::Array | Peek::Object) {
            (self.is_met, self.is_told) = (false, true);
            return json.skip();
        }
        json.scalar("a value", &mut |found| {
            let is_word = found.code().map(|code| words.iter().any(|word| same_code(word, &code)));
            self.is_met = is_word.unwrap_or(self.allows_absence);
            self.is_told = is_word == Some(false);
            true
        })
    }
}

/// Whether two codes are the same: `1` is `"1"`, and so is `1.0`. The text `1e3` is no number.
pub(crate) fn same_code(declared: &str, found: &str) -> bool {
    let found = found.trim();
    declared == found || in_digits::<i64>(declared).is_some_and(|declared| in_digits(found) == Some(declared))
}
