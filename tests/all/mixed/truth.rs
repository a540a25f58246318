//! What becomes of a call, worked out from what goes wrong with it and from what is documented; nothing of the client
//! is asked.

use std::fmt;

use codegen_mock::Fault;

use super::plan::{ATTEMPTS, Deed, Planned, stall};

/// What a call comes to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum End {
    /// The value that the call is for.
    Value,
    /// The documented error of this name.
    Documented(String),
    /// An answer of this status that is not documented.
    Unexpected(u16),
    /// An answer with the status of a success that cannot be read.
    Unreadable,
    /// No answer in time.
    Late,
    /// The connection broke.
    Broken,
    /// There was no connection.
    NotSent,
    /// Nothing that may ever happen.
    Wrong(String),
}

/// What a call comes to, and whether nobody can say if it took effect.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Outcome {
    pub(crate) end: End,
    pub(crate) unknown: bool,
}

/// All that can be told of a call before it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Truth {
    pub(crate) outcome: Outcome,
    /// How often it is tried.
    pub(crate) attempts: usize,
    /// Of the attempts that arrive, whether they take effect.
    pub(crate) took_effect: Vec<bool>,
}

/// What one attempt comes to.
struct Attempt {
    outcome: Outcome,
    took_effect: bool,
    next: Next,
}

/// Whether there is reason to try again, and to do no harm by it.
#[derive(PartialEq)]
enum Next {
    End,
    Again,
    /// Once, whatever comes of it.
    Once,
}

impl From<End> for Outcome {
    fn from(end: End) -> Self {
        Self { end, unknown: false }
    }
}

impl Planned {
    /// What becomes of the call.
    pub(crate) fn truth(&self) -> Truth {
        if self.to_nobody {
            return Truth { outcome: End::NotSent.into(), attempts: ATTEMPTS, took_effect: Vec::new() };
        }
        let (mut took_effect, mut was_once) = (Vec::new(), false);
        loop {
            let attempt = self.deed.meets(self.faults[took_effect.len()].as_ref());
            took_effect.push(attempt.took_effect);
            let goes_on = match attempt.next {
                Next::End => false,
                Next::Again => true,
                Next::Once => !std::mem::replace(&mut was_once, true),
            };
            if !goes_on || took_effect.len() == ATTEMPTS {
                return Truth { outcome: attempt.outcome, attempts: took_effect.len(), took_effect };
            }
        }
    }
}

impl Deed {
    /// What it comes to where nothing goes wrong.
    fn undisturbed(self) -> Outcome {
        let documented = |name: &str| End::Documented(name.to_owned()).into();
        match self {
            Self::ShowNobody => documented("not_found"),
            Self::CreateTaken => documented("email_taken"),
            Self::ShowNoStudent => documented("student_not_found"),
            _ => End::Value.into(),
        }
    }

    fn meets(self, fault: Option<&Fault>) -> Attempt {
        let undisturbed = self.undisturbed();
        let succeeds = undisturbed.end == End::Value;
        let last = |outcome, took_effect| Attempt { outcome, took_effect, next: Next::End };
        // What is safe to repeat is repeated; of anything else nobody knows whether it took effect.
        let ambiguous = |end, took_effect| {
            let next = if self.may_repeat() { Next::Again } else { Next::End };
            Attempt { outcome: Outcome { end, unknown: !self.may_repeat() }, took_effect, next }
        };
        match fault {
            Some(Fault::DropBefore) => ambiguous(End::Broken, false),
            Some(Fault::DropAfter) => ambiguous(End::Broken, succeeds),
            Some(fault) if *fault == stall() => ambiguous(End::Late, false),
            // The status of a refusal says that nothing was done, even if the rest of it is lost.
            Some(Fault::Truncate) if !succeeds && !self.may_repeat() => last(End::Broken.into(), false),
            Some(Fault::Truncate) => ambiguous(End::Broken, succeeds),
            Some(Fault::Status(200, _)) => last(self.given_nothing(), false),
            Some(Fault::Status(status @ (408 | 500 | 501 | 502 | 504), _)) => {
                let attempt = ambiguous(End::Unexpected(*status), false);
                let is_lasting = matches!(status, 500 | 501);
                Attempt { next: if is_lasting { Next::End } else { attempt.next }, ..attempt }
            }
            // The server did nothing yet.
            Some(Fault::Status(status @ (429 | 503), _)) => {
                Attempt { outcome: End::Unexpected(*status).into(), ..ambiguous(End::Broken, false) }
            }
            // A redirect says nothing of what was done before it.
            Some(Fault::Redirect(status, _)) => {
                let unknown = !self.may_repeat() && !matches!(status, 307 | 308);
                last(Outcome { end: End::Unexpected(*status), unknown }, false)
            }
            Some(Fault::Status(status, _)) => last(End::Unexpected(*status).into(), false),
            Some(Fault::Documented(name)) => {
                let next = if name == "stale_request" && self.may_repeat() { Next::Once } else { Next::End };
                Attempt { outcome: End::Documented(name.clone()).into(), took_effect: false, next }
            }
            // A refusal is known by its message as well.
            Some(Fault::MissingFields(_)) if self.is_enveloped() && succeeds => last(self.given_nothing(), true),
            Some(Fault::WrongTypes(_) | Fault::MissingFields(_)) if succeeds && self != Self::DestroyUser => {
                last(End::Unreadable.into(), true)
            }
            Some(_) | None => last(undisturbed, succeeds),
        }
    }

    /// What an answer is that has the status of a success and nothing else of it.
    fn given_nothing(self) -> Outcome {
        // Of one with an envelope it says neither that the call succeeded nor that it failed.
        let end = if self.is_enveloped() { End::Unexpected(200) } else { End::Unreadable };
        Outcome { end, unknown: !self.may_repeat() }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.end {
            End::Value => f.write_str("value")?,
            End::Documented(name) => write!(f, "documented error: {name}")?,
            End::Unexpected(status) => write!(f, "undocumented answer: {status}")?,
            End::Unreadable => f.write_str("answer that cannot be read")?,
            End::Late => f.write_str("no answer in time")?,
            End::Broken => f.write_str("connection broken")?,
            End::NotSent => f.write_str("no connection")?,
            End::Wrong(what) => f.write_str(what)?,
        }
        if self.unknown { f.write_str(", outcome unknown") } else { Ok(()) }
    }
}
