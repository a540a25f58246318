//! `codegen workload`: writes a spec of any number of operations, to measure what is generated from it.
//!
//! The same number gives the same bytes. Every resource has its own types and its own words, so that
//! nothing the generator shares between equal things makes the figures look better than real specs would.

mod text;

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::{Trouble, unusable};

/// Operations of a full resource: update, list, create, show.
const PER_RESOURCE: usize = 4;

/// Writes a spec of N operations, shaped like a real resource, for measurements
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// How many operations, four to a resource
    #[arg(value_name = "N", value_parser = clap::value_parser!(u16).range(1..=10_000))]
    operations: u16,
    /// The folder to write to; made if it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Writes the files. A spec file left in the folder by a larger workload would join this one
/// unnoticed, so it is refused.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Trouble> {
    let files = files(usize::from(arguments.operations));
    let out = &arguments.out;
    std::fs::create_dir_all(out).map_err(|error| unusable(out, &error))?;
    let ours: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    for entry in std::fs::read_dir(out).map_err(|error| unusable(out, &error))? {
        let name = entry.map_err(|error| unusable(out, &error))?.file_name();
        let name = name.to_string_lossy();
        if name.ends_with(".yaml") && !ours.contains(&*name) {
            return Err(Trouble::Unusable(format!(
                "`{}` is not part of this workload; remove it or choose another folder",
                out.join(&*name).display()
            )));
        }
    }
    for (name, text) in &files {
        let path = out.join(name);
        std::fs::write(&path, text).map_err(|error| unusable(&path, &error))?;
    }
    Ok(())
}

/// File names and texts, `api.yaml` first.
fn files(operations: usize) -> Vec<(String, String)> {
    // A list is the second operation of a resource.
    let paging = if operations > 1 { text::PAGINATION } else { "" };
    let mut files = vec![("api.yaml".to_owned(), [text::API, paging].concat())];
    for index in 0..operations.div_ceil(PER_RESOURCE) {
        let number = format!("{:03}", index + 1);
        let mut resource = text::RESOURCE.to_owned();
        for operation in text::OPERATIONS.iter().take(operations - index * PER_RESOURCE) {
            resource.push_str(operation);
        }
        files.push((format!("widgets{number}.yaml"), resource.replace("NNN", &number)));
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of an operation's `http` key, one for each operation.
    fn operations_in(files: &[(String, String)]) -> usize {
        files.iter().flat_map(|(_, text)| text.lines()).filter(|line| line.starts_with("    http: ")).count()
    }

    #[test]
    fn the_same_number_gives_the_same_files() {
        assert_eq!(files(9), files(9));
        assert_ne!(files(9), files(10));
    }

    #[test]
    fn there_are_as_many_operations_as_asked_for() {
        for operations in [1, 2, 3, 4, 5, 8, 100] {
            let files = files(operations);
            assert_eq!(operations_in(&files), operations);
            assert_eq!(files.len(), 1 + operations.div_ceil(PER_RESOURCE));
        }
    }

    #[test]
    fn the_generator_accepts_it() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().to_owned();
        run(&Arguments { operations: 7, out: out.clone() }).unwrap();
        let api = codegen::load(&out).unwrap_or_else(|failure| panic!("{failure}"));
        assert_eq!(api.operations().count(), 7);
    }

    #[test]
    fn resources_share_no_file() {
        let files = files(40);
        let names: BTreeSet<_> = files.iter().map(|(name, _)| name).collect();
        let texts: BTreeSet<_> = files.iter().map(|(_, text)| text).collect();
        assert_eq!((names.len(), texts.len()), (11, 11));
    }

    #[test]
    fn the_response_has_the_promised_shape() {
        let (_, text) = &files(4)[1];
        let record =
            text.split_once("    fields:\n").and_then(|(_, rest)| rest.split_once("\n\n")).map(|(fields, _)| fields);
        let fields: Vec<_> = record.unwrap_or_default().lines().collect();
        let count = |part: &str| fields.iter().filter(|line| line.contains(part)).count();
        assert_eq!((fields.len(), count("?"), count("datetime")), (28, 11, 3));
    }
}
