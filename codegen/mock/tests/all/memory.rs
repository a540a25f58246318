//! What the mock remembers, of two APIs that have nothing in common: resources within resources, and methods.

use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use codegen_mock::{Builder, Mock};
use serde_json::{Value, json};

use crate::caller::{Answer, NOW, exchange};

/// The mock of a spec of these tests, not started.
pub(crate) fn builder(name: &str) -> Builder {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/specs").join(name);
    let api = codegen::load(&spec).unwrap_or_else(|failure| panic!("{failure}"));
    Mock::builder(api).clock(|| UNIX_EPOCH + Duration::from_millis(NOW as u64))
}

pub(crate) async fn start(name: &str) -> Mock {
    builder(name).start().await.unwrap()
}

fn call(mock: &Mock, method: &str, path: &str, body: &Value) -> Answer {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let base = mock.address().split_once("//").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..])).unwrap_or("");
    let request = format!(
        "{method} {base}{path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    );
    Answer::parse(&exchange(mock.socket(), request.as_bytes()))
}

pub(crate) fn get(mock: &Mock, path: &str) -> (u16, Value) {
    call(mock, "GET", path, &Value::Null).both()
}

pub(crate) fn post(mock: &Mock, path: &str, body: Value) -> (u16, Value) {
    call(mock, "POST", path, &body).both()
}

mod courses {
    use super::*;

    #[tokio::test]
    async fn one_operation_changes_what_another_shows() {
        let mock = start("courses").await;
        let (status, made) = post(&mock, "/courses/2/documents", json!({"text": "Read this."}));
        assert_eq!(
            (status, &made),
            (200, &json!({"document": {"id": 1, "course_id": 2, "text": "Read this.", "size": 9}}))
        );
        assert_eq!(get(&mock, "/courses/2/documents").1["documents"], json!([made["document"]]));
        assert_eq!(get(&mock, "/courses/2/documents/1").1, made);
        assert_eq!(get(&mock, "/courses/1/documents"), (200, json!({"documents": []})));
        assert_eq!(get(&mock, "/courses/1/documents/1"), (404, json!("There is no Document 1")));
        assert_eq!(get(&mock, "/documents/1").1, made);
        assert_eq!(
            get(&mock, "/documents/7"),
            (404, json!("There is no Document 7")),
            "whatever the parameter is called"
        );
        assert_eq!(get(&mock, "/courses/2").1["course"]["status"], "open", "a document opens a course");
        assert_eq!(post(&mock, "/courses/9/documents", json!({"text": "x"})), (404, json!("There is no such course")));
        assert_eq!(get(&mock, "/courses/9/documents").0, 404);
    }

    #[tokio::test]
    async fn a_parameter_is_the_member_that_the_spec_says() {
        let mock = start("courses").await;
        for user in [7, 8] {
            assert_eq!(call(&mock, "PUT", "/courses/1/add_manager", &json!({"user_id": user})).status, 200);
        }
        let managers = || get(&mock, "/courses/1/managers").1["managers"].clone();
        assert_eq!(managers(), json!([{"course_id": 1, "user_id": 7}, {"course_id": 1, "user_id": 8}]));
        let remove = || call(&mock, "DELETE", "/courses/1/remove_manager?user_id=7", &Value::Null).status;
        assert_eq!((remove(), remove()), (200, 404));
        assert_eq!(managers(), json!([{"course_id": 1, "user_id": 8}]));
        let nowhere = call(&mock, "PUT", "/courses/9/add_manager", &json!({"user_id": 7}));
        assert_eq!(nowhere.both(), (404, json!("There is no such course")));
    }

    #[tokio::test]
    async fn what_is_there_may_have_to_belong_together_and_is_counted() {
        let mock = start("courses").await;
        let add = |course: u32, user: u32| {
            call(&mock, "PUT", &format!("/courses/{course}/add_manager"), &json!({"user_id": user})).both()
        };
        let manage = |course: u32, user: u32| get(&mock, &format!("/courses/{course}/managers/{user}"));
        assert_eq!(manage(1, 7), (404, json!("the person 7 does not manage it")));
        assert_eq!((add(1, 7).0, add(1, 8).0, add(2, 7).0), (200, 200, 200));
        assert_eq!(add(1, 7), (409, json!("the person 7 manages it")));
        assert_eq!(manage(1, 7), (200, json!({"tally": {"id": 1, "others": 1}})));
        assert_eq!(manage(2, 7), (200, json!({"tally": {"id": 2, "others": 0}})));
        assert_eq!(manage(2, 8), (404, json!("the person 8 does not manage it")), "but another course");
        assert_eq!(
            get(&mock, "/courses/1/documents").1["documents"][0]["text"],
            "7 was here",
            "what is shown does more"
        );
        assert_eq!(call(&mock, "DELETE", "/courses/1/remove_manager?user_id=8", &Value::Null).status, 200);
        assert_eq!(manage(1, 7), (200, json!({"tally": {"id": 1, "others": 0}})));
        assert_eq!(get(&mock, "/courses/1/documents").1["documents"].as_array().unwrap().len(), 1);
    }

