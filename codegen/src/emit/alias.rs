//! Names of the wire for whoever searches by what the vendor's pages say.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Field, Location, Name, Operation, Parameter, PathPart, Resource};

/// ```text
/// #[doc(alias = "fname")]
/// ```
///
/// Nothing where a search for the one finds the other: neither case nor underscores count there, and all else does.
pub(super) fn of(wire: &str, known_as: &[&str]) -> Option<TokenStream> {
    let is_found = known_as.iter().any(|name| words(name).eq(words(wire)));
    // What the compiler refuses in an alias.
    let is_odd = |c: char| matches!(c, '"' | '\'') || c.is_control() || (c.is_whitespace() && c != ' ');
    let is_refused = wire.is_empty() || wire.trim() != wire || wire.contains(is_odd);
    (!is_found && !is_refused).then(|| quote!(#[doc(alias = #wire)]))
}

/// The alias of what is called as its name says.
pub(super) fn of_name(name: &Name) -> Option<TokenStream> {
    of(&name.wire, &[&name.snake])
}

/// The aliases of a field: by its name, and by that of each place it is read from.
pub(super) fn of_field(field: &Field) -> Vec<TokenStream> {
    let places = field.places.iter().filter_map(|place| place.0.last());
    let mut known = HashSet::new();
    let names = std::iter::once(&field.name.wire).chain(places).filter(|name| known.insert(*name));
    names.filter_map(|name| of(name, &[&field.name.snake])).collect()
}

/// What the vendor calls an operation, if anything: the last word of its path.
fn last_word(operation: &Operation) -> Option<&str> {
    let literals = operation.path.iter().rev().filter_map(|part| match part {
        PathPart::Literal(text) => Some(text),
        PathPart::Parameter(_) | PathPart::Credential(..) => None,
    });
    literals.flat_map(|text| text.rsplit(['/', '?', '='])).find(|word| !word.is_empty())
}

/// What a call is found by: what the vendor calls it, and the names on the wire of the arguments that have no place of
/// their own in the documentation. What stands in a path has no name on the wire.
pub(super) fn of_method(resource: &Resource, operation: &Operation, arguments: &[&Parameter]) -> Vec<TokenStream> {
    let own = last_word(operation).map(|word| (word, vec![&*operation.type_name.snake, &*resource.name.snake]));
    let sent = arguments.iter().filter(|parameter| parameter.location != Location::Path);
    let sent = sent.map(|parameter| (parameter.name.wire.as_str(), Vec::new()));
    let mut known = HashSet::new();
    let aliases = own.into_iter().chain(sent).filter_map(|(wire, mut known_as)| {
        known_as.push(&operation.name.snake);
        of(wire, &known_as).filter(|_| known.insert(wire))
    });
    aliases.collect()
}

/// A name as a search of rustdoc compares it.
fn words(name: &str) -> impl Iterator<Item = char> {
    name.strip_prefix("r#").unwrap_or(name).chars().filter(|c| *c != '_').flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn only_what_a_search_would_not_find_has_an_alias() {
        for (wire, rust) in [("courseno", "course_no"), ("userId", "user_id"), ("type", "r#type"), ("_id", "id")] {
            assert!(of(wire, &[rust]).is_none(), "{wire}");
        }
        for (wire, rust) in [("fname", "first_name"), ("<", "less"), ("größe", "groesse"), ("-1021", "stale")] {
            assert_eq!(of(wire, &[rust]).unwrap().to_string(), format!("# [doc (alias = {wire:?})]"));
        }
        // Whoever searches for these as they are written finds nothing without them.
        for (wire, rust) in
            [("filter[a]", "filter_a"), ("X-Tags", "x_tags"), ("@id", "id"), ("error.code", "error_code")]
        {
            assert_eq!(of(wire, &[rust]).unwrap().to_string(), format!("# [doc (alias = {wire:?})]"));
        }
        assert!(of("users", &["list", "users"]).is_none());
    }

    #[test]
    fn no_alias_is_one_that_the_compiler_refuses() {
        for wire in ["", " a", "a ", "a\"b", "a'b", "a\tb", "a\nb", "a\u{a0}b"] {
            assert!(of(wire, &["other"]).is_none(), "{wire:?}");
        }
    }
}
