//! What an expression over a webhook or an answer reads of it, so that rules can say whether one value covers another.

use std::collections::BTreeSet;

use crate::ir::{Expr, ExprKind, Function, Source, Step};

/// More places are not told apart: what is one of many is then what they all stand in.
const MOST: usize = 1000;

/// What an expression is made of.
#[derive(Debug, Clone, Default)]
pub(super) struct Reads {
    /// Whether the secret is in it.
    pub(super) secret: bool,
    /// Whether each part of it is made of all: it is a digest, however that is written.
    is_digest: bool,
    /// Whether the secret and the whole body are both in one digest of it.
    pub(super) is_sealed: bool,
    places: BTreeSet<Place>,
}

/// A part of a webhook or an answer, the names that lead to one of its fields from the outside in, and whether it is
/// fields of which none has been chosen yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    part: Part,
    names: Vec<String>,
    is_open: bool,
    /// Which of the fields are left, where not all are.
    filters: Vec<Filter>,
}

/// What fields are left by their names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Filter {
    Without(Vec<String>),
    WithPrefix(String),
    WithoutPrefix(String),
}

impl Filter {
    fn keeps(&self, name: &str) -> bool {
        match self {
            Self::Without(names) => !names.iter().any(|one| one.eq_ignore_ascii_case(name)),
            Self::WithPrefix(prefix) => name.to_ascii_lowercase().starts_with(&prefix.to_ascii_lowercase()),
            Self::WithoutPrefix(prefix) => !name.to_ascii_lowercase().starts_with(&prefix.to_ascii_lowercase()),
        }
    }
}

/// The parts of a webhook or an answer that vendors write values into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Path,
    Query,
    Headers,
    Body,
}

/// What of a value is asked for, where a condition decides what it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Made {
    /// Of whatever may be in it.
    Perhaps,
    /// Of what is in it whichever branch is taken.
    Certainly,
}

impl Reads {
    /// Whether it is made of nothing that was received.
    pub(super) fn is_nothing(&self) -> bool {
        self.places.is_empty()
    }

    /// Whether who knows what this was made of knows that the other was not changed.
    pub(super) fn covers(&self, other: &Self) -> bool {
        other.places.iter().all(|place| self.places.iter().any(|own| own.covers(place)))
    }

    /// Whether who knows what this was made of knows that the whole body was not changed.
    pub(super) fn has_body(&self) -> bool {
        self.covers(&Self::of(Part::Body, false))
    }

    /// The same of something that was received before, and is no part of this.
    pub(super) fn of_before(self) -> Self {
        Self { places: BTreeSet::new(), is_sealed: false, ..self }
    }

    /// Adds what another value is made of.
    pub(super) fn add(&mut self, other: &Self) {
        self.secret |= other.secret;
        self.is_sealed |= other.is_sealed;
        self.places.extend(other.places.iter().cloned());
    }

    /// What both are made of.
    fn common(&self, other: &Self) -> Self {
        let in_both = |own: &Self, other: &Self| {
            let covered = |place: &&Place| other.places.iter().any(|it| it.covers(place));
            own.places.iter().filter(covered).cloned().collect::<BTreeSet<_>>()
        };
        let mut places = in_both(self, other);
        places.extend(in_both(other, self));
        Self {
            secret: self.secret && other.secret,
            is_digest: self.is_digest && other.is_digest,
            is_sealed: self.is_sealed && other.is_sealed,
            places,
        }
    }

    fn of(part: Part, is_open: bool) -> Self {
        let place = Place { part, names: Vec::new(), is_open, filters: Vec::new() };
        Self { places: BTreeSet::from([place]), ..Self::default() }
    }

    /// The same of places that are changed.
    fn map<P: IntoIterator<Item = Place>>(self, change: impl FnMut(Place) -> P) -> Self {
        Self { places: self.places.into_iter().flat_map(change).collect(), ..self }
    }

    /// The fields that are left.
    fn filtered(self, filter: &Filter) -> Self {
        self.map(|mut place| {
            if place.is_open {
                place.filters.push(filter.clone());
            }
            [place]
        })
    }

    /// The fields of these names.
    fn chosen(self, names: &[&String]) -> Self {
        if self.places.len().saturating_mul(names.len()) > MOST {
            return self;
        }
        self.map(|place| {
            let named = |name: &&String| Place {
                names: place.names.iter().chain([*name]).cloned().collect(),
                is_open: false,
                filters: Vec::new(),
                part: place.part,
            };
            if place.is_open { names.iter().map(named).collect() } else { vec![place] }
        })
    }
}

impl Place {
    /// Whether it is the other or holds it. A member of a body may be read as a whole here and in parts there; who
    /// knows a part does not know the whole.
    fn covers(&self, other: &Self) -> bool {
        let (own, inner) = (self.names.join("."), other.names.join("."));
        let rest = if own.is_empty() { Some("") } else { inner.strip_prefix(own.as_str()) };
        self.part == other.part
            && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            && self.leaves(other.names.get(self.names.len()))
    }

