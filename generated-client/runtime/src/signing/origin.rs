//! Scheme, host and port of an address, as signing names them.

use std::borrow::Cow;

/// The parts of an address such as `https://api.example.com:8443`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin<'a> {
    pub(crate) scheme: &'a str,
    /// In lower case.
    pub(crate) host: Cow<'a, str>,
    /// The scheme's own where none is written.
    pub(crate) port: u16,
}

impl<'a> Origin<'a> {
    /// Takes apart what a base address has made sure of.
    pub(crate) fn of(address: &'a str) -> Self {
        let (scheme, authority) = address.split_once("://").unwrap_or(("", address));
        let port = authority.rsplit_once(':').filter(|(_, port)| !port.ends_with(']'));
        let (host, port) = port.map_or((authority, None), |(host, port)| (host, port.parse().ok()));
        let host = match host.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned(host.to_ascii_lowercase()),
            false => Cow::Borrowed(host),
        };
        Self { scheme, host, port: port.unwrap_or(own_port(scheme)) }
    }

    /// The host, and the port where it is not the scheme's own.
    pub(super) fn authority(&self) -> Cow<'a, str> {
        match self.port == own_port(self.scheme) {
            true => self.host.clone(),
            false => format!("{}:{}", self.host, self.port).into(),
        }
    }
}

fn own_port(scheme: &str) -> u16 {
    if scheme == "http" { 80 } else { 443 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart() {
        let parts = |address| {
            let origin = Origin::of(address);
            format!("{} {} {} {}", origin.scheme, origin.host, origin.port, origin.authority())
        };
        assert_eq!(parts("https://API.Example.com"), "https api.example.com 443 api.example.com");
        assert_eq!(parts("https://a.b:443"), "https a.b 443 a.b");
        assert_eq!(parts("http://a.b:443"), "http a.b 443 a.b:443");
        assert_eq!(parts("http://127.0.0.1:80"), "http 127.0.0.1 80 127.0.0.1");
        assert_eq!(parts("https://[::1]"), "https [::1] 443 [::1]");
        assert_eq!(parts("http://[::1]:3001"), "http [::1] 3001 [::1]:3001");
    }
}
