//! A client of no API in particular: any signing function, any parameters.

use std::cell::Cell;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use client_runtime::rt::public::Error;
use client_runtime::testing::Script;
use client_runtime::{rt, seams};
use codegen_mock::interpret::Moment;

use super::Scheme;

thread_local! {
    /// What calls on this thread are signed by.
    static SCHEME: Cell<Option<Scheme>> = const { Cell::new(None) };
}

static API: rt::ApiSpec = rt::ApiSpec::new("any", "", |call| SCHEME.get().map_or(Ok(()), |scheme| scheme(call)));

/// What a call has besides what its operation says.
pub(super) struct Parameters {
    /// Each where it goes, which is `query` or `body`, and its name.
    pub(super) fields: Vec<(&'static str, String, Scalar)>,
    /// The parameter in the path, where the path has one.
    pub(super) id: String,
    /// A header of the call's own.
    pub(super) header: Option<(&'static str, String)>,
    /// Whether the body is a form.
    pub(super) is_form: bool,
    /// What the whole body is, if one value is that.
    pub(super) document: Option<rt::public::Json>,
}

/// A signed request, or why there is none.
pub(super) type Prepared = Result<rt::public::SignedRequest, rt::SigningError>;

/// The value of a parameter.
#[derive(Clone, Debug)]
pub(super) enum Scalar {
    Text(String),
    Number(i64),
    Boolean(bool),
    /// What has parts, or is null.
    Parts(rt::public::Json),
}

impl Scalar {
    /// As it is signed.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Boolean(value) => value.to_string(),
            Self::Parts(_) => panic!("what has parts is no text"),
        }
    }
}

/// A client that signs by a scheme at a moment, far away from any server.
pub(super) fn client(base: &str, scheme: Scheme, credentials: &[String], moment: &Moment) -> rt::Client {
    SCHEME.set(Some(scheme));
    let credentials = Credentials(credentials.iter().map(|text| text.as_str().into()).collect());
    let builder = rt::Builder::<Client>::new(rt::BaseAddress::parse(base).unwrap()).credentials(credentials);
    builder.clock(At(moment.clone())).nonces(At(moment.clone())).transport(Script::new([])).build().unwrap().0
}

macro_rules! operations {
    ($($operation:ident: $verb:ident $encoding:ident $path:literal [$($name:literal),*];)*) => {
        $(
            enum $operation {}
            impl rt::Operation for $operation {
                type Output = ();
                type Error = NoError;
                const TABLE: rt::Table = rt::$verb($path).id(stringify!($operation));
                const PARAMS: &'static [rt::Param] = &[$(rt::InPath($name, &[])),*];
                const ENCODING: Option<&'static rt::Encoding> = Some(&rt::Encoding::$encoding(rt::Style::BRACKETS));
            }
        )*
        /// The signed request of a call.
        pub(super) fn prepare(
            client: &rt::Client,
            method: &str,
            path: &str,
            parameters: &Parameters,
        ) -> Prepared {
            if let Some(document) = &parameters.document {
                return whole(client, (method, path), parameters, document);
            }
            let encoding = if parameters.is_form { "form" } else { "json" };
            $(
                if (stringify!($verb), stringify!($encoding), $path) == (&*method.to_lowercase(), encoding, path) {
                    let call: rt::Call<$operation> = client.call([$(&named($name, &parameters.id)),*]);
                    return signed(call, parameters);
                }
            )*
            panic!("there is no operation for {method} {path}");
        }
    };
}

operations! {
    GetItem: get json "/items/{id}" ["id"];
    PostItem: post json "/items/{id}" ["id"];
    PutItem: put json "/items/{id}" ["id"];
    PatchItem: patch json "/items/{id}" ["id"];
    DeleteItem: delete json "/items/{id}" ["id"];
    PostForm: post form "/items/{id}" ["id"];
    PutForm: put form "/items/{id}" ["id"];
    PatchForm: patch form "/items/{id}" ["id"];
    GetItems: get json "/items" [];
    PutX: put json "/x" [];
    GetIdX: get json "/{id}/x" ["id"];
    GetOdd: get json "//items/./%7Ea//{id}/" ["id"];
}

