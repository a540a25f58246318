//! An exam is set up: created, given instructions with an attached file, filled with students, and they are sent their
//! mails.
//!
//! `cargo run --example proctorexam_exam`

use std::io::Write;

use codegen_mock::Mock;
use generated_client::proctorexam::{
    Client, CreateStudentSession, CreateStudentSessionError as Refused, Credentials, Environment, Error, ExamStatus,
    ExamType, InstituteId, SessionStatus, Upload,
};

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/proctorexam");

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mock = Mock::start(SPEC).await?;
    let [api_token, secret_key] = ["api_token", "secret_key"].map(|name| mock.credential(name).into());
    let client = Client::builder(Environment::custom(mock.base_url())?);
    let client = client.credentials(Credentials { api_token, secret_key }).build()?;
    set_up(&client, &mut std::io::stdout()).await
}

/// Sets an exam up, and says what there is.
pub(crate) async fn set_up(client: &Client, out: &mut impl Write) -> Result<(), Box<dyn std::error::Error>> {
    let exam = client
        .exams()
        .create("Psychostasia".into(), ExamType::RecordReview)
        .institute_id(InstituteId(1))
        .use_duration(true)
        .duration_minutes(90)
        .start_time("2031-08-29T09:00:00.000+02:00".parse()?)
        .await?;
    writeln!(out, "exam {} is {:?}", exam.id, exam.status)?;

    // The instructions open the exam; the file stands in them where its placeholder does.
    let plan = Upload::bytes("plan.png", b"\x89PNG\r\n\x1a\n".to_vec()).content_type("image/png");
    let plan = client.attachments().create(exam.id, plan).await?;
    let placeholder = plan.placeholder.ok_or("the file has no placeholder")?;
    client.documents().create(exam.id, format!("<p>Sit down as shown.</p>{{{placeholder}}}")).await?;
    let exam = client.exams().show(exam.id).await?;
    if exam.status != Some(ExamStatus::Open) {
        return Err("the exam is not open".into());
    }

    for (name, email) in
        [("Ada", "ada@institute.com"), ("Grace", "grace@institute.com"), ("Ada, again", "ada@institute.com")]
    {
        let student = CreateStudentSession { exam_id: exam.id, name: name.into(), email: email.into() };
        match client.student_sessions().create(student).individual_info("Room 7").await {
            Ok(session) => writeln!(out, "  {name}: session {} is {:?}", session.id, session.status)?,
            Err(Error::Api(Refused::EmailTaken)) => writeln!(out, "  {name}: there is such a student already")?,
            Err(other) => return Err(other.into()),
        }
    }

    let mailed = client.exams().send_emails(exam.id).await?;
    let sent = mailed.iter().filter(|mailed| mailed.status == Some(SessionStatus::EmailSent)).count();
    writeln!(out, "{sent} of {} students have their mail", mailed.len())?;
    if sent != 2 {
        return Err("somebody has no mail".into());
    }
    Ok(())
}
