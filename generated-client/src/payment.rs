//! What a booking costs whom.

use crate::proctoru::{Booking, Decimal, Secret};

/// Whether something is to be paid for a booking, and where.
///
/// Where the institution pays, nothing ever is. Where the test-taker does, they open the address, which belongs to the
/// vendor, and come back to the `url_return` of the call. A wrong fee is to be reported to the vendor.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Payment {
    /// Nothing is to be paid.
    None,
    /// The test-taker is to pay.
    Due {
        /// How much.
        amount: Decimal,
        /// Where, if the answer says so. It signs in whoever has it.
        url: Option<Secret>,
    },
    /// The answer does not say.
    Unknown,
}

impl Booking {
    /// What is to be paid for it.
    pub fn payment(&self) -> Payment {
        match &self.balance {
            Some(amount) if *amount == Decimal::default() => Payment::None,
            Some(amount) => Payment::Due { amount: amount.clone(), url: self.url.clone() },
            None => Payment::Unknown,
        }
    }
}
