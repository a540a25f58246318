//! What an answer is read as, kind by kind.

use tests::answers::{
    AbsentRoomError, BesideRoomError, BookRoomError, EachRoomsError, EitherRoomError, Error, FirstRoomError,
    ListedRoomError, MirroredRoomError, Room, SeenRoomsError, ShowRoomError, TopRoomsError,
};

use super::client;
use crate::support::{Scripted, answer, json, texts};

/// A client of a server that gives one answer.
macro_rules! asked {
    ($answer:expr, $call:ident $arguments:tt) => {{
        let server = Scripted::once($answer);
        client(server.address()).rooms().$call $arguments.await
    }};
}

const ROOM: &str = r#"{"id":7,"name":"Blue"}"#;

fn is_blue(room: &Room) -> bool {
    room.id == 7 && room.name.as_deref() == Some("Blue")
}

#[tokio::test]
async fn a_code_says_that_the_call_succeeded() {
    for code in ["1", "\"1\"", "1.0"] {
        let body = format!(r#"{{"response_code":{code},"message":"","data":{ROOM}}}"#);
        assert!(is_blue(&asked!(json(200, &body), show(7)).unwrap()), "{body}");
        // The order of members is the server's.
        let body = format!(r#"{{"data":{ROOM},"x":[{{"data":1}}],"response_code":{code}}}"#);
        assert!(is_blue(&asked!(json(200, &body), show(7)).unwrap()), "{body}");
    }
}

#[tokio::test]
async fn a_field_may_change_its_type_in_a_failure() {
    for data in ["\"\"", "null", "{}", "[]", "[[]]", "7"] {
        let body = format!(r#"{{"response_code":2,"message":"Room not found","data":{data}}}"#);
        let result = asked!(json(200, &body), show(7));
        assert!(matches!(result, Err(Error::Api(ShowRoomError::NotFound))), "{body}: {result:?}");
    }
}

#[tokio::test]
async fn a_suffix_and_the_letters_of_a_message_may_vary() {
    for message in
        ["Room not found : Error count 3 of 50", "Room not found : Error count 3 of 50 : Error count 4 of 50"]
    {
        let body = format!(r#"{{"response_code":"2","message":"{message}"}}"#);
        assert!(matches!(asked!(json(200, &body), show(7)), Err(Error::Api(ShowRoomError::NotFound))), "{message}");
    }
    let body = r#"{"response_code":2,"message":"Overlaps booking 9. Try later. : Error count 1 of 2"}"#;
    let result = asked!(json(200, body), book());
    let Err(Error::Api(BookRoomError::Clash { other })) = result else { panic!("{result:?}") };
    assert_eq!(other.as_str(), "booking 9. Try later.");
    let body = r#"{"response_code":2,"message":"room not found"}"#;
    assert!(matches!(asked!(json(200, body), show(7)), Err(Error::Unexpected(_))), "its case is minded");
}

#[tokio::test]
async fn no_rows_are_an_empty_success() {
    let body = r#"{"response_code":2,"message":"No Rooms : Error count 1 of 50","data":null}"#;
    assert_eq!(asked!(json(200, body), list()).unwrap(), []);
    assert_eq!(asked!(json(200, r#"{"response_code":1,"data":{"rooms":[]}}"#), list()).unwrap(), []);
    assert_eq!(asked!(answer(204, &[], b""), list()).unwrap(), [], "no content is no row");
    let found = asked!(json(200, &format!(r#"{{"response_code":1,"data":{{"rooms":[{ROOM}]}}}}"#)), list());
    assert!(is_blue(&found.unwrap()[0]));
}

/// What stands under `empty_on` alone is tried first; what `errors` has as well, where that has it.
#[tokio::test]
async fn no_rows_are_told_from_what_is_known_by_more() {
    for body in [r#"{"response_code":4,"message":"none"}"#, r#"{"response_code":2,"message":"no rooms"}"#] {
        assert_eq!(asked!(json(200, body), seen()).unwrap(), [], "{body}");
    }
    let result = asked!(json(200, r#"{"response_code":4,"reason":7,"message":"no rooms"}"#), seen());
    assert!(matches!(result, Err(Error::Api(SeenRoomsError::Forbidden))), "{result:?}");
    let result = asked!(json(200, r#"{"response_code":2,"message":"Room not found"}"#), seen());
    assert!(matches!(result, Err(Error::Api(SeenRoomsError::NotFound))), "{result:?}");
}

#[tokio::test]
async fn the_payload_is_where_the_operation_says() {
    let beside = asked!(json(200, r#"{"ok":true,"id":7,"name":"Blue"}"#), beside());
    assert!(is_blue(&beside.unwrap()));
    assert!(is_blue(&asked!(json(200, &format!("[{ROOM}]")), top()).unwrap()[0]));
    assert!(is_blue(&asked!(json(200, &format!(r#"{{"response_code":1,"data":[{ROOM},1]}}"#)), first()).unwrap()));
    let body = format!(r#"{{"response_code":1,"data":{{"room":{{"best":{{"id":8}}}},"room.best":{ROOM}}}}}"#);
    assert!(is_blue(&asked!(json(200, &body), dotted()).unwrap()), "a dot is a part of the key");
    let body = format!(r#"{{"response_code":1,"data":{{"room.best":{{"id":8}},"room":{{"best":{ROOM}}}}}}}"#);
    assert!(is_blue(&asked!(json(200, &body), deeper()).unwrap()));
    assert!(is_blue(&asked!(json(200, r#"{"id":7,"name":"Blue","error":null}"#), absent()).unwrap()));
    asked!(json(200, r#"{"response_code":1}"#), erase(7)).unwrap();
    let missing = asked!(json(200, r#"{"response_code":1,"data":[]}"#), first()).unwrap_err();
    let Error::Decode(missing) = &missing else { panic!("{missing:?}") };
    assert_eq!(missing.cause().path(), "data[0]");
    let wrong = asked!(json(200, r#"{"response_code":1,"data":{"id":"x"}}"#), show(7)).unwrap_err();
    let Error::Decode(wrong) = &wrong else { panic!("{wrong:?}") };
    assert_eq!((wrong.cause().path(), wrong.cause().found()), ("data.id", "a text"));
}

#[tokio::test]
async fn a_flag_an_absent_error_and_an_absent_code_decide() {
    let result = asked!(json(200, r#"{"ok":false,"error":"AUTH.EXPIRED","id":7}"#), beside());
    assert!(matches!(result, Err(Error::Api(BesideRoomError::Session))), "{result:?}");
    let result = asked!(json(200, r#"{"ok":false,"error":"LIMIT:Too many"}"#), beside());
    assert!(matches!(result, Err(Error::Api(BesideRoomError::Limit))), "{result:?}");
    let result = asked!(json(200, r#"{"error":{"code":"AUTH.GONE"},"id":7}"#), absent());
    assert!(matches!(result, Err(Error::Api(AbsentRoomError::Session))), "{result:?}");
    for body in
        [r#"{"id":7,"name":"Blue"}"#, r#"{"code":0,"id":7,"name":"Blue"}"#, r#"{"code":"OK","id":7,"name":"Blue"}"#]
    {
        assert!(is_blue(&asked!(json(200, body), either()).unwrap()), "{body}");
    }
    let result = asked!(json(200, r#"{"code":"AUTH.GONE","id":7}"#), either());
    assert!(matches!(result, Err(Error::Api(EitherRoomError::Session))), "{result:?}");
}

#[tokio::test]
async fn reports_are_lists_or_trees() {
    let ok = format!(r#"{{"status":"ok","errors":[],"data":{ROOM}}}"#);
    assert!(is_blue(&asked!(json(202, &ok), listed()).unwrap()));
    assert!(matches!(asked!(json(201, &ok), listed()), Err(Error::Unexpected(_))), "the status must be one of those");
    let taken = r#"{"status":"ok","errors":[{"code":"ODD"},{"code":"TAKEN","source":{"pointer":"name"}}]}"#;
    assert!(matches!(asked!(json(200, taken), listed()), Err(Error::Api(ListedRoomError::NameTaken))));
    let tree = r#"{"errors":{"rooms":{"12":{"name":[{"code":"TAKEN"}]}}}}"#;
    let result = asked!(json(200, tree), mirrored());
    let Err(Error::Api(MirroredRoomError::RoomTaken { room })) = result else { panic!("{result:?}") };
    assert_eq!(room.as_str(), "12");
    let rows = r#"{"ok":false,"rows":[null,{"errors":[]},{"errors":[{"code":"TAKEN","about":"name"}]}]}"#;
    let result = asked!(json(200, rows), each());
    let Err(Error::Api(EachRoomsError::RowTaken { row })) = result else { panic!("{result:?}") };
    assert_eq!(row.as_str(), "2");
}

#[tokio::test]
async fn codes_have_subcodes_and_anything_else_is_unexpected() {
    for reason in ["7", "\"7\"", "\"role\""] {
        let body = format!(r#"{{"response_code":4,"reason":{reason}}}"#);
        assert!(matches!(asked!(json(200, &body), show(7)), Err(Error::Api(ShowRoomError::Forbidden))), "{body}");
    }
    let body = r#"{"response_code":4,"reason":8,"message":"secret words : Error count 9 of 50"}"#;
    let error = asked!(answer(200, &[("X-Request-Id", " r-1 ")], body.as_bytes()), show(7)).unwrap_err();
    let Error::Unexpected(unexpected) = &error else { panic!("{error:?}") };
    let reported = &unexpected.errors()[0];
    assert_eq!((reported.code(), reported.subcode(), reported.message()), (Some("4"), Some("8"), "secret words"));
    assert_eq!((reported.suffix("count"), reported.suffix("limit")), (Some("9"), Some("50")));
    assert_eq!(unexpected.request_id().as_deref(), Some("r-1"));
    assert!(!texts(&error).contains("secret words") && !format!("{reported:?}").contains("secret words"));
    let result = asked!(json(200, r#"{"response_code":77}"#), book());
    assert!(matches!(result, Err(Error::Api(BookRoomError::AnyFailure))), "an open end takes the rest: {result:?}");
}

#[tokio::test]
async fn the_status_decides_before_the_body_does() {
    let body = format!(r#"{{"response_code":1,"message":"","data":{ROOM}}}"#);
    assert!(matches!(asked!(json(500, &body), show(7)), Err(Error::Unexpected(_))));
    assert!(matches!(asked!(json(410, "gone"), show(7)), Err(Error::Api(ShowRoomError::Gone))));
    let body = r#"{"response_code":2,"message":"Room not found"}"#;
    assert!(matches!(asked!(json(404, body), show(7)), Err(Error::Api(ShowRoomError::NotFound))));
    assert!(matches!(asked!(json(400, "refused"), top()), Err(Error::Api(TopRoomsError::Refused))));
    assert!(matches!(asked!(json(404, "[]"), top()), Err(Error::Api(TopRoomsError::NothingThere))));
    let body = r#"{"response_code":2,"message":"Room not found"}"#;
    assert!(matches!(asked!(json(200, body), first()), Err(Error::Api(FirstRoomError::NotFound))));
}

#[tokio::test]
async fn what_cannot_be_understood_is_no_success() {
    for body in ["", "<html>", "[]", "null", "{}", r#"{"response_code":"#, r#"{"response_code":{}}"#] {
        let error = asked!(json(200, body), show(7)).unwrap_err();
        assert!(matches!(error, Error::Unexpected(_)), "{body}: {error:?}");
        let error = asked!(json(200, body), book()).unwrap_err();
        // Of these one says something that is no success; the others may be what was left of one.
        let is_told = body == r#"{"response_code":{}}"#;
        assert_eq!(error.is_outcome_unknown(), !is_told, "{body}: {error:?}");
    }
    for (code, is_told) in [("2", true), ("\"\"", true), ("[]", true), ("null", false)] {
        let body = format!(r#"{{"response_code":{code},"data":{ROOM}}}"#);
        let error = asked!(json(200, &body), book()).unwrap_err();
        assert_eq!(error.is_outcome_unknown(), !is_told, "{body}: {error:?}");
    }
    // It said that it succeeded before it broke off.
    let cut = asked!(json(200, r#"{"response_code":1,"data":{"id":"#), book()).unwrap_err();
    assert!(matches!(cut, Error::Decode(_)), "{cut:?}");
}

#[tokio::test]
async fn a_result_comes_with_what_the_answer_says_besides() {
    let body = format!(r#"{{"response_code":1,"warnings":[{{"code":9,"text":"old"}}],"data":{ROOM}}}"#);
    let server = Scripted::once(answer(200, &[("X-Request-Id", "r-2")], body.as_bytes()));
    let answered = client(server.address()).rooms().show(7).with_response().await;
    assert!(is_blue(answered.result.as_ref().unwrap()));
    assert_eq!(answered.request_id().as_deref(), Some("r-2"));
    let warnings = answered.warnings();
    assert_eq!((warnings[0].code(), warnings[0].message(), warnings.len()), (Some("9"), "old", 1));
    assert_eq!((answered.errors(), answered.retry_after()), (vec![], None));
    assert_eq!(answered.response().unwrap().status(), 200);

    let body = r#"{"response_code":2,"message":"Room not found : Error count 3 of 50","retry_in":1500}"#;
    let server = Scripted::once(json(200, body));
    let answered = client(server.address()).rooms().show(7).with_response().await;
    assert!(matches!(answered.result, Err(Error::Api(ShowRoomError::NotFound))));
    assert_eq!(answered.errors()[0].suffix("count"), Some("3"));
    assert_eq!(answered.retry_after().unwrap().as_millis(), 1500);
    assert_eq!(answered.response().unwrap().body(), body);
    assert!(!format!("{answered:?}").contains("not found"));

    let nobody = client("http://127.0.0.1:9").rooms().show(7).with_response().await;
    assert!(nobody.response().is_none() && nobody.request_id().is_none() && nobody.warnings().is_empty());
}
