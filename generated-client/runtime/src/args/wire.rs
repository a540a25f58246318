//! How each type becomes text, once.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::io::Write as _;

use super::Args;
use super::buffer::Buffer;
use super::field::Kind;
use super::param::{Clear, Param, Sensitivity};
use super::tree::{Token, write_json};
use crate::bodies::Upload;
use crate::json::Json;
use crate::values::{Form, Patch, Personal, Secret};

/// A value that can be sent, and shown where that is no secret.
pub trait Wire: Debug {
    /// Writes the value; a value that writes nothing is not sent.
    fn write(&self, out: &mut ValueWriter<'_>);
}

/// A name of a record, and the value that it has.
#[derive(Clone, Copy)]
pub struct Member<'w> {
    name: &'w str,
    value: &'w dyn Wire,
    or_null: bool,
    form: Form,
}

/// One line of a record.
pub fn member<'w>(name: &'w str, value: &'w dyn Wire) -> Member<'w> {
    Member { name, value, or_null: false, form: Form::Usual }
}

impl Member<'_> {
    /// It is null where the value writes nothing.
    pub fn or_null(self) -> Self {
        Self { or_null: true, ..self }
    }

    /// Its value is spelled in a way of the API's own.
    #[must_use]
    pub fn form(self, form: Form) -> Self {
        Self { form, ..self }
    }
}

/// Takes the value of one parameter.
pub struct ValueWriter<'a> {
    args: &'a mut Args,
    index: usize,
    /// How deep in lists and records it is.
    depth: usize,
    sensitivity: Sensitivity,
    /// How single values are spelled.
    form: Form,
}

impl<'a> ValueWriter<'a> {
    pub(super) fn new(args: &'a mut Args, index: usize) -> Self {
        let form = args.param(index).map_or(Form::Usual, Param::form);
        Self { args, index, depth: 0, sensitivity: Sensitivity::Public, form }
    }

    /// One of a value that is no parameter.
    #[cfg(feature = "serde")]
    pub(super) fn spelled(args: &'a mut Args, form: Form) -> Self {
        Self { form, ..Self::new(args, 0) }
    }

    /// How single values are spelled here.
    pub(super) fn form(&self) -> Form {
        self.form
    }

    /// Who may see what was written.
    pub(super) fn sensitivity(&self) -> Sensitivity {
        self.sensitivity
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.scalar(text, Kind::Text);
    }

    /// A number without a fraction.
    pub fn integer(&mut self, number: i64) {
        // Every call has ids: they become text without being allocated, and the longest has twenty characters.
        let mut digits = [0; 20];
        let mut rest = &mut digits[..];
        let written = write!(rest, "{number}");
        let left = rest.len();
        let text = digits.get(..20 - left).and_then(|text| str::from_utf8(text).ok());
        debug_assert!(written.is_ok() && text.is_some());
        self.number(text.unwrap_or_default());
    }

    /// A number as it is spelled; a text where the spec says so.
    pub fn number(&mut self, number: &str) {
        self.scalar(number, if matches!(self.form, Form::Quoted) { Kind::Text } else { Kind::Number });
    }

    /// `true` or `false`, or a word of the API's own.
    pub fn boolean(&mut self, value: bool) {
        let word = self.form.word(value);
        self.scalar(word.text(), if word.is_bare() { Kind::Boolean } else { Kind::Text });
    }

    /// A text with the JSON of a value in it.
    pub(super) fn text_of_json(&mut self, value: &dyn Wire) {
        let start = self.args.tokens.len();
        value.write(self);
        let tokens = self.args.tokens.split_off(start);
        if self.args.is_unsayable(&tokens) {
            self.unsayable();
        } else if !tokens.is_empty() {
            let mut json = Buffer::default();
            write_json(&tokens, &self.args.text, &mut json);
            self.text(&json);
        }
    }

    /// A value that its spelling has no text for.
    pub(super) fn unsayable(&mut self) {
        self.args.has_unsayable = true;
        self.scalar("", Kind::Unsayable);
    }

    /// A file.
    pub(crate) fn file(&mut self, upload: &Upload) {
        let number = self.args.attach(self.index, upload);
        self.scalar(upload.name(), Kind::File(number));
    }

