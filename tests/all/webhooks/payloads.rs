//! Payloads that are forms, CSV or JSON: what the interpreter calls readable is what the client reads.

use super::{of_kind, signed, verify};

const KINDS: [&str; 4] = ["application/x-www-form-urlencoded", "text/csv; charset=utf-8", "application/json", ""];
const EVENTS: [&str; 20] = [
    "any",
    "undivided",
    "shape",
    "list",
    "record",
    "boolean",
    "integer",
    "unsigned",
    "decimal",
    "text",
    "either",
    "bytes",
    "moment",
    "day",
    "id",
    "level",
    "map",
    "within",
    "bare",
    "unknown",
];

/// Signed by its vendor; the event, or why it is none. `verify` makes sure that both readings agree.
fn check(kind: &str, body: &[u8]) -> Result<String, String> {
    check_by("forms", kind, body)
}

fn check_by(scheme: &str, kind: &str, body: &[u8]) -> Result<String, String> {
    let unsigned = of_kind(kind, body);
    let secret = if scheme == "pairs" { "id=1;key=aHVzaA==" } else { "hush" };
    // What no vendor could sign is refused without a signature.
    let delivery = signed(scheme, secret, 0, &unsigned).unwrap_or(unsigned);
    verify(scheme, &[secret], 0, &delivery).map_err(|error| error.to_string())
}

fn form(body: &str) -> Result<String, String> {
    check(KINDS[0], body.as_bytes())
}

fn csv(body: &str) -> Result<String, String> {
    check(KINDS[1], body.as_bytes())
}

#[test]
fn names_of_a_form_or_csv_lead_to_members() {
    let read = r#"Record(ARecord { v: Inner { b: Some("1"), c.d: Some("2"), n: Some(3) }, w: Some([Inner { b: Some("4"), c.d: None, n: None }]) })"#;
    assert_eq!(form("event[type]=record&v[b]=1&v[c.d]=2&v.n=3&w[][b]=4").as_deref(), Ok(read));
    assert_eq!(csv("event.type,v[b],v[c.d],v.n,w[0].b\r\nrecord,1,2,3,4\r\n").as_deref(), Ok(read));
    assert_eq!(form("event.type=list&v[]=1&v[]=2").as_deref(), Ok("List(AList { v: [1, 2] })"));
    assert!(form("event[type]=record").unwrap_err().contains("the payload at `v`"));
}

#[test]
fn a_field_whose_own_name_has_a_dot_or_a_bracket_is_that_field() {
    let read = r#"Undivided { user.name: "Ada", a[b]: "x", a: Inner { b: None, c.d: None, n: Some(1) } }"#;
    let undivided = Ok(format!("Undivided({read})"));
    assert_eq!(form("event.type=undivided&user.name=Ada&a[b]=x&a[n]=1"), undivided);
    assert_eq!(csv("a[n],a[b],user.name,event.type\n1,x,Ada,undivided"), undivided);
    let json = br#"{"event":{"type":"undivided"},"user.name":"Ada","a[b]":"x","a":{"n":1}}"#;
    assert_eq!(check("", json), undivided);
    assert_eq!(
        form("event.type=shape&kind=first&user.name=Ada&a[b]=x&a[n]=1"),
        Ok(format!("Shape(First(Boxed({read})))"))
    );
}

