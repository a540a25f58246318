//! Errors by what answers must say to be theirs.
//!
//! Each stands under the rarest of what it is known by, so that what many share leads to few of them.

use std::collections::{BTreeSet, HashMap};

use super::MOST_TOGETHER;
use super::signs::{Field, Signs, statuses};
use crate::ir::{Matching, Template, TemplatePart};

/// What leads to an error without messages. Codes and those within them are no pairs here, of which there could be
/// millions.
#[derive(PartialEq, Eq, Hash, Clone, Copy)]
enum Lead<'a> {
    Code(&'a str),
    /// Where any code will do, or where codes are shared by more.
    Subcode(&'a str),
    Any,
}

/// What leads to an error by one of its messages.
#[derive(PartialEq, Eq, Hash, Clone)]
enum Clue {
    /// It is this text.
    Text(String),
    /// It begins with it.
    Begins(String),
    /// It ends with it, read backwards.
    Ends(String),
    /// It has it somewhere.
    Holds(String),
}

/// The places of errors by what answers must say to be theirs.
#[derive(Default)]
pub(super) struct Index<'a> {
    /// How many have each of what leads to them.
    leads: HashMap<Lead<'a>, usize>,
    clues: HashMap<Clue, usize>,
    /// Those without messages.
    bare: HashMap<(Lead<'a>, Option<Field>), Vec<usize>>,
    /// Those of which nothing but the status is known.
    statuses: HashMap<Option<u16>, Vec<usize>>,
    /// Those with a message that has no holes.
    texts: HashMap<String, Vec<usize>>,
    /// Those with a message that begins with a text.
    begins: Begins,
    /// Those with a message that ends with a text, all of which are read backwards.
    ends: Begins,
    /// Those with a message that has a text somewhere.
    holds: Begins,
}

impl<'a> Index<'a> {
    /// An empty one, for these errors.
    pub(super) fn of<'s: 'a>(errors: impl Iterator<Item = &'a Signs<'s>>) -> Self {
        let mut index = Self::default();
        for error in errors {
            for lead in codes(error).chain(subcodes(error)) {
                *index.leads.entry(lead).or_default() += 1;
            }
            for message in &error.error.messages {
                for clue in clues(message, error.error.matching) {
                    *index.clues.entry(clue).or_default() += 1;
                }
            }
        }
        index
    }

    /// Takes one up, which stands at this place.
    pub(super) fn put<'s: 'a>(&mut self, at: usize, error: &'a Signs<'s>) {
        match error.error.messages.is_empty() {
            true => self.put_bare(at, error),
            false => error.error.messages.iter().for_each(|message| {
                self.put_message(at, message, error.error.matching);
            }),
        }
    }

    fn put_bare<'s: 'a>(&mut self, at: usize, error: &'a Signs<'s>) {
        for lead in self.leads_to(error) {
            if (lead, &error.field) != (Lead::Any, &None) {
                self.bare.entry((lead, error.field.clone())).or_default().push(at);
                continue;
            }
            for status in statuses(error.error) {
                self.statuses.entry(status).or_default().push(at);
            }
        }
    }

    /// All its codes, or all those within them: what takes an answer has its code, and what takes all of an error's has
    /// all of its codes.
    fn leads_to<'s: 'a>(&self, error: &'a Signs<'s>) -> Vec<Lead<'a>> {
        let rarest = |leads: Vec<Lead<'a>>| leads.iter().filter_map(|lead| self.leads.get(lead)).min().copied();
        match (error.codes.is_open(), error.subcodes.is_open()) {
            (true, true) => vec![Lead::Any],
            (false, false) if rarest(subcodes(error).collect()) < rarest(codes(error).collect()) => {
                subcodes(error).collect()
            }
            (false, _) => codes(error).collect(),
            (true, false) => subcodes(error).collect(),
        }
    }

    fn put_message(&mut self, at: usize, message: &Template, how: Matching) {
        let rarity = |clue: &Clue| self.clues.get(clue).copied().unwrap_or_default();
        let Some(clue) = clues(message, how).into_iter().min_by_key(rarity) else { return };
        match clue {
            Clue::Text(text) => self.texts.entry(text).or_default().push(at),
            Clue::Begins(text) => self.begins.put(text, at),
            Clue::Ends(text) => self.ends.put(text, at),
            Clue::Holds(text) => self.holds.put(text, at),
        }
    }

    /// Those that may take an answer of this error, each once and in their order: all that may take every one, and the
    /// first of those that may take some.
    pub(super) fn takers_of<'s: 'a>(&self, error: &'a Signs<'s>) -> Vec<usize> {
        let mut found: Vec<usize> = self.ways_to(error).iter().flat_map(|groups| few(groups)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether some answers of this error lead to nothing: where there is but one way to others, its groups must lead to
    /// some each.
    pub(super) fn leaves_some<'s: 'a>(&self, error: &'a Signs<'s>) -> bool {
        let ways = self.ways_to(error);
        let mut open = ways.iter().filter(|groups| groups.iter().any(|group| size(group) > 0));
        match (open.next(), open.next()) {
            (None, _) => true,
            (Some(groups), None) => groups.iter().any(|group| size(group) == 0),
            (Some(_), Some(_)) => false,
        }
    }

    /// All that may take an answer of this error: by its codes, those within them, its statuses and its messages, or by
    /// nothing in particular. Of the groups of a way each has whatever takes all answers.
    fn ways_to<'s: 'a>(&self, error: &'a Signs<'s>) -> [Vec<Group<'_>>; 6] {
        let mut fields = vec![None];
        if let Some(field) = &error.field {
            fields.push(Some(Field::Formed));
            fields.extend((*field != Field::Formed).then(|| Some(field.clone())));
        }
        let bare = |lead: Lead<'a>| {
            let of = |field: &Option<Field>| self.bare.get(&(lead, field.clone()));
            fields.iter().filter_map(of).map(Vec::as_slice).collect::<Group<'_>>()
        };
        let of_status = |status: Option<u16>| self.statuses.get(&status).map(Vec::as_slice).into_iter().collect();
        [
            codes(error).map(bare).collect(),
            subcodes(error).map(bare).collect(),
            vec![bare(Lead::Any)],
            vec![of_status(None)],
            error.error.statuses.iter().map(|status| of_status(Some(*status))).collect(),
            error.texts.iter().map(|text| self.by_message(&small(text))).collect(),
        ]
    }

    /// Those with a message that may be a text.
    fn by_message(&self, text: &str) -> Group<'_> {
        let mut found: Group<'_> = self.texts.get(text).map(Vec::as_slice).into_iter().collect();
        found.extend(self.begins.of(text));
        found.extend(self.ends.of(&backwards(text)));
        for at in 0..=text.len() {
            found.extend(text.get(at..).into_iter().flat_map(|text| self.holds.of(text)));
        }
        found
    }
}

