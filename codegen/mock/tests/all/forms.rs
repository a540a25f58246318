//! Forms that no client would send: what is refused, and that nothing of them is lost.

use codegen_mock::Mock;
use serde_json::{Value, json};

use crate::caller::{Answer, exchange};
use crate::memory::start;

fn send(mock: &Mock, form: &str) -> (u16, Value) {
    let request = format!(
        "POST /forms HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{form}",
        form.len()
    );
    Answer::parse(&exchange(mock.socket(), request.as_bytes())).both()
}

#[tokio::test]
async fn nothing_of_a_form_is_lost() {
    let mock = start("forms").await;
    for good in [
        "",
        "name=a",
        "frames[0][weight]=2.50&frames[1][weight]=3&frames[1][name]=x",
        "tags=a,b",
        "tags=",
        r#"filter={"weight":1}"#,
    ] {
        assert_eq!(send(&mock, good).0, 200, "{good}");
    }
    for (bad, name) in [
        ("name=a&name=b", "name"),
        ("frames[0][weight]=2.50&frames[2][weight]=3", "frames"),
        ("frames[1][weight]=2.50", "frames"),
        ("frames[0][weight]=1&frames[00][weight]=2", "frames"),
        ("frames[0][weight]=1&frames[0][weight]=2", "frames"),
        ("tags=a&tags=b", "tags"),
        (r#"filter={"weight":1}&filter={"weight":2}"#, "filter"),
    ] {
        assert_eq!(send(&mock, bad), (422, json!({"invalid": name})), "{bad}");
    }
}

#[tokio::test]
async fn json_in_a_text_is_of_its_type() {
    let mock = start("forms").await;
    for good in [r#"held={"weight":1}"#, r#"held={"weight":"1.5","more":[]}"#, r#"all=[{"weight":1}]"#, "all=[]"] {
        assert_eq!(send(&mock, good).0, 200, "{good}");
    }
    for (name, text) in [("held", "nul"), ("held", "[1]"), ("held", "{}"), ("held", ""), ("all", "x"), ("all", "[{}]")]
    {
        assert_eq!(send(&mock, &format!("{name}={text}")), (422, json!({"invalid": name})), "{name} {text}");
    }
}
