//! The fixed headers of a request against those the spec declares.

use codegen::ir::{Api, Carrier, Header, HeaderPart, Location, Operation, Parameter};

use crate::decode;
use crate::interpret::header_value;
use crate::received::{Given, Received};
use crate::reply::Reply;

/// Checks every declared header that a call of the operation has, in spec order.
pub(crate) fn check(api: &Api, operation: &Operation, credentials: &[String], request: &Received) -> Result<(), Reply> {
    let has_credential = |header: &Header| header.value.iter().any(|part| matches!(part, HeaderPart::Credential(_)));
    for header in api.headers.iter().filter(|header| !(operation.anonymous && has_credential(header))) {
        let expected = value(header, credentials);
        let sent = request.header(&header.name.to_ascii_lowercase()).unwrap_or("");
        // HTTP takes the blanks off at the ends.
        if same_secret(sent.as_bytes(), header_value(&expected).as_bytes()) {
            continue;
        }
        return Err(if has_credential(header) {
            Reply::assumed(&api.mock.unauthenticated)
        } else if header.name.eq_ignore_ascii_case("accept") {
            Reply::refused(api, 406, "the `Accept` header is not the documented one")
        } else {
            Reply::refused(api, 400, &format!("the `{}` header is not the documented one", header.name))
        });
    }
    Ok(())
}

/// The value of a parameter that is a header, or several: case makes no difference in their names. One that is spread is
/// made of what is no other parameter, no header of every call and nothing that signing adds.
pub(crate) fn take(api: &Api, all: &[&Parameter], parameter: &Parameter, request: &Received) -> Option<Given> {
    let name = &parameter.name.wire;
    let placed = api.signing.placements().filter(|placement| placement.carrier == Carrier::Header);
    let others = all.iter().filter(|other| other.location == Location::Header && other.spread.is_none());
    let others = others.map(|other| other.name.wire.as_str()).chain(placed.map(|placement| &*placement.name.wire));
    let others: Vec<&str> = others.chain(api.headers.iter().map(|header| header.name.as_str())).collect();
    let mine = request.headers.iter().filter_map(|(header, text)| {
        let rest = header.strip_prefix(&name.to_ascii_lowercase())?;
        let is_mine = match parameter.spread {
            Some(_) => !others.iter().any(|other| other.eq_ignore_ascii_case(header)),
            None => rest.is_empty(),
        };
        is_mine.then(|| (format!("{name}{rest}"), text.clone()))
    });
    decode::take(api, parameter, &mut mine.collect())
}

fn value(header: &Header, credentials: &[String]) -> String {
    let parts = header.value.iter().map(|part| match part {
        HeaderPart::Text(text) => text.as_str(),
        HeaderPart::Credential(index) => credentials.get(*index).map_or("", String::as_str),
    });
    parts.collect()
}

/// Equality in a time that depends on the lengths alone.
pub(crate) fn same_secret(a: &[u8], b: &[u8]) -> bool {
    let difference = a.iter().zip(b).fold(0, |difference, (a, b)| difference | (a ^ b));
    a.len() == b.len() && std::hint::black_box(difference) == 0
}

#[cfg(test)]
mod tests {
    use super::same_secret;

    #[test]
    fn equal_means_equal() {
        assert!(same_secret(b"", b"") && same_secret(b"abc", b"abc"));
        assert!(!same_secret(b"abc", b"abd") && !same_secret(b"abc", b"ab") && !same_secret(b"", b"a"));
    }
}
