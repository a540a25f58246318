//! Mistakes that only follow from another: what a key declares is unknown wherever it is named, while that key is
//! misspelt or its file cannot be read.

use super::Diagnostics;
use super::rules::{self, Rule};

/// What is told besides where one of these keys is misspelt, and no mistake of its own.
const FOLLOWERS: [(&str, &[&Rule]); 9] = [
    ("types", &[&rules::UNKNOWN_TYPE, &rules::CARRIES_NOTHING]),
    ("errors", &[&rules::UNKNOWN_ERROR, &rules::UNLISTED_ERROR, &rules::EXAMPLE_RESPONSE]),
    ("envelope", &[&rules::UNKNOWN_ERROR_PLACE, &rules::EXAMPLE_RESPONSE]),
    ("pagination", &[&rules::NOT_PAGED]),
    ("sources", &[&rules::UNKNOWN_SOURCE]),
    ("credentials", &[&rules::UNKNOWN_CREDENTIAL, &rules::EXPRESSION_UNKNOWN_NAME]),
    ("steps", &[&rules::EXPRESSION_UNKNOWN_NAME]),
    ("mock", &[&rules::UNKNOWN_COLLECTION]),
    ("collections", &[&rules::UNKNOWN_COLLECTION]),
];

/// What a file may declare that cannot be read.
const ELSEWHERE: [&Rule; 2] = [&rules::UNKNOWN_TYPE, &rules::UNKNOWN_COLLECTION];

impl Diagnostics {
    /// Keeps in mind that a key was probably meant by another, which is told.
    pub(crate) fn misspelt(&mut self, meant: &str) {
        self.follow(FOLLOWERS.iter().filter(|(key, _)| *key == meant).flat_map(|(_, rules)| *rules));
    }

    /// The same of a file that cannot be read, which is told.
    pub(crate) fn unreadable(&mut self) {
        self.follow(&ELSEWHERE);
    }

    fn follow<'a>(&mut self, rules: impl IntoIterator<Item = &'a &'static Rule>) {
        self.followers.extend(rules.into_iter().map(|rule| rule.id));
    }

    /// Forgets what only follows.
    pub(crate) fn without_followers(&mut self) {
        let Self { list, followers, .. } = self;
        list.retain(|diagnostic| !followers.contains(diagnostic.rule.id));
    }
}

#[cfg(test)]
mod tests {
    use super::FOLLOWERS;
    use crate::spec::keys::OBJECTS;

    #[test]
    fn what_others_follow_from_is_a_key() {
        for (key, _) in FOLLOWERS {
            assert!(OBJECTS.iter().any(|object| object.own.iter().any(|row| row.name == key)), "{key}");
        }
    }
}
