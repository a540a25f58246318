//! Diagnostics as text, in the form the compiler uses.

use std::fmt;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Failure};
use crate::source::{SourceMap, Span, boundary};

/// Nobody reads more, and a file of nothing but mistakes must not keep a build busy.
const MAX_SHOWN: usize = 200;

/// How many bytes of lines are rendered: a line is cut to what is marked, but only after it was measured.
const MAX_QUOTED: usize = 1 << 20;

/// Places on one line share it, if it has no more bytes than this.
const MAX_SHARED: usize = 400;

/// A message quotes the spec, and a word of a spec can be of any length.
const MAX_MESSAGE: usize = 1000;

/// Renders every mistake, and how many there are.
pub(super) fn render(failure: &Failure, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let count = failure.diagnostics.len();
    let s = if count == 1 { "" } else { "s" };
    write!(f, "{}{count} mistake{s} in the spec; nothing was generated", mistakes(failure))
}

/// Renders every mistake.
pub(super) fn mistakes(failure: &Failure) -> String {
    let renderer = Renderer::plain().decor_style(DecorStyle::Ascii);
    let count = failure.diagnostics.len();
    let (mut quoted, mut text) = (0, String::new());
    for (shown, diagnostic) in failure.diagnostics.iter().enumerate() {
        if shown == MAX_SHOWN || quoted > MAX_QUOTED {
            text.push_str(&format!("… and {} more\n\n", count - shown));
            break;
        }
        quoted += line(&failure.sources.file(diagnostic.span.file).text, diagnostic.span).0.len();
        text.push_str(&format!("{}\n\n", renderer.render(&[group(diagnostic, &failure.sources)])));
    }
    text
}

fn group<'a>(diagnostic: &Diagnostic, sources: &'a SourceMap) -> Group<'a> {
    // Of a long line only what surrounds the first mark is shown.
    let line_of = |span: Span| (span.file, sources.line_column(span).0);
    let short = line(&sources.file(diagnostic.span.file).text, diagnostic.span).0.len() <= MAX_SHARED;
    let (near, far): (Vec<_>, Vec<_>) =
        diagnostic.also.iter().partition(|(span, _)| short && line_of(*span) == line_of(diagnostic.span));
    let mut main =
        snippet(sources, diagnostic.span).annotation(mark(sources, diagnostic.span, AnnotationKind::Primary));
    for (span, label) in near {
        main = main.annotation(mark(sources, *span, AnnotationKind::Context).label(printable(label)));
    }
    let mut group = Level::ERROR.primary_title(printable(&diagnostic.message)).id(diagnostic.rule.id).element(main);
    for (span, label) in far {
        let mark = mark(sources, *span, AnnotationKind::Context).label(printable(label));
        group = group.element(snippet(sources, *span).annotation(mark));
    }
    if diagnostic.help.is_empty() { group } else { group.element(Level::HELP.message(printable(&diagnostic.help))) }
}

/// The line of a file on which a span starts.
fn snippet(sources: &SourceMap, span: Span) -> Snippet<'_, Annotation<'_>> {
    let file = sources.file(span.file);
    let (number, _) = sources.line_column(span);
    Snippet::source(line(&file.text, span).0).line_start(number).path(file.path.as_str())
}

/// The marked part of that line.
fn mark<'a>(sources: &SourceMap, span: Span, kind: AnnotationKind) -> Annotation<'a> {
    kind.span(line(&sources.file(span.file).text, span).1)
}

/// On one line, and without what a terminal would obey.
fn printable(text: &str) -> String {
    let mut result = String::new();
    for (count, character) in text.chars().enumerate() {
        if count == MAX_MESSAGE {
            result.push('…');
            break;
        }
        if character.is_control() { result.extend(character.escape_default()) } else { result.push(character) }
    }
    result
}

/// The line on which a span starts, and the span's part of it.
fn line(text: &str, span: Span) -> (&str, Range<usize>) {
    let start = boundary(text, span.start as usize);
    let from = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let to = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let line = text[from..to].trim_end_matches('\r');
    let end = (span.end as usize).max(start);
    (line, boundary(line, start - from)..boundary(line, end - from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Diagnostics, rules};
    use crate::source::SourceMap;

    /// One mistake at a byte range of a file, rendered.
    fn rendered(text: &str, range: Range<u32>, message: &str) -> String {
        let mut sources = SourceMap::default();
        let file = sources.add("spec/users.yaml", text);
        let mut diagnostics = Diagnostics::default();
        let first = Span { file, start: 0, end: 1 };
        diagnostics
            .report(&rules::UNKNOWN_KEY, Span { file, start: range.start, end: range.end }, message)
            .also(first, "the first one")
            .help("did you mean `b`?");
        Failure { sources, diagnostics: diagnostics.into_sorted() }.to_string()
    }

    #[test]
    fn a_mistake_shows_its_line() {
        let expected = "\
error[unknown-key]: unknown key `c`
 --> spec/users.yaml:2:2
  |
2 |     c: ü
  |     ^
  |
 ::: spec/users.yaml:1:1
  |
1 | a:
  | - the first one
  |
  = help: did you mean `b`?

1 mistake in the spec; nothing was generated";
        assert_eq!(rendered("a:\n\tc: ü\n", 4..5, "unknown key `c`"), expected);
    }

    #[test]
    fn places_on_one_line_share_it() {
        let text = rendered("a: b, c: d\n", 6..7, "unknown key `c`");
        assert!(text.contains("\n1 | a: b, c: d\n  | -     ^\n  | |\n  | the first one\n"), "{text}");
    }

    #[test]
    fn no_text_and_no_place_breaks_it() {
        let long = "x".repeat(20_000);
        let texts = ["", "\n", "ü", "a\r\nb\r\n", "\u{1b}[31mred\u{202e}\t\u{0}", "日本語: 日本語\n", &long];
        for text in texts {
            let length = u32::try_from(text.len()).unwrap();
            for start in [0, 1, 2, 3, length / 2, length, length + 9] {
                for end in [0, start, start + 1, length, u32::MAX] {
                    let text = rendered(text, start..end, "a\u{1b}[31m\n`b`");
                    assert!(text.starts_with("error[unknown-key]: a\\u{1b}[31m\\n`b`\n"), "{text}");
                    assert!(!text.contains('\u{1b}'), "{text:?}");
                    assert!(text.len() < 5_000, "{} bytes", text.len());
                }
            }
        }
    }
}
