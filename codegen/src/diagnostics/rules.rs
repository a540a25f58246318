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
    YAML_SYNTAX = "yaml-syntax": "A file that is not YAML cannot be read at all.";

    // names, expressions, checks
    EXPRESSION_TOO_LONG = "expression-too-long": "An expression of any length could keep the generator busy for ever.";
    EXPRESSION_TOO_DEEP = "expression-too-deep": "An expression of any depth could exhaust the stack of whatever walks it.";
    EXPRESSION_SYNTAX = "expression-syntax": "An expression that is not of the language would be signed as something else.";
    EXPRESSION_UNKNOWN_NAME = "expression-unknown-name": "A misspelt name would leave something out of the signature.";
    EXPRESSION_UNKNOWN_FUNCTION = "expression-unknown-function": "A misspelt function would have no code to call.";
    EXPRESSION_WRONG_TYPE = "expression-wrong-type": "A value of the wrong type would be signed in a form the server does not expect.";
    EXPRESSION_WRONG_ARITY = "expression-wrong-arity": "An argument too many or too few would be dropped or guessed.";
    SAME_RUST_NAME = "same-rust-name": "Two things of one Rust name do not compile, and one of them would be lost.";
    RESERVED_NAME = "reserved-name": "A name that every generated client uses itself would not compile.";
    SAME_WIRE_NAME = "same-wire-name": "One of two values of the same name would overwrite the other, signed or not.";
    REPEATED_VALUE = "repeated-value": "The second of two equal values of an enum could never be read.";
    TYPE_WITHIN_ITSELF = "type-within-itself": "A record that holds itself has no size, and does not compile.";
    SECRET_NOT_TEXT = "secret-not-text": "Only texts are kept secret: they are wiped and never printed.";
    PARAMETER_SHAPE = "parameter-shape": "A value is signed as one text, and there is none for a list or a record.";
    BODY_NOT_ALLOWED = "body-not-allowed": "Servers and proxies drop the body of a GET, and the parameter with it.";
    CLEAR_NOT_ALLOWED = "clear-not-allowed": "Clearing what must be there would be refused by the server.";
    CONSTRAINT_WRONG_TYPE = "constraint-wrong-type": "A constraint that has no meaning for the type would never be enforced.";
    EMPTY_RANGE = "empty-range": "No value would be valid, so that the call could never be made.";
    BAD_PATTERN = "bad-pattern": "A pattern that does not compile would fail in the client, when a call is made.";
    BAD_DEFAULT = "bad-default": "A documented default that breaks its own validation is a mistake in one of the two.";
    BAD_LINK = "bad-link": "A parameter that equals or stands in for one of another kind could never be valid.";
    DEFAULT_CYCLE = "default-cycle": "A parameter that waits for its own value would never have one.";
    PAGING_PARAMETER = "paging-parameter": "A page that is no optional number cannot be asked for.";
    UNUSED_ERROR = "unused-error": "An error that no operation lists would be thought handled, and never arrive.";
    ERRORS_ALIKE = "errors-alike": "The second of two errors with the same signs would never be told from the first.";
    SAME_HEADER = "same-header": "One of two headers of the same name would be lost, and which is anybody's guess.";
    MANAGED_HEADER = "managed-header": "A header that describes the message on the wire would contradict it.";
    SAME_VARIABLE = "same-variable": "Two credentials from one environment variable would be the same.";
    SIGNING_VALUE_TYPE = "signing-value-type": "Only a text or a number can be sent as a parameter.";
    SIGNING_NAME_TAKEN = "signing-name-taken": "Expressions that use the name would mean the other thing.";
    UNUSED_STEP = "unused-step": "A step that nothing uses was meant to be signed or sent, and is not.";
    EFFECT_WITHOUT_KEY = "effect-without-key": "The mock could not tell which object is meant.";
    COLLECTION_ITEM = "collection-item": "The mock could not find an object without a key, or the second with the same.";
    EXAMPLE_REQUEST = "example-request": "An example that the client refuses to send misleads whoever copies it.";
    EXAMPLE_RESPONSE = "example-response": "An example answer that cannot be decoded proves the type wrong.";
}
