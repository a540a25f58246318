//! `codegen sign`: how a call is signed, step by step, and whether that is what somebody else computed.

mod call;
mod compare;
mod document;
mod parts;
mod path;
mod raw;
mod request;
mod sent;
mod show;
mod vectors;

use std::path::PathBuf;

use crate::Trouble;
use call::Call;
pub(crate) use call::credential;
use document::Said;

/// Signs a call without sending it and prints every step, or checks a file of vectors
///
/// What no scheme signs is not printed: `content-length`, and a `user-agent` that neither the spec nor the call sets.
/// Secrets and personal data are masked unless `--reveal` is given. With `--check`: 0 if every vector comes out as it
/// should, 1 with every difference on stderr, its bytes counted from 0, 2 if a file cannot be read.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder of the spec
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// The operation, such as `users.create`
    #[arg(value_name = "OPERATION", required_unless_present_any = ["request", "check"])]
    operation: Option<String>,
    /// Values of parameters as they travel; one of a secret is seen by whoever lists processes, so use a file for it
    #[arg(value_name = "NAME=VALUE")]
    values: Vec<String>,
    /// A call that the spec does not describe: `"POST /path?name=value"`, other parameters given as NAME=VALUE
    #[arg(long, value_name = "METHOD PATH")]
    request: Option<String>,
    /// A JSON or YAML file with a map of parameters to values
    #[arg(long, value_name = "FILE")]
    arguments: Option<PathBuf>,
    /// A header besides those of the spec, as `Name: value`
    #[arg(long = "header", value_name = "HEADER", value_parser = crate::webhook::header)]
    headers: Vec<(String, String)>,
    /// A JSON or YAML file with the body of a call that the spec does not describe
    #[arg(long, value_name = "FILE", requires = "request")]
    json: Option<PathBuf>,
    /// A file with the bytes of that body, whatever they are; `--header "Content-Type: …"` says what
    #[arg(long, value_name = "FILE", requires = "request", conflicts_with = "json")]
    body: Option<PathBuf>,
    /// A credential, in place of the environment variable that the spec names: NAME=@FILE, or NAME=VALUE for what is no secret
    #[arg(long = "credential", value_name = "NAME=@FILE")]
    credentials: Vec<String>,
    /// The base address, in place of that of the first environment
    #[arg(long, value_name = "ADDRESS")]
    base: Option<String>,
    /// The time of the call, in milliseconds since 1970 or like `2018-05-28T09:39:25.052Z`; now unless given
    #[arg(long)]
    time: Option<String>,
    /// What `nonce()` gives; random unless given
    #[arg(long)]
    nonce: Option<i64>,
    /// What `counter()` gives; the time in milliseconds unless given
    #[arg(long)]
    counter: Option<i64>,
    /// What `uuid()` gives; random unless given
    #[arg(long)]
    uuid: Option<String>,
    /// What `nonce_hex(n)` gives, for the `n` that it has the digits of; random unless given
    #[arg(long)]
    nonce_hex: Vec<String>,
    /// Shows secrets and personal data
    #[arg(long)]
    reveal: bool,
    /// A JSON or YAML file of vectors to check in place of signing one call
    #[arg(long, value_name = "FILE", conflicts_with_all = ["operation", "request", "arguments", "headers", "json", "body", "credentials"])]
    check: Option<PathBuf>,
}

/// Signs one call, or checks vectors.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Trouble> {
    let api = crate::load(&arguments.dir)?;
    if let Some(file) = &arguments.check {
        return vectors::check(&api, file, arguments.reveal);
    }
    let given = arguments.arguments.as_deref().map(document::read).transpose()?;
    let given = given.as_ref().map(|given| Said::whole(given).members("a file of arguments")).transpose()?;
    let given =
        given.unwrap_or_default().into_iter().map(|(name, said)| (name.to_owned(), said.json.clone())).collect();
    let mut call = Call::new(&api, arguments.operation.as_deref(), arguments.request.as_deref(), given)?;
    for pair in &arguments.values {
        let (name, value) = pair_of(pair)?;
        call.set_text(name, value)?;
    }
    let json = arguments.json.as_deref().map(document::read).transpose()?;
    call.json = json.map(|document| document.written.json);
    let read = |file: &PathBuf| std::fs::read(file).map_err(|error| crate::unusable(file, &error));
    call.body = arguments.body.as_ref().map(read).transpose()?;
    call.headers.clone_from(&arguments.headers);
    call.base.clone_from(&arguments.base);
    call.read_credentials(&arguments.credentials)?;
    call.time(arguments.time.as_deref())?;
    call.draw(arguments.nonce, arguments.counter, arguments.uuid.as_deref(), &arguments.nonce_hex)?;
    crate::print(&show::shown(&call, arguments.reveal)?)
}

/// The two sides of `name=value`.
fn pair_of(pair: &str) -> Result<(&str, &str), Trouble> {
    pair.split_once('=').ok_or_else(|| Trouble::Unusable(format!("`{pair}` is not NAME=VALUE")))
}
