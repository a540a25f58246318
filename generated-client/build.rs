//! Generates the client of every API whose feature is on.

fn main() -> std::process::ExitCode {
    let apis = ["proctorexam", "proctoru"];
    let is_on = |api: &&str| std::env::var_os(format!("CARGO_FEATURE_{}", api.to_uppercase())).is_some();
    codegen::build(apis.into_iter().filter(is_on).map(|api| format!("../spec/{api}")))
}
