//! What callers of the mock must use for credentials.

use std::{io, mem};

use codegen::ir::Api;
use percent_encoding::percent_decode_str;

use crate::headers::same_secret;
use crate::interpret::undecodable;
use crate::route::Route;

/// The values in the order of `Api::credentials`: what is given, or what is made up so that signing can decode it.
pub(crate) fn resolve(api: &Api, mut given: Vec<(String, String)>) -> io::Result<Vec<String>> {
    let invalid = |message| io::Error::new(io::ErrorKind::InvalidInput, message);
    let (mut values, mut made_up) = (Vec::new(), Vec::new());
    for credential in &api.credentials {
        let name = &credential.name.wire;
        let last = given.iter().rev().find(|(given, _)| given == name).map(|(_, value)| value.clone());
        if let Some(problem) = last.as_ref().and_then(|value| credential.problem(value)) {
            return Err(invalid(format!("the credential `{name}` {problem}")));
        }
        made_up.push(last.is_none());
        values.push(credential.normalised(&last.unwrap_or_else(|| format!("test-{name}"))));
        given.retain(|(given, _)| given != name);
    }
    if let Some((name, _)) = given.first() {
        return Err(invalid(format!("the spec declares no credential `{name}`")));
    }
    // Each is made up anew at most once.
    while let Some((index, what)) = undecodable(&api.signing, &values) {
        let credential = api.credentials.get(index).zip(values.get_mut(index)).zip(made_up.get_mut(index));
        let Some(((credential, value), made_up)) = credential else { break };
        if !mem::take(made_up) {
            let name = &credential.name.wire;
            return Err(invalid(format!(
                "the credential `{name}` is not {what}, as signing needs it: give one that is"
            )));
        }
        *value = credential.normalised(&digits(value));
    }
    Ok(values)
}

/// Whether those that stand in the path are the ones that callers must use.
pub(crate) fn stand_in_path(route: &Route<'_>, credentials: &[String]) -> bool {
    let is_right = |(index, raw): &(usize, String)| {
        let given: Vec<u8> = percent_decode_str(raw).collect();
        credentials.get(*index).is_some_and(|value| same_secret(&given, value.as_bytes()))
    };
    route.credentials.iter().all(is_right)
}

/// Hexadecimal digits of a text, so many that they are base64 in either alphabet too.
fn digits(text: &str) -> String {
    let digits = hex::encode(text);
    if digits.len().is_multiple_of(4) { digits } else { format!("{digits}00") }
}
