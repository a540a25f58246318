//! What values must meet, as rows of tables and in words.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs::code;
use super::rust::ident;
use super::spelling::form_of;
use crate::ir::{
    Api, By, Class, Constraint, EnumValue, Field, Format, If, Number, Parameter, Rules, Shape, Type, TypeId, runs,
};
use crate::names;

/// What stands beside a value, itself included.
#[derive(Clone, Copy)]
pub(super) enum Beside<'a> {
    Parameters(&'a [Parameter]),
    Fields(&'a [Field]),
    Nothing,
}

impl<'a> Beside<'a> {
    /// The name on the wire and the type of one.
    fn get(self, at: usize) -> Option<(&'a str, &'a Type)> {
        match self {
            Self::Parameters(list) => list.get(at).map(|it| (it.name.wire.as_str(), &it.ty)),
            Self::Fields(list) => list.get(at).map(|it| (it.name.wire.as_str(), &it.ty)),
            Self::Nothing => None,
        }
    }
}

/// So common in rules for passwords that the runtime has a name for it.
const EVERY_CLASS: [&str; 4] = ["Lower", "Upper", "Digit", "Special"];

/// What a value must meet: what is said of it, and of its type.
pub(super) fn facts(api: &Api, rules: &Rules, ty: &Type, all: Beside<'_>) -> Vec<TokenStream> {
    let mut facts = own(api, rules, ty, all);
    facts.extend(within(api, ty));
    facts
}

/// What is said of it. Classes of characters make one row together; before all of them stands what is said where they
/// are not met.
fn own(api: &Api, rules: &Rules, ty: &Type, all: Beside<'_>) -> Vec<TokenStream> {
    let constraints = || rules.constraints.iter().map(|constraint| &constraint.value);
    let says = rules.messages.iter().map(|(id, text)| {
        let id = &id.text;
        quote!(rt::Says(#id, #text))
    });
    let mut facts: Vec<_> = says.collect();
    facts.extend(constraints().filter_map(|constraint| fact(api, constraint, ty, all)));
    let classes: Vec<_> = constraints().filter_map(class).collect();
    facts.extend(match classes.as_slice() {
        [] => None,
        all if all == EVERY_CLASS => Some(quote!(rt::Contains(rt::EVERY_CLASS))),
        some => Some(quote!(rt::Contains(&[#(rt::#some),*]))),
    });
    facts
}

/// What is said of the type, and of what is in a value of it.
fn within(api: &Api, ty: &Type) -> Vec<TokenStream> {
    match ty {
        Type::Spelled(ty, _) => within(api, ty),
        Type::List(item) | Type::Map(item) => {
            let facts = within(api, item);
            if facts.is_empty() { facts } else { vec![quote!(rt::Each(&[#(#facts),*]))] }
        }
        Type::JsonText(held) => {
            let facts = within(api, held);
            if facts.is_empty() { facts } else { vec![quote!(rt::InText(&[#(#facts),*]))] }
        }
        Type::Named(id) => {
            let def = api.type_def(*id);
            let mut facts = own(api, &def.rules, ty, Beside::Nothing);
            match &def.shape {
                Shape::Alias(ty) => facts.extend(within(api, ty)),
                Shape::Record(_) if api.is_ruled(*id) => {
                    let table = ident(&names::rules(&def.name));
                    facts.push(quote!(rt::Members(|| #table)));
                }
                Shape::Union(union) if api.is_ruled(*id) => {
                    let (table, tag) = (ident(&names::rules(&def.name)), &union.tag);
                    let content = union.content.as_ref().map_or(quote!(None), |content| quote!(Some(#content)));
                    facts.push(quote!(rt::Shapes(#tag, #content, || #table)));
                }
                Shape::Record(_) | Shape::Union(_) | Shape::Id(_) | Shape::Enum(..) => {}
            }
            facts
        }
        _ => Vec::new(),
    }
}

/// ```text
/// static STUDENT_RULES: &[rt::Ruled] = &[("email", &[rt::Known(rt::EMAIL)])];
/// ```
pub(super) fn table(api: &Api, id: TypeId) -> Option<TokenStream> {
    let def = api.type_def(id);
    if !def.sent || !api.is_ruled(id) {
        return None;
    }
    let rows: Vec<TokenStream> = match &def.shape {
        Shape::Record(fields) => {
            let all = Beside::Fields(fields);
            let is_needed = |field: &Field| def.needed(api).any(|needed| std::ptr::eq(needed, field));
            let row = |field: &Field| {
                let needed = is_needed(field).then(|| quote!(rt::Needed)).into_iter();
                row(&field.name.wire, needed.chain(facts(api, &field.rules, &field.ty, all)).collect())
            };
            fields.iter().filter_map(row).collect()
        }
        Shape::Union(union) => {
            let row = |(value, ty): &(EnumValue, Type)| {
                let needed = def.needs_content(api, ty).then(|| quote!(rt::Needed)).into_iter();
                row(&value.name.wire, needed.chain(within(api, ty)).collect())
            };
            union.variants.iter().filter_map(row).collect()
        }
        Shape::Id(_) | Shape::Enum(..) | Shape::Alias(_) => return None,
    };
    let name = ident(&names::rules(&def.name));
    // What a resource declares is for its neighbours too.
    let scope = def.resource.is_some().then(|| quote!(pub(super)));
    Some(quote! { #scope static #name: &[rt::Ruled] = &[#(#rows),*]; })
}

fn row(name: &str, facts: Vec<TokenStream>) -> Option<TokenStream> {
    (!facts.is_empty()).then(|| quote!((#name, &[#(#facts),*])))
}

/// One constraint as a row of its own.
fn fact(api: &Api, constraint: &Constraint, ty: &Type, all: Beside<'_>) -> Option<TokenStream> {
    let name = |at: &usize| all.get(*at).map_or("", |(name, _)| name);
    let count = |count: &u32| Literal::u32_unsuffixed(*count);
    let list = |texts: &[crate::source::Spanned<String>]| {
        let texts = texts.iter().map(|text| &text.value);
        quote!(&[#(#texts),*])
    };
    let conditions = |stated: &[If]| {
        let one = stated.iter().map(|condition| {
            let (name, texts) = (name(&condition.other), list(&condition.texts));
            let other = all.get(condition.other).filter(|_| !condition.texts.is_empty());
            let by = other.map_or(quote!(rt::AsSent), |(_, ty)| by(api, ty));
            quote!((#name, #by, #texts))
        });
        quote!(&[#(#one),*])
    };
    Some(match constraint {
        Constraint::MinLength(n) => one("MinLength", count(n)),
        Constraint::MaxLength(n) => one("MaxLength", count(n)),
        Constraint::MinBytes(n) => one("MinBytes", count(n)),
        Constraint::MaxBytes(n) => one("MaxBytes", count(n)),
        Constraint::Min(n) => one("Min", n.as_str()),
        Constraint::Max(n) => one("Max", n.as_str()),
        Constraint::MultipleOf(n) => one("MultipleOf", n.as_str()),
        Constraint::OneOf(known) => {
            let (by, known) = (by(api, ty), list(known));
            quote!(rt::OneOf(#by, #known))
        }
        Constraint::MaxSize(n) => one("MaxSize", Literal::u64_unsuffixed(*n)),
        Constraint::Pattern(text) => match runs(text) {
            Some(runs) => {
                let runs = runs.iter().map(run);
                quote!(rt::Runs(#text, &[#(#runs),*]))
            }
            None => one("Pattern", text),
        },
        Constraint::Format(format) => {
            let format = ident(constant(*format));
            quote!(rt::Known(rt::#format))
        }
        Constraint::MinItems(n) => one("MinItems", count(n)),
        Constraint::MaxItems(n) => one("MaxItems", count(n)),
        Constraint::UniqueItems => {
            let by = by(api, ty);
            quote!(rt::UniqueItems(#by))
        }
        Constraint::Equals(at) => {
            let (by, name) = (by(api, ty), name(at));
            quote!(rt::Equals(#by, #name))
        }
        Constraint::Unless(at) => one("Unless", name(at)),
        Constraint::RequiredIf(all) => one("RequiredIf", conditions(all)),
        Constraint::ForbiddenIf(all) => one("ForbiddenIf", conditions(all)),
        Constraint::AtLeastOne(group) => {
            let names = group.iter().map(name);
            quote!(rt::AtLeastOne(&[#(#names),*]))
        }
        Constraint::ExactlyOne(group) => {
            let names = group.iter().map(name);
            quote!(rt::ExactlyOne(&[#(#names),*]))
        }
        Constraint::After(at) => {
            let (_, other) = all.get(*at)?;
            let [own, other] = [ty, other].map(|ty| form_of(api, ty).unwrap_or(quote!(rt::Form::Usual)));
            let (name, kind) = (name(at), moment(api.bare(ty)));
            quote!(rt::After(#name, |a, b| rt::is_later::<rt::#kind>([a, b], [#own, #other])))
        }
        Constraint::Contains(_) => return None,
    })
}

/// What values of a type are the same by.
fn by(api: &Api, ty: &Type) -> TokenStream {
    match api.same_by(ty) {
        By::AsSent => quote!(rt::AsSent),
        By::Amount => quote!(rt::Amount),
        By::Moment(_) => {
            let form = form_of(api, ty).unwrap_or(quote!(rt::Form::Usual));
            quote!(rt::Moment(|text| rt::moment(text, #form)))
        }
    }
}

fn one(name: &str, value: impl quote::ToTokens) -> TokenStream {
    let name = ident(name);
    quote!(rt::#name(#value))
}

fn run(run: &crate::ir::Run) -> TokenStream {
    let bytes = run.ranges.iter().flat_map(|(first, last)| [char::from(*first), char::from(*last)]);
    let (ranges, least) = (bytes.collect::<String>(), Literal::u32_unsuffixed(run.least));
    let most = Literal::u32_unsuffixed(run.most);
    let most = if run.most == u32::MAX { quote!(rt::MANY) } else { quote!(#most) };
    quote!((#ranges, #least, #most))
}

fn constant(format: Format) -> &'static str {
    match format {
        Format::Email => "EMAIL",
        Format::Url => "URL",
        Format::Uuid => "UUID",
        Format::Phone => "PHONE",
        Format::Date => "DATE",
        Format::DateTime => "DATE_TIME",
        Format::IanaTimeZone => "IANA_TIME_ZONE",
        Format::WindowsTimeZone => "WINDOWS_TIME_ZONE",
        Format::Country => "COUNTRY",
    }
}

/// The Rust type of a time.
pub(super) fn moment(ty: &Type) -> Ident {
    ident(match ty {
        Type::Date => "CivilDate",
        Type::Time => "CivilTime",
        Type::CivilDateTime => "CivilDateTime",
        _ => "DateTime",
    })
}

fn class(constraint: &Constraint) -> Option<Ident> {
    let Constraint::Contains(class) = constraint else { return None };
    Some(ident(match class {
        Class::Lower => "Lower",
        Class::Upper => "Upper",
        Class::Digit => "Digit",
        Class::Special => "Special",
    }))
}

/// What must be met, in words.
pub(super) fn said(rules: &Rules, all: Beside<'_>) -> Vec<String> {
    rules.constraints.iter().map(|constraint| text(constraint, all)).collect()
}

fn text(constraint: &Constraint, all: Beside<'_>) -> String {
    let name = |at: &usize| code(all.get(*at).map_or("", |(name, _)| name));
    let names = |group: &[usize]| group.iter().map(name).collect::<Vec<_>>().join(", ");
    let number = |number: &Number| number.as_str().to_owned();
    match constraint {
        Constraint::MinLength(1) => "not empty".to_owned(),
        Constraint::MinLength(n) => format!("at least {}", counted(u64::from(*n), "character")),
        Constraint::MaxLength(n) => format!("at most {}", counted(u64::from(*n), "character")),
        Constraint::MinBytes(n) => format!("at least {}", counted(u64::from(*n), "byte")),
        Constraint::MaxBytes(n) => format!("at most {}", counted(u64::from(*n), "byte")),
        Constraint::Min(n) => format!("at least {}", number(n)),
        Constraint::Max(n) => format!("at most {}", number(n)),
        Constraint::MultipleOf(n) => format!("a multiple of {}", number(n)),
        Constraint::OneOf(known) => {
            format!("one of {}", known.iter().map(|known| code(known)).collect::<Vec<_>>().join(", "))
        }
        Constraint::MaxSize(n) => format!("at most {}", counted(*n, "byte")),
        Constraint::Contains(Class::Lower) => "a lower-case letter".to_owned(),
        Constraint::Contains(Class::Upper) => "an upper-case letter".to_owned(),
        Constraint::Contains(Class::Digit) => "a digit".to_owned(),
        Constraint::Contains(Class::Special) => "a character that is neither letter nor digit".to_owned(),
        Constraint::Pattern(text) => format!("matches {}", code(text)),
        Constraint::Format(format) => format.what().to_owned(),
        Constraint::MinItems(n) => format!("at least {}", counted(u64::from(*n), "item")),
        Constraint::MaxItems(n) => format!("at most {}", counted(u64::from(*n), "item")),
        Constraint::UniqueItems => "no item twice".to_owned(),
        Constraint::Equals(at) => format!("equals {}", name(at)),
        Constraint::Unless(at) => format!("required unless {} is given", name(at)),
        Constraint::RequiredIf(conditions) => format!("required where {}", conditions_text(conditions, &name)),
        Constraint::ForbiddenIf(conditions) => format!("not allowed where {}", conditions_text(conditions, &name)),
        Constraint::AtLeastOne(group) => format!("at least one of {} is given", names(group)),
        Constraint::ExactlyOne(group) => format!("exactly one of {} is given", names(group)),
        Constraint::After(at) => format!("later than {}", name(at)),
    }
}

/// `1 byte`, `2 bytes`.
fn counted(number: u64, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

fn conditions_text(conditions: &[If], name: &dyn Fn(&usize) -> String) -> String {
    let one = |condition: &If| {
        let texts: Vec<_> = condition.texts.iter().map(|text| code(text)).collect();
        match texts.as_slice() {
            [] => format!("{} is given", name(&condition.other)),
            texts => format!("{} is {}", name(&condition.other), texts.join(" or ")),
        }
    };
    conditions.iter().map(one).collect::<Vec<_>>().join(" and ")
}
