//! Answers that are of no method: how the envelope tells them apart.

use std::fs;

use generated_client::proctoru::{Error, ErrorCode, ListExamsError};
use serde_json::Value;

use super::examples::canned;
use crate::samples::{Api, Sample};

fn envelopes() -> Vec<Value> {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/data/proctoru/envelope.errors.json")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    file["examples"].as_array().unwrap().clone()
}

fn status(example: &Value) -> u16 {
    u16::try_from(example["http_status"].as_u64().unwrap()).unwrap()
}

/// The samples, and the answers that are of no method.
pub(crate) fn all_answers() -> Api {
    let mut api = super::samples();
    api.samples.extend(envelopes().into_iter().map(|example| Sample {
        method: "getInstitutionExamList".to_owned(),
        name: example["name"].as_str().unwrap().to_owned(),
        error: None,
        is_constructed: example["provenance"] == "constructed",
        status: status(&example),
        body: example["body"].clone(),
    }));
    api
}

#[tokio::test]
async fn every_answer_of_the_envelope_is_classified() {
    let (client, canned) = canned();
    let examples = envelopes();
    assert_eq!(examples.len(), 8);
    for example in &examples {
        let name = example["name"].as_str().unwrap();
        let is_text = example["body_is_text"] == true;
        let body = if is_text { example["body"].as_str().unwrap().to_owned() } else { example["body"].to_string() };
        let status = status(example);
        canned.answer(status, body.clone());
        let result = client.exams().list().await;
        let code = match &result {
            Err(Error::Api(ListExamsError::StaleRequest)) => Some(ErrorCode::StaleRequest),
            Err(Error::Api(ListExamsError::Other)) => Some(ErrorCode::Other),
            _ => None,
        };
        match name {
            "string_code" => assert_eq!(result.unwrap().len(), 0),
            "failure_code_2" => assert_eq!(code, Some(ErrorCode::StaleRequest)),
            "other_code_3" => assert_eq!(code, Some(ErrorCode::Other)),
            _ => {
                let Err(Error::Unexpected(answer)) = &result else { panic!("{name}: {result:?}") };
                assert_eq!((answer.response().status().as_u16(), answer.response().body()), (status, &body.into()));
                // A bare text is a message as well.
                let message = example["body"].get("message").unwrap_or(&example["body"]).as_str();
                let errors = answer.errors();
                assert!(message.is_none_or(|message| errors[0].message() == message), "{name}: {errors:?}");
            }
        }
    }
}
