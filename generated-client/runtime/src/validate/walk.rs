//! Through the values of a call, and through what is within them.

use std::borrow::Cow;
use std::fmt;

use super::rules;
use super::violation::Violation;
use crate::args::{Args, Fact, If, Node};

/// Where a value is, up to the parameter that it is in.
#[derive(Clone, Copy)]
pub(super) enum At<'p> {
    Parameter(&'p str),
    Member(&'p At<'p>, &'p str),
    Item(&'p At<'p>, usize),
    /// A value under a name that is data, and may be anybody's.
    Entry(&'p At<'p>),
}

/// `students[3].email`
impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameter(name) => f.write_str(name),
            Self::Member(within, name) => write!(f, "{within}.{name}"),
            Self::Item(within, index) => write!(f, "{within}[{index}]"),
            Self::Entry(within) => write!(f, "{within}.*"),
        }
    }
}

/// The values that a value stands beside.
#[derive(Clone, Copy)]
pub(super) enum Beside<'a> {
    Call(&'a Args),
    Record(Node<'a>),
}

impl<'a> Beside<'a> {
    fn find(self, name: &str) -> Option<Node<'a>> {
        match self {
            Self::Call(args) => args.node_of(name),
            Self::Record(record) => record.member(name),
        }
    }

    fn has(self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn holds(self, conditions: &[If]) -> bool {
        conditions.iter().all(|(name, by, texts)| match self.find(name) {
            Some(_) if texts.is_empty() => true,
            Some(node) => node.text().is_some_and(|text| by.is_among(text, texts)),
            None => false,
        })
    }
}

/// What was found so far.
#[derive(Default)]
pub(super) struct Walk {
    pub(super) found: Vec<Violation>,
}

impl Walk {
    /// Tells that a value is missing that must be there.
    pub(super) fn required(&mut self, facts: &[Fact], at: At<'_>) {
        let violation = Violation::required(&at.to_string());
        let message = said(facts, violation.constraint).map_or(violation.message, str::to_owned);
        self.found.push(Violation { message, ..violation });
    }

    /// Tells which of the values within a value its spelling cannot say.
    pub(super) fn unsayable(&mut self, node: Node<'_>, at: At<'_>) {
        let (items, members) = (node.items().unwrap_or_default(), node.members());
        if items.is_empty() && members.is_empty() {
            self.found.push(Violation::unsayable(&at.to_string()));
        }
        for (index, item) in items.into_iter().enumerate().filter(|(_, item)| item.is_unsayable()) {
            self.unsayable(item, At::Item(&at, index));
        }
        for (name, value) in members.into_iter().filter(|(_, value)| value.is_unsayable()) {
            let at = if node.is_map() { At::Entry(&at) } else { At::Member(&at, name) };
            self.unsayable(value, at);
        }
    }

    /// Checks a value, or that it may be missing.
    pub(super) fn value(&mut self, facts: &[Fact], node: Option<Node<'_>>, beside: Beside<'_>, at: At<'_>) {
        for (index, fact) in facts.iter().enumerate() {
            let mut broken = |id: &'static str, message: Cow<'static, str>| {
                // What is said of a type stands after what is said of a value of it, and is not said of that.
                let message = said(facts.get(..index).unwrap_or_default(), id).map_or(message, Cow::Borrowed);
                self.found.push(Violation::new(&at.to_string(), id, message.into_owned()));
            };
            across(fact, node, beside, &mut broken);
            let Some(node) = node else { continue };
            if let (Fact::MaxSize(most), Beside::Call(args), At::Parameter(name)) = (fact, beside, at) {
                let lengths = args.files_of(name).filter_map(|file| file.upload.length());
                lengths.filter(|length| length > most).for_each(|_| rules::too_large(*most, &mut broken));
            }
            rules::check(fact, node, &mut broken);
            self.within(fact, node, at);
        }
    }

    /// Checks a member of a record.
    fn member(&mut self, facts: &[Fact], record: Node<'_>, name: &str, at: At<'_>) {
        let at = At::Member(&at, name);
        if facts.iter().any(|fact| matches!(fact, Fact::Needed)) && !record.sends(name) {
            self.required(facts, at);
        } else {
            self.value(facts, record.member(name), Beside::Record(record), at);
        }
    }

    /// Checks what is within a value.
    fn within(&mut self, fact: &Fact, node: Node<'_>, at: At<'_>) {
        match *fact {
            Fact::Each(facts) => match node.items() {
                Some(items) => {
                    for (index, item) in items.into_iter().enumerate() {
                        self.value(facts, Some(item), Beside::Record(node), At::Item(&at, index));
                    }
                }
                None => {
                    for (_, value) in node.members() {
                        self.value(facts, Some(value), Beside::Record(node), At::Entry(&at));
                    }
                }
            },
            Fact::Members(ruled) => {
                for (name, facts) in ruled() {
                    self.member(facts, node, name, at);
                }
            }
            Fact::Shapes(tag, content, ruled) => {
                let word = node.member(tag).and_then(Node::text);
                let shape = ruled().iter().find(|(known, _)| Some(*known) == word);
                match (shape, content) {
                    (Some((_, facts)), None) => self.value(facts, Some(node), Beside::Record(node), at),
                    (Some((_, facts)), Some(content)) => self.member(facts, node, content, at),
                    (None, _) => {}
                }
            }
            Fact::InText(facts) => {
                if let Some(args) = node.text().and_then(Args::of_json) {
                    self.value(facts, args.node(0), Beside::Call(&args), at);
                }
            }
            _ => {}
        }
    }
}

/// What the spec says itself where a constraint is not met.
pub(super) fn said(facts: &[Fact], id: &str) -> Option<&'static str> {
    facts.iter().find_map(|fact| match fact {
        Fact::Says(of, text) if *of == id => Some(*text),
        _ => None,
    })
}

