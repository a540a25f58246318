//! Parameters as generated code declares them: one constant each.

use super::{Fact, Style};
use crate::values::Form;

/// A parameter: where it is sent, its name on the wire, and what else the spec says of it.
///
/// Of constructors alone, without a call: such tables are what a compiler gets through fastest.
#[derive(Clone, Copy, Debug)]
pub enum Param {
    /// As a segment of the path.
    InPath(&'static str, &'static [Fact]),
    /// In the query.
    InQuery(&'static str, &'static [Fact]),
    /// As a header.
    InHeader(&'static str, &'static [Fact]),
    /// As a member of the body.
    InBody(&'static str, &'static [Fact]),
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    /// As a segment of the path.
    Path,
    /// As segments of the path: a slash in it is one of the path.
    Segments,
    /// In the query.
    Query,
    /// As a member of the JSON body, or a pair of a form.
    Body,
    /// As a header.
    Header,
    /// As the whole of a JSON body in which nothing else can stand.
    Document,
}

impl Location {
    /// Whether it is in the path.
    pub(crate) fn is_path(self) -> bool {
        matches!(self, Self::Path | Self::Segments)
    }
}

/// What clearing a parameter is on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clear {
    /// A text.
    Text(&'static str),
    /// Null, in JSON.
    Null,
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

impl Param {
    /// The name on the wire.
    pub(crate) const fn name(&self) -> &'static str {
        let (Self::InPath(name, _) | Self::InQuery(name, _) | Self::InHeader(name, _) | Self::InBody(name, _)) = self;
        name
    }

    /// What the spec says of it besides.
    pub(crate) const fn facts(&self) -> &'static [Fact] {
        let (Self::InPath(_, facts) | Self::InQuery(_, facts) | Self::InHeader(_, facts) | Self::InBody(_, facts)) =
            self;
        facts
    }

    /// Where it is sent.
    pub(crate) fn location(&self) -> Location {
        match self {
            Self::InPath(_, facts) if facts.iter().any(|fact| matches!(fact, Fact::KeepSlashes)) => Location::Segments,
            Self::InPath(..) => Location::Path,
            Self::InQuery(..) => Location::Query,
            Self::InHeader(..) => Location::Header,
            Self::InBody(..) => Location::Body,
        }
    }

    /// Who may see its value.
    pub(crate) fn sensitivity(&self) -> Sensitivity {
        let of = |fact: &Fact| match fact {
            Fact::IsSecret => Sensitivity::Secret,
            Fact::IsPersonal => Sensitivity::Personal,
            _ => Sensitivity::Public,
        };
        self.facts().iter().map(of).max().unwrap_or(Sensitivity::Public)
    }

    /// Whether a call needs it from its caller.
    pub(crate) fn is_required(&self) -> bool {
        !self.facts().iter().any(|fact| matches!(fact, Fact::Optional | Fact::IdempotencyKey))
    }

    /// Whether the server knows a call by it that is made again.
    pub(crate) fn is_key(&self) -> bool {
        self.facts().iter().any(|fact| matches!(fact, Fact::IdempotencyKey))
    }

    /// Whether signing takes it for a parameter.
    pub(crate) fn is_signed(&self) -> bool {
        !self.facts().iter().any(|fact| matches!(fact, Fact::Unsigned))
    }

    /// What its part of a multipart body says that it is.
    pub(crate) fn content_type(&self) -> Option<&'static str> {
        self.find(|fact| if let Fact::ContentType(media_type) = fact { Some(*media_type) } else { None })
    }

    /// How many bytes a file may have.
    pub(crate) fn max_size(&self) -> Option<u64> {
        self.find(|fact| if let Fact::MaxSize(most) = fact { Some(*most) } else { None })
    }

    /// Whether every call must be given its value.
    pub(crate) fn is_positional(&self) -> bool {
        self.is_required() && self.default_from().is_none()
    }

    /// What clearing it is, where it can be cleared.
    pub(crate) fn clear(&self) -> Option<Clear> {
        self.find(|fact| match fact {
            Fact::Clear(text) => Some(Clear::Text(text)),
            Fact::ClearByNull => Some(Clear::Null),
            _ => None,
        })
    }

    /// The parameter whose value it takes when it has none.
    pub(crate) fn default_from(&self) -> Option<&'static str> {
        self.find(|fact| if let Fact::DefaultFrom(name) = fact { Some(*name) } else { None })
    }

    /// How its parts are spelled, where that is not as in the rest of the call.
    pub(crate) fn style(&self) -> Option<&'static Style> {
        self.find(|fact| if let Fact::Styled(style) = fact { Some(*style) } else { None })
    }

    /// Whether each of its entries is a parameter of its own.
    pub(crate) fn is_spread(&self) -> bool {
        self.facts().iter().any(|fact| matches!(fact, Fact::Spread))
    }

    /// How its value is spelled.
    pub(crate) fn form(&self) -> Form {
        self.find(|fact| if let Fact::Spelled(form) = fact { Some(*form) } else { None }).unwrap_or(Form::Usual)
    }

    fn find<T>(&self, of: impl Fn(&'static Fact) -> Option<T>) -> Option<T> {
        self.facts().iter().find_map(of)
    }
}
