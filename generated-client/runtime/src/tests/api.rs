//! A small API as the generator would write it: if this compiles, generated code does.

use std::fmt;

use crate::rt_for_generator_3 as rt;

pub(super) use super::call::Call;

#[allow(unused_imports, reason = "what users of a generated module see")]
pub(super) use rt::public::*;

pub(super) type AnyError = rt::AnyError<ErrorCode>;

#[derive(Clone, Debug)]
pub(super) struct Client(pub(super) rt::Client);

impl Client {
    pub(super) fn builder(environment: Environment) -> rt::Builder<Self> {
        rt::Builder::new(environment.base())
    }

    pub(super) fn request(&self, method: &str, path: &str) -> rt::Undescribed<ErrorCode> {
        self.0.request(method, path)
    }

    pub(super) fn users(&self) -> Users {
        Users(self.0.clone())
    }
}

impl rt::Api for Client {
    type Credentials = Credentials;
    const API: &'static rt::ApiSpec = &API;

    fn wrap(client: rt::Client) -> Self {
        Self(client)
    }
}

static API: rt::ApiSpec = rt::ApiSpec::new("sample", "samples/2.0.1", authenticate)
    .credentials(<Credentials as rt::Credentials>::NAMES)
    .adds(&["timestamp", "nonce", "signature"])
    .envelope(rt::envelope().errors(rt::reports(&[&[], &["error"], &["errors"]])).request_id("X-Request-Id", &[]))
    .pages(
        rt::paging(rt::NextPage::Number("page", 1)).totals(
            rt::Place::InHeader("X-Items"),
            rt::Place::InHeader("X-Pages"),
            rt::Place::InHeader("X-Page"),
            rt::Place::InHeader("X-Limit"),
        ),
        &[
            rt::InQuery("page", &[rt::Optional, rt::Min("1")]),
            rt::InQuery("limit", &[rt::Optional, rt::Min("1"), rt::Max("300")]),
        ],
    );

fn authenticate(call: &mut rt::Draft<'_>) -> Result<(), rt::SigningError> {
    call.header("Accept", &["application/vnd.sample"])?;
    call.secret_header("Authorization", &["Token token=", call.credential(0)])?;
    call.inject("timestamp", rt::epoch_ms(call.now()))?;
    call.inject("nonce", call.nonce()?)?;
    let canonical = call.params()?.sort().pairs("=").join("?");
    let canonical = call.step("canonical", canonical);
    let signature = rt::hex(rt::hmac_sha256(call.credential(1), &canonical));
    let signature = call.digest("signature", signature);
    call.inject("signature", signature)
}

#[derive(Clone, Debug)]
pub(super) struct Credentials {
    pub(super) api_token: rt::Secret,
    pub(super) secret_key: rt::Secret,
}

impl Credentials {
    pub(super) fn from_vars(look_up: impl Fn(&str) -> Option<String>) -> Result<Self, rt::MissingVariable> {
        Ok(Self {
            api_token: rt::variable(&look_up, "SAMPLE_API_TOKEN")?,
            secret_key: rt::variable(&look_up, "SAMPLE_SECRET_KEY")?,
        })
    }
}

