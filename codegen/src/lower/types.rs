//! Declared types: all names first, so that types can refer to each other, then what they are made of.

use super::constraints::{self, Beside};
use super::context::{Cx, WORDS, index, text};
use super::{cycles, envelope};
use crate::diagnostics::rules;
use crate::ir;
use crate::source::{Scalar, Span};
use crate::spec;

/// A declaration: name, definition, and the resource that makes it.
pub(super) type Declared<'s> = (&'s Scalar, &'s spec::TypeDef, Option<usize>);

/// Makes every type known by name; of two with the same name the first one counts.
pub(super) fn declare<'s>(cx: &mut Cx<'s, '_>, spec: &'s spec::Spec) -> Vec<Declared<'s>> {
    let own = spec.api.types.iter().map(|(name, def)| (name, def, None));
    let of_resources = spec
        .resources
        .iter()
        .enumerate()
        .flat_map(|(index, resource)| resource.types.iter().map(move |(name, def)| (name, def, Some(index))));
    let mut lists = spec.resources.iter().map(|resource| &resource.types).chain([&spec.api.types]);
    cx.types.is_refused = lists.any(|types| types.is_refused);
    let mut declared: Vec<Declared<'s>> = Vec::new();
    for declaration in own.chain(of_resources) {
        let name = declaration.0;
        let is_word = ["id", "nothing"].contains(&name.text.as_str())
            || spec::RAW.iter().any(|(word, _)| *word == name.text)
            || WORDS.iter().any(|(word, _)| *word == name.text);
        if is_word {
            let message = format!("`{}` is a word of the spec language", name.text);
            cx.diagnostics.report(&rules::TYPE_NAME_TAKEN, name.span, message).help("choose another name");
        } else if let Some((first, ..)) = cx.types.get_index_of(name.text.as_str()).and_then(|at| declared.get(at)) {
            let message = format!("there are two types called `{}`", name.text);
            cx.diagnostics
                .report(&rules::TYPE_NAME_TAKEN, name.span, message)
                .also(first.span, "the first one")
                .help("a type is known in every file of the spec: declare it once, or choose another name");
        } else {
            cx.types.insert(&name.text);
            declared.push(declaration);
        }
    }
    declared
}

/// Resolves what the types are made of.
pub(super) fn define(cx: &mut Cx<'_, '_>, declared: &[Declared<'_>]) -> Vec<ir::TypeDef> {
    let lower = |(name, def, resource): &Declared<'_>| ir::TypeDef {
        name: cx.name(name),
        // A shape that was reported must not make every use of the type a mistake.
        shape: match &def.shape {
            Some(stated) => shape(cx, stated, &def.groups),
            None => ir::Shape::Alias(ir::Type::Named(cx.unknown())),
        },
        rules: constraints::alone(&def.rules),
        sent: false,
        flat: false,
        hollow: false,
        ruled: false,
        resource: *resource,
        doc: cx.doc(&def.doc),
        span: name.span,
    };
    let mut defs: Vec<_> = declared.iter().map(lower).collect();
    defs.push(unknown());
    cycles::cut_aliases(cx, &mut defs);
    cycles::box_fields(&mut defs);
    defs
}

/// What stands behind all that are declared, for one that is not there.
fn unknown() -> ir::TypeDef {
    let name = "unnamed_type".to_owned();
    ir::TypeDef {
        name: ir::Name { wire: name.clone(), snake: name.clone(), pascal: name.clone(), screaming: name },
        shape: ir::Shape::Alias(ir::Type::Json),
        rules: ir::Rules::default(),
        sent: false,
        flat: false,
        hollow: false,
        ruled: false,
        resource: None,
        doc: ir::Doc::default(),
        span: Span::default(),
    }
}

fn shape(cx: &mut Cx<'_, '_>, shape: &spec::Shape, groups: &spec::Groups) -> ir::Shape {
    if !matches!(shape, spec::Shape::Record(_)) {
        constraints::no_groups(cx, groups);
    }
    match shape {
        spec::Shape::Id(kind) => ir::Shape::Id(*kind),
        spec::Shape::Enum(values, kind) => ir::Shape::Enum(
            values
                .iter()
                .map(|(name, value)| {
                    if *kind == ir::EnumKind::Integer
                        && name.text.parse::<i64>().map(|n| n.to_string()).ok().as_ref() != Some(&name.text)
                    {
                        let message = format!("`{}` is no whole number of 64 bits", name.text);
                        cx.diagnostics.report(&rules::WRONG_TYPE, name.span, message).help("leave out `of: integer`");
                    }
                    ir::EnumValue {
                        name: cx.wire_name(name, value.rust.as_ref()),
                        doc: cx.doc(&value.doc),
                        span: name.span,
                    }
                })
                .collect(),
            *kind,
        ),
        spec::Shape::Alias(ty) => ir::Shape::Alias(cx.ty_never_null(Some(ty), "a type with a name")),
        spec::Shape::Union(union) => {
            let variants = union.variants.iter().map(|(name, variant)| {
                let value = ir::EnumValue {
                    name: cx.wire_name(name, variant.rust.as_ref()),
                    doc: cx.doc(&variant.doc),
                    span: name.span,
                };
                (value, cx.ty_never_null(variant.ty.as_ref(), "a shape of a union"))
            });
            ir::Shape::Union(ir::Union {
                variants: variants.collect(),
                tag: text(union.tag.as_ref()),
                content: union.content.as_ref().map(|content| content.text.clone()),
            })
        }
        spec::Shape::Record(fields) => {
            let names = index(fields);
            let beside = Beside::fields(&names);
            let mut lowered: Vec<_> = fields.iter().map(|(name, def)| field(cx, name, def, &beside)).collect();
            constraints::groups(cx, groups, &beside, |at, group| lowered[at].rules.constraints.push(group));
            ir::Shape::Record(lowered)
        }
    }
}

