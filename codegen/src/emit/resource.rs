//! One file a resource: its handle, its operations, its types.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Docs, code, deprecated, escape, marks, with_remarks};
use super::rust::{is_named, needed, own_name, pascal, preview, snake, type_of};
use super::{alias, error, example, operation, paging, types};
use crate::ir::{Api, Operation, Parameter, Payload, Raw, Resource, Type};

pub(super) fn file(api: &Api, index: usize, resource: &Resource) -> TokenStream {
    let mut file = quote!(
        use super::*;
    );
    file.extend(handle(api, resource));
    file.extend(resource.operations.iter().flat_map(|operation| operation::emit(api, resource, operation)));
    file.extend(types::of(api, Some(index)));
    file
}

/// ```text
/// pub struct Users(pub(super) rt::Client);
/// impl Users { pub fn show(&self, …) -> Call<ShowUser> { … } }
/// ```
fn handle(api: &Api, resource: &Resource) -> TokenStream {
    let name = pascal(&resource.name);
    let docs = Docs::default().about(&resource.name, &resource.doc);
    let methods = resource.operations.iter().map(|operation| method(api, resource, operation));
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name(pub(super) rt::Client);
        impl #name {
            #(#methods)*
        }
    }
}

fn method(api: &Api, resource: &Resource, operation: &Operation) -> TokenStream {
    let (name, call) = (snake(&operation.name), pascal(&operation.type_name));
    let docs = method_docs(api, resource, operation);
    let deprecated = deprecated(&operation.doc);
    let (own_name, preview) = (own_name(&operation.name), preview(operation));
    let fields: Vec<_> = needed(operation).iter().map(|parameter| snake(&parameter.name)).collect();
    if is_named(api, operation) {
        let alias = alias::of_method(resource, operation, &[]);
        return quote! {
            #docs
            #(#alias)*
            #preview
            #deprecated
            #own_name
            pub fn #name(&self, request: #call) -> Call<#call> {
                self.0.call_with(&request)
            }
        };
    }
    let alias = alias::of_method(resource, operation, &needed(operation));
    let types = needed(operation).into_iter().map(|parameter| type_of(api, &parameter.ty, parameter.sensitivity));
    quote! {
        #docs
        #(#alias)*
        #preview
        #deprecated
        #own_name
        pub fn #name(&self, #(#fields: #types),*) -> Call<#call> {
            self.0.call([#(&#fields),*])
        }
    }
}

fn method_docs(api: &Api, resource: &Resource, operation: &Operation) -> Docs {
    let errors = operation.errors.iter().enumerate().map(|(at, id)| {
        let error = api.error(*id);
        let doubts = marks(&error.doc).into_iter().chain(operation.leaves_open_on(error).then_some("outcome unknown"));
        let remarks: Vec<_> = error.statuses.iter().map(u16::to_string).chain(doubts.map(str::to_owned)).collect();
        let meaning = error.doc.text.lines().next().map_or_else(|| error::known_by(error), escape);
        let meaning = if meaning.is_empty() { meaning } else { format!(": {meaning}") };
        let anywhere = if at < operation.listed { "" } else { " Any call may answer it." };
        let named = with_remarks(&format!("`{}`", error.name.pascal), &remarks);
        format!("{named}{meaning}{anywhere}")
    });
    let line = code(&format!("{} {}", operation.method.as_str(), operation.template()));
    let docs = Docs::default().prose(&operation.doc.text).markdown(&format!("{line}{}", given(api, operation)));
    let method = operation.method.as_str();
    let guess = format!("The method is not known, and {method} is a guess: `with_method` says another one.");
    let besides = [
        (operation.guesses_method, guess.as_str()),
        (operation.below_host, "The path is below the host, and not below the base address."),
        (operation.anonymous, "Made without credentials: a client that has none can make it."),
        (operation.preview, "Only with the feature `preview`: too little is known of it to rely on."),
    ];
    let docs = empty_on(api, operation).into_iter().fold(docs, |docs, said| docs.markdown(&said));
    let docs = besides.into_iter().filter(|(is_so, _)| *is_so).fold(docs, |docs, (_, text)| docs.markdown(text));
    let docs = parameters(api, operation, docs)
        .list("# Errors", errors)
        .markdown("# Example")
        .markdown(&example::of(api, resource, operation))
        .provenance(&operation.doc);
    // Where a documented example contradicts the rest, its readers should know.
    operation
        .examples
        .iter()
        .flat_map(|example| &example.doc.contradictions)
        .fold(docs, |docs, (label, text)| docs.prose(&format!("Contradiction {label}: {text}")))
}

