//! Each method's call, made of the values of an example as an application would make it.

use client_runtime::rt;
use generated_client::proctoru::{
    AddAdHocProcessBooking, AddBlueBirdExamBooking, AddProcessBooking, AnyError, Call, CancelAppointmentTestCenter,
    CenterSlot, CenterSlotNeeds, CenterUser, CenterUserNeeds, Client, CreateAppointmentTestCenter,
    CreateRecordPlusSession, EditExam, EditInstitutionalUser, EditUser, ErrorCode, InstitutionRole,
    ListDeliveryWindowsTestCenters, ListLocationsTestCenter, ListSlotsSchedules, ListTimeSlotsTestCenter, Prepared,
};

use super::arguments::Arguments;

fn prepared<O>(call: Call<O>) -> Result<Prepared, AnyError>
where
    O: rt::Operation<Error: rt::OperationError<Code = ErrorCode>>,
{
    Ok(call.prepare()?)
}

/// Makes the call of a method, validates it, and gives it unsent.
pub(super) fn make(method: &str, a: &mut Arguments, client: &Client) -> Result<Prepared, AnyError> {
    match method {
        "addProcess" | "addAdHocProcess" | "addBlueBirdExam" => booking(method, a, client),
        "editStudent" | "editInstitutionalUser" | "editTermExam" | "exams.add_record_plus_exams" => {
            edited(method, a, client)
        }
        _ if method.starts_with("v2.") => test_center(method, a, client),
        _ => other(method, a, client),
    }
}

fn booking(method: &str, a: &mut Arguments, client: &Client) -> Result<Prepared, AnyError> {
    let bookings = client.bookings();
    match method {
        "addProcess" => {
            let mut call = bookings.add_process(AddProcessBooking {
                student_id: a.id("student_id"),
                exam_id: a.id("exam_id"),
                start_date: a.time("start_date").unwrap(),
                reservation_id: a.id("reservation_id"),
            });
            set!(a, call, flag: take_it_now = "takeitnow");
            set!(a, call, reservation: reservation_no);
            set!(a, call, text: comments, url_return);
            prepared(call)
        }
        "addAdHocProcess" => {
            let mut call = bookings.add_ad_hoc_process(AddAdHocProcessBooking {
                student_id: a.id("student_id"),
                first_name: a.must("first_name"),
                last_name: a.must("last_name"),
                email: a.must("email"),
                country: a.must("country"),
                phone1: a.must("phone1"),
                time_zone_id: a.zone("time_zone_id").unwrap(),
                description: a.must("description"),
                duration: a.number("duration").unwrap(),
                start_date: a.time("start_date").unwrap(),
                reservation_id: a.id("reservation_id"),
            });
            set!(a, call, text: address1, city, state, zipcode, notes, exam_url, exam_password, user_password,
                course_no = "courseno", course_id, url_return);
            set!(a, call, id: department_id);
            set!(a, call, flag: take_it_now = "takeitnow", notify, update, active);
            set!(a, call, reservation: reservation_no);
            set!(a, call, preset: preset);
            prepared(call)
        }
        _ => {
            let mut call = bookings.add_blue_bird_exam(AddBlueBirdExamBooking {
                student_id: a.id("student_id"),
                first_name: a.must("first_name"),
                last_name: a.must("last_name"),
                email: a.must("email"),
                time_zone_id: a.zone("time_zone_id").unwrap(),
                exam_id: a.id("exam_id"),
                description: a.must("description"),
                duration: a.number("duration").unwrap(),
                start_date: a.time("active_date").unwrap(),
                end_date: a.time("end_date").unwrap(),
            });
            set!(a, call, id: user_id);
            set!(a, call, text: user_password, exam_url, exam_password, exam_name, country, course_no, course_id,
                instructor, address1, city, state, zipcode, phone1);
            set!(a, call, flag: notify);
            prepared(call)
        }
    }
}