fn field(cx: &mut Cx<'_, '_>, name: &Scalar, field: &spec::Field, beside: &Beside<'_, '_>) -> ir::Field {
    let (ty, nullable) = cx.ty(field.ty.as_ref());
    // Of a type that is not there nothing is known that these could be for.
    let is_known = field.ty.as_ref().is_some_and(|ty| cx.is_known(ty));
    if let Some(at) = field.distinct_null
        && (field.required || !nullable)
    {
        let message = format!("null and absence of `{}` cannot be told apart", name.text);
        let help = "a field whose null is distinct has a type with `?`, and is not `required`";
        cx.diagnostics.report(&rules::MISPLACED_NULL, at, message).help(help);
    }
    if let Some(at) = field.or_one
        && is_known
        && !matches!(ty, ir::Type::List(_))
        && !matches!(&ty, ir::Type::Spelled(ty, _) if matches!(**ty, ir::Type::List(_)))
    {
        let message = "`or_one` says nothing about a type like this";
        cx.diagnostics.report(&rules::MISPLACED_SPELLING, at, message).help("it is for lists: `[User]`");
    }
    let places: Vec<_> = field.at.iter().map(|at| envelope::path(cx, at)).collect();
    let is_for_begins = places.is_empty() || (is_known && ty != ir::Type::String);
    if let (Some(begins), true) = (field.begins.first(), is_for_begins) {
        let message = "`begins` says nothing about a field like this";
        cx.diagnostics.report(&rules::MISPLACED_SPELLING, begins.span, message).help("it is for a `string` with `at`");
    }
    ir::Field {
        name: cx.wire_name(name, field.rust.as_ref()),
        ty,
        presence: if field.required { ir::Presence::Required } else { ir::Presence::Optional },
        nullable,
        tells_null: field.distinct_null.is_some(),
        or_one: field.or_one.is_some(),
        places,
        begins: field.begins.iter().map(|begin| begin.text.clone()).collect(),
        boxed: false,
        sensitivity: field.sensitivity,
        rules: constraints::lower(cx, &field.rules, &field.across, beside),
        doc: cx.doc(&field.doc),
        span: name.span,
    }
}

/// Marks what parameters hold, and what that holds.
pub(super) fn mark_sent(api: &mut ir::Api) {
    let paging = api.pagination.iter().flat_map(|paging| &paging.parameters);
    let body = api.encoding.body;
    let paging = paging.map(|parameter| (parameter, !parameter.is_json(body)));
    let operations = api.resources.iter().flat_map(|resource| &resource.operations);
    let own = operations.flat_map(|operation| {
        let body = operation.encoding.body;
        operation.parameters.iter().map(move |parameter| (parameter, !parameter.is_json(body)))
    });
    let held = |(parameter, flat): (&ir::Parameter, bool)| Some((parameter.ty.named()?, flat));
    let mut left: Vec<(ir::TypeId, bool)> = own.chain(paging).filter_map(held).collect();
    while let Some((id, flat)) = left.pop() {
        let is_new = |def: &&mut ir::TypeDef| !def.sent || (flat && !def.flat);
        let Some(def) = api.types.get_mut(id.0).filter(is_new) else { continue };
        def.sent = true;
        def.flat |= flat;
        left.extend(def.parts().map(|part| (part, flat)));
    }
}

/// Marks the records that may have nothing in them: all but those that must have something, or hold what must.
pub(super) fn mark_hollow(api: &mut ir::Api) {
    let mut holders = vec![Vec::new(); api.types.len()];
    let mut left = Vec::new();
    for (at, def) in api.types.iter().enumerate() {
        let required = def.fields().iter().filter(|field| field.presence == ir::Presence::Required);
        for field in required {
            match (api.bare(&field.ty), api.shape(api.bare(&field.ty))) {
                (ir::Type::Named(id), Some(ir::Shape::Record(_))) => {
                    holders.get_mut(id.0).into_iter().for_each(|holders| holders.push(at));
                }
                (bare, _) if api.may_be_nothing(bare) => {}
                _ => left.push(at),
            }
        }
    }
    for def in &mut api.types {
        def.hollow = matches!(def.shape, ir::Shape::Record(_));
    }
    while let Some(at) = left.pop() {
        let Some(def) = api.types.get_mut(at).filter(|def| def.hollow) else { continue };
        def.hollow = false;
        left.extend(holders.get(at).into_iter().flatten());
    }
}

/// Marks what is held to rules, and what holds that.
pub(super) fn mark_ruled(api: &mut ir::Api) {
    let mut holders = vec![Vec::new(); api.types.len()];
    let mut left = Vec::new();
    for (at, def) in api.types.iter().enumerate() {
        for part in def.parts() {
            if let Some(holders) = holders.get_mut(part.0) {
                holders.push(at);
            }
        }
        let has_rules = !def.rules.is_empty() || def.fields().iter().any(|field| !field.rules.is_empty());
        let contents = if let ir::Shape::Union(union) = &def.shape { union.variants.as_slice() } else { &[] };
        let needs_content = contents.iter().any(|(_, ty)| def.needs_content(api, ty));
        if has_rules || needs_content || def.needed(api).next().is_some() {
            left.push(at);
        }
    }
    while let Some(at) = left.pop() {
        let Some(def) = api.types.get_mut(at).filter(|def| !def.ruled) else { continue };
        def.ruled = true;
        left.extend(holders.get(at).into_iter().flatten());
    }
}
