use std::collections::BTreeMap;

use super::*;
use crate::json::Json;

/// What a record of a request is, as generated code writes it.
#[derive(Debug)]
struct Line {
    name: &'static str,
    count: Option<i64>,
    tags: Vec<&'static str>,
}

impl Wire for Line {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.record(&[member("name", &self.name), member("count", &self.count), member("tags", &self.tags)]);
    }
}

#[derive(Debug)]
struct Order {
    lines: Vec<Line>,
    notes: BTreeMap<String, String>,
}

impl Wire for Order {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.record(&[member("lines", &self.lines), member("notes", &self.notes)]);
    }
}

fn order() -> Order {
    let line = |name, count, tags| Line { name, count, tags };
    Order {
        lines: vec![line("a,b", Some(2), vec!["x", "y"]), line("", None, vec![])],
        notes: [("k 1", "v"), ("k2", "é")].map(|(name, text)| (name.to_owned(), text.to_owned())).into(),
    }
}

/// What a value becomes as the parameter `a`, one `name=text` a line.
fn sent(encoding: Encoding, params: &'static [Param], value: &dyn Wire) -> Vec<String> {
    let mut args = Args::new(encoding, [params, &[]]);
    args.set_positional(&[value]);
    args.iter().map(|field| format!("{}={}", field.name, field.text)).collect()
}

fn queried(style: Style, value: &dyn Wire) -> Vec<String> {
    sent(Encoding::json(style), const { &[Param::InQuery("a", &[])] }, value)
}

#[test]
fn parts_have_names_in_the_style_of_the_api() {
    let brackets = Style::BRACKETS;
    let lines = |names: [&str; 4]| {
        let [first, second, third, fourth] = names;
        vec![format!("{first}=a,b"), format!("{second}=2"), format!("{third}=x"), format!("{fourth}=y")]
    };
    let cases = [
        (brackets, ["a[lines][][name]", "a[lines][][count]", "a[lines][][tags][]", "a[lines][][tags][]"]),
        (
            brackets.items("[", Some(0), "]"),
            ["a[lines][0][name]", "a[lines][0][count]", "a[lines][0][tags][0]", "a[lines][0][tags][1]"],
        ),
        (
            brackets.members(".", "").items(".", Some(1), ""),
            ["a.lines.1.name", "a.lines.1.count", "a.lines.1.tags.1", "a.lines.1.tags.2"],
        ),
        (
            brackets.members(".", "").items(".member.", Some(1), ""),
            [
                "a.lines.member.1.name",
                "a.lines.member.1.count",
                "a.lines.member.1.tags.member.1",
                "a.lines.member.1.tags.member.2",
            ],
        ),
        (brackets.items("", None, ""), ["a[lines][name]", "a[lines][count]", "a[lines][tags]", "a[lines][tags]"]),
    ];
    for (style, names) in cases {
        assert_eq!(queried(style, &order())[..4], lines(names), "{style:?}");
    }
    let notes = |style: Style| queried(style, &order()).split_off(5);
    assert_eq!(notes(brackets), ["a[notes][k 1]=v", "a[notes][k2]=é"]);
    let pairs = brackets.members(".", "").entries(".entry.", Some(1), "", [".key", ".value"]);
    let expected =
        ["a.notes.entry.1.key=k 1", "a.notes.entry.1.value=v", "a.notes.entry.2.key=k2", "a.notes.entry.2.value=é"];
    assert_eq!(notes(pairs), expected);
}

#[test]
fn parts_may_stand_in_one_text() {
    let commas = Style::BRACKETS.items_by_commas();
    assert_eq!(queried(commas, &vec![1_i64, 2]), ["a=1,2"]);
    assert_eq!(queried(commas, &Vec::<i64>::new()), ["a="]);
    assert_eq!(queried(commas, &vec![vec![true], vec![]]), ["a=[true],[]"]);
    let json = Style::BRACKETS.members_as_json();
    let text =
        r#"{"lines":[{"name":"a,b","count":2,"tags":["x","y"]},{"name":"","tags":[]}],"notes":{"k 1":"v","k2":"é"}}"#;
    assert_eq!(queried(json, &order()), [format!("a={text}")]);
    assert_eq!(queried(json.items_as_json(), &vec!["\""]), [r#"a=["\""]"#]);
    // A JSON body needs no style.
    assert_eq!(sent(Encoding::json(commas), const { &[Param::InBody("a", &[])] }, &order()), [format!("a={text}")]);
    assert_eq!(sent(Encoding::form(json), const { &[Param::InBody("a", &[])] }, &order()), [format!("a={text}")]);
    // A path has room for one text, and a style of its own.
    static COMMAS: Style = Style::BRACKETS.items_by_commas();
    let path: &[Param] = const { &[Param::InPath("a", &[Fact::Styled(&COMMAS)])] };
    assert_eq!(sent(Encoding::json(Style::BRACKETS), path, &vec!["x", "y/z"]), ["a=x,y/z"]);
}

#[test]
fn entries_may_be_parameters_of_their_own() {
    let entries: BTreeMap<String, Json> =
        [("b".into(), Json::Number("1.0".into())), ("c".into(), Json::Array(vec![Json::Null]))].into();
    let spread = |encoding, params| sent(encoding, params, &entries);
    assert_eq!(
        spread(Encoding::json(Style::BRACKETS), const { &[Param::InQuery("x-", &[Fact::Spread])] }),
        ["x-b=1.0", "x-c[]="]
    );
    assert_eq!(
        spread(Encoding::json(Style::BRACKETS), const { &[Param::InHeader("x-", &[Fact::Spread])] }),
        ["x-b=1.0", "x-c[]="]
    );
    assert_eq!(
        spread(Encoding::json(Style::BRACKETS), const { &[Param::InBody("x-", &[Fact::Spread])] }),
        ["x-b=1.0", "x-c=[null]"]
    );
    assert_eq!(
        spread(Encoding::form(Style::BRACKETS), const { &[Param::InBody("x-", &[Fact::Spread])] }),
        ["x-b=1.0", "x-c[]="]
    );
}

#[test]
fn what_is_empty_or_set_anew_leaves_nothing_behind() {
    let mut args = Args::new(
        Encoding::form(Style::BRACKETS),
        const { [&[Param::InBody("a", &[]), Param::InQuery("b", &[Fact::Optional])], &[]] },
    );
    args.set("a", &vec![1_i64, 2, 3]);
    args.set("b", &true);
    args.set("a", &vec![4_i64]);
    let texts = |args: &Args| args.iter().map(|field| format!("{}={}", field.name, field.text)).collect::<Vec<_>>();
    assert_eq!(texts(&args), ["a[]=4", "b=true"]);
    args.set("a", &Vec::<i64>::new());
    assert_eq!(texts(&args), ["b=true"]);
    assert!(args.by_name("a").is_none(), "there is nothing to send, which is not given");
    args.set("b", &None::<i64>);
    assert!(args.by_name("b").is_none());
}
