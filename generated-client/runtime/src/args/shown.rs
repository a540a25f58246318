//! Values in JSON that are not sent but shown.

use super::tree::{Token, write_json};
use super::wire::{ValueWriter, Wire};
use super::{Args, Encoding, Kind, Style};
use crate::json::Json;
use crate::values::Form;

/// A single value, spelled as it would be sent; nothing where it would not be.
pub(crate) fn shown(value: &dyn Wire, form: Form) -> Option<Json> {
    let mut args = Args::new(Encoding::json(Style::BRACKETS), [&[], &[]]);
    value.write(&mut ValueWriter::spelled(&mut args, form));
    let Token::Scalar(range, kind) = args.tokens.first()?.clone() else { return Some(Json::Null) };
    if kind == Kind::Unsayable {
        return None;
    }
    let text = args.text.get(range)?;
    Some(match (kind, text) {
        (Kind::Text, text) => Json::String(text.to_owned()),
        (_, "true") => Json::Bool(true),
        (_, "false") => Json::Bool(false),
        (_, number) => Json::Number(number.to_owned()),
    })
}

/// The text of a value.
pub(crate) fn json_text(value: &Json) -> String {
    let mut args = Args::new(Encoding::json(Style::BRACKETS), [&[], &[]]);
    value.write(&mut ValueWriter::spelled(&mut args, Form::Usual));
    let mut text = String::new();
    write_json(&args.tokens, &args.text, &mut text);
    text
}
