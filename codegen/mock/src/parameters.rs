//! Path, query and body of a request to its parameters.

use std::collections::{BTreeMap, HashSet};

use codegen::ir::{Api, BodyKind, Carrier, Json, Lenience, Location, Operation, Parameter, Presence, Type};
use percent_encoding::percent_decode_str;

use crate::decode::{self, Texts};
use crate::multipart::{self, Part};
use crate::received::{Given, Received};
use crate::reply::Reply;
use crate::route::Route;
use crate::{headers, json};

/// What was received, by wire name.
pub(crate) type Parameters = BTreeMap<String, Given>;

/// Every parameter of a request.
///
/// A body counts for every method: some callers send one with GET. The path wins over headers, they over the body,
/// the body over the query.
pub(crate) fn collect(api: &Api, route: &Route<'_>, request: &Received) -> Result<Parameters, Reply> {
    let unreadable = |message| Reply::refused(api, 400, message);
    let operation = route.operation;
    let mut in_query = request.query_pairs().ok_or_else(|| unreadable("the query is not UTF-8"))?;
    let mut in_form = Texts::new();
    let mut files = Vec::new();
    let mut members = Parameters::new();
    let moves = api.mock.takes(Lenience::Places);
    let anywhere = operation.guesses_method || moves;
    let kind = match operation.encoding.body {
        BodyKind::Form if moves && request.is_json() => BodyKind::Json,
        BodyKind::Json if moves && request.is_form() => BodyKind::Form,
        kind => kind,
    };
    match kind {
        _ if request.body.is_empty() => {}
        BodyKind::Form if !request.is_form() => {
            return Err(Reply::refused(api, 415, "the body is not declared as application/x-www-form-urlencoded"));
        }
        BodyKind::Form => in_form = request.form_pairs().ok_or_else(|| unreadable("the form is not UTF-8"))?,
        BodyKind::Multipart => {
            let parts = request.parts();
            let parts = parts.ok_or_else(|| Reply::refused(api, 415, "the body is no multipart/form-data"))?;
            for part in parts {
                match part.file_name {
                    Some(_) => files.push(part),
                    None => {
                        let text = part.text().ok_or_else(|| unreadable("a part is not UTF-8"))?.to_owned();
                        in_form.push((part.name, text));
                    }
                }
            }
        }
        BodyKind::Json if !request.is_json() => {
            return Err(Reply::refused(api, 415, "the body is not declared as application/json"));
        }
        BodyKind::Json => {
            members = request.body_parameters().ok_or_else(|| unreadable("the body is not a JSON object"))?;
        }
        BodyKind::List if !request.is_json() => {
            return Err(Reply::refused(api, 415, "the body is not declared as application/json"));
        }
        BodyKind::List => {
            let list = request.body_list().ok_or_else(|| unreadable("the body is not a JSON array"))?;
            let mut all = declared(api, operation).into_iter().flatten();
            let whole = all.find(|parameter| parameter.location == Location::Body);
            members.extend(whole.map(|parameter| (parameter.name.wire.clone(), list)));
        }
    }
    let mut taken = Parameters::new();
    // Those with the longest names first: another name may begin with one that is spread.
    let mut all: Vec<&Parameter> = declared(api, operation).into_iter().flatten().collect();
    all.sort_by_key(|parameter| (parameter.spread.is_some(), std::cmp::Reverse(parameter.name.wire.len())));
    for &parameter in &all {
        let name = &parameter.name.wire;
        let given = match parameter.location {
            Location::Path => continue,
            Location::Header => headers::take(api, &all, parameter, request),
            Location::Query => decode::take(api, parameter, &mut in_query),
            Location::Body if is_file(api, &parameter.ty) => {
                if decode::take(api, parameter, &mut in_form).is_some() {
                    // A text where a file should be.
                    return Err(Reply::invalid(api, name));
                }
                take_files(api, parameter, &mut files)
            }
            Location::Body if parameter.spread.is_some() => spread(name, &mut members),
            Location::Body => members.remove(name),
        };
        let given = given.or_else(|| decode::take(api, parameter, &mut in_form));
        // Under another method than the guess it stands elsewhere, and with some servers under any.
        let given = match given {
            None if anywhere && parameter.location == Location::Body => decode::take(api, parameter, &mut in_query),
            given => given,
        };
        let given = given.or_else(|| if anywhere { members.remove(name) } else { None });
        // What is written as one text elsewhere may be one here.
        let given = given.map(|given| match &given.json {
            Json::String(text) if kind != operation.encoding.body => decode::whole(api, parameter, text.clone()),
            _ => given,
        });
        taken.extend(given.map(|given| (name.clone(), given)));
    }
    let mut found = Parameters::new();
    let names = files.into_iter().map(|part| (part.name, part.file_name.unwrap_or_default()));
    for (name, text) in in_query.into_iter().chain(in_form).chain(names) {
        // One that nobody describes may come several times: all of them are signed.
        let pairs = found.remove(&name).map(|first: Given| first.pairs).unwrap_or_default();
        let pairs = pairs.into_iter().chain([(name.clone(), text.clone())]).collect();
        found.insert(name, Given { pairs, ..Given::text(text) });
    }
    found.extend(members);
    found.extend(taken);
    for (index, raw) in &route.captures {
        let value = percent_decode_str(raw).decode_utf8().map_err(|_| unreadable("the path is not UTF-8"))?;
        if let Some(parameter) = operation.parameters.get(*index) {
            found.insert(parameter.name.wire.clone(), decode::whole(api, parameter, value.into_owned()));
        }
    }
    Ok(found)
}

