//! What `spec/README.md` shows in Rust compiles: the whole test is that this file does.

#![allow(dead_code, clippy::print_stdout, reason = "nobody calls what is shown")]

include!(concat!(env!("OUT_DIR"), "/language/reference.rs"));
