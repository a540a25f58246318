//! What the mock remembers: what one call does is what others are answered.

use generated_client::proctoru::{
    AddProcessBooking, AddProcessBookingError as Refused, CenterSlot, CenterSlotNeeds, Client,
    CreateAppointmentTestCenter, DateTime, EditUser, Error, IsAuthenticatedReservationError, Json, ListSlotsSchedules,
    ListSlotsSchedulesError, ReservationNo, TermsUserError, WindowsTimeZone,
};

use super::{ad_hoc, blue_bird, center_user, client, exam, mock, mock_at, process, slots, student, time, user};

/// The error of a booking.
async fn refused(client: &Client, booking: AddProcessBooking) -> Refused {
    match client.bookings().add_process(booking).await {
        Err(Error::Api(refused)) => refused,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_booking_into_a_known_exam_is_refused_like_any_other() {
    let mock = mock().await;
    let client = client(mock.address());
    let start = "2031-08-29T00:00:00Z";
    let booked = client.bookings().add_process(process("R-1", start)).await.unwrap();

    let nobody = AddProcessBooking { student_id: "S-404".into(), ..process("R-2", start) };
    assert!(matches!(refused(&client, nobody).await, Refused::StudentNotFound));
    let nothing = AddProcessBooking { exam_id: "E-404".into(), ..process("R-2", start) };
    assert!(matches!(refused(&client, nothing).await, Refused::ExamNotFound));
    assert!(matches!(refused(&client, process("R-2", "2001-01-01T00:00:00Z")).await, Refused::StartDateInPast));
    assert!(matches!(refused(&client, process("R-1", "2031-09-29T00:00:00Z")).await, Refused::ReservationIdExists));
    assert!(matches!(refused(&client, process("R-2", "2031-08-29T00:59:00Z")).await, Refused::Overlap));
    client.bookings().add_process(process("R-2", "2031-08-29T01:00:00Z")).await.unwrap();

    // The id with its number changes the booking; once that is cancelled, the id is used up with and without it.
    let later = process("R-1", "2031-10-29T00:00:00Z");
    let moved =
        client.bookings().add_process(later.clone()).reservation_no(booked.reservation_no.unwrap()).await.unwrap();
    let number = moved.reservation_no.unwrap();
    let mine = client.reservations().list(student()).await.unwrap();
    let starts: Vec<_> = mine.iter().filter(|it| it.reservation_id == Some("R-1".into())).collect();
    assert_eq!((starts.len(), starts[0].start_date), (1, Some(later.start_date)));
    client.reservations().cancel(student()).reservation_no(number).await.unwrap();
    assert!(matches!(refused(&client, later.clone()).await, Refused::ReservationIdExists));
    let again = client.bookings().add_process(later).reservation_no(number).await.unwrap_err();
    assert!(matches!(again, Error::Api(Refused::ReservationIdExists)), "{again:?}");
}

#[tokio::test]
async fn a_booking_has_the_title_and_the_length_of_its_exam() {
    let mock = mock().await;
    let client = client(mock.address());
    let mut long = exam();
    long.duration = 180;
    client.exams().edit(long).await.unwrap();
    let book = |id: &str, start: &str| AddProcessBooking { exam_id: "E-1".into(), ..process(id, start) };
    client.bookings().add_process(book("R-1", "2031-08-29T00:00:00Z")).await.unwrap();
    let last = client.reservations().list(student()).await.unwrap().pop().unwrap();
    assert_eq!((last.description.as_deref(), last.exam_id), (Some("Exam"), Some("E-1".into())));
    assert!(matches!(refused(&client, book("R-2", "2031-08-29T02:59:00Z")).await, Refused::Overlap));
    client.bookings().add_process(book("R-2", "2031-08-29T03:00:00Z")).await.unwrap();
}

#[tokio::test]
async fn terms_that_were_accepted_show() {
    let mock = mock().await;
    let users = client(mock.address()).users();
    let unknown = users.terms("ada".into()).await.unwrap_err();
    assert!(matches!(unknown, Error::Api(TermsUserError::StudentNotFound)), "{unknown:?}");
    let new = EditUser {
        student_id: "ada".into(),
        first_name: "Ada".into(),
        last_name: "Example".into(),
        time_zone_id: WindowsTimeZone::Utc,
        ..user()
    };
    let ready = users.edit(new.clone()).email("ada@example.com").await.unwrap();
    assert_eq!(ready.terms_accepted, Some(false));
    assert_eq!(users.terms("ada".into()).await.unwrap().terms_accepted, Some(false));
    users.accept_terms("ada".into()).await.unwrap();
    assert_eq!(users.terms("ada".into()).await.unwrap().terms_accepted, Some(true));
    assert_eq!(users.profile("ada".into()).await.unwrap().terms_accepted, Some(true));
    let again = users.edit(new).email("ada@example.com").await.unwrap();
    assert_eq!(again.terms_accepted, Some(true), "they stay accepted when the test-taker is edited");
}

/// When the free times of a day begin.
async fn free(client: &Client, day: &str) -> Vec<String> {
    let day = ListSlotsSchedules { start_date: time(day), ..slots() };
    let found = client.schedules().list_slots(day).is_ad_hoc(true).await.unwrap();
    found.iter().map(|slot| slot.start_date.to_string()).collect()
}

#[tokio::test]
async fn free_times_are_those_of_the_day_that_nobody_has_booked() {
    let mock = mock().await;
    let client = client(mock.address());
    let first = free(&client, "2031-08-29T00:00:00Z").await;
    let second = free(&client, "2031-08-30T13:00:00Z").await;
    assert_eq!((first.len(), second.len()), (24, 24));
    assert!(first.iter().all(|start| start.starts_with("2031-08-29T0")), "{first:?}");
    assert!(second.iter().all(|start| start.starts_with("2031-08-30T0")), "{second:?}");

    let booked = client.bookings().add_ad_hoc_process(ad_hoc("R-1", "2031-08-29T01:00:00Z")).await.unwrap();
    let left = free(&client, "2031-08-29T00:00:00Z").await;
    let taken: Vec<_> = first.iter().filter(|start| !left.contains(start)).map(|start| &start[11..16]).collect();
    assert_eq!(taken, ["00:15", "00:30", "00:45", "01:00", "01:15", "01:30", "01:45"], "those that would overlap");
    assert_eq!(free(&client, "2031-08-30T00:00:00Z").await, second);

    // Who moves a booking may stay where it is, and one that is cancelled takes no time.
    let number = booked.reservation_no.unwrap();
    let own = client.schedules().list_slots(slots()).is_ad_hoc(true).reservation_no(number).await.unwrap();
    assert_eq!(own.len(), 24);
    client.reservations().cancel(student()).reservation_no(number).await.unwrap();
    assert_eq!(free(&client, "2031-08-29T00:00:00Z").await, first);

    let past = ListSlotsSchedules { start_date: time("2022-08-29T00:00:00Z"), ..slots() };
    let none = client.schedules().list_slots(past).is_ad_hoc(true).await.unwrap_err();
    assert!(matches!(none, Error::Api(ListSlotsSchedulesError::NoAvailableSlots)), "{none:?}");
}

/// All of them take the same hour, so that two speak for a million: one may be the one that is moved.
#[tokio::test]
async fn a_million_reservations_leave_the_other_times_free() {
    let api = codegen::load(&super::spec()).unwrap_or_else(|failure| panic!("{failure}"));
    let now: DateTime = time("2022-05-28T00:00:00Z");
    let clock = std::time::UNIX_EPOCH + std::time::Duration::from_millis(now.unix_millis().try_into().unwrap());
    let mock = codegen_mock::Mock::builder(api).clock(move || clock).synthesise("reservations", 1_000_000);
    let mock = mock.start().await.unwrap();
    let fixed =
        crate::support::Fixed { timestamp: now.unix_millis().try_into().unwrap(), ..crate::support::Fixed::DOCUMENTED };
    let client = super::builder(mock.address()).clock(fixed).build().unwrap();
    assert_eq!(free(&client, "2022-05-28T00:00:00Z").await.len(), 24);
    let own = ListSlotsSchedules { start_date: time("2022-05-28T00:00:00Z"), ..slots() };
    let own = client.schedules().list_slots(own).is_ad_hoc(true).reservation_no(ReservationNo(900_000_600));
    assert_eq!(own.await.unwrap().len(), 24);
}

#[tokio::test]
async fn the_report_says_what_was_done() {
    let mock = mock().await;
    let client = client(mock.address());
    let notes = async |id: &str| -> Vec<String> {
        let lines = client.reports().list_activity().student_id(id).await.unwrap();
        let text = |notes: &Option<generated_client::proctoru::Personal<String>>| {
            notes.as_ref().map(|notes| notes.as_str().to_owned()).unwrap_or_default()
        };
        lines.iter().map(|line| text(&line.proctor_notes)).collect()
    };
    let before = notes("S-269").await.len();
    let booked = client.bookings().add_ad_hoc_process(ad_hoc("R-1", "2031-08-29T01:00:00Z")).await.unwrap();
    let later = time("2031-08-30T01:00:00Z");
    let moved = client.reservations().reschedule(booked.reservation_no.unwrap(), "R-1".into(), later).await.unwrap();
    client.reservations().cancel(student()).reservation_no(moved.reservation_no.unwrap()).await.unwrap();
    let done = notes("S-269").await;
    assert_eq!(done[before..], ["Fulfillment created; ", "Reservation moved; ", "Reservation cancelled; "]);
    let lines = client.reports().list_activity().student_id("S-269").await.unwrap();
    let last = lines.last().unwrap();
    assert_eq!((last.reservation_no, last.start_date), (moved.reservation_no.unwrap(), Some(later)));
    assert_eq!(last.student.as_ref().unwrap().as_str(), "Test Taker");

    let report = client.reports().list_activity();
    let days = report.start_date(time("2031-01-01T00:00:00Z")).end_date(later).await.unwrap();
    assert_eq!(days.last().unwrap().start_date, Some(later));
    assert!(days.len() < lines.len() && days.iter().all(|line| line.start_date >= Some(time("2031-01-01T00:00:00Z"))));
    let before = client.reports().list_activity().start_date(time("2001-01-01T00:00:00Z"));
    assert_eq!(before.end_date(time("2001-01-02T00:00:00Z")).await.unwrap(), []);

    // The vendor's own scheduling has a report of its own.
    client.bookings().add_blue_bird_exam(blue_bird()).await.unwrap();
    assert_eq!(notes("S-269").await, done);
    let vendors = client.reports().list_blue_bird_activity().student_id("S-269").await.unwrap();
    assert_eq!(vendors.len(), 1);
    let pending = client.reports().list_pending_exams().await.unwrap();
    assert_eq!((pending.len(), text_of(&pending[0], "student_id")), (1, Some("S-269")));
    // What only the mock knows, and what has no name, is in no line.
    for line in [&vendors[0], &pending[0]] {
        let Json::Object(members) = line else { panic!("{line:?}") };
        assert!(
            members.iter().all(|(name, _)| !["", "blue_bird", "authenticated"].contains(&name.as_str())),
            "{line:?}"
        );
    }
    assert_eq!(client.reports().list_pending_exams().student_id("nobody").await.unwrap().len(), 0);
}

/// A text of an object that nobody describes.
fn text_of<'a>(json: &'a Json, name: &str) -> Option<&'a str> {
    let Json::Object(members) = json else { panic!("{json:?}") };
    members.iter().find(|(member, _)| member == name).and_then(|(_, value)| match value {
        Json::String(text) => Some(text.as_str()),
        _ => None,
    })
}

