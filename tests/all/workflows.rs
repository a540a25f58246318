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
