//! What is said about a thing, and why it is believed.

/// How a fact is known, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Evidence {
    /// The vendor's documentation states it.
    #[default]
    Documented,
    /// Seen in the traffic or the code of others.
    Observed,
    /// Concluded from something else; could be wrong.
    Inferred,
    /// Ours, because nobody says.
    Assumed,
}

impl Evidence {
    /// As the spec says it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Observed => "observed",
            Self::Inferred => "inferred",
            Self::Assumed => "assumed",
        }
    }
}

/// Prose and provenance of one thing.
#[derive(Debug, Clone, Default)]
pub struct Doc {
    /// Our own words; may be empty.
    pub text: String,
    /// What a reader should know besides, one note each.
    pub notes: Vec<String>,
    /// Short names, each present in `Api::sources`.
    pub sources: Vec<String>,
    /// How the fact is known.
    pub evidence: Evidence,
    /// Label and text, with the decision.
    pub contradictions: Vec<(String, String)>,
    /// Why the thing should not be used any more; empty when it may be.
    pub deprecated: String,
}