fn edited(method: &str, a: &mut Arguments, client: &Client) -> Result<Prepared, AnyError> {
    match method {
        "editStudent" => {
            let mut call = client.users().edit(EditUser {
                student_id: a.id("student_id"),
                first_name: a.must("first_name"),
                last_name: a.must("last_name"),
                country: a.must("country"),
                phone1: a.must("phone1"),
                time_zone_id: a.zone("time_zone_id").unwrap(),
            });
            set!(a, call, id: user_id);
            set!(a, call, text: email, address1, city, state, zipcode, user_password);
            prepared(call)
        }
        "editInstitutionalUser" => {
            let mut call = client.users().edit_institutional(EditInstitutionalUser {
                first_name: a.must("first_name"),
                last_name: a.must("last_name"),
                address1: a.must("address1"),
                city: a.must("city"),
                state: a.must("state"),
                country: a.must("country"),
                zipcode: a.must("zipcode"),
                phone1: a.must("phone1"),
                email: a.must("email"),
                time_zone_id: a.zone("time_zone_id").unwrap(),
                role: match a.must::<String>("role").as_str() {
                    "instructor" => InstitutionRole::Instructor,
                    other => panic!("{other}"),
                },
            });
            set!(a, call, text: user_password);
            prepared(call)
        }
        "editTermExam" => {
            let mut call = client.exams().edit(EditExam {
                term_id: a.id("term_id"),
                term_name: a.must("term_name"),
                exam_id: a.id("exam_id"),
                description: a.must("description"),
                duration: a.number("duration").unwrap(),
            });
            set!(a, call, id: exam_no, department_id);
            set!(a, call, text: exam_url, exam_password = "password", course_no = "courseno");
            if let Some(name) = a.text("instructor") {
                #[expect(deprecated, reason = "examples still have it")]
                let named = call.instructor(name);
                call = named;
            }
            set!(a, call, time: start_date, end_date);
            set!(a, call, flag: active, take_it_now);
            set!(a, call, number: max_attempts = "max_attempt");
            set!(a, call, instructors: instructors);
            set!(a, call, addresses: whitelist_urls);
            prepared(call)
        }
        _ => {
            let mut call = client.record_plus().create(CreateRecordPlusSession {
                student_id: a.id("student_id"),
                first_name: a.must("first_name"),
                last_name: a.must("last_name"),
                email: a.must("email"),
                country: a.must("country"),
                phone1: a.must("phone1"),
                time_zone_id: a.zone("time_zone_id").unwrap(),
                description: a.must("description"),
                exam_id: a.id("exam_id"),
                exam_url: a.must("exam_url"),
                duration: a.number("duration").unwrap(),
            });
            set!(a, call, id: user_id);
            set!(a, call, text: address1, city, state, zipcode, user_password, exam_password);
            set!(a, call, preset: preset);
            prepared(call)
        }
    }
}

fn test_center(method: &str, a: &mut Arguments, client: &Client) -> Result<Prepared, AnyError> {
    let centers = client.test_centers();
    match method {
        "v2.create_appointment" => {
            let (mut slot, mut user) = (a.within("time_slot"), a.within("user"));
            let mut call = centers.create_appointment(CreateAppointmentTestCenter {
                institution_uuid: a.id("institution_uuid"),
                exam_uuid: a.id("exam_uuid"),
                time_slot: CenterSlot::new(CenterSlotNeeds {
                    vendor_uuid: slot.id("vendor_uuid"),
                    vendor_time_slot_id: slot.must("vendor_time_slot_id"),
                    test_center_location_id: slot.must("test_center_location_id"),
                    start_time: slot.time("start_time").unwrap(),
                    end_time: slot.time("end_time").unwrap(),
                    delivery_window_uuid: slot.id("delivery_window_uuid"),
                }),
                user: CenterUser::new(CenterUserNeeds {
                    email: user.must("email"),
                    external_id: user.id("external_id"),
                    first_name: user.must("first_name"),
                    last_name: user.must("last_name"),
                    timezone: user.must("timezone"),
                    country: user.must("country"),
                    phone_mobile: user.must("phone_mobile"),
                }),
            });
            slot.done();
            user.done();
            set!(a, call, text: start_url);
            prepared(call)
        }
        "v2.delete_appointment" => prepared(centers.cancel_appointment(CancelAppointmentTestCenter {
            institution_uuid: a.id("institution_uuid"),
            exam_uuid: a.id("exam_uuid"),
            appointment_uuid: a.id("appointment_uuid"),
        })),
        "v2.delivery_windows" => prepared(centers.list_delivery_windows(ListDeliveryWindowsTestCenters {
            exam_uuid: a.id("exam_uuid"),
            institution_uuid: a.id("institution_uuid"),
        })),
        "v2.exams" => {
            let mut call = centers.list_exams(a.id("institution_uuid"));
            set!(a, call, modality: modality);
            set!(a, call, flag: active);
            prepared(call)
        }
        "v2.test_center_locations" => {
            let mut call = centers.list_locations(ListLocationsTestCenter {
                exam_uuid: a.id("exam_uuid"),
                delivery_window_uuid: a.id("delivery_window_uuid"),
            });
            set!(a, call, text: search);
            prepared(call)
        }
        "v2.time_slots" => prepared(centers.list_time_slots(ListTimeSlotsTestCenter {
            vendor_uuid: a.id("vendor_uuid"),
            test_center_location_id: a.must("tc_location_id"),
            exam_uuid: a.id("exam_uuid"),
            delivery_window_uuid: a.id("delivery_window_uuid"),
            start_time: a.time("start_time").unwrap(),
            end_time: a.time("end_time").unwrap(),
        })),
        "v2.whoami" => prepared(centers.whoami()),
        _ => panic!("nobody makes {method}"),
    }
}

