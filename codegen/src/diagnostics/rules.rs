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
}