impl rt::Credentials for Credentials {
    const NAMES: &'static [&'static str] = &["api_token", "secret_key"];
    fn secrets(self) -> Vec<rt::Secret> {
        vec![self.api_token, self.secret_key]
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(super) enum Environment {
    Production,
    Custom(rt::BaseAddress),
}

impl Environment {
    pub(super) fn custom(address: &str) -> Result<Self, rt::InvalidBaseAddress> {
        rt::BaseAddress::parse(address).map(Self::Custom)
    }

    fn base(self) -> rt::BaseAddress {
        match self {
            Self::Production => rt::BaseAddress::known("https://api.example.com/v3"),
            Self::Custom(address) => address,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub(super) enum ErrorCode {
    NotAuthorized,
    NotFound,
    ParameterMissing,
    EmailTaken,
}

impl rt::Code for ErrorCode {
    const API: &'static rt::ApiSpec = &API;
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        rt::meaning(self, f)
    }
}

impl std::error::Error for ErrorCode {}

impl rt::OperationError for ErrorCode {
    type Code = Self;
    const VARIANTS: &'static [rt::Variant<Self>] = &[
        rt::case(&NOT_AUTHORIZED, |_| Self::NotAuthorized),
        rt::case(&NOT_FOUND, |_| Self::NotFound),
        rt::case(&PARAMETER_MISSING, |_| Self::ParameterMissing),
        rt::case(&EMAIL_TAKEN, |_| Self::EmailTaken),
    ];
}

static NOT_AUTHORIZED: rt::ErrorCase =
    rt::error("not_authorized", &[401, 403]).meaning("you may not do this").messages(&["You are not authorized."]);
static NOT_FOUND: rt::ErrorCase = rt::error("not_found", &[404])
    .meaning("there is no such object")
    .messages(&["Couldn't find {model} with 'id'='{id}'", "Couldn't find {model} with 'id'={id}"]);
static PARAMETER_MISSING: rt::ErrorCase = rt::error("parameter_missing", &[422])
    .meaning("a parameter is missing")
    .messages(&["Param is missing: {parameter}"]);
static EMAIL_TAKEN: rt::ErrorCase = rt::error("email_taken", &[422])
    .meaning("another user has this address")
    .field("email")
    .messages(&["has already been taken"]);

#[derive(Clone, Debug)]
pub(super) struct Users(rt::Client);

impl Users {
    pub(super) fn list(&self, institute_id: i64) -> Call<ListUsers> {
        self.0.call([&institute_id])
    }

    pub(super) fn create(&self, new: CreateUser) -> Call<CreateUser> {
        self.0.call_with(&new)
    }

    pub(super) fn update(&self, institute_id: i64, id: i64) -> Call<UpdateUser> {
        self.0.call([&institute_id, &id])
    }

    pub(super) fn destroy(&self, id: &str) -> Call<DestroyUser> {
        self.0.call([&id])
    }
}

#[derive(Debug)]
pub(super) struct ListUsers;

impl rt::Operation for ListUsers {
    type Output = rt::Page<User>;
    type Error = ListUsersError;
    const TABLE: rt::Table =
        rt::get("/institutes/{institute_id}/users").id("users.list").gives(rt::Payload::Page("users"));
    const PARAMS: &'static [rt::Param] =
        &[rt::InPath("institute_id", &[]), rt::InQuery("search", &[rt::Optional, rt::IsPersonal])];
}

impl Call<ListUsers> {
    pub(super) fn search(self, value: impl Into<rt::Personal<String>>) -> Self {
        Self(self.0.set("search", value.into()))
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub(super) enum ListUsersError {
    NotAuthorized,
}

rt::documented_error!(ListUsersError);

impl rt::OperationError for ListUsersError {
    type Code = ErrorCode;
    const VARIANTS: &'static [rt::Variant<Self>] = &[rt::case(&NOT_AUTHORIZED, |_| Self::NotAuthorized)];
}

#[derive(Clone)]
pub(super) struct CreateUser {
    pub(super) institute_id: i64,
    pub(super) email: rt::Personal<String>,
    pub(super) password: rt::Secret,
    pub(super) role: Role,
}

rt::request!(CreateUser);

impl rt::Operation for CreateUser {
    type Output = User;
    type Error = CreateUserError;
    const TABLE: rt::Table =
        rt::post("/institutes/{institute_id}/users").id("users.create").gives(rt::Payload::Key("user"));
    const PARAMS: &'static [rt::Param] = &[
        rt::InPath("institute_id", &[]),
        rt::InBody("email", &[rt::IsPersonal, rt::MinLength(1)]),
        rt::InBody("password", &[rt::IsSecret, rt::MinLength(8), rt::Contains(&[rt::Digit])]),
        rt::InBody(
            "password_confirmation",
            &[rt::IsSecret, rt::DefaultFrom("password"), rt::Equals(rt::AsSent, "password")],
        ),
        rt::InBody("role", &[]),
    ];

    fn lend(&self, take: &mut rt::Take<'_>) {
        take.all([&self.institute_id, &self.email, &self.password, &self.role]);
    }
}

impl Call<CreateUser> {
    pub(super) fn password_confirmation(self, value: impl Into<rt::Secret>) -> Self {
        Self(self.0.set("password_confirmation", value.into()))
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub(super) enum CreateUserError {
    NotAuthorized,
    ParameterMissing { parameter: rt::Captured },
    EmailTaken,
}

rt::documented_error!(CreateUserError);

impl rt::OperationError for CreateUserError {
    type Code = ErrorCode;
    const VARIANTS: &'static [rt::Variant<Self>] = &[
        rt::case(&NOT_AUTHORIZED, |_| Self::NotAuthorized),
        rt::case(&PARAMETER_MISSING, |c| Self::ParameterMissing { parameter: c.next() }),
        rt::case(&EMAIL_TAKEN, |_| Self::EmailTaken),
    ];
}

#[derive(Debug)]
pub(super) struct UpdateUser;

impl rt::Operation for UpdateUser {
    type Output = User;
    type Error = DestroyUserError;
    const TABLE: rt::Table =
        rt::patch("/institutes/{institute_id}/users/{id}").id("users.update").gives(rt::Payload::Key("user"));
    const PARAMS: &'static [rt::Param] = &[
        rt::InPath("institute_id", &[]),
        rt::InPath("id", &[]),
        rt::InBody("receives_reports", &[rt::Optional]),
        rt::InBody("provider", &[rt::Optional, rt::Clear("")]),
    ];
    const RETRY: rt::Retry = rt::Retry::Safe;
}

impl Call<UpdateUser> {
    pub(super) fn receives_reports(self, value: bool) -> Self {
        Self(self.0.set("receives_reports", value))
    }

    pub(super) fn provider(self, value: impl Into<rt::Patch<i64>>) -> Self {
        Self(self.0.set("provider", value.into()))
    }
}

#[derive(Debug)]
pub(super) struct DestroyUser;

impl rt::Operation for DestroyUser {
    type Output = ();
    type Error = DestroyUserError;
    const TABLE: rt::Table = rt::delete("/users/{id}").id("users.destroy");
    const PARAMS: &'static [rt::Param] = &[rt::InPath("id", &[])];
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub(super) enum DestroyUserError {
    NotFound { model: rt::Captured, id: rt::Captured },
}

rt::documented_error!(DestroyUserError);

impl rt::OperationError for DestroyUserError {
    type Code = ErrorCode;
    const VARIANTS: &'static [rt::Variant<Self>] =
        &[rt::case(&NOT_FOUND, |c| Self::NotFound { model: c.next(), id: c.next() })];
}

#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub(super) struct User {
    pub(super) id: i64,
    pub(super) email: rt::Personal<String>,
    pub(super) created_at: Option<rt::DateTime>,
    pub(super) role: Option<Role>,
    pub(super) api_token: Option<rt::Secret>,
}

impl rt::Read for User {
    fn read(&mut self, json: &mut rt::Reader<'_>) -> rt::ReadResult {
        json.object([
            rt::must("id", &mut self.id),
            rt::slot("email", &mut self.email),
            rt::slot("created_at", &mut self.created_at),
            rt::slot("role", &mut self.role),
            rt::slot("api_token", &mut self.api_token),
        ])
    }
}

rt::record!(User);

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub(super) enum Role {
    Teacher,
    Other(String),
}

rt::open_enum!(Role, Other, Other);

impl rt::Words for Role {
    const WORDS: &'static [(&'static str, Self)] = &[("teacher", Self::Teacher)];
}
