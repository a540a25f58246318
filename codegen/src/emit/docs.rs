//! Prose of a spec as documentation of Rust: whatever a vendor wrote, rustdoc sees plain text.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::format::LINE_BREAK;
use crate::ir::{Doc, Evidence, Name, is_direction, plain};

/// Lines of documentation, collected and then turned into one attribute a line.
#[derive(Default)]
pub(crate) struct Docs {
    lines: Vec<String>,
}

impl Docs {
    /// A spec's prose, in its paragraphs.
    pub(crate) fn prose(mut self, text: &str) -> Self {
        let mut is_new = true;
        for line in text.lines().map(escape) {
            if line.is_empty() {
                is_new = true;
            } else {
                if std::mem::take(&mut is_new) {
                    self.break_paragraph();
                }
                self.lines.push(line);
            }
        }
        self
    }

    /// A paragraph of our own Markdown.
    pub(crate) fn markdown(mut self, text: &str) -> Self {
        self.break_paragraph();
        self.lines.extend(text.lines().map(str::to_owned));
        self
    }

    /// A list under a heading; nothing where there are no items.
    pub(crate) fn list(mut self, heading: &str, items: impl IntoIterator<Item = String>) -> Self {
        let items: Vec<String> = items.into_iter().map(|item| format!("- {item}")).collect();
        if !items.is_empty() {
            self = self.markdown(heading);
            self.break_paragraph();
            self.lines.extend(items);
        }
        self
    }

    /// What a value must meet.
    pub(crate) fn rules(self, said: Vec<String>) -> Self {
        if said.is_empty() { self } else { self.markdown(&format!("Rules: {}.", said.join("; "))) }
    }

    /// What is known of a thing and how: text, doubts, sources.
    pub(crate) fn of(self, doc: &Doc) -> Self {
        self.prose(&doc.text).besides(doc)
    }

    /// The same of what carries the attribute, by which the compiler says why not to use it.
    pub(crate) fn marked(self, doc: &Doc) -> Self {
        self.prose(&doc.text).provenance(doc)
    }

    /// All that is known of a thing besides its text.
    pub(crate) fn besides(self, doc: &Doc) -> Self {
        let said = discouraged(doc).into_iter().fold(self, |docs, said| docs.markdown(&said));
        said.provenance(doc)
    }

    /// The same; where the spec has no text, the thing's name stands for it, so that nothing is undocumented.
    pub(crate) fn about(self, name: &Name, doc: &Doc) -> Self {
        let named = if doc.text.trim().is_empty() { self.prose(&name.wire) } else { self };
        named.of(doc)
    }

    /// Doubts and sources of a thing; the client's documentation says what the short names stand for.
    pub(crate) fn provenance(self, doc: &Doc) -> Self {
        let docs = doubts(doc).into_iter().fold(self, |docs, doubt| docs.prose_or_markdown(doubt));
        if doc.sources.is_empty() { docs } else { docs.markdown(&sources(doc)) }
    }

    fn prose_or_markdown(self, said: Said<'_>) -> Self {
        match said {
            Said::Ours(text) => self.markdown(text),
            Said::Theirs(text) => self.prose(&text),
        }
    }

    fn break_paragraph(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }
}

