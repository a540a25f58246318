//! What is wrong with a value, and where in it.

use std::fmt;

use crate::ir::{Field, Place};
use crate::source::Span;

/// Something in a value that is not of its type.
#[derive(Debug)]
pub(super) struct Misfit {
    /// From the innermost value outward.
    steps: Vec<Step>,
    problem: String,
    /// The field that says what it should be, if one does.
    pub field: Option<Span>,
}

/// A step into a value.
#[derive(Debug)]
enum Step {
    Item(usize),
    /// Position and name; the position is none where the member is missing.
    Member(Option<usize>, String),
}

/// Keys and positions from the outermost value inward: `users[0].id`.
impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut path = String::new();
        for step in self.steps.iter().rev() {
            match step {
                Step::Item(at) => path.push_str(&format!("[{at}]")),
                Step::Member(_, name) if path.is_empty() => path.push_str(name),
                Step::Member(_, name) => path.push_str(&format!(".{name}")),
            }
        }
        if path.is_empty() { f.write_str(&self.problem) } else { write!(f, "`{path}` {}", self.problem) }
    }
}

impl Misfit {
    pub(super) fn new(problem: impl Into<String>) -> Self {
        Self { steps: Vec::new(), problem: problem.into(), field: None }
    }

    /// The path without positions, as `breaks` of an example has it: `users.id`.
    pub(super) fn name(&self) -> String {
        let member = |step: &'_ Step| match step {
            Step::Member(_, name) => Some(name.clone()),
            Step::Item(_) => None,
        };
        self.steps.iter().rev().filter_map(member).collect::<Vec<_>>().join(".")
    }

    /// Where it stands within a value that stands there.
    pub(super) fn span(&self, place: &Place) -> Span {
        let position = |step: &Step| match step {
            Step::Item(at) => Some(*at),
            Step::Member(at, _) => *at,
        };
        place.at(self.steps.iter().rev().map_while(position))
    }

    /// What is said of the member of an object; one that is missing has no position.
    pub(super) fn under(self, name: &str, at: Option<usize>) -> Self {
        self.within(Step::Member(at, name.to_owned()))
    }

    /// What is said of a field of a record.
    pub(super) fn of(mut self, field: &Field, at: Option<usize>) -> Self {
        self.field.get_or_insert(field.span);
        self.under(&field.name.wire, at)
    }

    /// What is said of an item of a list.
    pub(super) fn at(self, index: usize) -> Self {
        self.within(Step::Item(index))
    }

    /// What is said of the JSON in a text: there is no place in it.
    pub(super) fn in_text(self) -> Self {
        let is_whole = self.steps.is_empty();
        let problem = if is_whole { format!("holds JSON that {self}") } else { format!("holds JSON in which {self}") };
        Self { problem, field: self.field, steps: Vec::new() }
    }

    fn within(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }
}
