//! How values with parts are spelled where there are only names and texts: in a query, a form, a header.

/// How calls are encoded: the whole body, and values with parts.
#[derive(Clone, Copy, Debug)]
pub struct Encoding {
    pub(crate) body: BodyKind,
    pub(crate) style: Style,
}

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyKind {
    /// A JSON object.
    Json,
    /// Pairs, percent-encoded.
    Form,
    /// Parts, of which some may be files.
    Multipart,
    /// The bytes of one file.
    File,
    /// A JSON array: the one parameter that is in it.
    List,
}

/// How values with parts become names and texts.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub(super) items: Items,
    pub(super) members: Members,
    pub(super) entries: Entries,
}

/// How a list becomes names and texts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Items {
    /// Each item has a name of its own.
    Named(Counted),
    /// One text, with a comma between each two.
    Commas,
    /// One text, in JSON.
    Json,
}

/// How a record becomes names and texts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Members {
    /// Each member has a name of its own, in which its own stands between these.
    Named(&'static str, &'static str),
    /// One text, in JSON.
    Json,
}

/// How a map becomes names and texts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Entries {
    /// As a record.
    Members,
    /// A name and a value each, as the items of a list with these behind their names.
    Pairs(Counted, &'static str, &'static str),
}

/// What stands behind the name of a list in the names of its items: a text, the number of the item if it has
/// one, counted from there, and a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    before: &'static str,
    first: Option<usize>,
    after: &'static str,
}

impl Encoding {
    /// JSON bodies, and this style elsewhere.
    pub const fn json(style: Style) -> Self {
        Self { body: BodyKind::Json, style }
    }

    /// Bodies that are forms, in this style as everything else.
    pub const fn form(style: Style) -> Self {
        Self { body: BodyKind::Form, style }
    }

    /// Bodies in parts, in this style as everything else.
    pub const fn multipart(style: Style) -> Self {
        Self { body: BodyKind::Multipart, style }
    }

    /// Bodies that are one list, in JSON, and this style elsewhere.
    pub const fn list(style: Style) -> Self {
        Self { body: BodyKind::List, style }
    }

    /// The same for calls that nobody described: nothing says which of their parameters would be the list.
    pub(crate) const fn undescribed(self) -> Self {
        match self.body {
            BodyKind::List => Self::json(self.style),
            BodyKind::Json | BodyKind::Form | BodyKind::Multipart | BodyKind::File => self,
        }
    }
}

impl Style {
    /// `a[b]` for what has names, `a[]` for what has none.
    pub const BRACKETS: Self = Self {
        items: Items::Named(Counted { before: "[]", first: None, after: "" }),
        members: Members::Named("[", "]"),
        entries: Entries::Members,
    };

    /// Each item of a list has a name of its own.
    pub const fn items(mut self, before: &'static str, first: Option<usize>, after: &'static str) -> Self {
        self.items = Items::Named(Counted { before, first, after });
        self
    }

    /// A list is one text, with commas.
    pub const fn items_by_commas(mut self) -> Self {
        self.items = Items::Commas;
        self
    }

    /// A list is one text, in JSON.
    pub const fn items_as_json(mut self) -> Self {
        self.items = Items::Json;
        self
    }

    /// Each member of a record has a name of its own.
    pub const fn members(mut self, before: &'static str, after: &'static str) -> Self {
        self.members = Members::Named(before, after);
        self
    }

    /// A record is one text, in JSON.
    pub const fn members_as_json(mut self) -> Self {
        self.members = Members::Json;
        self
    }

    /// Each entry of a map is an item with a name and a value, which have these behind its own name.
    pub const fn entries(
        mut self,
        before: &'static str,
        first: Option<usize>,
        after: &'static str,
        [name, value]: [&'static str; 2],
    ) -> Self {
        self.entries = Entries::Pairs(Counted { before, first, after }, name, value);
        self
    }
}

impl Counted {
    /// The name of an item.
    pub(super) fn name(self, list: &str, index: usize) -> String {
        let number = self.first.map(|first| (first + index).to_string()).unwrap_or_default();
        [list, self.before, &number, self.after].concat()
    }
}
