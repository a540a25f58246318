//! What reading a spec cannot cost less than: both parsers go over its files, and nothing is decoded.
//!
//! `tests/measure.py` compares `codegen check` with it.

use std::path::Path;

fn main() -> std::io::Result<()> {
    for folder in std::env::args().skip(1) {
        let (mut events, mut values) = (0, 0);
        for entry in std::fs::read_dir(Path::new(&folder))? {
            let text = std::fs::read_to_string(entry?.path())?;
            events += granit_parser::Parser::new_from_str(&text).filter(Result::is_ok).count();
            let value: serde_yaml::Value = serde_yaml::from_str(&text).map_err(std::io::Error::other)?;
            values += value.as_mapping().map_or(0, serde_yaml::Mapping::len);
        }
        println!("{events} {values}");
    }
    Ok(())
}
