//! Where an API is served from.

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;

use url::{Host, Url};

/// An absolute `http` or `https` address without query and fragment, such as `https://example.com/api/v3`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BaseAddress {
    text: Cow<'static, str>,
    /// Where the path begins.
    path: usize,
}

/// A text that is no base address. It is not repeated here, for it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a base address: {0}")]
pub struct InvalidBaseAddress(&'static str);

const NO_SCHEME: InvalidBaseAddress = InvalidBaseAddress("it must start with `https://` or `http://`");

impl BaseAddress {
    /// Reads an address; a slash at its end does not count.
    ///
    /// # Errors
    ///
    /// When it is not absolute, neither `http` nor `https`, or holds a user, a query or a fragment.
    pub fn parse(address: &str) -> Result<Self, InvalidBaseAddress> {
        let url = Url::parse(address).map_err(|_| InvalidBaseAddress("it cannot be read"))?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(NO_SCHEME);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidBaseAddress("it must not hold a user or a password"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(InvalidBaseAddress("it must not hold a query or a fragment"));
        }
        let text = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { path: path_of(&text), text: text.into() })
    }

    /// Scheme, host and port of an absolute address that somebody gave, and what follows as it is written there.
    ///
    /// # Errors
    ///
    /// What is no such address, or could be read in several ways. Nothing of it is in the error.
    pub(crate) fn given(text: &str) -> Result<(Self, String), InvalidBaseAddress> {
        if !text.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'#')) {
            return Err(InvalidBaseAddress(
                "it must hold no spaces, no backslashes, no fragment, and nothing but ASCII",
            ));
        }
        let begins = |scheme: &&str| text.get(..scheme.len()).is_some_and(|it| it.eq_ignore_ascii_case(scheme));
        let scheme = ["https://", "http://"].into_iter().find(begins).ok_or(NO_SCHEME)?;
        let after = scheme.len();
        let end = text.get(after..).and_then(|rest| rest.find(['/', '?'])).map_or(text.len(), |at| after + at);
        let (origin, target) = text.split_at_checked(end).unwrap_or((text, ""));
        let slash = if target.starts_with('/') { "" } else { "/" };
        // What stands in braces is none of our names.
        let target = [slash, target].concat().replace('{', "%7B").replace('}', "%7D");
        Ok((Self::parse(origin)?, target))
    }

    /// An address that the generator has checked.
    pub const fn known(address: &'static str) -> Self {
        Self { text: Cow::Borrowed(address), path: path_of(address) }
    }

    /// The address, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn is_encrypted(&self) -> bool {
        self.text.starts_with("https:")
    }

    /// Whether it names this very machine, so that nothing crosses a network.
    pub(crate) fn is_loopback(&self) -> bool {
        let url = Url::parse(&self.text).ok();
        match url.as_ref().and_then(Url::host) {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
            Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
            None => false,
        }
    }

    /// Scheme, host and port.
    pub(crate) fn origin(&self) -> &str {
        self.text.get(..self.path).unwrap_or_default()
    }

    /// The path that all paths of the API start with; empty for none.
    pub(crate) fn path(&self) -> &str {
        self.text.get(self.path..).unwrap_or_default()
    }
}

/// Where the path begins: at the third slash, after the two in front of the host.
const fn path_of(address: &str) -> usize {
    let bytes = address.as_bytes();
    let (mut at, mut slashes) = (0, 0);
    while at < bytes.len() {
        if bytes[at] == b'/' {
            slashes += 1;
            if slashes == 3 {
                return at;
            }
        }
        at += 1;
    }
    at
}

impl fmt::Debug for BaseAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl fmt::Display for BaseAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lose_only_what_does_not_count() {
        for (written, kept, path) in [
            ("https://Example.com", "https://example.com", ""),
            ("https://example.com:443/", "https://example.com", ""),
            ("http://[::1]:8080/api/v3//", "http://[::1]:8080/api/v3", "/api/v3"),
            ("https://example.com/a%2Fb", "https://example.com/a%2Fb", "/a%2Fb"),
        ] {
            let address = BaseAddress::parse(written).unwrap();
            assert_eq!((address.as_str(), address.path()), (kept, path));
        }
    }

    #[test]
    fn what_follows_the_host_of_a_given_address_stays_as_it_is_written() {
        for (url, origin, target) in [
            ("https://Files.example/up/1?sig=a%2Fb+c&x={y}", "https://files.example", "/up/1?sig=a%2Fb+c&x=%7By%7D"),
            ("https://files.example:8443", "https://files.example:8443", "/"),
            ("http://[::1]:80?a", "http://[::1]", "/?a"),
            ("https://files.example//a/../b?u=https://x", "https://files.example", "//a/../b?u=https://x"),
        ] {
            let (base, rest) = BaseAddress::given(url).unwrap();
            assert_eq!((base.as_str(), rest.as_str()), (origin, target));
        }
        for url in [
            "",
            "/up",
            "up://x/",
            "https://",
            "https:///up",
            "https:example.com/up",
            "https:example.com/a://b/up",
            "https://u:canary@x/",
            "https://x\\@y/",
            "https://x/ y",
            "https://x/#canary",
            "https://x/é",
        ] {
            let error = BaseAddress::given(url).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("canary"), "{url}");
        }
    }

    #[test]
    fn what_is_no_base_address_is_refused_unseen() {
        for text in [
            "",
            "/api",
            "example.com",
            "ftp://example.com",
            "https://",
            "https://u:canary@example.com",
            "https://e.com?q",
            "https://e.com#f",
            "mailto:a@b.co",
        ] {
            let error = BaseAddress::parse(text).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("canary"));
        }
    }

    #[test]
    fn loopback_is_this_machine_only() {
        for (address, loopback) in [
            ("http://127.0.0.1:80", true),
            ("http://127.1.2.3", true),
            ("http://[::1]", true),
            ("http://localhost:3000", true),
            ("http://localhost.example.com", false),
            ("http://10.0.0.1", false),
        ] {
            assert_eq!(BaseAddress::parse(address).unwrap().is_loopback(), loopback, "{address}");
        }
    }
}
