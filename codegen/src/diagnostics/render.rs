//! Diagnostics as text, in the form the compiler uses.

use std::fmt;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Message, Renderer, Snippet};

use super::{Diagnostic, Failure};
use crate::source::{SourceMap, Span};

/// Nobody reads more, and a file of nothing but mistakes must not keep a build busy.
const MAX_SHOWN: usize = 200;

/// A longer line is cut to this many bytes around what is marked.
const MAX_LINE: usize = 160;

/// Renders every mistake, and how many there are.
pub(super) fn render(failure: &Failure, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let renderer = Renderer::plain().decor_style(DecorStyle::Ascii);
    for diagnostic in failure.diagnostics.iter().take(MAX_SHOWN) {
        writeln!(f, "{}\n", renderer.render(&[group(diagnostic, &failure.sources)]))?;
    }
    let count = failure.diagnostics.len();
    if count > MAX_SHOWN {
        writeln!(f, "… and {} more\n", count - MAX_SHOWN)?;
    }
    write!(f, "{count} mistake{} in the spec; nothing was generated", if count == 1 { "" } else { "s" })
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a SourceMap) -> Group<'a> {
    let mut group = Level::ERROR.primary_title(diagnostic.message.as_str()).id(diagnostic.rule.id).element(snippet(
        sources,
        diagnostic.span,
        AnnotationKind::Primary,
        "",
    ));
    for (span, label) in &diagnostic.also {
        group = group.element(snippet(sources, *span, AnnotationKind::Context, label));
    }
    if diagnostic.help.is_empty() { group } else { group.element(help(&diagnostic.help)) }
}

fn help(text: &str) -> Message<'_> {
    Level::HELP.message(text)
}

/// One line of a file with a part of it marked.
fn snippet<'a>(
    sources: &'a SourceMap,
    span: Span,
    kind: AnnotationKind,
    label: &'a str,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let file = sources.file(span.file);
    let (number, _) = sources.line_column(span);
    let (line, marked) = line(&file.text, span);
    let annotation = kind.span(marked);
    let annotation = if label.is_empty() { annotation } else { annotation.label(label) };
    Snippet::source(line).line_start(number).path(file.path.as_str()).annotation(annotation)
}

/// The line on which a span starts, and the span's part of it.
fn line(text: &str, span: Span) -> (String, Range<usize>) {
    let start = text.floor_char_boundary(span.start as usize);
    let (before, after) = text.split_at(start);
    let before = before.rsplit('\n').next().unwrap_or("");
    let after = after.split('\n').next().unwrap_or("").trim_end_matches('\r');
    let line = format!("{before}{after}");
    let length = (span.end.saturating_sub(span.start) as usize).min(after.len());
    let end = line.ceil_char_boundary(before.len() + length);
    (line, before.len()..end)
}
