//! Operations: a type that names the call, its table, its optional parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Docs, allowed, code, deprecated, escape, marks, parts, sentence, with_remarks};
use super::rules::{self, Beside};
use super::rust::{ident, is_named, needed, own_name, pascal, preview, screaming, snake, type_of};
use super::spelling::form_of;
use super::{alias, encoding, envelope, error, paging};
use crate::ir::{
    Api, Clear, Fallback, Location, Method, Name, Operation, Paging, Parameter, Payload, Presence, Raw, Resource,
    Retry, Sensitivity, Style, Type,
};

/// ```text
/// pub enum ShowUser {}
/// impl rt::Operation for ShowUser { … const TABLE … }
/// impl Call<ShowUser> { …setters… }
/// ```
pub(super) fn emit(api: &Api, resource: &Resource, operation: &Operation) -> [TokenStream; 4] {
    let (name, preview) = (pascal(&operation.type_name), preview(operation));
    let error_name = pascal(&operation.error_type);
    let declaration = declaration(api, resource, operation);
    let output = output(api, &operation.payload);
    let table = table(api, resource, operation);
    let setters: Vec<_> = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.is_needed())
        .map(|parameter| setter(api, parameter, &operation.parameters, operation.paging.as_deref()))
        .collect();
    let shared = paging::own_setters(api, operation);
    let method = operation.guesses_method.then(|| method(operation));
    let setters = if setters.is_empty() && shared.is_none() && method.is_none() {
        quote! {}
    } else {
        quote! { #preview impl Call<#name> { #method #shared #(#setters)* } }
    };
    let lend = is_named(api, operation).then(|| lend(operation));
    let operation_impl = quote! {
        #preview
        impl rt::Operation for #name {
            type Output = #output;
            type Error = #error_name;
            #table
            #lend
        }
    };
    [declaration, operation_impl, setters, error::of_operation(api, operation)]
}

/// ```text
/// pub fn with_method(self, method: &str) -> Self { Self(self.0.with_method(method)) }
/// ```
fn method(operation: &Operation) -> TokenStream {
    let docs = format!(
        " Makes the call with another method than {}, which is a guess: `with_method(\"POST\")`.",
        operation.method.as_str()
    );
    quote! {
        #[doc = #docs]
        pub fn with_method(self, method: &str) -> Self {
            Self(self.0.with_method(method))
        }
    }
}

