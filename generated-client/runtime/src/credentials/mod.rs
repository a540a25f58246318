//! What calls are signed with: given once, or by a provider that may be asked again.

mod flight;
mod keyring;
mod provider;

pub(crate) use keyring::{Keyring, Keys};
pub use provider::{CredentialsProvider, Issued, ProviderError};

use crate::client::BuildError;
use crate::tables::Credentials;
use crate::values::Secret;

/// The parts of credentials, each of which can be one.
pub(crate) fn parts<C: Credentials>(credentials: C) -> Result<Vec<Secret>, BuildError> {
    let parts = credentials.secrets();
    for (&name, part) in C::NAMES.iter().zip(&parts) {
        if let Some(problem) = problem(part.expose()) {
            return Err(BuildError::Credential { name, problem });
        }
    }
    Ok(parts)
}

/// What makes a text no credential: an end of line that was copied with it, most often.
fn problem(credential: &str) -> Option<&'static str> {
    if credential.is_empty() {
        Some("is empty")
    } else if credential.trim() != credential {
        Some("has white space around it")
    } else if credential.contains(char::is_control) {
        Some("has a control character in it, which no header can hold")
    } else {
        None
    }
}
