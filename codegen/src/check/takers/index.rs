//! Errors by what answers must say to be theirs.
//!
//! Each stands under the rarest of what it is known by, so that what many share leads to few of them.

use std::collections::{BTreeSet, HashMap};

use super::MOST_TOGETHER;
use super::signs::{Field, Sign, Signs, small, statuses};
use crate::ir::TemplatePart;

/// What leads to an error by its codes. Codes and those within them are no pairs here, of which there could be millions.
#[derive(PartialEq, Eq, Hash, Clone, Copy)]
enum Lead<'a> {
    Code(Sign<'a>),
    /// Where any code will do, or where codes are shared by more.
    Subcode(Sign<'a>),
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
    /// It has the text of this number somewhere.
    Holds(usize),
}

/// The places of errors by what answers must say to be theirs.
#[derive(Default)]
pub(super) struct Index<'a> {
    /// How many have each of what leads to them.
    leads: HashMap<Lead<'a>, usize>,
    clues: HashMap<Clue, usize>,
    /// Those that are known by their codes, or by a field alone.
    coded: HashMap<(Lead<'a>, Option<Field>), Vec<usize>>,
    /// How long that is which codes begin with, and those within them.
    lengths: [BTreeSet<usize>; 2],
    /// Those of which nothing but the status is known.
    statuses: HashMap<Option<u16>, Vec<usize>>,
    /// Those that are known by their messages.
    messages: HashMap<Option<Field>, Messages>,
}

/// The places of errors by their messages.
#[derive(Default)]
struct Messages {
    /// Those with one that has no holes.
    texts: HashMap<String, Vec<usize>>,
    /// Those with one that begins with a text.
    begins: Begins,
    /// Those with one that ends with a text, all of which are read backwards.
    ends: Begins,
    /// Those with one that has a text somewhere, by its number.
    holds: HashMap<usize, Vec<usize>>,
}

impl<'a> Index<'a> {
    /// An empty one, for these errors.
    pub(super) fn of<'s: 'a>(errors: impl Iterator<Item = &'a Signs<'s>>) -> Self {
        let mut index = Self::default();
        for error in errors {
            for lead in codes(error).chain(subcodes(error)) {
                *index.leads.entry(lead).or_default() += 1;
                if let Lead::Code(Sign::Begins(start)) | Lead::Subcode(Sign::Begins(start)) = lead {
                    let [of_codes, of_subcodes] = &mut index.lengths;
                    let lengths = if matches!(lead, Lead::Code(_)) { of_codes } else { of_subcodes };
                    lengths.insert(start.len());
                }
            }
            for clue in (0..error.error.messages.len()).flat_map(|at| clues(error, at)) {
                *index.clues.entry(clue).or_default() += 1;
            }
        }
        index
    }

    /// Takes one up, which stands at this place.
    pub(super) fn put<'s: 'a>(&mut self, at: usize, error: &'a Signs<'s>) {
        let (leads, sharing) = self.leads_to(error);
        let messages = 0..error.error.messages.len();
        let clues: Vec<(Clue, usize)> = messages.filter_map(|at| self.clue_to(error, at)).collect();
        // What is said in all of many errors tells less than the code of one.
        let is_by_message = match sharing {
            Some(sharing) => clues.iter().map(|(_, count)| *count).max().is_some_and(|count| count <= sharing),
            None => !clues.is_empty(),
        };
        if is_by_message {
            let messages = self.messages.entry(error.field.clone()).or_default();
            return clues.into_iter().for_each(|(clue, _)| messages.put(at, clue));
        }
        for lead in leads {
            if (lead, &error.field) != (Lead::Any, &None) {
                self.coded.entry((lead, error.field.clone())).or_default().push(at);
                continue;
            }
            for status in statuses(error.error) {
                self.statuses.entry(status).or_default().push(at);
            }
        }
    }

    /// All its codes, or all those within them: what takes an answer has its code, and what takes all of an error's has
    /// all of its codes. With how many errors have the rarest of them.
    fn leads_to<'s: 'a>(&self, error: &'a Signs<'s>) -> (Vec<Lead<'a>>, Option<usize>) {
        let rarest = |leads: &[Lead<'a>]| leads.iter().filter_map(|lead| self.leads.get(lead)).min().copied();
        let both: [Vec<Lead<'a>>; 2] = [codes(error).collect(), subcodes(error).collect()];
        let said = both.into_iter().filter(|leads| !leads.is_empty());
        let found = said.map(|leads| (rarest(&leads), leads)).min_by_key(|(count, _)| *count);
        found.map_or((vec![Lead::Any], None), |(count, leads)| (leads, count))
    }

    /// The rarest clue to the message at a place, with how many errors have it.
    fn clue_to(&self, error: &Signs<'_>, at: usize) -> Option<(Clue, usize)> {
        let count = |clue: &Clue| self.clues.get(clue).copied().unwrap_or_default();
        let all = clues(error, at).into_iter();
        all.map(|clue| (count(&clue), clue)).min_by_key(|(count, _)| *count).map(|(count, clue)| (clue, count))
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
        let coded = |leads: Vec<Lead<'a>>| {
            let all = leads.into_iter().flat_map(|lead| fields.iter().map(move |field| (lead, field.clone())));
            all.filter_map(|key| self.coded.get(&key)).map(Vec::as_slice).collect::<Group<'_>>()
        };
        let of = |signs: Vec<Sign<'a>>, lead: fn(Sign<'a>) -> Lead<'a>| coded(signs.into_iter().map(lead).collect());
        let of_status = |status: Option<u16>| self.statuses.get(&status).map(Vec::as_slice).into_iter().collect();
        let by_message = |(text, within): (&String, &Vec<usize>)| {
            let messages = fields.iter().filter_map(|field| self.messages.get(field));
            messages.flat_map(|messages| messages.of(&small(text), within)).collect()
        };
        let [of_codes, of_subcodes] = &self.lengths;
        [
            error.codes.taken_by(of_codes).map(|signs| of(signs, Lead::Code)).collect(),
            error.subcodes.taken_by(of_subcodes).map(|signs| of(signs, Lead::Subcode)).collect(),
            vec![coded(vec![Lead::Any])],
            vec![of_status(None)],
            error.error.statuses.iter().map(|status| of_status(Some(*status))).collect(),
            error.texts.iter().zip(&error.within).map(by_message).collect(),
        ]
    }
}

impl Messages {
    fn put(&mut self, at: usize, clue: Clue) {
        match clue {
            Clue::Text(text) => self.texts.entry(text).or_default().push(at),
            Clue::Begins(text) => self.begins.put(text, at),
            Clue::Ends(text) => self.ends.put(text, at),
            Clue::Holds(number) => self.holds.entry(number).or_default().push(at),
        }
    }

    /// Those with one that may be a text, in which those of these numbers stand.
    fn of(&self, text: &str, within: &[usize]) -> Group<'_> {
        let mut found: Group<'_> = self.texts.get(text).map(Vec::as_slice).into_iter().collect();
        found.extend(self.begins.of(text));
        found.extend(self.ends.of(&backwards(text)));
        found.extend(within.iter().filter_map(|number| self.holds.get(number)).map(Vec::as_slice));
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
    error.codes.signs().map(Lead::Code)
}

fn subcodes<'e>(error: &'e Signs<'_>) -> impl Iterator<Item = Lead<'e>> {
    error.subcodes.signs().map(Lead::Subcode)
}

/// All that leads to an error by one of its messages: any of it is enough.
fn clues(error: &Signs<'_>, at: usize) -> Vec<Clue> {
    let may_go_on = error.error.matching.prefix;
    let parts = error.error.messages.get(at).map(|message| message.parts.as_slice()).unwrap_or_default();
    if let ([TemplatePart::Text(text)], false) = (parts, may_go_on) {
        return vec![Clue::Text(small(text))];
    }
    let mut clues = Vec::new();
    if let [TemplatePart::Text(text), ..] = parts {
        clues.push(Clue::Begins(small(text)));
    }
    if let ([.., TemplatePart::Text(text)], false) = (parts, may_go_on) {
        clues.push(Clue::Ends(backwards(&small(text))));
    }
    clues.extend(error.longest.get(at).copied().flatten().map(Clue::Holds));
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

fn backwards(text: &str) -> String {
    text.chars().rev().collect()
}
