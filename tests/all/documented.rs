//! The documentation of every operation shows how it is called, in code that compiles.

use std::path::Path;

use generated_client::{proctorexam, proctoru};

use crate::support::{self, Scripted};

/// A value of a type that the documentation of a call leaves to its reader, and that the call takes.
pub(crate) trait Sample {
    fn sample() -> Self;
}

/// Says what stands for types.
macro_rules! samples {
    ($($ty:ty: $value:expr;)*) => {
        $(impl Sample for $ty { fn sample() -> Self { $value } })*
    };
}

samples! {
    proctorexam::DateTime: "2031-08-29T00:00:00Z".parse().unwrap();
    proctorexam::Secret: "Passw0rd!".into();
    proctorexam::Upload: proctorexam::Upload::bytes("image.jpg", b"image".to_vec()).content_type("image/jpeg");
    proctorexam::SignIn: proctorexam::SignIn::new(proctorexam::SignInNeeds {
        email: "a@institute.com".into(),
        password: "Passw0rd!".into(),
    });
    proctoru::CenterSlot: crate::proctoru::appointment().time_slot;
    proctoru::CenterUser: crate::proctoru::appointment().user;
}

/// What the clients' documentation has, compiled here, where the path of each is known.
#[allow(dead_code, deprecated, unused_variables, reason = "examples are there to be read")]
mod code {
    include!(concat!(env!("OUT_DIR"), "/language/examples.rs"));

    pub(super) fn counted() -> &'static [(&'static str, usize)] {
        EXAMPLES
    }
}

#[test]
fn every_operation_has_an_example_that_compiles() {
    assert!(code::counted().len() > 20, "{:?}", code::counted());
    for (folder, examples) in code::counted() {
        let api = codegen::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
        assert_eq!(*examples, api.operations().count(), "{folder}");
    }
}

/// Whoever copies a call has one that the vendor takes: no rule is broken, and what is demanded in certain cases is
/// there.
#[test]
fn every_call_that_is_shown_is_valid() {
    let exams = crate::support::client("http://127.0.0.1:1/api");
    let sessions = crate::proctoru::client("http://127.0.0.1:1/api");
    let shown = [code::client_0::validated(&exams), code::client_1::validated(&sessions)].concat();
    assert!(shown.len() > 90, "{}", shown.len());
    let broken: Vec<_> = shown.into_iter().filter_map(|(call, wrong)| Some((call, wrong?))).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Each of these is expected to warn, and an expectation that is not met is a warning itself.
#[test]
fn what_is_deprecated_warns_whoever_uses_it_and_no_generated_code() {
    use tests::specs::kitchen_sink::{self, Clause, Item, Level, Shape};

    #[expect(deprecated, reason = "a value")]
    let level = Level::Low;
    assert_eq!(format!("{level:?}"), "Low");
    #[expect(deprecated, reason = "a field")]
    let title = Item::default().title;
    assert_eq!(title, Default::default());
    #[expect(deprecated, reason = "a field that is set")]
    let clause = Clause::new("x").label("y");
    assert_ne!(clause, Clause::new("x"));
    #[expect(deprecated, reason = "a shape")]
    let is_circle = |shape: &Shape| matches!(shape, Shape::Circle(_));
    assert!(!is_circle(&Shape::Name("x".to_owned())));
    #[expect(deprecated, reason = "a type")]
    let radius = |circle: kitchen_sink::Circle| circle.radius;
    #[expect(deprecated, reason = "another name for a type")]
    let words = kitchen_sink::Words::default();
    assert_eq!((radius(Default::default()), words.len()), (Default::default(), 0));
}

/// The same where no type is deprecated, so that nothing but what generated code says itself keeps it from being warned.
#[tokio::test]
async fn what_is_deprecated_besides_types_warns_as_well() {
    use tests::specs::kitchen_sink_by_link::{
        Client, CompareColumn, Credentials, Environment, Error, ErrorCode, HeldOrMovedError, WebhookEvent,
    };

    let mut credentials = Credentials::from_variables(|name| Some(name.to_owned())).unwrap();
    #[expect(deprecated, reason = "a credential")]
    let department = &mut credentials.department;
    *department = "seven".into();
    #[expect(deprecated, reason = "an environment")]
    let old = Client::builder(Environment::Old).credentials(credentials.clone()).build().unwrap();
    assert_eq!(old.base_address().to_string(), "https://old.sink.example.com");
    let server = Scripted::once(support::json(410, "{}"));
    let environment = Environment::custom(server.address()).unwrap();
    let client = Client::builder(environment).credentials(credentials).build().unwrap();
    #[expect(deprecated, reason = "a resource")]
    let columns = client.columns();
    #[expect(deprecated, reason = "what a call needs")]
    let call = columns.compare(CompareColumn { left: "a".into(), right: "b".into() });
    #[expect(deprecated, reason = "a parameter that is set")]
    let call = call.depth(1);
    let error = call.await.unwrap_err();
    #[expect(deprecated, reason = "an error of calls")]
    let is_moved = matches!(error, Error::Api(HeldOrMovedError::Moved));
    #[expect(deprecated, reason = "an error of calls that has members")]
    let is_held = matches!(error, Error::Api(HeldOrMovedError::Held { .. }));
    assert!(is_moved && !is_held, "{error:?}");
    #[expect(deprecated, reason = "an error of the API")]
    let code = ErrorCode::Moved;
    assert_eq!(format!("{code:?}"), "Moved");
    #[expect(deprecated, reason = "an event")]
    let event = WebhookEvent::ColumnCreated(Default::default());
    assert!(format!("{event:?}").starts_with("ColumnCreated"));
}
