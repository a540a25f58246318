//! Objects that are made when they are asked for: a million of them take no more memory than one.

use std::ops::Range;

use codegen::ir::{Collection, Hole, Json, MemberPart, MemberValue, Synthesis};

use crate::random::{self, Draw};
use crate::received::Given;
use crate::store::{Wanted, same};
use crate::time;
use crate::types::{Kind, Types};

/// Objects that differ only by their numbers.
#[derive(Debug)]
pub(crate) struct Synthetic {
    collection: String,
    seed: u64,
    first_serial: u64,
    first_number: i64,
    count: u64,
    members: Vec<(String, Pattern)>,
}

/// What a member of each of them is.
#[derive(Debug)]
enum Pattern {
    Constant(Json),
    Varying(Vec<Part>, Kind),
}

/// A piece of a text.
#[derive(Debug)]
enum Part {
    Text(String),
    Number,
    Uuid,
    Token(usize),
}

/// Which of them have the members that are wanted: it is all, none or one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    All,
    None,
    /// The one with this serial number.
    One(u64),
}

impl Synthetic {
    /// So many; the first of them has these serial and own numbers.
    pub(crate) fn new(
        collection: &Collection,
        synthesis: &Synthesis,
        count: u64,
        (first_serial, first_number): (u64, i64),
        types: &Types,
        (seed, now): (u64, i64),
    ) -> Self {
        let pattern = |name: &str, value: &MemberValue| {
            let kind = types.kind(name).unwrap_or(Kind::Any);
            match value {
                MemberValue::Literal(written) => Pattern::Constant(kind.literal(&written.json)),
                MemberValue::Text(parts, _) => Pattern::of(parts.iter().map(|part| Part::of(part, now)), kind),
            }
        };
        let mut members: Vec<_> = synthesis
            .item
            .iter()
            .map(|member| (member.name.value.clone(), pattern(&member.name, &member.value)))
            .collect();
        let key = collection.key.value.as_str();
        if !key.is_empty() && !members.iter().any(|(name, _)| name == key) {
            let kind = types.kind(key).filter(|kind| *kind != Kind::Any).unwrap_or(Kind::Integer);
            members.insert(0, (key.to_owned(), Pattern::Varying(vec![Part::Number], kind)));
        }
        // Every number must be one, whatever was asked for.
        let count = count.min(i64::MAX.abs_diff(first_number).min(u64::MAX - first_serial));
        Self { collection: collection.name.clone(), seed, first_serial, first_number, count, members }
    }

    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// Whether a member is the same in all of them.
    pub(crate) fn is_same(&self, name: &str) -> bool {
        !self.members.iter().any(|(member, pattern)| member == name && matches!(pattern, Pattern::Varying(..)))
    }

    /// The serial numbers of them all.
    pub(crate) fn serials(&self) -> Range<u64> {
        self.first_serial..self.first_serial.saturating_add(self.count)
    }

    /// The object of a serial number.
    pub(crate) fn object(&self, serial: u64) -> Option<Json> {
        self.serials().contains(&serial).then(|| {
            let value = |(name, pattern): &(String, Pattern)| (name.clone(), self.value(name, pattern, serial));
            Json::Object(self.members.iter().map(value).collect())
        })
    }

    /// Which of them have these members.
    pub(crate) fn fit(&self, wanted: &[Wanted]) -> Fit {
        let mut fit = if self.count == 0 { Fit::None } else { Fit::All };
        for (name, value) in wanted {
            let of_one = match self.members.iter().find(|(member, _)| member == name) {
                Some((_, Pattern::Constant(constant))) if same(constant, value) => Fit::All,
                Some((_, Pattern::Varying(parts, _))) => self.one(name, parts, value),
                Some((_, Pattern::Constant(_))) | None => Fit::None,
            };
            fit = match (fit, of_one) {
                (fit, Fit::All) | (Fit::All, fit) => fit,
                (Fit::One(one), Fit::One(other)) if one == other => Fit::One(one),
                _ => Fit::None,
            };
        }
        fit
    }

    fn one(&self, name: &str, parts: &[Part], value: &Json) -> Fit {
        let serial = value.spelling().and_then(|text| number(parts, text)).and_then(|number| {
            let position = u64::try_from(number.checked_sub(self.first_number)?).ok()?;
            self.first_serial.checked_add(position)
        });
        let pattern = self.members.iter().find(|(member, _)| member == name).map(|(_, pattern)| pattern);
        match (serial.filter(|serial| self.serials().contains(serial)), pattern) {
            (Some(serial), Some(pattern)) if same(&self.value(name, pattern, serial), value) => Fit::One(serial),
            _ => Fit::None,
        }
    }

