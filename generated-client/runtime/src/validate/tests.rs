use std::collections::BTreeMap;

use super::*;
use crate::args::{By, Class, Encoding, Fact, Location, Param, Style, Wire};
use crate::values::{Decimal, OrderedMap};

/// Tables are arguments of a constant function, in an associated constant, as generated code has them.
const fn same(params: &'static [Param]) -> &'static [Param] {
    params
}

struct Call;

impl Call {
    const PARAMS: &'static [Param] = same(&[
        Param::InPath("id", &[]),
        Param::InBody(
            "password",
            &[
                Fact::IsSecret,
                Fact::MinLength(8),
                Fact::Contains(&[Class::Lower, Class::Upper, Class::Digit, Class::Special]),
            ],
        ),
        Param::InBody(
            "confirmation",
            &[Fact::IsSecret, Fact::DefaultFrom("password"), Fact::Equals(By::AsSent, "password")],
        ),
        Param::InBody("code", &[Fact::Optional, Fact::Pattern("[a-z]{2}[0-9]+"), Fact::MaxLength(4)]),
        Param::InQuery("limit", &[Fact::Optional, Fact::Min("1"), Fact::Max("300")]),
    ]);
}

fn args(id: &str, password: &str, more: &[(&'static str, &dyn Wire)]) -> Args {
    let mut args = Args::new(Encoding::json(Style::BRACKETS), [Call::PARAMS, &[]]);
    args.set_positional(&[&id, &password]);
    for (name, value) in more {
        args.set(name, *value);
    }
    args.fill_defaults();
    args
}

pub(super) fn violations(args: &Args) -> Vec<String> {
    let found = validate(args).err().map(|found| found.into_iter().collect::<Vec<_>>()).unwrap_or_default();
    found.iter().map(|violation| format!("{} {}", violation.parameter, violation.constraint)).collect()
}

#[test]
fn each_part_that_fails_is_a_violation() {
    let failing = |password| violations(&args("1", password, &[]));
    assert!(failing("Passw0rd!").is_empty());
    assert_eq!(failing("password1"), ["password contains_upper", "password contains_special"]);
    assert_eq!(
        failing("PASS"),
        ["password min_length", "password contains_lower", "password contains_digit", "password contains_special"]
    );
    // Letters of any script are letters, a space is special, and characters are counted, not bytes.
    assert!(failing("Ж пароль1").is_empty());
    assert_eq!(failing("Жж 1ж"), ["password min_length"]);
}

#[test]
fn a_confirmation_that_differs_is_a_violation() {
    assert_eq!(violations(&args("1", "Passw0rd!", &[("confirmation", &"Passw0rd?")])), ["confirmation equals"]);
    assert!(violations(&args("1", "Passw0rd!", &[("confirmation", &"Passw0rd!")])).is_empty());
}

#[test]
fn bounds_and_patterns_hold() {
    let failing = |name, value: &dyn Wire| violations(&args("1", "Passw0rd!", &[(name, value)]));
    assert_eq!(failing("limit", &0_i64), ["limit min"]);
    assert_eq!(failing("limit", &301_i64), ["limit max"]);
    assert_eq!(failing("limit", &u64::MAX), ["limit max"]);
    assert!(failing("limit", &1_i64).is_empty() && failing("limit", &300_i64).is_empty());
    assert!(failing("code", &"ab1").is_empty());
    assert_eq!(failing("code", &"ab"), ["code pattern"]);
    assert_eq!(failing("code", &"xab12"), ["code pattern", "code max_length"]);
}

#[test]
fn what_is_missing_is_named() {
    let missing = Args::new(Encoding::json(Style::BRACKETS), [Call::PARAMS, &[]]);
    assert_eq!(violations(&missing), ["id required", "password required", "confirmation required"]);
}

#[test]
fn a_segment_must_not_change_the_path() {
    assert_eq!(violations(&args("..", "Passw0rd!", &[])), ["id path_segment"]);
    assert!(violations(&args("a/b", "Passw0rd!", &[])).is_empty());
}

#[test]
fn there_are_no_violations_of_nothing() {
    assert_eq!(super::Violations::none_of(Vec::new()), Ok(()));
}

#[test]
fn violations_are_one_line_without_values() {
    let found = validate(&args("1", "hunter2", &[("limit", &4711_i64)])).unwrap_err();
    let text = found.to_string();
    assert_eq!(
        text,
        "`password` must have at least 8 characters; `password` must contain an upper-case letter; \
         `password` must contain a character that is neither letter nor digit; `limit` must be at most 300"
    );
    let shown = format!("{text}{found:?}");
    assert!(!shown.contains("hunter2") && !shown.contains("4711"));
    assert_eq!(found.len(), 4);
    assert_eq!((&found).into_iter().count(), 4);
}

#[test]
fn one_of_two_must_be_given() {
    const PARAMS: &[Param] =
        &[Param::InBody("number", &[Fact::Optional, Fact::Unless("name")]), Param::InBody("name", &[Fact::Optional])];
    let violations = |names: &[&'static str]| {
        let mut args = Args::new(Encoding::json(Style::BRACKETS), [PARAMS, &[]]);
        names.iter().for_each(|name| args.set(name, &7_i64));
        violations(&args)
    };
    assert_eq!(violations(&[]), ["number required_unless"]);
    for names in [&["number"][..], &["name"], &["number", "name"]] {
        assert!(violations(names).is_empty(), "{names:?}");
    }
}

/// A text that reads like a number is none, and a number is the same however it is written.
#[test]
fn values_are_the_same_by_what_their_type_says() {
    const KNOWN: &[&str] = &["1.1", "007"];
    const PARAMS: &[Param] = &[
        Param::InBody("text", &[Fact::Optional, Fact::OneOf(By::AsSent, KNOWN), Fact::Equals(By::AsSent, "other")]),
        Param::InBody("number", &[Fact::Optional, Fact::OneOf(By::Amount, KNOWN), Fact::Equals(By::Amount, "other")]),
        Param::InBody("other", &[Fact::Optional]),
        Param::InBody("by_text", &[Fact::Optional, Fact::RequiredIf(&[("other", By::AsSent, KNOWN)])]),
        Param::InBody("by_number", &[Fact::Optional, Fact::RequiredIf(&[("other", By::Amount, KNOWN)])]),
        Param::InBody("texts", &[Fact::Optional, Fact::UniqueItems(By::AsSent)]),
        Param::InBody("numbers", &[Fact::Optional, Fact::UniqueItems(By::Amount)]),
    ];
    let found = |values: &[(&'static str, &dyn Wire)]| {
        let mut args = Args::new(Encoding::json(Style::BRACKETS), [PARAMS, &[]]);
        values.iter().for_each(|(name, value)| args.set(name, *value));
        violations(&args)
    };
    assert_eq!(found(&[("text", &"1.10"), ("other", &"1.10")]), ["text one_of", "by_number required_if"]);
    assert_eq!(found(&[("text", &"7"), ("other", &"7")]), ["text one_of", "by_number required_if"]);
    assert_eq!(found(&[("text", &"1.1"), ("other", &"1.10")]), ["text equals", "by_number required_if"]);
    let both: &[(_, &dyn Wire)] = &[("by_text", &""), ("by_number", &"")];
    for (number, other) in [("1.10", "1.1"), ("7.0", "007"), ("0.7e1", "7")] {
        let (number, other): (Decimal, Decimal) = (number.parse().unwrap(), other.parse().unwrap());
        assert_eq!(found(&[&[("number", &number as &dyn Wire), ("other", &other)], both].concat()), [""; 0]);
    }
    let list = |items: [&str; 2]| items.map(|item| item.parse::<Decimal>().unwrap()).to_vec();
    assert_eq!(
        found(&[("texts", &list(["2.0", "2.00"])), ("numbers", &list(["2.0", "2.00"]))]),
        ["numbers unique_items"]
    );
    assert_eq!(found(&[("texts", &list(["2.0", "2.0"])), ("numbers", &list(["2.0", "2.1"]))]), ["texts unique_items"]);
}

/// Names of a map come in any order.
#[test]
fn maps_are_the_same_in_any_order() {
    const PARAMS: &[Param] = &[
        Param::InBody("one", &[Fact::Optional]),
        Param::InBody("other", &[Fact::Optional, Fact::Equals(By::AsSent, "one")]),
        Param::InBody("all", &[Fact::Optional, Fact::UniqueItems(By::AsSent)]),
    ];
    let map = |entries: [(&str, i64); 2]| OrderedMap::from(entries);
    let found = |one: [(&str, i64); 2], other: [(&str, i64); 2]| {
        let mut args = Args::new(Encoding::json(Style::BRACKETS), [PARAMS, &[]]);
        args.set("one", &map(one));
        args.set("other", &map(other));
        args.set("all", &vec![map(one), map(other)]);
        violations(&args)
    };
    assert_eq!(found([("a", 1), ("b", 2)], [("b", 2), ("a", 1)]), ["all unique_items"]);
    assert_eq!(found([("a", 1), ("b", 2)], [("a", 2), ("b", 1)]), ["other equals"]);
}

/// Of a list whose items have names of their own, nothing is sent where it has none.
#[test]
fn items_between_commas_have_none_themselves() {
    static BY_COMMAS: Style = Style::BRACKETS.items_by_commas();
    static AS_JSON: Style = BY_COMMAS.members_as_json();
    const PARAMS: &[Param] = &[
        Param::InQuery("a", &[Fact::Optional, Fact::Styled(&BY_COMMAS)]),
        Param::InQuery("b", &[Fact::Optional, Fact::Styled(&AS_JSON)]),
        Param::InPath("c", &[Fact::Optional, Fact::Styled(&BY_COMMAS)]),
        Param::InBody("d", &[Fact::Optional, Fact::Styled(&BY_COMMAS)]),
        Param::InQuery("e", &[Fact::Optional]),
    ];
    let found = |encoding, name, value: &dyn Wire| {
        let mut args = Args::new(encoding, [PARAMS, &[]]);
        args.set(name, value);
        violations(&args)
    };
    let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
    let json = Encoding::json(Style::BRACKETS);
    for (items, expected) in [
        (list(&[]), &[][..]),
        (list(&["", ""]), &[]),
        (list(&["a", "b c"]), &[]),
        (list(&[""]), &["[0] commas"]),
        (list(&["a", "b,c", ","]), &["[1] commas", "[2] commas"]),
    ] {
        let expected = |at: &str| expected.iter().map(|it| format!("{at}{it}")).collect::<Vec<_>>();
        assert_eq!(found(json, "a", &items), expected("a"), "{items:?}");
        assert_eq!(found(json, "c", &items)[usize::from(items.join(",").is_empty())..], expected("c"), "{items:?}");
        assert_eq!(found(Encoding::form(Style::BRACKETS), "d", &items), expected("d"), "{items:?}");
        // What is no text with commas has room for any.
        assert!(found(json, "d", &items).is_empty() && found(json, "e", &items).is_empty());
        let map = BTreeMap::from([("x,", items)]);
        let map: BTreeMap<String, Vec<String>> = map.into_iter().map(|(name, list)| (name.to_owned(), list)).collect();
        assert_eq!(found(json, "a", &map), expected("a.*"));
        assert!(found(json, "b", &map).is_empty());
        let mut args = Args::new(Encoding::json(BY_COMMAS), [PARAMS, &[]]);
        args.set_extra("x".to_owned(), Location::Query, &map["x,"]);
        assert_eq!(violations(&args), expected("x"));
    }
    assert_eq!(found(json, "a", &vec![vec![1_i64], vec![1, 2]]), ["a[1] commas"]);
}

#[test]
fn items_between_commas_are_looked_for_where_there_are_commas() {
    static BY_COMMAS: Style = Style::BRACKETS.items_by_commas();
    static AS_JSON: Style = BY_COMMAS.members_as_json();
    const PARAMS: &[Param] = &[
        Param::InQuery("x_", &[Fact::Optional, Fact::Spread, Fact::Styled(&AS_JSON)]),
        Param::InHeader("X-Tags", &[Fact::Optional, Fact::Styled(&BY_COMMAS)]),
    ];
    let found = |name, value: &dyn Wire| {
        let mut args = Args::new(Encoding::json(Style::BRACKETS), [PARAMS, &[]]);
        args.set(name, value);
        violations(&args)
    };
    let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
    // What is spread has names of its own, and what is in that is JSON.
    let spread = BTreeMap::from([("a".to_owned(), list(&["b,c"]))]);
    assert_eq!(found("x_", &spread), ["x_.*[0] commas"]);
    assert!(found("x_", &BTreeMap::from([("d".to_owned(), spread)])).is_empty());
    // HTTP takes the blanks off, and then nothing is left of the list.
    assert_eq!(found("X-Tags", &list(&[" \t"])), ["X-Tags[0] commas"]);
    assert!(found("X-Tags", &list(&[" a ", " "])).is_empty());
    // Whether a table has the header or not.
    let mut args = Args::new(Encoding::json(BY_COMMAS), [PARAMS, &[]]);
    args.set_extra("X-Added".to_owned(), Location::Header, &list(&[" \t"]));
    assert_eq!(violations(&args), ["X-Added[0] commas"]);
}

#[test]
fn what_is_spread_takes_the_name_of_no_other_parameter() {
    const PARAMS: &[Param] = &[
        Param::InQuery("x_", &[Fact::Optional, Fact::Spread]),
        Param::InQuery("x_known", &[Fact::Optional]),
        Param::InBody("x_other", &[Fact::Optional]),
        Param::InHeader("X-Meta-", &[Fact::Optional, Fact::Spread]),
        Param::InHeader("X-Meta-Known", &[Fact::Optional]),
    ];
    let found = |name, entry: &str| {
        let mut args = Args::new(Encoding::json(Style::BRACKETS), [PARAMS, &[]]);
        args.set(name, &BTreeMap::from([("free".to_owned(), String::new()), (entry.to_owned(), String::new())]));
        violations(&args)
    };
    assert_eq!(found("x_", "known"), ["x_ spread"]);
    assert!(found("x_", "other").is_empty() && found("x_", "Known").is_empty() && found("x_", "known[]").is_empty());
    assert_eq!(found("X-Meta-", "known"), ["X-Meta- spread"]);
}

#[test]
fn what_no_spelling_can_say_is_a_violation() {
    use crate::rt::{DateTime, Form, JsonText, OrderedMap, Spelling};
    const FORM: Fact = Fact::Spelled(Form::Moments(&[Spelling::HttpDate], Spelling::HttpDate));
    const PARAMS: &[Param] =
        &[Param::InQuery("at", &[FORM]), Param::InBody("all", &[Fact::Optional, FORM]), Param::InBody("id", &[])];
    let past: DateTime = "-000043-03-15T12:00:00Z".parse().unwrap();
    let today: DateTime = "2018-05-28T09:39:25Z".parse().unwrap();
    let args = |at: &dyn Wire, all: &dyn Wire| {
        let mut args = Args::new(Encoding::json(Style::BRACKETS), [PARAMS, &[]]);
        args.set_positional(&[at, &1]);
        args.set("all", all);
        args
    };
    let failing = |at: &dyn Wire, all: &dyn Wire| {
        let args = args(at, all);
        let found = violations(&args);
        // It cannot be sent, whatever else is not checked.
        assert_eq!(args.check_sayable().is_err(), !found.is_empty());
        found
    };
    assert_eq!(failing(&past, &today), ["at spelling"]);
    assert_eq!(failing(&today, &vec![today, past, past]), ["all[1] spelling", "all[2] spelling"]);
    assert_eq!(failing(&today, &OrderedMap::from_iter([("secret".to_owned(), past)])), ["all.* spelling"]);
    assert_eq!(failing(&today, &JsonText(past)), ["all spelling"]);
    assert!(failing(&today, &vec![today]).is_empty());

    // Whether a table has it or not.
    #[derive(Debug)]
    struct Late(DateTime);
    impl Wire for Late {
        fn write(&self, out: &mut crate::rt::ValueWriter<'_>) {
            let form = Form::Moments(&[Spelling::HttpDate], Spelling::HttpDate);
            out.record(&[crate::rt::member("at", &self.0).form(form)]);
        }
    }
    let mut added = args(&today, &today);
    added.set_extra("more".to_owned(), Location::Body, &Late(past));
    assert_eq!(violations(&added), ["more.at spelling"]);
    assert!(added.check_sayable().is_err());

    let mut corrected = args(&past, &today);
    corrected.set("at", &today);
    assert!(violations(&corrected).is_empty() && corrected.check_sayable().is_ok());
}
