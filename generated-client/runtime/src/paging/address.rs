//! Addresses of pages, which have the name of a credential where the path of a call holds one, and nothing that signing
//! adds.

use percent_encoding::percent_decode_str;
use url::Url;

use super::PagingError;

/// Where a call goes: what the address of the next page is read against.
pub(crate) struct Here {
    /// Scheme, host and port.
    pub(crate) origin: String,
    /// The path that all paths of the API start with.
    pub(crate) base: String,
    /// What comes after it, with the names of credentials in braces.
    pub(crate) path: String,
    /// The names of what signing adds to the call, which is added anew to the next.
    pub(crate) added: &'static [&'static str],
}

/// Where a page is: path and query, percent-encoded.
pub(crate) struct There {
    /// Below the base, with the names of credentials in braces.
    pub(crate) path: String,
    pub(crate) query: String,
}

impl Here {
    /// Reads an address, which must be one of this API. The credentials in it are none that are known here: they are
    /// those of another attempt, or whatever a server took them for.
    ///
    /// # Errors
    ///
    /// What is no address of this API, and where it is not known which segments hold credentials.
    pub(crate) fn read(&self, address: &str) -> Result<There, PagingError> {
        let unfit = |_| PagingError::UnfitAddress;
        let here = Url::parse(&[&*self.origin, &self.base, &self.path].concat()).map_err(unfit)?;
        let there = here.join(address).map_err(unfit)?;
        if there.origin() != here.origin() || !there.username().is_empty() || there.password().is_some() {
            return Err(PagingError::ForeignHost);
        }
        let is_below = |path: &&str| path.is_empty() || path.starts_with('/');
        let below = match there.path().strip_prefix(&*self.base).filter(is_below) {
            Some(path) => path,
            // Without a host it may begin where all paths of the API do.
            None if address.trim_start().starts_with('/') => there.path(),
            None => return Err(PagingError::UnfitAddress),
        };
        let path = named(&self.path, below).ok_or(PagingError::UnfitAddress)?;
        Ok(There { path, query: without(self.added, there.query().unwrap_or_default()) })
    }

    /// An address as it can be kept: it is read the same later, and whoever has other credentials then uses those.
    pub(crate) fn kept(&self, address: &str) -> Result<String, PagingError> {
        let There { path, query } = self.read(address)?;
        let mark = if query.is_empty() { "" } else { "?" };
        let kept = [&*self.base, &path, mark, &query].concat();
        // What begins like this alone would name another host.
        Ok(if kept.starts_with("//") { [&*self.origin, &kept].concat() } else { kept })
    }
}

/// A query without the pairs of these names. A server may repeat all that it was asked with.
fn without(names: &[&str], query: &str) -> String {
    let is_kept = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default().replace('+', " ");
        !names.iter().any(|added| percent_decode_str(&name).eq(added.bytes()))
    };
    query.split('&').filter(is_kept).collect::<Vec<_>>().join("&")
}