    fn value(&self, name: &str, pattern: &Pattern, serial: u64) -> Json {
        let (parts, kind) = match pattern {
            Pattern::Constant(json) => return json.clone(),
            Pattern::Varying(parts, kind) => (parts, kind),
        };
        let number = self.first_number.saturating_add_unsigned(serial.saturating_sub(self.first_serial));
        let draw = Draw { seed: self.seed, collection: &self.collection, member: name, number };
        let text = parts.iter().map(|part| match part {
            Part::Text(text) => text.clone(),
            Part::Number => number.to_string(),
            Part::Uuid => draw.uuid(),
            Part::Token(digits) => draw.token(*digits),
        });
        kind.value(&Given::text(text.collect()))
    }
}

impl Pattern {
    /// What varies, or the text that is the same in all.
    fn of(parts: impl Iterator<Item = Part>, kind: Kind) -> Self {
        let parts: Vec<Part> = parts.collect();
        let texts: Option<String> =
            parts.iter().map(|part| if let Part::Text(text) = part { Some(text.as_str()) } else { None }).collect();
        match texts {
            Some(text) => Self::Constant(kind.value(&Given::text(text))),
            None => Self::Varying(parts, kind),
        }
    }
}

impl Part {
    fn of(part: &MemberPart, now: i64) -> Self {
        match part {
            MemberPart::Text(text) => Self::Text(text.clone()),
            MemberPart::Hole(hole) => match &hole.value {
                Hole::Next => Self::Number,
                Hole::Uuid => Self::Uuid,
                Hole::Token(digits) => Self::Token(*digits),
                Hole::Now(format) => Self::Text(time::text(now, format)),
                // Where nothing is called, there is neither.
                Hole::Parameter(_) | Hole::Within(..) | Hole::Member(_) | Hole::Time(..) => Self::Text(String::new()),
            },
        }
    }
}

/// The number of the object that has this text, if one has it: the first that the text says.
fn number(parts: &[Part], text: &str) -> Option<i64> {
    let mut rest = text;
    for (at, part) in parts.iter().enumerate() {
        match part {
            Part::Text(text) => rest = rest.strip_prefix(text.as_str())?,
            Part::Uuid => return random::number_of(rest.get(..36)?),
            Part::Token(digits) => return random::number_of(rest.get(..*digits)?),
            Part::Number => {
                let after: Option<String> = parts[at + 1..]
                    .iter()
                    .map(|part| if let Part::Text(text) = part { Some(text.as_str()) } else { None })
                    .collect();
                let digits = match after {
                    Some(after) => rest.strip_suffix(after.as_str())?,
                    None => &rest[..rest.find(|character: char| !character.is_ascii_digit()).unwrap_or(rest.len())],
                };
                return digits.parse().ok();
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Part {
        Part::Text(text.to_owned())
    }

    fn synthetic(members: Vec<(&str, Vec<Part>, Kind)>) -> Synthetic {
        let members =
            members.into_iter().map(|(name, parts, kind)| (name.to_owned(), Pattern::of(parts.into_iter(), kind)));
        let members = members.collect();
        Synthetic { collection: "users".into(), seed: 0, first_serial: 2, first_number: 3, count: 1_000_000, members }
    }

    fn wanted(name: &str, text: &str) -> Wanted {
        (name.to_owned(), Json::String(text.to_owned()))
    }

    #[test]
    fn every_object_is_found_by_what_makes_it_one() {
        let made = synthetic(vec![
            ("id", vec![Part::Number], Kind::Integer),
            ("email", vec![text("user"), Part::Number, text("0@x.test")], Kind::Text),
            ("uuid", vec![Part::Uuid], Kind::Text),
            ("code", vec![text("A"), Part::Token(16), text("/"), Part::Number], Kind::Text),
            ("two", vec![Part::Number, text("-"), Part::Uuid], Kind::Text),
            ("role", vec![text("teacher")], Kind::Text),
        ]);
        for serial in [2, 3, 500_000, 1_000_001] {
            let Some(Json::Object(members)) = made.object(serial) else { panic!("{serial}") };
            for (name, value) in &members {
                let expected = if name == "role" { Fit::All } else { Fit::One(serial) };
                assert_eq!(made.fit(&[(name.clone(), value.clone())]), expected, "{name}");
            }
            assert_eq!(made.fit(&members), Fit::One(serial));
        }
        assert_eq!((made.object(1), made.object(1_000_002)), (None, None));
    }

    #[test]
    fn what_no_object_has_is_not_found() {
        let made = synthetic(vec![
            ("id", vec![Part::Number], Kind::Integer),
            ("email", vec![text("user"), Part::Number, text("@x.test")], Kind::Text),
            ("role", vec![text("teacher")], Kind::Text),
        ]);
        for (name, value) in
            [("id", "2"), ("id", "1000003"), ("id", "03"), ("email", "user+5@x.test"), ("role", "proctor"), ("x", "1")]
        {
            assert_eq!(made.fit(&[wanted(name, value)]), Fit::None, "{name}: {value}");
        }
        assert_eq!(made.fit(&[wanted("id", "5"), wanted("email", "user6@x.test")]), Fit::None);
        assert_eq!(made.fit(&[]), Fit::All);
    }
}
