//! What an operation does to the mock's memory.

use super::cursor::{self, Map};
use super::keys;
use super::memory::MemberValue;
use super::node::{Named, Node, Value};
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::Action;
use crate::source::Scalar;

/// `mock` of an operation.
#[derive(Debug)]
pub(crate) struct Effect {
    pub target: Option<Target>,
    pub filter: Named<MemberValue>,
    /// Parameters.
    pub exists: Named<Exists>,
    /// Parameters.
    pub absent: Named<Exists>,
    /// An error.
    pub missing: Option<Scalar>,
    /// Members.
    pub guards: Named<Guard>,
    /// Parameters or members, and errors.
    pub not_past: Named<Scalar>,
    /// Parameters or members, and errors.
    pub not_future: Named<Scalar>,
    /// Members and errors.
    pub unique: Named<Scalar>,
    pub overlap: Option<Overlap>,
    pub free: Option<Free>,
    /// Members and parameters.
    pub not_before: Named<Scalar>,
    /// Members and parameters.
    pub not_after: Named<Scalar>,
    pub set: Named<MemberValue>,
    pub defaults: Named<MemberValue>,
    pub answer: Named<MemberValue>,
    /// Fields.
    pub count: Named<Count>,
    pub value: Option<MemberValue>,
    pub also: Vec<SideEffect>,
}

/// What happens to which objects.
#[derive(Debug)]
pub(crate) struct Target {
    pub action: Action,
    pub collection: Scalar,
}

/// An object that must be there, or must not.
#[derive(Debug)]
pub(crate) struct Exists {
    pub collection: Option<Scalar>,
    /// A member.
    pub by: Option<Scalar>,
    pub any_case: bool,
    pub filter: Named<MemberValue>,
    pub error: Option<Scalar>,
    pub carries: Option<Carries>,
}

/// Objects that the ones that are found name, for the error to carry.
#[derive(Debug)]
pub(crate) struct Carries {
    pub collection: Option<Scalar>,
    /// A member of those that are found.
    pub by: Option<Scalar>,
}

/// How many objects there are.
#[derive(Debug)]
pub(crate) struct Count {
    pub collection: Option<Scalar>,
    pub filter: Named<MemberValue>,
    pub except: Named<MemberValue>,
}

/// What a member must be, or must not be.
#[derive(Debug)]
pub(crate) struct Guard {
    pub wanted: bool,
    pub values: Vec<MemberValue>,
    pub error: Option<Scalar>,
}

/// The stretch of time that an object takes, and with what it is held against others.
#[derive(Debug)]
pub(crate) struct Stretch {
    pub start: Option<Scalar>,
    pub end: Option<Scalar>,
    pub minutes: Option<Scalar>,
    pub same: Vec<Scalar>,
    pub except: Named<MemberValue>,
}

/// Stretches of time that must not overlap.
#[derive(Debug)]
pub(crate) struct Overlap {
    pub stretch: Stretch,
    pub error: Option<Scalar>,
}

/// Times that nothing takes.
#[derive(Debug)]
pub(crate) struct Free {
    pub collection: Option<Scalar>,
    pub stretch: Stretch,
}

/// What happens to other objects.
#[derive(Debug)]
pub(crate) struct SideEffect {
    pub target: Option<Target>,
    pub filter: Named<MemberValue>,
    pub set: Named<MemberValue>,
}

const ACTIONS: &[Action] = &[Action::List, Action::Show, Action::Insert, Action::Put, Action::Update, Action::Delete];
const SIDE_ACTIONS: &[Action] = &[Action::Insert, Action::Put, Action::Update, Action::Delete];

/// What says something about some of the actions only.
const PARTICULAR: &[(&str, &[Action])] = &[
    ("where", &[Action::List, Action::Show, Action::Put, Action::Update, Action::Delete]),
    ("missing", &[Action::List, Action::Show, Action::Update, Action::Delete]),
    ("if", &[Action::Show, Action::Put, Action::Update, Action::Delete]),
    ("not_past", &[Action::Show, Action::Insert, Action::Put, Action::Update, Action::Delete]),
    ("not_future", &[Action::Show, Action::Insert, Action::Put, Action::Update, Action::Delete]),
    ("unique", &[Action::Insert, Action::Put, Action::Update]),
    ("no_overlap", &[Action::Insert, Action::Put, Action::Update]),
    ("free", &[Action::List]),
    ("not_before", &[Action::List]),
    ("not_after", &[Action::List]),
    ("set", &[Action::List, Action::Insert, Action::Put, Action::Update]),
    ("default", &[Action::Insert, Action::Put]),
];

