//! The mocks: what they let go wrong, and what their logs and memories say of the calls.

use std::collections::HashMap;
use std::error::Error;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError};

use codegen_mock::{Exchange, Mock, Received};
use generated_client::proctorexam::seams::Transport;
use generated_client::proctorexam::{self as exam, Builder, InstituteId};
use generated_client::proctoru::{self as u, Error as CallError, ListReservationsError, ProfileUserError};

use super::calls::{self, Clients, HEADER};
use super::plan::{Deed, Planned, stall};
use super::{Brisk, Common, Report, Stalled};

/// A mock of each API.
pub(crate) struct Servers {
    exam: Mock,
    u: Mock,
    stalled: Stalled,
}

impl Servers {
    /// Starts both, the first with a user for each call.
    pub(crate) async fn start(calls: u64) -> io::Result<Self> {
        let exam = Mock::builder(api("proctorexam")?).synthesise("users", calls).start().await?;
        let u = Mock::builder(api("proctoru")?).start().await?;
        Ok(Self { exam, u, stalled: Stalled::default() })
    }

    /// Clients of both.
    pub(crate) fn clients(&self, transport: Option<Arc<dyn Transport>>) -> Result<Clients, Box<dyn Error>> {
        let credential = |name: &str| self.exam.credential(name).into();
        let exam =
            exam::Client::builder(exam::Environment::custom(self.exam.address())?).credentials(exam::Credentials {
                api_token: credential("api_token"),
                secret_key: credential("secret_key"),
            });
        let u = u::Client::builder(u::Environment::custom(self.u.address())?)
            .credentials(u::Credentials { api_key: self.u.credential("api_key").into() });
        Ok(Clients { exam: self.wired(exam, &transport).build()?, u: self.wired(u, &transport).build()? })
    }

    fn wired<A>(&self, builder: Builder<A>, transport: &Option<Arc<dyn Transport>>) -> Builder<A> {
        let builder = builder.timer(Brisk(self.stalled.clone()));
        match transport {
            Some(transport) => builder.transport(Common(transport.clone())),
            None => builder,
        }
    }

    /// Lets the calls of a round go wrong as they are planned.
    pub(crate) fn arm(&self, round: &[Planned]) {
        for mock in [&self.exam, &self.u] {
            let mut left: HashMap<_, _> =
                round.iter().map(|planned| (planned.number, planned.faults.clone().into_iter())).collect();
            let stalled = self.stalled.clone();
            mock.fail_by(move |request| {
                let number = number(request)?;
                let fault = left.get_mut(&number)?.next()?;
                if fault == Some(stall()) {
                    stalled.lock().unwrap_or_else(PoisonError::into_inner).insert(number);
                }
                fault
            });
        }
    }

    /// Lets nothing go wrong any more.
    pub(crate) fn disarm(&self) {
        self.exam.fail_by(|_| None);
        self.u.fail_by(|_| None);
    }

    /// Empties the logs, and holds what they say of each call of a round against what is true of it.
    pub(crate) fn judge_log(&self, round: &[Planned], report: &mut Report) {
        let mut arrived: HashMap<u64, Vec<Exchange>> = HashMap::new();
        let mut once = HashMap::new();
        for mock in [&self.exam, &self.u] {
            for exchange in mock.take_log() {
                report.requests += 1;
                report.faults += u64::from(exchange.fault.is_some());
                let Some(number) = number(&exchange.request) else {
                    report.find(|| format!("a request of no call: {:?}", exchange.request));
                    continue;
                };
                if let Some(own) = own_value(mock, &exchange, number) {
                    *once.entry(own).or_insert(0) += 1;
                }
                arrived.entry(number).or_default().push(exchange);
            }
        }
        // What is told apart by what stands in the requests themselves, whatever call they say they belong to.
        for ((operation, value), times) in once.into_iter().filter(|(_, times)| *times > 1) {
            report.find(|| format!("{operation} of {value} arrived {times} times, and must arrive once at most"));
        }
        for planned in round {
            let exchanges = arrived.remove(&planned.number).unwrap_or_default();
            judge(planned, &exchanges, report);
        }
    }

