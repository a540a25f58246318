//! Which errors take answers of which others.
//!
//! Each error is compared with those alone that are tried before it and that its codes, its field or its messages lead
//! to.

mod finder;
mod index;
mod signs;

use std::collections::HashSet;

use index::Index;
use indexmap::IndexSet;
use signs::{Signs, statuses};

use crate::ir::{ErrorCase, ErrorId, Matching, Template, UNWRITTEN};

/// The most answers of an error that are looked at one by one.
const MOST_ANSWERS: usize = 1024;

/// The most errors of which each takes some answers of another that are looked at together.
const MOST_TOGETHER: usize = 256;

/// All errors, by what they are known by.
pub(super) struct Takers<'a>(Vec<Signs<'a>>);

/// Which answers of an error another takes.
enum Takes {
    All,
    /// Those of which status, code, subcode and message.
    Some([Vec<bool>; 4]),
}

impl<'a> Takers<'a> {
    pub(super) fn of(errors: &'a [ErrorCase]) -> Self {
        Self(Signs::of(errors))
    }

    /// Those of an operation that others before them leave nothing of, and which: the first that takes all, or several.
    pub(super) fn hidden(&self, tried: &[ErrorId]) -> Vec<(ErrorId, Vec<ErrorId>)> {
        let mut index = Index::of(tried.iter().filter_map(|id| self.0.get(id.0)));
        let (mut seen, mut hidden) = (HashSet::new(), Vec::new());
        for (place, id) in tried.iter().enumerate() {
            let Some(error) = self.0.get(id.0).filter(|_| seen.insert(*id)) else { continue };
            if index.leaves_some(error) {
                index.put(place, error);
                continue;
            }
            let before = index.takers_of(error).into_iter().filter_map(|place| tried.get(place));
            match hiding(before.filter_map(|id| Some((*id, self.0.get(id.0)?))), error) {
                Some(takers) => hidden.push((*id, takers)),
                // What never arrives takes nothing from those behind it.
                None => index.put(place, error),
            }
        }
        hidden
    }

    /// Whether one takes all answers of another by itself.
    pub(super) fn takes_all(&self, taker: ErrorId, id: ErrorId) -> bool {
        let (taker, error) = (self.0.get(taker.0), self.0.get(id.0));
        taker.zip(error).is_some_and(|(taker, error)| matches!(taken(taker, error), Some(Takes::All)))
    }
}

/// Which of these leave nothing of an error, if they do.
fn hiding<'a>(before: impl Iterator<Item = (ErrorId, &'a Signs<'a>)>, error: &Signs<'_>) -> Option<Vec<ErrorId>> {
    let mut takers = Vec::new();
    for (id, other) in before {
        match taken(other, error) {
            Some(Takes::All) => return Some(vec![id]),
            Some(Takes::Some(takes)) if takers.len() < MOST_TOGETHER => takers.push((id, takes)),
            Some(Takes::Some(_)) | None => {}
        }
    }
    let error = error.error;
    let counts = [error.statuses.len(), error.codes.len(), error.subcodes.len(), error.messages.len()];
    let counts = counts.map(|count| count.max(1));
    let count = counts.iter().try_fold(1usize, |product, count| product.checked_mul(*count));
    let count = count.filter(|count| *count <= MOST_ANSWERS && takers.len() > 1)?;
    let mut found = IndexSet::new();
    for answer in 0..count {
        let mut rest = answer;
        let places = counts.map(|count| {
            let place = rest % count;
            rest /= count;
            place
        });
        let has = |takes: &[Vec<bool>; 4]| takes.iter().zip(places).all(|(it, place)| it.get(place) == Some(&true));
        let (taker, _) = takers.iter().find(|(_, takes)| has(takes))?;
        found.insert(*taker);
    }
    Some(found.into_iter().collect())
}

/// What of an error another takes, if it takes anything.
fn taken(taker: &Signs<'_>, error: &Signs<'_>) -> Option<Takes> {
    let of_status = |status: Option<u16>| {
        taker.error.statuses.is_empty() || status.is_some_and(|status| taker.error.statuses.contains(&status))
    };
    let takes = [
        statuses(error.error).into_iter().map(of_status).collect(),
        taker.codes.take(&error.error.codes, &error.codes),
        taker.subcodes.take(&error.error.subcodes, &error.subcodes),
        messages(taker.error, error),
    ];
    let is_any = takes.iter().all(|list: &Vec<bool>| list.contains(&true)) && takes_field(taker.error, error.error);
    let is_all = takes.iter().flatten().all(|takes| *takes);
    is_any.then_some(if is_all { Takes::All } else { Takes::Some(takes) })
}

/// A message by itself is not that of a field; anything else may be, so that it takes some answers only of what is known
/// by a code.
fn takes_field(taker: &ErrorCase, error: &ErrorCase) -> bool {
    let has_no_code = |error: &ErrorCase| error.codes.is_empty() && error.subcodes.is_empty();
    let is_bare = !taker.messages.is_empty() && has_no_code(taker);
    match (&taker.field, &error.field) {
        (None, None) => !is_bare || has_no_code(error),
        (None, Some(_)) => !is_bare,
        (Some(taker), Some(field)) => {
            let field = field.filled(|_| UNWRITTEN.into());
            let held = taker.find(&field, Matching::default());
            // A hole in a field holds one name.
            held.is_some_and(|held| held.iter().all(|name| !name.is_empty() && !name.contains('.')))
        }
        (Some(_), None) => false,
    }
}

/// Which messages of an error are some that the taker takes.
fn messages(taker: &ErrorCase, error: &Signs<'_>) -> Vec<bool> {
    if taker.messages.is_empty() {
        return vec![true; error.texts.len().max(1)];
    }
    let how = taker.matching;
    // Who minds the case of a letter takes nothing from who does not.
    let minds_case = |taken: &Template| error.error.matching.any_case && !how.any_case && taken.has_letters();
    // Where even a text that nobody writes is taken for what a hole holds, any other is.
    let takes = |text: &String| {
        let mut all = taker.messages.iter();
        all.any(|taken| !minds_case(taken) && taken.find(text, how).is_some())
    };
    error.texts.iter().map(takes).collect()
}

#[cfg(test)]
mod tests;