/// Checks what a value and its neighbours say of each other.
fn across(
    fact: &Fact,
    node: Option<Node<'_>>,
    beside: Beside<'_>,
    broken: &mut dyn FnMut(&'static str, Cow<'static, str>),
) {
    match (*fact, node) {
        (Fact::Unless(name), None) if !beside.has(name) => {
            broken("required_unless", format!("is required unless `{name}` is given").into());
        }
        (Fact::RequiredIf(conditions), None) if beside.holds(conditions) => {
            broken("required_if", format!("is required where {}", shown(conditions)).into());
        }
        (Fact::ForbiddenIf(conditions), Some(_)) if beside.holds(conditions) => {
            broken("forbidden_if", format!("must not be given where {}", shown(conditions)).into());
        }
        (Fact::AtLeastOne(names), _) if !names.iter().any(|name| beside.has(name)) => {
            broken(
                "at_least_one",
                format!("is one of {}, of which at least one must be given", rules::list(names, ", ")).into(),
            );
        }
        (Fact::ExactlyOne(names), _) if names.iter().filter(|name| beside.has(name)).count() != 1 => {
            broken(
                "exactly_one",
                format!("is one of {}, of which exactly one must be given", rules::list(names, ", ")).into(),
            );
        }
        (Fact::Equals(by, name), Some(node)) if beside.find(name).is_none_or(|other| !node.is_same(by, other)) => {
            broken("equals", format!("must be the same as `{name}`").into());
        }
        (Fact::After(name, is_later), Some(node)) => {
            let other = beside.find(name).and_then(Node::text);
            if let (Some(text), Some(other)) = (node.text(), other)
                && !is_later(text, other)
            {
                broken("after", format!("must be later than `{name}`").into());
            }
        }
        _ => {}
    }
}

fn shown(conditions: &[If]) -> String {
    let condition = |(name, _, texts): &If| match texts {
        [] => format!("`{name}` is given"),
        texts => format!("`{name}` is {}", rules::list(texts, " or ")),
    };
    conditions.iter().map(condition).collect::<Vec<_>>().join(" and ")
}
