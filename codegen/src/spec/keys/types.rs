//! The keys of types, their values and their fields.

use super::Group::{AtMostOne, ExactlyOne};
use super::Type::{Boolean, Either, Keys, List, Literal, Named, OneOrMore, Text, TypeWord, Words};
use super::rules::{AFTER, AT_LEAST_ONE, EQUALS, EXACTLY_ONE, FORBIDDEN_IF, REQUIRED_IF, REQUIRED_UNLESS};
use super::{Key, Object, object, optional, required, words};
use crate::spec::types::KINDS;

// What is said of fields and parameters alike.
pub(super) const PERSONAL: Key =
    optional("personal", Boolean, "data about a person: not shown by `Debug`").default("`false`");
pub(super) const SECRET: Key = optional("secret", Boolean, "never printed, wiped on drop").default("`false`");
pub(super) const ONE_SENSITIVITY: super::Group = AtMostOne(&["secret", "personal"]);

pub(super) const ONE_TYPE: super::Group = ExactlyOne(&["type", "map", "json_text"]);

/// What a value is: of fields, parameters and the shapes of a union.
#[rustfmt::skip]
pub static TYPED: Object = object("typed", &[
    optional("type", TypeWord, "a word for a type; `?` after it where the server may say null"),
    optional("map", TypeWord, "names that are data, each with a value of this type; order is kept"),
    optional("json_text", TypeWord, "a text with JSON in it, which is of this type"),
    optional("true_is", OneOrMore(&Literal), "for a `boolean`: the words for true, of which the first is sent")
        .default("`true`"),
    optional("false_is", OneOrMore(&Literal), "for a `boolean`: the words for false, of which the first is sent")
        .default("`false`"),
    optional("read", OneOrMore(&Text), "for dates and times: the [spellings](#dates-and-times) that are read")
        .default("what is sent"),
    optional("write", Text, "the one spelling that is sent; `string` for numbers that are sent as texts")
        .default("the first that is read"),
    optional("offset", Text, "for a `datetime` whose spelling does not tell it: `Z`, `\"+01:00\"`"),
]);

/// A type with a name.
#[rustfmt::skip]
pub static TYPE: Object = object("type", &[
    optional("of", Words(&words(&KINDS)), "what an `id` is, or the `values` are, on the wire")
        .default("`integer` for an id, `string` for values"),
    optional("values", Either(&[List(&Text), Named("text", &Keys(&VALUE))]),
        "the known texts. A text that is not known is kept in a variant `Other` \
         (`Unknown` or `Unlisted` where a value has that name)"),
    optional("fields", Named("name", &Keys(&FIELD)), "the members of a record"),
    optional("union", Keys(&UNION), "shapes that a member tells apart"),
    AT_LEAST_ONE,
    EXACTLY_ONE,
]).documented().typed().ruled().groups(&[ExactlyOne(&["type", "map", "json_text", "values", "fields", "union"])]);

/// A known text.
#[rustfmt::skip]
pub static VALUE: Object = object("value", &[
    optional("rust", Text, "what it is called in Rust, where the text is no name or that of another"),
]).documented();

/// Shapes that a member tells apart.
#[rustfmt::skip]
pub static UNION: Object = object("union", &[
    required("tag", Text, "the member that says which shape it is"),
    optional("content", Text, "the member that holds the shape").default("its members stand beside the tag"),
    required("of", Named("tag", &Keys(&SHAPE)), "the known shapes. One that is not known is kept in a variant `Other`"),
]);

/// One shape of a union.
#[rustfmt::skip]
pub static SHAPE: Object = object("shape", &[
    optional("rust", Text, "what it is called in Rust, where the tag is no name or that of another"),
]).documented().typed().short("type").groups(&[ONE_TYPE]);

/// A member of a record.
#[rustfmt::skip]
pub static FIELD: Object = object("field", &[
    optional("required", Boolean, "an answer without it is not the documented answer").default("`false`"),
    optional("distinct_null", Boolean, "null says something else than absence: `Maybe` in place of `Option`")
        .default("`false`"),
    optional("at", OneOrMore(&Text),
        "the [path](#envelope) to where it stands in the object, or several: it is read from the first of them where \
         there is something that can be read and is not empty")
        .default("under its name"),
    optional("begins", OneOrMore(&Text), "for a `string` with `at`: what a text begins with; others are passed over"),
    optional("or_one", Boolean, "for a list: one item may stand there by itself").default("`false`"),
    PERSONAL,
    SECRET,
    optional("rust", Text, "what it is called in Rust, where its own name cannot be used there"),
    EQUALS,
    REQUIRED_UNLESS,
    REQUIRED_IF,
    FORBIDDEN_IF,
    AFTER,
]).documented().typed().ruled().short("type").groups(&[ONE_TYPE, ONE_SENSITIVITY]);
