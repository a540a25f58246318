//! Rules over what values demand of those that they stand beside.

use super::constraints::{is_moment, value_of};
use super::values::{self, Direction};
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Constraint, Field, If, Parameter, Presence, Rules, Shape, Type};
use crate::lower::walk;
use crate::source::{Span, Spanned};

/// A value, and what it demands.
struct Neighbour<'a> {
    name: &'a str,
    ty: &'a Type,
    rules: &'a Rules,
    is_required: bool,
    span: Span,
    what: &'static str,
}

impl<'a> From<&'a Parameter> for Neighbour<'a> {
    fn from(parameter: &'a Parameter) -> Self {
        Self {
            name: &parameter.name.wire,
            ty: &parameter.ty,
            rules: &parameter.rules,
            is_required: parameter.presence == Presence::Required,
            span: parameter.span,
            what: "the parameter",
        }
    }
}

impl<'a> From<&'a Field> for Neighbour<'a> {
    fn from(field: &'a Field) -> Self {
        Self {
            name: &field.name.wire,
            ty: &field.ty,
            rules: &field.rules,
            is_required: field.is_always_there(),
            span: field.span,
            what: "the field",
        }
    }
}

/// The values that stand beside each other: parameters of one operation, those of paging, fields of one record.
fn lists(api: &Api) -> impl Iterator<Item = Vec<Neighbour<'_>>> {
    let parameters = super::parameter_lists(api).map(|list| list.iter().map(Neighbour::from).collect());
    let records = api.types.iter().filter_map(|def| match &def.shape {
        Shape::Record(fields) => Some(fields.iter().map(Neighbour::from).collect()),
        Shape::Id(_) | Shape::Enum(..) | Shape::Union(_) | Shape::Alias(_) => None,
    });
    parameters.chain(records)
}

/// Each value with each of its constraints, and all that it stands beside.
fn each(api: &Api, mut tell: impl FnMut(&[Neighbour<'_>], usize, &Spanned<Constraint>)) {
    for list in lists(api) {
        for (at, neighbour) in list.iter().enumerate() {
            neighbour.rules.constraints.iter().for_each(|constraint| tell(&list, at, constraint));
        }
    }
}

/// Without it, a text would be compared with a number, and no call would ever be valid.
pub(super) fn bad_link(api: &Api, diagnostics: &mut Diagnostics) {
    each(api, |list, at, constraint| {
        let own = &list[at];
        let others: Vec<usize> = match &constraint.value {
            Constraint::Equals(other) | Constraint::Unless(other) | Constraint::After(other) => vec![*other],
            Constraint::RequiredIf(all) | Constraint::ForbiddenIf(all) => all.iter().map(|it| it.other).collect(),
            _ => return,
        };
        for other in others {
            let Some(target) = list.get(other) else { continue };
            let key = constraint.key();
            let (message, help) = match &constraint.value {
                _ if other == at => (format!("`{key}` of `{}` names itself", own.name), "name another"),
                Constraint::Equals(_) if own.ty != target.ty => (
                    format!("`{key}` of `{}` names `{}`, which is of another type", own.name, target.name),
                    "name another of the same type",
                ),
                Constraint::After(_) if is_moment(api, own.ty) && api.bare(own.ty) != api.bare(target.ty) => (
                    format!("`{key}` of `{}` names `{}`, which is of another type", own.name, target.name),
                    "name another date or time of the same type",
                ),
                _ => continue,
            };
            diagnostics.report(&rules::BAD_LINK, constraint.span, message).also(own.span, own.what).help(help);
        }
    });
}

/// Without it, a condition would never hold, and what it demands never be demanded.
pub(super) fn bad_condition(api: &Api, diagnostics: &mut Diagnostics) {
    each(api, |list, _, constraint| {
        let (Constraint::RequiredIf(all) | Constraint::ForbiddenIf(all)) = &constraint.value else { return };
        for If { other, texts } in all {
            let Some(target) = list.get(*other) else { continue };
            for text in texts {
                let value = value_of(api, target.ty, text);
                let own = || target.rules.constraints.iter().find_map(|it| values::breach(it, &value));
                let misfit = values::misfit(api, target.ty, &value, Direction::Sent).map(|misfit| misfit.to_string());
                if let Some(problem) = misfit.or_else(own) {
                    let message = format!("`{}`, a value of `{}` here, {problem}", text.value, target.name);
                    diagnostics
                        .report(&rules::BAD_CONDITION, text.span, message)
                        .also(target.span, target.what)
                        .help(format!("write a value that `{}` can have", target.name));
                }
            }
        }
    });
}

/// Without it, what is demanded could never be sent, or what is allowed never be left out.
pub(super) fn contradictory_rules(api: &Api, diagnostics: &mut Diagnostics) {
    each(api, |list, at, constraint| {
        let own = &list[at];
        let problem = match &constraint.value {
            Constraint::ForbiddenIf(_) if own.is_required => {
                format!("`{}` is `required`, so that it can never be left out", own.name)
            }
            Constraint::ForbiddenIf(conditions) if requires_if(own.rules, conditions) => {
                format!("`{}` is required and forbidden at once", own.name)
            }
            Constraint::AtLeastOne(group) | Constraint::ExactlyOne(group) => {
                let required = group.iter().filter_map(|at| list.get(*at)).find(|other| other.is_required);
                match (required, constraint.key()) {
                    _ if group.len() < 2 => format!("`{}` alone is no choice", own.name),
                    (Some(other), key) => format!("`{}` is `required`, which leaves nothing to `{key}`", other.name),
                    (None, _) => return,
                }
            }
            _ => return,
        };
        diagnostics
            .report(&rules::CONTRADICTORY_RULES, constraint.span, problem)
            .also(own.span, own.what)
            .help("leave one of them out");
    });
}

/// Without it, each of several times would have to be later than all others, and no call would ever be valid.
pub(super) fn later_than_itself(api: &Api, diagnostics: &mut Diagnostics) {
    for list in lists(api) {
        let edges = |at: usize, next: usize| {
            let constraint = list.get(at)?.rules.constraints.get(next)?;
            Some(if let Constraint::After(other) = constraint.value {
                Some(other).filter(|it| *it != at)
            } else {
                None
            })
        };
        walk(list.len(), edges, |at, step| {
            let Some(own) = list.get(at) else { return };
            let Some(constraint) = own.rules.constraints.get(step) else { return };
            let message = format!("`{}` would have to be later than itself", own.name);
            diagnostics
                .report(&rules::CONTRADICTORY_RULES, constraint.span, message)
                .also(own.span, own.what)
                .help("`after` leads in a circle: leave out one of them");
        });
    }
}

fn requires_if(rules: &Rules, conditions: &[If]) -> bool {
    let texts = |condition: &If| condition.texts.iter().map(|text| text.value.clone()).collect::<Vec<_>>();
    let shape = |all: &[If]| all.iter().map(|it| (it.other, texts(it))).collect::<Vec<_>>();
    rules.constraints.iter().any(|constraint| match &constraint.value {
        Constraint::RequiredIf(required) => shape(required) == shape(conditions),
        _ => false,
    })
}
