//! What operations do to the mock's memory.

use super::context::{Cx, Index, find};
use super::hole::{self, Names};
use super::memory;
use crate::diagnostics::rules;
use crate::ir::{self, Action, CollectionId, ErrorId, Hole, MemberPart, MemberValue};
use crate::source::{Scalar, Spanned};
use crate::spec;

/// Lowers an effect; what names no collection is none.
pub(super) fn lower(
    cx: &mut Cx<'_, '_>,
    effect: &spec::Effect,
    parameters: &Index<'_>,
    declared: &[memory::Declared<'_>],
) -> Option<ir::Effect> {
    let target = effect.target.as_ref()?;
    let call = Names::Call(parameters, &target.collection.text);
    let collection = collection(cx, &target.collection);
    let lowered = ir::Effect {
        action: target.action,
        collection: collection.unwrap_or(CollectionId(0)),
        filter: hole::members(cx, &effect.filter, Names::Parameters(parameters)),
        exists: either(&effect.exists, &effect.absent)
            .filter_map(|((name, rule), wanted)| exists(cx, name, rule, wanted, parameters, declared))
            .collect(),
        missing: effect.missing.as_ref().and_then(|name| error(cx, name)),
        guards: effect.guards.iter().filter_map(|(name, rule)| guard(cx, name, rule, call)).collect(),
        times: either(&effect.not_past, &effect.not_future)
            .filter_map(|((name, error), not_past)| time(cx, name, error, not_past, call))
            .collect(),
        unique: effect
            .unique
            .iter()
            .filter_map(|(name, refusal)| Some((name.spanned(), error(cx, refusal)?)))
            .collect(),
        overlap: effect.overlap.as_ref().and_then(|rule| overlap(cx, rule, call)),
        set: hole::members(cx, &effect.set, call),
        defaults: hole::members(cx, &effect.defaults, call),
        free: effect.free.as_ref().and_then(|rule| free(cx, rule, call)),
        bounds: either(&effect.not_before, &effect.not_after)
            .filter_map(|((member, name), not_before)| {
                let parameter = find(cx.diagnostics, parameters, name, &rules::UNKNOWN_PARAMETER, "parameter")?;
                Some(ir::Bound { member: member.spanned(), parameter, not_before })
            })
            .collect(),
        answer: hole::members(cx, &effect.answer, Names::Object),
        counts: effect.count.iter().filter_map(|(name, count)| self::count(cx, name, count, call)).collect(),
        value: effect.value.as_ref().and_then(|value| hole::value(cx, value, Names::Object)),
        also: effect.also.iter().filter_map(|side| side_effect(cx, side, call)).collect(),
        span: target.collection.span,
    };
    let lowered = ir::Effect { collection: collection?, ..lowered };
    Some(with_key(lowered, &effect.filter, parameters, declared))
}

/// The rules of both, each with whether it is of the first.
fn either<'s, T>(yes: &'s [(Scalar, T)], no: &'s [(Scalar, T)]) -> impl Iterator<Item = (&'s (Scalar, T), bool)> {
    yes.iter().map(|rule| (rule, true)).chain(no.iter().map(|rule| (rule, false)))
}

