//! How a list is cut into pages: what asks for the next one, and what says that there is none.

use super::Path;
use crate::paging::{Bound, Cut, cut};

/// How the pages of a list follow each other.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    pub(crate) next: NextPage,
    /// Whether there is another page.
    pub(crate) more: Place,
    /// What stands there then; none for all that says yes.
    pub(crate) more_is: &'static [&'static str],
    /// Whether a page begins with the items that led to it.
    pub(crate) inclusive: bool,
    /// Where a full page may hide items: the parameter that is the page size, empty for none, and what the server takes
    /// where it is not given.
    pub(crate) limit: (&'static str, Option<usize>),
    pub(crate) short_page_ends: bool,
    /// The parameters that the next call repeats; `None` for all.
    pub(crate) repeats: Option<&'static [&'static str]>,
    pub(crate) items: Place,
    pub(crate) pages: Place,
    pub(crate) number: Place,
    pub(crate) size: Place,
}

/// What the call for the next page has that the one before had not.
#[derive(Clone, Copy, Debug)]
pub enum NextPage {
    /// This parameter, one more each time; with the number of the first page.
    Number(&'static str, i64),
    /// This parameter, more by as many items as came; with the number of the first item.
    Offset(&'static str, i64),
    /// This parameter, with what stands there.
    Cursor(&'static str, Place),
    /// Another address, which stands there.
    Follow(Place),
    /// Two parameters, the next stretch of time.
    Window(Window),
}

/// Stretches of time that a list is asked for in.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// The parameter that says where one begins.
    pub(crate) from: &'static str,
    /// The parameter that says where it ends.
    pub(crate) to: &'static str,
    /// None is longer.
    pub(crate) seconds: i64,
    /// Whether what stands at its end belongs to it.
    pub(crate) closed: bool,
    pub(crate) cut: Cut,
}

/// Stretches of so many seconds at most, between these parameters.
pub const fn window<T: Bound>(from: &'static str, to: &'static str, seconds: i64) -> Window {
    Window { from, to, seconds, closed: false, cut: cut::<T> }
}

impl Window {
    /// What stands at the end of a stretch belongs to it.
    pub const fn closed(mut self) -> Self {
        self.closed = true;
        self
    }
}

/// Where something stands in an answer.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// Nowhere.
    Nowhere,
    /// In a header.
    InHeader(&'static str),
    /// In the body.
    At(Path),
    /// In the last item of the page, where the operation says.
    OfLast,
}

/// Pages of which only what follows is known.
pub const fn paging(next: NextPage) -> Paging {
    Paging {
        next,
        more: Place::Nowhere,
        more_is: &[],
        inclusive: false,
        limit: ("", None),
        short_page_ends: false,
        repeats: None,
        items: Place::Nowhere,
        pages: Place::Nowhere,
        number: Place::Nowhere,
        size: Place::Nowhere,
    }
}

impl Paging {
    /// Where an answer says whether there is another page, and what stands there then; nothing for all that says yes.
    pub const fn more(mut self, more: Place, is: &'static [&'static str]) -> Self {
        (self.more, self.more_is) = (more, is);
        self
    }

    /// A page begins with the items that led to it, and not behind them.
    pub const fn inclusive(mut self) -> Self {
        self.inclusive = true;
        self
    }

    /// The parameter that is the page size, and what the server takes where it is not given, if that is known: behind so
    /// many items there may be others that cannot be asked for.
    pub const fn limit(mut self, parameter: &'static str, assumed: Option<usize>) -> Self {
        self.limit = (parameter, assumed);
        self
    }

    /// A page with fewer items than it may have is the last.
    pub const fn short_page_ends(mut self) -> Self {
        self.short_page_ends = true;
        self
    }

    /// The parameters that the next call repeats, beside those in the path.
    pub const fn repeats(mut self, parameters: &'static [&'static str]) -> Self {
        self.repeats = Some(parameters);
        self
    }

    /// Where the number of items, the number of pages, the number of the page and its size stand.
    pub const fn totals(mut self, items: Place, pages: Place, number: Place, size: Place) -> Self {
        (self.items, self.pages, self.number, self.size) = (items, pages, number, size);
        self
    }
}
