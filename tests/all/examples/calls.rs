//! Each documented call, made as an application would make it.

use client_runtime::rt;
use client_runtime::rt::serde::Serialize;
use generated_client::proctorexam::{
    AnyError, Call, Client, CreateInstitute, CreateToolProvider, CreateUser, DocumentId, EndExamStudentSession,
    ErrorCode, ExamId, ExamType, IdentityProviderId, InstituteId, LtiResourceId, NotificationType, Prepared,
    ReportFrequency, Role, ShowLtiStudentExam, StudentSessionId, ToolProviderId, Upload, UserId, exposing,
};
use serde_json::{Map, Value};

/// What is done with a call.
#[derive(Clone, Copy)]
pub(super) enum Act {
    Prepare,
    Send,
}

/// What came of it.
pub(super) enum Done {
    Prepared(Box<Prepared>),
    /// The result, as the client serialises it with everything exposed.
    Result(Value),
}

impl Act {
    async fn on<O>(self, call: Call<O>) -> Result<Done, AnyError>
    where
        O: rt::Operation<Output: Serialize, Error: rt::OperationError<Code = ErrorCode>>,
    {
        match self {
            Self::Prepare => Ok(Done::Prepared(Box::new(call.prepare()?))),
            Self::Send => Ok(result(&call.await?)),
        }
    }

    async fn page<O>(self, call: Call<O>, arguments: &mut Arguments) -> Result<Done, AnyError>
    where
        O: rt::Paged<Item: Serialize, Error: rt::OperationError<Code = ErrorCode>>,
    {
        let call = arguments.number("page").into_iter().fold(call, |call, page| call.page(page));
        match self {
            Self::Prepare => Ok(Done::Prepared(Box::new(call.prepare()?))),
            Self::Send => Ok(result(&call.await?.items)),
        }
    }
}

fn result(value: &impl Serialize) -> Done {
    Done::Result(exposing(|| serde_json::to_value(value)).unwrap())
}

/// The members of a documented request that have not been used yet.
pub(super) struct Arguments(pub(super) Map<String, Value>);

impl Arguments {
    /// What signing adds is not the caller's.
    pub(super) fn new(mut request: Map<String, Value>) -> Self {
        ["nonce", "timestamp", "signature"].into_iter().for_each(|name| drop(request.remove(name)));
        Self(request)
    }

    fn text(&mut self, name: &str) -> Option<String> {
        self.0.remove(name).map(|value| value.as_str().unwrap().to_owned())
    }

    fn flag(&mut self, name: &str) -> Option<bool> {
        self.0.remove(name).map(|value| value.as_bool().unwrap())
    }

    /// A number, which some examples write as a text.
    fn number(&mut self, name: &str) -> Option<i64> {
        let value = self.0.remove(name)?;
        Some(value.as_str().map_or_else(|| value.as_i64().unwrap(), |text| text.parse().unwrap()))
    }

    /// An id; those that belong into the path are missing in most examples.
    fn id(&mut self, name: &str) -> i64 {
        self.number(name).unwrap_or(1)
    }
}

/// Sets what a request has of some optional parameters of one kind.
macro_rules! set {
    ($arguments:ident, $call:ident, $kind:ident: $($name:ident),*) => {
        $(if let Some(value) = $arguments.$kind(stringify!($name)) { $call = $call.$name(value); })*
    };
}

/// The optional parameters that creating and changing an exam have in common.
macro_rules! set_exam {
    ($arguments:ident, $call:ident) => {
        set!($arguments, $call, flag: use_duration, global_proctoring, global_reviewing, for_reviewing, upload_answers,
            mobile_cam, allow_websites, allow_external_applications, allow_textbooks, allow_calculator,
            allow_pen_paper, allow_additional);
        set!($arguments, $call, number: duration_minutes);
        set!($arguments, $call, text: restrictions, allowed_websites, allowed_external_applications, allowed_textbooks,
            allowed_calculator_type, allowed_additional);
        if let Some(id) = $arguments.number("institute_id") {
            $call = $call.institute_id(InstituteId(id));
        }
        if let Some(time) = $arguments.text("start_time") {
            $call = $call.start_time(time.parse().unwrap());
        }
    };
}

