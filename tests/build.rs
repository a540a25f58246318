//! Generates the clients of odd but valid specs; that they compile without a warning is the test.

fn main() -> std::process::ExitCode {
    println!("cargo::rerun-if-changed=fixtures/good");
    let specs = ["answers", "encodings", "names", "prose", "signing", "smallest"];
    codegen::build(specs.map(|name| format!("fixtures/good/{name}")))
}