/// The places of errors that one thing leads to, from several lists.
type Group<'i> = Vec<&'i [usize]>;

fn size(group: &Group<'_>) -> usize {
    group.iter().map(|list| list.len()).sum()
}

/// The smallest of the groups whole, and the first of the others.
fn few(groups: &[Group<'_>]) -> Vec<usize> {
    let smallest = groups.iter().enumerate().min_by_key(|(_, group)| size(group)).map(|(at, _)| at);
    let first = |(at, group): (usize, &Group<'_>)| {
        let most = if Some(at) == smallest { usize::MAX } else { MOST_TOGETHER };
        group.iter().flat_map(|list| list.iter().copied()).take(most).collect::<Vec<_>>()
    };
    groups.iter().enumerate().flat_map(first).collect()
}

fn codes<'e>(error: &'e Signs<'_>) -> impl Iterator<Item = Lead<'e>> {
    error.codes.keys.iter().map(|key| Lead::Code(key))
}

fn subcodes<'e>(error: &'e Signs<'_>) -> impl Iterator<Item = Lead<'e>> {
    error.subcodes.keys.iter().map(|key| Lead::Subcode(key))
}

/// All that leads to an error by a message: any of it is enough. To look for what stands between holes takes longest.
fn clues(message: &Template, how: Matching) -> Vec<Clue> {
    let parts = message.parts.as_slice();
    if let ([TemplatePart::Text(text)], false) = (parts, how.prefix) {
        return vec![Clue::Text(small(text))];
    }
    let mut clues = Vec::new();
    if let [TemplatePart::Text(text), ..] = parts {
        clues.push(Clue::Begins(small(text)));
    }
    if let ([.., TemplatePart::Text(text)], false) = (parts, how.prefix) {
        clues.push(Clue::Ends(backwards(&small(text))));
    }
    if clues.is_empty() {
        clues.push(Clue::Holds(small(longest(parts))));
    }
    clues
}

/// Numbers by what a text must begin with.
#[derive(Default)]
struct Begins {
    known: HashMap<String, Vec<usize>>,
    lengths: BTreeSet<usize>,
}

impl Begins {
    fn put(&mut self, start: String, at: usize) {
        self.lengths.insert(start.len());
        self.known.entry(start).or_default().push(at);
    }

    fn of<'s>(&'s self, text: &str) -> Vec<&'s [usize]> {
        let starts = self.lengths.range(..=text.len()).filter_map(|length| text.get(..*length));
        starts.filter_map(|start| self.known.get(start)).map(Vec::as_slice).collect()
    }
}

/// The longest text between holes.
fn longest(parts: &[TemplatePart]) -> &str {
    let texts = parts.iter().filter_map(|part| match part {
        TemplatePart::Text(text) => Some(text.as_str()),
        TemplatePart::Capture(_) => None,
    });
    texts.max_by_key(|text| text.len()).unwrap_or_default()
}

fn small(text: &str) -> String {
    text.to_ascii_lowercase()
}

fn backwards(text: &str) -> String {
    text.chars().rev().collect()
}
