//! The keys of `pagination`, and of an operation that is paged in a way of its own.

use super::Group::ExactlyOne;
use super::Type::{Boolean, Keys, Literal, NameOf, Named, Number, OneOrMore, Text};
use super::{Group, Key, Object, PARAMETER, SPOT, object, optional, required};

const PAGE: Key = optional("page", NameOf("a parameter"), "the number of the page, one more each time");
const OFFSET: Key = optional("offset", NameOf("a parameter"), "the number of the first item, more by as many as came");
const NEXT: Key = optional("cursor", Keys(&CURSOR), "a text from the answer");
const FOLLOW: Key = optional("follow", Keys(&SPOT), "another address, from the answer");
const STRETCH: Key = optional("window", Keys(&WINDOW), "two times, the next stretch of time each time");
const FIRST: Key = optional("first", Number, "what `page` or `offset` is for the first page")
    .default("`1` for `page`, `0` for `offset`");
const LIMIT: Key = optional("limit", NameOf("a parameter"), "the page size; the client does not rely on it");
const MORE: Key = optional("more", Keys(&MORE_FLAG), "what says whether there is another page");
const SHORT: Key =
    optional("short_page_ends", Boolean, "a page with fewer items than it may have is the last").default("`false`");
const TOTALS: Key = optional("totals", Keys(&PAGE_TOTALS), "where the figures of the list stand");
const REPEATS: Key = optional(
    "repeats",
    OneOrMore(&NameOf("a parameter")),
    "what the next call repeats beside the path, headers included; `[]` for nothing",
)
.default("all parameters");

const ONE_WAY: &[Group] = &[ExactlyOne(&["page", "offset", "cursor", "follow", "window"])];

/// How the lists of an API are paged.
#[rustfmt::skip]
pub static PAGINATION: Object = object("pagination", &[
    optional("params", Named("name", &Keys(&PARAMETER)), "the parameters that every operation with `paged: true` takes"),
    PAGE, OFFSET, NEXT, FOLLOW, STRETCH, FIRST, LIMIT, MORE, SHORT, TOTALS, REPEATS,
]).documented().groups(ONE_WAY);

/// How one operation is paged; the parameters are its own.
#[rustfmt::skip]
pub static PAGED: Object = object("paged", &[
    PAGE, OFFSET, NEXT, FOLLOW, STRETCH, FIRST, LIMIT, MORE, SHORT, TOTALS, REPEATS,
]).groups(ONE_WAY);

/// A text that leads to the next page.
#[rustfmt::skip]
pub static CURSOR: Object = object("cursor", &[
    required("param", NameOf("a parameter"), "the one that the text is sent as"),
    optional("header", Text, "a header of the answer"),
    optional("at", Text, "a member of its body"),
    optional("item", Text, "a member of the last item"),
    optional("inclusive", Boolean,
        "with `item`: the next page begins with what stands there, and not behind it; what was there already is dropped")
        .default("`false`"),
]).groups(&[ExactlyOne(&["header", "at", "item"])]);

/// Stretches of time that a list is asked for in.
#[rustfmt::skip]
pub static WINDOW: Object = object("window", &[
    required("from", NameOf("a parameter"), "the time at which one begins"),
    required("to", NameOf("a parameter"), "the time at which it ends"),
    required("seconds", Number, "so long is one at most; of dates a number of whole days"),
    optional("inclusive", Boolean,
        "what stands at its end belongs to it: the next one begins a day later where these are dates, else what was there already is dropped")
        .default("`false`"),
]);

/// What says whether there is another page.
#[rustfmt::skip]
pub static MORE_FLAG: Object = object("more", &[
    optional("header", Text, "a header of the answer"),
    optional("at", Text, "a member of its body"),
    optional("is", OneOrMore(&Literal), "what it is where there is another page, or any of these; missing or null is `false`")
        .default("anything but `false`, `no`, `0` and an empty text"),
]).groups(&[ExactlyOne(&["header", "at"])]).short("header");

/// Figures of a list.
#[rustfmt::skip]
pub static PAGE_TOTALS: Object = object("page totals", &[
    optional("items", Keys(&SPOT), "the number of all items"),
    optional("pages", Keys(&SPOT), "the number of all pages"),
    optional("page", Keys(&SPOT), "the number of this page"),
    optional("limit", Keys(&SPOT), "the size of a page, as the server has it"),
]);
