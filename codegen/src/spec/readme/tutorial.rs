//! Whether the tutorial of `spec/README.md` works, step by step.

use std::fs;
use std::path::Path;

use super::section;

/// The steps, each with all it says.
fn steps() -> impl Iterator<Item = &'static str> {
    section("An API in ten minutes").split("\n### ").skip(1)
}

/// Does what a step says: each file is named before its text, and takes the place of what it was.
fn write_files(step: &str, folder: &Path) {
    let mut parts = step.split("```yaml ");
    let mut before = parts.next().unwrap_or_default();
    for part in parts {
        let (_, name) = before.rsplit_once("`library/").unwrap();
        let (name, _) = name.split_once('`').unwrap();
        let (text, after) = part.split_once("\n```").unwrap();
        let (_, text) = text.split_once('\n').unwrap();
        fs::write(folder.join(name), text).unwrap();
        before = after;
    }
}

#[test]
fn every_step_leaves_a_whole_spec() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for step in steps() {
        write_files(step, folder.path());
        let client = crate::generate(folder.path()).unwrap_or_else(|failure| panic!("{failure}\nafter {step}"));
        files.push(client.files.len());
    }
    assert_eq!(files, [2, 3, 3, 3]);
}

#[test]
fn the_message_of_the_mistake_is_the_real_one() {
    let folder = tempfile::tempdir().unwrap();
    let message_in = |step: &'static str| step.split("```text\n").find(|block| block.starts_with("error["));
    let mut shown = None;
    for step in steps() {
        write_files(step, folder.path());
        shown = message_in(step);
        if shown.is_some() {
            break;
        }
    }
    let loans = folder.path().join("loans.yaml");
    let broken = fs::read_to_string(&loans).unwrap().replace("{loan: Loan}", "{loan: Laon}");
    fs::write(loans, broken).unwrap();
    let message = crate::load(folder.path()).unwrap_err().to_string();
    let message = message.replace(&folder.path().display().to_string(), "library");
    assert_eq!(shown.unwrap().split("\n```").next().unwrap(), message.trim_end());
}
