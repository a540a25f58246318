//! Environments, credentials and headers.

use super::context::{Cx, find};
use super::template::{self, Piece};
use crate::diagnostics::rules;
use crate::ir;
use crate::source::Scalar;
use crate::spec;

pub(super) fn environments(cx: &mut Cx<'_, '_>, environments: &spec::Named<spec::Environment>) -> Vec<ir::Environment> {
    let lower = |(name, environment): &(Scalar, spec::Environment)| ir::Environment {
        name: cx.name(name),
        base: environment.base.as_ref().map(|base| address(cx, base)).unwrap_or_default(),
        doc: cx.doc(&environment.doc),
        span: name.span,
    };
    environments.iter().map(lower).collect()
}

pub(super) fn limits(cx: &mut Cx<'_, '_>, limits: &spec::Limits) -> ir::Limits {
    ir::Limits {
        concurrency: limits.concurrency,
        rate: limits.rate.as_ref().and_then(|rate| Some((rate.calls?, rate.seconds?))),
        doc: cx.doc(&limits.doc),
    }
}

pub(super) fn credentials(cx: &mut Cx<'_, '_>, credentials: &spec::Declared<spec::Credential>) -> Vec<ir::Credential> {
    let lower = |(name, credential): &(Scalar, spec::Credential)| ir::Credential {
        name: cx.name(name),
        env: credential.env.as_ref().map(|env| variable(cx, env)).unwrap_or_default(),
        normalise: credential.normalise.clone(),
        doc: cx.doc(&credential.doc),
        span: name.span,
    };
    credentials.iter().map(lower).collect()
}

pub(super) fn headers(cx: &mut Cx<'_, '_>, headers: &spec::Named<spec::Header>) -> Vec<ir::Header> {
    let lower = |(name, header): &(Scalar, spec::Header)| {
        header_name(cx, name);
        ir::Header {
            name: name.text.clone(),
            value: header.value.as_ref().map(|value| header_value(cx, value)).unwrap_or_default(),
            doc: cx.doc(&header.doc),
            span: name.span,
        }
    };
    headers.iter().map(lower).collect()
}

/// The name of a header, which must be one; also of one that is only read.
pub(super) fn header_name(cx: &mut Cx<'_, '_>, name: &Scalar) -> String {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.text.is_empty() || !name.text.bytes().all(token) {
        let message = format!("`{}` is not the name of a header", name.text);
        cx.diagnostics.report(&rules::BAD_HEADER, name.span, message).help("only letters, digits and hyphens are safe");
    }
    name.text.clone()
}

/// Text and credentials.
fn header_value(cx: &mut Cx<'_, '_>, value: &Scalar) -> Vec<ir::HeaderPart> {
    if let Some(at) = value.text.find(|character: char| !matches!(character, ' '..='~')) {
        let span = value.locate(at, at + 1);
        cx.diagnostics
            .report(&rules::BAD_HEADER, span, "this character cannot stand in a header")
            .help("write it on one line, in letters, digits, blanks and signs of ASCII");
    }
    let pieces = template::parse(value, cx.diagnostics).unwrap_or_default();
    let part = |piece| match piece {
        Piece::Text(text) => Some(ir::HeaderPart::Text(text)),
        Piece::Hole(name) => find(cx.diagnostics, &cx.credentials, &name, &rules::UNKNOWN_CREDENTIAL, "credential")
            .map(ir::HeaderPart::Credential),
    };
    pieces.into_iter().filter_map(part).collect()
}

/// An absolute address, without a slash at its end.
fn address(cx: &mut Cx<'_, '_>, base: &Scalar) -> String {
    if let Err(reason) = check_address(&base.text) {
        cx.diagnostics
            .report(&rules::BAD_ADDRESS, base.span, format!("not a base address: {reason}"))
            .help("write it like `https://api.example.com/v1`");
    }
    base.text.trim_end_matches('/').to_owned()
}

/// Why a text is no base address.
pub(crate) fn check_address(text: &str) -> Result<(), &'static str> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let rest = rest.ok_or("it does not start with `https://` or `http://`")?;
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    if rest.contains(['?', '#']) {
        return Err("it has a query or a fragment");
    }
    if authority.contains('@') {
        return Err("it has credentials");
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    if port.is_some_and(|port| port.parse::<u16>().is_err() || !port.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err("its port is not a number up to 65535");
    }
    let (name, extra): (&str, &[u8]) = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(address) => (address, b":."),
        None => (host, b"-._"),
    };
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || extra.contains(&byte)) {
        return Err("its host has characters that no host has");
    }
    if !is_path(path) {
        return Err("its path has characters that would be sent otherwise than written");
    }
    Ok(())
}

/// Whether a path goes over the wire as it is written.
pub(super) fn is_path(path: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@".contains(&byte);
    path.bytes().all(plain) && path.split('/').all(|segment| segment != "." && segment != "..")
}

/// The name of an environment variable.
pub(super) fn variable(cx: &mut Cx<'_, '_>, name: &Scalar) -> String {
    if name.text.is_empty() || !name.text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        let message = format!("`{}` is not the name of an environment variable", name.text);
        cx.diagnostics.report(&rules::BAD_NAME, name.span, message).help("use letters, digits and underscores");
    }
    name.text.clone()
}

#[cfg(test)]
mod tests {
    use super::check_address;

    #[test]
    fn addresses_are_absolute_and_nothing_but_a_base() {
        for good in ["https://a.b", "http://127.0.0.1:8080/x/", "https://[::1]:3001/api/v3", "https://h:1/a-b_c~d"] {
            assert_eq!(check_address(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "a.b",
            "ftp://a.b",
            "https://",
            "https://a b",
            "https://u:p@h",
            "https://h:99999",
            "https://h:+80",
            "https://h/?q",
            "https://h/#f",
            "https://h/a b",
            "https://h/../x",
            "https://h/%zz",
            "https://[::1",
            "https://ü.de",
        ] {
            assert!(check_address(bad).is_err(), "{bad}");
        }
    }
}
