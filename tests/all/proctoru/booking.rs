//! Bookings and reservations, against a mock that remembers them.

use generated_client::proctoru::{
    AddAdHocProcessBooking, AddAdHocProcessBookingError as Refused, BeginReservationError, CancelReservationError,
    Error, Payment, RescheduleReservationError, ReservationNo, ReservationStatus, WindowsTimeZone,
};

use super::{ad_hoc, answering, blue_bird, client, form, last, mock, student, time, value};

#[tokio::test]
async fn a_session_is_booked_moved_and_cancelled() {
    let mock = mock().await;
    let client = client(mock.address());
    let booked =
        client.bookings().add_ad_hoc_process(ad_hoc("R-1", "2031-08-29T00:00:00Z")).take_it_now(false).await.unwrap();
    assert_eq!(booked.payment(), Payment::None);
    let sent = form(&last(&mock));
    assert_eq!(value(&sent, "takeitnow").as_deref(), Some("N"));
    assert_eq!(value(&sent, "start_date").as_deref(), Some("2031-08-29T00:00:00Z"));

    let number = booked.reservation_no.unwrap();
    let early = client.reservations().begin(student(), "R-1".into()).await.unwrap_err();
    assert!(matches!(early, Error::Api(BeginReservationError::ReservationInFuture)), "{early:?}");
    let moved = client.reservations().reschedule(number, "R-1".into(), time("2032-01-01T00:00:00Z")).await.unwrap();
    let new = moved.reservation_no.unwrap();
    assert_ne!(new, number);
    let Payment::Due { amount, url: Some(url) } = moved.payment() else { panic!("{moved:?}") };
    assert_eq!((amount.as_str(), url.expose().starts_with("https://")), ("25", true));

    client.reservations().cancel(student()).reservation_no(new).await.unwrap();
    let again = client.reservations().cancel(student()).reservation_no(new).await.unwrap_err();
    assert!(matches!(again, Error::Api(CancelReservationError::ReservationCancelled)), "{again:?}");
    let moved = client.reservations().reschedule(new, "R-1".into(), time("2032-01-01T00:00:00Z")).await.unwrap_err();
    assert!(matches!(moved, Error::Api(RescheduleReservationError::ReservationCancelled)), "{moved:?}");
    let cancelled = client.reservations().list(student()).status(ReservationStatus::Cancelled).await.unwrap();
    assert_eq!(cancelled.iter().map(|it| it.reservation_no).collect::<Vec<_>>(), [new]);

    let reused = client.bookings().add_ad_hoc_process(ad_hoc("R-1", "2033-08-29T00:00:00Z")).await.unwrap_err();
    assert!(matches!(reused, Error::Api(Refused::ReservationIdExists)), "{reused:?}");
}

