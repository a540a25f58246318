//! What a build script does.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::{FileSet, generate};

/// The whole of a build script: generates the client of each spec folder into `OUT_DIR`, and
/// fails the build with every mistake when a spec has some. Nothing is written then, of the others neither.
pub fn build<P: AsRef<Path>>(specs: impl IntoIterator<Item = P>) -> ExitCode {
    let Some(out) = std::env::var_os("OUT_DIR").map(PathBuf::from) else {
        eprintln!("error: `OUT_DIR` is not set; `codegen::build` is for build scripts");
        return ExitCode::FAILURE;
    };
    println!("cargo::rerun-if-changed=build.rs");
    let watched = specs.into_iter().inspect(|dir| println!("cargo::rerun-if-changed={}", dir.as_ref().display()));
    match generate_all(watched, &out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(messages) => {
            messages.iter().for_each(|message| eprintln!("{message}"));
            ExitCode::FAILURE
        }
    }
}

/// Generates all before any is written. Fails with what is to be said.
fn generate_all<P: AsRef<Path>>(specs: impl Iterator<Item = P>, out: &Path) -> Result<(), Vec<String>> {
    let (mut generated, mut messages) = (Vec::new(), Vec::new());
    for dir in specs {
        match generate(dir.as_ref()) {
            Ok(files) => generated.push(files),
            Err(failure) => messages.push(failure.to_string()),
        }
    }
    if messages.is_empty() {
        let failed = |error| format!("error: cannot write the generated client: {error}");
        messages.extend(generated.iter().filter_map(|files: &FileSet| files.write(out).err()).map(failed));
    }
    if messages.is_empty() { Ok(()) } else { Err(messages) }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A spec whose operations stand in one file, and what is written there.
    fn spec(of: &Path, name: &str, operations: &str) -> PathBuf {
        let folder = of.join(name);
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("api.yaml"), format!("codegen: 1\nname: {name}\n")).unwrap();
        fs::write(folder.join("things.yaml"), format!("operations: {operations}\n")).unwrap();
        folder
    }

    #[test]
    fn where_one_spec_has_mistakes_nothing_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let good = spec(folder.path(), "good", "{list: {http: GET /things}}");
        let bad = spec(folder.path(), "bad", "{list: {http: GET things, retry: 3}, list: 1}");
        let worse = spec(folder.path(), "worse", "{}");
        let out = folder.path().join("out");
        let messages = generate_all([&good, &bad, &worse].into_iter(), &out).unwrap_err();
        assert!(messages[0].contains("bad/things.yaml:1:"), "{messages:?}");
        assert!(messages[1].contains("worse/things.yaml:1:"), "{messages:?}");
        assert!(!out.exists());
        assert_eq!(generate_all([&good].into_iter(), &out), Ok(()));
        assert!(out.join("good/things.rs").exists());
    }

    #[test]
    fn what_cannot_be_written_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let good = spec(folder.path(), "good", "{list: {http: GET /things}}");
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let messages = generate_all([&good].into_iter(), &file).unwrap_err();
        assert!(messages[0].starts_with("error: cannot write the generated client: "), "{messages:?}");
    }
}
