//! Operations and what goes into them.

use super::{
    BodyKind, Doc, Effect, Encoding, Envelope, ErrorId, ErrorSetId, Example, Name, Paging, Rules, Sensitivity, Style,
    Type,
};
use crate::source::{Span, Spanned};

/// The noun that groups operations; one spec file.
#[derive(Debug)]
pub struct Resource {
    /// The file's stem; its module and its type.
    pub name: Name,
    /// In spec order, at least one.
    pub operations: Vec<Operation>,
    /// What the spec says about it.
    pub doc: Doc,
    /// The start of its file.
    pub span: Span,
}

/// One method and path with its contract.
#[derive(Debug)]
pub struct Operation {
    /// The method's name on the resource: `list`.
    pub name: Name,
    /// The call's type: `ListUsers`, `CreateUser` (verb and singular or plural of the resource).
    pub type_name: Name,
    /// The call's error type: `CreateUserError`. Where operations share one, another name for that.
    pub error_type: Name,
    /// Of the request line.
    pub method: Method,
    /// Whether that is a guess, so that a caller can say another one.
    pub guesses_method: bool,
    /// Whether its path is below scheme and host alone, and not below the base address.
    pub below_host: bool,
    /// Starts with a literal; each placeholder is a parameter in `Location::Path`, or a credential.
    pub path: Vec<PathPart>,
    /// In spec order, path parameters included; paging parameters are in `Api::pagination`.
    pub parameters: Vec<Parameter>,
    /// How its calls are encoded: what it says, and else what the API says.
    pub encoding: Encoding,
    /// Where it says itself what its body is.
    pub body_said: Option<Span>,
    /// What a successful answer holds.
    pub payload: Payload,
    /// Other keys that the payload may stand under, tried after its own.
    pub also_under: Vec<String>,
    /// One item may stand for the list of it.
    pub or_one: bool,
    /// How its pages follow each other, where that is not as the API says.
    pub paging: Option<Box<Paging>>,
    /// What its answers have in common, where that is not what those of the API have; see `Api::envelope_of`.
    pub envelope: Option<Box<Envelope>>,
    /// Documented errors, each once, in the order they are tried: those that it lists, then those that any call may answer.
    pub errors: Vec<ErrorId>,
    /// How many of them it lists.
    pub listed: usize,
    /// The type that is made of them.
    pub error_set: ErrorSetId,
    /// Errors that say only that there is nothing to return; none of `errors`.
    pub empty_on: Vec<ErrorId>,
    /// Both, in the order they are tried.
    pub tried: Vec<ErrorId>,
    /// Whether a call may be made again unasked.
    pub retry: Retry,
    /// Whether it is signed: `Api::signing` says nothing about it otherwise.
    pub signed: bool,
    /// Whether it is made without credentials; it is not signed then.
    pub anonymous: bool,
    /// Whether it is there only with the feature of this name.
    pub preview: bool,
    /// What it does to the mock's memory; without it, the mock answers an example.
    pub effect: Option<Effect>,
    /// In spec order; the mock answers the first that has a response.
    pub examples: Vec<Example>,
    /// What the spec says about it.
    pub doc: Doc,
    /// The key that names it.
    pub span: Span,
}

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Reads the headers only.
    Head,
    /// Creates, or does.
    Post,
    /// Replaces.
    Put,
    /// Changes a part.
    Patch,
    /// Removes.
    Delete,
}

/// What the name of a hole in a path begins with that is a credential, unless a parameter is called so.
pub const CREDENTIALS: &str = "credentials.";

/// A piece of a path template; pieces are joined without a separator.
#[derive(Debug)]
pub enum PathPart {
    /// `/institutes/`
    Literal(String),
    /// Index into `Operation::parameters`.
    Parameter(usize),
    /// Index into `Api::credentials`, and the name there: what it is differs between callers, and may between attempts.
    Credential(usize, String),
}

