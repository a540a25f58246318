//! What is noted of a call while it is signed, so that it can be explained.
//!
//! A call is signed twice, and goes the same way both times: what comes out in one place of the real run is known in
//! that place of the run with masks, by its number.

use std::cell::{Cell, RefCell};

use super::request::SECRET;
use super::{Octets, Show, Shown, Step, Wiped};

/// What came out in one place of the real run.
pub(super) struct Note {
    text: Wiped,
    octets: Octets,
}

/// What becomes of what comes out.
pub(super) enum Notes<'n> {
    /// Nothing: nobody wants to see.
    Nothing,
    /// It is kept.
    Real(RefCell<Vec<Note>>),
    /// It is compared with what was kept, and may give way to it.
    Masked { real: &'n [Note], next: Cell<usize>, steps: RefCell<Vec<Step>> },
}

impl<'n> Notes<'n> {
    pub(super) fn real() -> Self {
        Self::Real(RefCell::default())
    }

    pub(super) fn masked(real: &'n [Note]) -> Self {
        Self::Masked { real, next: Cell::default(), steps: RefCell::default() }
    }

    /// Whether masks stand for what is secret or personal.
    pub(super) fn are_masked(&self) -> bool {
        matches!(self, Self::Masked { .. })
    }

    /// What was kept, at the end of the real run.
    pub(super) fn into_kept(self) -> Vec<Note> {
        if let Self::Real(notes) = self { notes.into_inner() } else { Vec::new() }
    }

    /// The steps as they are shown, at the end of the run with masks.
    pub(super) fn into_steps(self) -> Vec<Step> {
        if let Self::Masked { steps, .. } = self { steps.into_inner() } else { Vec::new() }
    }

    /// The value of a step, for those that are made of it.
    pub(super) fn step<T: Show>(&self, name: &'static str, value: T, shown: Shown) -> T {
        let (value, text) = self.pass(value, shown);
        if let (Self::Masked { steps, .. }, Some(text)) = (self, text) {
            steps.borrow_mut().push(Step { name, text });
        }
        value
    }

    /// The value that takes this one's place, and how it is shown in an explanation.
    pub(super) fn pass<T: Show>(&self, value: T, shown: Shown) -> (T, Option<String>) {
        let (notes, next) = match self {
            Self::Nothing => return (value, None),
            Self::Real(notes) => {
                let note = Note { text: value.show().into(), octets: value.octets().to_vec().into() };
                notes.borrow_mut().push(note);
                return (value, None);
            }
            Self::Masked { real, next, .. } => (real, next),
        };
        let real = notes.get(next.replace(next.get() + 1));
        let own = value.show();
        match (shown, real) {
            (Shown::Masked, _) => (value, Some(own)),
            (Shown::Whole, Some(real)) => (T::again(&real.octets).unwrap_or(value), Some(real.text.to_string())),
            // Nothing that is hidden went into it.
            (Shown::Hidden, Some(real)) if *real.text == *own => (value, Some(own)),
            (Shown::Whole | Shown::Hidden, _) => {
                (T::again(SECRET.as_bytes()).unwrap_or(value), Some(SECRET.to_owned()))
            }
        }
    }
}
