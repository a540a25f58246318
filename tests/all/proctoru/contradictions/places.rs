//! Every number stands in the spec, at every place that it concerns, and is tested; and what is only guessed is said
//! and not enforced.

use codegen::ir::Constraint;

use crate::contradictions::{Places, are_recorded, are_tested};

/// How many contradictions are known.
const KNOWN: u32 = 31;

/// Where each is recorded.
const PLACES: &Places = &[
    (1, &["bookings.add_ad_hoc_process"]),
    (2, &["encoding"]),
    (3, &["envelope"]),
    (4, &["other"]),
    (5, &["Flag", "bookings.add_ad_hoc_process(active)"]),
    (
        6,
        &[
            "Booking.balance",
            "Credit.onaccount",
            "Money",
            "ReservationId",
            "ReservationNo",
            "Slot.fee",
            "bookings.add_ad_hoc_process(duration)",
            "bookings.add_ad_hoc_process(phone1)",
            "bookings.add_ad_hoc_process(zipcode)",
            "bookings.add_blue_bird_exam(duration)",
            "exams.edit(duration)",
            "users.edit(zipcode)",
        ],
    ),
    (7, &["envelope"]),
    (8, &["Launch.url"]),
    (9, &["Begun.reservations"]),
    (10, &["SignIn.url"]),
    (11, &["TermExam.text"]),
    (
        12,
        &[
            "encoding",
            "reservations.list",
            "schedules.list_exams",
            "schedules.list_slots",
            "schedules.list_terms",
            "schedules.list_time_zones",
            "users.profile",
        ],
    ),
    (13, &["reservations.cancel(reservation_no)"]),
    (
        14,
        &[
            "Booking.reservation_no",
            "CenterSlot",
            "bookings.add_ad_hoc_process(courseno)",
            "bookings.add_ad_hoc_process(exam_password)",
            "bookings.add_ad_hoc_process(takeitnow)",
            "bookings.add_blue_bird_exam(active_date)",
            "bookings.add_blue_bird_exam(course_no)",
            "bookings.add_blue_bird_exam(instructor)",
            "exams.edit(courseno)",
            "exams.edit(password)",
            "exams.edit(take_it_now)",
            "record_plus.create(address1)",
        ],
    ),
    (
        15,
        &[
            "bookings.add_ad_hoc_process(other_resources)",
            "bookings.add_blue_bird_exam(other_resources)",
            "exams.edit(other_resources)",
        ],
    ),
    (
        16,
        &[
            "bookings.add_ad_hoc_process(instructors)",
            "bookings.add_ad_hoc_process(whitelist_urls)",
            "exams.edit(instructors)",
            "exams.edit(whitelist_urls)",
        ],
    ),
    (17, &["StudentId"]),
    (
        18,
        &[
            "ReservationId",
            "bookings.add_ad_hoc_process(reservation_no)",
            "bookings.add_process(reservation_no)",
            "reservations.reschedule(reservation_id)",
        ],
    ),
    (19, &["WindowsTimeZone", "bookings.add_blue_bird_exam(time_zone_id)"]),
    (20, &["time_sent"]),
    (21, &["Timestamp", "time_sent"]),
    (22, &["api_key"]),
    (23, &["bookings.add_ad_hoc_process(address1)", "users.edit(address1)"]),
    (24, &["users.email_exists"]),
    (25, &["exams.list(all)", "exams.list_terms(all)"]),
    (26, &["bookings.add_ad_hoc_process(takeitnow)"]),
    (27, &["Slot.local_start_date"]),
    (28, &["webhooks"]),
    (29, &["webhooks"]),
    (30, &["test", "test_centers.cancel_appointment", "test_centers.list_time_slots"]),
    (31, &["envelope"]),
];

#[test]
fn every_contradiction_is_recorded_where_it_concerns_the_api() {
    are_recorded(&super::super::spec(), KNOWN, PLACES);
}

#[test]
fn every_contradiction_has_a_test_of_its_number() {
    are_tested(KNOWN, &[include_str!("answers.rs"), include_str!("sent.rs")]);
}

/// Where one client cuts values off: the only trace of a longest length there is.
const CUT_OFF: &[(&str, &[(&str, u32)])] = &[
    (
        "users.edit",
        &[
            ("student_id", 50),
            ("first_name", 50),
            ("last_name", 50),
            ("email", 50),
            ("address1", 100),
            ("address2", 100),
            ("city", 50),
            ("state", 50),
            ("country", 2),
            ("phone1", 15),
            ("phone2", 15),
            ("phone3", 15),
            ("time_zone_id", 60),
        ],
    ),
    (
        "bookings.add_ad_hoc_process",
        &[
            ("student_id", 50),
            ("first_name", 50),
            ("last_name", 50),
            ("address1", 100),
            ("city", 50),
            ("state", 50),
            ("country", 2),
            ("phone1", 15),
            ("email", 50),
            ("time_zone_id", 60),
            ("description", 255),
            ("reservation_id", 50),
        ],
    ),
];

#[test]
fn lengths_that_are_guessed_are_said_and_not_enforced() {
    let api = codegen::load(&super::super::spec()).unwrap();
    let mut said = 0;
    for (resource, operation) in api.operations() {
        let id = format!("{}.{}", resource.name.wire, operation.name.wire);
        let known = CUT_OFF.iter().find(|(operation, _)| *operation == id).map_or(&[][..], |(_, lengths)| lengths);
        for parameter in &operation.parameters {
            let of_type = api.rules_of(&parameter.ty).flat_map(|rules| &rules.constraints);
            let mut constraints = parameter.rules.constraints.iter().chain(of_type);
            let limit = constraints.find(|it| matches!(it.value, Constraint::MaxLength(_) | Constraint::MaxBytes(_)));
            assert!(limit.is_none(), "{id}: nobody knows how long `{}` may be", parameter.name.wire);
            let length = known.iter().find(|(name, _)| *name == parameter.name.wire);
            let says =
                |length: u32| parameter.doc.notes.iter().any(|note| note.contains(&format!(" {length} characters")));
            if let Some((_, length)) = length {
                assert!(says(*length), "{id}: `{}` may be {length} long", parameter.name.wire);
                said += 1;
            }
        }
    }
    assert_eq!(said, CUT_OFF.iter().map(|(_, lengths)| lengths.len()).sum::<usize>());
}
