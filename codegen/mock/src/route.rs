//! A method and a raw path to an operation and its path parameters.

use codegen::ir::{Api, Lenience, Method, Operation, PathPart};

/// An operation that was asked for.
#[derive(Debug)]
pub(crate) struct Route<'a> {
    /// Index into `Api::resources`.
    pub(crate) resource: usize,
    pub(crate) operation: &'a Operation,
    /// Index into `Operation::parameters`, and the text in the path, still encoded.
    pub(crate) captures: Vec<(usize, String)>,
    /// Index into `Api::credentials`, and the text in the path, still encoded.
    pub(crate) credentials: Vec<(usize, String)>,
}

/// Why there is no operation.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoRoute {
    /// No template fits the path.
    Path,
    /// Templates fit, but under these methods only.
    Method(Vec<&'static str>),
}

/// The operation for a path.
///
/// Where several templates fit, the one with the most literal text wins, as routers do; of equal ones that with the
/// method that was sent.
pub(crate) fn find<'a>(api: &'a Api, base_path: &str, method: &str, path: &str) -> Result<Route<'a>, NoRoute> {
    let found = exactly(api, base_path, method, path);
    let shorter = path.strip_suffix('/').filter(|_| api.mock.takes(Lenience::Slashes));
    match (found, shorter) {
        (Err(NoRoute::Path), Some(shorter)) => exactly(api, base_path, method, shorter),
        (found, _) => found,
    }
}

fn exactly<'a>(api: &'a Api, base_path: &str, method: &str, path: &str) -> Result<Route<'a>, NoRoute> {
    let below = path.strip_prefix(base_path);
    let mut best: Option<((usize, bool), Route<'a>)> = None;
    let mut allowed = Vec::new();
    for (index, resource) in api.resources.iter().enumerate() {
        for operation in &resource.operations {
            let Some(path) = (if operation.below_host { Some(path) } else { below }) else { continue };
            let Some(found) = captures(&operation.path, path, &|index| keeps(operation, index)) else { continue };
            let is_own = operation.method.as_str() == method;
            if !is_own && !takes(api, operation, method) {
                if !allowed.contains(&operation.method.as_str()) {
                    allowed.push(operation.method.as_str());
                }
                continue;
            }
            let rank = (literal_length(&operation.path), is_own);
            if best.as_ref().is_none_or(|(other, _)| *other < rank) {
                let mut route = Route { resource: index, operation, captures: Vec::new(), credentials: Vec::new() };
                for (part, text) in found {
                    match part {
                        PathPart::Parameter(index) => route.captures.push((*index, text)),
                        PathPart::Credential(index, _) => route.credentials.push((*index, text)),
                        PathPart::Literal(_) => {}
                    }
                }
                best = Some((rank, route));
            }
        }
    }
    match best {
        Some((_, route)) => Ok(route),
        None if allowed.is_empty() => Err(NoRoute::Path),
        None => Err(NoRoute::Method(allowed)),
    }
}

/// Whether the server takes another method: any in place of a guess, and with some servers `POST` of what reads.
fn takes(api: &Api, operation: &Operation, method: &str) -> bool {
    let reads = operation.method == Method::Get && api.mock.takes(Lenience::Methods);
    (operation.guesses_method && is_method(method)) || (reads && method == "POST")
}

/// Whether a client can say it in place of a guess.
fn is_method(method: &str) -> bool {
    Method::ALL.iter().any(|known| known.as_str() == method)
}

fn literal_length(parts: &[PathPart]) -> usize {
    parts.iter().map(|part| if let PathPart::Literal(text) = part { text.len() } else { 0 }).sum()
}

/// Whether a parameter of the path may hold slashes.
fn keeps(operation: &Operation, index: usize) -> bool {
    operation.parameters.get(index).is_some_and(|parameter| parameter.keeps_slashes)
}

