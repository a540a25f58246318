//! The sessions of an exam are watched until all have ended, and what needs review is fetched.
//!
//! `cargo run --example proctorexam_watch`

use std::collections::HashMap;
use std::io::Write;
use std::time::Duration;

use codegen_mock::Mock;
use generated_client::proctorexam::{
    AnyError, Client, CreateStudentSession, Credentials, EndExamStudentSession, Environment, ExamId, NotificationType,
    SessionStatus, StudentSession, StudentSessionId,
};

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/proctorexam");
const EXAM: ExamId = ExamId(1);

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mock = Mock::start(SPEC).await?;
    let [api_token, secret_key] = ["api_token", "secret_key"].map(|name| mock.credential(name).into());
    let client = Client::builder(Environment::custom(mock.base_url())?);
    let client = client.credentials(Credentials { api_token, secret_key }).build()?;
    watch(&client, &mut std::io::stdout()).await
}

/// Adds two students to an exam, and says what becomes of its sessions.
pub(crate) async fn watch(client: &Client, out: &mut impl Write) -> Result<(), Box<dyn std::error::Error>> {
    for name in ["Ada", "Grace"] {
        let email = format!("{name}@institute.com").into();
        client.student_sessions().create(CreateStudentSession { exam_id: EXAM, name: name.into(), email }).await?;
    }

    let mut seen: HashMap<StudentSessionId, SessionStatus> = HashMap::new();
    #[expect(clippy::disallowed_methods, reason = "an application waits as it likes")]
    let mut rounds = tokio::time::interval(Duration::from_millis(10));
    loop {
        rounds.tick().await;
        let mut sessions = client.student_sessions().list(EXAM).stream();
        let mut running = Vec::new();
        while let Some(session) = sessions.try_next().await? {
            let (id, status) = (session.id, session.status);
            if status != SessionStatus::ExamFinished {
                running.push(id);
            }
            if seen.insert(id, status.clone()).as_ref() != Some(&status) {
                writeln!(out, "session {id} is {status}")?;
            }
        }
        // Where a mock is watched, nobody sits the exam: one of those who should is sent home each time.
        let Some(first) = running.first() else { break };
        send_home(client, *first).await?;
    }

    let mut finished = client.student_sessions().list(EXAM).status(SessionStatus::ExamFinished).stream();
    let mut to_review = 0;
    while let Some(session) = finished.try_next().await? {
        // What the two digits mean is not documented; all that is known is that `00` and `10` occur.
        if session.reviewed.as_deref().unwrap_or("00") == "00" {
            let StudentSession { id, end_time, .. } = client.student_sessions().show(session.id).await?;
            let end = end_time.map_or_else(|| "its end".to_owned(), |end| end.to_string());
            writeln!(out, "session {id} is to be reviewed up to {end}")?;
            to_review += 1;
        }
    }
    if to_review == 3 { Ok(()) } else { Err(format!("{to_review} sessions are to be reviewed").into()) }
}

async fn send_home(client: &Client, id: StudentSessionId) -> Result<(), AnyError> {
    let end = EndExamStudentSession {
        id,
        notification_title: "The exam is over".into(),
        notification_text: "Thank you for coming.".into(),
        notification_type: NotificationType::Warning,
    };
    client.student_sessions().end_exam(end).await?;
    Ok(())
}
