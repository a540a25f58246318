//! `codegen check`: reads specs and prints every mistake in them.

use std::path::PathBuf;

use crate::Trouble;

/// Checks specs: 0 if all are clean, 1 with every mistake on stderr, 2 if a folder cannot be read
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folders of the specs
    #[arg(value_name = "DIR", required = true)]
    dirs: Vec<PathBuf>,
}

/// Checks every folder, also after one has mistakes. Folders are looked at first, so that a
/// mistyped one is not lost below the mistakes of another.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Trouble> {
    for dir in &arguments.dirs {
        crate::readable(dir)?;
    }
    let mut findings = String::new();
    for dir in &arguments.dirs {
        match crate::load(dir) {
            Ok(_) => {}
            Err(Trouble::Findings(text)) => findings.push_str(&text),
            Err(unusable) => return Err(unusable),
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(Trouble::Findings(findings)) }
}
