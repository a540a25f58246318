//! Every rule a spec can break: id, and what a user would suffer without it.

/// A rule of the spec language.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Kebab-case words, stable.
    pub id: &'static str,
    /// One sentence.
    pub purpose: &'static str,
}

macro_rules! rules {
    ($($name:ident = $id:literal: $purpose:literal;)*) => {
        $(
            #[doc = $purpose]
            pub static $name: Rule = Rule { id: $id, purpose: $purpose };
        )*
        /// All rules, in the order they are declared.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    // reading and lowering
    UNREADABLE_FILE = "unreadable-file": "A spec with a file missing would silently become a smaller client.";
    MISNAMED_FILE = "misnamed-file": "A file that is passed over would silently make a smaller client.";
    NOT_UTF8 = "not-utf8": "Text in another encoding would reach the generated documentation garbled.";
    BYTE_ORDER_MARK = "byte-order-mark": "An invisible character would become part of a name.";
    EMPTY_FILE = "empty-file": "An empty file is more likely lost than meant.";
    YAML_SYNTAX = "yaml-syntax": "A file that is not YAML cannot be read at all.";
    YAML_CUT_TEXT = "yaml-cut-text": "The rest of an expression after its first comma would be another key.";
    YAML_ANCHOR = "yaml-anchor": "A value that is used elsewhere could not be changed where it stands.";
    YAML_ALIAS = "yaml-alias": "A reader would have to look elsewhere, and a few lines could stand for gigabytes.";
    YAML_TAG = "yaml-tag": "A tag would change what a value is without the spec language knowing of it.";
    YAML_MERGE_KEY = "yaml-merge-key": "Keys would come from elsewhere, and YAML readers do not agree on which of them win.";
    SEVERAL_DOCUMENTS = "several-documents": "All documents but one would be ignored.";
    DUPLICATE_KEY = "duplicate-key": "One of the two values would be ignored.";
    DEEP_NESTING = "deep-nesting": "A reader that recurses would run out of stack.";
    KEY_NOT_TEXT = "key-not-text": "A key like `404` or `null` would be a name in one reader and a number in another.";
    UNKNOWN_KEY = "unknown-key": "A misspelt key would be ignored, and what it says with it.";
    MISSING_KEY = "missing-key": "What everybody must say would be guessed.";
    CONFLICTING_KEYS = "conflicting-keys": "One of two statements would be ignored.";
    WRONG_TYPE = "wrong-type": "A value would be read as something else than it is: `1.10` as `1.1`.";
    UNKNOWN_WORD = "unknown-word": "A misspelt word would be ignored.";
    NOT_JSON = "not-json": "An example would show a number that no server can send.";
    BAD_STATUS = "bad-status": "An error would wait for an answer that no server gives.";
    EMPTY_MESSAGE = "empty-message": "An error that is known by an empty text would never be recognised.";
    UNFINDABLE_MESSAGE = "unfindable-message": "An error would wait for a message that no answer has.";
    LANGUAGE_VERSION = "language-version": "A spec in another version of the language may mean something else.";
    BAD_NAME = "bad-name": "A name with nothing in it that Rust allows would not compile.";
    TYPE_NAME_TAKEN = "type-name-taken": "One of two types of the same name would be ignored.";
    UNKNOWN_TYPE = "unknown-type": "A field of a type that does not exist would not compile.";
    MISPLACED_NULL = "misplaced-null": "Null would be promised where nobody sends or reads it.";
    MISPLACED_SPELLING = "misplaced-spelling": "What is said of a type that has no such spelling would be ignored.";
    UNKNOWN_SPELLING = "unknown-spelling": "A date in a form that cannot be read back would be lost.";
    UNREADABLE_SPELLING = "unreadable-spelling": "What the client sends would be lost, or read as something else when it comes back.";
    AMBIGUOUS_WORD = "ambiguous-word": "A word that is both true and false would be read as whichever comes first.";
    UNKNOWN_SOURCE = "unknown-source": "A fact would be cited to nowhere.";
    UNKNOWN_ERROR = "unknown-error": "An operation would promise an error that nobody describes.";
    UNKNOWN_ERROR_PLACE = "unknown-error-place": "The mock would put messages where no client looks for them.";
    UNKNOWN_FIELD = "unknown-field": "The mock would mind a member that no object has, or keep one that nobody sees.";
    UNKNOWN_PARAMETER = "unknown-parameter": "A value would be taken from a parameter that does not exist.";
    UNKNOWN_CREDENTIAL = "unknown-credential": "A header or a path would be sent with a hole in it.";
    LISTED_TWICE = "listed-twice": "Of two equal things one would be ignored, or neither would compile.";
    BAD_TEMPLATE = "bad-template": "A brace that is never closed would become part of the text.";
    ADJACENT_HOLES = "adjacent-holes": "Nobody could tell where one value ends and the next begins.";
    DIFFERENT_CAPTURES = "different-captures": "A variant's field would be empty, depending on how the server puts it.";
    BAD_PATH = "bad-path": "A member without a name would be looked for, and never be found.";
    BAD_HTTP = "bad-http": "A call would go to an address that the spec does not mean.";
    PLACEHOLDER_WITHOUT_PARAMETER = "placeholder-without-parameter": "A path would be sent with a hole in it.";
    PARAMETER_NOT_IN_PATH = "parameter-not-in-path": "A path parameter would never be sent.";
    BAD_ADDRESS = "bad-address": "Calls to an environment would fail at run time, or carry credentials in their address.";
    BAD_HEADER = "bad-header": "A header would be refused at run time, by every call.";
    NOT_PAGED = "not-paged": "Pages would be asked for that the answer does not hold.";
    SAME_COLLECTION = "same-collection": "One of two collections of the same name would be ignored.";
    UNKNOWN_COLLECTION = "unknown-collection": "The mock would have nothing to do the operation to.";
    GENERATED_VALUE = "generated-value": "A value that nobody can make would be missing.";

    // names, expressions, checks
    EXPRESSION_TOO_LONG = "expression-too-long": "An expression of any length could keep the generator busy for ever.";
    EXPRESSION_TOO_DEEP = "expression-too-deep": "An expression of any depth could exhaust the stack of whatever walks it.";
    STEP_TOO_LARGE = "step-too-large": "A value that doubles with every step would exhaust the memory of whoever signs.";
    EXPRESSION_SYNTAX = "expression-syntax": "An expression that is not of the language would be signed as something else.";
    EXPRESSION_UNKNOWN_NAME = "expression-unknown-name": "A misspelt name would leave something out of the signature.";
    EXPRESSION_UNKNOWN_FUNCTION = "expression-unknown-function": "A misspelt function would have no code to call.";
    EXPRESSION_WRONG_TYPE = "expression-wrong-type": "A value of the wrong type would be signed in a form the server does not expect.";
    EXPRESSION_WRONG_ARITY = "expression-wrong-arity": "An argument too many or too few would be dropped or guessed.";
    EXPRESSION_BAD_LITERAL = "expression-bad-literal": "A literal that cannot be what is meant would sign something else, or fail every call.";
    SAME_RUST_NAME = "same-rust-name": "Two things of one Rust name do not compile, and one of them would be lost.";
    RESERVED_NAME = "reserved-name": "A name that every generated client uses itself would not compile.";
    SAME_WIRE_NAME = "same-wire-name": "One of two values of the same name would overwrite the other, signed or not.";
    REPEATED_VALUE = "repeated-value": "The second of two equal values of an enum could never be read.";
    TYPE_WITHIN_ITSELF = "type-within-itself": "A value that always holds another of its type would never end.";
    UNION_SHAPE = "union-shape": "What has no members cannot have the tag among them.";
    SECRET_NOT_TEXT = "secret-not-text": "Only texts are kept secret: they are wiped and never printed.";
    BAD_SHAPE = "bad-shape": "Parts would be sent under names that no server knows.";
    PARAMETER_SHAPE = "parameter-shape": "A value with parts would be sent where there is room for one text only.";
    MERGED_ITEMS = "merged-items": "Of several items that are sent, the server would make other ones.";
    BODY_NOT_ALLOWED = "body-not-allowed": "Servers and proxies drop the body of a GET, and the parameter with it.";
    SAME_PATH = "same-path": "Of two operations that make the same request, one would in truth call the other.";
    SECRET_IN_PATH = "secret-in-path": "Paths are logged by servers and proxies, and a secret in one with them.";
    ANONYMOUS_CREDENTIAL = "anonymous-credential": "A call without credentials would have a hole in its path.";
    CLEAR_NOT_ALLOWED = "clear-not-allowed": "Clearing what must be there would be refused by the server.";
    CONSTRAINT_WRONG_TYPE = "constraint-wrong-type": "A constraint that has no meaning for the type would never be enforced.";
    EMPTY_RANGE = "empty-range": "No value would be valid, so that the call could never be made.";
    BAD_PATTERN = "bad-pattern": "A pattern that does not compile would fail in the client, when a call is made.";
    BAD_ONE_OF = "bad-one-of": "A value that is offered and refused at once is a mistake in one of the two.";
    UNUSED_MESSAGE = "unused-message": "What was written for people would never be shown.";
    BAD_DEFAULT = "bad-default": "A documented default that breaks its own validation is a mistake in one of the two.";
    BAD_LINK = "bad-link": "A parameter that equals or stands in for one of another kind could never be valid.";
    BAD_CONDITION = "bad-condition": "A condition that never holds would never demand anything.";
    CONTRADICTORY_RULES = "contradictory-rules": "What is demanded and forbidden at once can never be sent.";
    DEFAULT_CYCLE = "default-cycle": "A parameter that waits for its own value would never have one.";
    BAD_IDEMPOTENCY_KEY = "bad-idempotency-key": "A call would be refused for a key that its caller did not give, or be made again under another.";
    PAGING_PARAMETER = "paging-parameter": "A page that is no optional number cannot be asked for.";
    UNKNOWN_PAGE_PLACE = "unknown-page-place": "A list would end after its first page: nothing leads to the next.";
    UNFIT_CURSOR = "unfit-cursor": "The server would not understand where the next page begins.";
    CONTRADICTORY_ENDS = "contradictory-ends": "A list would end early, or be asked for pages that do not exist.";
    UNUSED_PAGINATION = "unused-pagination": "Lists that were meant to be paged would end after their first page.";
    UNUSED_ERROR = "unused-error": "An error that no operation lists would be thought handled, and never arrive.";
    ERRORS_ALIKE = "errors-alike": "The second of two errors with the same signs would never be told from the first.";
    HIDDEN_ERROR = "hidden-error": "An error after one that takes every answer of its status would never arrive.";
    ERROR_WITHOUT_PLACE = "error-without-place": "An error would be known by a code that nobody looks for.";
    TWO_PAYLOAD_PLACES = "two-payload-places": "What is returned would be looked for within itself.";
    EMPTY_NOT_A_LIST = "empty-not-a-list": "A record of nothing would be made up where the server has none.";
    SAME_HEADER = "same-header": "One of two headers of the same name would be lost, and which is anybody's guess.";
    MANAGED_HEADER = "managed-header": "A header that describes the message on the wire would contradict it.";
    SAME_VARIABLE = "same-variable": "Two credentials from one environment variable would be the same.";
    SIGNING_VALUE_TYPE = "signing-value-type": "Only a text or a number can be sent as a parameter.";
    SIGNING_NAME_TAKEN = "signing-name-taken": "Expressions that use the name would mean the other thing.";
    MAY_BE_EMPTY = "may-be-empty": "A call that is right would fail before it is sent, with nothing to join.";
    NO_BODY_TO_READ = "no-body-to-read": "A caller would wait for a body that no answer of this method has.";
    LIST_BODY = "list-body": "What stands beside a list that is the whole body would not be sent, or fail every call.";
    IDLE_ENCODING = "idle-encoding": "A value would be sent in another way than the one that is written here.";
    FILE_NOT_A_PART = "file-not-a-part": "Of a file that is no part of its own, only the name would be sent.";
    MISPLACED_CONTENT_TYPE = "misplaced-content-type": "A media type would never be sent, or be untrue.";
    BODY_STREAMED = "body-streamed": "A body that is read while it is sent cannot be signed before.";
    BODY_CHANGED = "body-changed": "The body that is sent would not be the one that was signed.";
    ANSWER_UNPROVEN = "answer-unproven": "Anybody could write an answer that a client takes for the vendor's.";
    ANSWER_STREAMED = "answer-streamed": "What arrives first would be given on before anybody knows whose it is.";
    SIGNATURE_NOT_RECEIVED = "signature-not-received": "What a receiver has computed would be compared with itself.";
    TIME_NOT_SIGNED = "time-not-signed": "An old webhook could be sent again with the time of today.";
    WEBHOOK_WITHOUT_SECRET = "webhook-without-secret": "Anybody could send what a receiver takes for the vendor's.";
    NO_EVENTS = "no-events": "Events that nobody names could not be told apart.";
    UNUSED_STEP = "unused-step": "A step that nothing uses was meant to be signed or sent, and is not.";
    EFFECT_WITHOUT_KEY = "effect-without-key": "The mock could not tell which object is meant.";
    UNLISTED_ERROR = "unlisted-error": "A client that handles every documented error would meet one more.";
    CARRIES_NOTHING = "carries-nothing": "The mock would have nowhere to put the objects.";
    NOT_A_TIME = "not-a-time": "A rule about time would never be broken.";
    MEMBER_TYPE = "member-type": "The mock would answer what the client cannot read, or look for what no object holds.";
    COLLECTION_ITEM = "collection-item": "The mock could not find an object without a key, or the second with the same.";
    EXAMPLE_REQUEST = "example-request": "An example that the client refuses to send misleads whoever copies it.";
    EXAMPLE_RESPONSE = "example-response": "An example answer that cannot be decoded proves the type wrong.";
    EXAMPLE_BREAKS = "example-breaks": "An exception that is none, or that nobody explains, would hide the next mistake.";
    NO_OPERATIONS = "no-operations": "A client of nothing can do nothing, and its unused parts are warnings.";
}
