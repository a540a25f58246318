//! A client of the parcel desk, generated from the YAML in `spec/`.

pub mod parcels {
    //! The generated client.
    include!(concat!(env!("OUT_DIR"), "/parcels/mod.rs"));
}
