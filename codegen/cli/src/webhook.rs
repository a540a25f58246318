//! `codegen webhook`: does what a vendor does to send a webhook, and what a receiver does to accept it.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use codegen::ir::{Api, Webhooks};
use codegen_mock::interpret::{self, Delivery, Refusal};

use crate::Trouble;

/// Signs and verifies webhooks as a spec describes them
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Prints the headers that the vendor would send with a body
    ///
    /// Where the spec does not say how they are written, the signature alone.
    Sign {
        #[command(flatten)]
        delivery: Given,
        /// What `{id}` stands for in headers
        #[arg(long, value_name = "TEXT", default_value = "1")]
        id: String,
    },
    /// Says whether a receiver would accept a webhook and can read it: 0 if so, 1 with the reason if not
    Verify {
        #[command(flatten)]
        delivery: Given,
    },
}

/// What was received, or is to be sent.
#[derive(Debug, clap::Args)]
struct Given {
    /// The folder of the spec
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// The body, byte for byte; `-` for standard input
    #[arg(long, value_name = "FILE")]
    body: PathBuf,
    /// A variable with a secret instead of the one in the spec; several while one replaces the other
    #[arg(long, value_name = "VARIABLE")]
    secret_env: Vec<String>,
    /// A header, as `Name: value`
    #[arg(long, value_name = "HEADER", value_parser = header)]
    header: Vec<(String, String)>,
    /// The method
    #[arg(long, value_name = "METHOD")]
    method: Option<String>,
    /// The absolute address that the vendor calls
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// The time in seconds since 1970 or like `2018-05-28T09:39:25Z`, instead of now
    #[arg(long, value_name = "TIME", value_parser = time)]
    time: Option<i64>,
}

/// Name and value of a header.
pub(crate) fn header(text: &str) -> Result<(String, String), &'static str> {
    let (name, value) = text.split_once(':').ok_or("a header is written as `Name: value`")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// Milliseconds since 1970.
fn time(text: &str) -> Result<i64, &'static str> {
    let of_clock = || text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond);
    let seconds = text.parse::<u32>().ok().map(|seconds| i64::from(seconds) * 1000);
    seconds.or_else(of_clock).ok_or("a time is written as seconds since 1970 or like `2018-05-28T09:39:25Z`")
}

/// Signs or verifies.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Trouble> {
    match &arguments.command {
        Command::Sign { delivery, id } => sign(delivery, id),
        Command::Verify { delivery } => verify(delivery),
    }
}

fn sign(given: &Given, id: &str) -> Result<(), Trouble> {
    let api = crate::load(&given.dir)?;
    let webhooks = webhooks(&api, &given.dir)?;
    let secrets = given.secrets(webhooks)?;
    let [secret] = secrets.as_slice() else {
        return Err(Trouble::Unusable("a webhook is signed with one secret".to_owned()));
    };
    let sent = interpret::send(webhooks, secret, given.now(), id, &given.delivery()?)
        .map_err(|refusal| given.trouble(webhooks, "it cannot be signed", &refusal))?;
    let mut text = String::new();
    for (name, value) in &sent.headers {
        text.push_str(&format!("{name}: {value}\n"));
    }
    if sent.headers.is_empty() {
        text.push_str(&format!("{}\n", sent.signature));
    }
    crate::print(&text)
}

fn verify(given: &Given) -> Result<(), Trouble> {
    let api = crate::load(&given.dir)?;
    let webhooks = webhooks(&api, &given.dir)?;
    let secrets = given.secrets(webhooks)?;
    let delivery = given.delivery()?;
    interpret::verify(webhooks, &secrets, given.now(), &delivery)
        .map_err(|refusal| given.trouble(webhooks, "refused", &refusal))?;
    match interpret::unreadable(&api, webhooks, &delivery) {
        Some(reason) => Err(Trouble::Findings(format!("verified, but the payload cannot be read: {reason}"))),
        None => crate::print("accepted\n"),
    }
}

/// The webhooks of a spec that has some.
fn webhooks<'a>(api: &'a Api, dir: &Path) -> Result<&'a Webhooks, Trouble> {
    let none = || Trouble::Unusable(format!("`{}` describes no webhooks", dir.display()));
    api.webhooks.as_ref().ok_or_else(none)
}

impl Given {
    /// What was not given, or is no secret, is wrong use, and no fault of a webhook.
    fn trouble(&self, webhooks: &Webhooks, what: &str, refusal: &Refusal) -> Trouble {
        match refusal {
            Refusal::NoAddress => {
                Trouble::Unusable(format!("{refusal}: give `--url` with the one that the vendor calls"))
            }
            Refusal::BadAddress => Trouble::Unusable(format!("{refusal}: `--url` is the one that the vendor calls")),
            Refusal::NoMethod => Trouble::Unusable(format!("{refusal}: give `--method`")),
            Refusal::BadSecret { index, encoding } => {
                let variable = self.variables(webhooks).get(*index).map_or("", String::as_str);
                Trouble::Unusable(format!("the variable `{variable}` is not {encoding}, as verifying needs it"))
            }
            _ => Trouble::Findings(format!("{what}: {refusal}")),
        }
    }

    fn variables<'a>(&'a self, webhooks: &'a Webhooks) -> &'a [String] {
        if self.secret_env.is_empty() { std::slice::from_ref(&webhooks.env) } else { &self.secret_env }
    }

    /// What the variables hold; secrets are never arguments, which other processes can read.
    fn secrets(&self, webhooks: &Webhooks) -> Result<Vec<String>, Trouble> {
        let read = |variable: &String| {
            let value = std::env::var(variable).ok().filter(|value| !value.is_empty());
            value.ok_or_else(|| Trouble::Unusable(format!("the variable `{variable}` is not set, empty or not text")))
        };
        self.variables(webhooks).iter().map(read).collect()
    }

    fn delivery(&self) -> Result<Delivery, Trouble> {
        let mut body = Vec::new();
        let read = match self.body.to_str() {
            Some("-") => std::io::stdin().read_to_end(&mut body).map(drop),
            _ => std::fs::read(&self.body).map(|bytes| body = bytes),
        };
        read.map_err(|error| crate::unusable(&self.body, &error))?;
        Ok(Delivery { method: self.method.clone(), url: self.url.clone(), headers: self.header.clone(), body })
    }

    /// In milliseconds.
    #[expect(clippy::disallowed_methods, reason = "a command that is asked what holds now")]
    fn now(&self) -> i64 {
        let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
        self.time.unwrap_or_else(|| i64::try_from(now()).unwrap_or(i64::MAX))
    }
}
