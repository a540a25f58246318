use super::style::Items;
use super::*;
use crate::validate::validate;
use crate::values::scalar_tests::Role;
use crate::values::{DateTime, Patch, Personal, Secret};

static CREATE: &[Param] = &[
    Param::InPath("institute_id", &[]),
    Param::InBody("email", &[Fact::IsPersonal]),
    Param::InBody("password", &[Fact::IsSecret]),
    Param::InBody("confirmation", &[Fact::IsSecret, Fact::DefaultFrom("password")]),
    Param::InBody("role", &[]),
    Param::InBody("provider", &[Fact::Optional, Fact::Clear("")]),
    Param::InBody("plain", &[Fact::Optional]),
    Param::InBody("at", &[Fact::Optional]),
];
static PAGING: &[Param] = &[Param::InQuery("page", &[Fact::Optional]), Param::InQuery("limit", &[Fact::Optional])];

fn create() -> Args {
    let (email, password) = (Personal::<String>::from("a@b.co"), Secret::from("Passw0rd!"));
    let mut args = Args::new(Encoding::json(Style::BRACKETS), [CREATE, PAGING]);
    args.set_positional(&[&7_i64, &email, &password, &Role::Teacher]);
    args
}

fn texts(args: &Args) -> Vec<String> {
    args.iter().map(|field| format!("{}={}", field.name, field.text)).collect()
}

#[test]
fn positional_values_go_to_what_is_required_and_not_filled() {
    let mut args = create();
    assert_eq!(texts(&args), ["institute_id=7", "email=a@b.co", "password=Passw0rd!", "role=teacher"]);
    args.fill_defaults();
    assert_eq!(args.by_name("confirmation").unwrap().text, "Passw0rd!");
    assert_eq!(texts(&args)[3..], ["confirmation=Passw0rd!", "role=teacher"]);
}

#[test]
fn values_stand_in_table_order_and_the_last_one_wins() {
    let mut args = Args::new(Encoding::json(Style::BRACKETS), [&CREATE[4..], PAGING]);
    args.set_positional(&[&Role::Other("x".into())]);
    args.set("limit", &1_i64);
    args.set("at", &"2019-01-23T12:05:52.390+01:00".parse::<DateTime>().unwrap());
    args.set("page", &2_i64);
    args.set("limit", &-3_i64);
    args.set("plain", &true);
    assert_eq!(texts(&args), ["role=x", "plain=true", "at=2019-01-23T12:05:52.390+01:00", "page=2", "limit=-3"]);
    let kinds: Vec<Kind> = args.iter().map(|field| field.kind).collect();
    assert_eq!(kinds, [Kind::Text, Kind::Boolean, Kind::Text, Kind::Number, Kind::Number]);
    assert_eq!(args.get(4).map(|field| field.location), Some(Location::Query));
    assert_eq!(args.get(6), None);
}

#[test]
fn a_patch_has_three_states() {
    let mut args = create();
    args.set("provider", &Patch::Set(5_i64));
    assert_eq!(args.by_name("provider").unwrap().text, "5");
    args.set("provider", &Patch::<i64>::Clear);
    let cleared = args.by_name("provider").unwrap();
    assert_eq!((&*cleared.text, cleared.kind), ("", Kind::Text));
    args.set("provider", &Patch::<i64>::Keep);
    assert_eq!(args.by_name("provider"), None);
    // What cannot be cleared is not sent.
    args.set("plain", &Patch::<i64>::Clear);
    assert_eq!(args.by_name("plain"), None);
}

#[test]
fn what_is_cleared_by_null_is_null_in_json() {
    const PARAMS: &[Param] = &[
        Param::InBody("name", &[Fact::Optional, Fact::ClearByNull, Fact::MinLength(3)]),
        Param::InBody("tags", &[Fact::Optional, Fact::ClearByNull, Fact::MinItems(1)]),
    ];
    let mut args = Args::new(Encoding::json(Style::BRACKETS), [PARAMS, &[]]);
    let body = |args: &Args| write_json_body(args.iter().collect::<Vec<_>>().iter());
    args.set("name", &Patch::<String>::Clear);
    args.set("tags", &Patch::<Vec<String>>::Clear);
    assert_eq!(body(&args).as_deref(), Some(r#"{"name":null,"tags":null}"#));
    assert_eq!(validate(&args), Ok(()), "what clears a parameter is no value of it");
    args.set("name", &Patch::Set("null".to_owned()));
    args.set("tags", &Patch::Set(Vec::<String>::new()));
    assert_eq!(body(&args).as_deref(), Some(r#"{"name":"null","tags":[]}"#));
    assert_eq!(validate(&args).unwrap_err().to_string(), "`tags` must have at least 1 item");
    args.set("name", &Patch::<String>::Keep);
    args.set("tags", &Patch::<Vec<String>>::Keep);
    assert_eq!(body(&args), None);
}

#[test]
fn a_given_confirmation_is_not_filled() {
    let mut args = create();
    args.set("confirmation", &Secret::from("other"));
    args.fill_defaults();
    assert_eq!(args.by_name("confirmation").unwrap().text, "other");
}

#[test]
fn what_has_parts_is_filled_in_under_its_own_name_and_in_its_own_style() {
    static COMMAS: Style = Style { items: Items::Commas, ..Style::BRACKETS };
    static PARAMS: &[Param] = &[
        Param::InQuery("x_", &[Fact::Optional, Fact::Spread, Fact::DefaultFrom("y_")]),
        Param::InQuery("first", &[Fact::Optional, Fact::DefaultFrom("second")]),
        Param::InQuery("second", &[Fact::Optional, Fact::DefaultFrom("third"), Fact::Styled(&COMMAS)]),
        Param::InQuery("third", &[Fact::Optional, Fact::IsPersonal]),
        Param::InQuery("y_", &[Fact::Optional, Fact::Spread]),
    ];
    let mut args = Args::new(Encoding::json(Style::BRACKETS), [PARAMS, &[]]);
    args.set("third", &vec!["a", "b"]);
    args.set("y_", &crate::OrderedMap::from([("one", 1_i64)]));
    args.fill_defaults();
    assert_eq!(texts(&args), ["x_one=1", "first[]=a", "first[]=b", "second=a,b", "third[]=a", "third[]=b", "y_one=1"]);
    assert!(args.iter().all(|field| (field.sensitivity == Sensitivity::Personal) != field.name.contains("_one")));
}

#[test]
fn values_survive_a_growing_buffer() {
    let mut args = create();
    args.set("plain", &"ü".repeat(10_000));
    args.set("page", &i64::MIN);
    assert_eq!(args.by_name("password").unwrap().text, "Passw0rd!");
    assert_eq!(args.by_name("plain").unwrap().text.len(), 20_000);
    assert_eq!(args.by_name("page").unwrap().text, "-9223372036854775808");
}

#[test]
fn debug_shows_public_values_only() {
    let mut args = create();
    args.fill_defaults();
    let text = format!("{args:?}");
    assert_eq!(
        text,
        r#"[institute_id: "7", email: [redacted], password: [redacted], confirmation: [redacted], role: "teacher"]"#
    );
}

#[test]
fn a_name_that_no_table_has_is_reported() {
    let mut args = create();
    args.fill_defaults();
    assert_eq!(validate(&args), Ok(()));
    args.set("nonsense", &true);
    assert_eq!(validate(&args).unwrap_err().to_string(), "`nonsense` is not a parameter of this call");
}
