//! Rules over what values demand of those that they stand beside.

use super::constraints::{is_moment, value_of};
use super::values::{self, Direction};
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Constraint, Fallback, Field, If, Parameter, Presence, Rules, Shape, Type};
use crate::lower::walk;
use crate::source::{Span, Spanned};

/// A value, and what it demands.
struct Neighbour<'a> {
    name: &'a str,
    ty: &'a Type,
    rules: &'a Rules,
    is_required: bool,
    /// Whether something is assumed where it is left out.
    has_default: bool,
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
            has_default: matches!(parameter.fallback, Fallback::Server(_)),
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
            has_default: false,
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
        let Some(problem) = contradiction(list, own, &constraint.value) else { return };
        diagnostics
            .report(&rules::CONTRADICTORY_RULES, constraint.span, problem)
            .also(own.span, own.what)
            .help("leave one of them out");
    });
}

/// Why a constraint cannot stand beside what else is demanded.
fn contradiction(list: &[Neighbour<'_>], own: &Neighbour<'_>, constraint: &Constraint) -> Option<String> {
    let name = own.name;
    match constraint {
        Constraint::ForbiddenIf(_) if own.is_required => {
            Some(format!("`{name}` is `required`, so that it can never be left out"))
        }
        Constraint::ForbiddenIf(conditions) if requires_if(list, own.rules, conditions) => {
            Some(format!("`{name}` is required and forbidden at once"))
        }
        Constraint::ForbiddenIf(conditions) if is_always(list, conditions) => {
            Some(format!("`{name}` can never be given: {} always there", names(list, conditions)))
        }
        Constraint::RequiredIf(conditions) if own.has_default && is_always(list, conditions) => Some(format!(
            "`{name}` is always given, so that nothing is assumed for it: {} always there",
            names(list, conditions)
        )),
        Constraint::AtLeastOne(group) | Constraint::ExactlyOne(group) => {
            if group.len() < 2 {
                return Some(format!("`{name}` alone is no choice"));
            }
            let key = constraint.key();
            let mut members = group.iter().filter_map(|at| list.get(*at));
            if let Some(other) = members.clone().find(|other| other.is_required) {
                return Some(format!("`{}` is `required`, which leaves nothing to `{key}`", other.name));
            }
            let is_choice = matches!(constraint, Constraint::ExactlyOne(_));
            members.find_map(|member| {
                let other = needed_by(member, group).and_then(|at| list.get(at)).filter(|_| is_choice)?;
                Some(format!("`{}` must be given where `{}` is, and `{key}` allows no two", member.name, other.name))
            })
        }
        _ => None,
    }
}

/// Who of a group must not come without this member of it.
fn needed_by(member: &Neighbour<'_>, group: &[usize]) -> Option<usize> {
    member.rules.constraints.iter().find_map(|constraint| match &constraint.value {
        Constraint::RequiredIf(conditions) => match conditions.as_slice() {
            // Where values are named, the other may be given with another value.
            [If { other, texts }] if texts.is_empty() => Some(*other).filter(|other| group.contains(other)),
            _ => None,
        },
        _ => None,
    })
}

/// Whether conditions hold of every call.
fn is_always(list: &[Neighbour<'_>], conditions: &[If]) -> bool {
    let holds = |it: &If| it.texts.is_empty() && list.get(it.other).is_some_and(|other| other.is_required);
    conditions.iter().all(holds)
}

/// `a` is, or `a` and `b` are.
fn names(list: &[Neighbour<'_>], conditions: &[If]) -> String {
    let names = conditions.iter().filter_map(|it| list.get(it.other)).map(|other| format!("`{}`", other.name));
    let names = names.collect::<Vec<_>>().join(" and ");
    format!("{names} {}", if conditions.len() == 1 { "is" } else { "are" })
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

/// Whether, where a value is required, these conditions hold as well.
fn requires_if(list: &[Neighbour<'_>], rules: &Rules, conditions: &[If]) -> bool {
    let is_among = |texts: &[Spanned<String>], text: &Spanned<String>| texts.iter().any(|it| it.value == text.value);
    let follows = |required: &[If], it: &If| {
        let from = |known: &If| {
            let is_narrower = !known.texts.is_empty() && known.texts.iter().all(|text| is_among(&it.texts, text));
            known.other == it.other && (it.texts.is_empty() || is_narrower)
        };
        is_always(list, std::slice::from_ref(it)) || required.iter().any(from)
    };
    rules.constraints.iter().any(|constraint| match &constraint.value {
        Constraint::RequiredIf(required) => conditions.iter().all(|it| follows(required, it)),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::Diagnostics;

    /// A choice can be met where one is needed beside some values of another only.
    #[test]
    fn a_value_that_needs_another_leaves_a_choice() {
        let broken = |condition: &str| {
            let params = format!("{{card: {{type: string, required_if: {condition}}}, kind: string}}");
            let operation = format!("{{http: POST /, exactly_one: [card, kind], params: {params}, returns: nothing}}");
            let users = format!("operations: {{create: {operation}}}\n");
            let files = [("api.yaml", "codegen: 1\nname: x\n".as_bytes()), ("users.yaml", users.as_bytes())];
            let mut diagnostics = Diagnostics::default();
            let (spec, _) = crate::spec::from_memory(&files, &mut diagnostics);
            let api = crate::lower::lower(&spec.unwrap(), &mut diagnostics);
            crate::check::run(&api, &mut diagnostics);
            diagnostics.into_sorted().into_iter().map(|diagnostic| diagnostic.rule.id).collect::<Vec<_>>()
        };
        assert_eq!(broken("{kind: gift}"), [""; 0]);
        assert_eq!(broken("kind"), ["contradictory-rules"]);
    }
}