/// It is always called `id`.
fn named<'a>(name: &str, id: &'a str) -> &'a str {
    assert_eq!(name, "id");
    id
}

/// The same of a call whose body no operation describes.
fn whole(
    client: &rt::Client,
    (method, path): (&str, &str),
    parameters: &Parameters,
    document: &rt::public::Json,
) -> Prepared {
    let mut call = client.request::<NoError>(method, path).path("id", parameters.id.as_str());
    for (place, name, value) in &parameters.fields {
        assert_eq!(*place, "query");
        call = call.query(name, value.text());
    }
    prepared(call.json(document.clone()).prepare())
}

fn signed<O: rt::Operation>(mut call: rt::Call<O>, parameters: &Parameters) -> Prepared {
    for (place, name, value) in &parameters.fields {
        call = match (*place, value.clone()) {
            ("query", Scalar::Text(text)) => call.with_query(name, text),
            ("query", Scalar::Number(number)) => call.with_query(name, number),
            ("query", Scalar::Boolean(value)) => call.with_query(name, value),
            ("query", Scalar::Parts(parts)) => call.with_query(name, parts),
            (_, Scalar::Parts(parts)) => call.with_body(name, parts),
            (_, Scalar::Text(text)) => call.with_body(name, text),
            (_, Scalar::Number(number)) => call.with_body(name, number),
            (_, Scalar::Boolean(value)) => call.with_body(name, value),
        };
    }
    if let Some((name, value)) = &parameters.header {
        call = call.with_header(*name, value.as_str());
    }
    prepared(call.prepare())
}

fn prepared<E: std::fmt::Debug>(made: Result<rt::public::Prepared, Error<E>>) -> Prepared {
    match made {
        Ok(prepared) => Ok(prepared.into_request()),
        Err(Error::Signing(error)) => Err(error),
        Err(other) => panic!("signing has nothing to do with {other:?}"),
    }
}

/// One moment again and again.
struct At(Moment);

impl seams::Clock for At {
    fn now(&self) -> SystemTime {
        let distance = Duration::from_millis(self.0.now.unsigned_abs());
        if self.0.now < 0 { UNIX_EPOCH - distance } else { UNIX_EPOCH + distance }
    }
}

impl seams::Nonces for At {
    fn nonce(&self) -> Result<i64, seams::NoNonce> {
        Ok(self.0.nonce)
    }
    fn nonce_hex(&self, bytes: usize) -> Result<String, seams::NoNonce> {
        self.0.nonce_hex.get(&(bytes as i64)).cloned().ok_or(seams::NoNonce)
    }
    fn uuid(&self) -> Result<String, seams::NoNonce> {
        Ok(self.0.uuid.clone())
    }
    fn counter(&self, _: i64) -> Result<i64, seams::NoNonce> {
        Ok(self.0.counter)
    }
}

struct Client(rt::Client);

struct Credentials(Vec<rt::Secret>);

/// The operations document no errors.
#[derive(Clone, Copy, Debug, PartialEq)]
enum NoError {}

impl rt::Api for Client {
    type Credentials = Credentials;
    const API: &'static rt::ApiSpec = &API;
    fn wrap(client: rt::Client) -> Self {
        Self(client)
    }
}

impl rt::Credentials for Credentials {
    const NAMES: &'static [&'static str] = &[];
    fn secrets(self) -> Vec<rt::Secret> {
        self.0
    }
}

impl std::fmt::Display for NoError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        rt::meaning(self, f)
    }
}

impl std::error::Error for NoError {}

impl rt::OperationError for NoError {
    type Code = Self;
    const VARIANTS: &'static [rt::Variant<Self>] = &[];
}

impl rt::Code for NoError {
    const API: &'static rt::ApiSpec = &API;
}
