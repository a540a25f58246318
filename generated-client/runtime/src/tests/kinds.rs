//! Every kind of value: what it is read from, and what it is sent as.

use crate::args::{Args, Encoding, Fact, Param, Style, ValueWriter, Wire, member};
use crate::json::{Json, Read, ReadResult, Reader, must, read_under, slot};
use crate::values::*;

/// What a field of this form reads out of a value.
fn read_as<T: Read + Default>(json: &str, form: Form) -> Result<T, String> {
    #[derive(Debug)]
    struct Around<T>(T, Form);
    impl<T: Read> Read for Around<T> {
        fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
            json.object([must("v", &mut self.0).form(self.1)])
        }
    }
    let mut around = Around(T::default(), form);
    let text = format!("{{\"v\":{json}}}");
    let mut reader = Reader::new(text.as_bytes());
    around.read(&mut reader).and_then(|()| reader.finish()).map_err(|error| error.to_string())?;
    Ok(around.0)
}

fn read<T: Read + Default>(json: &str) -> Option<T> {
    read_as(json, Form::Usual).ok()
}

/// What a parameter of a form sends, as it stands in a body.
fn sent(value: &dyn Wire, param: &'static [Param]) -> String {
    let mut args = Args::new(Encoding::json(Style::BRACKETS), [param, &[]]);
    args.set("v", value);
    crate::args::write_json_body(&args.iter().collect::<Vec<_>>()).unwrap_or_default()
}

macro_rules! sent {
    ($value:expr) => {
        sent!($value, Form::Usual)
    };
    ($value:expr, $form:expr) => {{
        static PARAM: [Param; 1] = [Param::InBody("v", &[Fact::Spelled($form)])];
        sent(&$value, &PARAM)
    }};
}

const LETTERS: Form = Form::Words(&[Word::Yes("Y"), Word::Yes("y"), Word::No("N"), Word::No("")]);
const DIGITS: Form = Form::Words(&[Word::BareYes("1"), Word::BareNo("0")]);

