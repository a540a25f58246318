//! Every number stands in the spec, at every place that it concerns, and is tested.

use std::collections::BTreeSet;

use codegen::ir::Operation;

use super::recorded::{Places, are_recorded, are_tested};
use crate::support::spec;

/// How many contradictions are known.
const KNOWN: u32 = 38;

/// Where each is recorded.
const PLACES: &Places = &[
    (1, &["users.update"]),
    (2, &["nonce"]),
    (3, &["timestamp"]),
    (4, &["signing"]),
    (
        5,
        &[
            "attachments.create",
            "attachments.create example",
            "attachments.list",
            "documents.create",
            "documents.list",
            "exams.show",
            "institutes.destroy",
            "institutes.show",
            "lti_resources.update",
            "student_sessions.assign_proctor",
            "student_sessions.end_exam",
            "student_sessions.list",
            "student_sessions.update",
            "tool_providers.update",
            "users.create",
            "users.destroy",
            "users.list",
            "users.show",
            "users.update",
        ],
    ),
    (6, &["signing"]),
    (7, &["signing"]),
    (8, &["users.create example"]),
    (9, &["Role", "users.create example"]),
    (10, &["IdentityProviderId", "users.create example"]),
    (11, &["users.create(omniauth_config_id)", "users.update(omniauth_config_id)"]),
    (12, &["users.list"]),
    (13, &["users.create", "users.update"]),
    (14, &["institutes.create", "institutes.list", "institutes.show"]),
    (15, &["lti_resources.list"]),
    (16, &["tool_providers.destroy"]),
    (17, &["lti_resources.update", "lti_resources.update example"]),
    (
        18,
        &[
            "LtiResource.tool_provider_id",
            "lti_resources.create example",
            "lti_resources.create(tool_provider_id)",
            "lti_resources.update(tool_provider_id)",
        ],
    ),
    (
        19,
        &[
            "exams.add_comanager example",
            "exams.add_comanager(comanager_id)",
            "exams.remove_comanager example",
            "exams.remove_comanager(comanager_id)",
            "student_sessions.assign_proctor example",
            "student_sessions.assign_proctor(proctor_id)",
        ],
    ),
    (20, &["documents.list"]),
    (
        21,
        &[
            "exams.add_student",
            "exams.list_students",
            "exams.show_lti_student",
            "exams.show_student",
            "student_sessions.create",
            "student_sessions.list",
            "student_sessions.list_all",
            "student_sessions.show",
            "student_sessions.update",
        ],
    ),
    (
        22,
        &[
            "lti_resources.list",
            "lti_resources.show",
            "not_authorized",
            "tool_providers.destroy",
            "tool_providers.list",
            "tool_providers.show",
        ],
    ),
    (
        23,
        &[
            "attachments.create",
            "attachments.list",
            "documents.create",
            "documents.destroy",
            "documents.list",
            "documents.show",
            "documents.update",
            "exams.update",
            "lti_resources.update",
            "not_found",
            "student_sessions.update",
            "tool_providers.update",
            "users.update",
        ],
    ),
    (24, &["exams.show_student"]),
    (25, &["Exam.restrictions", "exams.create(restrictions)", "exams.update(restrictions)"]),
    (26, &["Exam.exam_language", "Institute.default_exam_languages"]),
    (27, &["ExamStatus.deleted"]),
    (28, &["SessionStatus"]),
    (29, &["Institute.session_retention_period"]),
    (30, &["exams.create(end_time)", "exams.create(start_time)", "exams.update(end_time)", "exams.update(start_time)"]),
    (31, &["Authorization"]),
    (32, &["Filter", "Sort"]),
    (33, &["Institute.student_experience", "exams.update(student_experience)"]),
    (34, &["signing"]),
    (35, &["attachments.create(document)"]),
    (36, &["signing"]),
    (37, &["signing"]),
    (38, &["localhost"]),
];

#[test]
fn every_contradiction_is_recorded_where_it_concerns_the_api() {
    are_recorded(&spec(), KNOWN, PLACES);
}

#[test]
fn every_contradiction_has_a_test_of_its_number() {
    are_tested(KNOWN, &[include_str!("answers.rs"), include_str!("sent.rs"), include_str!("signing.rs")]);
}

/// The numbers that an operation, or its example, records.
fn recorded(operation: &Operation) -> BTreeSet<&str> {
    let docs = operation.examples.iter().map(|example| &example.doc).chain([&operation.doc]);
    docs.flat_map(|doc| &doc.contradictions).map(|(label, _)| label.as_str()).collect()
}

#[test]
fn what_holds_of_many_operations_is_recorded_at_each() {
    let api = codegen::load(&spec()).unwrap();
    for operation in api.resources.iter().flat_map(|resource| &resource.operations) {
        let (name, recorded) = (&operation.type_name.wire, recorded(operation));
        // The example of an upload has no request at all.
        let documented = operation.examples.iter().find(|example| !example.doc.sources.is_empty());
        let is_left_out = operation.parameters.iter().any(|parameter| {
            let is_in_path = parameter.location == codegen::ir::Location::Path;
            documented.is_some_and(|it| is_in_path && it.request.iter().all(|(name, _)| *name != parameter.name.wire))
        });
        assert!(!is_left_out || recorded.contains("5"), "{name}: an id of the path is not in the example");
        let has_two_keys = operation.also_under.iter().any(|key| key.starts_with("student_session"));
        assert_eq!(has_two_keys, recorded.contains("21"), "{name}: two keys");
    }
}