impl ToTokens for Docs {
    /// One attribute for all lines: half of what is generated is documentation, and each attribute costs as much as
    /// a line of code.
    fn to_tokens(&self, out: &mut TokenStream) {
        let mut text = String::new();
        for (index, line) in self.lines.iter().enumerate() {
            text.extend((index > 0).then_some(LINE_BREAK));
            text.extend((!line.is_empty()).then_some(' '));
            text.push_str(line);
        }
        if !self.lines.is_empty() {
            let text = raw(&text);
            out.extend(quote! { #[doc = #text] });
        }
    }
}

/// A text as a raw literal: nothing in it is escaped here, and nothing unescaped where it is printed. Where it could
/// not stand in one (a lone carriage return), it is an ordinary literal.
fn raw(text: &str) -> Literal {
    let after_quotes = text.split('"').skip(1).map(|rest| rest.len() - rest.trim_start_matches('#').len());
    let fence = "#".repeat(after_quotes.max().map_or(0, |hashes| hashes + 1));
    format!("r{fence}\"{text}\"{fence}").parse().unwrap_or_else(|_| Literal::string(text))
}

/// A piece of what is known: our own Markdown, or prose of the spec.
enum Said<'a> {
    Ours(&'a str),
    Theirs(std::borrow::Cow<'a, str>),
}

/// How a thing is known that no source says: in a word, and in a sentence.
fn evidence(doc: &Doc) -> Option<(&'static str, &'static str)> {
    match doc.evidence {
        Evidence::Documented => None,
        Evidence::Observed => Some(("observed", "**Observed**, not documented.")),
        Evidence::Inferred => Some(("inferred", "**Inferred**, could be wrong.")),
        Evidence::Assumed => Some(("assumed", "**Assumed**: no source says so.")),
    }
}

/// How a thing is known, what else is, and where sources disagree.
fn doubts(doc: &Doc) -> Vec<Said<'_>> {
    let evidence = evidence(doc).map(|(_, sentence)| Said::Ours(sentence));
    let notes = doc.notes.iter().map(|note| Said::Theirs(note.into()));
    let contradictions =
        doc.contradictions.iter().map(|(label, text)| Said::Theirs(format!("Contradiction {label}: {text}").into()));
    evidence.into_iter().chain(notes).chain(contradictions).collect()
}

fn sources(doc: &Doc) -> String {
    let names: Vec<String> = doc.sources.iter().map(|short| escape(short)).collect();
    format!("Source: {}.", names.join(", "))
}

/// All that is known of a thing, on one line: for an item of a list.
pub(crate) fn line(doc: &Doc) -> String {
    let [text, besides] = parts(doc);
    if text.is_empty() || besides.is_empty() { text + &besides } else { format!("{text} {besides}") }
}

/// The text of a thing, and what else is known of it, each on one line.
pub(crate) fn parts(doc: &Doc) -> [String; 2] {
    let mut besides: Vec<String> = discouraged(doc).into_iter().collect();
    besides.extend(doubts(doc).into_iter().map(|said| match said {
        Said::Ours(text) => text.to_owned(),
        Said::Theirs(text) => flat(&text),
    }));
    if !doc.sources.is_empty() {
        besides.push(sources(doc));
    }
    besides.retain(|part| !part.is_empty());
    [flat(&doc.text), besides.join(" ")]
}

fn flat(text: &str) -> String {
    escape(&text.replace('\n', " "))
}

/// Why not to use a thing, in its documentation.
fn discouraged(doc: &Doc) -> Option<String> {
    is_deprecated(doc).then(|| format!("**Deprecated**: {}", flat(&doc.deprecated)))
}

/// The same for the compiler to say.
pub(crate) fn deprecated(doc: &Doc) -> Option<TokenStream> {
    // Rustdoc reads the note as Markdown.
    is_deprecated(doc).then(|| flat(&doc.deprecated)).map(|note| quote!(#[deprecated(note = #note)]))
}

/// Whether anything of what is said against a thing can be shown.
pub(crate) fn is_deprecated(doc: &Doc) -> bool {
    !plain(&doc.deprecated).is_empty()
}

/// What lets generated code use what others are warned of.
pub(crate) fn allowed<'a>(all: impl IntoIterator<Item = &'a Doc>) -> Option<TokenStream> {
    let is_needed = all.into_iter().any(is_deprecated);
    is_needed.then(|| quote!(#[allow(deprecated, reason = "a client still reads and writes it")]))
}

/// Why not to rely on a thing, in as few words as there are: the thing's own page says the rest.
pub(crate) fn marks(doc: &Doc) -> Vec<&'static str> {
    is_deprecated(doc).then_some("deprecated").into_iter().chain(evidence(doc).map(|(word, _)| word)).collect()
}

/// `A` (b, c)
pub(crate) fn with_remarks(what: &str, remarks: &[String]) -> String {
    if remarks.is_empty() { what.to_owned() } else { format!("{what} ({})", remarks.join(", ")) }
}

/// One line of prose in which Markdown and HTML mean nothing, except balanced `code` spans and links.
pub(crate) fn escape(line: &str) -> String {
    let line = &plain(line);
    let code = line.matches('`').count().is_multiple_of(2) && !line.contains("``");
    let mut out = String::with_capacity(line.len() + 8);
    let mut in_code = false;
    for (index, word) in line.split(' ').enumerate() {
        if index > 0 {
            out.push(' ');
        }
        let opened = word.trim_start_matches(['(', '"', '\'']);
        let link = opened.trim_end_matches([',', '.', ';', ':', ')', '"', '\'']);
        if !in_code && is_link(link) {
            let (before, after) = (&word[..word.len() - opened.len()], &opened[link.len()..]);
            out.push_str(&format!("{before}<{link}>{after}"));
            continue;
        }
        for c in word.chars() {
            match c {
                '`' if code => {
                    in_code = !in_code;
                    out.push(c);
                }
                _ if in_code => out.push(c),
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '|' | '~' | '!' => out.extend(['\\', c]),
                // What only looks like an address is not to be taken for one.
                ':' if word.contains("://") => out.extend(['\\', c]),
                '-' | '+' | '=' if out.trim().is_empty() => out.extend(['\\', c]),
                '.' | ')' if is_number(&out) => out.extend(['\\', c]),
                c => out.push(c),
            }
        }
    }
    out
}

/// A text as a code span; where Markdown could not show it as one, as a text of Rust.
pub(crate) fn code(text: &str) -> String {
    let is_odd = |c: char| c == '`' || c.is_control() || is_direction(c);
    if text.trim().is_empty() || text.contains(is_odd) { escape(&format!("{text:?}")) } else { format!("`{text}`") }
}

/// With a capital letter and a full stop.
pub(crate) fn sentence(said: &str) -> String {
    let mut letters = said.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// Whether a full stop or parenthesis after this would make it the number of a list's item.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_link(word: &str) -> bool {
    (word.starts_with("http://") || word.starts_with("https://"))
        && word.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"`[](){}\\".contains(&b))
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::{Docs, code, escape, is_deprecated};
    use crate::format::format;
    use crate::ir::Doc;

    /// What is not shown could hide an indent, and an indented line is a doctest.
    #[test]
    fn a_line_begins_with_what_is_shown() {
        for line in [
            "\u{202e}    let o = ;",
            "\u{7}\u{7}\u{7}\u{7}let o = ;",
            "\u{2028}    let o = ;",
            "let\u{2066} o = ;\u{85}",
        ] {
            assert_eq!(escape(line), "let o = ;", "{line:?}");
        }
    }

    #[test]
    fn prose_means_nothing_to_markdown() {
        assert_eq!(
            escape("    indented [link] <b>&amp; */ #![deny]"),
            r"indented \[link\] \<b\>\&amp; \*/ \#\!\[deny\]"
        );
        assert_eq!(escape("see `a[0]` and http://x.y/z_a."), "see `a[0]` and <http://x.y/z_a>.");
        assert_eq!(escape("a collection (https://x.y/z), as it was"), "a collection (<https://x.y/z>), as it was");
        assert_eq!(escape("at https://x.y/{id} or =http://x"), "at https\\://x.y/{id} or =http\\://x");
        assert_eq!(escape("an odd ` tick"), r"an odd \` tick");
        assert_eq!(escape("```rust"), r"\`\`\`rust");
        assert_eq!(escape("- item"), r"\- item");
        assert_eq!(escape("12. item 1. (2) 3)"), r"12\. item 1. (2) 3)");
        assert_eq!(escape("1) item"), r"1\) item");
        assert_eq!(escape("a\u{202e}b `c\u{2066}\u{7}`"), "ab `c `");
    }

    #[test]
    fn no_quote_ends_documentation() {
        for text in ["a \"b\"", "\"#", "a\"##b\"###", "#\"", "\\", "a\rb"] {
            let docs = Docs { lines: vec![text.to_owned()] };
            assert!(format(quote!(#docs struct A;)).contains(&format!("/// {text}\n")), "{text}");
        }
    }

    #[test]
    fn a_thing_is_deprecated_where_a_note_is_left() {
        for text in ["", " \n", "\u{202e}", " \u{202e}\u{2066} ", "\u{202e} \u{202e}", "-", "\u{7}", "Use `b`."] {
            let doc = Doc { deprecated: text.to_owned(), ..Doc::default() };
            assert_eq!(is_deprecated(&doc), !escape(&text.replace('\n', " ")).is_empty(), "{text:?}");
        }
    }

    #[test]
    fn any_text_can_be_shown_as_code() {
        assert_eq!(code("a[0] <b>"), "`a[0] <b>`");
        assert_eq!(code("a`b"), r#""a\`b""#);
        assert_eq!(code("\u{202e}"), r#""\\u{202e}""#);
        assert_eq!(code(" "), r#"" ""#);
    }
}