/// The struct of the needed parameters, or a type that is only a name.
fn declaration(api: &Api, resource: &Resource, operation: &Operation) -> TokenStream {
    let (name, preview) = (pascal(&operation.type_name), preview(operation));
    let method = format!("[`{}::{}`]", resource.name.pascal, operation.name.snake.trim_start_matches("r#"));
    if !is_named(api, operation) {
        let docs = format!(" Names the call that {method} makes.");
        return quote! { #[doc = #docs] #preview pub enum #name {} };
    }
    let docs = format!(" What {method} needs.");
    let fields = needed(operation).into_iter().map(|parameter| {
        let (name, ty) = (snake(&parameter.name), type_of(api, &parameter.ty, parameter.sensitivity));
        let docs = parameter_docs(api, parameter, &operation.parameters);
        let (alias, deprecated) = (alias::of_name(&parameter.name), deprecated(&parameter.doc));
        quote! { #docs #alias #deprecated pub #name: #ty, }
    });
    quote! {
        #[doc = #docs]
        #preview
        #[derive(Clone)]
        pub struct #name {
            #(#fields)*
        }
        #preview
        rt::request!(#name);
    }
}

/// ```text
/// fn lend(&self, take: &mut rt::Take<'_>) { take.all([&self.name, …]); }
/// ```
fn lend(operation: &Operation) -> TokenStream {
    let needed = needed(operation);
    let fields = needed.iter().map(|parameter| snake(&parameter.name));
    let allowed = allowed(needed.iter().map(|parameter| &parameter.doc));
    quote! {
        #allowed
        fn lend(&self, take: &mut rt::Take<'_>) {
            take.all([#(&self.#fields),*]);
        }
    }
}

fn output(api: &Api, payload: &Payload) -> TokenStream {
    match payload {
        Payload::Nothing => quote!(()),
        Payload::Raw(Raw::Text) => quote!(String),
        Payload::Raw(Raw::Bytes) => quote!(rt::Bytes),
        Payload::Raw(Raw::Stream) => quote!(rt::Download),
        Payload::Raw(Raw::Response) => quote!(rt::Response),
        Payload::Key(_, ty) | Payload::Whole(ty) => type_of(api, ty, Sensitivity::Public),
        Payload::Page(_, item) => {
            let item = type_of(api, item, Sensitivity::Public);
            quote!(rt::Page<#item>)
        }
    }
}

/// ```text
/// const TABLE: rt::Table = rt::get("/users/{id}").id("users.show").gives(rt::Payload::Whole); … const PARAMS … = &[…];
/// ```
fn table(api: &Api, resource: &Resource, operation: &Operation) -> TokenStream {
    let id = format!("{}.{}", resource.name.wire, operation.name.wire);
    let method = ident(&operation.method.as_str().to_lowercase());
    let template = operation.template();
    let rows = operation
        .parameters
        .iter()
        .map(|parameter| row(api, parameter, &operation.parameters, &operation.encoding.style));
    let params =
        (!operation.parameters.is_empty()).then(|| quote! { const PARAMS: &'static [rt::Param] = &[#(#rows),*]; });
    let payload = match &operation.payload {
        Payload::Nothing | Payload::Raw(Raw::Bytes | Raw::Response) => None,
        Payload::Raw(Raw::Text) => Some(quote!(Text)),
        Payload::Raw(Raw::Stream) => Some(quote!(Stream)),
        Payload::Key(key, _) => Some(quote!(Key(#key))),
        Payload::Page(Some(key), _) => Some(quote!(Page(#key))),
        Payload::Page(None, _) => Some(quote!(WholePage)),
        Payload::Whole(_) => Some(quote!(Whole)),
    };
    let gives = payload.map(|payload| quote!(.gives(rt::Payload::#payload)));
    let also_under = operation.also_under.iter();
    let also_under = (!operation.also_under.is_empty())
        .then(|| quote! { const ALSO_UNDER: &'static [&'static str] = &[#(#also_under),*]; });
    let or_one = operation.or_one.then(|| quote! { const OR_ONE: bool = true; });
    let retry = match (operation.retry, operation.method) {
        (Retry::Safe, Method::Get | Method::Head) => quote! {},
        (Retry::Safe, _) => quote! { const RETRY: rt::Retry = rt::Retry::Safe; },
        (Retry::Never, Method::Get | Method::Head) => quote! { const RETRY: rt::Retry = rt::Retry::Never; },
        (Retry::Never, _) => quote! {},
        (Retry::Keyed, _) => quote! { const RETRY: rt::Retry = rt::Retry::Keyed; },
    };
    let envelope = operation.envelope.as_ref().map(|envelope| {
        let table = envelope::table(envelope);
        quote! { const ENVELOPE: &'static rt::Envelope = &#table; }
    });
    let empty_on = operation.empty_on.iter().map(|id| screaming(&api.error(*id).name));
    let empty_on = (!operation.empty_on.is_empty())
        .then(|| quote! { const EMPTY_ON: &'static [&'static rt::ErrorCase] = &[#(&#empty_on),*]; });
    let empty_after = empty_after(operation);
    let empty_after = empty_after
        .iter()
        .any(|count| *count > 0)
        .then(|| quote! { const EMPTY_AFTER: &'static [usize] = &[#(#empty_after),*]; });
    let encoding = (operation.encoding != api.encoding).then(|| {
        let encoding = encoding::encoding(&operation.encoding);
        quote! { const ENCODING: Option<&'static rt::Encoding> = Some(const { &#encoding }); }
    });
    let paging = operation.paging.as_ref().map(|paging| {
        let table = paging::table(api, paging, &operation.parameters);
        quote! { const PAGING: Option<&'static rt::Paging> = Some(const { &#table }); }
    });
    let last = paging::last(api, operation);
    let below_host = operation.below_host.then(|| quote! { const BELOW_HOST: bool = true; });
    let anonymous = operation.anonymous.then(|| quote! { const ANONYMOUS: bool = true; });
    let signed = (!operation.signed && !operation.anonymous).then(|| quote! { const SIGNED: bool = false; });
    quote! {
        const TABLE: rt::Table = rt::#method(#template).id(#id) #gives;
        #params
        #also_under
        #or_one
        #retry
        #envelope
        #empty_on
        #empty_after
        #paging
        #last
        #encoding
        #below_host
        #anonymous
        #signed
    }
}

/// How many documented errors are tried before each of those that say only that there is nothing to return.
fn empty_after(operation: &Operation) -> Vec<usize> {
    let mut places = (0..).zip(&operation.tried);
    let place = |error| places.find(|(_, tried)| *tried == error).map_or(0, |(place, _)| place);
    // Of those before it some are such errors themselves.
    operation.empty_on.iter().map(place).zip(0..).map(|(place, empty): (usize, usize)| place - empty).collect()
}

/// One parameter as a row of a table.
pub(super) fn row(api: &Api, parameter: &Parameter, all: &[Parameter], around: &Style) -> TokenStream {
    let wire = &parameter.name.wire;
    let place = match parameter.location {
        Location::Path => quote!(InPath),
        Location::Query => quote!(InQuery),
        Location::Header => quote!(InHeader),
        Location::Body => quote!(InBody),
    };
    let presence = match parameter.presence {
        Presence::Required => None,
        Presence::Optional => Some(quote!(rt::Optional)),
    };
    let sensitivity = match parameter.sensitivity {
        Sensitivity::Public => None,
        Sensitivity::Personal => Some(quote!(rt::IsPersonal)),
        Sensitivity::Secret => Some(quote!(rt::IsSecret)),
    };
    let form = form_of(api, &parameter.ty).map(|form| quote!(rt::Spelled(#form)));
    let clear = parameter.clear.as_ref().map(|clear| match &clear.value {
        Clear::Text(text) => quote!(rt::Clear(#text)),
        Clear::Null => quote!(rt::ClearByNull),
    });
    let fallback = match &parameter.fallback {
        Fallback::Nothing | Fallback::Server(_) => None,
        Fallback::Parameter(index) => {
            let other = &all[index.value].name.wire;
            Some(quote!(rt::DefaultFrom(#other)))
        }
        Fallback::Random => Some(quote!(rt::IdempotencyKey)),
    };
    let style = (parameter.style != *around).then(|| {
        let style = encoding::style(&parameter.style);
        quote!(rt::Styled(const { &#style }))
    });
    let spread = parameter.spread.map(|_| quote!(rt::Spread));
    let rules = rules::facts(api, &parameter.rules, &parameter.ty, Beside::Parameters(all));
    let slashes = parameter.keeps_slashes.then(|| quote!(rt::KeepSlashes));
    let unsigned = (!parameter.signed).then(|| quote!(rt::Unsigned));
    let content_type = parameter.content_type.as_ref().map(|media_type| {
        let media_type = &media_type.value;
        quote!(rt::ContentType(#media_type))
    });
    let facts = [presence, sensitivity, form, clear, fallback, style, spread, slashes, unsigned, content_type];
    let facts: Vec<_> = facts.into_iter().flatten().chain(rules).collect();
    // Most rows say no more than this, and a name is quicker to compile than a list.
    let optional = parameter.presence == Presence::Optional;
    let facts = match (facts.len(), optional) {
        (0, _) => quote!(rt::REQUIRED),
        (1, true) => quote!(rt::OPTIONAL),
        _ => quote!(&[#(#facts),*]),
    };
    quote! { rt::#place(#wire, #facts) }
}

/// ```text
/// pub fn limit(self, limit: i64) -> Self { Self(self.0.set("limit", limit)) }
/// ```
pub(super) fn setter(api: &Api, parameter: &Parameter, all: &[Parameter], paging: Option<&Paging>) -> TokenStream {
    let (name, wire) = (snake(&parameter.name), &parameter.name.wire);
    let ty = type_of(api, &parameter.ty, parameter.sensitivity);
    let docs = parameter_docs(api, parameter, all);
    let first = paging.filter(|it| it.next.parameter() == Some(wire)).and_then(|it| paging::first(&it.next));
    let docs = first.into_iter().fold(docs, |docs, first| docs.markdown(&sentence(&first)));
    let is_plainer = api.is_made_of_text(&parameter.ty) || parameter.sensitivity == Sensitivity::Secret;
    let (argument, value) = if parameter.clear.is_some() {
        (quote!(impl Into<rt::Patch<#ty>>), quote!(#name.into()))
    } else if let Type::JsonText(held) = api.bare(&parameter.ty) {
        let held = type_of(api, held, Sensitivity::Public);
        (quote!(impl rt::IntoJsonText<#held>), quote!(rt::IntoJsonText::into_json_text(#name)))
    } else if is_plainer {
        (quote!(impl Into<#ty>), quote!(#name.into()))
    } else {
        (ty, quote!(#name))
    };
    let (own_name, alias) = (own_name(&parameter.name), alias::of_name(&parameter.name));
    let deprecated = deprecated(&parameter.doc);
    quote! {
        #docs
        #alias
        #deprecated
        #own_name
        pub fn #name(self, #name: #argument) -> Self {
            Self(self.0.set(#wire, #value))
        }
    }
}

/// What a parameter means, what it must meet, and what holds without it.
pub(super) fn parameter_docs(api: &Api, parameter: &Parameter, all: &[Parameter]) -> Docs {
    let docs = Docs::default();
    let docs = if parameter.doc.text.is_empty() {
        docs.markdown(&code(&parameter.name.wire))
    } else {
        let docs = docs.prose(&parameter.doc.text);
        sent_as(parameter).into_iter().fold(docs, |docs, wire| docs.markdown(&format!("Sent as {wire}.")))
    };
    docs.rules(demands(api, parameter, all)).besides(&parameter.doc)
}

/// The same on one line, for the list of all that a call takes: what else is known of it stands where it is given.
pub(super) fn parameter_line(api: &Api, parameter: &Parameter, all: &[Parameter]) -> String {
    let doubts = marks(&parameter.doc);
    listed(api, parameter, all, &doubts, [parameter.doc.text.lines().next().map(escape), None])
}

/// The same of one that is given where nothing can be said of it: all there is to know.
pub(super) fn argument_line(api: &Api, parameter: &Parameter, all: &[Parameter]) -> String {
    let [meaning, besides] = parts(&parameter.doc);
    listed(api, parameter, all, &[], [Some(meaning), Some(besides)])
}

fn listed(
    api: &Api,
    parameter: &Parameter,
    all: &[Parameter],
    doubts: &[&str],
    [meaning, besides]: [Option<String>; 2],
) -> String {
    let sent_as = sent_as(parameter).map(|wire| format!("sent as {wire}"));
    let remarks: Vec<_> = sent_as.into_iter().chain(doubts.iter().map(|doubt| (*doubt).to_owned())).collect();
    let name = with_remarks(&code(parameter.name.snake.trim_start_matches("r#")), &remarks);
    let demands = Some(demands(api, parameter, all)).filter(|said| !said.is_empty());
    let meaning = meaning.filter(|text| !text.is_empty());
    let rules = if meaning.is_some() { "Rules: " } else { "" };
    let demands = demands.map(|said| format!("{rules}{}.", said.join("; ")));
    let besides = besides.filter(|text| !text.is_empty());
    let said: Vec<_> = [meaning, demands, besides].into_iter().flatten().collect();
    if said.is_empty() { name } else { format!("{name}: {}", said.join(" ")) }
}

/// The name on the wire, where it is another than in Rust. What stands in a path has none.
fn sent_as(parameter: &Parameter) -> Option<String> {
    let Name { wire, snake, .. } = &parameter.name;
    let is_another = parameter.location != Location::Path && wire != snake.trim_start_matches("r#");
    is_another.then(|| code(wire))
}

/// What a value must meet, and what stands for one that is not given.
fn demands(api: &Api, parameter: &Parameter, all: &[Parameter]) -> Vec<String> {
    let mut said = rules::said(&parameter.rules, Beside::Parameters(all));
    said.extend(api.rules_of(&parameter.ty).flat_map(|rules| rules::said(rules, Beside::Nothing)));
    match &parameter.fallback {
        Fallback::Server(text) => said.push(format!("{} unless given", code(text))),
        Fallback::Random => said.push("a random UUID unless given, the same with each attempt of a call".to_owned()),
        Fallback::Parameter(other) => {
            let other = all.get(other.value).map_or("", |other| &other.name.wire);
            said.push(format!("the value of {} unless given", code(other)));
        }
        Fallback::Nothing => {}
    }
    if let Some(clear) = &parameter.clear {
        let wire = match &clear.value {
            Clear::Text(text) if text.is_empty() => "an empty text".to_owned(),
            Clear::Text(text) => code(text),
            Clear::Null => code("null"),
        };
        said.push(format!("cleared by sending {wire}"));
    }
    said
}
