//! Generates the clients of odd but valid specs; that they compile without a warning is the test.

fn main() -> std::process::ExitCode {
    println!("cargo::rerun-if-changed=fixtures/good");
    codegen::build(["fixtures/good/answers", "fixtures/good/names", "fixtures/good/prose", "fixtures/good/smallest"])
}
