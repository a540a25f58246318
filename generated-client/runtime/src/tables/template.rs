//! Messages with holes, and how they are found again in what a server says.
//!
//! A template is literal text with holes, `Couldn't find {model}`; a doubled brace stands for a brace.
//! Matching walks the message once: the first text is anchored, each text between is taken where it
//! first occurs, so there is nothing to backtrack.

/// What a hole may hold, in bytes; a longer text is not what the documentation means.
pub(crate) const LONGEST_CAPTURE: usize = 1024;

/// What holes held, by their names.
pub(crate) type Held = Vec<(&'static str, String)>;

/// How exactly a message must be that of the template.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Matching {
    /// Anything may follow.
    pub(crate) prefix: bool,
    /// ASCII letters may be in either case.
    pub(crate) any_case: bool,
}

impl Matching {
    pub(crate) const EXACT: Self = Self { prefix: false, any_case: false };

    /// Where a text first occurs.
    fn find(self, rest: &str, text: &str) -> Option<usize> {
        if !self.any_case || text.is_empty() {
            return rest.find(text);
        }
        let windows = rest.as_bytes().windows(text.len());
        // A window that begins in the middle of a character is not equal to any text.
        windows.enumerate().find(|(_, window)| window.eq_ignore_ascii_case(text.as_bytes())).map(|(at, _)| at)
    }

    fn starts(self, rest: &str, text: &str) -> bool {
        rest.get(..text.len()).is_some_and(|start| self.same(start, text))
    }

    fn ends(self, rest: &str, text: &str) -> bool {
        let start = rest.len().checked_sub(text.len());
        start.and_then(|start| rest.get(start..)).is_some_and(|end| self.same(end, text))
    }

    fn same(self, one: &str, other: &str) -> bool {
        if self.any_case { one.eq_ignore_ascii_case(other) } else { one == other }
    }
}

/// Matches a whole message, or its beginning.
pub(crate) fn match_template(template: &'static str, message: &str, how: Matching) -> Option<Held> {
    let mut held = Vec::new();
    let mut pieces = Pieces(template);
    let (text, mut hole) = pieces.next_piece();
    let mut rest = message.get(text.len()..).filter(|_| how.starts(message, &text))?;
    while let Some(name) = hole {
        let (text, next) = pieces.next_piece();
        // The last text ends the message, so its last occurrence counts; any other its first.
        let at = match (next, text.is_empty()) {
            (None, true) => rest.len(),
            (None, false) if !how.prefix => rest.len().checked_sub(text.len()).filter(|_| how.ends(rest, &text))?,
            (_, _) => how.find(rest, &text)?,
        };
        let found = rest.get(..at).filter(|found| found.len() <= LONGEST_CAPTURE)?;
        held.push((name, found.to_owned()));
        rest = rest.get(at + text.len()..)?;
        hole = next;
    }
    (how.prefix || rest.is_empty()).then_some(held)
}

/// Takes a template off the end of a message as often as it stands there; what its holes held the last time.
///
/// The template begins with a text, which is what is looked for.
pub(crate) fn strip_suffix<'m>(mut message: &'m str, template: &'static str) -> (&'m str, Held) {
    let mut held = Vec::new();
    let (start, _) = Pieces(template).next_piece();
    if start.is_empty() {
        return (message, held);
    }
    while let Some(at) = message.rfind(start.as_str())
        && let Some(found) = message.get(at..).and_then(|end| match_template(template, end, Matching::EXACT))
    {
        message = message.get(..at).unwrap_or_default().trim_end();
        if held.is_empty() {
            held = found;
        }
    }
    (message, held)
}

