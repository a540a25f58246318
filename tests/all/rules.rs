//! Everything that a spec can demand of a value: what the client says where it is not met, and how it is told not to
//! look.

use std::path::PathBuf;

use codegen_mock::Mock;
use tests::rules::{
    Call, Client, Contact, Credentials, Environment, Error, Isbn, JsonText, Letter, Note, OrderedMap, Parcel, Patch,
    Reader, Ring,
};

fn client() -> Client {
    client_of("http://127.0.0.1:1")
}

fn client_of(address: &str) -> Client {
    Client::builder(Environment::custom(address).unwrap()).credentials(Credentials {}).build().unwrap()
}

/// What a call does not meet: where, which, and what is said.
fn broken<O: client_runtime::rt::Operation>(call: &Call<O>) -> Vec<String> {
    let found = call.validate().err().map(|found| found.into_iter().collect::<Vec<_>>()).unwrap_or_default();
    found.iter().map(|it| format!("{} {}: {}", it.parameter, it.constraint, it.message)).collect()
}

#[test]
fn a_value_within_a_value_is_told_of_by_its_path() {
    let friend = Reader::new("").phone("x");
    let reader = Reader::new("A")
        .email("a@b")
        .friends(vec![Reader::new("B").phone("112"), friend])
        .books(OrderedMap::from([("first", Isbn("12".into()))]))
        .notes(JsonText(vec![Note::default().text("more than ten").stars(6)]))
        .contact(Contact::Letter(Letter::new("ab").into()));
    let call = client().readers().create(vec![Reader::new("C").email("c@d.ef"), reader]);
    assert_eq!(
        broken(&call),
        [
            "readers[1].email format: must be an address",
            "readers[1].friends[1].name min_length: must have at least 1 character",
            "readers[1].friends[1].phone format: must be a telephone number",
            "readers[1].books.* pattern: must match `[0-9]{13}`",
            "readers[1].notes[0].text max_bytes: must have at most 10 bytes",
            "readers[1].notes[0].stars max: must be at most 5",
            "readers[1].contact.street min_length: must have at least 3 characters",
        ]
    );
    let call = client().readers().create(vec![]).parcel(Parcel::Email("x".into()));
    assert_eq!(
        broken(&call),
        ["readers min_items: must have at least 1 item", "parcel.data format: must be an address"]
    );
    let ring = Contact::Call(Ring::default().number("112").into());
    assert_eq!(broken(&client().readers().create(vec![Reader::new("D").phone("112").contact(ring)])), [""; 0]);
}

/// A message of a type is for the rules of the type, and one of a parameter for both.
#[test]
fn a_message_is_for_the_rules_that_it_stands_beside() {
    let marked = |plain: &str, own: &str| broken(&client().readers().mark().plain(plain).own(own));
    assert_eq!(marked("abcd", "ab"), ["plain max_length: must have at most 3 characters"]);
    assert_eq!(
        marked("abcde", "abcde"),
        [
            "plain max_length: must have at most 3 characters",
            "plain max_length: four at most",
            "own max_length: must be shorter",
        ]
    );
    assert_eq!(
        marked("a", "a"),
        ["plain min_length: must have at least 2 characters", "own min_length: must be longer"]
    );
    let others = OrderedMap::from([("kind", "x".to_owned())]);
    let call = client().readers().mark().labels(vec!["a,b".to_owned()]).others(others);
    assert_eq!(broken(&call), ["labels[0] commas: must be one word", "x_ spread: must have names of their own"]);
}

#[test]
fn neighbours_within_a_record_are_compared() {
    let day = |text: &str| text.parse().unwrap();
    let reader = |born: &str, died: &str| Reader::new("A").born(day(born)).died(day(died));
    let both = reader("2000-01-02", "2000-01-02").email("a@b.co").phone("112");
    let neither = reader("2000-01-02", "1999-12-31");
    let good = reader("1999-12-31", "2000-01-02").phone("112");
    assert_eq!(
        broken(&client().readers().create(vec![both, neither, good])),
        [
            "readers[0].email exactly_one: is one of `email`, `phone`, of which exactly one must be given",
            "readers[0].died after: must be later than `born`",
            "readers[1].email exactly_one: is one of `email`, `phone`, of which exactly one must be given",
            "readers[1].died after: must be later than `born`",
        ]
    );
}

#[test]
fn neighbours_of_a_call_are_compared() {
    let lend = || client().readers().lend();
    assert_eq!(
        broken(&lend()),
        [
            "card exactly_one: is one of `card`, `account`, of which exactly one must be given",
            "street at_least_one: is one of `street`, `box`, of which at least one must be given",
            "number at_least_one: is one of `number`, `name`, of which at least one must be given",
            "pin required_unless: is required unless `again` is given",
        ]
    );
    let call = lend().account("a@b.co").street("s").name("n").again("m").kind("loan");
    assert_eq!(
        broken(&call),
        [
            "holder required_if: must be named",
            "until required_if: is required where `kind` is `loan`",
            "again equals: must be the same as `name`",
        ]
    );
    let moment = |text: &str| text.parse().unwrap();
    let call = lend().card("c").r#box("b").number(7).pin("1").kind("gift").until(moment("2024-05-01T00:00:00Z"));
    assert_eq!(broken(&call), ["until forbidden_if: must not be given where `kind` is `gift` or `sale`"]);
    let call = call.kind("loan").from(moment("2024-05-01T02:00:00+02:00"));
    assert_eq!(broken(&call), ["until after: must be later than `from`"]);
    assert_eq!(broken(&call.from(moment("2024-05-01T00:00:00+02:00"))), [""; 0]);
}

