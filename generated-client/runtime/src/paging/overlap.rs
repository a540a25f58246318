//! What a page has again that begins with the items that led to it.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::Position;
use super::figures::list;
use crate::error::Response;
use crate::json::{Read, ReadResult, Reader, Want, find};
use crate::tables::Endpoint;

/// The items that may come again: those of the page before, as they stood in its answer.
#[derive(Default)]
pub(super) struct Overlap {
    state: RandomState,
    seen: HashSet<u64>,
    /// What was asked for last.
    asked: Option<Position>,
    /// Whether that led to itself already.
    stayed: bool,
}

/// Whether a list goes on after a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Onward {
    /// With another page.
    Moves,
    /// With the same one, which may have grown or come in another order.
    Stays,
    /// It would be the same one for ever.
    Stuck,
}

impl Overlap {
    /// For a list that begins at a position, if the caller named one.
    pub(super) fn new(asked: Option<Position>) -> Self {
        Self { asked, ..Self::default() }
    }

    /// Takes out of a page what was there already.
    pub(super) fn drop_seen<T>(&mut self, items: &mut Vec<T>, answer: &Response, endpoint: &Endpoint) {
        let path = list(answer, endpoint);
        let mut marks = Marks { is_lone: endpoint.or_one, state: &self.state, found: Vec::new() };
        // What cannot be read has no items to compare: an error that says that there is nothing.
        let _ = find(&answer.body, &mut [Want::new(&path, &mut marks)]);
        let found = marks.found;
        let mut each = found.iter();
        items.retain(|_| each.next().is_none_or(|mark| !self.seen.contains(mark)));
        if !self.stayed {
            self.seen.clear();
        }
        self.seen.extend(found);
    }

    /// Goes on to what a page leads to.
    pub(super) fn go(&mut self, next: &Position) -> Onward {
        let stays = self.asked.as_ref() == Some(next);
        let onward = match (stays, self.stayed) {
            (true, true) => Onward::Stuck,
            (true, false) => Onward::Stays,
            (false, _) => Onward::Moves,
        };
        (self.asked, self.stayed) = (Some(next.clone()), stays);
        onward
    }
}

/// A number for each item of a list, the same for items that are written alike.
#[derive(Debug)]
struct Marks<'b> {
    is_lone: bool,
    state: &'b RandomState,
    found: Vec<u64>,
}

impl Read for Marks<'_> {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.expect(json.form(), self.is_lone);
        json.list(&mut |json| {
            let start = json.offset();
            json.skip()?;
            self.found.push(self.state.hash_one(json.since(start).trim_ascii()));
            Ok(())
        })
    }
}