/// Which errors are none here, and what the call gives instead.
fn empty_on(api: &Api, operation: &Operation) -> Option<String> {
    let names = operation.empty_on.iter().map(|id| format!("`{}`", api.error(*id).name.pascal));
    let names = names.collect::<Vec<_>>().join(" or ");
    let given = match &operation.payload {
        Payload::Nothing => "a success",
        Payload::Page(..) => "an empty page",
        Payload::Raw(Raw::Text) => "an empty text",
        Payload::Raw(_) => "an empty answer",
        Payload::Key(..) | Payload::Whole(_) => "an empty list",
    };
    (!names.is_empty()).then(|| format!("The error {names} is {given} here."))
}

/// What awaiting the call gives, which does not stand in the method's signature.
fn given(api: &Api, operation: &Operation) -> String {
    match &operation.payload {
        Payload::Nothing => String::new(),
        Payload::Raw(Raw::Text) => " gives a `String`.".to_owned(),
        Payload::Raw(Raw::Bytes) => " gives the bytes of the answer.".to_owned(),
        Payload::Raw(Raw::Stream) => " gives a [`Download`].".to_owned(),
        Payload::Raw(Raw::Response) => " gives the [`Response`] as it came.".to_owned(),
        Payload::Page(_, item) => {
            let first = api.paging_of(operation).and_then(|paging| paging::first(&paging.next));
            let first = first.map(|first| format!("; {first}")).unwrap_or_default();
            format!(" gives a page of {}{first}.", type_docs(api, item))
        }
        Payload::Key(_, ty) | Payload::Whole(ty) => format!(" gives {}.", type_docs(api, ty)),
    }
}

/// What the call takes, and what may be set on it before it is awaited.
fn parameters(api: &Api, operation: &Operation, docs: Docs) -> Docs {
    let own = &operation.parameters;
    // Arguments have no documentation of their own.
    let line = if is_named(api, operation) { operation::parameter_line } else { operation::argument_line };
    let lines = |all: &[Parameter], needed: bool| {
        let some = all.iter().filter(|parameter| parameter.is_needed() == needed);
        let line = if needed { line } else { operation::parameter_line };
        some.map(|parameter| line(api, parameter, all)).collect::<Vec<_>>()
    };
    let optional = lines(api.page_parameters(operation), false).into_iter().chain(lines(own, false));
    docs.list("# Parameters", lines(own, true)).list("Set on the call, or left out:", optional)
}

