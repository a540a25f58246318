//! Random values of every shape, in every style and every place where a call has values: what the generated client sends
//! of them is what the mock reads. Each of the two reads the spec by itself.

mod arrives;
mod dice;
mod spelled;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::pin::Pin;

use client_runtime::rt;
use client_runtime::rt::{Call, Operation, ValueWriter, Wire};
use codegen::ir::{Api, Json, Location, Parameter};
use codegen_mock::Mock;
use tests::round_trips::{Client, Credentials, Error, Spelled, Violations};

use arrives::{arrives, sorted};
use dice::Dice;
use values::Value;

include!(concat!(env!("OUT_DIR"), "/language/round_trips.rs"));

/// For each operation; more for those that have few values.
const ROUNDS: u64 = 3;
const MORE: u64 = 10;

/// An operation, the names of its parameters, and how it is called.
struct Row {
    name: &'static str,
    names: &'static [&'static str],
    send: Sender,
}

type Given<'g> = [(&'static str, &'g dyn Wire)];
type Sent<T> = Pin<Box<dyn Future<Output = Result<T, Failure>>>>;
type Sender = fn(&Raw, &Given<'_>, bool) -> Sent<()>;
type Echo = fn(&Raw, &Given<'_>) -> Sent<Spelled>;

/// The client without its face: it calls any operation, with values by their names.
struct Raw(rt::Client);

impl rt::Api for Raw {
    type Credentials = Credentials;
    const API: &'static rt::ApiSpec = <Client as rt::Api>::API;

    fn wrap(client: rt::Client) -> Self {
        Self(client)
    }
}

/// A value of a type that does not matter.
#[derive(Debug)]
struct Any<'a>(&'a dyn Wire);

impl Wire for Any<'_> {
    fn write(&self, out: &mut ValueWriter<'_>) {
        self.0.write(out);
    }
}

fn call<O: Operation>(client: &Raw, given: &Given<'_>) -> Call<O> {
    let call: Call<O> = client.0.call([]);
    given.iter().fold(call, |call, (name, value)| call.set(name, Any(*value)))
}

/// Why a call came to nothing.
#[derive(Debug)]
enum Failure {
    /// The client refused it.
    Invalid(Violations),
    /// The mock did.
    Answered(String),
}

fn judged<T, E: rt::OperationError>(result: Result<T, Error<E>>) -> Result<T, Failure> {
    result.map_err(|error| match error {
        Error::Invalid(violations) => Failure::Invalid(violations),
        other => Failure::Answered(format!("{other:?}")),
    })
}

fn send<O: Operation + 'static>(client: &Raw, given: &Given<'_>, validates: bool) -> Sent<()> {
    let call = call::<O>(client, given);
    let call = if validates { call } else { call.skip_validation() };
    Box::pin(async move { judged(call.send().await).map(drop) })
}

fn echo<O: Operation<Output = Spelled> + 'static>(client: &Raw, given: &Given<'_>) -> Sent<Spelled> {
    let call = call::<O>(client, given);
    Box::pin(async move { judged(call.send().await) })
}

async fn start() -> (Api, Mock, Raw) {
    let spec = Path::new(env!("OUT_DIR")).join("language/round_trips");
    let (api, mock) = (codegen::load(&spec).unwrap(), Mock::start(spec).await.unwrap());
    let client = rt::Builder::<Raw>::new(rt::BaseAddress::parse(mock.address()).unwrap());
    (api, mock, client.credentials(Credentials {}).build().unwrap())
}

/// How often calls were made, and how often they were refused, by the constraints.
#[derive(Default)]
struct Count {
    sent: usize,
    refused: BTreeMap<String, usize>,
}

#[tokio::test]
async fn what_is_given_is_what_arrives() {
    let (api, mock, client) = start().await;
    let mut count = Count::default();
    let mut broken = Vec::new();
    for (at, row) in (0..).zip(CALLS) {
        let (_, operation) = api.operations().find(|(_, operation)| operation.name.wire == row.name).unwrap();
        for round in 0..if row.name.starts_with("style_") { ROUNDS } else { MORE } {
            let seed = at * MORE + round;
            let mut dice = Dice::new(seed);
            let drawn = draw(&mut dice, operation.parameters.iter());
            let given: Vec<(&'static str, Value)> =
                drawn.into_iter().map(|(at, value)| (row.names[at], value)).collect();
            let trip = Trip { api: &api, mock: &mock, client: &client, row, operation, given };
            if let Err(what) = trip.make(&mut count).await {
                broken.push(format!("{} with seed {seed}: {what}", row.name));
            }
        }
    }
    assert!(broken.is_empty(), "{} broke:\n{}", broken.len(), broken.join("\n"));
    // Some must be refused, or refusals are not compared; most must not, or values are not.
    let refused = count.refused.values().sum::<usize>();
    assert!(count.sent > 2 * refused, "{} {:?}", count.sent, count.refused);
    let constraints: BTreeSet<&str> = count.refused.keys().map(String::as_str).collect();
    assert_eq!(constraints, BTreeSet::from(["commas", "header", "path_segment", "spread"]));
}

/// What is in the path must be there; of the others, some.
fn draw<'p>(dice: &mut Dice, parameters: impl Iterator<Item = &'p Parameter>) -> Vec<(usize, Value)> {
    let mut drawn = Vec::new();
    for (at, parameter) in parameters.enumerate() {
        if parameter.location == Location::Path || dice.roll(3) == 0 {
            drawn.push((at, Value::draw(dice, parameter)));
        }
    }
    drawn
}