/// A named input.
#[derive(Debug)]
pub struct Parameter {
    /// The name it travels under, and its field or setter.
    pub name: Name,
    /// What its value is.
    pub ty: Type,
    /// Where it travels.
    pub location: Location,
    /// How its parts are spelled where there are only names and texts.
    pub style: Style,
    /// The keys that say so of it alone.
    pub style_said: Vec<(&'static str, Span)>,
    /// Its entries are parameters of their own: where that is said.
    pub spread: Option<Span>,
    /// Whether something was wrong with where it travels or how, so that nobody knows it.
    pub is_doubtful: bool,
    /// A slash in its value is one of the path.
    pub keeps_slashes: bool,
    /// Whether signing takes it for a parameter, unless the caller says else.
    pub signed: bool,
    /// What its part of a multipart body says that it is.
    pub content_type: Option<Spanned<String>>,
    /// Whether the caller must give it.
    pub presence: Presence,
    /// Who may see its value.
    pub sensitivity: Sensitivity,
    /// What its value must meet.
    pub rules: Rules,
    /// What clearing it is on the wire, where it can be cleared.
    pub clear: Option<Spanned<Clear>>,
    /// What holds when the caller gives nothing.
    pub fallback: Fallback,
    /// What the spec says about it.
    pub doc: Doc,
    /// The key that names it.
    pub span: Span,
}

/// What clears a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clear {
    /// This text.
    Text(String),
    /// Null, in a JSON body.
    Null,
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// A segment, or a part of one, of the path.
    Path,
    /// A pair of the query string.
    Query,
    /// A header of its own.
    Header,
    /// A member of the JSON body, a pair of the form, or a part of the multipart body.
    Body,
}

/// Whether a value must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// The call cannot be made without it.
    Required,
    /// The caller may leave it out.
    Optional,
}

/// What holds when the caller gives nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fallback {
    /// Nothing is sent, and nothing is known of what the server assumes.
    Nothing,
    /// The server assumes this text; it is documented, never sent.
    Server(Spanned<String>),
    /// The client sends what it sends for this parameter (index into `Operation::parameters`).
    Parameter(Spanned<usize>),
    /// The client sends a random UUID, the same with each attempt of a call, by which the server knows it again.
    Random,
}

/// What a successful answer holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// Whatever it says is of no interest.
    Nothing,
    /// A value under a key: `{"user": …}`.
    Key(String, Type),
    /// A list under a key, or that is the answer itself, page by page; the type is that of an item.
    Page(Option<String>, Type),
    /// The answer itself.
    Whole(Type),
    /// The answer as it comes, which need not be JSON.
    Raw(Raw),
}

/// What an answer is taken for that need not be JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raw {
    /// Text in UTF-8.
    Text,
    /// Bytes, read to their end.
    Bytes,
    /// Bytes that the caller reads while they arrive.
    Stream,
    /// Status, headers and body: whatever there is.
    Response,
}

/// When a call may be made again without the caller saying so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Only when it was certainly not made before.
    Never,
    /// Making it twice is the same as making it once.
    Safe,
    /// The same, as long as it is made under the same key.
    Keyed,
}

impl Operation {
    /// Whether the answer is one page of many.
    pub fn is_paged(&self) -> bool {
        matches!(self.payload, Payload::Page(..))
    }

    /// The path template as the spec writes it.
    pub fn template(&self) -> String {
        self.path
            .iter()
            .map(|part| match part {
                PathPart::Literal(text) => text.clone(),
                PathPart::Parameter(index) => format!("{{{}}}", self.parameters[*index].name.wire),
                PathPart::Credential(_, name) => format!("{{{CREDENTIALS}{name}}}"),
            })
            .collect()
    }
}

impl Parameter {
    /// Whether it stands in JSON, in a call whose body is of this kind.
    pub fn is_json(&self, body: BodyKind) -> bool {
        self.location == Location::Body && body.is_json()
    }

    /// Whether it says that it is a file.
    pub fn is_file(&self) -> bool {
        self.ty == Type::File
    }

    /// Whether a call is made with it; what is not needed is set on the call.
    pub fn is_needed(&self) -> bool {
        self.presence == Presence::Required && !matches!(self.fallback, Fallback::Parameter(_) | Fallback::Random)
    }
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Get, Self::Head, Self::Post, Self::Put, Self::Patch, Self::Delete];

    /// As it stands in a request line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Where a parameter goes that names no place of its own: the query where a body means nothing.
    pub fn default_location(self) -> Location {
        match self {
            Self::Get | Self::Head | Self::Delete => Location::Query,
            Self::Post | Self::Put | Self::Patch => Location::Body,
        }
    }
}
