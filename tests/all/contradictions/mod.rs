//! Where the vendor's documentation contradicts itself, the spec decides; each decision as it is seen on the wire.
//!
//! The numbers are those of the notes in the spec: each of them stands there, at every place that it concerns, and each
//! has a test of its name.

mod answers;
mod places;
mod recorded;
mod sent;
mod signing;

pub(crate) use recorded::{Places, are_recorded, are_tested, each_doc};

use generated_client::proctorexam::{AnyError, Client, Error, ErrorCode, Exam, ExamId, Prepared};
use serde_json::{Map, Value};

use crate::support::{Fixed, Scripted, builder, client, json};

/// A client that makes every call at the moment and with the nonce of the documented examples; none is sent.
fn documented() -> Client {
    builder("http://127.0.0.1:1/api/v3").clock(Fixed::DOCUMENTED).nonces(Fixed::DOCUMENTED).build().unwrap()
}

/// The text that is signed, with secrets and personal data masked.
fn canonical(prepared: &Prepared) -> &str {
    prepared.explanation().steps().iter().find(|step| step.name() == "canonical").unwrap().text()
}

fn members(prepared: &Prepared) -> Map<String, Value> {
    serde_json::from_slice(prepared.request().body()).unwrap()
}

fn query(prepared: &Prepared) -> &str {
    prepared.request().uri().query().unwrap()
}

fn code<E>(error: Error<E>) -> Option<ErrorCode>
where
    AnyError: From<Error<E>>,
{
    AnyError::from(error).code()
}

/// The answer to a call for a user, with one more member.
fn user(member: &str) -> Vec<u8> {
    json(200, &format!(r#"{{"user":{{"id":7,"email":"e","name":"n","role":"teacher",{member}}}}}"#))
}

/// An exam that the server answers with these members besides those that must be there.
async fn exam(more: &str) -> Exam {
    let server = Scripted::once(json(200, &format!(r#"{{"exam":{{"id":1,"institute_id":1,"name":"n",{more}}}}}"#)));
    client(server.address()).exams().show(ExamId(1)).await.unwrap()
}
