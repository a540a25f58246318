//! Credentials from environment variables.

use crate::values::Secret;

/// A variable that is needed and is not set, is empty, or is not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the environment variable `{name}` is not set, empty or not text")]
pub struct MissingVariable {
    /// What it is called.
    pub name: &'static str,
}

/// Looks a variable up in the environment of the process. One that is not UTF-8 is not found.
pub fn env_var(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// A part of the credentials, from wherever variables are looked up.
///
/// # Errors
///
/// When there is no such variable, or nothing in it.
pub fn variable(look_up: &impl Fn(&str) -> Option<String>, name: &'static str) -> Result<Secret, MissingVariable> {
    look_up(name).filter(|text| !text.is_empty()).map(Secret::from).ok_or(MissingVariable { name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_variable_is_missing() {
        let look_up = |name: &str| (name != "NONE").then(|| if name == "EMPTY" { String::new() } else { "key".into() });
        assert_eq!(variable(&look_up, "KEY").unwrap().expose(), "key");
        for name in ["NONE", "EMPTY"] {
            let error = variable(&look_up, name).unwrap_err();
            assert_eq!(error.to_string(), format!("the environment variable `{name}` is not set, empty or not text"));
        }
    }
}
