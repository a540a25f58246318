//! `codegen mock`: serves a spec on loopback until the process is ended.

use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;

use crate::Trouble;

/// Serves an API on loopback as its spec describes it, until Ctrl-C
///
/// Prints the base address, then each credential that calls must use, in the form
/// VARIABLE=value of the environment variable that clients read it from, but for those that were given.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder of the spec
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// The port to listen on; a free one unless given
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// A credential that calls must use, in place of one that is made up: NAME=@FILE, or NAME=VALUE for what is no secret
    #[arg(long = "credential", value_name = "NAME=@FILE")]
    credentials: Vec<String>,
}

/// Serves; returns only if there is nothing to serve or no port to serve it on.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Trouble> {
    let api = crate::load(&arguments.dir)?;
    let mut builder = codegen_mock::Mock::builder(api).port(arguments.port);
    let mut given = Vec::new();
    for pair in &arguments.credentials {
        let (name, value) = crate::sign::credential(pair)?;
        given.push(name.to_owned());
        builder = builder.credential(name, value);
    }
    builder
        .serve(|mock| {
            mock.notices().iter().for_each(|notice| eprintln!("note: {notice}"));
            let mut text = format!("{}\n", mock.address());
            let made_up = mock.credentials().filter(|(credential, _)| !given.contains(&credential.name.wire));
            for (credential, value) in made_up {
                text.push_str(&format!("{}={value}\n", credential.env));
            }
            // Whoever closed this end of the pipe knows the port already, and wants the server.
            let _ = std::io::stdout().write_all(text.as_bytes());
        })
        .map_err(|error| match error.kind() {
            ErrorKind::InvalidInput => Trouble::Unusable(error.to_string()),
            _ => Trouble::Unusable(format!("cannot serve on port {}: {error}", arguments.port)),
        })
}
