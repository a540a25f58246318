#![doc = include_str!("../../README.md")]

#[cfg(feature = "proctorexam")]
pub mod proctorexam {
    //! The client of ProctorExam API v3, generated from `spec/proctorexam`.
    //!
    //! [`Client`] is where to start.

    include!(concat!(env!("OUT_DIR"), "/proctorexam/mod.rs"));
}