impl Effect {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::EFFECT, |map| Self {
            target: Target::read(map, ACTIONS),
            filter: filter(map),
            exists: map.named("exists", Exists::read),
            absent: map.named("absent", Exists::read_absent),
            missing: map.get("missing", cursor::text),
            guards: map.named("if", Guard::read),
            not_past: map.named("not_past", cursor::text),
            not_future: map.named("not_future", cursor::text),
            unique: map.named("unique", cursor::text),
            overlap: map.get("no_overlap", Overlap::read),
            free: map.get("free", Free::read),
            not_before: map.named("not_before", cursor::text),
            not_after: map.named("not_after", cursor::text),
            set: map.named("set", MemberValue::read),
            defaults: map.named("default", MemberValue::read),
            answer: map.named("answer", MemberValue::read),
            count: map.named("count", Count::read),
            value: map.get("value", MemberValue::read),
            also: map.many("also", SideEffect::read),
        })
    }
}

impl Target {
    /// The one key that names an action.
    fn read(map: &mut Map<'_, '_>, actions: &[Action]) -> Option<Self> {
        let mut target = None;
        for &action in actions {
            target = target.or(collection(map, action).map(|collection| Self { action, collection }));
        }
        let of_others = PARTICULAR.iter().filter(|(_, of)| target.as_ref().is_some_and(|it| !of.contains(&it.action)));
        for (key, of) in of_others {
            let (Some(at), Some(target)) = (map.has(key), &target) else { continue };
            let of: Vec<String> = of.iter().map(|action| format!("`{}`", action.word())).collect();
            let message = format!("`{key}` says nothing about `{}`", target.action.word());
            map.cx
                .report(&rules::CONFLICTING_KEYS, at, message)
                .also(target.collection.span, format!("`{}` is here", target.action.word()))
                .help(format!("it goes with {}", of.join(", ")));
        }
        target
    }
}

/// The collection that an action names.
fn collection(map: &mut Map<'_, '_>, action: Action) -> Option<Scalar> {
    match action {
        Action::List => map.get("list", cursor::text),
        Action::Show => map.get("show", cursor::text),
        Action::Insert => map.get("insert", cursor::text),
        Action::Put => map.get("put", cursor::text),
        Action::Update => map.get("update", cursor::text),
        Action::Delete => map.get("delete", cursor::text),
    }
}

/// `where`: members with their values, or the names of members that equal the parameters of those names.
fn filter(map: &mut Map<'_, '_>) -> Named<MemberValue> {
    map.get("where", |cx, node| match &node.value {
        Value::Map(_) => cursor::named(cx, node, MemberValue::read),
        Value::Scalar(..) | Value::List(_) => {
            let names = cursor::at_least_one(cx, node, cursor::text);
            let same = |name: Scalar| {
                let runs = name.runs.behind(1);
                let value = Scalar { text: format!("{{{}}}", name.text), span: name.span, runs, ending: name.ending };
                (name, MemberValue::Text(value))
            };
            Some(names.into_iter().map(same).collect())
        }
    })
    .unwrap_or_default()
}

impl Exists {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::EXISTS, |map| {
            let any_case = map.flag("any_case");
            Self { any_case, ..Self::of(map) }
        })
    }

    fn of(map: &mut Map<'_, '_>) -> Self {
        Self {
            collection: map.get("in", cursor::text),
            by: map.get("by", cursor::text),
            any_case: false,
            filter: filter(map),
            error: map.get("or", cursor::text),
            carries: None,
        }
    }

    fn read_absent(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::ABSENT, |map| {
            let carries = map.get("carries", Carries::read);
            Self { carries, ..Self::of(map) }
        })
    }
}

impl Carries {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::CARRIES, |map| Self {
            collection: map.get("in", cursor::text),
            by: map.get("by", cursor::text),
        })
    }
}

impl Count {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::COUNT, |map| Self {
            collection: map.get("in", cursor::text),
            filter: filter(map),
            except: map.named("except", MemberValue::read),
        })
    }
}

impl Guard {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::CONDITION, |map| {
            let wanted = map.has("is").is_some();
            let mut values = map.some("is", MemberValue::read);
            values.extend(map.some("is_not", MemberValue::read));
            Self { wanted, values, error: map.get("or", cursor::text) }
        })
    }
}

impl Overlap {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::OVERLAP, |map| Self {
            stretch: Stretch::read(map),
            error: map.get("or", cursor::text),
        })
    }
}

impl Free {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::FREE, |map| Self {
            collection: map.get("of", cursor::text),
            stretch: Stretch::read(map),
        })
    }
}

impl Stretch {
    fn read(map: &mut Map<'_, '_>) -> Self {
        Self {
            start: map.get("start", cursor::text),
            end: map.get("end", cursor::text),
            minutes: map.get("minutes", cursor::text),
            same: map.many("same", cursor::text),
            except: map.named("except", MemberValue::read),
        }
    }
}

impl SideEffect {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::SIDE_EFFECT, |map| Self {
            target: Target::read(map, SIDE_ACTIONS),
            filter: filter(map),
            set: map.named("set", MemberValue::read),
        })
    }
}
