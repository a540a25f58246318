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
}
