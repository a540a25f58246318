//! The specs that the reference shows, for what it shows in Rust.

pub mod library {
    //! The spec of the tutorial.
    include!(concat!(env!("OUT_DIR"), "/library/mod.rs"));
}

pub mod uploads {
    //! Calls around an upload.
    include!(concat!(env!("OUT_DIR"), "/uploads/mod.rs"));
}
