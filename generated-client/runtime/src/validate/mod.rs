//! What the spec demands of a call's parameters, checked before anything is sent.

mod format;
mod rules;
mod violation;
mod walk;

use crate::args::{Args, check_segment};
use walk::{At, Beside, Walk};

#[cfg(feature = "countries")]
pub use format::COUNTRY;
pub use format::{DATE, DATE_TIME, EMAIL, PHONE, URL, UUID, is_later};
#[cfg(feature = "time-zones")]
pub use format::{IANA_TIME_ZONE, WINDOWS_TIME_ZONE};
pub use violation::{Violation, Violations};

/// Checks all parameters of a call against their tables; defaults are to be filled in before.
///
/// # Errors
///
/// Every constraint that is not met, in the order of the tables.
pub(crate) fn validate(args: &Args) -> Result<(), Violations> {
    let mut walk = Walk::default();
    for (index, (param, field)) in args.params().enumerate() {
        match &field {
            Some(field) if field.location.is_path() => walk.found.extend(check_segment(field).err()),
            // What clears a parameter is no value of it.
            Some(field) if param.clear() == Some(&*field.text) => continue,
            None if param.is_required() => walk.required(param.facts(), At::Parameter(param.name())),
            Some(_) | None => {}
        }
        walk.value(param.facts(), args.node(index), Beside::Call(args), At::Parameter(param.name()));
    }
    if let Some(name) = args.unknown() {
        walk.found.push(Violation::new(name, "unknown", "is not a parameter of this call".to_owned()));
    }
    Violations::none_of(walk.found)
}

#[cfg(test)]
mod tests;
