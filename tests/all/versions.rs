//! What must be of one version.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::generated::files;

/// The crate outside the workspace is tried with the very dependencies of the workspace.
#[test]
fn both_lock_files_agree() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let packages = |path: &str| {
        let lock = fs::read_to_string(root.join(path)).unwrap();
        let entries = lock.split("[[package]]").skip(1);
        entries.map(|entry| entry.lines().skip(1).take(2).collect::<String>()).collect::<BTreeSet<_>>()
    };
    let (workspace, foreign) = (packages("../Cargo.lock"), packages("foreign/Cargo.lock"));
    let others: Vec<_> = foreign.difference(&workspace).collect();
    assert_eq!(
        others,
        [r#"name = "parcels"version = "0.1.0""#],
        "copy the one to the other, and build the crate once without --locked"
    );
}

/// However little generated code and a runtime have in common, the compiler says one thing, with the version that is
/// there beside the one that is missing.
#[test]
fn another_runtime_is_one_error() {
    let folder = tempfile::tempdir().unwrap();
    let set = files("proctorexam");
    set.write(folder.path()).unwrap();
    let (_, module) = set.files.iter().find(|(path, _)| path == "proctorexam/mod.rs").unwrap();
    let version = module.split("rt_for_generator_").nth(1).unwrap().split(' ').next().unwrap();
    let wanted = format!("rt_for_generator_{version}");
    let present = format!("rt_for_generator_{}", version.parse::<u32>().unwrap() - 1);

    fs::write(folder.path().join("runtime.rs"), format!("pub mod rt {{}} pub use rt as {present};")).unwrap();
    let compile = |name: &str, source: &str| {
        let mut rustc = Command::new(Path::new(env!("CARGO")).with_file_name("rustc"));
        rustc.args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "--crate-name", name, source]);
        let output = rustc.args(["--extern", "client_runtime", "-L", "."]).current_dir(folder.path()).output();
        String::from_utf8(output.unwrap().stderr).unwrap()
    };
    compile("client_runtime", "runtime.rs");
    let message = compile("client", "proctorexam/mod.rs");
    let errors: Vec<&str> = message.lines().filter(|line| line.starts_with("error")).collect();
    let [error, "error: aborting due to 1 previous error"] = errors[..] else { panic!("{message}") };
    assert!(error.starts_with("error[E0432]") && error.contains(&wanted), "{message}");
    assert!(message.contains(&present), "{message}");
}
