//! Every operation of every spec by its name: what its validators say of values, and a call with them.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

/// Writes a table of the specs in `folders`, each with the module that has the client's own.
pub(crate) fn write(out: &Path, folders: &[(String, &str)]) -> io::Result<()> {
    let mut table = "static DESCRIBED: &[Described] = &[\n".to_owned();
    for (folder, module) in folders {
        println!("cargo::rerun-if-changed={folder}");
        let api = codegen::load(Path::new(folder)).map_err(|failure| io::Error::other(failure.to_string()))?;
        let (name, client) = (&api.name.wire, &api.name.snake);
        let (mut checks, mut calls) = (String::new(), String::new());
        for (resource, operation) in api.operations() {
            let id = format!("{}.{}", resource.name.wire, operation.name.wire);
            let call = format!("{module}::{client}::{}", operation.type_name.pascal);
            writeln!(checks, "{id:?} => rt::check::<{call}>(values).map_err(Some),")
                .and_then(|()| writeln!(calls, "{id:?} => call::<{call}>(client, given),"))
                .map_err(io::Error::other)?;
        }
        let row = format!(
            "Described {{ name: {name:?}, spec: {folder:?}, \
               client: |address, canned| client::<{module}::{client}::Client>(address, canned, |look_up| \
                 {module}::{client}::Credentials::from_variables(look_up).unwrap()), \
               check: |id, values| match id {{ {checks} _ => Err(None) }}, \
               call: |client, id, given| match id {{ {calls} other => panic!(\"nobody calls `{{other}}`\") }} }},\n"
        );
        table.push_str(&row);
    }
    fs::write(out.join("described.rs"), table + "];\n")
}
