//! Members anywhere in an answer, all of them in one pass over it.

use jiter::Peek;

use super::error::{DecodeError, ReadResult};
use super::reader::{Read, Reader};

/// A member to be found, and where its value goes.
pub(crate) struct Want<'w> {
    path: &'w [&'w str],
    value: &'w mut dyn Read,
    /// How many steps of the path lead to where the reader is.
    matched: usize,
    /// Whether it was there; of several the last counts.
    pub(crate) is_found: bool,
    /// Why it could not be read, or what stands in its way.
    pub(crate) error: Option<Box<DecodeError>>,
}

impl<'w> Want<'w> {
    pub(crate) fn new(path: &'w [&'w str], value: &'w mut dyn Read) -> Self {
        Self { path, value, matched: 0, is_found: false, error: None }
    }

    fn ends(&self, level: usize) -> bool {
        self.matched == level && self.path.len() == level
    }

    fn leads_on(&self, level: usize) -> bool {
        self.matched == level && self.path.len() > level
    }

    /// What is missing, as an error.
    pub(crate) fn into_error(self) -> Option<Box<DecodeError>> {
        let missing = || DecodeError::new("a value", "nothing", 0).at(self.path);
        self.error.or_else(|| (!self.is_found && !self.value.become_nothing()).then(missing))
    }
}

/// Fills all wants from a whole answer.
///
/// # Errors
///
/// When the answer is no sound JSON. What is sound and something else than wanted is in the want.
pub(crate) fn find(body: &[u8], wants: &mut [Want<'_>]) -> ReadResult {
    let mut json = Reader::new(body);
    Search { wants, until_found: false }.visit(&mut json, 0)?;
    json.finish()
}

/// Fills the wants from the value that is next.
pub(crate) fn find_next(json: &mut Reader<'_>, wants: &mut [Want<'_>]) -> ReadResult {
    Search { wants, until_found: false }.visit(json, 0)
}

/// The same for the beginning of an answer: no further than where the last of them was found.
pub(crate) fn find_first(body: &[u8], wants: &mut [Want<'_>]) -> ReadResult {
    Search { wants, until_found: true }.visit(&mut Reader::new(body), 0)
}

struct Search<'s, 'w> {
    wants: &'s mut [Want<'w>],
    until_found: bool,
}

impl Search<'_, '_> {
    fn is_done(&self) -> bool {
        self.until_found && self.wants.iter().all(|want| want.is_found)
    }

    /// Reads what ends at the value that is next, and goes on to what is within it.
    fn visit(&mut self, json: &mut Reader<'_>, level: usize) -> ReadResult {
        let mut ending = self.wants.iter().filter(|want| want.ends(level)).count();
        let goes_on = self.wants.iter().any(|want| want.leads_on(level));
        for at in 0..self.wants.len() {
            let Some(want) = self.wants.get_mut(at).filter(|want| want.ends(level)) else { continue };
            ending -= 1;
            // Only who reads last may leave the reader behind the value.
            let before = (ending > 0 || goes_on).then(|| json.clone());
            match json.attempt(want.value) {
                Ok(()) => (want.is_found, want.error) = (true, None),
                Err(error) if error.is_json() => (want.is_found, want.error) = (true, Some(error.at(want.path))),
                Err(error) => return Err(error.at(want.path)),
            }
            match before {
                Some(before) => *json = before,
                None => return Ok(()),
            }
        }
        if !goes_on {
            return json.skip();
        }
        match json.peek("an object")? {
            Peek::Object => self.members(json, level),
            Peek::Array
                if self.wants.iter().any(|want| want.leads_on(level) && position(want.path, level).is_some()) =>
            {
                self.items(json, level)
            }
            _ => {
                let found = json.unfit("an object")?;
                for want in self.wants.iter_mut().filter(|want| want.leads_on(level) && !want.is_found) {
                    want.error = Some(found.clone().at(want.path.get(..level).unwrap_or_default()));
                }
                json.skip()
            }
        }
    }

    fn members(&mut self, json: &mut Reader<'_>, level: usize) -> ReadResult {
        let mut members = json.open_object()?;
        while let Some(name) = json.name(&mut members)? {
            self.step(level, |want| want.path.get(level).is_some_and(|step| *step == name));
            self.enter(json, level + 1)?;
            if self.is_done() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn items(&mut self, json: &mut Reader<'_>, level: usize) -> ReadResult {
        let mut index = 0;
        json.list(&mut |json| {
            self.step(level, |want| position(want.path, level) == Some(index));
            index += 1;
            self.enter(json, level + 1)
        })
    }

    /// Leads those on whose path takes this step.
    fn step(&mut self, level: usize, takes: impl Fn(&Want<'_>) -> bool) {
        for want in self.wants.iter_mut().filter(|want| want.matched == level) {
            if takes(want) {
                want.matched = level + 1;
            }
        }
    }

    fn enter(&mut self, json: &mut Reader<'_>, level: usize) -> ReadResult {
        if self.wants.iter().all(|want| want.matched < level) {
            return json.skip();
        }
        let read = self.visit(json, level);
        for want in self.wants.iter_mut().filter(|want| want.matched == level) {
            want.matched = level - 1;
        }
        read
    }
}

/// The position in a list that a step names.
fn position(path: &[&str], level: usize) -> Option<usize> {
    path.get(level)?.parse().ok()
}
