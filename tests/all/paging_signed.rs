//! Lists whose next page is at an address that repeats what signing added to the call before: it is added anew to the
//! next, once, and no position has it.

use tests::followed::{Client, Credentials, Environment, Position};

use crate::paging_keys::{last, page};
use crate::support::Scripted;

const KEY: &str = "c4nary";

fn client(address: &str) -> Client {
    Client::builder(Environment::custom(address).unwrap())
        .credentials(Credentials { key: KEY.into(), secret: "test-secret".into() })
        .build()
        .unwrap()
}

/// The queries that were asked for, in pairs.
fn queries(server: &Scripted) -> Vec<Vec<(String, String)>> {
    let pairs = |request: &String| {
        let (_, query) = request.split(' ').nth(1).unwrap().split_once('?').unwrap();
        query.split('&').map(|pair| pair.split_once('=').unwrap()).map(|(a, b)| (a.into(), b.into())).collect()
    };
    server.requests().iter().map(pairs).collect()
}

fn names(query: &[(String, String)]) -> Vec<&str> {
    query.iter().map(|(name, _)| &**name).collect()
}

#[tokio::test]
async fn what_a_next_address_repeats_is_added_anew_and_once() {
    let repeated = "/api/v3/things?api_key=c4nary&filter=a%26b+c&nonce=1&signature=00ff&from=2";
    let server = Scripted::start([
        page(1, repeated),
        // Written in another way, and several times.
        page(2, "?filter=x&%61pi_key=c4nary&sign%61ture=1&signature&nonce=&from=3"),
        last(3),
    ]);
    let mut pages = client(server.address()).things().list().filter("a&b c").pages();
    let mut positions = Vec::new();
    while let Some(page) = pages.try_next().await.unwrap() {
        positions.extend(page.next().map(Position::to_text));
    }
    let kept = ["address:/api/v3/things?filter=a%26b+c&from=2", "address:/api/v3/things?filter=x&from=3"];
    assert_eq!(positions, kept);
    let queries = queries(&server);
    assert_eq!(names(&queries[0]), ["filter", "api_key", "nonce", "signature"]);
    assert_eq!(names(&queries[1]), ["filter", "from", "api_key", "nonce", "signature"]);
    assert_eq!(names(&queries[2]), names(&queries[1]));
    let [first, second, third] = &*queries else { panic!("{queries:?}") };
    assert_eq!((&*second[1].1, &*second[2].1, &*third[1].1, &*third[2].1), ("2", KEY, "3", KEY));
    for added in [3, 4] {
        let of = |query: &[(String, String)], at: usize| query[at].1.clone();
        let values = [of(first, added - 1), of(second, added), of(third, added), "1".to_owned(), "00ff".to_owned()];
        let all: std::collections::HashSet<_> = values.iter().collect();
        assert_eq!(all.len(), values.len(), "each call is signed by itself: {values:?}");
    }
}

#[tokio::test]
async fn a_position_from_elsewhere_may_repeat_it_too() {
    let server = Scripted::start([last(2)]);
    let position = "address:/things?api_key=old&signature=00ff&nonce=1&from=2".parse().unwrap();
    client(server.address()).things().list().resume(position).await.unwrap();
    let queries = queries(&server);
    assert_eq!(names(&queries[0]), ["from", "api_key", "nonce", "signature"]);
    assert_eq!(queries[0][1].1, KEY);
}

#[tokio::test]
async fn a_call_that_is_not_signed_keeps_its_own_of_the_name() {
    let server = Scripted::start([page(1, "?nonce=theirs&from=2"), last(2)]);
    let mut items = client(server.address()).things().list_public().nonce("mine").stream();
    while items.try_next().await.unwrap().is_some() {}
    let pairs = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect::<Vec<_>>();
    assert_eq!(queries(&server), [pairs(&[("nonce", "mine")]), pairs(&[("nonce", "theirs"), ("from", "2")])]);
}
