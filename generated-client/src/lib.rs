#![doc = include_str!("../../README.md")]

#[cfg(feature = "proctorexam")]
pub mod proctorexam {
    //! The client of ProctorExam API v3, generated from `spec/proctorexam`.
    //!
    //! [`Client`] is where to start.

    include!(concat!(env!("OUT_DIR"), "/proctorexam/mod.rs"));
}

#[cfg(feature = "proctoru")]
mod payment;
#[cfg(all(feature = "proctoru", feature = "time-zones"))]
mod time_zone;

#[cfg(feature = "proctoru")]
pub mod proctoru {
    //! The client of the ProctorU API, generated from `spec/proctoru`.
    //!
    //! [`Client`] is where to start.

    pub use crate::payment::Payment;

    include!(concat!(env!("OUT_DIR"), "/proctoru/mod.rs"));
}
