//! The texts of a spec, and places in them.

/// One file of a [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct FileId(pub u32);

/// A byte range in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A value, and where the spec says it; reads like the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What is said.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Something made of the value, said at the same place.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: make(self.value), span: self.span }
    }
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A file that was read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The spec's folder as it was given, and the file's name: how people and build scripts find it.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// Every file of a spec, in the order read.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

/// What a span shows that points nowhere.
static NO_FILE: SourceFile = SourceFile { path: String::new(), text: String::new() };

impl SourceMap {
    /// Adds a file and names it.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { path: path.into(), text: text.into() });
        id
    }

    /// The file of that name.
    pub fn file(&self, id: FileId) -> &SourceFile {
        self.files.get(id.0 as usize).unwrap_or(&NO_FILE)
    }

    /// All files, in the order read.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The text a span covers.
    pub fn slice(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Line and column of a span's start, both from 1; the column counts characters.
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let before = self.file(span.file).text.get(..span.start as usize).unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or("");
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    }
}

/// A text value of a spec, with a way back from its characters to the file.
#[derive(Debug, Clone, Default)]
pub struct Scalar {
    /// The value, after quotes, escapes and folding are gone.
    pub text: String,
    /// The whole scalar, quotes included.
    pub span: Span,
    /// The way back from `text` to the file.
    pub runs: Runs,
    /// What ends it in the file.
    pub ending: Ending,
}

/// Where the characters of a text value stand in its file, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Runs {
    /// Nobody can say: there are escapes, or folding.
    #[default]
    Unknown,
    /// All of them in one run that starts here, as with almost every value.
    One(u32),
    /// In several: where each starts in the text and in the file.
    Many(Vec<(u32, u32)>),
}

impl Runs {
    /// Those that were found.
    pub(crate) fn of(found: Vec<(u32, u32)>) -> Self {
        match found.as_slice() {
            [(0, at)] => Self::One(*at),
            _ => Self::Many(found),
        }
    }

    /// The same of a text that has so many more bytes before it, which stand nowhere.
    pub(crate) fn behind(&self, more: u32) -> Self {
        match self {
            Self::Unknown => Self::Unknown,
            Self::One(at) => Self::Many(vec![(more, *at)]),
            Self::Many(runs) => Self::Many(runs.iter().map(|(from, at)| (from + more, *at)).collect()),
        }
    }

    /// Where the character at an offset of the text stands.
    fn locate(&self, offset: u32) -> Option<u32> {
        match self {
            Self::Unknown => None,
            Self::One(at) => Some(at + offset),
            Self::Many(runs) => {
                let (from, at) = runs.iter().rev().find(|(from, _)| *from <= offset)?;
                Some(at + (offset - from))
            }
        }
    }
}

/// What ends a text value in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ending {
    /// Its line, what holds it, or the end of a block.
    #[default]
    Line,
    /// A quote.
    Quote,
    /// The comma of a list or map, or the sign of a comment, which may have been meant as part of it.
    Sign(Span),
}

impl Scalar {
    /// The value and its place, without the way back.
    pub(crate) fn spanned(&self) -> Spanned<String> {
        Spanned { value: self.text.clone(), span: self.span }
    }

    /// The place in the file of a byte range of `text`; the whole scalar where it cannot be exact.
    pub fn locate(&self, start: usize, end: usize) -> Span {
        let exact = |offset: usize| self.runs.locate(u32::try_from(offset).ok()?);
        // The end is one past the last byte, which may stand in an earlier run than what follows it.
        let after = if end > start { exact(end - 1).map(|last| last + 1) } else { exact(end) };
        match (exact(start), after) {
            (Some(start), Some(end)) if start <= end => Span { file: self.span.file, start, end },
            _ => self.span,
        }
    }
}

/// The last place not after this one where a text can be cut.
pub(crate) fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}