    #[tokio::test]
    async fn values_can_be_made() {
        let mock = start("courses").await;
        let made = post(&mock, "/courses", json!({"name": "Chemistry", "owner": 5})).1["course"].clone();
        assert_eq!((&made["id"], &made["status"]), (&json!(3), &json!("draft")));
        assert_eq!(made["created_at"], "2023-11-14T22:13:20.000+00:00");
        assert_eq!(made["token"].as_str().unwrap().len(), 16);
        assert_eq!(get(&mock, "/courses/3").1["course"], made);
        assert_eq!(get(&mock, "/courses/3/managers").1, json!({"managers": [{"course_id": 3, "user_id": 5}]}));
        assert_eq!(post(&mock, "/courses", json!({"name": "Chemistry"})), (422, json!({"name": ["is taken"]})));

        let again = async |seed| {
            let mock = builder("courses").seed(seed).start().await.unwrap();
            post(&mock, "/courses", json!({"name": "Chemistry", "owner": 5})).1["course"].clone()
        };
        assert_eq!(again(0).await, made, "the same in every run");
        assert_ne!(again(1).await["token"], made["token"]);
    }

    #[tokio::test]
    async fn what_belongs_to_an_object_goes_with_it() {
        let mock = start("courses").await;
        for course in [1, 1, 2] {
            post(&mock, &format!("/courses/{course}/documents"), json!({"text": "x"}));
        }
        call(&mock, "PUT", "/courses/1/add_manager", &json!({"user_id": 7}));
        assert_eq!(call(&mock, "DELETE", "/courses/1", &Value::Null).status, 200);
        assert_eq!(call(&mock, "DELETE", "/courses/1", &Value::Null).both(), (404, json!("There is no Course 1")));
        assert_eq!(get(&mock, "/courses/1/documents/1").0, 404);
        assert_eq!(get(&mock, "/courses/1/managers").1, json!({"managers": []}));
        assert_eq!(get(&mock, "/courses/2/documents/3").0, 200);
    }

    #[tokio::test]
    async fn a_state_guards_itself() {
        let mock = start("courses").await;
        let close = || post(&mock, "/courses/1/close", json!({}));
        assert_eq!(close().1["course"]["status"], "closed");
        assert_eq!(close(), (409, json!("The course is closed")));
        let ids = |path: &str| -> Vec<Value> {
            let (_, list) = get(&mock, path);
            list["courses"].as_array().unwrap().iter().map(|course| course["id"].clone()).collect()
        };
        assert_eq!(ids("/courses?status=closed"), [json!(1)]);
        assert_eq!(ids("/courses?status=open"), Vec::<Value>::new());
        assert_eq!(ids("/courses"), [json!(1), json!(2)]);
    }

    #[tokio::test]
    async fn what_is_put_is_changed_or_made() {
        let mock = start("courses").await;
        let put = |id: i64, name: &str| {
            let answer = call(&mock, "PUT", &format!("/courses/{id}"), &json!({"name": name}));
            answer.json()["course"].clone()
        };
        assert_eq!(put(1, "Arithmetic")["status"], "open");
        assert_eq!((&put(40, "Drawing")["id"], &put(40, "Dance")["name"]), (&json!(40), &json!("Dance")));
        assert_eq!(post(&mock, "/courses", json!({"name": "Economy"})).1["course"]["id"], 41);
    }
}

mod bookings {
    use super::*;

    fn at(hour: u32) -> String {
        format!("2024-01-01T{hour:02}:00:00Z")
    }

    fn add(mock: &Mock, student: &str, reference: &str, start: &str) -> (u16, Value) {
        let body = json!({"student_id": student, "reference": reference, "start": start, "duration": 60});
        post(mock, "/addBooking", body)
    }

    fn list(mock: &Mock, body: Value) -> Vec<Value> {
        post(mock, "/listBookings", body).1["data"].as_array().unwrap().clone()
    }