#[test]
fn booleans_have_words_of_their_own() {
    for (json, value) in [(r#""Y""#, true), (r#"" y ""#, true), (r#""N""#, false), (r#""""#, false)] {
        assert_eq!(read_as(json, LETTERS), Ok(value), "{json}");
    }
    for json in [r#""yes""#, "true", "1", "null", "[]"] {
        assert!(read_as::<bool>(json, LETTERS).is_err(), "{json}");
    }
    assert_eq!(read_as::<Vec<bool>>(r#"[1,"0",1]"#, DIGITS), Ok(vec![true, false, true]));
    assert_eq!((sent!(true, LETTERS), sent!(false, LETTERS)), (r#"{"v":"Y"}"#.into(), r#"{"v":"N"}"#.into()));
    assert_eq!((sent!(true, DIGITS), sent!(false)), (r#"{"v":1}"#.into(), r#"{"v":false}"#.into()));
}

#[test]
fn whole_numbers_have_64_bits() {
    assert_eq!(read::<u64>("18446744073709551615"), Some(u64::MAX));
    assert_eq!(read::<u64>(r#"" 7.0 ""#), Some(7));
    assert_eq!(read::<u64>("9.007199254740992e15"), Some(1 << 53));
    for json in ["-1", "18446744073709551616", "1.5", "1e400", "true", "null", r#""""#] {
        assert_eq!(read::<u64>(json), None, "{json}");
    }
    assert_eq!(sent!(u64::MAX), r#"{"v":18446744073709551615}"#);
    assert_eq!(sent!(-7_i64, Form::Quoted), r#"{"v":"-7"}"#);
}

#[test]
fn decimals_keep_every_digit() {
    for (json, text) in [("0.10", "0.10"), (r#""12345678901234567890.123456789""#, "12345678901234567890.123456789")] {
        assert_eq!(read::<Decimal>(json).unwrap().as_str(), text);
    }
    let price: Decimal = "19.90".parse().unwrap();
    assert_eq!((sent!(price), sent!(price, Form::Quoted)), (r#"{"v":19.90}"#.into(), r#"{"v":"19.90"}"#.into()));
    for (json, text) in [(r#""$0.00""#, "0.00"), (r#"" -$12.50""#, "-12.50"), (r#""€ 7""#, "7"), (r#""$-1""#, "-1")] {
        assert_eq!(read::<Decimal>(json).unwrap().as_str(), text, "{json}");
    }
    for json in [r#""1,50""#, r#""$""#, r#""$$1""#, r#""-$-1""#, r#""USD 1""#, "$1", "true", "null", "{}"] {
        assert_eq!(read::<Decimal>(json), None, "{json}");
    }
}

#[test]
fn a_number_or_text_stays_what_it_was() {
    for json in ["2", r#""2""#, "1.50", r#""a""#, "12345678901234567890123"] {
        let value = read::<NumberOrText>(json).unwrap();
        static PARAM: [Param; 1] = [Param::InBody("v", &[])];
        assert_eq!(sent(&value, &PARAM), format!("{{\"v\":{json}}}"));
    }
    assert_eq!(read::<NumberOrText>("true"), None);
}

#[test]
fn scalars_of_generated_types_are_what_they_hold() {
    use crate::values::scalar_tests::{Level, Reference};
    assert_eq!((read("-1"), read(r#""-1""#), read("5")), (Some(Level::Low), Some(Level::Low), Some(Level::Other(5))));
    assert_eq!(read::<Level>(r#""high""#), None);
    assert_eq!((sent!(Level::Low), sent!(Level::Other(5))), (r#"{"v":-1}"#.into(), r#"{"v":5}"#.into()));
    let reference = read::<Reference>(r#""02""#).unwrap();
    static PARAM: [Param; 1] = [Param::InBody("v", &[])];
    assert_eq!(sent(&reference, &PARAM), r#"{"v":"02"}"#);
}

#[test]
fn dates_are_spelled_as_the_spec_says() {
    const FORM: Form = Form::Moments(
        &[Spelling::Iso, Spelling::Epoch(Epoch::Seconds), Spelling::Wrapped("/Date(", Epoch::Millis, ")/")],
        Spelling::Epoch(Epoch::Seconds),
    );
    let moment: DateTime = "2018-05-28T09:39:25Z".parse().unwrap();
    for json in [r#""2018-05-28T11:39:25+02:00""#, "1527500365", r#""1527500365""#, r#""/Date(1527500365000)/""#] {
        assert_eq!(read_as(json, FORM), Ok(moment), "{json}");
    }
    assert_eq!(read::<DateTime>("1527500365"), None);
    assert_eq!(
        read_as::<DateTime>("true", FORM),
        Err("`v`: expected a date-time with an offset, found a boolean at byte 5".to_owned())
    );
    assert_eq!(sent!(moment, FORM), r#"{"v":1527500365}"#);
    assert_eq!(sent!(moment), r#"{"v":"2018-05-28T09:39:25Z"}"#);
    const DAY: Form = Form::Moments(&[Spelling::Pattern("%d.%m.%Y", 0)], Spelling::Pattern("%d.%m.%Y", 0));
    let day = read_as::<CivilDate>(r#""28.05.2018""#, DAY).unwrap();
    assert_eq!(sent!(CivilDate::new(2018, 5, 28).unwrap(), DAY), r#"{"v":"28.05.2018"}"#);
    assert_eq!(day.to_string(), "2018-05-28");
    assert_eq!(read::<CivilTime>(r#""09:39:25""#), CivilTime::new(9, 39, 25));
    assert_eq!(read::<CivilDateTime>(r#""2018-05-28 09:39:25""#).unwrap().in_utc(), moment);
}

#[test]
fn bytes_are_base64() {
    assert_eq!(read::<Base64>(r#""aGk""#).as_deref(), Some(&b"hi"[..]));
    assert_eq!(read::<Base64>("7"), None);
    assert_eq!(sent!(Base64::from(&b"hi"[..])), r#"{"v":"aGk="}"#);
}

#[test]
fn maps_keep_names_and_order() {
    let map = read::<OrderedMap<Vec<i64>>>(r#"{"b":[1],"a":[],"b":["2"]}"#).unwrap();
    assert_eq!(format!("{map:?}"), r#"{"b": [1], "a": [], "b": [2]}"#);
    let error = read_as::<OrderedMap<bool>>(r#"{"Jane Doe":"maybe"}"#, LETTERS).unwrap_err();
    assert_eq!(error, "`v.*`: expected a boolean, found a text at byte 17");
}

#[derive(Debug, Default, PartialEq)]
struct Clause {
    is_on: Option<bool>,
    inner: Option<JsonText<Boxed<Clause>>>,
    note: Maybe<String>,
    all: Option<Vec<Clause>>,
}

impl Read for Clause {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.object([
            slot("on", &mut self.is_on).form(LETTERS),
            slot("inner", &mut self.inner),
            slot("note", &mut self.note),
            slot("all", &mut self.all).or_one(),
        ])
    }
}

#[test]
fn a_text_can_hold_json() {
    let clause = read::<JsonText<Clause>>(r#""{\"on\":\"Y\",\"inner\":\"{\\\"on\\\":\\\"N\\\"}\"}""#).unwrap().0;
    assert_eq!((clause.is_on, clause.inner.unwrap().is_on), (Some(true), Some(false)));
    // The words of a field hold in the text too.
    assert_eq!(read_as::<JsonText<Vec<bool>>>(r#""[\"Y\",\"N\"]""#, LETTERS), Ok(JsonText(vec![true, false])));
    for json in [r#""{""#, r#""[] []""#, r#""""#, r#""[""#, "{}", "7"] {
        assert!(read::<JsonText<Clause>>(json).is_none(), "{json}");
        // The rest of the answer is sound all the same.
        let clause = read::<Clause>(&format!(r#"{{"inner":{json},"on":"Y"}}"#)).unwrap();
        assert_eq!((clause.inner, clause.is_on), (None, Some(true)), "{json}");
    }
}

#[test]
fn members_have_spellings_of_their_own() {
    #[derive(Debug)]
    struct Pair(bool, bool, Vec<bool>);
    impl Wire for Pair {
        fn write(&self, out: &mut ValueWriter<'_>) {
            out.record(&[member("a", &self.0).form(LETTERS), member("b", &self.1), member("c", &self.2).form(DIGITS)]);
        }
    }
    let pairs = || vec![Pair(true, true, vec![true]), Pair(false, false, vec![])];
    let members = r#"[{"a":"Y","b":true,"c":[1]},{"a":"N","b":false,"c":[]}]"#;
    assert_eq!(sent!(pairs(), DIGITS), format!("{{\"v\":{members}}}"));
}

#[test]
fn values_around_values_are_sent() {
    let map = OrderedMap::from([("b", vec![true, false]), ("a", vec![])]);
    assert_eq!(sent!(map, LETTERS), r#"{"v":{"b":["Y","N"],"a":[]}}"#);
    assert_eq!(sent!(JsonText(map.clone()), DIGITS), r#"{"v":"{\"b\":[1,0],\"a\":[]}"}"#);
    let nested = JsonText(JsonText(Boxed::from(7_i64)));
    assert_eq!(sent!(nested), r#"{"v":"\"7\""}"#);
    assert_eq!((sent!(Maybe::<i64>::Absent), sent!(Maybe::<i64>::Null)), (String::new(), r#"{"v":null}"#.into()));
    assert_eq!(sent!(Maybe::Value(7_i64)), r#"{"v":7}"#);
}

#[test]
fn null_and_absence_can_be_told_apart() {
    let note = |json: &str| read::<Clause>(json).unwrap().note;
    assert_eq!(note("{}"), Maybe::Absent);
    assert_eq!(note(r#"{"note":null}"#), Maybe::Null);
    assert_eq!(note(r#"{"note":"a"}"#), Maybe::Value("a".into()));
    assert_eq!(note(r#"{"note":["a"]}"#), Maybe::Absent);
    assert_eq!((Maybe::Value(1).value(), Maybe::<i64>::Null.into_value()), (Some(&1), None));
}

#[test]
fn one_item_can_stand_for_a_list() {
    let all = |json: &str| read::<Clause>(json).unwrap().all.map(|all| all.len());
    assert_eq!(all(r#"{"all":{"on":"Y"}}"#), Some(1));
    assert_eq!(all(r#"{"all":[{},{"all":{}}]}"#), Some(2));
    assert_eq!((all(r#"{"all":null}"#), all(r#"{"all":"x"}"#)), (None, None));
    // Only where the spec says so, and only for the outermost list.
    assert_eq!(read::<Vec<i64>>("1"), None);
}

#[derive(Debug, PartialEq)]
enum Event {
    Clause(Boxed<Clause>),
    Level(i64),
    Other(Json),
}

impl Default for Event {
    fn default() -> Self {
        Self::Other(Json::Null)
    }
}

impl Read for Event {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        *self = match json.tag("kind", &["clause", "7"])? {
            Some(0) => Self::Clause(json.take()?),
            Some(1) => Self::Level(json.take_member("data", Form::Usual)?),
            _ => Self::Other(json.take()?),
        };
        Ok(())
    }
}

#[test]
fn a_tag_says_which_shape_it_is() {
    let last = read::<Event>(r#"{"on":"Y","x":{"kind":7},"kind":"clause"}"#).unwrap();
    assert!(matches!(last, Event::Clause(clause) if clause.is_on == Some(true)));
    assert_eq!(read::<Event>(r#"{"data":3,"kind":7}"#), Some(Event::Level(3)));
    for json in [
        r#"{"kind":"new","a":[1]}"#,
        "{}",
        r#"{"kind":null}"#,
        r#"{"kind":["clause"]}"#,
        r#"{"kind":"clause","kind":"x"}"#,
    ] {
        assert!(matches!(read::<Event>(json), Some(Event::Other(Json::Object(_)))), "{json}");
    }
    for json in ["null", "[]", r#""clause""#, r#"{"kind":7}"#, r#"{"kind":7,"data":"x"}"#, r#"{"kind":"#] {
        assert!(read::<Event>(json).is_none(), "{json}");
    }
}

#[test]
fn nothing_is_unbounded() {
    for level in [r#"{"inner":"#, r#"{"all":["#, "[", r#"{"kind":7,"data":"#, r#"{"kind":"clause","all":"#] {
        let deep = level.repeat(100_000);
        let _ = read_under::<Clause>(deep.as_bytes(), None).unwrap_err();
        let _ = read_under::<Event>(deep.as_bytes(), None);
        let _ = read_under::<OrderedMap<Event>>(deep.as_bytes(), None).unwrap_err();
    }
    // Texts in texts double with every level; what fits in an answer is not deep.
    let mut text = String::from("{}");
    for _ in 0..12 {
        text = format!("{{\"inner\":{text:?}}}");
    }
    assert!(read_under::<Clause>(text.as_bytes(), None).is_ok());
    for json in [format!("\"{}\"", "9".repeat(1 << 20)), format!("1e{}", "9".repeat(1 << 20)), "9".repeat(1 << 20)] {
        let _ = read::<u64>(&json);
        let _ = read::<Decimal>(&json).map(|number| number < Decimal::from(7_u64));
        let _ = read_as::<DateTime>(&json, Form::Moments(&[Spelling::Epoch(Epoch::Millis)], Spelling::Iso));
    }
    for bytes in [&b"\"\xff\""[..], b"\"\\ud800\"", b"{\"kind\":\"\xff\"}", b"{\"\xff\":1}"] {
        let _ = read_under::<Event>(bytes, None);
        assert!(read_under::<NumberOrText>(bytes, None).is_err());
        assert!(read_under::<JsonText<Clause>>(bytes, None).is_err());
    }
}
