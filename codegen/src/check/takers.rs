//! Which errors take answers of which others.
//!
//! Each error is compared with those alone that are tried before it and that its codes, its field or its messages lead to.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::ir::{ErrorCase, ErrorId, Matching, Template, TemplatePart, UNWRITTEN, code_key};

/// The most answers of an error that are looked at one by one.
const MOST_ANSWERS: usize = 1024;

/// The most errors of which each takes some answers of another that are looked at together.
const MOST_TOGETHER: usize = 256;

/// All errors, by what they are known by.
pub(super) struct Takers<'a>(Vec<Signs<'a>>);

/// Which answers of an error another takes.
enum Takes {
    All,
    /// Those of which status, code, subcode and message.
    Some([Vec<bool>; 4]),
}

impl<'a> Takers<'a> {
    pub(super) fn of(errors: &'a [ErrorCase]) -> Self {
        Self(errors.iter().map(Signs::of).collect())
    }

    /// Those of an operation that others before them leave nothing of, and which: the first that takes all, or several.
    pub(super) fn hidden(&self, tried: &[ErrorId]) -> Vec<(ErrorId, Vec<ErrorId>)> {
        let mut index = Index::default();
        let (mut seen, mut hidden) = (HashSet::new(), Vec::new());
        for (place, id) in tried.iter().enumerate() {
            let Some(error) = self.0.get(id.0).filter(|_| seen.insert(*id)) else { continue };
            let before = index.takers_of(error).into_iter().filter_map(|place| tried.get(place));
            match hiding(before.filter_map(|id| Some((*id, self.0.get(id.0)?))), error) {
                Some(takers) => hidden.push((*id, takers)),
                // What never arrives takes nothing from those behind it.
                None => index.put(place, error),
            }
        }
        hidden
    }

    /// Whether one takes all answers of another by itself.
    pub(super) fn takes_all(&self, taker: ErrorId, id: ErrorId) -> bool {
        let (taker, error) = (self.0.get(taker.0), self.0.get(id.0));
        taker.zip(error).is_some_and(|(taker, error)| matches!(taken(taker, error), Some(Takes::All)))
    }
}

/// Which of these leave nothing of an error, if they do.
fn hiding<'a>(before: impl Iterator<Item = (ErrorId, &'a Signs<'a>)>, error: &Signs<'_>) -> Option<Vec<ErrorId>> {
    let mut takers = Vec::new();
    for (id, other) in before {
        match taken(other, error) {
            Some(Takes::All) => return Some(vec![id]),
            Some(Takes::Some(takes)) if takers.len() < MOST_TOGETHER => takers.push((id, takes)),
            Some(Takes::Some(_)) | None => {}
        }
    }
    let error = error.error;
    let counts = [error.statuses.len(), error.codes.len(), error.subcodes.len(), error.messages.len()];
    let counts = counts.map(|count| count.max(1));
    let count = counts.iter().try_fold(1usize, |product, count| product.checked_mul(*count));
    let count = count.filter(|count| *count <= MOST_ANSWERS && takers.len() > 1)?;
    let mut found = Vec::new();
    for answer in 0..count {
        let mut rest = answer;
        let places = counts.map(|count| {
            let place = rest % count;
            rest /= count;
            place
        });
        let has = |takes: &[Vec<bool>; 4]| takes.iter().zip(places).all(|(it, place)| it.get(place) == Some(&true));
        let (taker, _) = takers.iter().find(|(_, takes)| has(takes))?;
        if !found.contains(taker) {
            found.push(*taker);
        }
    }
    Some(found)
}

/// What an error is known by, in forms that can be looked up.
struct Signs<'a> {
    error: &'a ErrorCase,
    codes: Codes<'a>,
    subcodes: Codes<'a>,
    field: Option<Field>,
    /// Its messages as answers may have them.
    texts: Vec<String>,
}

/// Codes as they are compared.
struct Codes<'a> {
    /// In the order of the spec.
    keys: Vec<String>,
    known: HashSet<String>,
    /// What those begin with that end in `*`.
    begins: Vec<&'a str>,
}