    #[tokio::test]
    async fn a_booking_lives_from_method_to_method() {
        let mock = start("bookings").await;
        let added = add(&mock, "S1", "A", &at(9));
        let url = "https://start.example/1";
        assert_eq!(added, (200, json!({"data": {"reference": "A", "number": 1, "url": url, "balance": 0}})));
        let mine = json!({"student_id": "S1"});
        let booked = json!({"reference": "A", "number": 1, "start": at(9), "status": "booked", "minutes": 60});
        assert_eq!(list(&mock, mine.clone()), [booked]);
        assert_eq!(list(&mock, json!({"student_id": "S2"})), Vec::<Value>::new());

        let moved = post(&mock, "/moveBooking", json!({"number": 1, "reference": "A", "start": at(11)}));
        assert_eq!((moved.0, &moved.1["data"]["number"]), (200, &json!(2)));
        assert_eq!(list(&mock, mine.clone())[0]["start"], at(11));

        let remove = || post(&mock, "/removeBooking", json!({"student_id": "S1", "number": 2}));
        assert_eq!(remove().0, 200);
        assert_eq!(list(&mock, mine.clone())[0]["status"], "cancelled");
        assert_eq!(list(&mock, json!({"student_id": "S1", "status": "booked"})), Vec::<Value>::new());
        let cancelled = (422, json!("Booking cancelled"));
        assert_eq!(remove(), cancelled);
        let moved = post(&mock, "/moveBooking", json!({"number": 2, "reference": "A", "start": at(12)}));
        assert_eq!(moved, cancelled);
        assert_eq!(list(&mock, mine)[0]["start"], at(11), "what is refused has no effect");
    }

    #[tokio::test]
    async fn a_broken_rule_is_the_error_that_the_spec_names() {
        let mock = start("bookings").await;
        let refused = |message: &str| (422, json!(message));
        assert_eq!(add(&mock, "S9", "A", &at(9)), refused("Student not found"));
        assert_eq!(add(&mock, "S1", "A", "2023-11-14T22:13:19Z"), refused("Start is in the past"));
        assert_eq!(add(&mock, "S1", "A", "2023-11-14T23:13:20+01:00").0, 200, "now is not in the past");
        assert_eq!(add(&mock, "S1", "A", &at(9)), refused("Reference A is taken"));
        assert_eq!(post(&mock, "/listBookings", json!({"student_id": "S9"})), refused("Student not found"));
        let move_to = |number: i64, start: &str| {
            post(&mock, "/moveBooking", json!({"number": number, "reference": "A", "start": start}))
        };
        assert_eq!(move_to(9, &at(9)), refused("Booking not found"));
        assert_eq!(move_to(1, "2020-01-01T00:00:00Z"), refused("Start is in the past"));
        let begin = || post(&mock, "/beginBooking", json!({"student_id": "S1", "reference": "A"}));
        assert_eq!(begin(), (200, json!({"data": {"url": "https://start.example/1"}})));
        assert_eq!(move_to(1, &at(9)).0, 200);
        assert_eq!(begin(), refused("Booking is in the future"));
    }

    #[tokio::test]
    async fn stretches_of_time_do_not_overlap() {
        let mock = start("bookings").await;
        let overlap = (422, json!("Bookings overlap"));
        assert_eq!(add(&mock, "S1", "A", &at(9)).0, 200);
        assert_eq!(add(&mock, "S1", "B", "2024-01-01T09:59:00Z"), overlap);
        assert_eq!(add(&mock, "S1", "B", "2024-01-01T08:01:00Z"), overlap);
        assert_eq!(add(&mock, "S1", "B", "2024-01-01T10:30:00+01:00"), overlap);
        assert_eq!(add(&mock, "S2", "B", &at(9)).0, 200, "another student");
        assert_eq!(add(&mock, "S1", "C", &at(10)).0, 200, "one after the other");
        let shift = |start: &str| post(&mock, "/moveBooking", json!({"number": 1, "reference": "A", "start": start}));
        assert_eq!(shift("2024-01-01T09:30:00Z"), overlap, "the next one");
        assert_eq!(shift("2024-01-01T08:30:00Z").0, 200, "only itself");
        post(&mock, "/removeBooking", json!({"student_id": "S1", "number": 3}));
        assert_eq!(add(&mock, "S1", "D", &at(10)).0, 200, "a cancelled one takes no time");
    }

    #[tokio::test]
    async fn what_is_put_can_be_referred_to() {
        let mock = start("bookings").await;
        for _ in 0..2 {
            assert_eq!(post(&mock, "/editStudent", json!({"student_id": "S3"})).0, 200);
        }
        assert_eq!(add(&mock, "S3", "A", &at(9)).0, 200);
    }

