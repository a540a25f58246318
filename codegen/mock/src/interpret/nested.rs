//! Names and texts that a webhook brings, of a form or of a CSV, as the object that the names lead through.

use std::collections::{BTreeSet, HashMap};

use codegen::ir::Json;

/// So many steps a name may have, and so many places all of them may lead through.
const STEPS: usize = 32;
const PLACES: usize = 10_000;

/// Where names lead: a text, or names again.
#[derive(Default)]
struct Place {
    text: Option<String>,
    /// Names, and the indices of the places they lead to, in the order they came.
    inner: Vec<(String, usize)>,
    next: usize,
    /// How the first of them was named: as the next of a list, or by itself.
    first_is_next: bool,
}

/// All places, the object itself first, and what leads from one to another.
struct Places {
    all: Vec<Place>,
    ways: HashMap<(usize, String), usize>,
    free: usize,
    /// A text came to where another is, or to a list that is also named otherwise.
    clash: bool,
}

/// Of what is there twice the first counts; `undivided` are names of members, whatever is in them. With it the members
/// that other orders or spellings of the same would make others of.
pub(super) fn object(
    pairs: impl IntoIterator<Item = (String, String)>,
    undivided: &[&str],
) -> (Json, BTreeSet<String>) {
    let mut places = Places { all: vec![Place::default()], ways: HashMap::new(), free: PLACES, clash: false };
    let mut doubtful = BTreeSet::new();
    for (name, text) in pairs {
        let divided = if undivided.contains(&name.as_str()) { None } else { divided(&name) };
        let has_room = divided.as_ref().is_none_or(|steps| places.new_places(steps) <= places.free);
        let member = divided.as_ref().and_then(|steps| steps.first()).unwrap_or(&name).clone();
        let steps = divided.filter(|_| has_room).unwrap_or_else(|| vec![name]);
        places.clash = !has_room;
        places.put(&steps, text);
        if places.clash {
            doubtful.insert(member);
        }
    }
    (places.value(0, true), doubtful)
}

/// The steps of a name, an empty one for the next of a list; nothing where it is not written like that.
fn divided(name: &str) -> Option<Vec<String>> {
    let mut steps: Vec<String> = vec![String::new()];
    let (mut within, mut after) = (false, false);
    for character in name.chars() {
        match character {
            ']' if within => (within, after) = (false, true),
            '[' if !within => {
                // What is left before it may be empty only behind a bracket.
                steps.last().filter(|step| after || !step.is_empty())?;
                steps.push(String::new());
                (within, after) = (true, false);
            }
            '.' if !within => {
                steps.last().filter(|step| after || !step.is_empty())?;
                steps.push(String::new());
                after = false;
            }
            _ if after => return None,
            other => steps.last_mut()?.push(other),
        }
        if steps.len() > STEPS {
            return None;
        }
    }
    let is_whole = !within && steps.last().is_some_and(|step| after || !step.is_empty());
    is_whole.then_some(steps)
}

impl Places {
    /// What a step leads to from a place, if that is known; an empty one leads to what is not.
    fn way(&self, from: usize, step: &str) -> Option<usize> {
        if step.is_empty() && from != 0 { None } else { self.ways.get(&(from, step.to_owned())).copied() }
    }

    /// How many places with names in them a text needs that are not there yet.
    fn new_places(&self, steps: &[String]) -> usize {
        let (mut at, mut left) = (0, steps);
        while let Some((step, rest)) = left.split_first() {
            match self.way(at, step) {
                None => return rest.len(),
                // A text leads nowhere, and takes no other's place.
                Some(known) if self.all.get(known).is_some_and(|place| place.text.is_some()) => return 0,
                Some(known) => (at, left) = (known, rest),
            }
        }
        0
    }

