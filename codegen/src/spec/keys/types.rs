//! The keys of types, their values and their fields.

use super::Group::{AtMostOne, ExactlyOne};
use super::Type::{Boolean, Either, Keys, List, Named, Text, TypeWord, Words};
use super::{Key, Object, object, optional, required};

// What is said of fields and parameters alike.
pub(super) const PERSONAL: Key =
    optional("personal", Boolean, "data about a person: not shown by `Debug`").default("`false`");
pub(super) const SECRET: Key = optional("secret", Boolean, "never printed, wiped on drop").default("`false`");
pub(super) const ONE_SENSITIVITY: super::Group = AtMostOne(&["secret", "personal"]);

/// A type with a name.
#[rustfmt::skip]
pub static TYPE: Object = object("type", &[
    optional("type", Words(&["id"]), "a distinct 64-bit number"),
    optional("values", Either(&[List(&Text), Named("text", &Keys(&VALUE))]),
        "the known texts. A text that is not known is kept in a variant `Other` \
         (`Unknown` or `Unlisted` where a value has that name)"),
    optional("fields", Named("name", &Keys(&FIELD)), "the members of a record"),
]).documented().groups(&[ExactlyOne(&["type", "values", "fields"])]);

/// A known text.
#[rustfmt::skip]
pub static VALUE: Object = object("value", &[
    optional("rust", Text, "what it is called in Rust, where the text is no name or that of another"),
]).documented();

/// A member of a record.
#[rustfmt::skip]
pub static FIELD: Object = object("field", &[
    required("type", TypeWord, "its type; `?` after it where the server may say null"),
    optional("required", Boolean, "an answer without it is not the documented answer").default("`false`"),
    PERSONAL,
    SECRET,
    optional("rust", Text, "what it is called in Rust, where its own name cannot be used there"),
]).documented().short("type").groups(&[ONE_SENSITIVITY]);
