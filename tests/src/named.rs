//! Every name that Rust keeps for itself, or could not spell, wherever a name can stand.

pub mod credentials {
    //! Credentials.
    include!(concat!(env!("OUT_DIR"), "/named_credentials/mod.rs"));
}

pub mod environments {
    //! Environments.
    include!(concat!(env!("OUT_DIR"), "/named_environments/mod.rs"));
}

pub mod errors {
    //! Errors.
    include!(concat!(env!("OUT_DIR"), "/named_errors/mod.rs"));
}

pub mod fields {
    //! Members of a record.
    include!(concat!(env!("OUT_DIR"), "/named_fields/mod.rs"));
}

pub mod headers {
    //! Headers that a call takes.
    include!(concat!(env!("OUT_DIR"), "/named_headers/mod.rs"));
}

pub mod operations {
    //! Operations.
    include!(concat!(env!("OUT_DIR"), "/named_operations/mod.rs"));
}

pub mod parameters {
    //! Parameters.
    include!(concat!(env!("OUT_DIR"), "/named_parameters/mod.rs"));
}

pub mod paths {
    //! Parts of a path.
    include!(concat!(env!("OUT_DIR"), "/named_paths/mod.rs"));
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
