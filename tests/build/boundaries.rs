//! The validators of every operation of every spec, by the names of their operations.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

/// Writes a table of the specs in `folders`, each with the module that has the client's own.
pub(crate) fn write(out: &Path, folders: &[(String, &str)]) -> io::Result<()> {
    let mut table = "static VALIDATORS: &[Validators] = &[\n".to_owned();
    for (folder, module) in folders {
        println!("cargo::rerun-if-changed={folder}");
        let api = codegen::load(Path::new(folder)).map_err(|failure| io::Error::other(failure.to_string()))?;
        let (name, client) = (&api.name.wire, &api.name.snake);
        let mut arms = String::new();
        for (resource, operation) in api.operations() {
            let id = format!("{}.{}", resource.name.wire, operation.name.wire);
            let call = format!("{module}::{client}::{}", operation.type_name.pascal);
            writeln!(arms, "{id:?} => rt::check::<{call}>(values).map_err(Some),").map_err(io::Error::other)?;
        }
        let row = format!(
            "Validators {{ name: {name:?}, spec: {folder:?}, check: |id, values| match id {{ {arms} _ => Err(None) }} }},"
        );
        table.push_str(&row);
    }
    fs::write(out.join("boundaries.rs"), table + "];\n")
}
