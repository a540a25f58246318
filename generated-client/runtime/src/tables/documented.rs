//! What generated enums of documented errors have in common.

use std::fmt;

use super::{Captures, ErrorCase, OperationError};

/// What a documented error is an instance of: the table line whose variant it is.
pub(crate) fn case_of<E: OperationError>(error: &E) -> Option<&'static ErrorCase> {
    let kind = std::mem::discriminant(error);
    let same = |make: fn(&mut Captures) -> E| std::mem::discriminant(&make(&mut Default::default())) == kind;
    E::VARIANTS.iter().find(|variant| same(variant.1)).map(|variant| variant.0)
}

/// Writes the one line that a documented error is: its name, its status and what it means.
///
/// # Errors
///
/// When the line cannot be written.
pub fn meaning<E: OperationError>(error: &E, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match case_of(error) {
        Some(case) => fmt::Display::fmt(case, f),
        None => f.write_str("a documented error"),
    }
}

/// Makes a generated enum of documented errors an error. A macro, because only its own crate may say that of a type.
#[doc(hidden)]
#[macro_export]
macro_rules! __documented_error {
    ($error:ident) => {
        impl ::std::fmt::Display for $error {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::rt::meaning(self, f)
            }
        }
        impl ::std::error::Error for $error {}
    };
}

impl fmt::Display for ErrorCase {
    /// `not_found (404): there is no such object`; with a code, `not_found (code 17): …`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        let mut before = " (";
        for status in self.statuses() {
            write!(f, "{before}{status}")?;
            before = " or ";
        }
        before = if self.statuses().is_empty() { " (code " } else { ", code " };
        for code in self.codes {
            write!(f, "{before}{code}")?;
            before = " or ";
        }
        if !self.statuses().is_empty() || !self.codes.is_empty() {
            f.write_str(")")?;
        }
        match self.meaning {
            "" => Ok(()),
            meaning => write!(f, ": {meaning}"),
        }
    }
}
