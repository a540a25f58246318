//! Text that is wiped when it is dropped, however often it grew.

use std::ops::{Deref, Range};

use secrecy::zeroize::Zeroizing;

/// A text to write to: what it becomes for one reader must not be left behind for another.
#[derive(Clone, Default)]
pub(super) struct Buffer(Zeroizing<String>);

impl Buffer {
    /// Writes at the end, and says where.
    pub(super) fn append(&mut self, text: &str) -> Range<usize> {
        let start = self.0.len();
        let needed = start + text.len();
        if needed > self.0.capacity() {
            // Growing in place would leave the old copy behind unwiped.
            let mut larger = Zeroizing::new(String::with_capacity(needed.max(2 * self.0.capacity()).max(128)));
            larger.push_str(&self.0);
            self.0 = larger;
        }
        self.0.push_str(text);
        start..needed
    }
}

impl Deref for Buffer {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// Something that JSON is written to.
pub(super) trait Sink {
    /// Writes at the end.
    fn put(&mut self, text: &str);
}

impl Sink for Buffer {
    fn put(&mut self, text: &str) {
        self.append(text);
    }
}

impl Sink for String {
    fn put(&mut self, text: &str) {
        self.push_str(text);
    }
}
