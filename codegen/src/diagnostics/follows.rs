//! Mistakes that only follow from another: what a key declares is unknown wherever it is named, while that key is
//! misspelt or its file cannot be read.

use super::Diagnostics;
use super::rules::{self, Rule};

/// How it is told that a name is unknown which stands under one of these keys: no mistake of its own where that key is
/// misspelt.
const FOLLOWERS: [(&str, &[&Rule]); 7] = [
    ("types", &[&rules::UNKNOWN_TYPE]),
    ("errors", &[&rules::UNKNOWN_ERROR, &rules::UNLISTED_ERROR]),
    ("sources", &[&rules::UNKNOWN_SOURCE]),
    ("credentials", &[&rules::UNKNOWN_CREDENTIAL, &rules::EXPRESSION_UNKNOWN_NAME]),
    ("steps", &[&rules::EXPRESSION_UNKNOWN_NAME]),
    ("mock", &[&rules::UNKNOWN_COLLECTION]),
    ("collections", &[&rules::UNKNOWN_COLLECTION]),
];

/// What a file may declare that cannot be read.
const ELSEWHERE: [&Rule; 2] = [&rules::UNKNOWN_TYPE, &rules::UNKNOWN_COLLECTION];

impl Diagnostics {
    /// Keeps in mind that a key was probably meant by another, which is told, and the names under it.
    pub(crate) fn misspelt<'a>(&mut self, meant: &str, names: impl Iterator<Item = &'a str> + Clone) {
        for rule in FOLLOWERS.iter().filter(|(key, _)| *key == meant).flat_map(|(_, rules)| *rules) {
            self.followers.extend(names.clone().map(|name| (rule.id, Some(name.to_owned()))));
        }
    }

    /// The same of a file that cannot be read, which is told.
    pub(crate) fn unreadable(&mut self) {
        self.followers.extend(ELSEWHERE.iter().map(|rule| (rule.id, None)));
    }

    /// Forgets what only follows.
    pub(crate) fn without_followers(&mut self) {
        let Self { list, followers } = self;
        let follows = |it: &super::Diagnostic| {
            let mut named = it.message.split('`').skip(1).step_by(2);
            followers.contains(&(it.rule.id, None))
                || named.any(|name| followers.contains(&(it.rule.id, Some(name.to_owned()))))
        };
        list.retain(|diagnostic| followers.is_empty() || !follows(diagnostic));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;
    use crate::spec::keys::OBJECTS;

    #[test]
    fn what_others_follow_from_is_a_key() {
        for (key, _) in FOLLOWERS {
            assert!(OBJECTS.iter().any(|object| object.own.iter().any(|row| row.name == key)), "{key}");
        }
    }

    #[test]
    fn a_mistake_of_its_own_is_told_beside() {
        let mut diagnostics = Diagnostics::default();
        diagnostics.misspelt("types", ["User", "Role"].into_iter());
        let told = ["unknown type `Usr`", "unknown type `User`", "unknown type `Role`"];
        for message in told {
            diagnostics.report(&rules::UNKNOWN_TYPE, Span::default(), message);
        }
        diagnostics.report(&rules::UNKNOWN_ERROR, Span::default(), "unknown error `User`");
        diagnostics.without_followers();
        let messages: Vec<_> = diagnostics.into_sorted().into_iter().map(|it| it.message).collect();
        assert_eq!(messages, ["unknown error `User`", "unknown type `Usr`"]);
    }
}
