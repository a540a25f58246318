//! The keys of `signing`.

use super::Type::{Expression, Keys, Named};
use super::{Object, object, optional, required};

/// How every call is signed.
#[rustfmt::skip]
pub static SIGNING: Object = object("signing", &[
    optional("inject", Named("name", &Keys(&INJECT)),
        "parameters that join every call before it is signed. No `params` in these"),
    optional("steps", Named("name", &Expression), "computed in order, each from the ones above it"),
    optional("send", Named("name", &Expression),
        "what joins the call after signing, beside its other parameters"),
]).documented();

/// A parameter that joins every call.
#[rustfmt::skip]
pub static INJECT: Object = object("injected parameter", &[
    required("value", Expression, "what is sent"),
]).documented().short("value");