#[tokio::test]
async fn who_began_is_authenticated() {
    let now: DateTime = time("2031-08-29T00:30:00Z");
    let mock = mock_at("2031-08-29T00:30:00Z").await;
    let fixed =
        crate::support::Fixed { timestamp: now.unix_millis().try_into().unwrap(), ..crate::support::Fixed::DOCUMENTED };
    let client = super::builder(mock.address()).clock(fixed).build().unwrap();
    let booked = client.bookings().add_ad_hoc_process(ad_hoc("R-1", "2031-08-29T00:30:00Z")).await.unwrap();
    let number = booked.reservation_no.unwrap();
    let reservations = client.reservations();
    assert_eq!(reservations.is_authenticated(number).await.unwrap(), Json::Bool(false));
    assert!(reservations.begin(student(), "R-1".into()).await.unwrap().url.is_some());
    assert_eq!(reservations.is_authenticated(number).await.unwrap(), Json::Bool(true));
    let lines = client.reports().list_activity().student_id("S-269").await.unwrap();
    assert_eq!(lines.last().unwrap().authenticated, Some(true));
    let unknown = reservations.is_authenticated(generated_client::proctoru::ReservationNo(1)).await.unwrap_err();
    assert!(matches!(unknown, Error::Api(IsAuthenticatedReservationError::ReservationNotFound)), "{unknown:?}");
}

