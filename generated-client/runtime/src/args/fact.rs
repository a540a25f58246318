//! What the spec says of a value, as rows of constant tables.

use std::fmt;

use super::Style;
use crate::values::Form;

/// What the spec says of a parameter, or of a value within one, besides where it is.
#[derive(Clone, Copy, Debug)]
pub enum Fact {
    /// The call can be made without it.
    Optional,
    /// Its value is about a person.
    IsPersonal,
    /// Its value is secret.
    IsSecret,
    /// It can be cleared, by sending this text.
    Clear(&'static str),
    /// It can be cleared, by sending null in a JSON body.
    ClearByNull,
    /// It takes the value of the parameter of this name when it has none.
    DefaultFrom(&'static str),
    /// The server knows a call by it that is made again: it is a random UUID where none is given, and the same with
    /// each attempt of a call.
    IdempotencyKey,
    /// Its parts are spelled in a style of its own, not as in the rest of the call.
    Styled(&'static Style),
    /// Each of its entries is a parameter of its own, whose name begins with its own.
    Spread,
    /// Its value is spelled in a way of the API's own.
    Spelled(Form),
    /// A slash in it is one of the path.
    KeepSlashes,
    /// Signing leaves it out, unless the caller says else.
    Unsigned,
    /// Its part of a multipart body says that it is this.
    ContentType(&'static str),

    /// At least so many characters.
    MinLength(u32),
    /// At most so many characters.
    MaxLength(u32),
    /// At least so many bytes of UTF-8.
    MinBytes(u32),
    /// At most so many bytes of UTF-8.
    MaxBytes(u32),
    /// A number not below this.
    Min(&'static str),
    /// A number not above this.
    Max(&'static str),
    /// A number that divides by this without a rest.
    MultipleOf(&'static str),
    /// One of these texts or numbers.
    OneOf(By, &'static [&'static str]),
    /// A file of at most so many bytes.
    MaxSize(u64),
    /// At least one character of each class.
    Contains(&'static [Class]),
    /// The whole text matches.
    Pattern(&'static str),
    /// The whole text matches, which is to say that it has these runs, one after the other.
    Runs(&'static str, &'static [Run]),
    /// A text of a form that everybody knows.
    Known(Format),
    /// At least so many items or entries.
    MinItems(u32),
    /// At most so many items or entries.
    MaxItems(u32),
    /// No two items are the same.
    UniqueItems(By),

    /// What holds for each item of a list, or each value of a map.
    Each(&'static [Fact]),
    /// What holds for the members of a record.
    Members(fn() -> &'static [Ruled]),
    /// What holds for the shapes of a union, by the texts of this tag; and the member that holds the shape.
    Shapes(&'static str, Option<&'static str>, fn() -> &'static [Ruled]),
    /// What holds for the JSON in a text.
    InText(&'static [Fact]),

    /// It is there in every value of its record: of a list or record with nothing in it, a form has nothing.
    Needed,
    /// The same as its neighbour of this name.
    Equals(By, &'static str),
    /// It is given, or its neighbour of this name is.
    Unless(&'static str),
    /// It is given where all of these hold.
    RequiredIf(&'static [If]),
    /// It is not given where all of these hold.
    ForbiddenIf(&'static [If]),
    /// One of the neighbours of these names is given.
    AtLeastOne(&'static [&'static str]),
    /// One of the neighbours of these names is given, and no other of them.
    ExactlyOne(&'static [&'static str]),
    /// A time later than that of its neighbour of this name.
    After(&'static str, Later),

    /// What is said, in place of the usual, where a constraint of this id is not met that stands after it.
    Says(&'static str, &'static str),
}

/// A name within a value, and what holds for the value under it.
pub type Ruled = (&'static str, &'static [Fact]);

/// A neighbour that is the same as one of these texts; without any, one that is given.
pub type If = (&'static str, By, &'static [&'static str]);

/// What values of a type are the same by.
#[derive(Clone, Copy, Debug)]
pub enum By {
    /// By how they are sent: `1.0` is not `1`.
    AsSent,
    /// By what they amount to as numbers: 1.0 is 1.
    Amount,
    /// By the moment that they tell, at whatever offset: in nanoseconds since 1970, and none in what is spelled otherwise.
    Moment(fn(&str) -> Option<i128>),
}

/// Bytes, as pairs of a first and a last one, and how often one of them stands there: at least and at most.
pub type Run = (&'static str, u32, u32);

/// As often as may be.
pub const MANY: u32 = u32::MAX;

/// Whether the time in the first text is later than that in the second. What is no time breaks no rule.
pub type Later = fn(&str, &str) -> bool;

/// A form of texts that everybody knows.
#[derive(Clone, Copy)]
pub struct Format {
    /// What it is, with its article.
    pub(crate) name: &'static str,
    /// Whether a text is one.
    pub(crate) has: fn(&str) -> bool,
}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// A class of characters, as wide as the words allow: the server has the last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A lower-case letter of any script.
    Lower,
    /// An upper-case letter of any script.
    Upper,
    /// `0` to `9`.
    Digit,
    /// Anything that is neither a letter nor a digit; a space is.
    Special,
}

/// What a password must contain, as often as not.
pub const EVERY_CLASS: &[Class] = &[Class::Lower, Class::Upper, Class::Digit, Class::Special];

/// What most parameters are: required, and nothing more.
pub const REQUIRED: &[Fact] = &[];

/// What most of the others are.
pub const OPTIONAL: &[Fact] = &[Fact::Optional];