/// The balance was seen as a number, as a text and, of calls that say nothing of it, not at all.
#[tokio::test]
async fn what_is_to_be_paid_is_what_the_answer_says() {
    let due = |amount: &str, url: Option<&str>| Payment::Due {
        amount: amount.parse().unwrap(),
        url: url.map(generated_client::proctoru::Secret::from),
    };
    for (members, payment) in [
        (r#","balance":0"#, Payment::None),
        (r#","balance":0.0"#, Payment::None),
        (r#","balance":"0.0","url":"https://v.example/r""#, Payment::None),
        (r#","balance":25"#, due("25", None)),
        (r#","balance":"30.00","url":"https://v.example/order""#, due("30", Some("https://v.example/order"))),
        ("", Payment::Unknown),
        (r#","balance":null,"url":"https://v.example/order""#, Payment::Unknown),
    ] {
        let body = format!(r#"{{"response_code":1,"message":"","data":{{"reservation_id":"R-1"{members}}}}}"#);
        let server = answering([&*body]);
        let booked =
            client(server.address()).bookings().add_ad_hoc_process(ad_hoc("R-1", "2031-08-29T00:00:00Z")).await;
        assert_eq!(booked.unwrap().payment(), payment, "{members}");
    }
}

#[tokio::test]
async fn a_time_zone_that_nobody_knows_is_refused() {
    let mock = mock().await;
    let client = client(mock.address());
    let book = |zone: WindowsTimeZone, id: &str, start: &str| {
        let booking = AddAdHocProcessBooking { time_zone_id: zone, ..ad_hoc(id, start) };
        client.bookings().add_ad_hoc_process(booking).into_future()
    };
    let nowhere = book(WindowsTimeZone::Other("Atlantis Standard Time".into()), "R-1", "2031-08-29T00:00:00Z");
    let nowhere = nowhere.await.unwrap_err();
    assert!(matches!(nowhere, Error::Api(Refused::TimeZoneNotFound)), "{nowhere:?}");
    // Nothing was booked; and what leads from IANA to Windows leads to a zone that is known.
    for (day, iana) in (1..).zip(["Europe/Paris", "Asia/Tokyo", "America/Chicago", "Etc/UTC", "Pacific/Tongatapu"]) {
        let zone = WindowsTimeZone::from_iana(iana).unwrap();
        book(zone, &format!("R-{day}"), &format!("2031-08-{day:02}T00:00:00Z")).await.unwrap();
    }
}

#[tokio::test]
async fn what_the_vendor_refuses_the_mock_refuses() {
    let mock = mock().await;
    let client = client(mock.address());
    let book = |id: &str, start: &str| client.bookings().add_ad_hoc_process(ad_hoc(id, start)).into_future();
    let past = book("R-2", "2001-01-01T00:00:00Z").await.unwrap_err();
    assert!(matches!(past, Error::Api(Refused::StartDateInPast)), "{past:?}");
    book("R-2", "2031-08-29T00:00:00Z").await.unwrap();
    let overlap = book("R-3", "2031-08-29T00:30:00Z").await.unwrap_err();
    assert!(matches!(overlap, Error::Api(Refused::Overlap)), "{overlap:?}");
    let number = book("R-4", "2031-08-30T00:00:00Z").await.unwrap().reservation_no.unwrap();
    let move_to = |start: &str| client.reservations().reschedule(number, "R-4".into(), time(start)).into_future();
    let past = move_to("2001-01-01T00:00:00Z").await.unwrap_err();
    assert!(matches!(past, Error::Api(RescheduleReservationError::StartDateInPast)), "{past:?}");
    let overlap = move_to("2031-08-29T00:30:00Z").await.unwrap_err();
    assert!(matches!(overlap, Error::Api(RescheduleReservationError::Overlap)), "{overlap:?}");
    move_to("2031-08-30T00:30:00Z").await.unwrap();
    let taken = book("R-2", "2031-09-29T00:00:00Z").await.unwrap_err();
    assert!(matches!(taken, Error::Api(Refused::ReservationIdExists)), "{taken:?}");
    let nobody = client.reservations().cancel("S-404".into()).exam_id("E").await.unwrap_err();
    assert!(matches!(nobody, Error::Api(CancelReservationError::StudentNotFound)), "{nobody:?}");
    let strange = client
        .reservations()
        .reschedule(ReservationNo(1), "R-2".into(), time("2032-01-01T00:00:00Z"))
        .await
        .unwrap_err();
    assert!(matches!(strange, Error::Api(RescheduleReservationError::NotForThisInstitution)), "{strange:?}");
}

#[tokio::test]
async fn long_lists_arrive_whole() {
    let api = codegen::load(&super::spec()).unwrap_or_else(|failure| panic!("{failure}"));
    let mock = codegen_mock::Mock::builder(api).synthesise("reservations", 5_000).start().await.unwrap();
    let client = client(mock.address());
    let all = client.reservations().list(student()).await.unwrap();
    assert_eq!(all.len(), 5_001);
    let cancelled = client.reservations().cancel(student()).reservation_no(all[4_000].reservation_no).await;
    assert_eq!(cancelled.unwrap().on_account.unwrap().as_str(), "25.00");
    let left = client.reservations().list(student()).status(ReservationStatus::Scheduled).await.unwrap();
    assert_eq!(left.len(), 5_000);
}

#[tokio::test]
async fn a_recorded_session_is_begun_and_over() {
    let mock = mock().await;
    let client = client(mock.address());
    let session = client.record_plus().create(super::record_plus()).await.unwrap();
    assert_eq!(value(&form(&last(&mock)), "time_sent"), None, "no source shows it here");
    assert!(session.url.is_some());
    client.record_plus().fulfill(session.reservation_uuid).await.unwrap();
    assert!(client.record_plus().fulfill("unknown".into()).await.is_err());
}

#[tokio::test]
async fn a_window_may_end_with_the_year_9999() {
    let mock = mock().await;
    let request = super::AddBlueBirdExamBooking { end_date: time("9999-12-31T23:59:00Z"), ..blue_bird() };
    client(mock.address()).bookings().add_blue_bird_exam(request).await.unwrap();
    let sent = form(&last(&mock));
    assert!(sent.iter().any(|(_, text)| text.starts_with("9999-12-31T23:59:00")), "{sent:?}");
}