#[test]
fn numbers_are_exact_however_long_they_are() {
    let check = || client().readers().check();
    let price = |text: &str| broken(&check().price(text.parse().unwrap()));
    assert_eq!(price("0.50"), [""; 0]);
    assert_eq!(
        price("99.9500000000000000000000000001"),
        ["price max: must be at most 99.95", "price multiple_of: must be a multiple of 0.05"]
    );
    assert_eq!(price("0.51"), ["price multiple_of: must be a multiple of 0.05"]);
    assert_eq!(broken(&check().amount("2.50".parse().unwrap())), [""; 0]);
    assert_eq!(broken(&check().amount("2.51".parse().unwrap())), ["amount one_of: must be one of `1`, `2.5`, `7`"]);
    assert_eq!(broken(&check().pages(u64::MAX)), [""; 0]);
    assert_eq!(broken(&check().pages(0)), ["pages min: must be at least 1"]);
}

/// A text that reads like a number is a text, however the rule of a neighbour may be meant.
#[test]
fn only_numbers_are_the_same_however_they_are_written() {
    let compare = || client().readers().compare();
    for version in ["1.1", "1.10", "007", "7"] {
        assert_eq!(broken(&compare().version(version)), [""; 0]);
    }
    let known = "version one_of: must be one of `1.1`, `1.10`, `007`, `7`";
    for version in ["1.100", "7.0", "07", "11e-1"] {
        assert_eq!(broken(&compare().version(version)), [known]);
    }
    assert_eq!(broken(&compare().edition("1")), [""; 0]);
    assert_eq!(broken(&compare().edition("1.0")), ["reprint required_if: is required where `edition` is `1.0`"]);
    let number = |text: &str| text.parse().unwrap();
    assert_eq!(broken(&compare().rate(number("2.500"))), ["reason required_if: is required where `rate` is `2.5`"]);
    assert_eq!(broken(&compare().total(number("2.0")).total_again(number("2.00"))), [""; 0]);
    let differs = ["total_again equals: must be the same as `total`"];
    assert_eq!(broken(&compare().total(number("2.0")).total_again(number("2.01"))), differs);
    assert_eq!(broken(&compare().code("2.0").code_again("2.00")), ["code_again equals: must be the same as `code`"]);
    let moment = |text: &str| text.parse().unwrap();
    let (here, there) = ("2024-05-01T10:00:00Z", "2024-05-01T12:00:00.000+02:00");
    let call = compare().moment(moment(here)).moment_again(moment(there));
    assert_eq!(broken(&call.day(moment(here)).day_again(moment(there))), [""; 0]);
    let twice = compare().moments(vec![moment(here), moment(there)]);
    assert_eq!(broken(&twice), ["moments unique_items: must not have the same item twice"]);
    let rates = compare().rates(vec![number("2.0"), number("2.00")]).codes(vec!["2.0".into(), "2.00".into()]);
    assert_eq!(broken(&rates), ["rates unique_items: must not have the same item twice"]);
}

#[test]
fn what_sends_nothing_is_not_given() {
    let find = |pages| client().readers().find(pages);
    let choice = "tags exactly_one: is one of `tags`, `word`, of which exactly one must be given";
    assert_eq!(broken(&find(vec![]).word("x")), ["pages required: is required"]);
    assert_eq!(broken(&find(vec![1]).tags(vec![])), [choice]);
    assert_eq!(broken(&find(vec![1]).tags(vec![]).word("x")), [""; 0]);
    assert_eq!(
        broken(&find(vec![1]).tags(vec!["x".into()]).word("x")),
        [choice, "order required_if: is required where `tags` is given"]
    );
    assert_eq!(broken(&find(vec![1]).word("x").shelves(vec![])), ["shelves min_items: must have at least 1 item"]);
}

#[test]
fn clearing_is_no_value() {
    let check = || client().readers().check();
    assert_eq!(broken(&check().nickname(Patch::Clear)), [""; 0]);
    assert_eq!(
        broken(&check().nickname(Patch::Set("ab".into()))),
        ["nickname min_length: must have at least 3 characters"]
    );
}

#[tokio::test]
async fn the_server_has_the_last_word() {
    let mock = Mock::start(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/good/rules")).await.unwrap();
    let client = client_of(mock.address());
    let call = |client: &Client| client.readers().check().size("XXL");
    match call(&client).await.unwrap_err() {
        Error::Invalid(found) => assert_eq!(found.to_string(), "`size` must be a size that we have"),
        other => panic!("{other:?}"),
    }
    assert!(mock.requests().is_empty());
    let careless = Client::builder(Environment::custom(mock.address()).unwrap()).credentials(Credentials {});
    let careless = careless.skip_validation().build().unwrap();
    for sent in [call(&client).skip_validation(), call(&careless)] {
        // Asking is not sending.
        assert!(sent.validate().is_err());
        match sent.await.unwrap_err() {
            Error::Unexpected(answer) => assert_eq!(answer.response().body(), r#"{"invalid":"size"}"#.as_bytes()),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(mock.requests().len(), 2);
}
