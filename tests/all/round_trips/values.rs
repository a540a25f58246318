//! The values of one parameter: as a call takes it, and as the spec would write it.

use std::sync::Arc;

use client_runtime::rt::{ValueWriter, Wire};
use codegen::ir::{Json, Location, Maps, Nesting, Parameter};
use tests::round_trips::{self, Color, Held, Inner, JsonText, Level, Line, Maybe, OrderedMap, Shape, Upload};

use super::arrives::written;
use super::dice::Dice;

/// A value of one of the shapes that the spec has.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(String),
    Flags(Vec<bool>),
    Tags(Vec<String>),
    Line(Line),
    Lines(Vec<Line>),
    Shape(Shape),
    Shapes(Vec<Shape>),
    ShapesByName(OrderedMap<Shape>),
    Held(Held),
    Helds(Vec<Held>),
    Notes(OrderedMap<String>),
    ByName(OrderedMap<Line>),
    Lists(OrderedMap<Vec<String>>),
    Any(round_trips::Json),
    /// Any other, and what it is in JSON.
    Made(Arc<dyn Wire>, Json),
    File(File),
    Files(Vec<File>),
    Named(OrderedMap<File>),
}

/// A file, with what it is called.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Value {
    /// A value for a parameter, by what its name says of its shape.
    pub(super) fn draw(dice: &mut Dice, parameter: &Parameter) -> Self {
        let style = &parameter.style;
        let (_, shape) = parameter.name.wire.split_once(['_', '-']).unwrap();
        let name = |dice: &mut Dice| {
            if parameter.location == Location::Header { token(dice) } else { dice.text() }
        };
        match shape {
            "text" | "some_known" => Self::Text(dice.text()),
            "flags" => Self::Flags(dice.many(Dice::coin)),
            "tags" => Self::Tags(dice.many(Dice::text)),
            "numbers" => Self::list(dice.many(Dice::number), |it| number(it)),
            "amounts" => Self::list(dice.many(Dice::decimal), |it| number(it)),
            "days" => Self::list(dice.many(Dice::day), |it| string(&it.to_string())),
            "moments" => Self::list(dice.many(Dice::moment), |it| number(it.unix_millis())),
            "colors" => Self::list(dice.many(Dice::color), |it| string(color_word(it))),
            "levels" => Self::list(dice.many(Dice::level), |it| number(level_number(it))),
            "ids" => Self::list(dice.many(Dice::id), |it| number(it)),
            "line_in_text" => Self::in_text(dice.line(), line),
            "tags_in_text" => Self::in_text(dice.many(Dice::text), |tags| texts(tags)),
            "line" => Self::Line(dice.line()),
            "lines" => Self::Lines(dice.many(Dice::line)),
            "shape" => Self::Shape(dice.shape()),
            "shapes" => Self::Shapes(dice.many(Dice::shape)),
            "shapes_by_name" => Self::ShapesByName(dice.map(Dice::text, Dice::shape)),
            "held" => Self::Held(dice.held()),
            "helds" => Self::Helds(dice.many(Dice::held)),
            "notes" => Self::Notes(dice.map(Dice::text, Dice::text)),
            "some_" => {
                // Which is the name of another parameter.
                let name = |dice: &mut Dice| if dice.roll(12) == 0 { "known".to_owned() } else { name(dice) };
                Self::Notes(dice.map(name, Dice::text))
            }
            "by_name" => Self::ByName(dice.map(Dice::text, Dice::line)),
            "most_" => Self::ByName(dice.map(name, Dice::line)),
            "lists" => Self::Lists(dice.map(Dice::text, |dice| dice.many(Dice::text))),
            "more_" => Self::Lists(dice.map(name, |dice| dice.many(Dice::text))),
            // A server must guess what this is: only what it cannot guess wrong is sent.
            "any" => Self::Any(match (&style.nesting, &style.maps) {
                (Nesting::Json, Maps::Nested) => dice.object(3),
                (Nesting::Json, Maps::Pairs(..)) => round_trips::Json::Object(Vec::new()),
                (Nesting::Named(..), Maps::Nested) => dice.object(3),
                (Nesting::Named(..), Maps::Pairs(..)) => dice.tree(3),
            }),
            "file" => Self::File(File::draw(dice)),
            "files" => Self::Files(dice.many(File::draw)),
            "spread_" => Self::Named(dice.map(Dice::text, File::draw)),
            other => panic!("there is no shape `{other}`"),
        }
    }

    fn list<T: Wire + 'static>(items: Vec<T>, json: impl Fn(&T) -> Json) -> Self {
        let all = items.iter().map(json).collect();
        Self::Made(Arc::new(items), Json::Array(all))
    }

    fn in_text<T: Wire + 'static>(held: T, json: impl Fn(&T) -> Json) -> Self {
        let text = string(&written(&json(&held)));
        Self::Made(Arc::new(JsonText(held)), text)
    }

    /// The value in JSON, with all that it was given.
    pub(super) fn json(&self) -> Json {
        match self {
            Self::Text(text) => string(text),
            Self::Flags(flags) => Json::Array(flags.iter().map(|flag| string(flag_word(*flag))).collect()),
            Self::Tags(tags) => texts(tags),
            Self::Line(one) => line(one),
            Self::Lines(lines) => Json::Array(lines.iter().map(line).collect()),
            Self::Shape(one) => shape(one),
            Self::Shapes(shapes) => Json::Array(shapes.iter().map(shape).collect()),
            Self::ShapesByName(shapes) => object(shapes, shape),
            Self::Held(one) => held(one),
            Self::Helds(helds) => Json::Array(helds.iter().map(held).collect()),
            Self::Notes(notes) => object(notes, |text| string(text)),
            Self::ByName(lines) => object(lines, line),
            Self::Lists(lists) => object(lists, |tags| texts(tags)),
            Self::Any(json) => any(json),
            Self::Made(_, json) => json.clone(),
            Self::File(file) => file.json(),
            Self::Files(files) => Json::Array(files.iter().map(File::json).collect()),
            Self::Named(files) => object(files, File::json),
        }
    }
}

