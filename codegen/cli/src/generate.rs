//! `codegen generate`: writes the client of a spec, for people who look at it or keep it.

use std::path::PathBuf;

use crate::{Trouble, unusable};

/// Generates the client of a spec; writes nothing if the spec has mistakes
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder of the spec
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// The folder to write to; made if it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Generates everything in memory first, then writes it.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Trouble> {
    crate::readable(&arguments.dir)?;
    let files = codegen::generate(&arguments.dir).map_err(|failure| Trouble::Findings(failure.to_string()))?;
    files.write(&arguments.out).map_err(|error| unusable(&arguments.out, &error))
}
