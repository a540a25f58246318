//! Generates the clients of odd but valid specs; that they compile without a warning is the test. And the signing
//! functions of many schemes, for tests that compare what compiled code and the interpreter make of them.

mod random;
mod schemes;
mod vectors;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=fixtures/good");
    println!("cargo::rerun-if-changed=vectors/signing-language.json");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default()).join("language");
    if let Err(error) = vectors::write(&out).and_then(|()| random::write(&out)) {
        eprintln!("{error}");
        return ExitCode::FAILURE;
    }
    let specs = ["answers", "encodings", "kinds", "names", "prose", "signing", "smallest"];
    codegen::build(specs.map(|name| format!("fixtures/good/{name}")))
}