/// One call with its values.
struct Trip<'t> {
    api: &'t Api,
    mock: &'t Mock,
    client: &'t Raw,
    row: &'t Row,
    operation: &'t codegen::ir::Operation,
    given: Vec<(&'static str, Value)>,
}

impl Trip<'_> {
    /// Makes the call; what is wrong with what became of it.
    async fn make(&self, count: &mut Count) -> Result<(), String> {
        self.mock.take_log();
        let send = |validates| {
            let given: Vec<(&'static str, &dyn Wire)> =
                self.given.iter().map(|(name, value)| (*name, value as &dyn Wire)).collect();
            (self.row.send)(self.client, &given, validates)
        };
        let refused = codegen_mock::refused(self.api, self.operation, &self.owned());
        let violations = match send(true).await {
            Ok(()) if refused.is_some() => {
                return Err(format!("the mock would refuse {refused:?}: {:?}", self.shown()));
            }
            Ok(()) => {
                count.sent += 1;
                return self.compare();
            }
            Err(Failure::Answered(what)) => {
                return Err(self.compare().map_or_else(|what| what, |()| format!("{what} for {:?}", self.shown())));
            }
            Err(Failure::Invalid(violations)) => violations,
        };
        let constraints: BTreeSet<&str> = violations.iter().map(|violation| violation.constraint).collect();
        for constraint in &constraints {
            *count.refused.entry((*constraint).to_owned()).or_default() += 1;
        }
        if refused.is_none() && ["commas", "spread"].iter().any(|it| constraints.contains(it)) {
            return Err(format!("the mock would not refuse {violations}: {:?}", self.shown()));
        }
        if !self.mock.requests().is_empty() {
            return Err(format!("sent although refused: {violations}"));
        }
        // What nobody could send, or what would arrive as something else.
        let is_needless = match send(false).await {
            Ok(()) | Err(Failure::Answered(_)) => self.compare().is_ok(),
            Err(Failure::Invalid(violations)) => {
                !violations.iter().any(|violation| self.is_unsayable(violation.constraint))
            }
        };
        if is_needless { Err(format!("refused for nothing: {violations}: {:?}", self.shown())) } else { Ok(()) }
    }

    /// Whether there is a value that cannot stand in a header, or in a path.
    fn is_unsayable(&self, constraint: &str) -> bool {
        self.given.iter().any(|(name, value)| match (constraint, self.parameter(name).location, value) {
            ("header", Location::Header, value) => {
                texts(&value.json()).iter().any(|text| text.chars().any(|c| c.is_ascii_control() && c != '\t'))
            }
            ("path_segment", Location::Path, value) => {
                match arrives(self.api, self.operation.encoding.body, self.parameter(name), &value.json()) {
                    Some(Json::String(text)) => {
                        let is_dots = |text: &str| matches!(text, "." | "..");
                        let keeps = self.parameter(name).keeps_slashes;
                        text.is_empty() || is_dots(&text) || (keeps && text.split('/').any(is_dots))
                    }
                    Some(Json::Array(items)) => {
                        let texts: Vec<String> = items.iter().flat_map(texts).collect();
                        matches!(texts.join(",").as_str(), "" | "." | "..")
                    }
                    _ => false,
                }
            }
            _ => false,
        })
    }

    fn parameter(&self, name: &str) -> &Parameter {
        self.operation.parameters.iter().find(|parameter| parameter.name.wire == name).unwrap()
    }

    fn shown(&self) -> Vec<(&str, Json)> {
        self.given.iter().map(|(name, value)| (*name, value.json())).collect()
    }

    fn owned(&self) -> Vec<(String, Json)> {
        self.given.iter().map(|(name, value)| ((*name).to_owned(), value.json())).collect()
    }

    /// Whether the mock has read what was given.
    fn compare(&self) -> Result<(), String> {
        let request = self.mock.requests().pop().unwrap();
        for part in request.parts().into_iter().flatten().filter(|part| part.name.starts_with("j_")) {
            if part.content_type.as_deref() != Some("application/json") {
                return Err(format!("`{}` says that it is {:?}", part.name, part.content_type));
            }
        }
        let read = self.mock.values(&request).map(|values| {
            values.into_iter().map(|(name, value)| (name, sorted(value))).collect::<BTreeMap<String, Json>>()
        });
        let body = self.operation.encoding.body;
        let expected: BTreeMap<String, Json> = self
            .given
            .iter()
            .filter_map(|(name, value)| {
                let value = arrives(self.api, body, self.parameter(name), &value.json())?;
                Some(((*name).to_owned(), sorted(value)))
            })
            .collect();
        if read.as_ref() == Some(&expected) {
            return Ok(());
        }
        let read = read.unwrap_or_default();
        let names: BTreeSet<&String> = read.keys().chain(expected.keys()).collect();
        let others = names.into_iter().filter(|name| read.get(*name) != expected.get(*name));
        let others: Vec<String> =
            others.map(|name| format!("`{name}`: given {:?}, read {:?}", expected.get(name), read.get(name))).collect();
        Err(format!(
            "{} in {} {} {:?}",
            others.join(" and "),
            request.path,
            request.query,
            String::from_utf8_lossy(&request.body)
        ))
    }
}

/// All texts in a value, and names.
fn texts(value: &Json) -> Vec<String> {
    match value {
        Json::String(text) => vec![text.clone()],
        Json::Array(items) => items.iter().flat_map(texts).collect(),
        Json::Object(members) => {
            members.iter().flat_map(|(name, value)| [vec![name.clone()], texts(value)].concat()).collect()
        }
        Json::Null | Json::Boolean(_) | Json::Number(_) => Vec::new(),
    }
}
