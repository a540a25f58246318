//! Rules over the resolved model: what can be represented but must not ship.
//!
//! A rule is a function; above it stands what a user would suffer without it.

mod across;
mod answers;
mod bodies;
mod bounds;
mod clashes;
mod constraints;
mod contradictions;
mod effects;
mod emptiness;
mod encoding;
mod errors;
mod examples;
mod files;
mod headers;
mod hidden;
mod idle;
mod joined;
mod keys;
mod links;
mod members;
mod memory;
mod misfit;
mod neighbours;
mod paging;
mod parameters;
mod part_names;
mod parts;
mod paths;
mod placements;
mod reads;
mod reserved;
mod signing;
mod successes;
mod takers;
mod told;
mod turns;
mod types;
mod values;
mod webhooks;

use std::collections::HashSet;

use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, ErrorSet, Operation, Parameter, Resource};
use crate::source::Span;

/// Runs every rule.
pub fn run(api: &Api, diagnostics: &mut Diagnostics) {
    // What refers to nothing was left out of the model, or is any JSON there: what it meant would look unused or wrong.
    let is_sound = diagnostics.is_empty();
    if is_sound {
        idle::idle_body(api, diagnostics);
        // What has no operations yet uses nothing.
        if api.resources.iter().all(|resource| !resource.operations.is_empty()) {
            errors::unused_error(api, diagnostics);
            paging::unused_pagination(api, diagnostics);
        }
        hidden::hidden_error(api, diagnostics);
        errors::error_without_place(api, diagnostics);
        signing::unused_step(api, diagnostics);
        webhooks::unused_step(api, diagnostics);
        members::unknown_member(api, diagnostics);
        members::member_type(api, diagnostics);
    }

    uses_of_types(api, diagnostics);

    encoding::parameter_shape(api, diagnostics);
    parts::merged_items(api, diagnostics);
    idle::idle_style(api, diagnostics);
    errors::unfindable_message(api, diagnostics);

    clashes::same_rust_name(api, diagnostics);
    clashes::same_wire_name(api, diagnostics);
    part_names::same_part_name(api, diagnostics);
    reserved::reserved_name(api, diagnostics);

    types::repeated_value(api, diagnostics);
    types::type_within_itself(api, diagnostics);
    types::place_within_itself(api, diagnostics);
    types::union_shape(api, diagnostics);
    types::one_of_lists(api, diagnostics);

    parameters::body_not_allowed(api, diagnostics);
    parameters::no_body_to_read(api, diagnostics);
    parameters::clear_not_allowed(api, diagnostics);
    parameters::null_without_json(api, diagnostics);

    paging::unknown_page_place(api, diagnostics);
    paging::unfit_cursor(api, diagnostics);
    paging::contradictory_ends(api, diagnostics);
    turns::first_page(api, diagnostics);
    turns::excluded_page(api, diagnostics);

    paths::same_path(api, diagnostics);
    paths::secret_in_path(api, diagnostics);
    paths::anonymous_credential(api, diagnostics);

    files::file_not_a_part(api, diagnostics);
    files::misplaced_content_type(api, diagnostics);
    placements::body_streamed(api, diagnostics);

    bounds::empty_range(api, diagnostics);
    constraints::bad_pattern(api, diagnostics);
    bounds::pattern_of_another_length(api, diagnostics);
    bounds::bound_out_of_reach(api, diagnostics);
    constraints::bad_one_of(api, diagnostics);
    constraints::bad_known_value(api, diagnostics);
    constraints::bad_default(api, diagnostics);
    constraints::unused_message(api, diagnostics);

    neighbours::bad_link(api, diagnostics);
    neighbours::bad_condition(api, diagnostics);
    contradictions::contradictory_rules(api, diagnostics);
    neighbours::later_than_itself(api, diagnostics);
    links::bad_source(api, diagnostics);
    links::default_cycle(api, diagnostics);

    errors::bad_status(api, diagnostics);
    errors::empty_not_a_list(api, diagnostics);
    successes::contradictory_success(api, diagnostics);

    headers::same_header(api, diagnostics);
    headers::managed_header(api, diagnostics);

    signing::same_variable(api, diagnostics);
    signing::signing_value_type(api, diagnostics);
    signing::signing_name_taken(api, diagnostics);

    emptiness::may_be_empty(api, diagnostics);

    placements::body_of_reading_call(api, diagnostics);
    placements::body_changed(api, diagnostics);
    placements::headers(api, diagnostics);
    placements::header_parameters(api, diagnostics);

    answers::answer_unproven(api, diagnostics);
    answers::answer_streamed(api, diagnostics);

    webhooks::webhook_without_secret(api, diagnostics);
    webhooks::signature_not_received(api, diagnostics);
    webhooks::time_not_signed(api, diagnostics);
    webhooks::names(api, diagnostics);
    webhooks::no_events(api, diagnostics);

    memory::collection_item(api, diagnostics);
    effects::effect_without_key(api, diagnostics);
    effects::unlisted_error(api, diagnostics);
    effects::carries_nothing(api, diagnostics);
    effects::not_a_time(api, diagnostics);

    examples::example_request(api, diagnostics);
    examples::example_response(api, diagnostics);
    examples::example_untold(api, diagnostics);
    examples::example_breaks(api, is_sound, diagnostics);
    examples::error_example(api, diagnostics);

    // Who is told of other mistakes has not come to the operations yet.
    if diagnostics.is_empty() {
        no_operations(api, diagnostics);
    }
}

