//! What the README shows is what a user sees.

use std::fs;
use std::path::Path;

#[test]
fn the_message_of_a_broken_spec_is_the_real_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let spec = tempfile::tempdir().unwrap();
    for name in ["api.yaml", "users.yaml"] {
        let text = fs::read_to_string(root.join("spec/proctorexam").join(name)).unwrap();
        let broken = text.replacen("role: {type: Role, required: true}", "role: {type: Rle, required: true}", 1);
        fs::write(spec.path().join(name), broken).unwrap();
    }
    let message = codegen::load(spec.path()).unwrap_err().to_string();
    let message = message.replace(&spec.path().display().to_string(), "../spec/proctorexam");
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let shown = readme.split("```text\n").find(|block| block.starts_with("error[")).unwrap();
    assert_eq!(shown.split("\n```").next().unwrap(), message.trim_end());
}

#[test]
fn the_crate_in_ones_own_project_is_the_one_that_is_built() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("../README.md")).unwrap();
    for path in ["Cargo.toml", "spec/api.yaml", "build.rs", "src/lib.rs"] {
        let (_, shown) = readme.split_once(&format!("\n`{path}`:\n\n```")).unwrap();
        let (_, shown) = shown.split_once('\n').unwrap();
        let file = fs::read_to_string(root.join("foreign").join(path)).unwrap();
        // How the repository has it compiled is nothing that others need.
        let file = file.split("\n\n# As in the workspace").next().unwrap();
        assert_eq!(shown.split("\n```").next().unwrap(), file.trim_end(), "{path}");
    }
}

#[test]
fn the_tables_of_operations_are_those_of_the_specs() {
    const OPEN: &str = "<!-- operations -->\n";
    const CLOSE: &str = "<!-- end of operations -->";
    for name in ["proctorexam", "proctoru"] {
        let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec").join(name);
        let readme = fs::read_to_string(spec.join("README.md")).unwrap();
        let (before, rest) = readme.split_once(OPEN).unwrap();
        let (shown, after) = rest.split_once(CLOSE).unwrap();
        let table = format!("\n{}\n", codegen::list(&codegen::load(&spec).unwrap()));
        if std::env::var_os("UPDATE_README").is_some() {
            fs::write(spec.join("README.md"), format!("{before}{OPEN}{table}{CLOSE}{after}")).unwrap();
        } else {
            assert_eq!(shown, table, "{name}: `UPDATE_README=1 cargo test -p tests readme` writes it anew");
        }
    }
}
