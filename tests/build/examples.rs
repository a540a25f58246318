//! The example in the documentation of every operation, as code.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

/// Writes the examples of the specs in `folders`, each within reach of the client that it is of, and how many there are.
pub(crate) fn write(out: &Path, folders: &[(String, &str)]) -> io::Result<()> {
    let (mut modules, mut counts) = (String::new(), String::new());
    for (at, (folder, module)) in folders.iter().enumerate() {
        let files = codegen::generate(Path::new(folder)).map_err(|failure| io::Error::other(failure.to_string()))?;
        let texts: Vec<&str> = files.files.iter().map(|(_, text)| text.as_str()).collect();
        let client = files.files.first().and_then(|(path, _)| path.split('/').next()).unwrap_or_default();
        let examples = texts.iter().flat_map(|text| examples(text));
        let functions: Vec<String> = examples
            .enumerate()
            .map(|(number, code)| code.replacen("async fn example(", &format!("async fn example_{number}("), 1))
            .collect();
        let raw = if client == "type" { "r#" } else { "" };
        writeln!(modules, "mod client_{at} {{ use {module}::{raw}{client}::*; {} }}", functions.concat())
            .and_then(|()| writeln!(counts, "({folder:?}, {}),", functions.len()))
            .map_err(io::Error::other)?;
    }
    fs::write(out.join("examples.rs"), format!("{modules}\nstatic EXAMPLES: &[(&str, usize)] = &[{counts}];\n"))
}

/// The code in the documentation of a file of Rust, with the lines that readers do not see.
fn examples(text: &str) -> Vec<String> {
    let mut examples = Vec::new();
    let mut current: Option<String> = None;
    let documentation = text.lines().filter_map(|line| line.trim_start().strip_prefix("///"));
    for line in documentation.map(|line| line.strip_prefix(' ').unwrap_or(line)) {
        match (line, &mut current) {
            ("```rust,ignore", _) => current = Some(String::new()),
            ("```", _) => examples.extend(current.take()),
            (code, Some(example)) => {
                example.push_str(code.strip_prefix("# ").unwrap_or(code));
                example.push('\n');
            }
            (_, None) => {}
        }
    }
    examples
}
