//! The mock's answers in the same envelopes: a second reading of the spec.

use codegen_mock::{Fault, Mock};
use tests::answers::{AnyError, Client, Credentials, Environment};

use super::spec;

/// Calls an operation by its name: what it returned, or the error of any operation.
async fn call(client: &Client, operation: &str) -> Result<String, AnyError> {
    let rooms = client.rooms();
    let shown = |value: &dyn std::fmt::Debug| format!("{value:?}");
    Ok(match operation {
        "show" => shown(&rooms.show(7).await?),
        "list" => shown(&rooms.list().await?),
        "seen" => shown(&rooms.seen().await?),
        "coded" => shown(&rooms.coded().await?),
        "book" => shown(&rooms.book().await?),
        "erase" => shown(&rooms.erase(7).await?),
        "beside" => shown(&rooms.beside().await?),
        "top" => shown(&rooms.top().await?),
        "first" => shown(&rooms.first().await?),
        "dotted" => shown(&rooms.dotted().await?),
        "deeper" => shown(&rooms.deeper().await?),
        "absent" => shown(&rooms.absent().await?),
        "either" => shown(&rooms.either().await?),
        "listed" => shown(&rooms.listed().await?),
        "mirrored" => shown(&rooms.mirrored().await?),
        "each" => shown(&rooms.each().await?),
        "touch" => shown(&rooms.touch().await?),
        other => panic!("nobody calls `{other}`"),
    })
}

#[tokio::test]
async fn every_documented_error_is_read_back() {
    let api = codegen::load(&spec()).unwrap();
    let mock = Mock::start(spec()).await.unwrap();
    let builder = Client::builder(Environment::custom(mock.address()).unwrap());
    let client = builder.credentials(Credentials {}).max_attempts(1).build().unwrap();
    for (_, operation) in api.operations() {
        let name = &operation.name.wire;
        for error in operation.errors.iter().map(|id| api.error(*id)) {
            mock.fail_next(Fault::Documented(error.name.wire.clone()));
            let found = call(&client, name).await.unwrap_err();
            let code = found.code().map(|code| format!("{code:?}"));
            assert_eq!(
                code.as_ref(),
                Some(&error.name.pascal),
                "{name}: {found:?} {:?}",
                found.response().map(|it| it.body())
            );
        }
        for error in operation.empty_on.iter().map(|id| api.error(*id)) {
            mock.fail_next(Fault::Documented(error.name.wire.clone()));
            assert_eq!(call(&client, name).await.unwrap(), "[]", "{name}");
        }
    }
}

#[tokio::test]
async fn every_success_is_one() {
    let api = codegen::load(&spec()).unwrap();
    let mock = Mock::start(spec()).await.unwrap();
    let client = super::client(mock.address());
    for (_, operation) in api.operations() {
        let name = &operation.name.wire;
        let result = call(&client, name).await;
        assert!(
            result.is_ok(),
            "{name}: {:?}",
            result.map_err(|error| (error.response().map(|it| it.body().clone()), error))
        );
    }
}
