//! The way back from the characters of a scalar to the file, for each style of writing one.
//!
//! A run says where a stretch of the value starts, in the value and in the file. No runs: no way back.

/// `text`, on one line.
pub(super) fn plain(text: &str, raw: &str, start: u32) -> Vec<(u32, u32)> {
    if text == raw { vec![(0, start)] } else { Vec::new() }
}

/// `'text'` with `''` for a quote, or `"text"` without escapes; on one line.
pub(super) fn quoted(text: &str, raw: &str, start: u32) -> Vec<(u32, u32)> {
    let inner = raw.get(1..raw.len().saturating_sub(1)).unwrap_or("");
    if inner == text {
        return vec![(0, start + 1)];
    }
    if !raw.starts_with('\'') || inner.replace("''", "'") != text {
        return Vec::new();
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
    runs
}

/// `|` and lines, each indented by the same number of spaces.
pub(super) fn literal(text: &str, raw: &str, start: u32) -> Vec<(u32, u32)> {
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
    if lines.peek().is_none() { runs } else { Vec::new() }
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}
