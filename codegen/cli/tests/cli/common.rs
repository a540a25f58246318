//! Runs the built command, and folders that go away by themselves.

#![expect(clippy::expect_used, reason = "a test that cannot set up its scene has failed")]

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How a run ended.
pub(crate) struct Outcome {
    /// The exit code; none if a signal ended it.
    pub(crate) status: Option<i32>,
    /// All of its standard output.
    pub(crate) stdout: String,
    /// All of its standard error.
    pub(crate) stderr: String,
}

/// The command, without an input to wait for.
pub(crate) fn command<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_codegen"));
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs the command to its end.
pub(crate) fn codegen<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Outcome {
    let output = command(arguments).output().expect("the command starts");
    Outcome {
        status: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
    }
}

/// A file of this repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// An empty folder, removed when dropped.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    /// Makes one.
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// Makes one with a copy of the files of another, which has no folders in it.
    pub(crate) fn copy_of(source: &Path) -> Self {
        let folder = Self::new();
        let mut files = Vec::new();
        collect(source, "", &mut files);
        for (name, text) in files {
            folder.write(&name, &text);
        }
        folder
    }

    /// Makes one with a spec of one operation, `things.list`, and of one credential, `key`: of these steps of signing,
    /// `sig` is sent in the header `X-Sig`.
    pub(crate) fn signed_with(steps: &str) -> Self {
        let folder = Self::new();
        let api = format!(
            "codegen: 1
name: signed
environments: {{live: https://signed.example}}
credentials: {{key: {{env: SIGNED_KEY}}}}
signing:
  steps: {steps}
  send: {{X-Sig: {{in: header, value: sig}}}}
"
        );
        folder.write("api.yaml", &api);
        folder.write("things.yaml", "operations: {list: {http: GET /things}}");
        folder
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Where it is, as an argument.
    pub(crate) fn text(&self) -> &str {
        self.0.path().to_str().expect("a path in UTF-8")
    }

    /// Writes a file into it.
    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).expect("a file in a temporary folder");
    }

    /// Replaces the first of a text in one of its files, which must be there.
    pub(crate) fn replace(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "`{from}` is not in {name}");
        self.write(name, &text.replacen(from, to, 1));
    }

    /// The line, from 1, of the first of a text in one of its files.
    pub(crate) fn line_of(&self, name: &str, text: &str) -> usize {
        let file = self.read(name);
        1 + file.lines().position(|line| line.contains(text)).expect("the text is in the file")
    }

    /// Paths and texts of all its files, by path.
    pub(crate) fn files(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        collect(self.path(), "", &mut found);
        found.sort();
        found
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).expect("a text file")
    }
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable folder").path();
        let name = format!("{prefix}{}", path.file_name().expect("a name").display());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), found);
        } else {
            found.push((name, std::fs::read_to_string(&path).expect("a text file")));
        }
    }
}
