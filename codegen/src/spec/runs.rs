//! The way back from the characters of a scalar to the file, for each style of writing one.
//!
//! A run says where a stretch of the value starts, in the value and in the file.

use crate::source::Runs;

/// `text`, on one line.
pub(super) fn plain(text: &str, raw: &str, start: u32) -> Runs {
    if text == raw { Runs::One(start) } else { Runs::Unknown }
}

/// `'text'` with `''` for a quote, or `"text"` without escapes; on one line.
pub(super) fn quoted(text: &str, raw: &str, start: u32) -> Runs {
    let inner = raw.get(1..raw.len().saturating_sub(1)).unwrap_or("");
    if inner == text {
        return Runs::One(start + 1);
    }
    if !raw.starts_with('\'') || inner.replace("''", "'") != text {
        return Runs::Unknown;
    }
    let mut runs = Vec::new();
    let (mut from, mut at) = (0, start + 1);
    for piece in inner.split("''") {
        runs.push((from, at));
        // Every run but the first starts with the second of two quotes.
        let taken = length(piece) + u32::from(from > 0 || at > start + 1);
        from += taken;
        at += taken + 1;
    }
    Runs::of(runs)
}

/// `|` and lines, each indented by the same number of spaces.
pub(super) fn literal(text: &str, raw: &str, start: u32) -> Runs {
    let mut runs = Vec::new();
    let mut lines = text.split_inclusive('\n').peekable();
    let (mut from, mut at) = (0, start);
    for raw_line in raw.split_inclusive('\n') {
        let Some(line) = lines.peek() else { break };
        let body = line.trim_end_matches('\n');
        let shown = raw_line.trim_end_matches(['\n', '\r']);
        if let Some(indent) = shown.strip_suffix(body)
            && indent.bytes().all(|byte| byte == b' ')
        {
            runs.push((from, at + length(indent)));
            from += length(line);
            lines.next();
        }
        at += length(raw_line);
    }
    if lines.peek().is_none() { Runs::of(runs) } else { Runs::Unknown }
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::Diagnostics;
    use crate::source::{FileId, SourceMap};
    use crate::spec::node::Value;

    /// What the file shows where the value of `a` says `needle`; the whole scalar where it cannot be exact.
    fn shown(value: &str, needle: &str) -> String {
        let yaml = format!("a: {value}\n");
        let mut sources = SourceMap::default();
        let file = sources.add("a.yaml", yaml.as_str());
        let root = crate::spec::events::read(file, &yaml, &mut Diagnostics::default()).unwrap();
        let Value::Map(entries) = &root.value else { panic!("not a map") };
        let Value::Scalar(_, scalar) = &entries[0].1.value else { panic!("not a scalar") };
        let at = scalar.text.find(needle).unwrap();
        let span = scalar.locate(at, at + needle.len());
        assert_eq!(span.file, FileId(0));
        sources.slice(span).to_owned()
    }

    #[test]
    fn every_style_that_keeps_its_characters_leads_back_to_the_file() {
        assert_eq!(shown("ü.sort().pairs(x)", "pairs"), "pairs");
        assert_eq!(shown("'ü.sort()'", "sort"), "sort");
        assert_eq!(shown("'it''s ''so''  #'", "so"), "so");
        assert_eq!(shown("'it''s ''so''  #'", "#"), "#");
        assert_eq!(shown("'''a'", "a"), "a");
        assert_eq!(shown("\"a: b\"", "b"), "b");
        assert_eq!(shown("|\n  one\n    two\n\n  three", "two"), "two");
        assert_eq!(shown("|-\n  one\n  three", "three"), "three");
        assert_eq!(shown("|\r\n  one\r\n  two\r\n", "two"), "two");
        assert_eq!(shown("|2\n    one\n  two", "two"), "two");
    }

    #[test]
    fn a_style_that_changes_its_characters_marks_the_whole() {
        assert_eq!(shown("\"a\\tb\"", "b"), "\"a\\tb\"");
        assert_eq!(shown("one\n  two", "two"), "one\n  two");
        assert_eq!(shown("'one\n  two'", "two"), "'one\n  two'");
        assert!(shown(">\n  one\n  two", "two").contains("one\n  two"));
    }
}
