//! Where YAML ends a text that its author has not ended: expressions have commas, colons and quotes of their own.

use crate::source::{Ending, FileId, Span};

const QUOTE: &str = "put the whole text in single quotes: `'…'`; one inside of it is written twice";

/// What ends a text without quotes.
pub(super) fn ending(file: FileId, text: &str, end: u32) -> Ending {
    let rest = text.get(end as usize..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let is_cut = rest.get(blank..).is_some_and(|rest| rest.starts_with(',') || (blank > 0 && rest.starts_with('#')));
    match u32::try_from(blank) {
        Ok(blank) if is_cut => Ending::Sign(Span { file, start: end + blank, end: end + blank + 1 }),
        _ => Ending::Line,
    }
}

/// The comma that has cut a text in two, if what follows it is no key: `{value: concat(path, body)}`.
pub(super) fn cut_in_two(before: &str, ending: Ending) -> Option<(Span, &'static str)> {
    match ending {
        Ending::Sign(comma) if is_unfinished(before) => Some((comma, QUOTE)),
        Ending::Sign(_) | Ending::Line | Ending::Quote => None,
    }
}

/// Whether it opens what it does not close.
fn is_unfinished(text: &str) -> bool {
    let count = |sign: char| text.chars().filter(|it| *it == sign).count();
    count('(') > count(')') || count('"') % 2 == 1
}

/// What helps where a file is no YAML: most often, a line with an expression is more than one text.
pub(super) fn help(text: &str, at: u32) -> &'static str {
    let (before, after) = text.split_at_checked(at as usize).unwrap_or((text, ""));
    let line = [before.rsplit('\n').next(), after.split('\n').next()].into_iter().flatten().collect::<String>();
    if line.contains('(') {
        QUOTE
    } else if line.trim_start_matches(' ').starts_with('\t') {
        "indent with blanks"
    } else if line.starts_with('%') {
        "leave this line out: every spec is YAML 1.2, and has no tags"
    } else if line.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\r')) {
        "take this character out: no editor shows it"
    } else if before.is_empty() || before.rsplit('\n').next().is_some_and(|before| before.trim().is_empty()) {
        "keys of one map begin in the same column, and what is opened above is closed above"
    } else {
        "a text with signs of YAML in it stands in quotes, and what is opened is closed on its line or below"
    }
}
