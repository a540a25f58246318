//! `codegen mock`: serves a spec on loopback until the process is ended.

use std::io::Write;
use std::path::PathBuf;

use crate::Trouble;

/// Serves an API on loopback as its spec describes it, until Ctrl-C
///
/// Prints the base address, then each credential that calls must use, in the form
/// VARIABLE=value of the environment variable that clients read it from.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder of the spec
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// The port to listen on; a free one unless given
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    port: u16,
}

/// Serves; returns only if there is nothing to serve or no port to serve it on.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Trouble> {
    let api = crate::load(&arguments.dir)?;
    codegen_mock::Mock::builder(api)
        .port(arguments.port)
        .serve(|mock| {
            let mut text = format!("{}\n", mock.address());
            for (credential, value) in mock.credentials() {
                text.push_str(&format!("{}={value}\n", credential.env));
            }
            // Whoever closed this end of the pipe knows the port already, and wants the server.
            let _ = std::io::stdout().write_all(text.as_bytes());
        })
        .map_err(|error| Trouble::Unusable(format!("cannot serve on port {}: {error}", arguments.port)))
}