    /// Holds what the mocks remember in the end against what is true.
    pub(crate) async fn judge_memory(
        &self,
        all: impl Iterator<Item = Planned>,
        report: &mut Report,
    ) -> Result<(), Box<dyn Error>> {
        let clients = self.clients(None)?;
        let (mut providers, mut created) = (HashMap::new(), HashMap::<_, u64>::new());
        let mut users = clients.exam.users().list(InstituteId(1)).stream();
        while let Some(user) = users.try_next().await? {
            *created.entry(user.name.as_str().to_owned()).or_default() += 1;
            providers.insert(user.id, user.omniauth_config_id);
        }
        for planned in all {
            let number = planned.number;
            let times = planned.truth().took_effect.into_iter().filter(|took_effect| *took_effect).count() as u64;
            let (id, provider) = (calls::own_user(number), calls::own_provider(number));
            let name = calls::own_name(number);
            let is_right = match planned.deed {
                Deed::CreateUser => created.get(&name).copied().unwrap_or_default() == times,
                Deed::CreateTaken => !created.contains_key(&name),
                Deed::UpdateUser => providers.get(&id) == Some(&(times == 1).then_some(provider)),
                Deed::DestroyUser => providers.contains_key(&id) == (times == 0),
                Deed::ListUsers | Deed::ShowUser | Deed::ShowNobody => providers.get(&id) == Some(&None),
                Deed::EditStudent => self.has_student(&clients, number).await? == (times > 0),
                Deed::Book => self.reservations(&clients, number).await? == times as usize,
                Deed::ShowStudent | Deed::ShowNoStudent => true,
            };
            if !is_right {
                report.find(|| format!("{planned:?}: the mock remembers something else than {times} effects"));
            }
        }
        Ok(())
    }

    async fn has_student(&self, clients: &Clients, number: u64) -> Result<bool, u::AnyError> {
        match clients.u.users().profile(calls::own_student(number)).await {
            Err(CallError::Api(ProfileUserError::StudentNotFound)) => Ok(false),
            result => Ok(result.map(|_| true)?),
        }
    }

    async fn reservations(&self, clients: &Clients, number: u64) -> Result<usize, u::AnyError> {
        let (student, reservation) = (calls::own_student(number), calls::own_reservation(number));
        match clients.u.reservations().list(student).await {
            Err(CallError::Api(ListReservationsError::StudentNotFound)) => Ok(0),
            result => {
                let own = |it: &u::Reservation| it.reservation_id.as_ref() == Some(&reservation);
                Ok(result?.iter().filter(|it| own(it)).count())
            }
        }
    }
}

/// Holds what arrived of a call against what is true of it.
fn judge(planned: &Planned, exchanges: &[Exchange], report: &mut Report) {
    let truth = planned.truth();
    let met: Vec<_> = exchanges.iter().map(|exchange| exchange.fault.as_ref()).collect();
    let meant: Vec<_> = planned.faults.iter().map(Option::as_ref).take(truth.took_effect.len()).collect();
    if met != meant {
        report.find(|| format!("{planned:?}: {} requests arrived, and met {met:?}", exchanges.len()));
    }
    let took_effect: Vec<_> = exchanges.iter().map(|exchange| exchange.handled).collect();
    if took_effect != truth.took_effect {
        let meant = truth.took_effect;
        report.find(|| format!("{planned:?}: whether it took effect is {took_effect:?}, and should be {meant:?}"));
    }
}

/// The operation and the value of a request that no other may have, where it must not be repeated.
fn own_value(mock: &Mock, exchange: &Exchange, number: u64) -> Option<(String, String)> {
    let operation = exchange.operation.clone()?;
    let parameter = match operation.as_str() {
        "users.create" => "name",
        "users.update" | "users.destroy" => "id",
        "bookings.add_ad_hoc_process" => "reservation_id",
        _ => return None,
    };
    let values = mock.values(&exchange.request).unwrap_or_default();
    // One without it is as bad as one that came twice.
    let value =
        values.get(parameter).map_or_else(|| format!("nothing, in call {number}"), |value| format!("{value:?}"));
    Some((operation, value))
}

/// Which call a request belongs to.
fn number(request: &Received) -> Option<u64> {
    request.header(&HEADER.to_ascii_lowercase())?.parse().ok()
}

fn api(name: &str) -> io::Result<codegen::ir::Api> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../spec").join(name);
    codegen::load(&folder).map_err(|failure| io::Error::other(failure.to_string()))
}
