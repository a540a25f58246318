//! Every key of the spec language, declared once: the decoder reads through these tables, and the tables of
//! `spec/README.md` are written from them.
//!
//! A new key is a row here and a line in the decoder of its object. A new object is a table, its name in [`OBJECTS`]
//! and a decoder that opens its map with the table.

mod answers;
mod api;
mod encoding;
mod memory;
mod mock;
mod operation;
mod pagination;
mod rules;
mod signing;
#[cfg(test)]
pub(super) mod tests;
mod types;
mod webhooks;

pub use answers::{CARRIED, ENVELOPE, ERROR, REPORTS, RETRY_AFTER, SPOT, SUCCESS};
pub use api::{API, CREDENTIAL, DOC, ENVIRONMENT, HEADER, LIMITS, RATE};
pub use encoding::{ENCODING, STYLE};
pub use memory::{
    ABSENT, CARRIES, COLLECTION, CONDITION, COUNT, EFFECT, EXISTS, FREE, MEMORY, OVERLAP, SIDE_EFFECT, SYNTHESIS,
};
pub use mock::{ANSWER, MOCK, USUAL_WINDOW};
pub use operation::{EXAMPLE, OPERATION, PARAMETER, RESOURCE};
pub use pagination::{CURSOR, MORE_FLAG, PAGE_TOTALS, PAGED, PAGINATION, WINDOW};
pub use rules::RULES;
pub use signing::{PLACEMENT, SIGNED_ANSWERS, SIGNING};
pub use types::{FIELD, SHAPE, TYPE, TYPED, UNION, VALUE};
pub use webhooks::{
    WEBHOOK_EVENT, WEBHOOK_HEADER, WEBHOOK_MATCH, WEBHOOK_NAME, WEBHOOK_SECRET, WEBHOOK_TIME, WEBHOOKS,
};

/// All objects of the language, in the order of the reference.
pub static OBJECTS: &[&Object] = &[
    &DOC,
    &API,
    &ENVIRONMENT,
    &CREDENTIAL,
    &HEADER,
    &ERROR,
    &CARRIED,
    &ENVELOPE,
    &SUCCESS,
    &REPORTS,
    &SPOT,
    &RETRY_AFTER,
    &ENCODING,
    &STYLE,
    &PAGINATION,
    &CURSOR,
    &WINDOW,
    &MORE_FLAG,
    &PAGE_TOTALS,
    &PAGED,
    &LIMITS,
    &RATE,
    &TYPE,
    &TYPED,
    &RULES,
    &VALUE,
    &UNION,
    &SHAPE,
    &FIELD,
    &RESOURCE,
    &OPERATION,
    &PARAMETER,
    &EXAMPLE,
    &SIGNING,
    &PLACEMENT,
    &SIGNED_ANSWERS,
    &WEBHOOKS,
    &WEBHOOK_SECRET,
    &WEBHOOK_TIME,
    &WEBHOOK_MATCH,
    &WEBHOOK_NAME,
    &WEBHOOK_EVENT,
    &WEBHOOK_HEADER,
    &MOCK,
    &ANSWER,
    &MEMORY,
    &COLLECTION,
    &SYNTHESIS,
    &EFFECT,
    &EXISTS,
    &ABSENT,
    &CARRIES,
    &COUNT,
    &CONDITION,
    &OVERLAP,
    &FREE,
    &SIDE_EFFECT,
];

/// A map with known keys.
#[derive(Debug)]
pub struct Object {
    /// What the reference calls one of them.
    pub name: &'static str,
    /// Its own keys, in the order of the reference.
    pub own: &'static [Key],
    /// Whether it takes the keys of [`DOC`] as well.
    pub is_documented: bool,
    /// Whether it takes the keys of [`TYPED`] as well.
    pub is_typed: bool,
    /// Whether it takes the keys of [`RULES`] as well.
    pub is_ruled: bool,
    /// The key that is meant where something else than a map is written.
    pub short: Option<&'static str>,
    /// What its keys say of each other.
    pub groups: &'static [Group],
}

