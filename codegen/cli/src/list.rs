//! `codegen list`: what a spec describes, as a table.

use std::path::PathBuf;

use crate::Trouble;

/// Prints the operations of a spec: method and path, evidence, parameters, errors, whether there is an example
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder of the spec
    #[arg(value_name = "DIR")]
    dir: PathBuf,
}

/// Prints a table in Markdown.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Trouble> {
    crate::print(&codegen::list(&crate::load(&arguments.dir)?))
}
