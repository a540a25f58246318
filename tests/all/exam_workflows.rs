//! The examples of the ProctorExam client, run.

#![allow(clippy::print_stdout, reason = "they are for people who watch")]

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
    exam "../../generated-client/examples/proctorexam_exam.rs"
    watch "../../generated-client/examples/proctorexam_watch.rs"
    lti "../../generated-client/examples/proctorexam_lti.rs"
    staff "../../generated-client/examples/proctorexam_staff.rs"
}
