//! Files of an exam: what is sent, and what is read of whatever comes back.

use generated_client::proctorexam::{AttachmentId, CreateAttachmentError, Error, ExamId, Upload};

use crate::support::{Scripted, answer, client, json, last, mock};

/// What the server answers to an upload.
async fn answered(answer: Vec<u8>) -> Result<generated_client::proctorexam::Attachment, Error<CreateAttachmentError>> {
    let server = Scripted::once(answer);
    client(server.address()).attachments().create(ExamId(1), Upload::bytes("a.txt", b"text".to_vec())).await
}

#[tokio::test]
async fn a_file_arrives_as_it_is_under_the_name_that_it_has() {
    let mock = mock().await;
    let attachments = client(mock.address()).attachments();
    let every_byte: Vec<u8> = (0..=255).collect();
    for (name, content_type) in [("plan.png", Some("image/png")), ("Übung \"1\".pdf", None), ("no extension", None)] {
        let file = Upload::bytes(name, every_byte.clone());
        let file = content_type.into_iter().fold(file, |file, it| file.content_type(it));
        let created = attachments.create(ExamId(1), file).await.unwrap();
        let request = last(&mock);
        assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/api/v3/exams/1/attachments"));
        assert!(request.query.is_empty(), "what is signed is in parts: {}", request.query);
        let parts = request.parts().unwrap();
        let names: Vec<_> = parts.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, ["document", "timestamp", "nonce", "signature"], "the exam is in the path alone");
        assert_eq!(parts[0].bytes, every_byte, "{name}");
        assert_eq!(parts[1..].iter().filter(|part| part.text().is_some()).count(), 3);
        if let Some(content_type) = content_type {
            assert_eq!(parts[0].content_type.as_deref(), Some(content_type));
        }
        assert_eq!((created.exam_id, created.document_file_name.is_some()), (Some(ExamId(1)), true));
        let said = content_type.unwrap_or("application/octet-stream");
        assert_eq!((created.document_content_type.as_deref(), created.document_file_size), (Some(said), Some(256)));
        assert_eq!(attachments.show(ExamId(1), created.id).await.unwrap(), created);
    }
    let listed = attachments.list(ExamId(1)).await.unwrap();
    assert_eq!((listed.items.len(), listed.total_items), (4, Some(4)));
}

#[tokio::test]
async fn the_whole_answer_is_read_with_either_status_and_ids_of_either_form() {
    let attachment = r#"{"id":"2","created_at":"2019-01-22T16:48:06.991+01:00","updated_at":"2019-01-22T16:48:06.991+01:00",
        "document_file_name":"image2.jpg","document_content_type":"image/jpeg","document_file_size":"1469411",
        "document_updated_at":"2019-01-22T16:48:06.983+01:00","exam_id":"1","placeholder":"1548172086_image2.jpg","new":1}"#;
    for status in [200, 201] {
        let read = answered(json(status, &format!(r#"{{"attachment":{attachment}}}"#))).await.unwrap();
        assert_eq!(
            (read.id, read.exam_id, read.document_file_size),
            (AttachmentId(2), Some(ExamId(1)), Some(1_469_411))
        );
        assert_eq!(read.placeholder.as_deref(), Some("1548172086_image2.jpg"));
        let times = [read.created_at, read.updated_at, read.document_updated_at].map(|time| time.unwrap().to_string());
        assert!(times.iter().all(|time| time.starts_with("2019-01-22T16:48:06.9")), "{times:?}");
    }
    // Only the id must be there.
    let least = answered(json(201, r#"{"attachment":{"id":3,"placeholder":null}}"#)).await.unwrap();
    assert_eq!((least.id, least.placeholder, least.created_at), (AttachmentId(3), None, None));
}

#[tokio::test]
async fn what_is_no_attachment_is_undecodable() {
    for (text, path) in
        [("{}", "attachment"), (r#"{"attachment":null}"#, "attachment"), (r#"{"attachment":{}}"#, "attachment.id")]
    {
        let Err(Error::Decode(undecodable)) = answered(json(201, text)).await else { panic!("{text}") };
        assert_eq!(undecodable.cause().path(), path, "{text}");
    }
    let page = answer(200, &[("Content-Type", "text/html")], b"<!DOCTYPE html>");
    let Err(Error::Decode(undecodable)) = answered(page).await else { panic!("a page") };
    assert_eq!(undecodable.cause().found(), "a page of HTML");
}

#[tokio::test]
async fn every_documented_refusal_is_its_own_error() {
    let refused = async |status, message: &str| {
        let Err(Error::Api(error)) = answered(json(status, &format!(r#"{{"error":"{message}"}}"#))).await else {
            panic!()
        };
        error
    };
    for status in [401, 403] {
        let error = refused(status, "You are not authorized to access this page.").await;
        assert!(matches!(error, CreateAttachmentError::NotAuthorized), "{error:?}");
    }
    let error = refused(404, "Couldn't find Exam with 'id'='1'").await;
    let CreateAttachmentError::NotFound { model, id } = error else { panic!("{error:?}") };
    assert_eq!((model.as_str(), id.as_str()), ("Exam", "1"));
    let error = refused(422, "Param is missing or the value is empty: 'document'").await;
    let CreateAttachmentError::ParameterMissing { parameter } = error else { panic!("{error:?}") };
    assert_eq!(parameter.as_str(), "document");
    let Err(Error::Unexpected(other)) = answered(json(413, r#"{"error":"too large"}"#)).await else { panic!() };
    assert_eq!(other.response().status().as_u16(), 413);
}
