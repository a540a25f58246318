//! Diagnostics as text, in the form the compiler uses.

use super::Failure;

/// Renders every mistake, most prominent line first.
pub(super) fn render(failure: &Failure, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    for diagnostic in &failure.diagnostics {
        let (line, column) = failure.sources.line_column(diagnostic.span);
        let path = &failure.sources.file(diagnostic.span.file).path;
        writeln!(f, "error[{}]: {}\n --> {path}:{line}:{column}", diagnostic.rule.id, diagnostic.message)?;
    }
    Ok(())
}
