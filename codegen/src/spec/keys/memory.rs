//! The keys of what the mock server remembers, and of what operations do to it.

use super::Group::{AtMostOne, ExactlyOne};
use super::Type::{Boolean, Either, Json, JsonObject, Keys, NameOf, Named, Number, OneOrMore, Text};
use super::{Key, Object, Type, object, optional, required};

const MEMBER: Type = NameOf("a member");
const ERROR: Type = NameOf("an error");
const PARAMETER: Type = NameOf("a parameter");
const MEMBERS: Type = Named("member", &Json);

/// `mock` of a resource file.
#[rustfmt::skip]
pub static MEMORY: Object = object("memory", &[
    required("collections", Named("name", &Keys(&COLLECTION)), "objects that operations of any file act on"),
]);

/// Objects that the mock server remembers.
#[rustfmt::skip]
pub static COLLECTION: Object = object("collection", &[
    optional("key", MEMBER, "the one that names an object").default("nothing names one"),
    optional("noun", Text, "what `{model}` is in a message about one of its objects, unless a parameter has that name")
        .default("its name in the singular, as in `ExamDocument`"),
    optional("hidden", OneOrMore(&MEMBER), "members that only the mock knows: an answer of open JSON leaves them out"),
    optional("items", OneOrMore(&JsonObject), "the objects that are there at the start"),
    optional("synthesise", Keys(&SYNTHESIS), "as many more as a test wants, made only when they are asked for"),
]);

/// Any number of objects.
#[rustfmt::skip]
pub static SYNTHESIS: Object = object("synthesis", &[
    required("item", MEMBERS, "what each of them holds; without the collection's `key`, its number is there"),
    optional("count", Number, "how many there are; a test says `Mock::builder(api).synthesise(\"users\", 1_000_000)`")
        .default("`0`"),
]);

const WHERE: Key = optional(
    "where",
    Either(&[OneOrMore(&MEMBER), MEMBERS]),
    "which objects are meant: members that equal the parameters of those names, or members and their values. A \
     parameter that is not given says nothing",
);
const SET: Key = optional(
    "set",
    MEMBERS,
    "what the object holds besides the parameters; an object of a `list` holds it for that answer only",
);

const INSERT: Key = optional("insert", NameOf("a collection"), "adds an object");
const PUT: Key = optional("put", NameOf("a collection"), "changes what is meant if it is there, else adds it");
const UPDATE: Key = optional("update", NameOf("a collection"), "changes what is meant");
const DELETE: Key = optional("delete", NameOf("a collection"), "removes what is meant");

/// `mock` of an operation.
#[rustfmt::skip]
pub static EFFECT: Object = object("effect", &[
    optional("list", NameOf("a collection"), "answers all objects that are meant, page by page where it is paged"),
    optional("show", NameOf("a collection"), "answers the first object that is meant"),
    INSERT,
    PUT,
    UPDATE,
    DELETE,
    WHERE.default("for `list` all; else the one whose `key` the parameter of that name gives"),
    SET,
    optional("default", MEMBERS, "what a new object holds where the call does not say it"),
    optional("exists", Named("parameter", &Keys(&EXISTS)), "objects of other collections that must be there"),
    optional("absent", Named("parameter", &Keys(&ABSENT)), "objects of other collections that must not be there"),
    optional("missing", ERROR, "when no object is meant, or a list is empty")
        .default("a 404 that nobody documents, and the empty list"),
    optional("if", Named("member", &Keys(&CONDITION)), "what the object must be before anything happens to it"),
    optional("not_past", Named("parameter or member", &ERROR), "when that time is before the call"),
    optional("not_future", Named("parameter or member", &ERROR), "when that time is after the call"),
    optional("unique", Named("member", &ERROR), "when another object has the same value"),
    optional("no_overlap", Keys(&OVERLAP), "stretches of time that may not overlap"),
    optional("free", Keys(&FREE), "of a list, which of its times are free: what begins before the call is none"),
    optional("not_before", Named("member", &PARAMETER), "of a list, whose time is not before that of a parameter"),
    optional("not_after", Named("member", &PARAMETER), "of a list, whose time is not after that of a parameter"),
    optional("answer", Named("field", &Json), "what the answer holds besides the object's members"),
    optional("count", Named("field", &Keys(&COUNT)), "fields of the answer that say how many objects there are by then"),
    optional("value", Json, "the whole answer, in place of the object"),
    optional("also", OneOrMore(&Keys(&SIDE_EFFECT)), "what happens to other objects"),
]).groups(&[ExactlyOne(&["list", "show", "insert", "put", "update", "delete"]), AtMostOne(&["answer", "value"]), AtMostOne(&["count", "value"])]);

/// What happens to objects besides the one that an operation is about.
#[rustfmt::skip]
pub static SIDE_EFFECT: Object = object("side effect", &[
    INSERT,
    PUT,
    UPDATE,
    DELETE,
    WHERE,
    optional("set", MEMBERS, "what they hold or become; parameters count only where they are named"),
]).groups(&[ExactlyOne(&["insert", "put", "update", "delete"])]);

const IN: Key = required("in", NameOf("a collection"), "where it is looked for");
const BY: Key = optional("by", MEMBER, "what the parameter is of it").default("its collection's `key`");
const OR: Key = required("or", ERROR, "the answer when it does not hold");

/// An object of another collection that must be there.
#[rustfmt::skip]
pub static EXISTS: Object = object("existence", &[
    IN,
    BY,
    WHERE,
    optional("any_case", Boolean, "ASCII letters may be in either case").default("`false`"),
    OR,
]);

/// An object of another collection that must not be there.
#[rustfmt::skip]
pub static ABSENT: Object = object("absence", &[
    IN,
    BY,
    WHERE,
    OR,
    optional("carries", Keys(&CARRIES), "what the error carries of the memory").default("what its `example` has"),
]);

/// Objects that an error carries.
#[rustfmt::skip]
pub static CARRIES: Object = object("carried objects", &[
    required("in", NameOf("a collection"), "where they are"),
    required("by", MEMBER, "which member of those that are there holds the `key` of one of them"),
]);

/// How many objects there are.
#[rustfmt::skip]
pub static COUNT: Object = object("count", &[
    required("in", NameOf("a collection"), "where they are"),
    WHERE,
    optional("except", MEMBERS, "objects with one of these do not count"),
]);

/// What a member must be.
#[rustfmt::skip]
pub static CONDITION: Object = object("condition", &[
    optional("is", OneOrMore(&Json), "one of these"),
    optional("is_not", OneOrMore(&Json), "none of these"),
    OR,
]).groups(&[ExactlyOne(&["is", "is_not"])]);

const START: Key = required("start", MEMBER, "the time when one starts");
const END: Key = optional("end", MEMBER, "the time when it ends");
const SAME: Key = optional("same", OneOrMore(&MEMBER), "what objects have in common that are held against each other")
    .default("all objects are");
const MINUTES: Key = optional("minutes", MEMBER, "how many minutes it takes");

/// Stretches of time.
#[rustfmt::skip]
pub static OVERLAP: Object = object("no overlap", &[
    START,
    END,
    MINUTES,
    SAME,
    optional("except", MEMBERS, "objects with one of these may overlap with any"),
    OR,
]).groups(&[ExactlyOne(&["end", "minutes"])]);

/// Times that nothing takes.
#[rustfmt::skip]
pub static FREE: Object = object("free", &[
    required("of", NameOf("a collection"), "whose objects take time"),
    START,
    END,
    MINUTES,
    SAME,
    optional("except", MEMBERS, "objects of it with one of these take none"),
]).groups(&[ExactlyOne(&["end", "minutes"])]);
