//! What signing comes to where masks stand for what is secret or personal.

use codegen::ir::Shown;

use super::Signed;
use super::value::{Fault, Value};

/// What explains a call.
#[derive(Debug, Clone, Copy)]
pub struct Masks<'m> {
    /// What signing the real call came to.
    pub real: &'m Signed,
    /// What is shown of what nobody may see.
    pub mask: &'m str,
}

/// What comes out, or with masks what takes its place.
pub(super) fn applied(
    masks: Option<Masks<'_>>,
    shown: Shown,
    real: Option<&Value>,
    value: impl FnOnce() -> Result<Value, Fault>,
) -> Result<Value, Fault> {
    let (Some(masks), Some(real)) = (masks, real) else { return value() };
    match shown {
        Shown::Whole => Ok(real.clone()),
        // A mask need not be what it stands for, such as the digits of something.
        Shown::Masked => Ok(value().unwrap_or_else(|_| masks.in_place_of(real))),
        Shown::Hidden => Ok(match value() {
            // Nothing that is hidden went into it.
            Ok(value) if value == *real => value,
            _ => masks.in_place_of(real),
        }),
    }
}

impl Masks<'_> {
    /// Nothing but a mask, of the type of a value.
    fn in_place_of(self, value: &Value) -> Value {
        let mask = self.mask.to_owned();
        match value {
            Value::Text(_) | Value::Number(_) | Value::Time(_) => Value::Text(mask),
            Value::Bytes(_) => Value::Bytes(mask.into_bytes()),
            Value::List(_) => Value::List(vec![mask]),
            Value::ByteList(_) => Value::ByteList(vec![mask.into_bytes()]),
            Value::Fields(_) => Value::Fields(vec![(mask.clone(), mask)]),
        }
    }
}
