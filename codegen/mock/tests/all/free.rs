//! Lists of times, of which those are left out that are past or taken; and values that are made of other objects.

use codegen_mock::Mock;
use serde_json::{Value, json};

use crate::memory::{builder, get, post, start};

/// The hours that are free, or the message why there are none.
fn free(mock: &Mock, query: &str) -> Value {
    free_of(mock, "hours", query)
}

fn free_of(mock: &Mock, list: &str, query: &str) -> Value {
    let (_, answer) = get(mock, &format!("/{list}?{query}"));
    let Some(hours) = answer.as_array() else { return answer };
    hours.iter().map(|hour| Value::from(&hour["start"].as_str().unwrap()[11..13])).collect()
}

#[tokio::test]
async fn the_objects_of_a_list_hold_what_the_call_says_for_that_answer_only() {
    let mock = start("rooms").await;
    let (_, hours) = get(&mock, "/hours?day=2031-02-03&room=A");
    let first = json!({"start": "2031-02-03T08:00:00Z", "room": "A", "day": "03.02.2031"});
    assert_eq!((&hours[0], hours.as_array().unwrap().len()), (&first, 3));
    let (_, hours) = get(&mock, "/hours?day=2031-02-04&room=B");
    assert_eq!(hours[0], json!({"start": "2031-02-04T08:00:00Z", "room": "B", "day": "04.02.2031"}));
    assert_eq!(get(&mock, "/hours?day=2031-02-03&room=C"), (404, json!("No such room")));
}

#[tokio::test]
async fn what_is_past_or_taken_is_not_free() {
    let mock = start("rooms").await;
    assert_eq!(free(&mock, "day=2031-02-03&room=A"), json!(["08", "09", "10"]));
    let stay = json!({"room": "A", "start": "2031-02-03T09:30:00Z"});
    assert_eq!(post(&mock, "/stays", stay).0, 200);
    assert_eq!(free(&mock, "day=2031-02-03&room=A"), json!(["08"]), "until 10:30");
    assert_eq!(free(&mock, "day=2031-02-03&room=A&number=1"), json!(["08", "09", "10"]), "but for that one");
    assert_eq!(free(&mock, "day=2031-02-03&room=A&number=2"), json!(["08"]));
    assert_eq!(free(&mock, "day=2031-02-03&room=B"), json!(["08", "09", "10"]), "another room");
    assert_eq!(free(&mock, "day=2031-02-04&room=A"), json!(["08", "09", "10"]), "another day");
    let stay = json!({"room": "A", "start": "2031-02-03T08:59:59Z"});
    assert_eq!(post(&mock, "/stays", stay).0, 200);
    assert_eq!(get(&mock, "/hours?day=2031-02-03&room=A"), (404, json!("Nothing is free")));
    // It is ten in the evening of the fourteenth of November 2023.
    assert_eq!(get(&mock, "/hours?day=2023-11-14&room=A"), (404, json!("Nothing is free")));
    assert_eq!(free(&mock, "day=2023-11-15&room=A"), json!(["08", "09", "10"]));
}

#[tokio::test]
async fn values_are_made_of_what_was_found_and_of_what_is_within_a_parameter() {
    let mock = start("rooms").await;
    let stay = json!({"room": "B", "start": "2031-02-03T09:30:00Z", "number": 77, "guest": {"name": "Ada"}});
    let (_, made) = post(&mock, "/stays", stay);
    let expected = json!({
        "number": 1, "room": "B", "title": "Basement, 09:30", "start": "2031-02-03T09:30:00Z", "minutes": 120,
        "name": "Ada",
    });
    assert_eq!(made, expected);
    let (_, notes) = get(&mock, "/notes");
    assert_eq!((&notes[0]["number"], &notes[0]["asked"]), (&json!(1), &json!(77)), "the object's own, and the call's");
    assert_eq!(get(&mock, "/is_there?number=1"), (200, json!("Basement, 09:30")), "the whole answer");
    // What is not given, or is of another shape, is nothing.
    let (_, made) = post(&mock, "/stays", json!({"room": "B", "start": "2031-02-03T12:00:00Z"}));
    assert_eq!(made.get("name"), None);
}

