//! The `codegen` command: checks a spec, generates a client from it, serves it as a mock,
//! signs and verifies webhooks.
//!
//! Data goes to stdout, messages to stderr. It exits with 0 when all is well, with 1 when a spec
//! has mistakes, and with 2 when it was used wrongly or a path cannot be read or written.

mod check;
mod generate;
mod list;
mod mock;
mod sign;
mod webhook;
mod workload;

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Typed clients from a hand-written description of an HTTP API.
#[derive(Debug, Parser)]
#[command(name = "codegen", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Arguments),
    Generate(generate::Arguments),
    List(list::Arguments),
    Mock(mock::Arguments),
    Sign(Box<sign::Arguments>),
    Webhook(webhook::Arguments),
    Workload(workload::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Mock(arguments) => mock::run(&arguments),
        Command::Sign(arguments) => sign::run(&arguments),
        Command::Webhook(arguments) => webhook::run(&arguments),
        Command::Workload(arguments) => workload::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Trouble::Findings(text)) => {
            tell(text.trim_end());
            ExitCode::from(1)
        }
        Err(Trouble::Unusable(message)) => {
            tell(&format!("error: {message}"));
            ExitCode::from(2)
        }
    }
}

/// Writes to stderr. Whoever closed it (`2>&1 | head`) has read enough.
fn tell(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Why a subcommand did not do what it was asked to.
#[derive(Debug)]
enum Trouble {
    /// What was checked has mistakes: the rendered text of them.
    Findings(String),
    /// A path or an address cannot be used; one line.
    Unusable(String),
}

impl Trouble {
    /// What is wrong, in words.
    fn message(&self) -> &str {
        match self {
            Self::Findings(text) | Self::Unusable(text) => text,
        }
    }
}

/// Writes to stdout; whoever closed it has read enough.
fn print(text: &str) -> Result<(), Trouble> {
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(())
}

/// That there is nothing of a name, and what was probably meant.
fn unknown<'a>(what: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let help = codegen::diagnostics::among(name, known);
    let end = if help.is_empty() { String::new() } else { format!("; {help}") };
    format!("there is no {what}`{name}`{end}")
}

/// Loads the spec in a folder.
fn load(dir: &Path) -> Result<codegen::ir::Api, Trouble> {
    readable(dir)?;
    codegen::load(dir).map_err(|failure| Trouble::Findings(failure.to_string()))
}

/// A folder that is not there is a wrong argument, not a mistake in a spec.
fn readable(dir: &Path) -> Result<(), Trouble> {
    std::fs::read_dir(dir).map(drop).map_err(|error| unusable(dir, &error))
}

/// A path that cannot be used, with what the system says about it.
fn unusable(path: &Path, error: &std::io::Error) -> Trouble {
    Trouble::Unusable(format!("`{}`: {error}", path.display()))
}
