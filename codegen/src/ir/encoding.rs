//! How calls are encoded: what a body is, and what values with parts are where there are only names and texts.

/// The encoding of the calls of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Encoding {
    /// What a body is.
    pub body: BodyKind,
    /// How values with parts are spelled in queries, forms, paths and headers.
    pub style: Style,
}

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BodyKind {
    /// A JSON object.
    #[default]
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// A JSON array: the value of the one parameter that stands in it.
    List,
}

impl BodyKind {
    /// Whether values in it are what they are, whatever parts they have.
    pub fn is_json(self) -> bool {
        match self {
            Self::Json | Self::List => true,
            Self::Form | Self::Multipart => false,
        }
    }
}

/// How values with parts become names and texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Style {
    /// How a record does, and a map unless `maps` says else.
    pub nesting: Nesting,
    /// How a list does.
    pub lists: Lists,
    /// How a map does.
    pub maps: Maps,
}

/// How a record becomes names and texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nesting {
    /// The name of a member is that of the record, and its own between two texts: `a[b]`.
    Named(String, String),
    /// One text, in JSON.
    Json,
}

/// How a list becomes names and texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lists {
    /// Each item has a name of its own, or all have the same.
    Named(Counted),
    /// One text, with a comma between each two.
    Commas,
    /// One text, in JSON.
    Json,
}

/// How a map becomes names and texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Maps {
    /// As a record.
    #[default]
    Nested,
    /// Each entry is an item whose name and value stand under the name of the item and these.
    Pairs(Counted, String, String),
}

/// What stands behind the name of a list in the names of its items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Before the number of the item.
    pub before: String,
    /// The number of the first item, where items are numbered.
    pub first: Option<usize>,
    /// After the number.
    pub after: String,
}

impl Style {
    /// Whether the members of a record have names of their own, and are not one text together.
    pub fn names_members(&self) -> bool {
        self.nesting != Nesting::Json
    }

    /// The same of the entries of a map.
    pub fn names_entries(&self) -> bool {
        self.maps != Maps::Nested || self.names_members()
    }
}

impl Default for Nesting {
    fn default() -> Self {
        Self::Named("[".to_owned(), "]".to_owned())
    }
}

impl Default for Lists {
    fn default() -> Self {
        Self::Named(Counted { before: "[]".to_owned(), first: None, after: String::new() })
    }
}