/// A path with the segments of a call's own that name credentials in place of its own: the same ones, behind the same
/// segments. What comes after them is what it was.
fn named(own: &str, path: &str) -> Option<String> {
    let Some(last) = own.rfind('{') else { return Some(path.to_owned()) };
    let count = own.get(..last)?.split('/').count();
    let mut segments: Vec<&str> = path.split('/').collect();
    for (segment, own) in segments.get_mut(..count)?.iter_mut().zip(own.split('/')) {
        let decoded: Vec<u8> = percent_decode_str(segment).collect();
        let (before, after) = match (own.split_once('{'), own.rsplit_once('}')) {
            (Some((before, _)), Some((_, after))) => (before, after),
            _ if percent_decode_str(own).eq(decoded) => continue,
            _ => return None,
        };
        let held = decoded.strip_prefix(&*percent_decode_str(before).collect::<Vec<u8>>())?;
        let held = held.strip_suffix(&*percent_decode_str(after).collect::<Vec<u8>>())?;
        if held.is_empty() {
            return None;
        }
        *segment = own;
    }
    Some(segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here(base: &str, path: &str) -> Here {
        let origin = "https://example.com".to_owned();
        Here { origin, base: base.to_owned(), path: path.to_owned(), added: &["key", "a b"] }
    }

    #[test]
    fn credentials_are_kept_by_their_names() {
        for (path, address, kept) in [
            ("/bot{credentials.token}/list", "/bot1:a/list?from=2", "/v1/bot{credentials.token}/list?from=2"),
            ("/bot{credentials.token}/list", "?from=2", "/v1/bot{credentials.token}/list?from=2"),
            ("/bot{credentials.token}/list", "2", "/v1/bot{credentials.token}/2"),
            ("/bot{credentials.token}/list", "/v1/bot{credentials.token}/list", "/v1/bot{credentials.token}/list"),
            ("/bot{credentials.token}/list", "/v1/b%6ft1%3Aa/x%2Fy/#bot1", "/v1/bot{credentials.token}/x%2Fy/"),
            ("/a%20b/{credentials.token}.js", "/v1/%61%20b/1.%6As?", "/v1/%61%20b/{credentials.token}.js"),
            ("/{credentials.id}:{credentials.key}/{x}", "/v1/1:2/3", "/v1/{credentials.id}:{credentials.key}/{x}"),
            ("/list", "https://example.com/v1/list/{credentials.token}", "/v1/list/%7Bcredentials.token%7D"),
        ] {
            let here = here("/v1", &path.replace("/{x}", "/3"));
            let kept = kept.replace("/{x}", "/3");
            assert_eq!(here.kept(address).unwrap(), kept, "{address}");
            assert_eq!(here.kept(&kept).unwrap(), kept, "it is read the same again");
        }
        let here = here("", "/list");
        for (address, kept) in [
            ("/list?from=2", "/list?from=2"),
            ("https://example.com//list?from=2", "https://example.com//list?from=2"),
            ("/.//list", "https://example.com//list"),
        ] {
            assert_eq!(here.kept(address).unwrap(), kept, "{address}");
            assert_eq!(here.kept(kept).unwrap(), kept, "it is read the same again");
        }
    }

    #[test]
    fn what_signing_adds_is_not_kept() {
        for (query, kept) in [
            ("?key=1&from=2&a+b=3&a%20b", "?from=2"),
            ("?from=2&%6Bey=1&keys=%6b&Key&c=key&key", "?from=2&keys=%6b&Key&c=key"),
            ("?key=1", ""),
        ] {
            assert_eq!(here("/v1", "/list").kept(query).unwrap(), format!("/v1/list{kept}"), "{query}");
        }
    }

    #[test]
    fn what_does_not_line_up_is_no_address() {
        for (path, address) in [
            ("/bot{credentials.token}/list", "/v2/bot1/list"),
            ("/bot{credentials.token}/list", "/bots/../1/list"),
            ("/bot{credentials.token}/list", "/v1/bot/list"),
            ("/bot{credentials.token}/list", "/v1"),
            ("/bot{credentials.token}/list", "/"),
            ("/bot{credentials.token}/list", "../list"),
            ("/a/{credentials.token}/list", "/v1/b/1/list"),
            ("/a/{credentials.token}/list", "/v1/a%2F1/list"),
            ("/a/{credentials.token}/list", "/v1/a"),
            ("/a/{credentials.token}.json", "/v1/a/1.xml"),
        ] {
            assert_eq!(here("/v1", path).kept(address).unwrap_err(), PagingError::UnfitAddress, "{address}");
        }
        let here = here("", "/bot{credentials.token}/list");
        for address in ["http://example.com/bot1/list", "https://bot1@example.com/bot1/list", "//bot1/list"] {
            assert_eq!(here.kept(address).unwrap_err(), PagingError::ForeignHost, "{address}");
        }
    }
}