/// What stands in the holes of a template, in a path; it is never empty, and holds a slash only if a parameter keeps
/// them.
fn captures<'p>(
    parts: &'p [PathPart],
    path: &str,
    keeps: &dyn Fn(usize) -> bool,
) -> Option<Vec<(&'p PathPart, String)>> {
    let mut rest = path;
    let mut found = Vec::new();
    for (position, part) in parts.iter().enumerate() {
        match part {
            PathPart::Literal(text) => rest = rest.strip_prefix(text.as_str())?,
            PathPart::Parameter(index) if keeps(*index) => {
                // As much as leaves enough for the others, which keep none: this must end soon.
                let others = parts.get(position + 1..).unwrap_or_default();
                let ends = (1..=rest.len()).rev().filter_map(|end| rest.split_at_checked(end));
                let mut fitting = ends.filter_map(|(value, after)| Some((value, captures(others, after, &|_| false)?)));
                let (value, after) = fitting.next()?;
                found.push((part, value.to_owned()));
                found.extend(after);
                return Some(found);
            }
            PathPart::Parameter(_) | PathPart::Credential(..) => {
                let segment = rest.split('/').next().unwrap_or(rest);
                // Text that follows in the same segment, as `.json` in `/files/{name}.json`.
                let tail = match parts.get(position + 1) {
                    Some(PathPart::Literal(next)) => next.split('/').next().unwrap_or(""),
                    Some(PathPart::Parameter(_) | PathPart::Credential(..)) | None => "",
                };
                let end = segment.rfind(tail).filter(|_| !tail.is_empty()).unwrap_or(segment.len());
                let (value, after) = rest.split_at_checked(end)?;
                if value.is_empty() {
                    return None;
                }
                found.push((part, value.to_owned()));
                rest = after;
            }
        }
    }
    rest.is_empty().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(parts: &[PathPart], path: &str, keeps: &dyn Fn(usize) -> bool) -> Option<Vec<(usize, String)>> {
        let index = |part: &PathPart| if let PathPart::Parameter(index) = part { *index } else { usize::MAX };
        Some(captures(parts, path, keeps)?.into_iter().map(|(part, text)| (index(part), text)).collect())
    }

    fn template() -> [PathPart; 4] {
        [
            PathPart::Literal("/a/".to_owned()),
            PathPart::Parameter(1),
            PathPart::Literal("/b/".to_owned()),
            PathPart::Parameter(0),
        ]
    }

    #[test]
    fn a_parameter_is_one_segment() {
        let parts = template();
        assert_eq!(found(&parts, "/a/x%2Fy/b/2", &|_| false), Some(vec![(1, "x%2Fy".to_owned()), (0, "2".to_owned())]));
        for path in ["/a//b/2", "/a/1/b/", "/a/1/b/2/", "/a/1/b/2/c", "/a/1/b", "a/1/b/2", ""] {
            assert_eq!(found(&parts, path, &|_| false), None, "{path}");
        }
    }

    #[test]
    fn a_literal_may_end_a_segment() {
        let parts = [PathPart::Literal("/f/".into()), PathPart::Parameter(0), PathPart::Literal(".json/x".into())];
        assert_eq!(found(&parts, "/f/a.json.json/x", &|_| false), Some(vec![(0, "a.json".to_owned())]));
        assert_eq!(found(&parts, "/f/a.xml/x", &|_| false), None);
        assert_eq!(found(&parts, "/f/.json/x", &|_| false), None);
    }

    #[test]
    fn a_parameter_that_keeps_slashes_takes_as_much_as_it_can() {
        let parts = [PathPart::Literal("/f/".into()), PathPart::Parameter(0), PathPart::Literal("/x".into())];
        let keeps = |index: usize| index == 0;
        assert_eq!(found(&parts, "/f/a/x/b/x", &keeps), Some(vec![(0, "a/x/b".to_owned())]));
        assert_eq!(found(&parts, "/f/x", &keeps), None);
    }
}
