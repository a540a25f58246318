//! Three examples of the vendor's guide, and headers of which some are signed.

use tests::specs::s3::{Builder, Client, CopyObject, Credentials, DeleteObject, Environment, ShowObject};

use super::{At, at, header, mock, step};

const KEY: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

fn client(environment: Environment, secret: &str) -> Builder<Client> {
    Client::builder(environment).credentials(Credentials { access_key: KEY.into(), secret_key: secret.into() })
}

fn example(ms: u64) -> Client {
    at(client(Environment::West, SECRET), At(ms, ""))
}

fn puppy() -> [String; 3] {
    ["awsexamplebucket1", "photos", "puppy.jpg"].map(str::to_owned)
}

#[test]
fn the_published_show() {
    let [bucket, folder, name] = puppy();
    let call = example(1_175_024_202_000).objects().show(ShowObject { bucket, folder, name });
    let prepared = call.prepare().unwrap();
    let expected = "GET\n\n\nTue, 27 Mar 2007 19:36:42 +0000\n/awsexamplebucket1/photos/puppy.jpg";
    assert_eq!(step(&prepared, "string_to_sign"), expected);
    assert_eq!(header(&prepared, "authorization"), format!("AWS {KEY}:qgk2+6Sv9/oM7G3qLEjTH1a1l1g="));
}

#[test]
fn the_published_list() {
    let call = example(1_175_024_561_000).objects().list("awsexamplebucket1".to_owned());
    let prepared = call.prefix("photos").max_keys(50).marker("puppy").prepare().unwrap();
    assert_eq!(prepared.request().uri().query(), Some("prefix=photos&max-keys=50&marker=puppy"));
    assert_eq!(header(&prepared, "authorization"), format!("AWS {KEY}:m0WP8eCtspQl5Ahe6L1SozdX9YA="));
}

/// The guide sends its time as `x-amz-date`, and yet signs it in the place of the `Date`.
#[test]
fn the_published_deletion() {
    let [bucket, folder, name] = puppy();
    let call = example(1_175_030_426_000).objects().delete(DeleteObject { bucket, folder, name });
    let prepared = call.prepare().unwrap();
    assert_eq!(header(&prepared, "authorization"), format!("AWS {KEY}:XbyTlbQdu9Xw5o8P4iMwPktxQd8="));
}

fn copy() -> CopyObject {
    let [bucket, folder, name] = puppy();
    CopyObject { bucket, folder, name, x_amz_copy_source: "/awsexamplebucket1/photos/kitten.jpg".into() }
}

#[test]
fn of_the_headers_those_of_the_vendor_are_signed() {
    let call = example(1_175_024_202_000).objects().copy(copy()).x_amz_acl("private");
    let prepared = call.with_header("X-Other", "1").prepare().unwrap();
    let amazon = "x-amz-acl:private\nx-amz-copy-source:/awsexamplebucket1/photos/kitten.jpg\n";
    assert_eq!(step(&prepared, "amazon"), amazon);
}

#[tokio::test]
async fn the_mock_agrees() {
    let mock = mock("s3", &[("access_key", KEY), ("secret_key", SECRET)]).await;
    let at = |secret| client(Environment::custom(mock.address()).unwrap(), secret).build().unwrap();
    let [bucket, folder, name] = puppy();
    let show = || ShowObject { bucket: bucket.clone(), folder: folder.clone(), name: name.clone() };
    at(SECRET).objects().show(show()).version_id("3/L4").await.unwrap();
    at(SECRET).objects().list("b".to_owned()).prefix("a b").await.unwrap();
    at(SECRET).objects().copy(copy()).x_amz_acl(" private").await.unwrap();
    let refused = at("another").objects().show(show()).await.unwrap_err();
    assert_eq!(refused.status().unwrap(), 403);
}