/// Takes out what such a server takes for nothing: an optional parameter that is null, an empty text of which nothing
/// says that it means anything, or a text where there are to be parts. It is signed all the same.
pub(crate) fn drop_idle(api: &Api, operation: &Operation, parameters: &mut Parameters) {
    let takes = [Lenience::Blanks, Lenience::Texts].map(|lenience| api.mock.takes(lenience));
    if takes == [false; 2] {
        return;
    }
    let [blanks, texts] = takes;
    for parameter in declared(api, operation).into_iter().flatten() {
        let name = &parameter.name.wire;
        let is_open = parameter.presence == Presence::Optional && parameter.clear.is_none();
        let has_parts = || api.has_parts(&parameter.ty) && *api.bare(&parameter.ty) != Type::Json;
        let is_idle = |given: &Given| {
            (blanks && (given.json == Json::Null || given.text.is_empty()))
                || (texts && matches!(given.json, Json::String(_)) && has_parts())
        };
        if is_open && parameters.get(name).is_some_and(is_idle) {
            parameters.remove(name);
        }
    }
}

/// Whether a value is a file, or files.
fn is_file(api: &Api, ty: &Type) -> bool {
    match api.bare(ty) {
        Type::File => true,
        Type::List(item) | Type::Map(item) => is_file(api, item),
        _ => false,
    }
}

/// The files of a parameter, each the bytes that it has; signed are their names.
fn take_files(api: &Api, parameter: &Parameter, files: &mut Vec<Part>) -> Option<Given> {
    let mut texts = files.iter().map(|part| (part.name.clone(), multipart::as_text(&part.bytes))).collect();
    let given = decode::take(api, parameter, &mut texts)?;
    let names: HashSet<&str> = given.pairs.iter().map(|(name, _)| name.as_str()).collect();
    let is_mine = |part: &Part| names.contains(part.name.as_str());
    let (mine, others) = std::mem::take(files).into_iter().partition::<Vec<_>, _>(is_mine);
    *files = others;
    let content_type = mine.first().and_then(|part| part.content_type.clone());
    let pairs: Texts = mine.into_iter().map(|part| (part.name, part.file_name.unwrap_or_default())).collect();
    let text = pairs.first().map(|(_, name)| name.clone()).unwrap_or_default();
    Some(Given { text, json: given.json, pairs, content_type })
}

/// Members of a body whose names begin alike.
fn spread(prefix: &str, members: &mut Parameters) -> Option<Given> {
    let mine: Vec<String> = members.keys().filter(|name| name.starts_with(prefix)).cloned().collect();
    let mut pairs = Texts::new();
    let mut entries = Vec::new();
    for name in mine {
        let Some(given) = members.remove(&name) else { continue };
        entries.push((name.get(prefix.len()..).unwrap_or_default().to_owned(), given.json));
        pairs.push((name, given.text));
    }
    let json = Json::Object(entries);
    (!pairs.is_empty()).then(|| Given { pairs, ..Given::of(json::write(&json), json) })
}

/// The parameter lists of an operation: its own, then those of paging.
///
/// Two lists, because an index in a constraint counts in the list that holds the constraint.
pub(crate) fn declared<'a>(api: &'a Api, operation: &'a Operation) -> [&'a [Parameter]; 2] {
    [&operation.parameters, api.page_parameters(operation)]
}

/// The received parameters in spec order, then those the spec does not know, without what signing adds.
pub(crate) fn own(api: &Api, operation: &Operation, parameters: &Parameters) -> Vec<(String, String)> {
    let mut rest = parameters.clone();
    for placement in api.signing.placements().filter(|placement| placement.carrier != Carrier::Header) {
        rest.remove(&placement.name.wire);
    }
    // Headers are signed as headers.
    let is_parameter = |parameter: &&Parameter| parameter.location != Location::Header;
    let is_parameter = |parameter: &&Parameter| is_parameter(parameter) && parameter.signed;
    for parameter in declared(api, operation).into_iter().flatten().filter(|parameter| !is_parameter(parameter)) {
        rest.remove(&parameter.name.wire);
    }
    let sent = |(name, given): (String, Given)| match given.pairs.is_empty() {
        true => vec![(name, given.text)],
        false => given.pairs,
    };
    let known = declared(api, operation).into_iter().flatten().filter(is_parameter);
    let known: Vec<_> = known.filter_map(|parameter| rest.remove_entry(&parameter.name.wire)).collect();
    known.into_iter().chain(rest).flat_map(sent).collect()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "how long it takes is what is tested")]
    fn many_files_take_no_more_than_linear_time() {
        let folder = tempfile::tempdir().unwrap();
        let parameter = "{map: file, spread: true, rust: more}";
        let create = format!("{{http: POST /, encoding: {{body: multipart}}, params: {{l-: {parameter}}}}}");
        std::fs::write(folder.path().join("api.yaml"), "codegen: 1\nname: x\n").unwrap();
        std::fs::write(folder.path().join("things.yaml"), format!("operations: {{create: {create}}}\n")).unwrap();
        let api = codegen::load(folder.path()).unwrap_or_else(|failure| panic!("{failure}"));
        let part = |at| Part {
            name: format!("l-{at}"),
            file_name: Some("f".to_owned()),
            content_type: None,
            bytes: Vec::new(),
        };
        let mut files: Vec<Part> =
            (0..50_000).map(part).chain([Part { name: "other".to_owned(), ..part(0) }]).collect();
        let start = Instant::now();
        let given = take_files(&api, &api.resources[0].operations[0].parameters[0], &mut files).unwrap();
        assert_eq!((given.pairs.len(), files.len()), (50_000, 1));
        assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    }
}