/// Sets the interval of a report, and whose it is.
macro_rules! report {
    ($a:ident, $call:expr) => {{
        let mut call = $call;
        set!($a, call, id: student_id);
        set!($a, call, time: start_date, end_date);
        prepared(call)
    }};
}

fn other(method: &str, a: &mut Arguments, client: &Client) -> Result<Prepared, AnyError> {
    let (users, exams, schedules) = (client.users(), client.exams(), client.schedules());
    let (reservations, reports) = (client.reservations(), client.reports());
    match method {
        "accommodations" => prepared(client.accommodations().list()),
        "agreeToTOS" => prepared(users.accept_terms(a.id("student_id"))),
        "autoLogin" => {
            let mut call = users.auto_login(a.id("student_id"), a.must("email"));
            set!(a, call, text: first_name, last_name, url_return);
            set!(a, call, zone: time_zone_id);
            set!(a, call, flag: update);
            prepared(call)
        }
        "beginReservation" => {
            let mut call = reservations.begin(a.id("student_id"), a.id("reservation_id"));
            set!(a, call, reservation: reservation_no);
            prepared(call)
        }
        "bluebirdclientActivityReport" => report!(a, reports.list_blue_bird_activity()),
        "clientActivityReport" => report!(a, reports.list_activity()),
        "pendingExamReport" => report!(a, reports.list_pending_exams()),
        "exams.add_record_plus_exams.fulfill" => prepared(client.record_plus().fulfill(a.id("reservation_uuid"))),
        "getEmailExist" => prepared(users.email_exists(a.must("email"))),
        "getInstitutionDepartmentList" => prepared(exams.list_departments()),
        "getInstitutionExamList" => {
            let mut call = exams.list();
            set!(a, call, id: term_id);
            set!(a, call, flag: all);
            prepared(call)
        }
        "getInstitutionTermList" => {
            let mut call = exams.list_terms();
            set!(a, call, flag: all);
            prepared(call)
        }
        "getIsReservationAuthenticated" => {
            prepared(reservations.is_authenticated(a.reservation("reservation_no").unwrap()))
        }
        "getScheduleInfoAvailableTimesList" => {
            let mut call = schedules.list_slots(ListSlotsSchedules {
                time_zone_id: a.zone("time_zone_id").unwrap(),
                start_date: a.time("start_date").unwrap(),
                take_it_now: a.flag("takeitnow").unwrap(),
                duration: a.number("duration").unwrap(),
            });
            set!(a, call, id: student_id, exam_id);
            set!(a, call, flag: is_ad_hoc = "isadhoc");
            prepared(call)
        }
        "getScheduleInfoExamList" => prepared(schedules.list_exams(a.id("student_id"), a.id("term_id"))),
        "getScheduleInfoTermList" => prepared(schedules.list_terms(a.id("student_id"))),
        "getStudentImage" => prepared(users.image(a.id("student_Id"))),
        "getStudentProfile" => prepared(users.profile(a.id("student_id"))),
        "getStudentReservationList" => {
            let mut call = reservations.list(a.id("student_id"));
            set!(a, call, status: status);
            prepared(call)
        }
        "getTOS" => prepared(users.terms(a.id("student_id"))),
        "getTimeZoneList" => prepared(schedules.list_time_zones()),
        "moveReservation" => {
            let (number, id) = (a.reservation("reservation_no").unwrap(), a.id("reservation_id"));
            let mut call = reservations.reschedule(number, id, a.time("start_date").unwrap());
            set!(a, call, text: url_return);
            set!(a, call, flag: notify);
            prepared(call)
        }
        "removeReservation" => {
            let mut call = reservations.cancel(a.id("student_id"));
            set!(a, call, reservation: reservation_no);
            set!(a, call, id: exam_id);
            set!(a, call, text: explanation);
            prepared(call)
        }
        "smarter_services.oauth_token" => prepared(users.oauth_token()),
        _ => panic!("nobody makes {method}"),
    }
}
