//! Values back into JSON, by the tables that they are read by.
//!
//! A type has one table, and who does not serialise pays nothing. Secrets and personal data are shown to nobody, except
//! within [`exposing`].

use std::cell::{Cell, RefCell};

use serde::ser::{Serialize, Serializer};

use super::fields::{Slot, look_at};
use super::open::Json;
use super::reader::Read;
use crate::values::{
    Base64, Boxed, CivilDate, CivilDateTime, CivilTime, DateTime, Decimal, Form, JsonText, Maybe, NumberOrText,
    OrderedMap, Personal, Secret,
};

/// What stands for a value that nobody should see.
const REDACTED: &str = "[redacted]";

thread_local! {
    static EXPOSED: Cell<bool> = const { Cell::new(false) };
}

/// Does some work in which secrets and personal data are serialised as they are, and not as `[redacted]`: to store an
/// answer, for example. It holds for this thread, until the work ends.
pub fn exposing<T>(work: impl FnOnce() -> T) -> T {
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            EXPOSED.set(self.0);
        }
    }
    let _restore = Restore(EXPOSED.replace(true));
    work()
}

/// A value, or what stands for it.
pub(super) fn guarded(show: impl FnOnce() -> Option<Json>) -> Option<Json> {
    if EXPOSED.get() { show() } else { Some(Json::String(REDACTED.to_owned())) }
}

/// What a table says.
pub(super) fn by_table(value: &mut (impl Read + ?Sized)) -> Option<Json> {
    let shown = RefCell::new(Json::Null);
    look_at(value, &|slots| _ = shown.replace(object(slots)));
    Some(shown.into_inner())
}

/// The members of an object, in the order of its table.
fn object(slots: &mut [Slot<'_>]) -> Json {
    Json::Object(slots.iter_mut().filter_map(Slot::show).collect())
}

/// One shape of several: its members beside the tag, or within a member of their own.
pub fn show_shape(tag: &str, word: &str, within: &[&str], value: &mut dyn Read, form: Form) -> Option<Json> {
    let tag = (tag.to_owned(), Json::String(word.to_owned()));
    let shown = value.show(form).unwrap_or_default();
    Some(match (within, shown) {
        ([content, ..], shown) => Json::Object(vec![tag, ((*content).to_owned(), shown)]),
        ([], Json::Object(members)) => Json::Object([tag].into_iter().chain(members).collect()),
        ([], shown) => shown,
    })
}

/// Serialises a value as its table says. The table is lent to be filled, so that a copy is asked for it.
///
/// # Errors
///
/// Whatever the serialiser says.
pub fn serialize<T: Read + Clone, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.clone().show(Form::Usual).unwrap_or_default().serialize(serializer)
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(text) => number(text, serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(members) => serializer.collect_map(members.iter().map(|(name, value)| (name, value))),
        }
    }
}

/// A number that loses nothing by it, else its text.
fn number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(number) = text.parse() {
        return serializer.serialize_i64(number);
    }
    if let Ok(number) = text.parse() {
        return serializer.serialize_u64(number);
    }
    let same = |number: &f64| number.to_string().parse::<Decimal>() == text.parse::<Decimal>();
    match text.parse().ok().filter(|number: &f64| number.is_finite()).filter(same) {
        Some(number) => serializer.serialize_f64(number),
        None => serializer.serialize_str(text),
    }
}

crate::rt::serialize!(Base64, CivilDate, CivilDateTime, CivilTime, DateTime, Decimal, NumberOrText, Secret);

macro_rules! serialize_around {
    ($($around:ident),*) => {$(
        impl<T: Read + Default + Clone> Serialize for $around<T> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serialize(self, serializer)
            }
        }
    )*};
}

serialize_around!(Boxed, JsonText, Maybe, OrderedMap, Personal);