/// Makes a documented call out of its documented arguments.
pub(super) async fn make(name: &str, arguments: &mut Arguments, client: &Client, act: Act) -> Result<Done, AnyError> {
    match name.split_once('.').unwrap() {
        ("attachments", action) => attachments(action, arguments, client, act).await,
        ("documents", action) => documents(action, arguments, client, act).await,
        ("exams", action) => exams(action, arguments, client, act).await,
        ("institutes", action) => institutes(action, arguments, client, act).await,
        ("lti_resources", action) => lti_resources(action, arguments, client, act).await,
        ("student_sessions", action) => student_sessions(action, arguments, client, act).await,
        ("tool_providers", action) => tool_providers(action, arguments, client, act).await,
        ("users", action) => users(action, arguments, client, act).await,
        other => panic!("no such call: {other:?}"),
    }
}

async fn attachments(action: &str, given: &mut Arguments, client: &Client, act: Act) -> Result<Done, AnyError> {
    let exam = ExamId(given.id("exam_id"));
    match action {
        "index" => act.page(client.attachments().list(exam), given).await,
        // The example leaves the file out, without which there is no such call.
        "create" => {
            let image = Upload::bytes("image2.jpg", b"image".to_vec()).content_type("image/jpeg");
            act.on(client.attachments().create(exam, image)).await
        }
        other => panic!("no such call: {other}"),
    }
}

async fn documents(action: &str, given: &mut Arguments, client: &Client, act: Act) -> Result<Done, AnyError> {
    let (exam, documents) = (ExamId(given.id("exam_id")), client.documents());
    match action {
        "index" => act.on(documents.list(exam)).await,
        "show" => act.on(documents.show(exam, DocumentId(1))).await,
        "create" => act.on(documents.create(exam, given.text("exam_content").unwrap_or("text".into()))).await,
        other => panic!("no such call: {other}"),
    }
}

async fn exams(action: &str, given: &mut Arguments, client: &Client, act: Act) -> Result<Done, AnyError> {
    let exams = client.exams();
    let mut exam = || ExamId(given.id("id"));
    match action {
        "index" => act.page(exams.list(), given).await,
        "show" => act.on(exams.show(exam())).await,
        "send_emails" => act.on(exams.send_emails(exam())).await,
        "add_comanager" => act.on(exams.add_comanager(exam(), UserId(given.id("comanager_id")))).await,
        "remove_comanager" => act.on(exams.remove_comanager(exam(), UserId(given.id("comanager_id")))).await,
        "show_lti_student" => {
            let id = exam();
            let mut text = |name| given.text(name).unwrap_or("1".into());
            let (student_lms_id, resource_link_id) = (text("student_lms_id").into(), text("resource_link_id"));
            act.on(exams.show_lti_student(ShowLtiStudentExam { id, student_lms_id, resource_link_id })).await
        }
        "create" => {
            let kind = given.text("type").map_or(ExamType::Demo, exam_type);
            let mut call = exams.create(given.text("name").unwrap_or("name".into()), kind);
            set_exam!(given, call);
            act.on(call).await
        }
        "update" => {
            let mut call = exams.update(exam());
            set!(given, call, text: name);
            set!(given, call, flag: student_experience);
            if let Some(kind) = given.text("type") {
                call = call.exam_type(exam_type(kind));
            }
            set_exam!(given, call);
            act.on(call).await
        }
        other => panic!("no such call: {other}"),
    }
}

#[allow(clippy::needless_pass_by_value, reason = "it is mapped over options")]
fn exam_type(text: String) -> ExamType {
    if text == "record_review" { ExamType::RecordReview } else { panic!("{text}") }
}

async fn institutes(action: &str, given: &mut Arguments, client: &Client, act: Act) -> Result<Done, AnyError> {
    let institutes = client.institutes();
    match action {
        "index" => act.page(institutes.list(), given).await,
        "show" => act.on(institutes.show(InstituteId(1))).await,
        "destroy" => act.on(institutes.destroy(InstituteId(1))).await,
        "create" => {
            let [name, short_name] = ["name", "short_name"].map(|name| given.text(name).unwrap_or("x".into()));
            let mut call = institutes.create(CreateInstitute { name, short_name });
            set!(given, call, flag: global_proctor, global_reviewer);
            act.on(call).await
        }
        other => panic!("no such call: {other}"),
    }
}

