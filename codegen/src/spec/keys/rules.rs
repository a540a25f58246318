//! The keys of validations: what is demanded of a value that is sent.

use super::Type::{Boolean, Decimal, List, Literal, NameOf, Named, Number, OneOrMore, Text, Words};
use super::{Key, Object, object, optional, words};
use crate::ir::Format;
use crate::spec::rules::CLASSES;

/// What a value must meet: of parameters, fields and types.
#[rustfmt::skip]
pub static RULES: Object = object("rules", &[
    optional("min_length", Number, "in characters"),
    optional("max_length", Number, "in characters"),
    optional("min_bytes", Number, "in bytes of UTF-8"),
    optional("max_bytes", Number, "in bytes of UTF-8"),
    optional("min", Decimal, "the smallest number"),
    optional("max", Decimal, "the greatest number"),
    optional("multiple_of", Decimal, "what the number divides by: `0.01` for two places"),
    optional("one_of", OneOrMore(&Literal), "the texts or numbers that are allowed, and no others"),
    optional("max_size", Number, "for a file: in bytes"),
    optional("pattern", Text, "a regular expression that the whole text matches; `\\d` and `\\w` are ASCII"),
    optional("contains", OneOrMore(&Words(&words(&CLASSES))), "at least one character of each"),
    optional("format", Words(&words(&Format::ALL)), "a [form that everybody knows](#formats)"),
    optional("min_items", Number, "for lists and maps: how many there are at least"),
    optional("max_items", Number, "for lists and maps: how many there are at most"),
    optional("unique_items", Boolean, "for a list: no two items are the same").default("`false`"),
    optional("messages", Named("constraint", &Text),
        "what is said where it is not met, to be read after the name: `{pattern: must be a postcode}`. \
         A constraint is called like its key, one of `contains` like `contains_upper`; of a parameter there are also \
         `required`, `commas` and `spread`. Those of a type are for its own rules, those beside it for both"),
]);

/// A condition: a neighbour that is given, or that has one of a few values.
const CONDITION: super::Type = super::Type::Either(&[NameOf("a neighbour"), Named("neighbour", &OneOrMore(&Literal))]);

// What a parameter says of other parameters, and a field of other fields.
pub(super) const EQUALS: Key = optional("equals", NameOf("a neighbour"), "the one that must have the same value");
pub(super) const REQUIRED_UNLESS: Key =
    optional("required_unless", NameOf("a neighbour"), "the one without which this must be given");
pub(super) const REQUIRED_IF: Key = optional(
    "required_if",
    CONDITION,
    "the one with which this must be given, `card`, or the values of it, `{kind: [gift, loan]}`; of several, all must hold",
);
pub(super) const FORBIDDEN_IF: Key = optional("forbidden_if", CONDITION, "the same, with which this must not be given");
pub(super) const AFTER: Key = optional("after", NameOf("a neighbour"), "for dates and times: the one that is earlier");

/// Names of neighbours, or several lists of them.
const GROUPS: super::Type = super::Type::Either(&[List(&NameOf("a neighbour")), List(&List(&NameOf("a neighbour")))]);

// What an operation says of its parameters, and a record of its fields.
pub(super) const AT_LEAST_ONE: Key =
    optional("at_least_one", GROUPS, "names of which one or more must be given; or several lists of such");
pub(super) const EXACTLY_ONE: Key =
    optional("exactly_one", GROUPS, "names of which one must be given, and no other; or several lists of such");