#[tokio::test]
async fn two_speak_for_any_number_that_take_the_same_time() {
    let without_visits = |mock: &Mock, query: &str| free_of(mock, "hours_without_visits", query);
    let one = builder("rooms").synthesise("visits", 1).start().await.unwrap();
    assert_eq!(without_visits(&one, "day=2031-02-03&room=B"), json!(["10"]), "rooms are taken for two hours");
    assert_eq!(without_visits(&one, "day=2031-02-03&room=B&number=1"), json!(["08", "09", "10"]));
    let many = builder("rooms").synthesise("visits", u64::MAX).start().await.unwrap();
    for query in ["day=2031-02-03&room=B", "day=2031-02-03&room=B&number=1", "day=2031-02-03&room=B&number=7"] {
        assert_eq!(without_visits(&many, query), json!(["10"]), "{query}");
    }
    assert_eq!(without_visits(&many, "day=2031-02-03&room=A"), json!(["08", "09", "10"]));
}

#[tokio::test]
async fn times_that_are_made_on_demand_take_theirs() {
    let mock = builder("rooms").synthesise("stays", 2_000).start().await.unwrap();
    assert_eq!(free(&mock, "day=2031-02-03&room=B"), json!(["08", "09", "10"]));
    let error = builder("rooms").synthesise("stays", 1_000_001).start().await.unwrap_err();
    assert_eq!(error.to_string(), "the times of `stays` differ, and there are too many to compare them one by one");
}

#[tokio::test]
async fn what_is_refused_has_changed_nothing() {
    let mock = builder("rooms").synthesise("stays", 20).start().await.unwrap();
    let stay = json!({"room": "B", "start": "2031-02-03T09:30:00Z"});
    assert_eq!(post(&mock, "/stays", stay.clone()).0, 200);
    let all = || ["/rooms", "/notes", "/stays?room=B"].map(|path| get(&mock, path));
    let before = all();
    assert_eq!(before[2].1.as_array().map(Vec::len), Some(21));
    // It deletes what it would list.
    for _ in 0..2 {
        assert_eq!(post(&mock, "/clear", json!({"room": "B"})), (404, json!("Nothing is free")));
        assert_eq!(all(), before);
    }
    let (_, made) = post(&mock, "/stays", stay);
    assert_eq!(made["number"], 22, "no number was used up");
}

#[tokio::test]
async fn who_leaves_out_a_time_takes_none() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let head = "codegen: 1\nname: visits\ntitle: Visits\nenvironments: {live: https://visits.example}\n";
    let errors = "envelope: {errors: [error]}\nerrors: {taken: {status: 409, message: Taken}}\n";
    write("api.yaml", &format!("{head}{errors}mock: {{collections: {{visits: {{key: id}}}}}}\n"));
    write(
        "visits.yaml",
        "types:
  Visit: {fields: {id: integer, at: datetime, made: datetime, until: {type: datetime, required: false}}}
operations:
  list: {http: GET /visits, returns: [Visit], mock: {list: visits}}
  create:
    http: POST /visits
    params: {at: datetime, until: datetime}
    returns: Visit
    errors: [taken]
    mock: {insert: visits, no_overlap: {start: at, end: until, or: taken}}
    examples: {documented: {response: {id: 7, at: '2031-02-03T09:30:00Z', made: '2031-02-03T09:30:00Z', until: '2031-02-03T10:30:00Z'}}}
",
    );
    let api = codegen::load(folder.path()).unwrap_or_else(|failure| panic!("{failure}"));
    let mock = Mock::builder(api).start().await.unwrap();
    let create = |body: Value| post(&mock, "/visits", body);
    for _ in 0..3 {
        let (status, made) = create(json!({}));
        assert_eq!((status, made.get("until")), (200, None), "{made}");
        assert_ne!(made["made"], "2031-02-03T09:30:00Z", "it is no parameter, and made now");
    }
    let stretch =
        |from: &str, to: &str| json!({"at": format!("2031-02-03T{from}:00Z"), "until": format!("2031-02-03T{to}:00Z")});
    assert_eq!(create(stretch("09:30", "10:30")).0, 200);
    assert_eq!(create(stretch("10:00", "11:00")).0, 409);
    assert_eq!(create(json!({"at": "2031-02-03T10:00:00Z"})).0, 200, "nobody knows how long");
    assert_eq!(get(&mock, "/visits").1.as_array().map(Vec::len), Some(5));
}