async fn lti_resources(action: &str, given: &mut Arguments, client: &Client, act: Act) -> Result<Done, AnyError> {
    let resources = client.lti_resources();
    let mut link = || given.text("lti_resource_link_name");
    match action {
        "index" => act.page(resources.list(), given).await,
        "show" => act.on(resources.show(LtiResourceId(given.id("id")))).await,
        "create" => {
            let name = link().unwrap_or("name".into());
            let (exam, tool) = (ExamId(given.id("exam_id")), ToolProviderId(given.id("tool_provider_id")));
            act.on(resources.create(name, exam, tool)).await
        }
        "update" => {
            let call = resources.update(LtiResourceId(1));
            act.on(link().into_iter().fold(call, |call, name| call.lti_resource_link_name(name))).await
        }
        other => panic!("no such call: {other}"),
    }
}

async fn student_sessions(action: &str, given: &mut Arguments, client: &Client, act: Act) -> Result<Done, AnyError> {
    let (sessions, id) = (client.student_sessions(), StudentSessionId(1));
    match action {
        "index" => act.page(sessions.list(ExamId(1)), given).await,
        "index_all" => act.page(sessions.list_all(), given).await,
        "update" => {
            let mut call = sessions.update(id);
            for (name, set) in [("name", true), ("email", false)] {
                if let Some(text) = given.text(name) {
                    call = if set { call.name(text) } else { call.email(text) };
                }
            }
            set!(given, call, text: individual_info);
            set!(given, call, flag: is_individual_info_html, skip_requirements);
            act.on(call).await
        }
        "assign_proctor" => act.on(sessions.assign_proctor(id, UserId(given.id("proctor_id")))).await,
        "end_exam" => {
            let mut text = |name| given.text(name).unwrap_or("warning".into());
            let (title, body, kind) =
                (text("notification_title"), text("notification_text"), text("notification_type"));
            let kind = if kind == "warning" { NotificationType::Warning } else { panic!("{kind}") };
            let end = EndExamStudentSession {
                id,
                notification_title: title,
                notification_text: body,
                notification_type: kind,
            };
            act.on(sessions.end_exam(end)).await
        }
        other => panic!("no such call: {other}"),
    }
}

async fn tool_providers(action: &str, given: &mut Arguments, client: &Client, act: Act) -> Result<Done, AnyError> {
    let (providers, id) = (client.tool_providers(), ToolProviderId(given.id("id")));
    match action {
        "index" => act.on(providers.list()).await,
        "show" => act.on(providers.show(id)).await,
        "destroy" => act.on(providers.destroy(id)).await,
        "create" => {
            let mut text = |name| given.text(name).unwrap_or("x".into());
            let new = CreateToolProvider {
                tool_name: text("tool_name"),
                oauth_consumer_key: text("oauth_consumer_key").into(),
                oauth_consumer_secret: text("oauth_consumer_secret").into(),
            };
            act.on(providers.create(new)).await
        }
        "update" => {
            let mut call = providers.update(id);
            set!(given, call, text: tool_name);
            act.on(call).await
        }
        other => panic!("no such call: {other}"),
    }
}

async fn users(action: &str, given: &mut Arguments, client: &Client, act: Act) -> Result<Done, AnyError> {
    let (users, institute, id) = (client.users(), InstituteId(1), UserId(1));
    match action {
        "index" => act.page(users.list(institute), given).await,
        "show" => act.on(users.show(institute, id)).await,
        "destroy" => act.on(users.destroy(institute, id)).await,
        "update" => {
            let mut call = users.update(institute, id);
            set!(given, call, flag: receives_reports);
            if given.text("report_frequency").is_some_and(|text| text == "week") {
                call = call.report_frequency(ReportFrequency::Week);
            }
            act.on(call).await
        }
        "create" => {
            let role = given.text("role").map_or(Role::Teacher, |role| match role.as_str() {
                "administrator" => Role::Administrator,
                other => panic!("{other}"),
            });
            let mut text = |name, otherwise: &str| given.text(name).unwrap_or(otherwise.to_owned());
            let mut call = users.create(CreateUser {
                institute_id: institute,
                email: text("email", "a@institute.com").into(),
                name: text("name", "A").into(),
                password: text("password", "Passw0rd!").into(),
                role,
            });
            set!(given, call, text: password_confirmation);
            if let Some(id) = given.number("omniauth_config_id") {
                call = call.omniauth_config_id(IdentityProviderId(id));
            }
            act.on(call).await
        }
        other => panic!("no such call: {other}"),
    }
}