fn type_docs(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Boolean => "`bool`".to_owned(),
        Type::Integer => "`i64`".to_owned(),
        Type::Unsigned => "`u64`".to_owned(),
        Type::Decimal => "[`Decimal`]".to_owned(),
        Type::String => "`String`".to_owned(),
        Type::NumberOrString => "[`NumberOrText`]".to_owned(),
        Type::Base64 => "[`Base64`]".to_owned(),
        Type::DateTime => "[`DateTime`]".to_owned(),
        Type::CivilDateTime => "[`CivilDateTime`]".to_owned(),
        Type::Date => "[`CivilDate`]".to_owned(),
        Type::Time => "[`CivilTime`]".to_owned(),
        Type::Json => "[`Json`]".to_owned(),
        Type::File => "[`Upload`]".to_owned(),
        Type::Named(id) => format!("[`{}`]", api.type_def(*id).name.pascal),
        Type::List(item) => format!("a list of {}", type_docs(api, item)),
        Type::Map(item) => format!("a map to {}", type_docs(api, item)),
        Type::JsonText(held) => format!("a text that holds {}", type_docs(api, held)),
        Type::Spelled(ty, _) => type_docs(api, ty),
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    fn api(api: &str, users: &str) -> crate::ir::Api {
        crate::lower::from_memory(&[("api.yaml", api), ("users.yaml", users)]).0
    }

    /// Whoever changes their order in the spec must not swap what callers say, of a call or of a record. What makes a record
    /// takes a `&str` for an id of texts as well.
    #[test]
    fn what_must_be_given_is_named_where_it_is_written_alike() {
        for (a, b, of_a_call, of_a_record) in [
            ("type: string", "type: string", true, true),
            ("type: string", "type: string, secret: true", true, true),
            ("type: string, personal: true", "type: string", true, true),
            ("type: integer, secret: true", "type: number_or_string", true, true),
            ("type: integer", "type: unsigned", true, true),
            ("type: integer", "type: number_or_string", true, true),
            ("type: decimal", "type: number_or_string", true, true),
            ("type: [string]", "type: [number_or_string]", true, true),
            ("type: Id", "type: string", false, true),
            ("type: Id", "type: Other", false, true),
            ("type: Id", "type: integer", false, false),
            ("type: integer", "type: string", false, false),
            ("type: string", "type: date", false, false),
            ("type: [string]", "type: [integer]", false, false),
        ] {
            let two = format!("{{a: {{{a}, required: true}}, b: {{{b}, required: true}}}}");
            let spec = format!(
                "codegen: 1\nname: x\ntypes:\n  Id: {{type: id, of: string}}\n  Other: {{type: id, of: string}}\n  \
                 Line: {{fields: {two}}}\n"
            );
            let operations = format!(
                "operations:\n  a: {{http: POST /, params: {two}}}\n  b: {{http: POST /b, params: {{line: Line}}}}\n"
            );
            let api = api(&spec, &operations);
            let line = api.types.iter().find(|def| def.name.wire == "Line").unwrap();
            let found = (super::is_named(&api, &api.resources[0].operations[0]), api.asks_for_needs(line));
            assert_eq!(found, (of_a_call, of_a_record), "{a} beside {b}");
        }
    }

    /// An argument has no documentation of its own, so that whatever is known of it stands in that of the call.
    #[test]
    fn all_that_is_known_of_an_argument_stands_in_the_documentation_of_its_call() {
        let api = api(
            "codegen: 1\nname: x\nsources: {S1: a page}\n",
            "operations:\n  a:\n    http: POST /{id}\n    params:\n      id: integer\n      \
             filter[a]:\n        type: string\n        required: true\n        max_length: 5\n        \
             doc: |\n          What to look for.\n          Or what not to.\n        evidence: inferred\n        \
             source: S1\n        notes: [Slow.]\n        deprecated: Use b.\n        \
             contradictions: {K1: S1 has another.}\n      \
             givenName: {type: string, doc: First of all.}\n",
        );
        let written = crate::format::format(super::method(&api, &api.resources[0], &api.resources[0].operations[0]));
        assert!(written.contains("/// - `id`\n"), "{written}");
        let line = "/// - `filter_a` (sent as `filter[a]`): What to look for. Or what not to. Rules: at most 5 characters. \
                    **Deprecated**: Use b. **Inferred**, could be wrong. Slow. Contradiction K1: S1 has another. Source: S1.\n";
        assert!(written.contains(line), "{written}");
        assert!(written.contains("/// - `given_name` (sent as `givenName`): First of all.\n"), "{written}");
        // Whoever searches by the name on the wire finds the call. Nothing of that name is sent for what stands in a
        // path.
        assert!(written.contains("#[doc(alias = \"filter[a]\")]\n"), "{written}");
        assert_eq!(written.matches("alias").count(), 1, "{written}");
    }

    /// The page of the type says it as well, and no setter has one.
    #[test]
    fn what_a_named_type_demands_and_what_is_filled_in_stand_in_the_documentation_of_a_call() {
        let api = api(
            "codegen: 1\nname: x\ntypes:\n  Email: {type: string, format: email}\n  \
             Own: {type: Email, max_length: 40}\n",
            "operations:\n  a:\n    http: POST /\n    params:\n      own: {type: Own, required: true, min_length: 3}\n      \
             email: Email\n      again: {type: Email, default_from: email}\n",
        );
        let operation = &api.resources[0].operations[0];
        let written = crate::format::format(super::method(&api, &api.resources[0], operation));
        let own = "/// - `own`: at least 3 characters; at most 40 characters; an e-mail address.\n";
        assert!(written.contains(own), "{written}");
        assert!(written.contains("/// - `email`: an e-mail address.\n"), "{written}");
        let again = "/// - `again`: an e-mail address; the value of `email` unless given.\n";
        assert!(written.contains(again), "{written}");
    }

    #[test]
    fn what_is_no_error_and_where_pages_begin_stand_in_the_documentation_of_a_call() {
        let api = api(
            "codegen: 1\nname: x\nerrors: {none: {status: 404}, no_rows: {code: 17}}\n\
             pagination: {params: {page: integer}, page: page, first: 0}\n",
            "operations:\n  list: {http: GET /, returns: [json], paged: true, empty_on: [none, no_rows]}\n  \
             all: {http: GET /, returns: [json], empty_on: none}\n  clear: {http: DELETE /, empty_on: none}\n",
        );
        let docs = |at: usize| {
            let docs = super::method_docs(&api, &api.resources[0], &api.resources[0].operations[at]);
            crate::format::format(quote!(#docs pub fn a() {}))
        };
        assert!(docs(0).contains("gives a page of [`Json`]; the first page has the `page` 0.\n"), "{}", docs(0));
        assert!(docs(0).contains("/// The error `None` or `NoRows` is an empty page here.\n"), "{}", docs(0));
        assert!(docs(1).contains("/// The error `None` is an empty list here.\n"), "{}", docs(1));
        assert!(docs(2).contains("/// The error `None` is a success here.\n"), "{}", docs(2));
        let setters = crate::format::format(crate::emit::paging::setters_of_all(&api).unwrap());
        assert!(setters.contains("/// The first page has the `page` 0.\n"), "{setters}");
    }

    /// Whoever reads the call alone should not take a guess for a promise.
    #[test]
    fn what_is_in_doubt_says_so_where_it_is_listed() {
        let api = api(
            "codegen: 1\nname: x\nerrors:\n  gone: {status: 404, doc: There is none., evidence: inferred}\n  \
             lost: {code: LOST, outcome: unknown, evidence: observed, deprecated: No more.}\n  \
             late: {status: 504, doc: Too slow., everywhere: true}\n  sure: {code: SURE}\n",
            "operations:\n  a:\n    http: POST /\n    params:\n      sortBy: {type: string, evidence: assumed, \
             deprecated: Use b., doc: By what.}\n      b: {type: string, evidence: observed}\n      c: string\n    \
             errors: [gone, lost, sure]\n  b: {http: GET /, errors: [gone]}\n",
        );
        let docs = |at: usize| {
            let docs = super::method_docs(&api, &api.resources[0], &api.resources[0].operations[at]);
            crate::format::format(quote!(#docs pub fn a() {}))
        };
        for line in [
            "`sort_by` (sent as `sortBy`, deprecated, assumed): By what.",
            "`b` (observed)",
            "`c`",
            "`Gone` (404, inferred): There is none.",
            "`Lost` (deprecated, observed, outcome unknown): code `LOST`",
            "`Sure`: code `SURE`",
            "`Late` (504, outcome unknown): Too slow. Any call may answer it.",
        ] {
            assert!(docs(0).contains(&format!("/// - {line}\n")), "{line}: {}", docs(0));
        }
        // What only reads leaves nothing open.
        assert!(docs(1).contains("/// - `Late` (504): Too slow."), "{}", docs(1));
    }

    #[test]
    fn a_message_is_documented_as_it_may_come() {
        let api = api(
            "codegen: 1\nname: x\nerrors:\n  a: {message: [gone, not there], match: [prefix, any_case]}\n  \
             b: {message: lost, match: any_case}\n  c: {code: 1, message: 'No {what}', match: prefix}\n",
            "operations: {a: {http: GET /, errors: [a, b, c]}}\n",
        );
        let docs = super::method_docs(&api, &api.resources[0], &api.resources[0].operations[0]);
        let docs = crate::format::format(quote!(#docs pub fn a() {}));
        for line in [
            "`A`: message “gone” or “not there” and anything after it, in any case",
            "`B`: message “lost”, in any case",
            "`C`: code `1`: “No {what}” and anything after it",
        ] {
            assert!(docs.contains(&format!("/// - {line}\n")), "{docs}");
        }
    }

    #[test]
    fn an_error_without_a_meaning_is_listed_with_what_it_is_known_by() {
        let errors = "down: {status: 503, doc: Not now., everywhere: true}, gone: {status: [404, 410]}, \
                      full: {status: 422, doc: No room.}, \
                      quiet: {code: [17, 18], subcode: 2}, named: {status: 422, field: name, message: is taken}";
        let api = api(
            &format!("codegen: 1\nname: x\nerrors: {{{errors}}}\n"),
            "operations: {a: {http: GET /, errors: [gone, full, quiet, named]}}\n",
        );
        let docs = super::method_docs(&api, &api.resources[0], &api.resources[0].operations[0]);
        let docs = crate::format::format(quote!(#docs pub fn a() {}));
        assert!(docs.contains("/// - `Gone` (404, 410)\n/// - `Full` (422): No room.\n"), "{docs}");
        assert!(docs.contains("/// - `Quiet`: code `17` or `18`, subcode `2`\n"), "{docs}");
        assert!(docs.contains("/// - `Named` (422): field `name`: “is taken”\n"), "{docs}");
        assert!(docs.contains("/// - `Down` (503): Not now. Any call may answer it.\n"), "{docs}");
    }
}
