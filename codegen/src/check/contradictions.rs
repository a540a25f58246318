//! Rules over what can never be met, or never be broken, beside what else is said.

use std::collections::{HashSet, VecDeque};

use super::neighbours::{Neighbour, lists};
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, By, Constraint, If, Rules, Type};

/// Without it, what is demanded could never be sent, or what is allowed never be left out.
pub(super) fn contradictory_rules(api: &Api, diagnostics: &mut Diagnostics) {
    for list in lists(api) {
        let beside = Beside::of(api, &list);
        for (at, own) in list.iter().enumerate() {
            for constraint in &own.rules.constraints {
                let Some(problem) = beside.contradiction(at, &constraint.value) else { continue };
                diagnostics
                    .report(&rules::CONTRADICTORY_RULES, constraint.span, problem)
                    .also(own.span, own.what)
                    .help("leave one of them out");
            }
        }
    }
}

/// Values that stand beside each other, and which of them are there because others are.
struct Beside<'a> {
    api: &'a Api,
    list: &'a [Neighbour<'a>],
    /// Those that may have to be given, or are filled in, because this one is given.
    followers: Vec<Vec<usize>>,
    /// Those that every call has.
    always: HashSet<usize>,
}

impl<'a> Beside<'a> {
    fn of(api: &'a Api, list: &'a [Neighbour<'a>]) -> Self {
        let mut followers = vec![Vec::new(); list.len()];
        let mut follow = |leader: usize, at: usize| {
            if let Some(followers) = followers.get_mut(leader) {
                followers.push(at);
            }
        };
        for (at, own) in list.iter().enumerate() {
            own.source.into_iter().for_each(|source| follow(source, at));
            for constraint in &own.rules.constraints {
                match &constraint.value {
                    Constraint::RequiredIf(conditions) => conditions.iter().for_each(|it| follow(it.other, at)),
                    // What has nothing to be equal to is refused.
                    Constraint::Equals(other) => follow(at, *other),
                    _ => {}
                }
            }
        }
        let mut beside = Self { api, list, followers, always: HashSet::new() };
        beside.always = beside.with((0..list.len()).filter(|at| list.get(*at).is_some_and(|it| it.is_required)));
        beside
    }

    /// What must be there where these are, but for what every call has.
    fn with(&self, given: impl IntoIterator<Item = usize>) -> HashSet<usize> {
        let mut left: VecDeque<usize> = given.into_iter().collect();
        let mut sure: HashSet<usize> = left.iter().copied().collect();
        while let Some(leader) = left.pop_front() {
            for at in self.followers.get(leader).into_iter().flatten() {
                if !self.always.contains(at) && !sure.contains(at) && self.follows(*at, leader, &sure) {
                    sure.insert(*at);
                    left.push_back(*at);
                }
            }
        }
        sure
    }

    /// Whether a value is there because of a new one among those that are.
    fn follows(&self, at: usize, leader: usize, sure: &HashSet<usize>) -> bool {
        let is_equal = |own: &Neighbour<'_>| own.has(|it| matches!(it, Constraint::Equals(other) if *other == at));
        let Some(own) = self.list.get(at) else { return false };
        own.source == Some(leader)
            || self.list.get(leader).is_some_and(is_equal)
            || own.has(|it| matches!(it, Constraint::RequiredIf(conditions) if self.hold(conditions, sure)))
    }

    /// Whether conditions hold of every call in which these values are.
    fn hold(&self, conditions: &[If], sure: &HashSet<usize>) -> bool {
        conditions.iter().all(|it| {
            let is_there = sure.contains(&it.other) || self.always.contains(&it.other);
            is_there && (it.texts.is_empty() || self.has_no_other(it))
        })
    }

    /// Whether a neighbour can have no other values than those of a condition.
    fn has_no_other(&self, condition: &If) -> bool {
        let Some(other) = self.list.get(condition.other) else { return false };
        let by = self.api.same_by(other.ty);
        let of_type = self.api.rules_of(other.ty);
        let constraints = std::iter::once(other.rules).chain(of_type).flat_map(|rules| &rules.constraints);
        let mut lists =
            constraints.filter_map(|it| if let Constraint::OneOf(known) = &it.value { Some(known) } else { None });
        lists.any(|known| known.iter().all(|known| condition.texts.have(by, known)))
            || (*self.api.bare(other.ty) == Type::Boolean && condition.texts.len() > 1)
    }

    /// Why a constraint cannot stand beside what else is demanded.
    fn contradiction(&self, at: usize, constraint: &Constraint) -> Option<String> {
        let own = self.list.get(at)?;
        let name = own.name;
        let is_always = |at: &usize| self.always.contains(at);
        let name_of = |at: usize| self.list.get(at).map_or("", |other| other.name);
        match constraint {
            // That is a mistake of its own.
            Constraint::ForbiddenIf(conditions) if conditions.iter().any(|it| it.other == at) => None,
            Constraint::ForbiddenIf(_) if is_always(&at) => {
                Some(format!("`{name}` is always there, so that it can never be left out"))
            }
            Constraint::ForbiddenIf(conditions)
                if self.requires_if(own.rules, conditions)
                    || self.with(conditions.iter().map(|it| it.other)).contains(&at) =>
            {
                Some(format!("`{name}` is required and forbidden at once"))
            }
            Constraint::ForbiddenIf(conditions) if self.hold(conditions, &HashSet::new()) => {
                Some(format!("`{name}` can never be given: {} always there", self.names(conditions)))
            }
            Constraint::ForbiddenIf(conditions) if self.hold(conditions, &self.with([at])) => {
                Some(format!("`{name}` can never be given: {} there with it", self.names(conditions)))
            }
            Constraint::RequiredIf(_) | Constraint::Unless(_) if own.is_sure => {
                Some(format!("`{name}` is always there, so that `{}` says nothing", constraint.key()))
            }
            Constraint::Unless(other) if is_always(other) => {
                Some(format!("`{name}` is never required: `{}` is always there", name_of(*other)))
            }
            Constraint::RequiredIf(conditions) if own.has_default && self.hold(conditions, &HashSet::new()) => {
                let names = self.names(conditions);
                Some(format!("`{name}` is always given, so that nothing is assumed for it: {names} always there"))
            }
            Constraint::After(other) if own.has(|it| *it == Constraint::Equals(*other)) => {
                Some(format!("`{name}` cannot be both equal to `{}` and later", name_of(*other)))
            }
            Constraint::AtLeastOne(group) | Constraint::ExactlyOne(group) => {
                if group.len() < 2 {
                    return Some(format!("`{name}` alone is no choice"));
                }
                let key = constraint.key();
                if let Some(other) = group.iter().find(|at| is_always(at)) {
                    return Some(format!("`{}` is always there, which leaves nothing to `{key}`", name_of(*other)));
                }
                if matches!(constraint, Constraint::AtLeastOne(_)) {
                    return None;
                }
                group.iter().find_map(|member| {
                    let with = self.with([*member]);
                    let other = group.iter().find(|other| *other != member && with.contains(other))?;
                    let (member, other) = (name_of(*member), name_of(*other));
                    Some(format!("`{other}` must be given where `{member}` is, and `{key}` allows no two"))
                })
            }
            _ => None,
        }
    }

    /// Whether, where a value is required, these conditions hold as well.
    fn requires_if(&self, rules: &Rules, conditions: &[If]) -> bool {
        let follows = |required: &[If], it: &If| {
            let from = |known: &If| {
                let by = self.list.get(it.other).map_or(By::AsSent, |other| self.api.same_by(other.ty));
                let is_narrower = !known.texts.is_empty() && known.texts.iter().all(|text| it.texts.have(by, text));
                known.other == it.other && (it.texts.is_empty() || is_narrower)
            };
            self.hold(std::slice::from_ref(it), &HashSet::new()) || required.iter().any(from)
        };
        rules.constraints.iter().any(|constraint| match &constraint.value {
            Constraint::RequiredIf(required) => conditions.iter().all(|it| follows(required, it)),
            _ => false,
        })
    }

    /// `a` is, or `a` and `b` are.
    fn names(&self, conditions: &[If]) -> String {
        let names = conditions.iter().filter_map(|it| self.list.get(it.other)).map(|other| format!("`{}`", other.name));
        let names = names.collect::<Vec<_>>().join(" and ");
        format!("{names} {}", if conditions.len() == 1 { "is" } else { "are" })
    }
}

#[cfg(test)]
mod tests {
    /// A choice can be met where one is needed beside some values of another only.
    #[test]
    fn a_value_that_needs_another_leaves_a_choice() {
        let broken = |condition: &str| {
            let params = format!("{{card: {{type: string, required_if: {condition}}}, kind: string}}");
            let operation = format!("{{http: POST /, exactly_one: [card, kind], params: {params}, returns: nothing}}");
            let users = format!("operations: {{create: {operation}}}\n");
            let (api, mut diagnostics) =
                crate::lower::from_memory(&[("api.yaml", "codegen: 1\nname: x\n"), ("users.yaml", &users)]);
            crate::check::run(&api, &mut diagnostics);
            diagnostics.into_sorted().into_iter().map(|diagnostic| diagnostic.rule.id).collect::<Vec<_>>()
        };
        assert_eq!(broken("{kind: gift}"), [""; 0]);
        assert_eq!(broken("kind"), ["contradictory-rules"]);
    }
}
