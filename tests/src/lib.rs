//! Tests of the whole workspace.
//!
//! The modules here are generated from specs that are as odd as the language allows. They are never run: whatever
//! a spec says must compile and be documented without a warning.

#[deny(warnings, missing_docs)]
pub mod names {
    //! Names that Rust keeps for itself, or could not spell.
    include!(concat!(env!("OUT_DIR"), "/names/mod.rs"));
}

#[deny(warnings, missing_docs)]
pub mod prose {
    //! Texts that would break rustdoc, a comment or a string.
    include!(concat!(env!("OUT_DIR"), "/prose/mod.rs"));
}

#[deny(warnings, missing_docs)]
pub mod smallest {
    //! Nothing but what must be there.
    include!(concat!(env!("OUT_DIR"), "/smallest/mod.rs"));
}
