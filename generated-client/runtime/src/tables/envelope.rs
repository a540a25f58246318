//! How an answer says whether a call succeeded, and where in it everything stands.

/// The way to a member of an answer: the names of members, and numbers for positions in lists.
pub type Path = &'static [&'static str];

/// What is common to the answers of an API.
#[derive(Clone, Copy, Debug)]
pub struct Envelope {
    /// None for any from 200 to 299.
    pub(crate) statuses: &'static [u16],
    pub(crate) conditions: &'static [Condition],
    pub(crate) payload: Path,
    pub(crate) code: Path,
    pub(crate) subcode: Path,
    pub(crate) message: Path,
    pub(crate) suffix: &'static str,
    pub(crate) errors: Reports,
    pub(crate) warnings: Reports,
    pub(crate) request_id: Spot,
    pub(crate) retry_after: Spot,
    pub(crate) unit: Unit,
}

/// What a body must say for the call to have succeeded.
#[derive(Clone, Copy, Debug)]
pub enum Condition {
    /// The member is one of these.
    Is(Path, &'static [&'static str]),
    /// The member is one of these, null or not there.
    IsOrAbsent(Path, &'static [&'static str]),
    /// The member is an empty list, object or text, null or not there.
    Empty(Path),
}

/// Where errors or warnings stand, and what the members of one are called.
#[derive(Clone, Copy, Debug)]
pub struct Reports {
    pub(crate) places: &'static [Path],
    pub(crate) code: Path,
    pub(crate) subcode: Path,
    pub(crate) message: Path,
    pub(crate) field: Path,
}

/// Where a single text stands: in a header, or else in the body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    pub(crate) header: &'static str,
    pub(crate) at: Path,
}

/// What a number says about when to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

const NOWHERE: Spot = Spot { header: "", at: &[] };

/// Nothing is said but the status, and messages stand bare.
pub const fn envelope() -> Envelope {
    Envelope {
        statuses: &[],
        conditions: &[],
        payload: &[],
        code: &[],
        subcode: &[],
        message: &[],
        suffix: "",
        errors: reports(&[&[]]),
        warnings: reports(&[]),
        request_id: NOWHERE,
        retry_after: NOWHERE,
        unit: Unit::Seconds,
    }
}

/// Reports whose members have no names.
pub const fn reports(places: &'static [Path]) -> Reports {
    Reports { places, code: &[], subcode: &[], message: &[], field: &[] }
}

impl Envelope {
    /// The statuses of a success.
    pub const fn statuses(mut self, statuses: &'static [u16]) -> Self {
        self.statuses = statuses;
        self
    }

    /// What the body of a success says, all of it.
    pub const fn conditions(mut self, conditions: &'static [Condition]) -> Self {
        self.conditions = conditions;
        self
    }

    /// What holds the payload.
    pub const fn payload(mut self, at: Path) -> Self {
        self.payload = at;
        self
    }

    /// The code of the error.
    pub const fn code(mut self, at: Path) -> Self {
        self.code = at;
        self
    }

    /// What tells errors of one code apart.
    pub const fn subcode(mut self, at: Path) -> Self {
        self.subcode = at;
        self
    }

    /// The message of the error.
    pub const fn message(mut self, at: Path) -> Self {
        self.message = at;
        self
    }

    /// What follows messages without belonging to them, as a template.
    pub const fn suffix(mut self, template: &'static str) -> Self {
        self.suffix = template;
        self
    }

    /// Where errors stand, in the order they are tried.
    pub const fn errors(mut self, errors: Reports) -> Self {
        self.errors = errors;
        self
    }

    /// Where warnings beside a result stand.
    pub const fn warnings(mut self, warnings: Reports) -> Self {
        self.warnings = warnings;
        self
    }

    /// What the server calls this exchange: a header, or a member of the body.
    pub const fn request_id(mut self, header: &'static str, at: Path) -> Self {
        self.request_id = Spot { header, at };
        self
    }

    /// When to try again: a header, or a member of the body.
    pub const fn retry_after(mut self, header: &'static str, at: Path, unit: Unit) -> Self {
        (self.retry_after, self.unit) = (Spot { header, at }, unit);
        self
    }

    /// Whether a success can have this status.
    #[cfg(feature = "http")]
    pub(crate) fn accepts(&self, status: http::StatusCode) -> bool {
        match self.statuses {
            [] => status.is_success(),
            statuses => statuses.contains(&status.as_u16()),
        }
    }
}

impl Reports {
    /// What the members of a report are called that hold its code, subcode, message and field.
    pub const fn members(mut self, code: Path, subcode: Path, message: Path, field: Path) -> Self {
        (self.code, self.subcode, self.message, self.field) = (code, subcode, message, field);
        self
    }
}
