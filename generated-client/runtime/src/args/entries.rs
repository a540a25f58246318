//! Maps of which each entry is a parameter of its own: none may be called as another parameter is.

use super::Args;
use super::param::{Location, Param};

impl Args {
    /// The parameters whose names the entries of a spread map have, where both are sent in the same place: a call would
    /// have two values of one name.
    pub(crate) fn taken(&self, index: usize) -> Vec<&'static str> {
        let Some(map) = self.param(index).filter(|param| param.is_spread()) else { return Vec::new() };
        let names = self.node(index).map(|node| node.members()).unwrap_or_default();
        let names: Vec<String> = names.into_iter().map(|(name, _)| [map.name(), name].concat()).collect();
        let is_taken = |other: &&'static Param| {
            let is_name = |name: &String| match map.location() {
                Location::Header => name.eq_ignore_ascii_case(other.name()),
                _ => name == other.name(),
            };
            !std::ptr::eq(*other, map) && other.location() == map.location() && names.iter().any(is_name)
        };
        let all = (0..self.len()).filter_map(|index| self.param(index));
        all.filter(is_taken).map(Param::name).collect()
    }
}