    /// A list; an item that writes nothing is not in it.
    pub fn list<'w>(&mut self, items: impl IntoIterator<Item = &'w dyn Wire>) {
        self.open(Token::List);
        for item in items {
            item.write(self);
        }
        self.close();
    }

    /// Names that the API gives, with values; a value that writes nothing is not there.
    pub fn record(&mut self, members: &[Member<'_>]) {
        self.object(Token::Record, members.iter().copied());
    }

    /// A record with a member more, which says what it is.
    pub fn tagged(&mut self, tag: &str, word: &str, value: &dyn Wire) {
        let start = self.args.tokens.len();
        value.write(self);
        if self.args.tokens.get(start) == Some(&Token::Record) {
            let name = self.args.text.append(tag);
            let word = Token::Scalar(self.args.text.append(word), Kind::Text);
            self.args.tokens.splice(start + 1..start + 1, [Token::Key(name), word]);
        }
    }

    /// Names that are data, with values.
    pub fn map<'w>(&mut self, entries: impl IntoIterator<Item = (&'w str, &'w dyn Wire)>) {
        let form = self.form;
        self.object(Token::Map, entries.into_iter().map(|(name, value)| member(name, value).form(form)));
    }

    fn object<'w>(&mut self, token: Token, members: impl IntoIterator<Item = Member<'w>>) {
        let outer = self.form;
        self.open(token);
        for Member { name, value, or_null, form } in members {
            self.form = form;
            let name = self.args.text.append(name);
            self.args.tokens.push(Token::Key(name));
            let before = self.args.tokens.len();
            value.write(self);
            match self.args.tokens.len() == before {
                true if or_null => self.null(),
                true => drop(self.args.tokens.pop()),
                false => {}
            }
        }
        self.form = outer;
        self.close();
    }

    /// Null: as such in JSON, and as its name where a text must be.
    pub fn null(&mut self) {
        self.args.tokens.push(Token::Null);
    }

    /// Whatever clears the parameter; nothing where the spec does not say how.
    pub fn clear(&mut self) {
        match self.args.param(self.index).and_then(Param::clear).filter(|_| self.depth == 0) {
            Some(Clear::Text(text)) => self.text(text),
            Some(Clear::Null) => self.null(),
            None => {}
        }
    }

    /// Says that what is written is not for everybody's eyes.
    fn hide(&mut self, sensitivity: Sensitivity) {
        self.sensitivity = self.sensitivity.max(sensitivity);
    }

    fn scalar(&mut self, text: &str, kind: Kind) {
        let range = self.args.text.append(text);
        self.args.tokens.push(Token::Scalar(range, kind));
    }

    fn open(&mut self, token: Token) {
        self.depth += 1;
        self.args.tokens.push(token);
    }

    fn close(&mut self) {
        self.depth -= 1;
        self.args.tokens.push(Token::End);
    }
}

impl Wire for &str {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.text(self);
    }
}

impl Wire for String {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.text(self);
    }
}

impl Wire for Secret {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.hide(Sensitivity::Secret);
        out.text(self.expose());
    }
}

impl<T: Wire> Wire for Personal<T> {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.hide(Sensitivity::Personal);
        T::write(self, out);
    }
}

impl<T: Wire> Wire for Patch<T> {
    fn write(&self, out: &mut ValueWriter<'_>) {
        match self {
            Self::Keep => {}
            Self::Clear => out.clear(),
            Self::Set(value) => value.write(out),
        }
    }
}

impl<T: Wire> Wire for Option<T> {
    fn write(&self, out: &mut ValueWriter<'_>) {
        if let Some(value) = self {
            value.write(out);
        }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.list(self.iter().map(|item| item as &dyn Wire));
    }
}

impl<T: Wire> Wire for BTreeMap<String, T> {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.map(self.iter().map(|(name, value)| (name.as_str(), value as &dyn Wire)));
    }
}

impl Wire for Json {
    fn write(&self, out: &mut ValueWriter<'_>) {
        match self {
            Self::Null => out.null(),
            Self::Bool(value) => out.boolean(*value),
            Self::Number(text) => out.scalar(text, Kind::Number),
            Self::String(text) => out.text(text),
            Self::Array(items) => out.list(items.iter().map(|item| item as &dyn Wire)),
            Self::Object(members) => out.map(members.iter().map(|(name, value)| (name.as_str(), value as &dyn Wire))),
        }
    }
}