/// The name of a field, or any of some form.
#[derive(PartialEq, Eq, Hash, Clone)]
enum Field {
    Named(String),
    Formed,
}

impl<'a> Signs<'a> {
    fn of(error: &'a ErrorCase) -> Self {
        let field = error.field.as_ref().map(|field| match field.parts.as_slice() {
            [TemplatePart::Text(name)] => Field::Named(name.clone()),
            _ => Field::Formed,
        });
        let texts = error.messages.iter().map(|message| message.filled(|_| UNWRITTEN.to_owned()));
        Self {
            error,
            codes: Codes::of(&error.codes),
            subcodes: Codes::of(&error.subcodes),
            field,
            texts: texts.collect(),
        }
    }
}

impl<'a> Codes<'a> {
    fn of(codes: &'a [String]) -> Self {
        let keys: Vec<String> = codes.iter().map(|code| code_key(code)).collect();
        Self {
            known: keys.iter().cloned().collect(),
            keys,
            begins: codes.iter().filter_map(|code| code.strip_suffix('*')).collect(),
        }
    }

    /// Whether it takes more than it names.
    fn is_open(&self) -> bool {
        self.keys.is_empty() || !self.begins.is_empty()
    }

    /// Which codes of an error are among these; none of an error that has none.
    fn take(&self, all: &[String], codes: &Codes<'_>) -> Vec<bool> {
        if self.keys.is_empty() {
            return vec![true; codes.keys.len().max(1)];
        }
        let takes = |(code, key): (&String, &String)| {
            self.known.contains(key) || self.begins.iter().any(|start| code.starts_with(start))
        };
        all.iter().zip(&codes.keys).map(takes).collect()
    }
}

/// What leads to an error without messages. Codes and those within them are no pairs here, of which there could be millions.
#[derive(PartialEq, Eq, Hash, Clone, Copy)]
enum Lead<'a> {
    Code(&'a str),
    /// Where any code will do.
    Subcode(&'a str),
    Any,
}

impl<'a> Lead<'a> {
    /// What leads to an error.
    fn to(error: &'a Signs<'_>) -> Vec<Self> {
        match (error.codes.is_open(), error.subcodes.is_open()) {
            (false, _) => error.codes.keys.iter().map(|key| Self::Code(key)).collect(),
            (true, false) => error.subcodes.keys.iter().map(|key| Self::Subcode(key)).collect(),
            (true, true) => vec![Self::Any],
        }
    }

    /// What leads from an error to those that may take its answers.
    fn from(error: &'a Signs<'_>) -> impl Iterator<Item = Self> {
        let codes = error.codes.keys.iter().map(|key| Self::Code(key));
        codes.chain(error.subcodes.keys.iter().map(|key| Self::Subcode(key))).chain([Self::Any])
    }
}

/// The places of errors by what answers must say to be theirs.
#[derive(Default)]
struct Index<'a> {
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
    /// Those with a message that begins and ends with a hole.
    holds: Begins,
}

impl<'a> Index<'a> {
    fn put(&mut self, at: usize, error: &'a Signs<'_>) {
        match error.error.messages.is_empty() {
            true => self.put_bare(at, error),
            false => error.error.messages.iter().for_each(|message| {
                self.put_message(at, message, error.error.matching);
            }),
        }
    }

    fn put_bare(&mut self, at: usize, error: &'a Signs<'_>) {
        for lead in Lead::to(error) {
            if (lead, &error.field) != (Lead::Any, &None) {
                self.bare.entry((lead, error.field.clone())).or_default().push(at);
                continue;
            }
            for status in statuses(error.error) {
                self.statuses.entry(status).or_default().push(at);
            }
        }
    }

