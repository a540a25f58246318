//! The calls themselves, and what they come to for whoever makes them.

use generated_client::proctorexam::{
    self as exam, Answered, BaseAddress, CreateUser, Error, IdentityProviderId, InstituteId, Operation, Role, UserId,
};
use generated_client::proctoru::{self as u, AddAdHocProcessBooking, EditUser, WindowsTimeZone};

use super::plan::{Deed, Planned};
use super::truth::{End, Outcome};

/// Which call a request belongs to.
pub(crate) const HEADER: &str = "X-Call";

const INSTITUTE: InstituteId = InstituteId(1);

/// The clients that calls are made with.
#[derive(Clone)]
pub(crate) struct Clients {
    pub(crate) exam: exam::Client,
    pub(crate) u: u::Client,
}

/// What was seen of a call.
pub(crate) struct Seen {
    pub(crate) outcome: Outcome,
    pub(crate) attempts: usize,
}

/// The user that only this call has to do with, one of those that the mock makes on demand.
pub(crate) fn own_user(number: u64) -> UserId {
    UserId(number as i64 + 3)
}

pub(crate) fn own_name(number: u64) -> String {
    format!("Teacher {number}")
}

pub(crate) fn own_student(number: u64) -> u::StudentId {
    u::StudentId(format!("S-own-{number}"))
}

pub(crate) fn own_reservation(number: u64) -> u::ReservationId {
    u::ReservationId(format!("R-own-{number}"))
}

/// What an update sets, so that it can be told from any other.
pub(crate) fn own_provider(number: u64) -> IdentityProviderId {
    IdentityProviderId(number as i64 + 1)
}

/// Where nobody listens.
fn nobody() -> BaseAddress {
    BaseAddress::known("http://127.0.0.1:1")
}

/// Makes a call as it is planned, and holds what it gives against what it is for.
macro_rules! made {
    ($planned:expr, $call:expr, $is_right:expr) => {{
        let mut call = $call.with_header(HEADER, $planned.number as i64);
        if $planned.stalls() {
            call = call.with_attempt_timeout($planned.patience());
        }
        if $planned.to_nobody {
            call = call.with_base_address(nobody());
        }
        seen(call.with_response().await, $is_right)
    }};
}

impl Clients {
    pub(crate) async fn make(&self, planned: &Planned) -> Seen {
        let number = planned.number;
        let (users, students) = (self.exam.users(), self.u.users());
        let own = own_user(number);
        match planned.deed {
            Deed::ListUsers => made!(planned, users.list(INSTITUTE).limit(2), |page| page.items.len() == 2),
            Deed::ShowUser => made!(planned, users.show(INSTITUTE, own), |user| user.id == own),
            Deed::ShowNobody => made!(planned, users.show(INSTITUTE, UserId(i64::MAX)), |_| false),
            Deed::CreateUser => {
                let email = format!("teacher{number}@institute.example");
                made!(planned, users.create(teacher(number, &email)), |user| user.email.as_str() == email)
            }
            Deed::CreateTaken => {
                made!(planned, users.create(teacher(number, "administrator@proctorexam.com")), |_| false)
            }
            Deed::UpdateUser => {
                let provider = own_provider(number);
                made!(planned, users.update(INSTITUTE, own).omniauth_config_id(provider), |user| {
                    (user.id, user.omniauth_config_id) == (own, Some(provider))
                })
            }
            Deed::DestroyUser => made!(planned, users.destroy(INSTITUTE, own), |()| true),
            Deed::ShowStudent => {
                made!(planned, students.profile("S-269".into()), |student| student.country.as_deref() == Some("US"))
            }
            Deed::ShowNoStudent => made!(planned, students.profile(own_student(number)), |_| false),
            Deed::EditStudent => made!(planned, students.edit(student(number)), |_| true),
            Deed::Book => {
                made!(planned, self.u.bookings().add_ad_hoc_process(booking(number)), |booking| {
                    booking.reservation_no.is_some()
                })
            }
        }
    }
}

fn seen<O: Operation>(answered: Answered<O>, is_right: impl FnOnce(&O::Output) -> bool) -> Seen {
    let attempts = answered.attempts() as usize;
    let unknown = answered.result.as_ref().is_err_and(Error::is_outcome_unknown);
    let end = match &answered.result {
        Ok(value) if is_right(value) => End::Value,
        Ok(_) => End::Wrong("the value of another call".to_owned()),
        // `email_taken (422): …`, or without a status `email_taken: …`.
        Err(Error::Api(error)) => {
            End::Documented(error.to_string().split([' ', ':']).next().unwrap_or_default().to_owned())
        }
        Err(Error::Unexpected(answer)) => End::Unexpected(answer.response().status().as_u16()),
        Err(Error::Decode(_)) => End::Unreadable,
        Err(Error::Timeout(_)) => End::Late,
        Err(Error::Transport(broken)) if broken.cause().is_some_and(|cause| cause.is_unsent()) => End::NotSent,
        Err(Error::Transport(_)) => End::Broken,
        Err(error) => End::Wrong(error.to_string()),
    };
    Seen { outcome: Outcome { end, unknown }, attempts }
}

fn teacher(number: u64, email: &str) -> CreateUser {
    CreateUser {
        institute_id: INSTITUTE,
        email: email.into(),
        name: own_name(number).into(),
        password: "Passw0rd!".into(),
        role: Role::Teacher,
    }
}

fn student(number: u64) -> EditUser {
    EditUser {
        student_id: own_student(number),
        first_name: "Test".into(),
        last_name: "Taker".into(),
        country: "US".into(),
        phone1: "5550100".into(),
        time_zone_id: WindowsTimeZone::CentralStandardTime,
    }
}

fn booking(number: u64) -> AddAdHocProcessBooking {
    let EditUser { student_id, first_name, last_name, country, phone1, time_zone_id } = student(number);
    AddAdHocProcessBooking {
        student_id,
        first_name,
        last_name,
        country,
        phone1,
        time_zone_id,
        email: "test.taker@example.com".into(),
        description: "Exam".into(),
        duration: 60,
        // Within what a date can be for as long as the clocks run that this is tested by.
        start_date: START.parse().unwrap_or_default(),
        reservation_id: own_reservation(number),
    }
}

const START: &str = "2999-08-29T00:00:00Z";
