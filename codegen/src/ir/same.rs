//! When two values are the same: one answer for the checks and the mock server.

use std::collections::HashSet;
use std::ops::Deref;

use super::number::{Amount, amount};
use super::{Api, EnumKind, Form, IdKind, Json, Shape, Spelling, Type};
use crate::source::Spanned;

/// What values of a type are the same by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By<'a> {
    /// By how they are sent: `1.0` is not `1`.
    AsSent,
    /// By what they amount to as numbers: 1.0 is 1.
    Amount,
    /// By the moment that they tell, at whatever offset.
    Moment(&'a Spelling),
}

/// What a value stands for; values that stand for the same are equal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Worth<'j> {
    /// A text, or a number that is sent like this.
    AsSent(&'j str),
    /// A number.
    Amount(Amount),
    /// A moment, in nanoseconds since 1970.
    Moment(i128),
    /// What has parts, with its members in the order of their names.
    Parts(String),
}

/// Texts, numbers or moments of a list; texts and numbers are found at once however many they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    all: Vec<Spanned<String>>,
    texts: HashSet<String>,
    amounts: HashSet<Amount>,
}

impl Api {
    /// What values of a type are the same by; of a list, its items.
    pub fn same_by<'a>(&'a self, ty: &'a Type) -> By<'a> {
        match self.bare(ty) {
            Type::List(item) if !matches!(self.bare(item), Type::List(_)) => self.same_by(item),
            Type::DateTime => match self.form(ty) {
                Some(Form::Moments(_, write)) => By::Moment(write),
                _ => By::Moment(&Spelling::Iso),
            },
            _ if self.is_number(ty) => By::Amount,
            _ => By::AsSent,
        }
    }

    /// Whether values of a type are numbers, and nothing but numbers, however they are spelled.
    pub fn is_number(&self, ty: &Type) -> bool {
        match self.bare(ty) {
            Type::Integer | Type::Unsigned | Type::Decimal => true,
            named => matches!(
                self.shape(named),
                Some(Shape::Id(IdKind::Integer | IdKind::Unsigned) | Shape::Enum(_, EnumKind::Integer))
            ),
        }
    }
}

impl By<'_> {
    /// What a text stands for; what should be a number or a moment and is none is itself.
    pub fn worth(self, text: &str) -> Worth<'_> {
        match self {
            Self::AsSent => Worth::AsSent(text),
            Self::Amount => amount(text).map_or(Worth::AsSent(text), Worth::Amount),
            Self::Moment(spelling) => spelling.moment(text, &Type::DateTime).map_or(Worth::AsSent(text), Worth::Moment),
        }
    }

    /// What a value stands for.
    pub fn of(self, value: &Json) -> Worth<'_> {
        value.spelling().map_or_else(|| Worth::Parts(sorted(value)), |text| self.worth(text))
    }

    /// Whether two items of a list are the same.
    pub(super) fn repeats(self, items: &[Json]) -> bool {
        items.iter().map(|item| self.of(item)).collect::<HashSet<_>>().len() < items.len()
    }
}

/// A value in words, in which the order of members makes no difference.
fn sorted(value: &Json) -> String {
    let mut out = String::new();
    write_sorted(value, &mut out);
    out
}

/// All goes into one text: what is within a value is not written again for each level around it.
fn write_sorted(value: &Json, out: &mut String) {
    match value {
        Json::Array(items) => {
            out.push('[');
            for item in items {
                write_sorted(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Json::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| name);
            out.push('{');
            for (name, value) in members {
                out.push_str(&format!("{name:?}:"));
                write_sorted(value, out);
                out.push(',');
            }
            out.push('}');
        }
        single => out.push_str(&format!("{single:?}")),
    }
}

impl Words {
    /// Whether one of them is the same as a text.
    pub fn have(&self, by: By<'_>, text: &str) -> bool {
        match by.worth(text) {
            Worth::Amount(amount) => self.amounts.contains(&amount),
            moment @ Worth::Moment(_) => self.all.iter().any(|word| by.worth(word) == moment),
            Worth::AsSent(_) | Worth::Parts(_) => self.texts.contains(text),
        }
    }
}

impl From<Vec<Spanned<String>>> for Words {
    fn from(all: Vec<Spanned<String>>) -> Self {
        let texts = all.iter().map(|word| word.value.clone()).collect();
        Self { texts, amounts: all.iter().filter_map(|word| amount(word)).collect(), all }
    }
}

impl Deref for Words {
    type Target = [Spanned<String>];

    fn deref(&self) -> &Self::Target {
        &self.all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn only_numbers_are_the_same_by_what_they_amount_to() {
        let text = |text: &str| Json::String(text.to_owned());
        let is_same = |by: By, one: &str, other: &str| by.of(&text(one)) == by.of(&text(other));
        for (one, other) in [("1.1", "1.10"), ("7", "007"), ("2.0", "20e-1")] {
            assert!(is_same(By::Amount, one, other) && !is_same(By::AsSent, one, other), "{one} {other}");
            let words = Words::from(vec![Spanned { value: one.to_owned(), span: Span::default() }]);
            assert!(words.have(By::Amount, other) && !words.have(By::AsSent, other) && words.have(By::AsSent, one));
        }
        assert!(is_same(By::Amount, "x", "x") && !is_same(By::Amount, "1", "1.01"));
        // However it came: a query has texts only.
        assert_eq!(By::Amount.of(&Json::Number("1".into())), By::Amount.of(&text("1.0")));
    }

    #[test]
    fn the_order_of_members_makes_no_difference() {
        let object = |names: [&str; 2]| Json::Object(names.map(|name| (name.to_owned(), Json::Null)).to_vec());
        assert_eq!(By::AsSent.of(&object(["a", "b"])), By::AsSent.of(&object(["b", "a"])));
        assert!(By::AsSent.repeats(&[object(["a", "b"]), object(["b", "a"])]));
        assert!(!By::AsSent.repeats(&[object(["a", "b"]), object(["b", "c"])]));
    }

    #[test]
    fn what_is_deep_is_written_once() {
        let text = |text: &str| Json::String(text.to_owned());
        let deep = (0..128).fold(text("\"x\""), |within, _| Json::Array(vec![within]));
        assert!(sorted(&deep).len() < 1_000);
        let object = |members: &[(&str, &str)]| {
            Json::Object(members.iter().map(|(name, value)| ((*name).to_owned(), text(value))).collect())
        };
        assert_eq!(sorted(&object(&[("a", "1"), ("b", "2")])), sorted(&object(&[("b", "2"), ("a", "1")])));
        assert_ne!(sorted(&object(&[("a", "1")])), sorted(&object(&[("a", "2")])));
    }
}
