//! A folder to texts: which files belong to a spec, and whether they can be read at all.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use crate::diagnostics::{Diagnostics, Rule, rules};
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
    names.insert(0, API_FILE.to_owned());
    let mut texts = Vec::new();
    for name in &names {
        let path = dir.join(name);
        let shown = path.to_string_lossy().replace('\\', "/");
        if let Some(meant) = misnamed(name) {
            let span = Span { file: sources.add(shown, String::new()), start: 0, end: 0 };
            diagnostics
                .report(&rules::MISNAMED_FILE, span, "the name of this file does not end in `.yaml`")
                .help(format!("rename it to `{meant}`"));
        } else {
            texts.extend(admit(name, shown, content(dir, &path), sources, diagnostics));
        }
    }
    let whole = texts.len() == names.len();
    (texts, whole)
}

/// Reads a file that stands alone.
pub(super) fn read_one(path: &Path, sources: &mut SourceMap, diagnostics: &mut Diagnostics) -> Option<Text> {
    let shown = path.to_string_lossy().replace('\\', "/");
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    admit("", shown, content(dir, path), sources, diagnostics)
}

/// Takes in one file, if it is a text at all.
pub(super) fn admit(
    name: &str,
    path: String,
    content: Result<Vec<u8>, String>,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Text> {
    let (text, problem) = match content {
        Ok(bytes) => decode(bytes),
        Err(message) => {
            let help = if name == API_FILE { API } else { PLAIN };
            (String::new(), Some(Problem { rule: &rules::UNREADABLE_FILE, at: 0, message, help }))
        }
    };
    let file = sources.add(path, text);
    if let Some(problem) = problem {
        let span = Span { file, start: problem.at, end: problem.at };
        diagnostics.report(problem.rule, span, problem.message).help(problem.help);
        return None;
    }
    let stem = name.strip_suffix(".yaml").unwrap_or(name).to_owned();
    Some(Text { stem, is_api: name == API_FILE, file })
}

/// What helps where a file has nothing in it.
pub(super) const SAY_SOMETHING: &str = "describe something in it, or remove it";

/// What helps where the file is not there, or none that can be read, that a spec is nothing without.
const API: &str = "every spec has this file, which says at least `codegen: 1` and a `name`";

/// What helps where a file is none that can be read.
const PLAIN: &str =
    "all that ends in `.yaml` here is part of the spec: make it a file that can be read, or move it away";

/// Why a text cannot be used, and at which byte.
struct Problem {
    rule: &'static Rule,
    at: u32,
    message: String,
    help: &'static str,
}

/// What a file should be called that other tools take for YAML, and this one does not.
fn misnamed(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    let is_meant = ["yaml", "yml"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    (is_meant && ending != "yaml").then(|| format!("{stem}.yaml"))
}

/// The resource files of a folder, and what was meant as one. Hidden files are left out: editors keep theirs there.
fn names(dir: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(dir) else { return Vec::new() };
    entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".yaml") || misnamed(name).is_some())
        .filter(|name| !name.starts_with('.') && name != API_FILE)
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
    let file = File::open(real).map_err(|error| format!("cannot read this file: {error}"))?;
    let length = file.metadata().map_or(0, |metadata| metadata.len().min(MAX_BYTES));
    // Room for one byte more, so that the end is seen at once.
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 1);
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
        Some((&rules::EMPTY_FILE, 0, "this file is empty", SAY_SOMETHING))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of the files read, and the rules they break.
    fn outcome(dir: &Path) -> (Vec<String>, Vec<&'static str>) {
        let mut sources = SourceMap::default();
        let mut diagnostics = Diagnostics::default();
        read(dir, &mut sources, &mut diagnostics);
        let name = |file: &crate::source::SourceFile| file.path.rsplit('/').next().unwrap_or("").to_owned();
        let rules = diagnostics.into_sorted().iter().map(|diagnostic| diagnostic.rule.id).collect();
        (sources.files().iter().map(name).collect(), rules)
    }

    #[test]
    fn the_api_comes_first_and_only_specs_are_read() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["b.yaml", "a.yaml", "api.yaml", "notes.md", ".hidden.yaml"] {
            fs::write(dir.path().join(name), "x: 1").unwrap();
        }
        let files = ["api.yaml", "a.yaml", "b.yaml"].map(str::to_owned).to_vec();
        assert_eq!(outcome(dir.path()), (files, vec![]));
    }

    #[test]
    fn what_is_not_there_is_still_watched() {
        let dir = tempfile::tempdir().unwrap();
        let expected = (vec!["api.yaml".to_owned()], vec!["unreadable-file"]);
        assert_eq!(outcome(dir.path()), expected);
        assert_eq!(outcome(&dir.path().join("nowhere")), expected);
    }

    #[test]
    fn what_was_meant_as_a_spec_is_not_passed_over() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["api.yaml", "a.yml", "b.YAML", "c.yaml.orig", ".d.yml"] {
            fs::write(dir.path().join(name), "x: 1").unwrap();
        }
        let files = ["api.yaml", "a.yml", "b.YAML"].map(str::to_owned).to_vec();
        assert_eq!(outcome(dir.path()), (files, vec!["misnamed-file", "misnamed-file"]));
    }

    #[test]
    fn folders_and_long_files_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("api.yaml")).unwrap();
        fs::write(dir.path().join("long.yaml"), vec![b' '; 1 << 21]).unwrap();
        assert_eq!(outcome(dir.path()).1, ["unreadable-file", "unreadable-file"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_in_the_folder() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret"), "x: 1").unwrap();
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("text"), "x: 1").unwrap();
        std::os::unix::fs::symlink(dir.path().join("text"), dir.path().join("api.yaml")).unwrap();
        std::os::unix::fs::symlink(outside.path().join("secret"), dir.path().join("users.yaml")).unwrap();
        assert_eq!(outcome(dir.path()).1, ["unreadable-file"]);
    }
}