/// Without it, an empty resource would be a type with nothing to call.
fn no_operations(api: &Api, diagnostics: &mut Diagnostics) {
    for resource in api.resources.iter().filter(|resource| resource.operations.is_empty()) {
        let message = format!("`{}` has no operations", resource.name.wire);
        diagnostics
            .report(&rules::NO_OPERATIONS, resource.span, message)
            .help("types that several resources share can stand in `api.yaml`");
    }
    // What a vendor sends by itself needs nothing to call.
    if api.resources.is_empty() && api.webhooks.is_none() {
        diagnostics
            .report(&rules::NO_OPERATIONS, Span::default(), "this API has no resources")
            .help("describe one in a file of its own, such as `users.yaml`");
    }
}

/// The id of an operation, as messages call it: `users.list`.
fn operation_id(resource: &Resource, operation: &Operation) -> String {
    format!("{}.{}", resource.name.wire, operation.name.wire)
}

/// Rules over what values of a type are used for, but for those whose type is not there: it could be any.
fn uses_of_types(api: &Api, diagnostics: &mut Diagnostics) {
    let mut found = Diagnostics::default();
    types::secret_not_text(api, &mut found);
    paging::paging_parameter(api, &mut found);
    bodies::list_body(api, &mut found);
    constraints::constraint_wrong_type(api, &mut found);
    keys::bad_idempotency_key(api, &mut found);
    if found.is_empty() {
        return;
    }
    let unknown: HashSet<Span> =
        constraints::held(api).filter(|held| api.is_unknown(&held.ty)).map(|held| held.span).collect();
    diagnostics
        .take(found, |it| !unknown.contains(&it.span) && it.also.iter().all(|(span, _)| !unknown.contains(span)));
}

/// Parameters that can refer to each other: those of one operation, or those of paging.
fn parameter_lists(api: &Api) -> impl Iterator<Item = &[Parameter]> {
    let of_operations = api.operations().map(|(_, operation)| operation.parameters.as_slice());
    of_operations.chain(paging_parameters(api))
}

/// The paging parameters, if the API pages.
fn paging_parameters(api: &Api) -> Option<&[Parameter]> {
    api.pagination.as_ref().map(|pagination| pagination.parameters.as_slice())
}

/// Every parameter there is.
fn parameters(api: &Api) -> impl Iterator<Item = &Parameter> {
    parameter_lists(api).flatten()
}

/// The parameters that a call of an operation takes: its own, and those of paging if it is paged.
fn call_parameters<'a>(api: &'a Api, operation: &'a Operation) -> impl Iterator<Item = &'a Parameter> {
    operation.parameters.iter().chain(api.page_parameters(operation))
}

