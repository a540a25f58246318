//! A file that is read value by value; what is wrong with one is said with its place.

use std::path::Path;

use codegen::Document;
use codegen::ir::{Json, Place};

use crate::Trouble;

/// What a file holds.
pub(super) fn read(file: &Path) -> Result<Document, Trouble> {
    std::fs::metadata(file).map_err(|error| crate::unusable(file, &error))?;
    codegen::read_json(file)
        .map_err(|failure| Trouble::Unusable(format!("`{}` cannot be used:\n{}", file.display(), failure.mistakes())))
}

/// A value of a document.
#[derive(Clone, Copy)]
pub(super) struct Said<'d> {
    document: &'d Document,
    pub(super) json: &'d Json,
    place: &'d Place,
    /// What messages say it is part of; may be empty.
    part_of: &'d str,
}

impl<'d> Said<'d> {
    /// The whole of it.
    pub(super) fn whole(document: &'d Document) -> Self {
        Self { document, json: &document.written.json, place: &document.written.place, part_of: "" }
    }

    /// The same as part of something that has a name.
    pub(super) fn part_of(self, part_of: &'d str) -> Self {
        Self { part_of, ..self }
    }

    /// That it is wrong, and why.
    pub(super) fn wrong(self, message: &str) -> Trouble {
        let (path, span) = (&self.document.sources.file(self.place.span.file).path, self.place.span);
        let (line, column) = self.document.sources.line_column(span);
        let part_of = if self.part_of.is_empty() { String::new() } else { format!("{}: ", self.part_of) };
        Trouble::Unusable(format!("{path}:{line}:{column}: {part_of}{message}"))
    }

    /// The items of a list.
    pub(super) fn items(self, what: &str) -> Result<Vec<Self>, Trouble> {
        let Json::Array(items) = self.json else { return Err(self.wrong(&format!("{what} must be a list"))) };
        Ok(items.iter().zip(&self.place.within).map(|(json, place)| Self { json, place, ..self }).collect())
    }

    /// The members of a map.
    pub(super) fn members(self, what: &str) -> Result<Vec<(&'d str, Self)>, Trouble> {
        let Json::Object(members) = self.json else { return Err(self.wrong(&format!("{what} must be a map"))) };
        let members = members.iter().zip(&self.place.within);
        Ok(members.map(|((name, json), place)| (name.as_str(), Self { json, place, ..self })).collect())
    }

    /// The members of a map, which have known names: a misspelt one would go unchecked.
    pub(super) fn known(self, what: &str, names: &[&str]) -> Result<Known<'d>, Trouble> {
        let members = self.members(what)?;
        match members.iter().find(|(name, _)| !names.contains(name)) {
            Some((name, said)) => {
                let help = codegen::diagnostics::among(name, names.iter().copied());
                Err(said.wrong(&format!("unknown key `{name}`; {help}")))
            }
            None => Ok(Known { whole: self, members }),
        }
    }

    /// A text.
    pub(super) fn text(self, what: &str) -> Result<&'d str, Trouble> {
        match self.json {
            Json::String(text) => Ok(text),
            _ => Err(self.wrong(&format!("{what} must be a text"))),
        }
    }

    /// A text, number or boolean, as it is spelled.
    pub(super) fn spelled(self, what: &str) -> Result<String, Trouble> {
        match self.json {
            Json::String(text) | Json::Number(text) => Ok(text.clone()),
            Json::Boolean(value) => Ok(value.to_string()),
            Json::Null | Json::Array(_) | Json::Object(_) => {
                Err(self.wrong(&format!("{what} must be a text or a number")))
            }
        }
    }
}

/// A map whose names are all known.
pub(super) struct Known<'d> {
    pub(super) whole: Said<'d>,
    members: Vec<(&'d str, Said<'d>)>,
}

impl<'d> Known<'d> {
    /// A member, if it is there.
    pub(super) fn get(&self, name: &str) -> Option<Said<'d>> {
        self.members.iter().find(|(member, _)| *member == name).map(|(_, said)| *said)
    }

    /// A member that must be there.
    pub(super) fn must(&self, name: &str) -> Result<Said<'d>, Trouble> {
        self.get(name).ok_or_else(|| self.whole.wrong(&format!("`{name}` is missing")))
    }

    /// A member that is a text.
    pub(super) fn text(&self, name: &str) -> Result<Option<&'d str>, Trouble> {
        self.get(name).map(|said| said.text(&format!("`{name}`"))).transpose()
    }

    /// A member that is a whole number.
    pub(super) fn number(&self, name: &str) -> Result<Option<i64>, Trouble> {
        let Some(said) = self.get(name) else { return Ok(None) };
        let text = said.spelled(&format!("`{name}`"))?;
        text.parse().map(Some).map_err(|_| said.wrong(&format!("`{name}` is no whole number")))
    }

    /// The members of a member that is a map; of one that is not there none.
    pub(super) fn map(&self, name: &str) -> Result<Vec<(&'d str, Said<'d>)>, Trouble> {
        self.get(name).map_or(Ok(Vec::new()), |said| said.members(&format!("`{name}`")))
    }
}