impl Wire for Value {
    fn write(&self, out: &mut ValueWriter<'_>) {
        let upload = |file: &File| Upload::bytes(file.name.clone(), file.bytes.clone());
        match self {
            Self::Text(text) => text.write(out),
            Self::Flags(flags) => flags.write(out),
            Self::Tags(tags) => tags.write(out),
            Self::Line(one) => one.write(out),
            Self::Lines(lines) => lines.write(out),
            Self::Shape(one) => one.write(out),
            Self::Shapes(shapes) => shapes.write(out),
            Self::ShapesByName(shapes) => shapes.write(out),
            Self::Held(one) => one.write(out),
            Self::Helds(helds) => helds.write(out),
            Self::Notes(notes) => notes.write(out),
            Self::ByName(lines) => lines.write(out),
            Self::Lists(lists) => lists.write(out),
            Self::Any(json) => json.write(out),
            Self::Made(value, _) => value.write(out),
            Self::File(file) => upload(file).write(out),
            Self::Files(files) => files.iter().map(upload).collect::<Vec<_>>().write(out),
            Self::Named(files) => {
                files.iter().map(|(name, file)| (name.to_owned(), upload(file))).collect::<OrderedMap<_>>().write(out)
            }
        }
    }
}

impl File {
    fn draw(dice: &mut Dice) -> Self {
        Self { name: dice.text(), bytes: dice.bytes() }
    }

    /// As the mock has it: a character for each byte.
    fn json(&self) -> Json {
        Json::String(self.bytes.iter().copied().map(char::from).collect())
    }
}

/// The name of a header, in small letters as it arrives.
fn token(dice: &mut Dice) -> String {
    let letters = ["a", "b", "0", "-", "_", ".", "~", "!", "key"];
    (0..1 + dice.roll(4)).map(|_| letters[dice.roll(9) as usize]).collect()
}

fn flag_word(flag: bool) -> &'static str {
    if flag { "Y" } else { "N" }
}

fn color_word(color: &Color) -> &str {
    match color {
        Color::Red => "red",
        Color::LightGreen => "light green",
        Color::Other(word) => word,
        other => panic!("{other:?} is never drawn"),
    }
}

fn level_number(level: &Level) -> i64 {
    match level {
        Level::Low => 1,
        Level::High => -2,
        Level::Other(number) => *number,
        other => panic!("{other:?} is never drawn"),
    }
}

fn number(number: impl ToString) -> Json {
    Json::Number(number.to_string())
}

fn string(text: &str) -> Json {
    Json::String(text.to_owned())
}

fn texts(items: &[String]) -> Json {
    Json::Array(items.iter().map(|item| string(item)).collect())
}

fn object<T>(map: &OrderedMap<T>, json: impl Fn(&T) -> Json) -> Json {
    Json::Object(map.iter().map(|(name, value)| (name.to_owned(), json(value))).collect())
}

fn line(line: &Line) -> Json {
    let members = [
        ("name", Some(string(&line.name))),
        ("count", Some(Json::Number(line.count.to_string()))),
        ("tags", line.tags.as_deref().map(texts)),
        ("inner", line.inner.as_ref().map(inner)),
    ];
    Json::Object(members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
}

fn inner(inner: &Inner) -> Json {
    let members = [
        ("is_on", Some(string(flag_word(inner.is_on)))),
        ("note", inner.note.as_deref().map(string)),
        ("gone", maybe(&inner.gone, |text| string(text))),
        ("left", maybe(&inner.left, |it| number(it))),
    ];
    Json::Object(members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
}

fn maybe<T>(value: &Maybe<T>, json: impl Fn(&T) -> Json) -> Option<Json> {
    match value {
        Maybe::Absent => None,
        Maybe::Null => Some(Json::Null),
        Maybe::Value(value) => Some(json(value)),
    }
}

/// A record with what says which it is.
fn tagged(word: &str, members: Json) -> Json {
    let Json::Object(members) = members else { panic!("{members:?} is no record") };
    Json::Object([("kind".to_owned(), string(word))].into_iter().chain(members).collect())
}

fn shape(shape: &Shape) -> Json {
    match shape {
        Shape::Line(one) => tagged("line", line(one)),
        Shape::Inner(one) => tagged("a[b]", inner(one)),
        other => panic!("{other:?} is never drawn"),
    }
}

fn held(held: &Held) -> Json {
    let (word, data) = match held {
        Held::Line(one) => ("line", line(one)),
        Held::Tags(tags) => ("tags", texts(tags)),
        Held::Flag(flag) => ("flag", string(flag_word(*flag))),
        other => panic!("{other:?} is never drawn"),
    };
    tagged(word, Json::Object(vec![("data".to_owned(), data)]))
}

fn any(json: &round_trips::Json) -> Json {
    match json {
        round_trips::Json::Null => Json::Null,
        round_trips::Json::Bool(value) => Json::Boolean(*value),
        round_trips::Json::Number(text) => Json::Number(text.clone()),
        round_trips::Json::String(text) => string(text),
        round_trips::Json::Array(items) => Json::Array(items.iter().map(any).collect()),
        round_trips::Json::Object(members) => {
            Json::Object(members.iter().map(|(name, value)| (name.clone(), any(value))).collect())
        }
    }
}