/// Error types that several operations share and that are called after their errors; with the first of those operations.
fn shared_error_types(api: &Api) -> impl Iterator<Item = (&ErrorSet, Span)> {
    let mut sets = api.shared_error_sets();
    sets.retain(|(set, users)| users.iter().all(|user| user.error_type.pascal != set.name.pascal));
    sets.into_iter().filter_map(|(set, users)| Some((set, users.first()?.span)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules that a spec breaks.
    fn broken(api: &str, users: &str) -> Vec<&'static str> {
        let api = format!("codegen: 1\nname: x\n{api}");
        let (api, mut diagnostics) = crate::lower::from_memory(&[("api.yaml", &api), ("users.yaml", users)]);
        run(&api, &mut diagnostics);
        diagnostics.into_sorted().into_iter().map(|it| it.rule.id).collect()
    }

    /// What is known to be wrong is told whatever else is unknown.
    #[test]
    fn an_unknown_type_hides_no_other_mistake() {
        let users = "operations: {show: {http: GET /user, params: {a: {type: strin, min_length: 1}, \
                     b: {type: [strin], min: 1}, c: {type: boolean, min_length: 1}, d: {type: json, min: 1}, \
                     e: {type: Strins, min_length: 1}}, returns: nothing}}\ntypes: {Strins: {type: strin, max: 2}}\n";
        let wrong = "constraint-wrong-type";
        assert_eq!(broken("", users), ["unknown-type", "unknown-type", wrong, wrong, "unknown-type"]);
    }

    /// Each with one mistake of which the type is known, and one of which it is not.
    #[test]
    fn rules_over_neighbours_wait_for_no_type_but_their_own() {
        for (rule, api, users) in [
            (
                "unfit-cursor",
                "pagination: {params: {after: integer}, cursor: {param: after, item: id}}\n",
                "types: {A: {fields: {id: string}}, B: {fields: {id: X}}}\noperations:\n  \
                 a: {http: GET /a, paged: true, returns: {a: [A]}}\n  b: {http: GET /b, paged: true, returns: {b: [B]}}\n",
            ),
            (
                "paging-parameter",
                "pagination: {params: {page: {type: integer, min: 1}}, page: page, first: 0}\n",
                "operations: {a: {http: GET /a, params: {b: X}, paged: true, returns: {a: [string]}}}\n",
            ),
            (
                "bad-link",
                "",
                "operations: {a: {http: GET /a, params: {a: {type: string, equals: b}, b: integer, \
                 c: {type: string, equals: d}, d: X}}}\n",
            ),
            (
                "bad-link",
                "",
                "operations: {a: {http: GET /a, params: {a: {type: date, after: b}, b: datetime, \
                 c: {type: date, after: d}, d: X}}}\n",
            ),
            (
                "bad-link",
                "",
                "operations: {a: {http: GET /a, params: {a: {type: string, default_from: b}, b: integer, \
                 c: {type: string, default_from: d}, d: X, e: {type: X, default_from: a}}}}\n",
            ),
            (
                "not-a-time",
                "mock: {collections: {things: {key: id, items: [{id: 1}]}}}\nerrors: {past: {status: 400}}\n",
                "operations: {a: {http: POST /a, params: {b: boolean, c: X}, errors: past, returns: nothing, \
                 mock: {insert: things, not_past: {b: past, c: past}}}}\n",
            ),
            (
                "same-wire-name",
                "",
                "types: {A: {fields: {b: string, c: X}}}\n\
                 operations: {a: {http: GET /a, params: {a: A, 'a[b]': string, 'a[c][d]': string, x: X, 'x[y]': string}}}\n",
            ),
            (
                "parameter-shape",
                "",
                "operations: {a: {http: GET /a, params: {b: {type: string, spread: true}, c: {type: X, spread: true}}}}\n",
            ),
            (
                "merged-items",
                "",
                "types: {A: {fields: {b: [X]}}}\n\
                 operations: {a: {http: GET /a, params: {b: {type: [[string]]}, c: {type: [X]}, d: A}}}\n",
            ),
            (
                "idle-encoding",
                "",
                "operations: {a: {http: GET /a, params: {b: {type: string, encoding: {lists: commas}}, \
                 c: {type: X, encoding: {lists: commas}}}}}\n",
            ),
            (
                "unfindable-message",
                "envelope: {suffix: .}\nerrors: {gone: {status: 404, message: Gone.}}\n",
                "operations: {a: {http: GET /a, params: {b: X}, errors: gone}}\n",
            ),
            ("file-not-a-part", "", "operations: {a: {http: POST /a, params: {a: file, b: X}}}\n"),
        ] {
            let mut found = broken(api, users);
            let unknown = found.len();
            found.retain(|id| *id != "unknown-type");
            assert_eq!(found, [rule], "{users}");
            assert!(found.len() < unknown, "{users}");
        }
    }

    #[test]
    fn what_a_success_says_in_vain_says_nothing_of_its_result() {
        let envelope = "envelope: {success: {is: {data: 1e3}}, payload: data}\n";
        assert_eq!(broken(envelope, "operations: {a: {http: GET /a, returns: {a: string}}}\n"), ["wrong-type"]);
    }

    /// Where it would travel, had what is wrong been right.
    #[test]
    fn nobody_knows_where_a_parameter_travels_of_which_that_is_wrong() {
        let operation = |rest: &str| format!("operations: {{a: {{http: POST /a, {rest}, returns: nothing}}}}\n");
        for (rule, rest) in [
            ("unknown-word", "encoding: {body: multiprt}, params: {a: file, b: {type: string, content_type: a/b}}"),
            ("unknown-key", "encodng: {body: multipart}, params: {a: file}"),
            ("bad-shape", "encoding: {body: multipart, lists: x}, params: {a: [file]}"),
            ("unknown-word", "encoding: {body: multipart}, params: {a: {type: file, in: bdy}}"),
            ("bad-shape", "encoding: {body: form, lists: x}, params: {a: [string], 'a[]': {type: string, rust: b}}"),
        ] {
            assert_eq!(broken("", &operation(rest)), [rule], "{rest}");
        }
        let wrong = "encoding: {body: multiprt}\n";
        assert_eq!(broken(wrong, &operation("params: {a: file}")), ["unknown-word"]);
        let users = "operations: {a: {http: PSOT /a, encoding: {body: multipart}, params: {a: file}}}\n";
        assert_eq!(broken("", users), ["bad-http"]);
    }
}
