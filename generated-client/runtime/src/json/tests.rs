use super::*;
use crate::tables::{Condition, Path, envelope, reports};
use crate::values::scalar_tests::Role;
use crate::values::{DateTime, Personal, Secret};

#[derive(Debug, Default, PartialEq)]
struct User {
    id: i64,
    email: Personal<String>,
    role: Role,
    number: Option<String>,
    token: Option<Secret>,
    created_at: Option<DateTime>,
    reports: Option<bool>,
    friends: Vec<User>,
    extra: Json,
}

impl Read for User {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.object([
            must("id", &mut self.id),
            must("email", &mut self.email),
            slot("role", &mut self.role),
            slot("number", &mut self.number),
            slot("token", &mut self.token),
            slot("created_at", &mut self.created_at),
            slot("reports", &mut self.reports),
            slot("friends", &mut self.friends),
            slot("extra", &mut self.extra),
        ])
    }
}

fn user(json: &str) -> Result<User, String> {
    read_under(json.as_bytes(), None).map_err(|error| error.to_string())
}

/// Reads `{"v": …}`.
fn value<T: Read + Default>(json: &str) -> Option<T> {
    read_under(format!("{{\"v\": {json}}}").as_bytes(), Some("v")).ok()
}

#[test]
fn members_come_in_any_order_and_strangers_are_skipped() {
    let read = user(
        r#" {"x":[{"id":9,"y":null}],"created_at":"2019-01-23T12:05:52.391+01:00","email":"a@b.co","token":"t\n\u00e9",
            "role":"teacher","id":"7","number":null,"reports":"1","extra":{"a":[1.50,"x",true,null]},"z":{}} "#,
    );
    let read = read.unwrap();
    assert_eq!((read.id, read.email.as_str(), &read.role), (7, "a@b.co", &Role::Teacher));
    assert_eq!(read.created_at.unwrap().to_string(), "2019-01-23T12:05:52.391+01:00");
    assert_eq!((read.number, read.token, read.reports), (None, Some(Secret::from("t\né")), Some(true)));
    let list = vec![Json::Number("1.50".into()), Json::String("x".into()), Json::Bool(true), Json::Null];
    assert_eq!(read.extra, Json::Object(vec![("a".into(), Json::Array(list))]));
}

#[test]
fn names_are_known_however_they_are_spelled() {
    #[derive(Debug, Default, PartialEq)]
    struct Odd(i64, i64, i64, i64);

    impl Read for Odd {
        fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
            json.object([
                must("a", &mut self.0),
                must("é ", &mut self.1),
                must(r"longer \n", &mut self.2).escaped(),
                must("\"", &mut self.3).escaped(),
            ])
        }
    }

    let read = |json: &str| read_under::<Odd>(json.as_bytes(), None).map_err(|error| error.to_string());
    for json in [
        r#"{"a":1,"é ":2,"longer \\n":3,"\"":4}"#,
        r#"{"\u0061":1,"\u00e9 ":2,"longer \u005cn":3,"\u0022":4}"#,
        "{ \"a\" : 1 , \"é \"\t:2,\n\"longer \\\\n\":3 ,\"\\\"\":4 }",
        r#"{"\"":4,"longer \\n":3,"é ":2,"a":1}"#,
        r#"{"ab":{"a":9},"a":1,"a ":9,"é ":2,"x":[],"longer \\n":3,"\"":4,"":9}"#,
    ] {
        assert_eq!(read(json), Ok(Odd(1, 2, 3, 4)), "{json}");
    }
    // As it stands in the text, the third name would be a line break.
    assert_eq!(
        read(r#"{"a":1,"é ":2,"longer \n":3,"\"":4}"#).unwrap_err(),
        r"`longer \n`: expected a value, found nothing at byte 36"
    );
}

