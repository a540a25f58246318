//! The keys that say how calls are encoded.

use super::Type::{List, Text, Words};
use super::{Key, Object, object, optional, words};
use crate::spec::encoding::BODIES;

const NESTING: Key = optional("nesting", Text,
    "how the member `b` of a record or map `a` is called: `a[b]`, `a.b`, or anything like it; `json` for one text in JSON")
    .default("`a[b]`");
const LISTS: Key = optional("lists", Text,
    "how the items of a list `a` are called: `a[]`, `a[0]`, `a.1`, `a.member.1` (`0` or `1` is the number of the first), \
     `a` for the same name again; `commas` or `json` for one text")
    .default("`a[]`");
const MAPS: Key = optional(
    "maps",
    List(&Text),
    "how name and value of the first entry of a map `a` are called, where each entry is an item with both: \
     `[a.entry.1.key, a.entry.1.value]`",
)
.default("as `nesting` says");

/// How an API or an operation encodes its calls.
#[rustfmt::skip]
pub static ENCODING: Object = object("encoding", &[
    optional("body", Words(&words(&BODIES)), "what a body is; `list` is a JSON array, the one parameter in it").default("`json`"),
    NESTING,
    LISTS,
    MAPS,
]).documented();

/// How one parameter is spelled.
#[rustfmt::skip]
pub static STYLE: Object = object("style", &[NESTING, LISTS, MAPS]);
