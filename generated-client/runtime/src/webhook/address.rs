//! The address that a vendor called, in the two ways in which it may have written it.

/// An absolute address, in its parts as they are written.
#[derive(Debug)]
pub(super) struct Address {
    pub(super) scheme: String,
    /// As it stands before `://`.
    written_scheme: String,
    pub(super) authority: String,
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) path: String,
    pub(super) query: String,
    has_query: bool,
}

impl Address {
    pub(super) fn parse(url: &str) -> Option<Self> {
        let (written_scheme, rest) = url.split_once("://")?;
        let scheme = written_scheme.to_ascii_lowercase();
        let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
        let (authority, target) = rest.split_at_checked(rest.find(['/', '?']).unwrap_or(rest.len()))?;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let own = authority.rsplit_once('@').map_or(authority, |(_, own)| own);
        let (host, port) = match written_port(own) {
            Some((host, port)) => (host, port.parse().ok()?),
            None => (own, default_port(&scheme)?),
        };
        if host.is_empty() {
            return None;
        }
        Some(Self {
            host: host.to_ascii_lowercase(),
            port,
            authority: authority.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            has_query: target.contains('?'),
            written_scheme: written_scheme.to_owned(),
            scheme,
        })
    }

    /// The same address with its scheme's own port, where it is written without, and the other way round.
    pub(super) fn other(&self) -> Option<Self> {
        let default = default_port(&self.scheme)?;
        let authority = match written_port(&self.authority) {
            Some((rest, _)) if self.port == default => rest.to_owned(),
            Some(_) => return None,
            None => format!("{}:{default}", self.authority),
        };
        Self::parse(&format!("{}://{authority}{}", self.written_scheme, self.target()))
    }

    pub(super) fn target(&self) -> String {
        let mark = if self.has_query { "?" } else { "" };
        format!("{}{mark}{}", self.path, self.query)
    }

    pub(super) fn whole(&self) -> String {
        format!("{}://{}{}", self.written_scheme, self.authority, self.target())
    }
}

/// What stands around the colon before a port; a colon inside brackets belongs to the host.
fn written_port(authority: &str) -> Option<(&str, &str)> {
    let (host, port) = authority.rsplit_once(':')?;
    (!port.contains([']', '@'])).then_some((host, port))
}

fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "https" => Some(443),
        "http" => Some(80),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn an_address_is_kept_as_it_is_written_and_tried_with_its_port() {
        for (url, other) in [
            ("https://a.example/x?y=1", Some("https://a.example:443/x?y=1")),
            ("https://A.example:443/x?", Some("https://A.example/x?")),
            ("http://a.example", Some("http://a.example:80")),
            ("HTTPS://u:p@[::1]/", Some("HTTPS://u:p@[::1]:443/")),
            ("https://u:p@[::1]:443/", Some("https://u:p@[::1]/")),
            ("https://a.example:8443/x", None),
        ] {
            let address = Address::parse(url).unwrap();
            assert_eq!(address.whole(), url);
            assert_eq!(address.other().map(|other| other.whole()).as_deref(), other);
        }
        let address = Address::parse("HTTPS://u:p@A.Example:8443/x/y?b=1#c").unwrap();
        assert_eq!((&*address.scheme, &*address.host, address.port), ("https", "a.example", 8443));
        assert_eq!((&*address.path, &*address.query), ("/x/y", "b=1"));
    }

    #[test]
    fn what_is_no_address_is_none() {
        for text in ["", "/x", "a.example/x", "ftp://a", "https://", "https:///x", "https://a:x/", "https://a:99999/"] {
            assert!(Address::parse(text).is_none(), "{text}");
        }
    }
}
