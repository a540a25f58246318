//! What `spec/README.md` shows in Rust, to be compiled: with the clients of the specs that it shows before.

use std::path::{Path, PathBuf};
use std::{fs, io};

const README: &str = "../spec/README.md";

/// Each example in Rust, by the words that it begins with: what stands around it.
const AROUND: [(&str, &str, &str); 3] = [
    ("use library::{", "use tests::reference::library;\n", ""),
    (
        "let mut pages =",
        "use generated_client::proctorexam::{Client, InstituteId, Position};\n\
         async fn pages(client: Client, institute: InstituteId, kept: &str) -> Result<(), Box<dyn std::error::Error>> {\n\
         fn store<T>(_: T) {}\nfn keep<T>(_: T) {}\n",
        "while rest.try_next().await?.is_some() {}\nOk(())\n}\n",
    ),
    (
        "let slot =",
        "use tests::reference::uploads::{Client, Upload};\n\
         async fn uploads(client: Client) -> Result<(), Box<dyn std::error::Error>> {\n",
        "Ok(())\n}\n",
    ),
];

/// Writes the examples, each in a module of its own. Gives the folders of the specs that they are for.
pub(crate) fn write(out: &Path) -> io::Result<Vec<PathBuf>> {
    println!("cargo::rerun-if-changed={README}");
    let readme = fs::read_to_string(README)?;
    let mut modules = String::new();
    let mut blocks = readme.split("\n```rust").skip(1).filter_map(|rest| rest.split_once('\n')?.1.split_once("\n```"));
    for (at, (begins, before, after)) in AROUND.into_iter().enumerate() {
        let Some((block, _)) = blocks.next().filter(|(block, _)| block.starts_with(begins)) else {
            return Err(io::Error::other(format!("example {at} of {README} does not begin with `{begins}`")));
        };
        modules.push_str(&format!("mod example_{at} {{\n{before}{block}\n{after}}}\n"));
    }
    if let Some((block, _)) = blocks.next() {
        return Err(io::Error::other(format!("nothing compiles this example of {README}:\n{block}")));
    }
    fs::write(out.join("reference.rs"), modules)?;
    Ok(vec![library(&readme, out)?, uploads(&readme, out)?])
}

/// The spec of the tutorial, as its last step leaves it.
fn library(readme: &str, out: &Path) -> io::Result<PathBuf> {
    let tutorial =
        readme.split("\n## ").find(|section| section.starts_with("An API in ten minutes")).unwrap_or_default();
    let folder = out.join("library");
    fs::create_dir_all(&folder)?;
    let mut parts = tutorial.split("\n```yaml ");
    let mut before = parts.next().unwrap_or_default();
    for part in parts {
        let name = before.rsplit_once("`library/").and_then(|(_, name)| Some(name.split_once('`')?.0));
        let (block, after) = part.split_once("\n```").unwrap_or((part, ""));
        let text = block.split_once('\n').unwrap_or_default().1;
        fs::write(folder.join(name.unwrap_or_default()), text)?;
        before = after;
    }
    Ok(folder)
}

/// The spec of the calls around an upload.
fn uploads(readme: &str, out: &Path) -> io::Result<PathBuf> {
    let folder = out.join("uploads");
    fs::create_dir_all(&folder)?;
    let is_it = |block: &&str| block.contains("upload_url: {type: string, required: true, secret: true}");
    let block = readme.split("\n```yaml resource\n").find(is_it).unwrap_or_default();
    fs::write(folder.join("api.yaml"), "codegen: 1\nname: uploads\n")?;
    fs::write(folder.join("files.yaml"), block.split("\n```").next().unwrap_or_default())?;
    Ok(folder)
}