/// One key of an object.
#[derive(Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What stands behind it.
    pub ty: Type,
    /// Whether it must be there. One of a group that must is not required by itself.
    pub is_required: bool,
    /// What holds where it is left out, in Markdown; empty where that is nothing.
    pub default: &'static str,
    /// One line of Markdown.
    pub doc: &'static str,
}

/// What stands behind a key.
#[derive(Debug, Clone, Copy)]
pub enum Type {
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// A number, whole or not.
    Decimal,
    /// `true` or `false`.
    Boolean,
    /// A text, number or boolean, taken as it is written.
    Literal,
    /// `null`, said aloud.
    Null,
    /// Any value that JSON has.
    Json,
    /// A map, as JSON has it.
    JsonObject,
    /// One of a few words.
    Words(&'static [&'static str]),
    /// The name of something that is declared elsewhere: this, with its article.
    NameOf(&'static str),
    /// A word for a type.
    TypeWord,
    /// A signing expression.
    Expression,
    /// A map with the keys of an object.
    Keys(&'static Object),
    /// A map from names of the author's own choice, called this.
    Named(&'static str, &'static Type),
    /// A list.
    List(&'static Type),
    /// One of them, or a list of them.
    OneOrMore(&'static Type),
    /// Any of these.
    Either(&'static [Type]),
}

/// What keys of one object say of each other.
#[derive(Debug, Clone, Copy)]
pub enum Group {
    /// They exclude each other.
    AtMostOne(&'static [&'static str]),
    /// They exclude each other, and one of them must be there.
    ExactlyOne(&'static [&'static str]),
}

impl Object {
    /// All keys that it takes.
    pub fn keys(&self) -> impl Iterator<Item = &'static Key> {
        let typed: &[Key] = if self.is_typed { TYPED.own } else { &[] };
        let ruled: &[Key] = if self.is_ruled { RULES.own } else { &[] };
        let shared: &[Key] = if self.is_documented { DOC.own } else { &[] };
        typed.iter().chain(self.own).chain(ruled).chain(shared)
    }

    /// It says what a value is.
    const fn typed(self) -> Self {
        Self { is_typed: true, ..self }
    }

    /// It says what values must meet.
    const fn ruled(self) -> Self {
        Self { is_ruled: true, ..self }
    }

    /// It may carry prose and provenance.
    const fn documented(self) -> Self {
        Self { is_documented: true, ..self }
    }

    /// Something else than a map stands for a map with this key alone.
    const fn short(self, key: &'static str) -> Self {
        Self { short: Some(key), ..self }
    }

    /// Its keys are not independent of each other.
    const fn groups(self, groups: &'static [Group]) -> Self {
        Self { groups, ..self }
    }
}

impl Key {
    /// What holds where it is left out.
    const fn default(self, default: &'static str) -> Self {
        Self { default, ..self }
    }

    /// The number that holds where it is left out. A default that is none does not compile where it is asked for.
    const fn usual_number(&self) -> u32 {
        let text = self.default.as_bytes();
        assert!(text.len() > 2, "the default is no number");
        let (mut number, mut at) = (0, 1);
        while at + 1 < text.len() {
            assert!(text[at].is_ascii_digit(), "the default is no number");
            number = number * 10 + (text[at] - b'0') as u32;
            at += 1;
        }
        number
    }
}

const fn object(name: &'static str, own: &'static [Key]) -> Object {
    Object { name, own, is_documented: false, is_typed: false, is_ruled: false, short: None, groups: &[] }
}

const fn required(name: &'static str, ty: Type, doc: &'static str) -> Key {
    Key { name, ty, is_required: true, default: "", doc }
}

const fn optional(name: &'static str, ty: Type, doc: &'static str) -> Key {
    Key { name, ty, is_required: false, default: "", doc }
}

/// The words of a decoder's table.
const fn words<T, const N: usize>(table: &[(&'static str, T); N]) -> [&'static str; N] {
    let mut words = [""; N];
    let mut at = 0;
    while at < N {
        words[at] = table[at].0;
        at += 1;
    }
    words
}
