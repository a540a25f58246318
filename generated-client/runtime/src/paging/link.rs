//! The header `Link`, as RFC 8288 has it.

/// The target of the first link whose relations have `next` among them.
pub(super) fn next(header: &str) -> Option<&str> {
    let mut rest = header;
    loop {
        let (_, link) = rest.split_once('<')?;
        let (target, after) = link.split_once('>')?;
        let (is_next, tail) = parameters(after);
        if is_next {
            return Some(target.trim());
        }
        rest = tail;
    }
}

/// Whether the parameters of a link have the relation, and what follows them.
fn parameters(text: &str) -> (bool, &str) {
    let (mut rest, mut relation) = (text, None);
    loop {
        rest = rest.trim_start();
        let Some(parameter) = rest.strip_prefix(';') else { break };
        let end = parameter.find(['=', ';', ',']).unwrap_or(parameter.len());
        let (name, after) = parameter.split_at(end);
        let (value, after) = match after.strip_prefix('=').map(str::trim_start) {
            None => ("", after),
            Some(quoted) if quoted.starts_with('"') => {
                let inner = quoted.get(1..).unwrap_or_default();
                inner.split_once('"').unwrap_or((inner, ""))
            }
            Some(token) => token.split_at(token.find([';', ',']).unwrap_or(token.len())),
        };
        // A second one of the name does not count.
        if name.trim().eq_ignore_ascii_case("rel") && relation.is_none() {
            relation = Some(value);
        }
        rest = after;
    }
    let is_next = relation.is_some_and(|all| all.split_ascii_whitespace().any(|it| it.eq_ignore_ascii_case("next")));
    (is_next, rest)
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn the_next_link_is_found() {
        for (header, target) in [
            ("<https://a.example/x?page=2>; rel=\"next\"", Some("https://a.example/x?page=2")),
            ("</x?a=1,2>; rel=\"prev\", </x?a=3;4>; title=\"a, <b>; rel=next\"; rel=\"last next\"", Some("/x?a=3;4")),
            ("<a>;rel=first,<b>;rel=NEXT", Some("b")),
            ("<a>; rel=prev; rel=next", None),
            ("<a>; rel=nextish", None),
            ("<a>; title=\"never closed", None),
            ("<a", None),
            ("", None),
            ("<a>; rel", None),
        ] {
            assert_eq!(next(header), target, "{header}");
        }
    }
}
