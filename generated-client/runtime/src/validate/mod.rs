//! What the spec demands of a call's parameters, checked before anything is sent.

mod format;
mod joined;
mod rules;
mod violation;
mod walk;

use crate::args::{Args, Wire, check_segment};
use crate::tables::{Endpoint, Operation};
use walk::{At, Beside, Walk};

#[cfg(feature = "countries")]
pub use format::COUNTRY;
pub use format::{DATE, DATE_TIME, EMAIL, PHONE, URL, UUID, is_later, moment};
#[cfg(feature = "time-zones")]
pub use format::{IANA_TIME_ZONE, WINDOWS_TIME_ZONE};
pub use violation::{Violation, Violations};

/// Checks values for the parameters of an operation, by their names, as a call with them would be.
///
/// # Errors
///
/// Every constraint that is not met, in the order of the tables.
pub fn check<O: Operation>(values: &[(&str, &dyn Wire)]) -> Result<(), Violations> {
    check_for(O::ENDPOINT, values)
}

/// The same code for every operation.
fn check_for(endpoint: &'static Endpoint, values: &[(&str, &dyn Wire)]) -> Result<(), Violations> {
    let mut args = Args::new(endpoint.encoding(), [endpoint.params, endpoint.page_params()]);
    for (name, value) in values {
        if !args.set_by_name(name, *value) {
            return Err(Violation::unknown(name).into());
        }
    }
    args.fill_defaults();
    validate(&args)
}

/// Checks all parameters of a call against their tables; defaults are to be filled in before.
///
/// # Errors
///
/// Every constraint that is not met, in the order of the tables; what cannot be spelled comes last.
pub(crate) fn validate(args: &Args) -> Result<(), Violations> {
    let mut walk = Walk::default();
    for (index, (param, field)) in args.params().enumerate() {
        match &field {
            Some(field) if field.location.is_path() => walk.found.extend(check_segment(field).err()),
            // What clears a parameter is no value of it.
            Some(field) if args.is_cleared(index, field) => continue,
            None if param.is_required() => walk.required(param.facts(), At::Parameter(param.name())),
            Some(_) | None => {}
        }
        walk.value(param.facts(), args.node(index), Beside::Call(args), At::Parameter(param.name()));
        let told = walk.found.len();
        if let Some((node, joined)) = args.joined(index) {
            walk.joined(node, joined, At::Parameter(param.name()));
        }
        walk.found.extend(args.taken(index).into_iter().map(|name| Violation::taken(param.name(), name)));
        for violation in walk.found.iter_mut().skip(told) {
            if let Some(message) = walk::said(param.facts(), violation.constraint) {
                violation.message = message.to_owned();
            }
        }
    }
    for (index, name) in args.undescribed() {
        if let Some((node, joined)) = args.joined(index) {
            walk.joined(node, joined, At::Parameter(name));
        }
    }
    for (name, node) in args.unsayable() {
        walk.unsayable(node, At::Parameter(name));
    }
    if let Some(name) = args.unknown() {
        walk.found.push(Violation::unknown(name));
    }
    Violations::none_of(walk.found)
}

#[cfg(test)]
mod nothing_tests;
#[cfg(test)]
mod tests;
