//! Items that nobody could tell apart once they are sent.

use super::Violation;
use super::walk::{At, Walk};
use crate::args::{BLANKS, Joined, Node};

impl Walk {
    /// Checks a value whose lists are texts with commas, with the lists in it.
    pub(super) fn joined(&mut self, node: Node<'_>, joined: Joined, at: At<'_>) {
        let Some(items) = node.items() else {
            let is_map = node.is_map();
            if joined.spread || (if is_map { joined.entries } else { joined.members }) {
                let within = Joined { spread: false, ..joined };
                for (name, value) in node.members() {
                    self.joined(value, within, if is_map { At::Entry(&at) } else { At::Member(&at, name) });
                }
            }
            return;
        };
        let is_lone = items.len() == 1;
        for (index, item) in items.into_iter().enumerate() {
            let message = match item.text() {
                Some(text) if is_lone && is_nothing(text, joined) => {
                    "must not be empty where it is the only item, as a list with nothing in it is"
                }
                _ if item.has_comma() => "must not contain a comma, which is what stands between items",
                _ => continue,
            };
            self.found.push(Violation::new(&At::Item(&at, index).to_string(), "commas", message.to_owned()));
        }
    }
}

/// Whether a text arrives as nothing.
fn is_nothing(text: &str, joined: Joined) -> bool {
    if joined.is_header { text.trim_matches(BLANKS) } else { text }.is_empty()
}
