//! Rules over what values demand of those that they stand beside.

use super::constraints::{is_moment, value_of};
use super::links;
use super::values::{self, Direction};
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Constraint, Fallback, Field, Form, If, Location, Parameter, Presence, Rules, Shape, Type};
use crate::lower::walk;
use crate::source::{Span, Spanned};

/// A value, and what it demands.
pub(super) struct Neighbour<'a> {
    pub name: &'a str,
    pub ty: &'a Type,
    pub rules: &'a Rules,
    /// Whether every call has it: the caller must give it, or the client does.
    pub is_required: bool,
    /// The same, whatever else could be said of when it is.
    pub is_sure: bool,
    /// Whether something is assumed where it is left out.
    pub has_default: bool,
    /// The one whose value is sent where it is left out.
    pub source: Option<usize>,
    pub span: Span,
    pub what: &'static str,
}

impl Neighbour<'_> {
    /// Whether any of what is demanded of it is like this.
    pub(super) fn has(&self, is_like: impl Fn(&Constraint) -> bool) -> bool {
        self.rules.constraints.iter().any(|constraint| is_like(&constraint.value))
    }
}

impl<'a> From<&'a Parameter> for Neighbour<'a> {
    fn from(parameter: &'a Parameter) -> Self {
        Self {
            name: &parameter.name.wire,
            ty: &parameter.ty,
            rules: &parameter.rules,
            is_required: parameter.presence == Presence::Required || parameter.fallback == Fallback::Random,
            is_sure: parameter.location == Location::Path,
            has_default: matches!(parameter.fallback, Fallback::Server(_)),
            source: links::source(parameter).map(|source| source.value),
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
            is_sure: field.is_always_there(),
            has_default: false,
            source: None,
            span: field.span,
            what: "the field",
        }
    }
}

/// The values that stand beside each other: parameters of one operation, those of paging, fields of one record.
pub(super) fn lists(api: &Api) -> impl Iterator<Item = Vec<Neighbour<'_>>> {
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
        // A group names its own as well, and is of any types.
        if matches!(constraint.value, Constraint::AtLeastOne(_) | Constraint::ExactlyOne(_)) {
            return;
        }
        for other in constraint.neighbours() {
            let Some(target) = list.get(other) else { continue };
            let key = constraint.key();
            let are_known = !api.is_unknown(own.ty) && !api.is_unknown(target.ty);
            let (message, help) = match &constraint.value {
                _ if other == at => (format!("`{key}` of `{}` names itself", own.name), "name another"),
                Constraint::Equals(_) if are_known && own.ty != target.ty => (
                    format!("`{key}` of `{}` names `{}`, which is of another type", own.name, target.name),
                    "name another of the same type",
                ),
                Constraint::After(_)
                    if are_known && is_moment(api, own.ty) && api.bare(own.ty) != api.bare(target.ty) =>
                {
                    (
                        format!("`{key}` of `{}` names `{}`, which is of another type", own.name, target.name),
                        "name another date or time of the same type",
                    )
                }
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
            for text in texts.iter() {
                let value = value_of(api, target.ty, text);
                let by = api.same_by(target.ty);
                let own = || target.rules.constraints.iter().find_map(|it| values::breach(it, &value, by));
                let misfit = values::misfit(api, target.ty, &value, Direction::Sent).map(|misfit| misfit.to_string());
                if let Some(problem) = misfit.or_else(own).or_else(|| never_sent(api, target.ty, text)) {
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

/// Why a value can have a text and is never sent as it.
fn never_sent(api: &Api, ty: &Type, text: &str) -> Option<String> {
    let form = api.form(ty);
    match api.bare(ty) {
        Type::File => Some("is no value of a file, which is given or not".to_owned()),
        Type::Boolean => {
            let (sent, _) = Form::word(form, Form::truth(form, text)?);
            (sent != text).then(|| format!("is never sent: `{sent}` is"))
        }
        _ => None,
    }
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
