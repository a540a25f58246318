//! The floor of generation: parses and prints again every generated file of a folder.
//!
//! `tests/measure.py` compares the generator with it.

use std::path::Path;

fn main() -> std::io::Result<()> {
    for folder in std::env::args().skip(1) {
        let mut lines = 0;
        for entry in std::fs::read_dir(Path::new(&folder))? {
            let text = std::fs::read_to_string(entry?.path())?;
            let file = syn::parse_file(&text).map_err(std::io::Error::other)?;
            lines += prettyplease::unparse(&file).lines().count();
        }
        println!("{lines}");
    }
    Ok(())
}
