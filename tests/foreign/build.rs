//! The client of the API in `spec/`.

fn main() -> std::process::ExitCode {
    codegen::build(["spec"])
}