/// Without `where`, the parameter of the key's name says which object is meant.
fn with_key(
    mut effect: ir::Effect,
    filter: &spec::Named<spec::MemberValue>,
    parameters: &Index<'_>,
    declared: &[memory::Declared<'_>],
) -> ir::Effect {
    let is_about_one = match effect.action {
        Action::Show | Action::Put | Action::Update | Action::Delete => true,
        Action::List | Action::Insert => false,
    };
    let key = declared.get(effect.collection.0).and_then(|(_, collection)| collection.key.as_ref());
    let parameter = key.and_then(|key| Some((key, parameters.get_index_of(key.text.as_str())?)));
    if let (true, true, Some((key, index))) = (is_about_one, filter.is_empty(), parameter) {
        let hole = Spanned { value: Hole::Parameter(index), span: effect.span };
        let value = MemberValue::Text(vec![MemberPart::Hole(hole)], effect.span);
        effect.filter.push(ir::Member { name: key.spanned(), value });
    }
    effect
}

fn collection(cx: &mut Cx<'_, '_>, name: &Scalar) -> Option<CollectionId> {
    let found = cx.collections.get_index_of(name.text.as_str()).map(CollectionId);
    if found.is_none() && !cx.collections.is_refused {
        let help = match cx.collections.is_empty() {
            true => "declare it under `mock` at the top of a file, in `collections`".to_owned(),
            false => cx.diagnostics.suggest(&name.text, cx.collections.iter().copied()),
        };
        let message = format!("unknown collection `{}`", name.text);
        cx.diagnostics.report(&rules::UNKNOWN_COLLECTION, name.span, message).help(help);
    }
    found
}

fn error(cx: &mut Cx<'_, '_>, name: &Scalar) -> Option<Spanned<ErrorId>> {
    Some(Spanned { value: cx.error(name)?, span: name.span })
}

fn exists(
    cx: &mut Cx<'_, '_>,
    name: &Scalar,
    rule: &spec::Exists,
    wanted: bool,
    parameters: &Index<'_>,
    declared: &[memory::Declared<'_>],
) -> Option<ir::Exists> {
    let parameter = find(cx.diagnostics, parameters, name, &rules::UNKNOWN_PARAMETER, "parameter");
    let collection = rule.collection.as_ref().and_then(|name| collection(cx, name));
    let error = rule.error.as_ref().and_then(|name| error(cx, name));
    let carries = rule.carries.as_ref().and_then(|carries| self::carries(cx, carries));
    let filter = hole::members(cx, &rule.filter, Names::Parameters(parameters));
    let (collection, error) = (collection?, error?);
    let key = declared.get(collection.0).and_then(|(_, collection)| collection.key.as_ref());
    let by = rule.by.as_ref().or(key).map_or(Spanned { value: String::new(), span: error.span }, Scalar::spanned);
    let any_case = rule.any_case;
    Some(ir::Exists { wanted, by, any_case, parameter: parameter?, filter, collection, error, carries })
}

fn carries(cx: &mut Cx<'_, '_>, carries: &spec::Carries) -> Option<ir::Carries> {
    let collection = carries.collection.as_ref().and_then(|name| collection(cx, name));
    Some(ir::Carries { collection: collection?, by: carries.by.as_ref()?.spanned() })
}

fn count(cx: &mut Cx<'_, '_>, name: &Scalar, count: &spec::Count, names: Names<'_>) -> Option<ir::Count> {
    let collection = count.collection.as_ref().and_then(|name| collection(cx, name));
    let filter = hole::members(cx, &count.filter, names);
    let except = hole::members(cx, &count.except, names);
    Some(ir::Count { name: name.spanned(), collection: collection?, filter, except })
}

fn guard(cx: &mut Cx<'_, '_>, name: &Scalar, rule: &spec::Guard, names: Names<'_>) -> Option<ir::Guard> {
    let values = rule.values.iter().filter_map(|value| hole::value(cx, value, names)).collect();
    let error = rule.error.as_ref().and_then(|name| error(cx, name));
    Some(ir::Guard { member: name.spanned(), wanted: rule.wanted, values, error: error? })
}

fn time(
    cx: &mut Cx<'_, '_>,
    name: &Scalar,
    refusal: &Scalar,
    not_past: bool,
    names: Names<'_>,
) -> Option<ir::TimeRule> {
    let time = Spanned { value: hole::name(cx, name, names)?, span: name.span };
    Some(ir::TimeRule { time, not_past, error: error(cx, refusal)? })
}

fn overlap(cx: &mut Cx<'_, '_>, rule: &spec::Overlap, names: Names<'_>) -> Option<ir::Overlap> {
    let stretch = stretch(cx, &rule.stretch, names);
    let error = rule.error.as_ref().and_then(|name| error(cx, name));
    Some(ir::Overlap { stretch: stretch?, error: error? })
}

fn free(cx: &mut Cx<'_, '_>, rule: &spec::Free, names: Names<'_>) -> Option<ir::Free> {
    let stretch = stretch(cx, &rule.stretch, names);
    let collection = rule.collection.as_ref().and_then(|name| collection(cx, name));
    Some(ir::Free { collection: collection?, stretch: stretch? })
}

fn stretch(cx: &mut Cx<'_, '_>, stretch: &spec::Stretch, names: Names<'_>) -> Option<ir::Stretch> {
    let except = hole::members(cx, &stretch.except, names);
    Some(ir::Stretch {
        start: stretch.start.as_ref()?.spanned(),
        end: stretch.minutes.as_ref().or(stretch.end.as_ref())?.spanned(),
        in_minutes: stretch.minutes.is_some(),
        same: stretch.same.iter().map(Scalar::spanned).collect(),
        except,
    })
}

fn side_effect(cx: &mut Cx<'_, '_>, side: &spec::SideEffect, names: Names<'_>) -> Option<ir::SideEffect> {
    let target = side.target.as_ref()?;
    let collection = collection(cx, &target.collection);
    let filter = hole::members(cx, &side.filter, names);
    let set = hole::members(cx, &side.set, names);
    Some(ir::SideEffect { action: target.action, collection: collection?, filter, set, span: target.collection.span })
}