#[test]
fn what_is_wrong_after_known_names_is_found_where_it_is() {
    for (json, at) in [
        (r#"{"id":1,"email":[]}"#, 16),
        (r#"{"id":1,"email":"e","reports":tru}"#, 33),
        (r#"{"id":1,"email":"e","number":nul"#, 32),
        (r#"{"id":1,"email":"e""#, 19),
        (r#"{"id":1,"email":"e","#, 20),
        (r#"{"id":1,"email":"e"}]"#, 20),
        (r#"{"id":1,"email":"e","friends":[{"id":2,"email":}]}"#, 47),
    ] {
        let error = user(json).unwrap_err();
        assert!(error.ends_with(&format!(" at byte {at}")), "{json}: {error}");
    }
    // What is optional and something else is passed over whole, and what comes next is read.
    let odd = user(r#"{"id":1,"email":"e","created_at":[{"a":[1,2]},"\n"],"reports":true}"#).unwrap();
    assert_eq!((odd.created_at, odd.reports), (None, Some(true)));
}

#[test]
fn the_last_of_equal_names_counts() {
    let read =
        user(r#"{"id":1,"email":"a","number":"5","id":2,"number":null,"friends":[{"id":1,"email":""}],"friends":[]}"#);
    let read = read.unwrap();
    assert_eq!((read.id, read.number, read.friends.len()), (2, None, 0));
}

#[test]
fn scalars_are_read_leniently() {
    for (json, number) in
        [("7", 7), ("\"7\"", 7), ("\" -7 \"", -7), ("3.0", 3), ("3e2", 300), ("-0", 0), ("\"3.00\"", 3)]
    {
        assert_eq!(value::<i64>(json), Some(number), "{json}");
    }
    assert_eq!(value::<i64>("9223372036854775807"), Some(i64::MAX));
    for json in [
        "3.5",
        "9223372036854775808",
        "1e400",
        "\"\"",
        "\"x\"",
        "true",
        "null",
        "[]",
        "{}",
        "01",
        "NaN",
        "\"NaN\"",
        "1e16",
    ] {
        assert_eq!(value::<i64>(json), None, "{json}");
    }
    for (json, flag) in
        [("true", true), ("\"true\"", true), ("1", true), ("\"1\"", true), ("false", false), ("0", false)]
    {
        assert_eq!(value::<bool>(json), Some(flag), "{json}");
    }
    for json in ["2", "\"yes\"", "null", "[]", "tru"] {
        assert_eq!(value::<bool>(json), None, "{json}");
    }
    for (json, text) in [("\"a\"", "a"), ("1.50", "1.50"), ("true", "true"), ("-7", "-7")] {
        assert_eq!(value::<String>(json).as_deref(), Some(text), "{json}");
    }
    assert_eq!(value::<String>("null"), None);
    assert_eq!(value::<Role>("5"), Some(Role::Other("5".into())));
    assert_eq!(value::<Option<Personal<String>>>("null"), Some(None));
    assert_eq!(value::<Option<i64>>("\"5\""), Some(Some(5)));
    assert_eq!((value::<Option<i64>>("\"\""), value::<Option<DateTime>>("\"\"")), (Some(None), Some(None)));
    assert_eq!(value::<Option<String>>("\"\""), Some(Some(String::new())));
    assert_eq!(value::<DateTime>("\"2019-01-23T12:05:52\""), None);
}

#[test]
fn an_optional_value_that_cannot_be_read_is_left_out() {
    // A text, a number, a list cut short by its second item, an object whose member is wrong inside, a required one
    // missing.
    for odd in ["\"\"", "\"x\"", "2.5", "[{\"id\":1,\"email\":\"\"},{\"id\":[[7]]}]", "{\"id\":{\"a\":[{}]}}", "{}"] {
        assert_eq!(value::<Option<i64>>(odd), Some(None), "{odd}");
        assert_eq!(value::<Option<User>>(odd), Some(None), "{odd}");
        assert_eq!(value::<Option<Vec<User>>>(odd), Some(None), "{odd}");
        assert_eq!(value::<Option<DateTime>>(odd), Some(None), "{odd}");
        let read = user(&format!(r#"{{"id":1,"created_at":{odd},"reports":{odd},"email":"x","number":"5"}}"#)).unwrap();
        assert_eq!((read.created_at, read.reports, read.number.as_deref()), (None, None, Some("5")), "{odd}");
    }
    assert_eq!(value::<Option<DateTime>>("\"2019-01-23T12:05:52\""), Some(None), "no offset is made up");
    // The last of equal names counts, even if it is no good.
    let read = user(r#"{"id":1,"email":"x","reports":true,"reports":"perhaps"}"#);
    assert_eq!(read.unwrap().reports, None);
}

#[test]
fn an_optional_value_that_is_no_json_is_an_error() {
    for broken in
        ["tru", "\"\\x\"", "\"\u{1}\"", "[1,]", "[7,{\"a\" 1}]", "{\"id\":}", "{\"id\":[1}", "01", "\"x", "NaN"]
    {
        for json in [broken.to_owned(), format!("[{broken}]"), format!("{{\"id\":[],\"x\":{broken}}}")] {
            assert_eq!(value::<Option<i64>>(&json), None, "{json}");
            assert_eq!(value::<Option<User>>(&json), None, "{json}");
            assert_eq!(value::<Option<Vec<User>>>(&json), None, "{json}");
        }
    }
    let error = user(r#"{"id":1,"email":"x","created_at":[7,{"a" 1}]}"#).unwrap_err();
    assert!(error.starts_with("`created_at`: ") && error.contains("malformed JSON"), "{error}");
}

#[test]
fn a_mistake_is_named_by_its_path() {
    let list = |json: &str| read_under::<Vec<User>>(json.as_bytes(), Some("users")).unwrap_err();
    let friend = r#"{"id":1,"email":"secret@b.co","friends":[{"id":"private","email":"x"}]}"#;
    let error = list(&format!(r#"{{"users":[{{"id":1,"email":"x"}},{friend}]}}"#));
    assert_eq!(error.path(), "users[1].friends[0].id");
    assert_eq!((error.expected(), error.found()), ("a 64-bit integer", "a text"));
    let shown = format!("{error}{error:?}");
    assert!(!shown.contains("private") && !shown.contains("secret@b.co"));

    assert_eq!(list(r#"{"users":[{"email":"x"}]}"#).path(), "users[0].id");
    assert_eq!(
        list(r#"{"users":[{"id":null,"email":"x"}]}"#).to_string(),
        "`users[0].id`: expected a 64-bit integer, found null at byte 16"
    );
    assert_eq!(list(r#"{"user":[]}"#).to_string(), "`users`: expected a value, found nothing at byte 11");
    assert_eq!(list("[]").to_string(), "the answer: expected an object, found a list at byte 0");
    assert_eq!(list("").found(), "the end of the answer");
    assert_eq!(list("<html>").found(), "malformed JSON");
    assert_eq!(
        list(r#"{"users":[]} x"#).to_string(),
        "the answer: expected the end of the answer, found something after it at byte 13"
    );
    assert_eq!(list(r#"{"users":[[]]}"#).path(), "users[0]");
    assert_eq!(read_under::<Vec<Vec<i64>>>(b"[[1],[2,true]]", None).unwrap_err().path(), "[1][1]");
}

#[test]
fn a_byte_order_mark_is_no_harm() {
    assert_eq!(read_under::<i64>(b"\xEF\xBB\xBF 7 ", None).ok(), Some(7));
}

#[test]
fn deep_nesting_is_refused_wherever_it_stands() {
    for (open, close) in [("[", "]"), ("{\"friends\":[", "]}"), ("{\"x\":", "}")] {
        for count in [300, 100_000] {
            let deep = format!("{}1{}", open.repeat(count), close.repeat(count));
            for member in ["x", "extra", "friends"] {
                let found = user(&format!("{{\"{member}\":{deep}}}")).unwrap_err();
                assert!(found.contains("nesting") || found.contains("expected"), "{found}");
            }
            assert!(read_under::<Json>(deep.as_bytes(), None).unwrap_err().found().contains("nesting"));
            assert!(user(&open.repeat(count)).is_err());
            // No JSON that could be looked at: the answer as it is.
            assert_eq!(found(&deep, &[&[], &["x"]]).len(), 1);
        }
    }
    let fits = format!("{}1{}", "[".repeat(128), "]".repeat(128));
    assert!(read_under::<Json>(fits.as_bytes(), None).is_ok());
}

#[test]
fn no_input_makes_it_panic() {
    let body = r#"{"user":{"id":"7","email":"a\u00e9\ud83d\ude00","role":"x","number":1.5e3,"token":"t","created_at":"2019-01-23T12:05:52.391+01:00","reports":false,"friends":[{"id":1,"email":"b"}],"extra":{"a":[{},[]]}}}"#;
    let try_all = |bytes: &[u8]| {
        let typed = read_under::<User>(bytes, Some("user"));
        let _ = read_under::<Json>(bytes, None);
        let places = reports(&[&[], &["user"], &["user", "friends"]]).members(&["id"], &["number"], &["email"], &[]);
        errors(bytes, &envelope().code(&["user", "id"]).errors(places));
        typed.is_ok()
    };
    assert!(try_all(body.as_bytes()));
    for end in 0..body.len() {
        assert!(!try_all(&body.as_bytes()[..end]), "cut at {end}");
    }
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below as u64) as usize
    };
    for _ in 0..3_000 {
        let mut bytes = body.as_bytes().to_vec();
        for _ in 0..=next(4) {
            let (at, from) = (next(bytes.len()), next(bytes.len()));
            match next(3) {
                0 => bytes[at] = next(256) as u8,
                1 => bytes[at] = b"{}[]\",:\\0-e.tnfu"[next(16)],
                _ => drop(bytes.splice(at..(at + next(9)).min(body.len()).min(bytes.len()), [bytes[from]])),
            }
        }
        try_all(&bytes);
    }
    for _ in 0..3_000 {
        let noise: Vec<u8> = (0..next(40)).map(|_| next(256) as u8).collect();
        try_all(&noise);
    }
}

#[test]
fn many_strangers_take_linear_time() {
    let strangers: String = (0..200_000).map(|index| format!("\"k{index}\":[{index}],")).collect();
    assert!(user(&format!("{{{strangers}\"id\":1,\"email\":\"x\"}}")).is_ok());
}

fn found(body: &str, places: &'static [Path]) -> Vec<String> {
    let found = errors(body.as_bytes(), &envelope().errors(reports(places)));
    found.iter().map(|error| format!("{}|{}", error.field(), error.message())).collect()
}

#[test]
fn messages_stand_in_many_places() {
    const PLACES: &[Path] = &[&["error"], &["errors"]];
    let places = PLACES;
    assert_eq!(found(r#"{"error":" no "}"#, places), ["|no"]);
    assert_eq!(found(r#"{"errors":["a","b"]}"#, places), ["|a", "|b"]);
    assert_eq!(
        found(r#"{"errors":{"email":["is taken"],"name":"is bad"}}"#, places),
        ["email|is taken", "name|is bad"]
    );
    assert_eq!(found(r#"{"email":["is taken"]}"#, &[&[]]), ["email|is taken"]);
    assert_eq!(found(r#"{"a":{"b":"deep"}}"#, &[&["a", "b"], &[]]), ["|deep", "a.b|deep"]);
    assert_eq!(found(r#""bare""#, &[&[], &["error"]]), ["|bare"]);
    assert_eq!(found(" Not JSON: {x} \n", &[&["error"], &[]]), ["|Not JSON: {x}"]);
    assert_eq!(found("Not JSON", places), Vec::<String>::new());
    assert_eq!(found(r#"{"error":7,"errors":[null,{"x":true}]}"#, places), Vec::<String>::new());
    assert_eq!(found("", &[&[]]), Vec::<String>::new());
}

#[test]
fn messages_are_bounded() {
    let many = format!("[{}\"x\"]", "\"x\",".repeat(10_000));
    assert_eq!(found(&many, &[&[]]).len(), 10_000);
    let long = "é".repeat(10_000);
    assert_eq!(found(&long, &[&[]])[0].len(), "|".len() + 4096);
    assert_eq!(found(&format!("\"x{long}\""), &[&[]])[0].len(), "|".len() + 4095);
}

#[test]
fn what_is_spelled_out_is_bounded() {
    let count = |texts: usize| found(&format!("'a':[{}]", vec!["'b'"; texts].join(",")), &[&[]]).len();
    assert_eq!((count(2), count(1000)), (3, 1001));
    assert_eq!(count(1100), 1, "a longer text is only itself");
}

#[test]
fn what_a_success_says_is_compared_whole() {
    let long: &'static str = "x".repeat(100_000).leak();
    let words: &'static [&'static str] = vec!["true", long].leak();
    let conditions: &'static [Condition] = vec![Condition::Is(&["a"], words)].leak();
    let envelope = envelope().conditions(conditions);
    let is_failure = |word: &str| is_failure(format!(r#"{{"a":{word}}}"#).as_bytes(), &envelope);
    for word in ["true", r#""true""#, &format!("\"{long}\""), &format!("\" {long} \"")] {
        assert!(!is_failure(word), "{}", word.len());
    }
    for word in ["false", "null", r#""""#, &format!("\"{long}x\""), &format!("\"{}\"", &long[1..])] {
        assert!(is_failure(word), "{}", word.len());
    }
}
