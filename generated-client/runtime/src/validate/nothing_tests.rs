//! What is not given: that of which nothing is sent.

use std::collections::BTreeMap;

use super::tests::violations;
use super::*;
use crate::args::{By, Encoding, Fact, Param, Ruled, Style, Wire};

#[test]
fn what_sends_nothing_is_not_given() {
    static COMMAS: Style = Style::BRACKETS.items_by_commas();
    const PARAMS: &[Param] = &[
        Param::InQuery("needed", &[]),
        Param::InQuery("a", &[Fact::Optional, Fact::ExactlyOne(&["a", "b"]), Fact::MinItems(1)]),
        Param::InQuery("b", &[Fact::Optional, Fact::RequiredIf(&[("c", By::AsSent, &[])])]),
        Param::InQuery("c", &[Fact::Optional, Fact::DefaultFrom("d")]),
        Param::InQuery("d", &[Fact::Optional]),
        Param::InQuery("commas", &[Fact::Optional, Fact::Styled(&COMMAS), Fact::MinItems(1)]),
        Param::InBody("body", &[Fact::Optional, Fact::MinItems(1)]),
    ];
    let nothing = Vec::<String>::new();
    let found = |values: &[(&'static str, &dyn Wire)]| {
        let mut args = Args::new(Encoding::json(Style::BRACKETS), [PARAMS, &[]]);
        values.iter().for_each(|(name, value)| args.set(name, *value));
        args.fill_defaults();
        violations(&args)
    };
    assert_eq!(found(&[("needed", &nothing), ("a", &nothing)]), ["needed required", "a exactly_one"]);
    assert_eq!(
        found(&[("needed", &"x"), ("a", &nothing), ("b", &"x"), ("c", &BTreeMap::<String, i64>::new())]),
        [""; 0]
    );
    // What is one text, or JSON, is there with nothing in it.
    let kept: &[(_, &dyn Wire)] = &[("needed", &"x"), ("b", &"x"), ("commas", &nothing), ("body", &nothing)];
    assert_eq!(found(kept), ["commas min_items", "body min_items"]);
    // What takes its place was sent before as well.
    assert_eq!(found(&[("needed", &"x"), ("a", &vec!["x"]), ("c", &nothing), ("d", &"x")]), ["b required_if"]);
}

/// The same within a record.
#[test]
fn a_field_of_which_nothing_is_sent_is_not_given() {
    #[derive(Debug)]
    struct Line(Vec<String>, Option<Vec<String>>, Option<Vec<Vec<String>>>);
    impl Wire for Line {
        fn write(&self, out: &mut crate::rt::ValueWriter<'_>) {
            let members = [("id", &1_i64 as &dyn Wire), ("needed", &self.0), ("a", &self.1), ("b", &self.2)];
            let members = members.map(|(name, value)| crate::rt::member(name, value));
            // Null is an empty text.
            let null = crate::rt::member("maybe", &None::<Vec<String>>).or_null();
            out.record(&[members.as_slice(), &[null]].concat());
        }
    }
    static COMMAS: Style = Style::BRACKETS.items_by_commas();
    const RULES: &[Ruled] = &[
        ("maybe", &[Fact::Needed]),
        ("needed", &[Fact::Needed, Fact::MinItems(1)]),
        ("a", &[Fact::RequiredIf(&[("b", By::AsSent, &[])])]),
        ("c", &[Fact::Unless("a")]),
    ];
    const FACTS: &[Fact] = &[Fact::Optional, Fact::Members(|| RULES)];
    const IN_TEXT: &[Fact] = &[Fact::Optional, Fact::Members(|| RULES), Fact::Styled(&COMMAS)];
    const PARAMS: &[Param] =
        &[Param::InQuery("line", FACTS), Param::InBody("json", FACTS), Param::InQuery("commas", IN_TEXT)];
    let found = |name: &'static str, line: &Line| {
        let mut args = Args::new(Encoding::json(Style::BRACKETS), [PARAMS, &[]]);
        args.set(name, line);
        violations(&args)
    };
    let (nothing, some) = (Vec::new, || vec!["x".to_owned()]);
    let empty = Line(nothing(), Some(nothing()), Some(vec![nothing()]));
    assert_eq!(found("line", &empty), ["line.needed required", "line.c required_unless"]);
    assert_eq!(
        found("line", &Line(some(), None, Some(vec![some()]))),
        ["line.a required_if", "line.c required_unless"]
    );
    assert!(found("line", &Line(some(), Some(some()), None)).is_empty());
    // It is there where it is one text, or JSON.
    assert_eq!(found("json", &empty), ["json.needed min_items"]);
    assert_eq!(found("commas", &empty), ["commas.needed min_items"]);
}

/// The same of a record of which no member is set, and of what may be null and is not.
#[test]
fn a_record_in_a_form_is_not_given_with_nothing_in_it() {
    #[derive(Debug)]
    struct Own(Option<&'static str>);
    impl Wire for Own {
        fn write(&self, out: &mut crate::rt::ValueWriter<'_>) {
            out.record(&[crate::rt::member("name", &self.0)]);
        }
    }
    #[derive(Debug)]
    struct Line(Own, Option<Vec<String>>);
    impl Wire for Line {
        fn write(&self, out: &mut crate::rt::ValueWriter<'_>) {
            out.record(&[crate::rt::member("own", &self.0), crate::rt::member("tags", &self.1).or_null()]);
        }
    }
    const RULES: &[Ruled] = &[("own", &[Fact::Needed]), ("tags", &[Fact::Needed])];
    const FACTS: &[Fact] = &[Fact::Optional, Fact::Members(|| RULES)];
    const PARAMS: &[Param] = &[Param::InQuery("line", FACTS), Param::InBody("json", FACTS)];
    let found = |name: &'static str, line: &Line| {
        let mut args = Args::new(Encoding::json(Style::BRACKETS), [PARAMS, &[]]);
        args.set(name, line);
        violations(&args)
    };
    let empty = Line(Own(None), Some(Vec::new()));
    assert_eq!(found("line", &Line(Own(None), Some(vec!["x".to_owned()]))), ["line.own required"]);
    assert_eq!(found("line", &Line(Own(Some("x")), Some(Vec::new()))), ["line.tags required"]);
    assert!(found("line", &Line(Own(Some("x")), None)).is_empty());
    assert!(found("json", &empty).is_empty());
}
