//! Names of the wire for whoever searches by what the vendor's pages say.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Name, Operation, PathPart, Resource};

/// ```text
/// #[doc(alias = "fname")]
/// ```
///
/// Nothing where a search for the one finds the other: neither case nor signs between words count there.
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

/// What the vendor calls an operation, if anything: the last word of its path.
pub(super) fn of_operation(resource: &Resource, operation: &Operation) -> Option<TokenStream> {
    let literals = operation.path.iter().rev().filter_map(|part| match part {
        PathPart::Literal(text) => Some(text),
        PathPart::Parameter(_) | PathPart::Credential(..) => None,
    });
    let last = literals.flat_map(|text| text.rsplit(['/', '?', '='])).find(|word| !word.is_empty())?;
    of(last, &[&operation.name.snake, &operation.type_name.snake, &resource.name.snake])
}

/// The letters and digits of a name, as a search compares them.
fn words(name: &str) -> impl Iterator<Item = char> {
    name.strip_prefix("r#").unwrap_or(name).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn only_what_a_search_would_not_find_has_an_alias() {
        for (wire, rust) in [("courseno", "course_no"), ("userId", "user_id"), ("type", "r#type"), ("a[b]", "a_b")] {
            assert!(of(wire, &[rust]).is_none(), "{wire}");
        }
        for (wire, rust) in [("fname", "first_name"), ("<", "less"), ("größe", "groesse"), ("-1021", "stale")] {
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
