//! The same over HTTP: what a client sends that does not look at it first, the mock refuses where the table does. Of each
//! constraint, verdict and place in each operation one case is sent.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use codegen::ir::{Api, Location, Operation};
use codegen_mock::{Exchange, Mock, Verdict};

use super::untold::{about, untold};
use super::{Case, cases, lists, taken, wire};
use crate::described::{CREDENTIAL, Described, Given};
use crate::samples::Failure;

/// What a case is a case of: the constraint, what is made of it, and where the value stands.
type Sort = (String, bool, String);

#[derive(Default)]
struct Tally {
    /// Of each place those that were refused, and those that were taken.
    sent: BTreeMap<String, [usize; 2]>,
    /// Why others were not sent, or not refused as the client sees it.
    besides: BTreeMap<String, usize>,
    broken: Vec<String>,
}

impl Tally {
    fn count(&mut self, why: impl Into<String>) {
        *self.besides.entry(why.into()).or_default() += 1;
    }
}

#[tokio::test]
async fn what_is_sent_is_judged_as_the_table_says() {
    let mut tally = Tally::default();
    for described in crate::described::all() {
        of_spec(described, &mut tally).await;
    }
    let Tally { sent, besides, broken } = tally;
    assert!(broken.is_empty(), "{} broke:\n{}", broken.len(), broken.join("\n"));
    let all = sent.values().fold([0, 0], |all, [refused, taken]| [all[0] + refused, all[1] + taken]);
    assert!(all.iter().all(|count| *count > 500), "{all:?}");
    let mut summary = String::new();
    for (place, [refused, taken]) in &sent {
        writeln!(summary, "{place}: {refused} sent and refused, {taken} sent and taken").unwrap();
    }
    besides.iter().for_each(|(why, count)| writeln!(summary, "{count} {why}").unwrap());
    let mut settings = crate::generated::settings();
    settings.set_snapshot_path("../../snapshots");
    settings.bind(|| insta::assert_snapshot!("boundaries_sent", summary));
}

async fn of_spec(described: &Described, tally: &mut Tally) {
    let api = described.load();
    let mock = start(described).await;
    let call = described.caller(mock.address(), None);
    for (resource, operation) in api.operations() {
        let id = format!("{}.{}", resource.name.wire, operation.name.wire);
        let mut seen = BTreeSet::new();
        for case in cases(api, operation) {
            let sort = sort(api, operation, &case);
            if seen.contains(&sort) {
                tally.count("not sent: one of its sort was");
                continue;
            }
            if let Some(why) = untold(api, operation, &case) {
                tally.count(format!("not sent: {why}"));
                continue;
            }
            let result = call(&id, &given(api, operation, &case)).await;
            let failure = result.as_ref().err();
            let log = mock.take_log();
            let Some(exchange) = log.last() else {
                tally.count(unsent(failure.unwrap()));
                continue;
            };
            if exchange.operation.as_ref() != Some(&id) || !is_as_told(api, operation, &case, exchange, failure, tally)
            {
                tally.broken.push(format!(
                    "{} {id}: {:?} {}: {:?}\n  {:?}\n  {}\n  {:?}",
                    described.name,
                    case.kind,
                    case.what,
                    case.values,
                    exchange.verdict,
                    String::from_utf8_lossy(&exchange.request.body),
                    failure.map(|it| (it.status, &it.texts))
                ));
            }
            tally.sent.entry(sort.2.clone()).or_default()[usize::from(case.is_accepted)] += 1;
            seen.insert(sort);
        }
    }
}

/// Why a client sent nothing, in its own words.
fn unsent(failure: &Failure) -> String {
    match failure.violated {
        Some(constraint) => format!("not sent: no client can, by the constraint {constraint}"),
        None => format!("not sent: {}", failure.texts.lines().next().unwrap_or_default()),
    }
}

async fn start(described: &Described) -> Mock {
    let api = codegen::load(&described.folder()).unwrap();
    let names: Vec<String> = api.credentials.iter().map(|credential| credential.name.wire.clone()).collect();
    let mock = names.into_iter().fold(Mock::builder(api), |mock, name| mock.credential(name, CREDENTIAL));
    mock.start().await.unwrap()
}

fn sort(api: &Api, operation: &Operation, case: &Case) -> Sort {
    let constraint = case.what.rsplit(' ').next().unwrap_or_default();
    let place = match about(api, operation, case).location {
        Location::Body => format!("{:?}", operation.encoding.body),
        other => format!("{other:?}"),
    };
    (format!("{:?} {constraint}", case.kind), case.is_accepted, place)
}

/// Whether the server finds what the table does, of the value that the mock finds without a socket, and the client is
/// answered that.
fn is_as_told(
    api: &Api,
    operation: &Operation,
    case: &Case,
    exchange: &Exchange,
    failure: Option<&Failure>,
    tally: &mut Tally,
) -> bool {
    let success = &api.envelope_of(operation).success;
    let stated = &api.mock.invalid;
    let (name, status) = match (&exchange.verdict, api.mock.missing) {
        (Verdict::Unjudged, _) => return false,
        (Verdict::Accepted, _) => return case.is_accepted,
        (Verdict::Missing(name), Some(id)) => {
            let assumed = if success.conditions.is_empty() { 400 } else { success.status() };
            (name, api.error(id).statuses.first().copied().unwrap_or(assumed))
        }
        (Verdict::Missing(name) | Verdict::Invalid(name), _) => (name, stated.status),
    };
    let is_said = match failure {
        Some(failure) => failure.status == Some(status),
        None => {
            tally.count(
                "sent and refused in what is a success for the operation, whose envelope is not that of the API",
            );
            success.accepts(stated.status, Some(&stated.body))
        }
    };
    let found = codegen_mock::refused(api, operation, &case.values);
    !case.is_accepted && is_said && found.as_ref() == Some(name)
}

/// The values as a call takes them, by names that live as long as the tests.
fn given(api: &'static Api, operation: &'static Operation, case: &Case) -> Box<Given> {
    let lists = lists(api, operation);
    let every = lists.into_iter().flatten();
    let value = |name: &str| case.values.iter().find(|(other, _)| other == name).map(|(_, value)| value);
    every.filter_map(|it| Some((&*it.name.wire, wire(api, &lists, &it.name.wire, value(&it.name.wire)?)))).collect()
}

/// Of what is looked for without a parameter for it, the message has the names of its holes: with nothing in them it would
/// not be that of the error.
#[tokio::test]
async fn a_message_with_holes_is_that_of_its_error() {
    let described = crate::described::all().iter().find(|it| it.name == "kitchen_sink").unwrap();
    let (api, mock) = (described.load(), start(described).await);
    let mut all = api.operations().map(|(_, operation)| operation);
    let operation = all.find(|it| it.name.wire == "create").unwrap();
    let result = described.caller(mock.address(), None)("things.create", &taken(api, operation)).await;
    assert_eq!(result.unwrap_err().code.as_deref(), Some("NotFound"));
}
