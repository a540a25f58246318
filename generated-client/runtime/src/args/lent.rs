//! What a call must be given, where it is given by name: lent for being sent, and for being shown.

use std::fmt;

use super::param::Param;
use super::wire::Wire;

/// Who takes the values of what must be given.
pub struct Take<'t>(&'t mut dyn FnMut(&[&dyn Wire]));

impl<'t> Take<'t> {
    pub(crate) fn new(take: &'t mut dyn FnMut(&[&dyn Wire])) -> Self {
        Self(take)
    }

    /// All of them, in the order of the table.
    pub fn all<const N: usize>(&mut self, values: [&dyn Wire; N]) {
        self.some(&values);
    }

    /// The same code for every number of them.
    pub(crate) fn some(&mut self, values: &[&dyn Wire]) {
        (self.0)(values);
    }
}

/// Makes the struct of what a call must be given show itself by the table of its operation. A macro, because only its
/// own crate may say how a type is shown; and no derive, because that would list once more what is lent already.
#[doc(hidden)]
#[macro_export]
macro_rules! __request {
    ($request:ident) => {
        impl ::std::fmt::Debug for $request {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::rt::debug_request(::std::stringify!($request), self, f)
            }
        }
    };
}

/// Shows values as a derive would, under the names that the API has for them.
pub(crate) fn debug(
    name: &str,
    params: &[Param],
    lend: &dyn Fn(&mut Take<'_>),
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    lend(&mut Take::new(&mut |values| {
        for (param, value) in params.iter().filter(|param| param.is_positional()).zip(values) {
            shown.field(param.name(), value);
        }
    }));
    shown.finish()
}
