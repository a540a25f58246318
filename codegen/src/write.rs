//! Generated files to disk: the only step that can fail after the checks.

use std::path::Path;
use std::{fs, io};

/// Generated files, ready to be written.
#[derive(Debug)]
pub struct FileSet {
    /// Path below the output folder, with `/` between parts, and text.
    pub files: Vec<(String, String)>,
}

impl FileSet {
    /// Writes every file whose bytes differ from what is there.
    ///
    /// # Errors
    ///
    /// When a folder or file cannot be made.
    pub fn write(&self, out: &Path) -> io::Result<()> {
        for (path, text) in &self.files {
            let path = out.join(path);
            if fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
                continue;
            }
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(path, text)?;
        }
        Ok(())
    }
}