/// The rest of a template.
pub(crate) struct Pieces(pub(crate) &'static str);

impl Pieces {
    /// Takes the text up to the next hole, and the hole's name if there is one.
    pub(crate) fn next_piece(&mut self) -> (String, Option<&'static str>) {
        let mut text = String::new();
        while let Some(at) = self.0.find(['{', '}']) {
            let (before, from) = self.0.split_at(at);
            text.push_str(before);
            if let Some(after) = from.strip_prefix("{{").or_else(|| from.strip_prefix("}}")) {
                text.push_str(&from[..1]);
                self.0 = after;
            } else if let Some((name, after)) = from.strip_prefix('{').and_then(|hole| hole.split_once('}')) {
                self.0 = after;
                return (text, Some(name));
            } else {
                // A single brace that opens nothing is itself.
                text.push_str(&from[..1]);
                self.0 = &from[1..];
            }
        }
        text.push_str(std::mem::take(&mut self.0));
        (text, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(template: &'static str, message: &str) -> Option<Held> {
        match_template(template, message, Matching::EXACT)
    }

    #[test]
    fn holes_take_what_lies_between_texts() {
        let template = "Couldn't find {model} with 'id'='{id}'";
        let found = held(template, "Couldn't find User with 'id'='7'");
        assert_eq!(found, Some(vec![("model", "User".to_owned()), ("id", "7".to_owned())]));
        assert_eq!(held(template, "Couldn't find User with 'id'=7"), None);
        assert_eq!(held(template, "couldn't find User with 'id'='7'"), None);
    }

    #[test]
    fn the_last_text_is_anchored_at_the_end() {
        assert_eq!(held("'{a}'", "'it's'"), Some(vec![("a", "it's".to_owned())]));
        assert_eq!(held("x{a}x", "x"), None);
        assert_eq!(held("{a}", ""), Some(vec![("a", String::new())]));
    }

    #[test]
    fn doubled_braces_are_braces() {
        assert_eq!(held("{{{a}}}", "{1}"), Some(vec![("a", "1".to_owned())]));
        assert_eq!(held("{a", "{a"), Some(vec![]));
    }

    #[test]
    fn a_capture_is_bounded() {
        assert!(held("{a}", &"x".repeat(LONGEST_CAPTURE)).is_some());
        assert!(held("{a}", &"x".repeat(LONGEST_CAPTURE + 1)).is_none());
    }

    #[test]
    fn matching_is_linear() {
        let message = "a".repeat(1 << 20);
        assert!(held("{x}ab{y}ab{z}", &message).is_none());
    }

    #[test]
    fn anything_may_follow_a_prefix() {
        let prefix = Matching { prefix: true, ..Matching::EXACT };
        assert_eq!(match_template("gone", "gone for good", prefix), Some(vec![]));
        assert_eq!(match_template("gone", "GONE", prefix), None);
        let found = match_template("no {what} left", "no room left here, none left", prefix);
        assert_eq!(found, Some(vec![("what", "room".to_owned())]));
    }

    #[test]
    fn letters_may_be_in_either_case() {
        let any_case = Matching { any_case: true, ..Matching::EXACT };
        let found = match_template("No {what} Left", "NO Étage LEFT", any_case);
        assert_eq!(found, Some(vec![("what", "Étage".to_owned())]));
        assert_eq!(match_template("éa", "ÉA", any_case), None, "only ASCII letters");
        assert_eq!(match_template("ab{x}", "é", any_case), None);
    }

    #[test]
    fn a_suffix_is_taken_off_as_often_as_it_is_there() {
        let template = " : Error count {count} of {limit}";
        let counter = |count: &str| vec![("count", count.to_owned()), ("limit", "50".to_owned())];
        for (message, text, held) in [
            ("gone", "gone", vec![]),
            ("gone : Error count 3 of 50", "gone", counter("3")),
            ("gone : Error count 3 of 50 : Error count 4 of 50", "gone", counter("4")),
            (" : Error count 3 of 50", "", counter("3")),
            ("gone : Error count 3", "gone : Error count 3", vec![]),
        ] {
            assert_eq!(strip_suffix(message, template), (text, held), "{message}");
        }
        let long = " : Error count 1 of 2".repeat(200);
        assert_eq!(strip_suffix(&long, template).0, "");
    }
}
