//! Every name that Rust keeps for itself, or could not spell, wherever a name can stand.

pub mod errors {
    //! Errors.
    include!(concat!(env!("OUT_DIR"), "/named_errors/mod.rs"));
}

pub mod fields {
    //! Members of a record.
    include!(concat!(env!("OUT_DIR"), "/named_fields/mod.rs"));
}

pub mod operations {
    //! Operations.
    include!(concat!(env!("OUT_DIR"), "/named_operations/mod.rs"));
}

pub mod parameters {
    //! Parameters.
    include!(concat!(env!("OUT_DIR"), "/named_parameters/mod.rs"));
}

pub mod resources {
    //! Files.
    include!(concat!(env!("OUT_DIR"), "/named_resources/mod.rs"));
}

pub mod types {
    //! Types.
    include!(concat!(env!("OUT_DIR"), "/named_types/mod.rs"));
}

pub mod values {
    //! Known texts.
    include!(concat!(env!("OUT_DIR"), "/named_values/mod.rs"));
}
