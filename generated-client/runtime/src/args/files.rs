//! The files among the values of a call, and who signs what.

use super::param::{Location, Param};
use super::tree::Token;
use super::{Args, BodyKind, Field, Kind};
use crate::bodies::Upload;
use crate::validate::Violation;

/// A file that a parameter was given.
#[derive(Clone)]
pub(crate) struct Attached {
    pub(crate) upload: Upload,
    /// It may have so many bytes at most.
    pub(crate) limit: Option<u64>,
}

impl Args {
    /// Keeps a file of a parameter, and says which it is.
    pub(super) fn attach(&mut self, index: usize, upload: &Upload) -> usize {
        let limit = self.param(index).and_then(Param::max_size);
        self.files.push(Attached { upload: upload.clone(), limit });
        self.files.len() - 1
    }

    /// All files that were given, each with its number.
    pub(crate) fn files(&self) -> &[Attached] {
        &self.files
    }

    /// Files of any size may be sent.
    pub(crate) fn without_limits(&mut self) {
        self.files.iter_mut().for_each(|file| file.limit = None);
    }

    /// The files that are the value of a parameter, or in it.
    pub(crate) fn files_of(&self, name: &str) -> impl Iterator<Item = &Attached> {
        let value = self.find(name).and_then(|index| self.values.get(self.position(index).ok()?));
        let tokens = value.and_then(|value| self.tokens.get(value.tokens.clone())).unwrap_or_default();
        tokens.iter().filter_map(|token| match token {
            Token::Scalar(_, Kind::File(number)) => self.files.get(*number),
            _ => None,
        })
    }

    /// Refuses a file where there is room for a text only, of which the name would be sent.
    ///
    /// # Errors
    ///
    /// The first that stands elsewhere than in a part of a multipart body, and is no body by itself.
    pub(crate) fn check_files(&self) -> Result<(), Violation> {
        if self.files.is_empty() {
            return Ok(());
        }
        let has_room = |field: &Field<'_>| {
            let place = (field.location, self.encoding.body);
            matches!(place, (Location::Body, BodyKind::Multipart) | (Location::Document, BodyKind::File))
        };
        match self.iter().find(|field| matches!(field.kind, Kind::File(_)) && !has_room(field)) {
            Some(field) => Err(Violation::new(field.name, "file", "is a file, which only a part can be".to_owned())),
            None => Ok(()),
        }
    }

    /// Says of a parameter whether signing takes it for one, whatever the table says.
    pub(crate) fn set_signed(&mut self, name: &'static str, signed: bool) {
        match self.find(name) {
            Some(_) => self.signed.push((name, signed)),
            None => self.unknown = Some(name),
        }
    }

    /// Whether signing takes a parameter for one; what was said last counts.
    pub(super) fn is_signed(&self, param: &Param) -> bool {
        let said = self.signed.iter().rev().find(|(name, _)| *name == param.name());
        said.map_or_else(|| param.is_signed(), |(_, signed)| *signed)
    }
}
