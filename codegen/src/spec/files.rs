//! A folder to texts: which files belong to a spec, and whether they can be read at all.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use crate::diagnostics::{Diagnostics, rules};
use crate::source::{FileId, SourceMap, Span};

/// The file that every spec has.
const API_FILE: &str = "api.yaml";

/// More than any person writes, and little enough to hold in memory several times over.
const MAX_BYTES: u64 = 1 << 20;

/// One readable file of a spec.
pub(super) struct Text {
    /// The file's name without `.yaml`.
    pub stem: String,
    /// Whether this is `api.yaml`.
    pub is_api: bool,
    pub file: FileId,
}

/// Reads `api.yaml` and then every other `.yaml` file of the folder, by name; also says whether all of them are usable.
///
/// Every file is in the source map in any case, so that a build knows what to watch.
pub(super) fn read(dir: &Path, sources: &mut SourceMap, diagnostics: &mut Diagnostics) -> (Vec<Text>, bool) {
    let mut names = names(dir);
    names.sort();
    let mut texts = Vec::new();
    let mut whole = true;
    for name in std::iter::once(API_FILE.to_owned()).chain(names) {
        let path = dir.join(&name);
        let content = content(dir, &path);
        let (text, problem) = match content {
            Ok(bytes) => decode(bytes),
            Err(reason) => {
                (String::new(), Some(Problem { rule: &rules::UNREADABLE_FILE, at: 0, message: reason, help: "" }))
            }
        };
        let file = sources.add(path.to_string_lossy().replace('\\', "/"), text);
        if let Some(problem) = problem {
            let span = Span { file, start: problem.at, end: problem.at };
            diagnostics.report(problem.rule, span, problem.message).help(problem.help);
            whole = false;
        } else {
            let stem = name.strip_suffix(".yaml").unwrap_or(&name).to_owned();
            texts.push(Text { stem, is_api: name == API_FILE, file });
        }
    }
    (texts, whole)
}

/// Why a text cannot be used, and at which byte.
struct Problem {
    rule: &'static crate::diagnostics::Rule,
    at: u32,
    message: String,
    help: &'static str,
}

/// The resource files of a folder. Hidden files are left out: editors keep theirs there.
fn names(dir: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(dir) else { return Vec::new() };
    entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".yaml") && !name.starts_with('.') && name != API_FILE)
        .collect()
}

/// The bytes of one file, which must be a plain file inside the folder.
fn content(dir: &Path, path: &Path) -> Result<Vec<u8>, String> {
    let real = path.canonicalize().map_err(|error| format!("cannot read this file: {error}"))?;
    let home = dir.canonicalize().map_err(|error| format!("cannot read the folder: {error}"))?;
    if !real.starts_with(home) {
        return Err("this file is a link that leads out of the spec's folder".to_owned());
    }
    // A pipe would never end.
    if !real.is_file() {
        return Err("this is not a file".to_owned());
    }
    let mut bytes = Vec::new();
    let file = File::open(real).map_err(|error| format!("cannot read this file: {error}"))?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| format!("cannot read this file: {error}"))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("this file is longer than {MAX_BYTES} bytes"));
    }
    Ok(bytes)
}

/// Bytes to text, with what is wrong with it.
fn decode(bytes: Vec<u8>) -> (String, Option<Problem>) {
    let (text, bad) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(error.utf8_error().valid_up_to())),
    };
    let problem = if let Some(at) = bad {
        Some((&rules::NOT_UTF8, at, "this byte is not UTF-8", "save the file as UTF-8"))
    } else if let Some(at) = text.find('\u{feff}') {
        Some((&rules::BYTE_ORDER_MARK, at, "there is a byte-order mark here", "save the file without it"))
    } else if text.trim().is_empty() {
        Some((&rules::EMPTY_FILE, 0, "this file is empty", ""))
    } else {
        None
    };
    let problem = problem.map(|(rule, at, message, help)| Problem {
        rule,
        at: u32::try_from(at).unwrap_or_default(),
        message: message.to_owned(),
        help,
    });
    (text, problem)
}
