//! Encodings: what an operation or a parameter does not say holds as it does around it.

use crate::ir::{Encoding, Style};
use crate::spec;

/// The encoding around, with what is said here.
pub(super) fn within(around: &Encoding, said: Option<&spec::Encoding>) -> Encoding {
    let Some(said) = said else { return around.clone() };
    Encoding { body: said.body.unwrap_or(around.body), style: style(&around.style, Some(said)) }
}

/// The style around, with what is said here.
pub(super) fn style(around: &Style, said: Option<&spec::Encoding>) -> Style {
    let Some(said) = said else { return around.clone() };
    Style {
        nesting: said.nesting.clone().unwrap_or_else(|| around.nesting.clone()),
        lists: said.lists.clone().unwrap_or_else(|| around.lists.clone()),
        maps: said.maps.clone().unwrap_or_else(|| around.maps.clone()),
    }
}
