//! The examples of the clients, run.

#![allow(clippy::print_stdout, reason = "they are for people who watch")]

mod proved;

macro_rules! run {
    ($($name:ident $file:literal)*) => {
        $(
            #[path = $file]
            mod $name;

            #[test]
            fn $name() {
                self::$name::main().unwrap();
            }
        )*
    };
}

run! {
    shared_password "../../generated-client/examples/proctoru_shared_password.rs"
    own_scheduling "../../generated-client/examples/proctoru_own_scheduling.rs"
    vendor_scheduling "../../generated-client/examples/proctoru_vendor_scheduling.rs"
    record_plus "../../generated-client/examples/proctoru_record_plus.rs"
    webhooks "../../generated-client/examples/proctoru_webhooks.rs"
}

#[test]
fn each_is_as_short_as_it_should_be() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated-client/examples");
    let paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(paths.len() > 9, "{paths:?}");
    for path in paths {
        let lines = std::fs::read_to_string(&path).unwrap().lines().count();
        let most = if path.file_name().unwrap().to_string_lossy().starts_with("proctorexam_") { 80 } else { 100 };
        assert!(lines < most, "{}: {lines}", path.display());
    }
}
