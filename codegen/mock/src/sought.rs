//! Where a list goes on behind an item that a call names: by the order of its items where they have one.

use std::cmp::Ordering;

use codegen::ir::{Api, Json, Type};

use crate::received::Given;
use crate::store::same;

/// What is looked for in the items of a list, one after the other.
pub(crate) struct Sought<'c> {
    api: &'c Api,
    ty: &'c Type,
    given: &'c Given,
    /// The number or the moment that it is, if it is one.
    value: Option<i128>,
    /// Whether the page begins there, and not behind it.
    is_inclusive: bool,
    /// The first item that is it, and the first behind those.
    equal: Option<(u64, u64)>,
    /// The first item that is more, and the first that is less.
    beyond: [Option<u64>; 2],
    /// The values of the first item and of the last.
    ends: Option<(i128, i128)>,
}

impl<'c> Sought<'c> {
    pub(crate) fn new(api: &'c Api, ty: &'c Type, given: &'c Given, is_inclusive: bool) -> Self {
        let value = value(api, ty, &given.json);
        Self { api, ty, given, value, is_inclusive, equal: None, beyond: [None; 2], ends: None }
    }

    /// Takes the next item; `false` where no other is of interest.
    pub(crate) fn passes(&mut self, at: u64, member: &Json) -> bool {
        let own = value(self.api, self.ty, member);
        let order = own.zip(self.value).map(|(own, value)| own.cmp(&value));
        let is_it = order.map_or_else(
            || same(member, &self.given.json) || member.spelling() == Some(self.given.text.as_str()),
            Ordering::is_eq,
        );
        if is_it {
            self.equal = Some((self.equal.map_or(at, |(first, _)| first), at + 1));
        } else if self.equal.is_some() {
            return false;
        }
        if let (Some(own), Some(order)) = (own, order) {
            self.ends = Some((self.ends.map_or(own, |(first, _)| first), own));
            if order.is_ne() {
                self.beyond[usize::from(order.is_lt())].get_or_insert(at);
            }
        }
        true
    }

    /// Where the page begins in a list of so many; nothing where that cannot be told.
    pub(crate) fn begins(&self, items: u64) -> Option<u64> {
        if let Some((first, behind)) = self.equal {
            return Some(if self.is_inclusive { first } else { behind });
        }
        self.value?;
        let falls = self.ends.is_some_and(|(first, last)| last < first);
        Some(self.beyond[usize::from(falls)].unwrap_or(items))
    }
}

/// A whole number, or a moment.
fn value(api: &Api, ty: &Type, json: &Json) -> Option<i128> {
    match api.bare(ty) {
        Type::DateTime | Type::CivilDateTime | Type::Date | Type::Time => api.moment(ty, json),
        Type::Integer | Type::Unsigned => json.spelling()?.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begins(items: &[i128], given: i128, is_inclusive: bool) -> Option<u64> {
        let folder = tempfile::tempdir().unwrap();
        let described = "codegen: 1\nname: a\nenvironments: {live: \"https://a.example\"}\n";
        std::fs::write(folder.path().join("api.yaml"), described).unwrap();
        std::fs::write(folder.path().join("b.yaml"), "operations: {c: {http: GET /c}}\n").unwrap();
        let api = codegen::load(folder.path()).unwrap_or_else(|failure| panic!("{failure}"));
        let given = Given::text(given.to_string());
        let mut sought = Sought::new(&api, &Type::Integer, &given, is_inclusive);
        for (at, item) in (0..).zip(items) {
            if !sought.passes(at, &Json::Number(item.to_string())) {
                break;
            }
        }
        sought.begins(items.len() as u64)
    }

    #[test]
    fn a_page_begins_behind_what_is_named_or_with_it() {
        assert_eq!((begins(&[1, 2, 2, 3], 2, false), begins(&[1, 2, 2, 3], 2, true)), (Some(3), Some(1)));
        assert_eq!((begins(&[1, 3], 2, false), begins(&[1, 3], 2, true)), (Some(1), Some(1)));
        assert_eq!((begins(&[3, 1], 2, false), begins(&[3, 2, 1], 2, true)), (Some(1), Some(1)));
        assert_eq!(
            (begins(&[1, 3], 9, false), begins(&[1, 3], 0, false), begins(&[], 5, true)),
            (Some(2), Some(0), Some(0))
        );
    }
}
