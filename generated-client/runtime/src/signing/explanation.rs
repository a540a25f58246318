//! How a request came about, fit to be shown: every secret and every datum about a person is masked.
//!
//! Masking does not search the finished text. The call is signed a second time from masked values,
//! so that nothing can slip through; only digests are taken from the real request, and what masks have
//! left no trace in is shown only where it is the same in both.

use std::fmt;
use std::time::SystemTime;

use super::{ByteList, Digest, Fields, List, Octets, Wiped, epoch_ms};

/// A named value that signing went through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub(crate) name: &'static str,
    pub(crate) text: String,
}

/// What is shown of a value that signing makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The real one.
    Whole,
    /// What comes out of masks.
    Masked,
    /// A mask, unless what comes out of masks is the real one.
    Hidden,
}

impl Step {
    /// As the spec calls it.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Its value, masked.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A signed request and the way to it, masked throughout; `Display` prints the whole of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    pub(crate) steps: Vec<Step>,
    pub(crate) method: &'static str,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Explanation {
    /// The named values, in the order they were made.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Method and address.
    pub fn request_line(&self) -> String {
        format!("{} {}", self.method, self.target)
    }

    /// Names and values.
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The body; empty where there is none.
    pub fn body(&self) -> &str {
        &self.body
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Step { name, text, .. } in &self.steps {
            writeln!(f, "{name}: {text}")?;
        }
        writeln!(f, "{} {}", self.method, self.target)?;
        for (name, value) in &self.headers {
            writeln!(f, "{name}: {value}")?;
        }
        if !self.body.is_empty() {
            writeln!(f, "\n{}", self.body)?;
        }
        Ok(())
    }
}

/// A value of the signing language as people read it.
pub trait Show {
    /// As text.
    fn show(&self) -> String;

    /// What it can be made of again; nothing of what has parts.
    fn octets(&self) -> &[u8] {
        &[]
    }

    /// The value that has these octets.
    fn again(_octets: &[u8]) -> Option<Self>
    where
        Self: Sized,
    {
        None
    }
}

impl Show for bool {
    fn show(&self) -> String {
        self.to_string()
    }

    fn octets(&self) -> &[u8] {
        if *self { &[1] } else { &[] }
    }

    fn again(octets: &[u8]) -> Option<Self> {
        Some(!octets.is_empty())
    }
}

impl Show for String {
    fn show(&self) -> String {
        self.clone()
    }

    fn octets(&self) -> &[u8] {
        self.as_bytes()
    }

    fn again(octets: &[u8]) -> Option<Self> {
        std::str::from_utf8(octets).ok().map(str::to_owned)
    }
}

impl Show for Wiped {
    fn show(&self) -> String {
        self.to_string()
    }

    fn octets(&self) -> &[u8] {
        self.as_bytes()
    }

    fn again(octets: &[u8]) -> Option<Self> {
        std::str::from_utf8(octets).ok().map(Self::from)
    }
}

impl Show for Octets {
    fn show(&self) -> String {
        hex::encode(self)
    }

    fn octets(&self) -> &[u8] {
        self
    }

    fn again(octets: &[u8]) -> Option<Self> {
        Some(Self::from(octets.to_vec()))
    }
}

impl<const N: usize> Show for Digest<N> {
    fn show(&self) -> String {
        hex::encode(self)
    }

    fn octets(&self) -> &[u8] {
        self
    }

    fn again(octets: &[u8]) -> Option<Self> {
        Self::of(octets)
    }
}

impl Show for i64 {
    fn show(&self) -> String {
        self.to_string()
    }
}

impl Show for SystemTime {
    fn show(&self) -> String {
        epoch_ms(*self).to_string()
    }
}

impl Show for Fields<'_> {
    fn show(&self) -> String {
        self.clone().pairs("=").join(", ").to_string()
    }
}

impl Show for List<'_> {
    fn show(&self) -> String {
        self.join(", ").to_string()
    }
}

impl Show for ByteList {
    fn show(&self) -> String {
        self.iter().map(hex::encode).collect::<Vec<_>>().join(", ")
    }
}