    #[tokio::test]
    async fn lists_can_be_long() {
        let mock = builder("bookings").synthesise("bookings", 20_000).start().await.unwrap();
        let all = list(&mock, json!({"student_id": "S2"}));
        assert_eq!((all.len(), &all[19_999]["reference"]), (20_000, &json!("R-20000")));
        assert_eq!(add(&mock, "S1", "R-777", &at(9)), (422, json!("Reference R-777 is taken")));
        assert_eq!(add(&mock, "S2", "A", "2030-01-01T00:30:00Z"), (422, json!("Bookings overlap")));
        assert_eq!(add(&mock, "S2", "A", &at(9)).1["data"]["number"], 20_001);
        let moved = post(&mock, "/moveBooking", json!({"number": 777, "reference": "R-777", "start": at(11)}));
        assert_eq!(moved.1["data"]["number"], 20_002);
        let all = list(&mock, json!({"student_id": "S2"}));
        assert_eq!((all.len(), &all[776]["number"], &all[776]["start"]), (20_001, &json!(20_002), &json!(at(11))));
    }

    #[tokio::test]
    async fn one_speaks_for_all_that_are_alike_but_not_for_itself() {
        let mock = builder("bookings").synthesise("bookings", 3).start().await.unwrap();
        let at = |text: &str| format!("2030-01-01T{text}:00Z");
        let move_first =
            |start: &str| post(&mock, "/moveBooking", json!({"number": 1, "reference": "R-1", "start": at(start)}));
        let overlap = (422, json!("Bookings overlap"));
        assert_eq!(move_first("00:30"), overlap, "the second takes that time");
        for number in [2, 3] {
            assert_eq!(post(&mock, "/removeBooking", json!({"student_id": "S2", "number": number})).0, 200);
        }
        assert_eq!(add(&mock, "S2", "A", &at("00:30")), overlap, "the first takes that time");
        assert_eq!(move_first("00:30").0, 200, "nobody else does");
        assert_eq!(add(&mock, "S2", "A", &at("00:00")), overlap, "it does now");
    }

    #[tokio::test]
    async fn their_number_costs_no_time() {
        let mock = builder("bookings").synthesise("bookings", u64::MAX).start().await.unwrap();
        let start = "2030-01-01T00:30:00Z";
        let moved = post(&mock, "/moveBooking", json!({"number": 1, "reference": "R-1", "start": start}));
        assert_eq!(moved, (422, json!("Bookings overlap")));
    }

    #[tokio::test]
    async fn only_what_can_be_synthesised_is() {
        for name in ["students", "nothing"] {
            let error = builder("bookings").synthesise(name, 1).start().await.unwrap_err();
            assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput, "{name}");
        }
    }
}

mod slots {
    use super::*;

    fn add(mock: &Mock, room: &str, from: i64, to: i64) -> u16 {
        post(mock, "/slots", json!({"room": room, "from": from.to_string(), "to": to.to_string()})).0
    }

    #[tokio::test]
    async fn each_takes_a_time_of_its_own() {
        let mock = builder("slots").synthesise("slots", 1000).start().await.unwrap();
        for (from, to, status) in [
            (500_100, 500_200, 422),
            (777_400, 777_600, 422),
            (777_500, 778_000, 200),
            (777_900, 777_950, 422),
            (1_000_499, 1_000_600, 422),
            (1_000_500, 1_000_600, 200),
        ] {
            assert_eq!(add(&mock, "A", from, to), status, "{from}");
        }
        assert_eq!(add(&mock, "B", 500_100, 500_200), 200, "another room");
    }

    #[tokio::test]
    async fn more_than_can_be_compared_are_refused() {
        for (name, why) in [
            ("slots", "the times of `slots` differ, and there are too many to compare them one by one"),
            ("owners", "of `owners` there are too many to compare them one by one"),
            ("guests", "of `guests` there are too many to compare them one by one"),
        ] {
            let error = builder("slots").synthesise(name, 1_000_001).start().await.unwrap_err();
            assert_eq!((error.kind(), error.to_string().as_str()), (std::io::ErrorKind::InvalidInput, why));
            builder("slots").synthesise(name, 1_000_000).start().await.unwrap();
        }
    }

    #[tokio::test]
    async fn names_are_found_and_counted_one_by_one() {
        let mock = builder("slots").synthesise("owners", 1000).synthesise("guests", 1000);
        let mock = mock.synthesise("slots", 1).start().await.unwrap();
        for (name, status) in
            [("Owner1000%C3%89", 200), ("oWNER1000%C3%89", 200), ("Owner1000%C3%A9", 404), ("Owner1001%C3%89", 404)]
        {
            assert_eq!(get(&mock, &format!("/slots?name={name}")).0, status, "{name}");
        }
        assert_eq!(get(&mock, "/slots/1/others?name=guest7"), (200, json!({"guests": 999})));
    }
}
