//! The example in the documentation of every operation, as code.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

/// Writes the examples of the specs in `folders`, each within reach of the client that it is of, and how many there
/// are.
pub(crate) fn write(out: &Path, folders: &[(String, &str)]) -> io::Result<()> {
    let (mut modules, mut counts) = (String::new(), String::new());
    for (at, (folder, module)) in folders.iter().enumerate() {
        let files = codegen::generate(Path::new(folder)).map_err(|failure| io::Error::other(failure.to_string()))?;
        let texts: Vec<&str> = files.files.iter().map(|(_, text)| text.as_str()).collect();
        let client = files.files.first().and_then(|(path, _)| path.split('/').next()).unwrap_or_default();
        let examples = texts.iter().flat_map(|text| examples(text));
        let all: Vec<String> = examples.collect();
        let named = |(number, code): (usize, &String)| {
            code.replacen("async fn example(", &format!("async fn example_{number}("), 1)
        };
        let mut functions: Vec<String> = all.iter().enumerate().map(named).collect();
        if *module == "generated_client" {
            functions.push(validated(&all)?);
        }
        let raw = if client == "type" { "r#" } else { "" };
        writeln!(modules, "pub(super) mod client_{at} {{ use {module}::{raw}{client}::*; {} }}", functions.concat())
            .and_then(|()| writeln!(counts, "({folder:?}, {}),", all.len()))
            .map_err(io::Error::other)?;
    }
    fs::write(out.join("examples.rs"), format!("{modules}\nstatic EXAMPLES: &[(&str, usize)] = &[{counts}];\n"))
}

/// A function that makes the call of each example and says what is wrong with it; what an example has for an argument
/// is a sample of its type.
fn validated(examples: &[String]) -> io::Result<String> {
    let mut calls = String::new();
    let strange = || io::Error::other("an example of another form");
    for code in examples {
        let (head, body) = code.split_once(" {\n").ok_or_else(strange)?;
        let arguments = head.split_once("client: &Client").and_then(|(_, rest)| rest.split_once(") -> "));
        let (arguments, _) = arguments.ok_or_else(strange)?;
        let (call, _) = body.split_once(".await?").ok_or_else(strange)?;
        let call = call.split_once(" = ").filter(|(start, _)| start.starts_with("let ")).map_or(call, |(_, call)| call);
        write!(
            calls,
            "{{ fn made(client: &Client{arguments}) -> Option<String> {{ {call}.validate().err().map(|it| format!(\"{{it}}\")) }}
               all.push(({call:?}, made(client{})));}}\n",
            ", crate::documented::Sample::sample()".repeat(arguments.matches(": ").count()),
        )
        .map_err(io::Error::other)?;
    }
    Ok(format!(
        "pub(crate) fn validated(client: &Client) -> Vec<(&'static str, Option<String>)> {{ let mut all = Vec::new(); {calls} all }}"
    ))
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
