//! Validations: names of neighbours become their places.

use super::context::{Cx, Index, find};
use crate::diagnostics::{Rule, rules};
use crate::ir::{Constraint, If, Rules, plain};
use crate::source::{Scalar, Spanned};
use crate::spec;

/// The values that stand beside each other, and how a name that is none of them is reported.
pub(super) struct Beside<'n, 's> {
    pub names: &'n Index<'s>,
    pub rule: &'static Rule,
    pub what: &'static str,
}

impl<'n, 's> Beside<'n, 's> {
    /// The parameters of an operation, or of paging.
    pub(super) fn parameters(names: &'n Index<'s>) -> Self {
        Self { names, rule: &rules::UNKNOWN_PARAMETER, what: "parameter" }
    }

    /// The fields of a record.
    pub(super) fn fields(names: &'n Index<'s>) -> Self {
        Self { names, rule: &rules::UNKNOWN_FIELD, what: "field" }
    }

    /// Where a neighbour is, and where it is named.
    pub(super) fn find(&self, cx: &mut Cx<'_, '_>, name: &Scalar) -> Option<Spanned<usize>> {
        let value = find(cx.diagnostics, self.names, name, self.rule, self.what)?;
        Some(Spanned { value, span: name.span })
    }
}

/// What a value must meet by itself.
pub(super) fn alone(stated: &spec::Rules) -> Rules {
    let messages = stated.messages.iter().map(|(id, text)| (id.clone(), plain(&text.text)));
    Rules { constraints: stated.constraints.clone(), messages: messages.collect() }
}

/// What a value must meet by itself and beside its neighbours.
pub(super) fn lower(
    cx: &mut Cx<'_, '_>,
    stated: &spec::Rules,
    across: &spec::Across,
    beside: &Beside<'_, '_>,
) -> Rules {
    let mut lowered = alone(stated);
    let mut named = |name: &Option<Scalar>, of: fn(usize) -> Constraint| {
        let other = name.as_ref().and_then(|name| beside.find(cx, name));
        lowered.constraints.extend(other.map(|other| other.map(of)));
    };
    named(&across.equals, Constraint::Equals);
    named(&across.required_unless, Constraint::Unless);
    named(&across.after, Constraint::After);
    let mut condition = |stated: &Option<spec::Condition>, of: fn(Vec<If>) -> Constraint| {
        let Some(stated) = stated else { return };
        let Some((first, _)) = stated.first() else { return };
        let conditions: Vec<If> = stated
            .iter()
            .filter_map(|(name, texts)| {
                let texts = texts.iter().map(Scalar::spanned).collect::<Vec<_>>().into();
                Some(If { other: beside.find(cx, name)?.value, texts })
            })
            .collect();
        // With one of them lost, the rest would demand more than is said.
        if conditions.len() == stated.len() {
            lowered.constraints.push(Spanned { value: of(conditions), span: first.span });
        }
    };
    condition(&across.required_if, Constraint::RequiredIf);
    condition(&across.forbidden_if, Constraint::ForbiddenIf);
    lowered
}

/// Gives each group to the first of its names in the list, which is the one that is told of.
pub(super) fn groups(
    cx: &mut Cx<'_, '_>,
    stated: &spec::Groups,
    beside: &Beside<'_, '_>,
    mut put: impl FnMut(usize, Spanned<Constraint>),
) {
    let at_least = stated.at_least_one.iter().map(|names| (names, Constraint::AtLeastOne as fn(Vec<usize>) -> _));
    let exactly = stated.exactly_one.iter().map(|names| (names, Constraint::ExactlyOne as fn(Vec<usize>) -> _));
    let mut known: Vec<Constraint> = Vec::new();
    for (names, of) in at_least.chain(exactly) {
        let mut places: Vec<usize> = Vec::new();
        for name in names {
            let Some(place) = beside.find(cx, name) else { continue };
            places.push(place.value);
        }
        places.sort_unstable();
        // With one of them lost, the rest would demand more than is said.
        if let (true, Some(first), Some(name)) = (places.len() == names.len(), places.first(), names.first()) {
            let constraint = of(places.clone());
            if known.contains(&constraint) {
                let message = format!("this group of `{}` is listed twice", constraint.key());
                cx.diagnostics.report(&rules::LISTED_TWICE, name.span, message).help("leave one of them out");
            }
            known.push(constraint.clone());
            put(*first, Spanned { value: constraint, span: name.span });
        }
    }
}

/// Reports the groups of what has no fields of its own.
pub(super) fn no_groups(cx: &mut Cx<'_, '_>, stated: &spec::Groups) {
    for (key, groups) in [("at_least_one", &stated.at_least_one), ("exactly_one", &stated.exactly_one)] {
        let Some(first) = groups.first().and_then(|names| names.first()) else { continue };
        cx.diagnostics
            .report(&rules::CONSTRAINT_WRONG_TYPE, first.span, format!("`{key}` says nothing about a type like this"))
            .help("it is for a type with `fields`, and names them");
    }
}
