//! Routes, parameters and validations.

use serde_json::json;

use crate::caller::{Answer, Call, create, exchange, start};

#[tokio::test]
async fn the_address_has_the_path_of_the_environments() {
    let mock = start().await;
    assert_eq!(mock.address(), format!("http://127.0.0.1:{}/api/v3", mock.socket().port()));
    let names: Vec<_> = mock.credentials().map(|(credential, value)| (credential.name.wire.as_str(), value)).collect();
    assert_eq!(names, [("api_token", "test-api_token"), ("secret_key", "test-secret_key")]);
}

#[tokio::test]
async fn unknown_paths_and_methods_are_told_apart() {
    let mock = start().await;
    for path in ["/users", "/institutes/1/users/", "/institutes//users", "/institutes/1/users/2/x", ""] {
        assert_eq!(Call::new("GET", path).send(&mock).status, 404, "{path}");
    }
    let answer = Call::new("PUT", "/institutes/1/users/2").send(&mock);
    assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, PATCH, DELETE")));
    assert_eq!(Call::new("HEAD", "/institutes/1/users").send(&mock).status, 405);
    let outside = b"GET /institutes/1/users HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let answer = exchange(mock.socket(), outside);
    assert_eq!(Answer::parse(&answer).status, 404);
}

#[tokio::test]
async fn a_required_parameter_is_named_when_it_is_missing() {
    let mock = start().await;
    let missing = |name: &str| (422, json!({"error": format!("Param is missing or the value is empty: '{name}'")}));
    for name in ["email", "name", "password", "password_confirmation", "role"] {
        assert_eq!(create("m@x.test").without(name).send(&mock).both(), missing(name));
    }
    for name in ["name", "role"] {
        assert_eq!(create("m@x.test").without(name).text(name, "").send(&mock).both(), missing(name));
    }
    assert_eq!(create("m@x.test").without("name").raw("name", "", "null").send(&mock).both(), missing("name"));
}

#[tokio::test]
async fn constraints_are_enforced() {
    let mock = start().await;
    let invalid = |name: &str| (422, json!({"error": format!("Invalid parameter: {name}")}));
    for weak in ["Pa0!", "PASSW0RD!", "passw0rd!", "Password!", "Passw0rdd"] {
        let call = create("w@x.test").without("password").without("password_confirmation");
        let call = call.text("password", weak).text("password_confirmation", weak);
        assert_eq!(call.send(&mock).both(), invalid("password"), "{weak}");
    }
    let call = create("w@x.test").without("password_confirmation").text("password_confirmation", "Passw0rd?");
    assert_eq!(call.send(&mock).both(), invalid("password_confirmation"));
    let call = create("w@x.test").text("omniauth_config_id", "x");
    assert_eq!(call.send(&mock).both(), invalid("omniauth_config_id"));
    let call = create("w@x.test").without("email").raw("email", "[\"a\"]", "[\"a\"]");
    assert_eq!(call.send(&mock).both(), invalid("email"));
    let call = Call::new("PATCH", "/institutes/1/users/2").text("receives_reports", "maybe");
    assert_eq!(call.send(&mock).both(), invalid("receives_reports"));
}

#[tokio::test]
async fn parameters_that_nobody_knows_are_ignored_but_signed() {
    let mock = start().await;
    let call = Call::new("PATCH", "/institutes/1/users/2").raw("x", "1.0", "1.0").raw("y", "1e3", "1e3");
    assert_eq!(call.send(&mock).status, 200);
    let respelled = Call::new("PATCH", "/institutes/1/users/2").raw("x", "1", "1.0");
    assert_eq!(respelled.send(&mock).status, 403);
}

#[tokio::test]
async fn values_survive_every_encoding() {
    let mock = start().await;
    let odd = "é%2F &=?+#\u{1f600}\"\\\u{7f} x";
    let created = create("odd@x.test").without("name").text("name", odd).send(&mock);
    assert_eq!(created.json()["user"]["name"], odd);
    assert_eq!(Call::new("GET", "/institutes/1/users").text("q", odd).send(&mock).status, 200);
    let escaped = create("esc@x.test").without("name").raw("name", "aé/b", r#""a\u00e9\/b""#).send(&mock);
    assert_eq!(escaped.json()["user"]["name"], "aé/b");
}

#[tokio::test]
async fn path_parameters_are_one_decoded_segment() {
    let mock = start().await;
    let decoded =
        |path: &str, id: &str| Call::new("GET", path).with(|call| call.in_path[1].1 = id.to_owned()).send(&mock).status;
    assert_eq!(decoded("/institutes/1/users/%32", "2"), 200);
    assert_eq!(decoded("/institutes/1/users/2%2F3", "2/3"), 422);
    assert_eq!(decoded("/institutes/1/users/%FF", "2"), 400);
}

#[tokio::test]
async fn a_get_may_carry_its_parameters_in_a_body() {
    let mock = start().await;
    let call = Call::new("GET", "/institutes/1/users").raw("limit", "1", "1").with(|call| call.in_body = true);
    let answer = call.send(&mock);
    assert_eq!((answer.status, answer.header("X-Pagination-Limit")), (200, Some("1")));
}

#[tokio::test]
async fn bodies_must_be_json_objects() {
    let mock = start().await;
    let send = |kind: &str, body: &str| {
        let length = body.len();
        let request = format!(
            "POST /api/v3/institutes/1/users HTTP/1.1\r\nHost: x\r\nAccept: application/vnd.procwise.v3\r\n\
             Authorization: Token token=test-api_token\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
             Connection: close\r\n\r\n{body}"
        );
        Answer::parse(&exchange(mock.socket(), request.as_bytes())).status
    };
    for body in ["[]", "{", "null", "{\"a\":\"\\ud800\"}", "{} {}", "\u{feff}{}", &"[".repeat(100_000)] {
        assert_eq!(send("application/json", body), 400, "{body:.20}");
    }
    assert_eq!(send("application/json; charset=utf-8", "{}"), 403);
    assert_eq!(send("application/x-www-form-urlencoded", "a=1"), 415);
}