#[tokio::test]
async fn a_test_center_is_found_booked_and_given_back() {
    let mock = mock().await;
    let centers = client(mock.address()).test_centers();
    let institution = centers.whoami().await.unwrap();
    let exam = centers.list_exams(institution.uuid.clone()).active(true).await.unwrap().remove(0);
    assert_eq!(centers.list_exams(institution.uuid.clone()).active(false).await.unwrap(), []);
    let window = generated_client::proctoru::ListDeliveryWindowsTestCenters {
        exam_uuid: exam.uuid.clone(),
        institution_uuid: institution.uuid.clone(),
    };
    let window = centers.list_delivery_windows(window).await.unwrap().remove(0);
    let wanted = generated_client::proctoru::ListLocationsTestCenter {
        exam_uuid: exam.uuid.clone(),
        delivery_window_uuid: window.uuid.clone(),
    };
    let locations = centers.list_locations(wanted).search("00000").await.unwrap();
    let Json::Array(locations) = locations else { panic!("{locations:?}") };
    let vendor = text_of(&locations[0], "vendor_uuid").unwrap();
    let location = text_of(&locations[0], "test_center_location_id").unwrap();
    let until = async |end: &str| {
        let wanted = generated_client::proctoru::ListTimeSlotsTestCenter {
            vendor_uuid: vendor.into(),
            test_center_location_id: location.into(),
            exam_uuid: exam.uuid.clone(),
            delivery_window_uuid: window.uuid.clone(),
            start_time: time("2031-06-25T00:00:00Z"),
            end_time: time(end),
        };
        let Json::Array(slots) = centers.list_time_slots(wanted).await.unwrap() else { panic!("no list") };
        slots.iter().map(|slot| text_of(slot, "vendor_time_slot_id").unwrap().to_owned()).collect::<Vec<_>>()
    };
    let free = async || until("2031-06-27T00:00:00Z").await;
    assert_eq!(free().await, ["1000001", "1000002"]);
    assert_eq!(until("2031-06-26T00:00:00Z").await, ["1000001"]);
    let appointment = CreateAppointmentTestCenter {
        institution_uuid: institution.uuid.clone(),
        exam_uuid: exam.uuid.clone(),
        time_slot: CenterSlot::new(CenterSlotNeeds {
            vendor_uuid: vendor.into(),
            vendor_time_slot_id: "1000001".into(),
            test_center_location_id: location.into(),
            start_time: time("2031-06-25T17:00:00Z"),
            end_time: time("2031-06-25T21:00:00Z"),
            delivery_window_uuid: window.uuid.clone(),
        }),
        user: center_user(),
    };
    let made = centers.create_appointment(appointment).await.unwrap().appointment_uuid;
    assert_eq!(free().await, ["1000002"]);
    let made = generated_client::proctoru::CancelAppointmentTestCenter {
        institution_uuid: institution.uuid.clone(),
        exam_uuid: exam.uuid.clone(),
        appointment_uuid: made,
    };
    let cancel = || centers.cancel_appointment(made.clone());
    cancel().await.unwrap();
    assert_eq!(free().await, ["1000001", "1000002"]);
    assert!(cancel().await.is_err(), "it is gone");
}

#[tokio::test]
async fn many_reservations_leave_the_free_times_as_they_are() {
    let api = codegen::load(&super::spec()).unwrap_or_else(|failure| panic!("{failure}"));
    let mock = codegen_mock::Mock::builder(api).synthesise("reservations", 5_000).start().await.unwrap();
    let client = client(mock.address());
    assert_eq!(free(&client, "2031-08-29T00:00:00Z").await.len(), 24);
    client.bookings().add_process(process("R-new", "2031-08-29T00:00:00Z")).await.unwrap();
    assert_eq!(free(&client, "2031-08-29T00:00:00Z").await.len(), 20);
}
