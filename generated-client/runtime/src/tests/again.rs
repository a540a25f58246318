//! Tests that are run again by another process, in an environment that a test cannot set safely in its own.

use std::process::Command;

/// Runs one test of a module again, in an environment with these variables, and of those that name proxies these alone.
pub(super) fn with(module: &str, test: &str, variables: &[(&str, &str)]) {
    let this = [module.split_once("::").unwrap().1, test].join("::");
    let mut command = Command::new(std::env::current_exe().unwrap());
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    let ran = command.args(["--exact", &this]).env(AGAIN, "1").envs(variables.iter().copied()).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success() && said.contains("1 passed"), "{said}{}", String::from_utf8_lossy(&ran.stderr));
}

/// What says that the environment is as it is to be.
const AGAIN: &str = "CLIENT_RUNTIME_AGAIN";

/// Whether this is the other process.
pub(super) fn is_again() -> bool {
    std::env::var(AGAIN).is_ok()
}

/// Does the work of such a test.
pub(super) fn block_on(work: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work);
}
