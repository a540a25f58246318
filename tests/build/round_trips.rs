//! The spec of the round trips: values of every shape, in every style of nesting, lists and maps, wherever a value can be
//! sent. And the table by which the tests call its operations.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

const TYPES: &str = r#"codegen: 1
name: round_trips
types:
  Flag: {type: boolean, true_is: Y, false_is: N}
  LineId: {type: id}
  Inner:
    fields:
      is_on: {type: Flag, required: true}
      note: string
      gone: {type: string?, distinct_null: true}
      left: {type: integer?, distinct_null: true}
  Line:
    fields:
      name: {type: string, required: true}
      count: {type: integer, required: true}
      tags: [string]
      inner: Inner
  Shape: {union: {tag: kind, of: {line: Line, "a[b]": {type: Inner, rust: inner}}}}
  Held: {union: {tag: kind, content: data, of: {line: Line, tags: [string], flag: Flag}}}
"#;

/// What a parameter can be; the last ones are spread.
const SHAPES: [(&str, &str); 27] = [
    ("text", "type: string"),
    ("flags", "type: [Flag]"),
    ("tags", "type: [string]"),
    ("numbers", "type: [integer]"),
    ("amounts", "type: [decimal]"),
    ("days", "type: [date]"),
    ("moments", "type: [datetime], read: epoch_ms"),
    ("colors", "type: [Color]"),
    ("levels", "type: [Level]"),
    ("ids", "type: [LineId]"),
    ("line_in_text", "json_text: Line"),
    ("tags_in_text", "json_text: [string]"),
    ("line", "type: Line"),
    ("lines", "type: [Line]"),
    ("notes", "map: string"),
    ("by_name", "map: Line"),
    ("lists", "map: [string]"),
    ("shape", "type: Shape"),
    ("shapes", "type: [Shape]"),
    ("shapes_by_name", "map: Shape"),
    ("held", "type: Held"),
    ("helds", "type: [Held]"),
    ("any", "type: json"),
    ("some_known", "type: string"),
    ("some_", "map: string, spread: true"),
    ("more_", "map: [string], spread: true"),
    ("most_", "map: Line, spread: true"),
];

/// Lists of values with parts.
const HAVE_PARTS: [&str; 3] = ["lines", "shapes", "helds"];

