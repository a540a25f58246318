//! Path, query and body of a request to its parameters.

use std::collections::BTreeMap;

use codegen::ir::{Api, Carrier, Operation, Parameter};
use percent_encoding::percent_decode_str;

use crate::received::{Given, Received};
use crate::reply::Reply;
use crate::route::Route;
use crate::view::placements;

/// What was received, by wire name.
pub(crate) type Parameters = BTreeMap<String, Given>;

/// Every parameter of a request.
///
/// A body counts for every method: some callers send one with GET. The path wins over the body,
/// the body over the query.
pub(crate) fn collect(api: &Api, route: &Route<'_>, request: &Received) -> Result<Parameters, Reply> {
    let unreadable = |message| Reply::refused(api, 400, message);
    let json = request.header("content-type").is_some_and(is_json);
    if !request.body.is_empty() && !json {
        return Err(Reply::refused(api, 415, "the body is not declared as application/json"));
    }
    let mut found = request.query_parameters().ok_or_else(|| unreadable("the query is not UTF-8"))?;
    found.extend(request.body_parameters().ok_or_else(|| unreadable("the body is not a JSON object"))?);
    for (index, raw) in &route.captures {
        let value = percent_decode_str(raw).decode_utf8().map_err(|_| unreadable("the path is not UTF-8"))?;
        if let Some(parameter) = route.operation.parameters.get(*index) {
            found.insert(parameter.name.wire.clone(), Given::text(value.into_owned()));
        }
    }
    Ok(found)
}

fn is_json(content_type: &str) -> bool {
    content_type.split(';').next().unwrap_or("").trim().eq_ignore_ascii_case("application/json")
}

/// The parameter lists of an operation: its own, then those of paging.
///
/// Two lists, because an index in a constraint counts in the list that holds the constraint.
pub(crate) fn declared<'a>(api: &'a Api, operation: &'a Operation) -> [&'a [Parameter]; 2] {
    let paging = api.pagination.as_ref().filter(|_| operation.is_paged());
    [&operation.parameters, paging.map_or(&[], |pagination| &pagination.parameters)]
}

/// The received parameters in spec order, then those the spec does not know, without what signing adds.
pub(crate) fn own(api: &Api, operation: &Operation, parameters: &Parameters) -> Vec<(String, String)> {
    let mut rest = parameters.clone();
    for placement in placements(api).filter(|placement| placement.carrier != Carrier::Header) {
        rest.remove(&placement.name.wire);
    }
    let mut take = |name: &str| rest.remove(name).map(|given| (name.to_owned(), given.text));
    let known = declared(api, operation).into_iter().flatten();
    let mut fields: Vec<_> = known.filter_map(|parameter| take(&parameter.name.wire)).collect();
    fields.extend(rest.into_iter().map(|(name, given)| (name, given.text)));
    fields
}