    /// Whether a field of it was left, or all of them.
    fn leaves(&self, name: Option<&String>) -> bool {
        self.filters.iter().all(|filter| name.is_some_and(|name| filter.keeps(name)))
    }
}

/// What each of the steps reads.
pub(super) fn steps(steps: &[Step], made: Made) -> Vec<Reads> {
    let mut above: Vec<Reads> = Vec::new();
    for step in steps {
        above.push(reads(&step.value, &above, made));
    }
    above
}

/// What an expression reads, below steps that were asked for the same.
pub(super) fn reads(value: &Expr, steps: &[Reads], made: Made) -> Reads {
    match &value.kind {
        ExprKind::Source(source) => of_source(*source, steps),
        ExprKind::Call(function, operands) => of_call(*function, operands, steps, made),
        ExprKind::Text(_) | ExprKind::Number(_) | ExprKind::Escape(_) | ExprKind::Clock(_) | ExprKind::Methods(_) => {
            Reads::default()
        }
    }
}

fn of_source(source: Source, steps: &[Reads]) -> Reads {
    match source {
        Source::Credential(_) => Reads { secret: true, ..Reads::default() },
        Source::Step(index) => steps.get(index).cloned().unwrap_or_default(),
        Source::Path => Reads::of(Part::Path, false),
        Source::Query => Reads::of(Part::Query, false),
        Source::QueryParams => Reads::of(Part::Query, true),
        Source::Target | Source::Url => {
            let mut both = Reads::of(Part::Path, false);
            both.add(&Reads::of(Part::Query, false));
            both
        }
        Source::Body => Reads::of(Part::Body, false),
        Source::BodyParams | Source::BodyLeaves => Reads::of(Part::Body, true),
        Source::Headers => Reads::of(Part::Headers, true),
        // These are the receiver's own.
        Source::Method | Source::Scheme | Source::Host | Source::Port | Source::Authority | Source::Now => {
            Reads::default()
        }
        // Of calls alone.
        Source::Params | Source::PathParams | Source::Injected => Reads::default(),
    }
}

fn of_call(function: Function, operands: &[Expr], steps: &[Reads], made: Made) -> Reads {
    if let (Made::Certainly, Function::IfEmpty | Function::IfMethod, [_, then, otherwise]) = (made, function, operands)
    {
        return reads(then, steps, made).common(&reads(otherwise, steps, made));
    }
    let certain = match (made, function) {
        // What stands in for something that is missing is mostly not there, and neither is what would stand between
        // two of a list that has one.
        (Made::Certainly, Function::GetOr) => operands.split_last().map_or(operands, |(_, certain)| certain),
        (Made::Certainly, Function::Join | Function::JoinOr) => operands.get(..1).unwrap_or(operands),
        (Made::Certainly, Function::JoinParts) if operands.len() == 2 => operands.get(1..).unwrap_or(operands),
        _ => operands,
    };
    let mut all = Reads::default();
    let mut is_digest = false;
    for operand in certain {
        let read = reads(operand, steps, made);
        is_digest |= read.is_digest;
        all.add(&read);
    }
    let is_made_here = matches!(function, Function::Digest(_) | Function::Hmac(_));
    all.is_sealed |= is_made_here && all.secret && all.has_body();
    all.is_digest = match function {
        Function::Digest(_) | Function::Hmac(_) => true,
        Function::Hex
        | Function::Base64
        | Function::Base64Unpadded
        | Function::Base64Url
        | Function::Base64UrlUnpadded
        | Function::Upper
        | Function::Lower
        | Function::First => is_digest,
        _ => false,
    };
    let names: Vec<&String> = operands
        .iter()
        .filter_map(|operand| match &operand.kind {
            ExprKind::Text(text) => Some(text),
            _ => None,
        })
        .collect();
    match function {
        Function::Header => {
            let lower = names.first().map(|name| name.to_ascii_lowercase());
            Reads::of(Part::Headers, true).chosen(&lower.iter().collect::<Vec<_>>())
        }
        Function::Get | Function::Keep | Function::KeepAll => all.chosen(&names),
        Function::GetOr => all.chosen(&names.into_iter().take(1).collect::<Vec<_>>()),
        Function::Drop => all.filtered(&Filter::Without(names.into_iter().cloned().collect())),
        Function::KeepPrefix => {
            names.into_iter().fold(all, |all, name| all.filtered(&Filter::WithPrefix(name.clone())))
        }
        Function::DropPrefix => {
            names.into_iter().fold(all, |all, name| all.filtered(&Filter::WithoutPrefix(name.clone())))
        }
        // What follows the start of a value says nothing; nor does a start of nothing of the secret.
        Function::First if made == Made::Certainly && !all.is_digest => {
            let is_some = !matches!(operands, [_, Expr { kind: ExprKind::Number(0), .. }]);
            Reads { secret: all.secret && is_some, ..Reads::default() }
        }
        // Neither names nor a length say anything of the values.
        Function::Names | Function::Length if made == Made::Certainly => Reads::default(),
        Function::SplitPairs => all.map(|place| [Place { is_open: place.names.len() < 2, ..place }]),
        _ => all,
    }
}