const NESTINGS: [&str; 4] = ["a[b]", "a.b", "a:b", "json"];
const LISTS: [&str; 7] = ["a[]", "a[0]", "a.1", "a.member.1", "a", "commas", "json"];
const MAPS: [&str; 2] = [", maps: [a.1.key, a.1.value]", r#", maps: ["a[0][k]", "a[0][v]"]"#];

/// Single values, in every spelling that there is.
const SPELLED: [(&str, &str); 38] = [
    ("plain", "type: boolean"),
    ("yes", "type: boolean, true_is: Y, false_is: N"),
    ("true", "type: boolean, true_is: T, false_is: F"),
    ("bit", "type: boolean, true_is: 1, false_is: 0"),
    ("quoted_bit", "type: boolean, true_is: \"1\", false_is: \"0\""),
    ("word", "type: boolean, true_is: \"yes\", false_is: \"no\""),
    ("iso", "type: datetime"),
    ("mail", "type: datetime, read: rfc2822"),
    ("web", "type: datetime, read: http_date"),
    ("seconds", "type: datetime, read: epoch_s"),
    ("fraction", "type: datetime, read: epoch_s_micros"),
    ("millis", "type: datetime, read: epoch_ms"),
    ("micros", "type: datetime, read: epoch_us"),
    ("wrapped", "type: datetime, read: \"/Date({epoch_ms})/\""),
    ("text_of_seconds", "type: datetime, read: \"{epoch_s}\""),
    ("spaced", "type: datetime, read: \"%Y-%m-%d %H:%M:%S\", offset: \"+02:00\""),
    ("unix", "type: datetime, read: \"%a %b %d %H:%M:%S %z %Y\""),
    ("english", "type: datetime, read: \"%A, %e %B %Y %I:%M:%S %p\", offset: \"-05:30\""),
    ("numbered", "type: datetime, read: \"%j/%Y %T.%6f %:z\""),
    ("short", "type: datetime, read: \"%d/%m/%y %R:%S%.f\", offset: Z"),
    ("other_way", "type: datetime, read: [iso, epoch_ms], write: epoch_ms"),
    ("wall", "type: civil_datetime"),
    ("wall_minutes", "type: civil_datetime, read: \"%d.%m.%Y %H:%M\""),
    ("day", "type: date"),
    ("german", "type: date, read: \"%d.%m.%Y\""),
    ("digits", "type: date, read: \"%Y%m%d\""),
    ("ordinal", "type: date, read: \"%y-%j\""),
    ("hour", "type: time"),
    ("half", "type: time, read: \"%I:%M %P\""),
    ("exact", "type: decimal"),
    ("quoted", "type: decimal, write: string"),
    ("whole", "type: integer"),
    ("big", "type: integer, write: string"),
    ("count", "type: unsigned"),
    ("either", "type: number_or_string"),
    ("bytes", "type: base64"),
    ("level", "type: Level"),
    ("color", "type: Color"),
];

/// Writes the spec and the table. Gives the folder of the spec.
pub(crate) fn write(out: &Path) -> io::Result<PathBuf> {
    let dir = out.join("round_trips");
    fs::create_dir_all(&dir)?;
    fs::write(dir.join("api.yaml"), format!("{TYPES}{}", spelled_types()))?;
    fs::write(dir.join("things.yaml"), operations())?;
    let api = codegen::load(&dir).map_err(|failure| io::Error::other(failure.to_string()))?;
    let (mut calls, mut echoes) = (String::new(), String::new());
    // One is there so that records of its kind can be made.
    for (_, operation) in api.operations().filter(|(_, operation)| operation.name.wire != "whole") {
        let (name, ty) = (&operation.name.wire, format!("tests::round_trips::{}", operation.type_name.pascal));
        let names: Vec<_> = operation.parameters.iter().map(|parameter| &parameter.name.wire).collect();
        let _ = match name.strip_prefix("spelled_") {
            Some(place) => writeln!(echoes, "({place:?}, echo::<{ty}>),"),
            None => writeln!(calls, "Row {{ name: {name:?}, names: &{names:?}, send: send::<{ty}> }},"),
        };
    }
    let mut table = format!("static CALLS: &[Row] = &[\n{calls}];\nstatic ECHOES: &[(&str, Echo)] = &[\n{echoes}];\n");
    table.push_str("\n/// All values of a record, by their names.\n#[allow(clippy::clone_on_copy, reason = \"some of them are\")]\nfn spelled(given: &Spelled) -> Vec<(&'static str, Box<dyn Wire>)> {\n    vec![\n");
    for (name, _) in SPELLED {
        let _ = writeln!(table, "(\"v_{name}\", Box::new(given.v_{name}.clone())),");
    }
    fs::write(out.join("round_trips.rs"), table + "    ]\n}\n")?;
    Ok(dir)
}

fn spelled_types() -> String {
    let mut text = "  Level: {of: integer, values: {\"1\": {rust: low}, \"-2\": {rust: high}}}\n  \
                    Color: {values: [red, \"light green\"]}\n  Spelled:\n    fields:\n      id: integer\n"
        .to_owned();
    for (name, ty) in SPELLED {
        let _ = writeln!(text, "      v_{name}: {{{ty}}}");
    }
    text + "mock: {collections: {all: {key: id}}}\n"
}

fn operations() -> String {
    let mut text = "operations:\n".to_owned();
    let plain = NESTINGS.iter().flat_map(|nesting| LISTS.map(|lists| (*nesting, lists, "")));
    let pairs = MAPS.iter().flat_map(|maps| LISTS.map(|lists| ("a[b]", lists, *maps)));
    let styles = plain.chain(pairs).chain([("json", "a[0]", MAPS[0]), ("json", "commas", MAPS[1])]);
    for (at, (nesting, lists, maps)) in styles.enumerate() {
        let body = if at % 2 == 0 { "form" } else { "multipart" };
        let style = format!("nesting: \"{nesting}\", lists: \"{lists}\"{maps}");
        let _ = writeln!(text, "  style_{at}:\n    http: POST /style/{at}\n    encoding: {{body: {body}, {style}}}");
        text.push_str("    params:\n");
        shapes(&mut text, "q_", "in: query", lists, &SHAPES);
        shapes(&mut text, "b_", "in: body", lists, &SHAPES);
        if body == "multipart" {
            files(&mut text, lists);
        }
    }
    text.push_str("  json:\n    http: POST /json\n    params:\n");
    shapes(&mut text, "b_", "in: body", "json", &SHAPES);
    for (name, ty) in SHAPES.iter().filter(|(_, ty)| ty.starts_with("type: [")) {
        let _ =
            writeln!(text, "  list_{name}:\n    http: POST /list/{name}\n    encoding: {{body: list}}\n    params:");
        let _ = writeln!(text, "      b_{name}: {{{ty}}}\n      q_tags: {{type: [string], in: query}}");
    }
    for (at, lists) in ["a", "commas", "json"].into_iter().enumerate() {
        let _ = writeln!(text, "  headers_{at}:\n    http: GET /headers/{at}");
        let _ = writeln!(text, "    encoding: {{nesting: json, lists: {lists}}}\n    params:");
        let one_text = |(name, _): &&(&str, &str)| lists != "a" || (*name != "any" && !HAVE_PARTS.contains(name));
        let some: Vec<_> = SHAPES.iter().filter(one_text).copied().collect();
        shapes(&mut text, "x-", "in: header", lists, &some);
    }
    for lists in ["commas", "json"] {
        for (name, ty) in SHAPES.iter().filter(|(name, _)| !name.ends_with('_') && is_sayable(name, lists)) {
            let _ = writeln!(
                text,
                "  path_{lists}_{name}: {{http: \"GET /{lists}/{name}/{{p_{name}}}\", encoding: {{nesting: json, lists: \
                 {lists}}}, params: {{p_{name}: {{{ty}}}}}}}"
            );
        }
    }
    text.push_str(
        "  slashes: {http: \"GET /slashes/{p_text}/end\", params: {p_text: {type: string, keep_slashes: true}}}\n",
    );
    text.push_str(
        "  trailing: {http: \"GET /trailing/{p_text}\", params: {p_text: {type: string, keep_slashes: true}}}\n",
    );
    text.push_str("  two: {http: \"GET /two/{p_text}:{r_text}.json\", params: {p_text: string, r_text: string}}\n");
    for (name, line, place) in [
        ("json", "POST /spelled/json", "in: body"),
        ("query", "GET /spelled/query", "in: query"),
        ("headers", "GET /spelled/headers", "in: header"),
        ("form", "POST /spelled/form", "in: body"),
        ("multipart", "POST /spelled/multipart", "in: body"),
    ] {
        let _ = writeln!(text, "  spelled_{name}:\n    http: {line}");
        if matches!(name, "form" | "multipart") {
            let _ = writeln!(text, "    encoding: {{body: {name}}}");
        }
        text.push_str("    returns: Spelled\n    mock: {insert: all}\n    params:\n");
        for (name, ty) in SPELLED {
            let _ = writeln!(text, "      v_{name}: {{{ty}, {place}}}");
        }
    }
    let holes: String = SPELLED.iter().map(|(name, _)| format!("/{{v_{name}}}")).collect();
    let _ = writeln!(text, "  spelled_path:\n    http: \"GET /spelled/path{holes}\"\n    returns: Spelled");
    text.push_str("    mock: {insert: all}\n    params:\n");
    for (name, ty) in SPELLED {
        let _ = writeln!(text, "      v_{name}: {{{ty}}}");
    }
    text.push_str("  whole: {http: POST /whole, params: {record: Spelled}, returns: nothing}\n");
    text
}

fn shapes(text: &mut String, prefix: &str, place: &str, lists: &str, all: &[(&str, &str)]) {
    for (name, ty) in all.iter().filter(|(name, _)| is_sayable(name, lists)) {
        let rust = if name.ends_with('_') {
            format!(", rust: {}{}rest", prefix.replace('-', "_"), name)
        } else {
            String::new()
        };
        let _ = writeln!(text, "      {prefix}{name}: {{{ty}, {place}{rust}}}");
    }
}

/// A list of values with parts has no room between commas.
fn is_sayable(name: &str, lists: &str) -> bool {
    !HAVE_PARTS.contains(&name) || lists != "commas"
}

fn files(text: &mut String, lists: &str) {
    let own = if matches!(lists, "commas" | "json") { ", encoding: {lists: \"a[0]\"}" } else { "" };
    text.push_str("      f_file: {type: file}\n");
    let _ = writeln!(text, "      f_files: {{type: [file]{own}}}");
    text.push_str("      f_spread_: {map: file, spread: true, rust: f_rest}\n");
    for (name, ty, encoding) in [("line", "Line", "nesting: json, lists: json"), ("tags", "[string]", "lists: json")] {
        let json = format!("content_type: application/json, encoding: {{{encoding}}}");
        let _ = writeln!(text, "      j_{name}: {{type: {ty}, {json}}}");
    }
}