    fn put(&mut self, steps: &[String], text: String) {
        let (mut at, mut left) = (0, steps);
        while let Some((step, rest)) = left.split_first() {
            let is_next = at != 0 && step.is_empty();
            self.clash |= self.all.get(at).is_some_and(|it| !it.inner.is_empty() && it.first_is_next != is_next);
            let known = self.way(at, step);
            if known.is_some_and(|known| self.all.get(known).is_some_and(|place| place.text.is_some())) {
                self.clash = true;
                return;
            }
            (at, left) = (known.unwrap_or_else(|| self.add(at, step, !rest.is_empty())), rest);
            if let (true, None, Some(place)) = (rest.is_empty(), known, self.all.get_mut(at)) {
                place.text = Some(text);
                return;
            }
        }
        // Names lead on from there.
        self.clash = true;
    }

    fn add(&mut self, from: usize, step: &str, leads_on: bool) -> usize {
        let name = if step.is_empty() && from != 0 { self.number(from) } else { step.to_owned() };
        let new = self.all.len();
        self.all.push(Place::default());
        self.free -= usize::from(leads_on);
        if let Some(place) = self.all.get_mut(from) {
            place.first_is_next |= place.inner.is_empty() && from != 0 && step.is_empty();
            place.inner.push((name.clone(), new));
        }
        self.ways.insert((from, name), new);
        new
    }

    /// The first number, from how many there are on, that is not taken.
    fn number(&mut self, from: usize) -> String {
        let Some(place) = self.all.get_mut(from) else { return String::new() };
        place.next = place.next.max(place.inner.len());
        while self.ways.contains_key(&(from, place.next.to_string())) {
            place.next += 1;
        }
        place.next.to_string()
    }

    fn value(&mut self, at: usize, is_root: bool) -> Json {
        let Some(place) = self.all.get_mut(at) else { return Json::Null };
        if let Some(text) = place.text.take() {
            return Json::String(text);
        }
        let inner = std::mem::take(&mut place.inner);
        let is_list = !is_root && inner.iter().enumerate().all(|(index, (name, _))| *name == index.to_string());
        let values = inner.into_iter().map(|(name, place)| (name, self.value(place, false)));
        match is_list {
            true => Json::Array(values.map(|(_, value)| value).collect()),
            false => Json::Object(values.collect()),
        }
    }
}

/// The names and texts of a CSV of two lines; nothing for any other.
pub(super) fn columns(body: &[u8]) -> Option<Vec<(String, String)>> {
    let text = std::str::from_utf8(body).ok()?;
    let mut left = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rows: Vec<Vec<String>> = Vec::new();
    while !left.is_empty() {
        let mut row = Vec::new();
        let mut has_more = true;
        while has_more {
            let value;
            (value, left) = field(left)?;
            row.push(value);
            has_more = left.strip_prefix(',').map(|rest| left = rest).is_some();
        }
        left = left.strip_prefix("\r\n").or_else(|| left.strip_prefix('\n')).unwrap_or(left);
        if row.len() > 1 || row.iter().any(|value| !value.is_empty()) {
            rows.push(row);
        }
    }
    let [names, texts] = <[Vec<String>; 2]>::try_from(rows).ok()?;
    (names.len() == texts.len()).then(|| names.into_iter().zip(texts).collect())
}

/// One field, and what follows it from the comma or the end of the line on; nothing where a quote is not closed.
fn field(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut left = text;
    loop {
        let (plain, rest) = left.split_at(left.find(['"', ',', '\n']).unwrap_or(left.len()));
        let ends_line = rest.starts_with('\n');
        value.push_str(plain.strip_suffix('\r').filter(|_| ends_line).unwrap_or(plain));
        left = match rest.strip_prefix('"') {
            None => return Some((value, rest)),
            // Quotes mean something where a field begins, and belong to it where it has begun.
            Some(rest) if value.is_empty() => quoted(rest, &mut value)?,
            Some(rest) => {
                value.push('"');
                rest
            }
        };
    }
}

/// Reads up to the quote that is not there twice, and gives what follows it.
fn quoted<'t>(mut text: &'t str, value: &mut String) -> Option<&'t str> {
    loop {
        let (part, rest) = text.split_once('"')?;
        value.push_str(part);
        match rest.strip_prefix('"') {
            None => return Some(rest),
            Some(rest) => {
                value.push('"');
                text = rest;
            }
        }
    }
}