/// What is read must be what was signed, however somebody has written or ordered it anew.
#[test]
fn a_form_of_which_fields_are_signed_names_each_place_once() {
    let check = |body: &str| check_by("pairs", KINDS[0], body.as_bytes());
    let doubtful = Err("the form has two texts for one place, or names it in two ways".to_owned());
    let good = r#"Paid(Paid { order: Some(Order { id: Some("1") }), a: Some(["1", "2"]), x: Some("1") })"#;
    assert_eq!(check("event[type]=paid&order[id]=1&a[]=1&a[]=2&x=1").as_deref(), Ok(good));
    for more in [
        "order.id=2&order[id]=1",
        "order[id]=1&order.id=2",
        "order=2&order[id]=1",
        "a[]=2&a[0]=1",
        "a[0]=2&a[]=1",
        "x=1&x=9",
        "x=9&x=1",
        "note=1&note[more]=2",
        "event.type=any",
    ] {
        assert_eq!(check(&format!("event[type]=paid&{more}")), doubtful, "{more}");
        assert_eq!(check(&format!("{more}&event[type]=paid")), doubtful, "{more}");
        assert_eq!(check(&format!("{more}&event[type]=new")), doubtful, "{more}");
    }
    assert_eq!(check("event=any&event[type]=paid"), doubtful);
    // By the names of its type, and no other.
    let body = "event[type]=undivided&user.name=Ada&user=1";
    assert_eq!(check(body).as_deref(), Ok(r#"Undivided(Undivided { user.name: Some("Ada"), user: Some("1") })"#));
    assert_eq!(check(&body.replace("undivided", "paid")), doubtful);
    // The bytes are what is signed here, and of them there is no other reading.
    assert!(form("event[type]=any&x=1&x=9&a.b=1&a[b]=2").is_ok());
}

/// A stream of numbers that is always the same.
struct Draw(u64);

impl Draw {
    fn one<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn name(&mut self) -> String {
        let pieces =
            ["a", "b", ".", "[", "]", "[]", "[b]", "[0]", "[1]", "[n]", ".b", "[c.d]", "user.name", "kind", "v"];
        let whole = [
            "v",
            "v",
            "v",
            "v[]",
            "v[0]",
            "v[1]",
            "v[b]",
            "v.n",
            "v[c.d]",
            "w[][b]",
            "w[0][n]",
            "kind",
            "user.name",
            "a[b]",
        ];
        match self.below(4) {
            0 => (0..=self.below(4)).map(|_| self.one(&pieces)).collect(),
            _ => self.one(&whole).to_owned(),
        }
    }

    fn text(&mut self) -> String {
        let texts = [
            "",
            "0",
            "1",
            "-1",
            "+1",
            "01",
            "1.0",
            "1.",
            ".5",
            "1e3",
            "-0",
            "1E+2",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551615",
            "18446744073709551616",
            "true",
            "false",
            "True",
            "null",
            "first",
            "second",
            "2026-01-02",
            "2026-01-02T03:04:05Z",
            "2026-02-30",
            "QQ==",
            "QQ",
            "Q",
            "-_8",
            "[1,2]",
            "[1,",
            "{}",
            " 1",
            "1 ",
            "é",
            "%zz",
            "\"",
            "a\"b",
            "a,b",
            "\r",
            "a\r\nb",
            "NaN",
            "0x1",
            "1_000",
            "１",
            "-9223372036854775809",
            "00",
            "--1",
            "1e400",
            "-",
            "=",
            "a=b",
            "😀",
        ];
        self.one(&texts).to_owned()
    }

    fn fields(&mut self) -> Vec<(String, String)> {
        let event = self.one(&EVENTS).to_owned();
        let name = self.one(&["event.type", "event[type]", "event[type]", "event"]);
        let mut fields: Vec<_> = (0..self.below(5)).map(|_| (self.name(), self.text())).collect();
        fields.insert(self.below(fields.len() + 1), (name.to_owned(), event));
        fields
    }
}

/// As somebody escapes them who does it now and then.
fn escaped(draw: &mut Draw, text: &str, always: &[char]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for character in text.chars() {
        if always.contains(&character) || draw.below(6) == 0 {
            for byte in character.to_string().bytes() {
                bytes.extend(format!("%{byte:02x}").into_bytes());
            }
        } else {
            bytes.extend(character.to_string().into_bytes());
        }
    }
    if draw.below(20) == 0 {
        bytes.extend([&b"%C3"[..], b"\xc3", b"\xa9", b"%e", b"+"][draw.below(5)]);
    }
    bytes
}

#[test]
fn both_readings_agree_over_forms() {
    let mut draw = Draw(7);
    let (mut accepted, mut by_fields) = (0, 0);
    for _ in 0..4000 {
        let mut body = Vec::new();
        for (name, text) in draw.fields() {
            body.extend(escaped(&mut draw, &name, &['&', '=', '+', '%']));
            body.push(b'=');
            body.extend(escaped(&mut draw, &text, &['&', '+', '%']));
            body.extend([&b"&"[..], b"&&", b"&x&"][draw.below(3)]);
        }
        accepted += usize::from(check(KINDS[0], &body).is_ok());
        // Where fields are signed, both refuse the same of what is there twice.
        by_fields += usize::from(check_by("pairs", KINDS[0], &body).is_ok());
    }
    assert!((500..3500).contains(&accepted), "{accepted}");
    assert!((500..3500).contains(&by_fields), "{by_fields}");
}

#[test]
fn both_readings_agree_over_csv() {
    let mut draw = Draw(8);
    let mut accepted = 0;
    for _ in 0..4000 {
        let fields = draw.fields();
        let mut line = |which: fn(&(String, String)) -> &str| {
            let mut cells = Vec::new();
            for field in &fields {
                let cell = which(field);
                cells.push(match draw.below(12) {
                    0 => cell.to_owned(),
                    1 => format!("\"{cell}\""),
                    _ if cell.contains([',', '"', '\r', '\n']) => format!("\"{}\"", cell.replace('"', "\"\"")),
                    _ => cell.to_owned(),
                });
            }
            cells.join(",")
        };
        let (names, texts) = (line(|(name, _)| name), line(|(_, text)| text));
        let end = ["\n", "\r\n", "\n\n", ""];
        let body = format!(
            "{}{names}{}{texts}{}",
            ["", "\u{feff}", "\n"][draw.below(3)],
            end[draw.below(3)],
            end[draw.below(4)]
        );
        accepted += usize::from(check(KINDS[1], body.as_bytes()).is_ok());
    }
    assert!((500..3900).contains(&accepted), "{accepted}");
}

#[test]
fn both_readings_agree_over_json() {
    let mut draw = Draw(9);
    let mut accepted = 0;
    for _ in 0..4000 {
        let mut members = Vec::new();
        for (name, text) in draw.fields() {
            let quoted = |text: &str| serde_json::to_string(text).unwrap();
            let value = match draw.below(6) {
                0 => text,
                1 => format!("[{}]", quoted(&text)),
                2 => format!("{{{}:{}}}", quoted(&draw.name()), quoted(&text)),
                3 => draw
                    .one(&["null", "[]", "{}", "true", "1", "-2", "1.5", "[1,2]", "[null]", "\"\\ud800\""])
                    .to_owned(),
                _ => quoted(&text),
            };
            match name.as_str() {
                "event.type" | "event[type]" => members.push(format!("\"event\":{{\"type\":{value}}}")),
                name => members.push(format!("{}:{value}", quoted(name))),
            }
        }
        let body = format!("{}{{{}}}", ["", "\u{feff}", " "][draw.below(3)], members.join(", "));
        accepted += usize::from(check(KINDS[2 + draw.below(2)], body.as_bytes()).is_ok());
    }
    assert!((500..3900).contains(&accepted), "{accepted}");
}
