//! Parameters as generated code declares them: one constant each.

use super::Style;
use crate::values::Form;

/// What the spec says about a parameter.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    pub(crate) name: &'static str,
    pub(crate) location: Location,
    pub(crate) sensitivity: Sensitivity,
    pub(crate) required: bool,
    pub(crate) rules: &'static [Rule],
    /// What clearing it is on the wire, where it can be cleared.
    pub(crate) clear: Option<&'static str>,
    /// The parameter whose value it takes when it has none.
    pub(crate) default_from: Option<&'static str>,
    /// How its parts are spelled, where that is not as in the rest of the call.
    pub(crate) style: Option<&'static Style>,
    /// Each of its entries is a parameter of its own, whose name begins with its own.
    pub(crate) spread: bool,
    /// How its value is spelled.
    pub(crate) form: Form,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    /// As a segment of the path.
    Path,
    /// In the query.
    Query,
    /// As a member of the JSON body, or a pair of a form.
    Body,
    /// As a header.
    Header,
    /// As the whole of a JSON body in which nothing else can stand.
    Document,
}

/// Who may see a value; the fewer, the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sensitivity {
    /// Everybody.
    Public,
    /// It is about a person: not shown.
    Personal,
    /// Not shown. The buffer of all values is wiped, whatever they are.
    Secret,
}

/// A constraint on a parameter's value.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// At least so many characters.
    MinLength(u32),
    /// At most so many characters.
    MaxLength(u32),
    /// A number not below this.
    Min(i64),
    /// A number not above this.
    Max(i64),
    /// At least one character of each class.
    Contains(&'static [Class]),
    /// The whole text matches.
    Pattern(&'static str),
    /// The same text as the parameter of this name.
    Equals(&'static str),
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

/// A segment of the path.
pub const fn path(name: &'static str) -> Param {
    Param::new(name, Location::Path)
}

/// A parameter in the query.
pub const fn query(name: &'static str) -> Param {
    Param::new(name, Location::Query)
}

/// A header.
pub const fn header(name: &'static str) -> Param {
    Param::new(name, Location::Header)
}

/// A member of the body.
pub const fn body(name: &'static str) -> Param {
    Param::new(name, Location::Body)
}

impl Param {
    /// It is required, until something else is said.
    const fn new(name: &'static str, location: Location) -> Self {
        let sensitivity = Sensitivity::Public;
        Self {
            name,
            location,
            sensitivity,
            required: true,
            rules: &[],
            clear: None,
            default_from: None,
            style: None,
            spread: false,
            form: Form::Usual,
        }
    }

    /// The call can be made without it.
    pub const fn optional(self) -> Self {
        Self { required: false, ..self }
    }

    /// Its value is secret.
    pub const fn secret(self) -> Self {
        Self { sensitivity: Sensitivity::Secret, ..self }
    }

    /// Its value is about a person.
    pub const fn personal(self) -> Self {
        Self { sensitivity: Sensitivity::Personal, ..self }
    }

    /// What its value must be like.
    pub const fn rules(self, rules: &'static [Rule]) -> Self {
        Self { rules, ..self }
    }

    /// It can be cleared, by sending this text.
    pub const fn clear(self, text: &'static str) -> Self {
        Self { clear: Some(text), ..self }
    }

    /// It takes the value of the parameter of this name when it has none.
    pub const fn default_from(self, name: &'static str) -> Self {
        Self { default_from: Some(name), ..self }
    }

    /// Its parts are spelled in a style of its own.
    pub const fn style(self, style: &'static Style) -> Self {
        Self { style: Some(style), ..self }
    }

    /// Each of its entries is a parameter of its own, whose name begins with its own.
    pub const fn spread(self) -> Self {
        Self { spread: true, ..self }
    }

    /// Its value is spelled in a way of the API's own.
    pub const fn form(self, form: Form) -> Self {
        Self { form, ..self }
    }

    /// Whether every call must be given its value.
    pub(crate) fn is_positional(&self) -> bool {
        self.required && self.default_from.is_none()
    }
}