    fn put_message(&mut self, at: usize, message: &Template, how: Matching) {
        match (message.parts.as_slice(), how.prefix) {
            ([TemplatePart::Text(text)], false) => self.texts.entry(small(text)).or_default().push(at),
            ([TemplatePart::Text(text), ..], _) => self.begins.put(small(text), at),
            ([.., TemplatePart::Text(text)], false) => self.ends.put(backwards(&small(text)), at),
            (parts, _) => self.holds.put(small(longest(parts)), at),
        }
    }

    /// All that may take an answer of this error, each once and in their order.
    fn takers_of(&self, error: &Signs<'_>) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        let mut fields = vec![None];
        if let Some(field) = &error.field {
            fields.push(Some(Field::Formed));
            fields.extend((*field != Field::Formed).then(|| Some(field.clone())));
        }
        for lead in Lead::from(error) {
            let of = |field: &Option<Field>| self.bare.get(&(lead, field.clone()));
            found.extend(fields.iter().filter_map(of).flatten());
        }
        for status in std::iter::once(None).chain(error.error.statuses.iter().copied().map(Some)) {
            found.extend(self.statuses.get(&status).into_iter().flatten());
        }
        for text in &error.texts {
            let text = small(text);
            found.extend(self.texts.get(&text).into_iter().flatten());
            found.extend(self.begins.of(&text));
            found.extend(self.ends.of(&backwards(&text)));
            for at in 0..=text.len() {
                found.extend(text.get(at..).into_iter().flat_map(|text| self.holds.of(text)));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn statuses(error: &ErrorCase) -> Vec<Option<u16>> {
    if error.statuses.is_empty() { vec![None] } else { error.statuses.iter().copied().map(Some).collect() }
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

    fn of<'s>(&'s self, text: &'s str) -> impl Iterator<Item = &'s usize> {
        let starts = self.lengths.range(..=text.len()).filter_map(|length| text.get(..*length));
        starts.filter_map(|start| self.known.get(start)).flatten()
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

/// What of an error another takes, if it takes anything.
fn taken(taker: &Signs<'_>, error: &Signs<'_>) -> Option<Takes> {
    let of_status = |status: Option<u16>| {
        taker.error.statuses.is_empty() || status.is_some_and(|status| taker.error.statuses.contains(&status))
    };
    let takes = [
        statuses(error.error).into_iter().map(of_status).collect(),
        taker.codes.take(&error.error.codes, &error.codes),
        taker.subcodes.take(&error.error.subcodes, &error.subcodes),
        messages(taker.error, error),
    ];
    let is_any = takes.iter().all(|list: &Vec<bool>| list.contains(&true)) && takes_field(taker.error, error.error);
    let is_all = takes.iter().flatten().all(|takes| *takes);
    is_any.then_some(if is_all { Takes::All } else { Takes::Some(takes) })
}

/// A message by itself is not that of a field; anything else may be.
fn takes_field(taker: &ErrorCase, error: &ErrorCase) -> bool {
    match (&taker.field, &error.field) {
        (None, None) => true,
        (None, Some(_)) => taker.messages.is_empty() || !taker.codes.is_empty() || !taker.subcodes.is_empty(),
        (Some(taker), Some(field)) => {
            let field = field.filled(|_| UNWRITTEN.into());
            let held = taker.find(&field, Matching::default());
            // A hole in a field holds one name.
            held.is_some_and(|held| held.iter().all(|name| !name.is_empty() && !name.contains('.')))
        }
        (Some(_), None) => false,
    }
}

/// Which messages of an error are some that the taker takes.
fn messages(taker: &ErrorCase, error: &Signs<'_>) -> Vec<bool> {
    if taker.messages.is_empty() {
        return vec![true; error.texts.len().max(1)];
    }
    let (own, how) = (error.error.matching, taker.matching);
    // Who minds the case takes nothing from who does not.
    let is_narrower = own.any_case && !how.any_case || own.prefix && !how.prefix;
    // Where even a text that nobody writes is taken for what a hole holds, any other is.
    let takes = |text: &String| !is_narrower && taker.messages.iter().any(|taken| taken.find(text, how).is_some());
    error.texts.iter().map(takes).collect()
}

#[cfg(test)]
mod tests;
