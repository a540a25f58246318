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

/// A line of prose as it may be shown anywhere: in one line, and in the direction that it is read.
pub fn plain(line: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let shown = line.chars().filter(|c| !is_direction(*c)).map(|c| if breaks(c) { ' ' } else { c });
    shown.collect::<String>().trim().to_owned()
}

/// Characters that turn the direction of the text after them: the compiler refuses them even in comments.
pub fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
