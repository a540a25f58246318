//! How lists are cut into pages.

use super::{AnswerPath, Api, Doc, Field, Json, Operation, Parameter, Shape, Spot, Type};
use crate::source::{Span, Spanned};

/// How the lists of an API are paged, where an operation does not say else.
#[derive(Debug)]
pub struct Pagination {
    /// The parameters that every operation so paged takes, in spec order.
    pub parameters: Vec<Parameter>,
    /// How pages follow each other.
    pub paging: Paging,
    /// What the spec says about it.
    pub doc: Doc,
}

/// How pages follow each other. Parameters go by their wire names.
#[derive(Debug)]
pub struct Paging {
    /// What the call for the next page has that the one before had not.
    pub next: NextPage,
    /// The parameter that is the page size.
    pub limit: Option<String>,
    /// What says whether there is another page; nowhere if nothing does.
    pub more: Spanned<Spot>,
    /// What it is then, any of these; none for all that says yes.
    pub more_is: Vec<Json>,
    /// Whether the page that an item leads to begins with that item again, or a stretch of time has what is at its end.
    pub inclusive: bool,
    /// Where it stands that a page with fewer items than it may have is the last.
    pub short_page_ends: Option<Span>,
    /// The parameters that the next call repeats; `None` for all.
    pub repeats: Option<Vec<String>>,
    /// Where the figures of the list stand.
    pub totals: Totals,
    /// Where all of this stands.
    pub span: Span,
}

/// What the call for the next page has that the one before had not.
#[derive(Debug)]
pub enum NextPage {
    /// A parameter, one more each time.
    Number {
        /// The parameter.
        parameter: String,
        /// Its value for the first page.
        first: i64,
    },
    /// A parameter, more by as many items as came.
    Offset {
        /// The parameter.
        parameter: String,
        /// Its value for the first page.
        first: i64,
    },
    /// A parameter, with a text from the answer.
    Cursor {
        /// The parameter.
        parameter: String,
        /// Where the text stands.
        at: Leads,
    },
    /// Another address, from the answer.
    Follow(Spot),
    /// Two parameters, the next stretch of time.
    Window {
        /// The parameter that says where one begins.
        from: String,
        /// The parameter that says where it ends.
        to: String,
        /// None is longer.
        seconds: u32,
    },
}

/// Where a text stands that leads to the next page.
#[derive(Debug)]
pub enum Leads {
    /// In the answer.
    Answer(Spot),
    /// In the last item of the page: names of fields, see [`Api::item_places`].
    Item(Spanned<AnswerPath>),
}

/// The most places in which a member of an item may stand.
const MOST_PLACES: usize = 64;

/// A place in an item, and the type of what stands there, where that is known.
pub type ItemPlace<'a> = (AnswerPath, Option<&'a Type>);

/// Where the figures of a list stand; nowhere for those that are not there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// The number of items on all pages.
    pub items: Spot,
    /// The number of pages.
    pub pages: Spot,
    /// The number of this page.
    pub page: Spot,
    /// The size of a page.
    pub limit: Spot,
}

impl Paging {
    /// Whether it is an error if a page has as many items as it may, since others may then be out of reach.
    pub fn judges_full(&self) -> bool {
        self.inclusive || matches!(self.next, NextPage::Window { .. })
    }
}

impl NextPage {
    /// The parameter that is another one on every page.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::Number { parameter, .. } | Self::Offset { parameter, .. } | Self::Cursor { parameter, .. } => {
                Some(parameter)
            }
            Self::Follow(_) | Self::Window { .. } => None,
        }
    }
}

impl Api {
    /// How the pages of an operation follow each other, if it is paged.
    pub fn paging_of<'a>(&'a self, operation: &'a Operation) -> Option<&'a Paging> {
        let shared = || self.pagination.as_ref().map(|pagination| &pagination.paging);
        operation.paging.as_deref().or_else(shared).filter(|_| operation.is_paged())
    }

    /// The parameters that an operation takes beside its own, because it is paged as the API says.
    pub fn page_parameters(&self, operation: &Operation) -> &[Parameter] {
        let is_shared = operation.is_paged() && operation.paging.is_none();
        self.pagination.as_ref().filter(|_| is_shared).map_or(&[], |pagination| &pagination.parameters)
    }

    /// Where in an item of an operation's list the fields of a path stand, in the order they are tried.
    ///
    /// # Errors
    ///
    /// Why they stand nowhere.
    pub fn item_places<'a>(
        &'a self,
        operation: &'a Operation,
        path: &AnswerPath,
    ) -> Result<Vec<ItemPlace<'a>>, String> {
        let mut found = vec![(AnswerPath::default(), self.answered(operation))];
        for step in &path.0 {
            let mut next = Vec::new();
            for (before, ty) in &found {
                for (way, ty) in self.places_in(*ty, step)? {
                    next.push((AnswerPath(before.0.iter().cloned().chain(way.0).collect()), ty));
                }
            }
            match next.len() {
                0 => return Err(format!("has no `{step}`")),
                1..=MOST_PLACES => found = next,
                _ => return Err(format!("has `{step}` in more than {MOST_PLACES} places")),
            }
        }
        Ok(found)
    }

    /// Where one member stands in a value of a type.
    fn places_in<'a>(&'a self, ty: Option<&'a Type>, step: &str) -> Result<Vec<ItemPlace<'a>>, String> {
        let literally = |ty| Ok(vec![(AnswerPath(vec![step.to_owned()]), ty)]);
        match ty.map(|ty| self.bare(ty)) {
            None | Some(Type::Json) => literally(None),
            Some(Type::Map(item)) => literally(Some(item)),
            Some(ty @ Type::Named(_)) => match self.shape(ty) {
                Some(Shape::Record(fields)) => places_of(fields, step),
                Some(Shape::Union(union)) if union.tag == step => literally(None),
                // Which of its shapes the last item has is for the answer to say.
                Some(Shape::Union(union)) => {
                    let mut found = Vec::new();
                    for (_, ty) in &union.variants {
                        let places = match &union.content {
                            Some(content) if content == step => vec![(AnswerPath(vec![step.to_owned()]), Some(ty))],
                            Some(_) => Vec::new(),
                            None => places_of(self.fields(ty), step)?,
                        };
                        for place in places {
                            if !found.contains(&place) {
                                found.push(place);
                            }
                        }
                    }
                    Ok(found)
                }
                _ => Ok(Vec::new()),
            },
            Some(_) => Ok(Vec::new()),
        }
    }

    /// Whether an operation is paged in a way of its own.
    pub fn has_own_paging(&self) -> bool {
        self.operations().any(|(_, operation)| operation.paging.is_some())
    }
}

/// Where a field stands in the object.
fn places_of<'a>(fields: &'a [Field], step: &str) -> Result<Vec<ItemPlace<'a>>, String> {
    let Some(field) = fields.iter().find(|field| field.name.wire == step) else { return Ok(Vec::new()) };
    if !field.begins.is_empty() {
        return Err(format!("has `{step}` wherever its text begins so"));
    }
    let place = |place: &AnswerPath| (place.clone(), Some(&field.ty));
    Ok(match field.places.as_slice() {
        [] => vec![(AnswerPath(vec![step.to_owned()]), Some(&field.ty))],
        places => places.iter().map(place).collect(),
    })
}

impl Spot {
    /// Whether it is nowhere.
    pub fn is_nowhere(&self) -> bool {
        self.header.is_empty() && self.at.is_empty()
    }
}
