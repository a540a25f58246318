//! A place in a list that a caller can keep.

use std::fmt;
use std::str::FromStr;

use super::PagingError;
use crate::values::NumberOrText;

/// Where a page begins: what [`Page::next`](super::Page::next) gives and `resume` takes.
///
/// It means something for the same call alone, with the same parameters. As text it can be kept anywhere; that
/// holds what the server chose as a cursor or an address, and is therefore written only where it is asked for. An
/// address has the name of a credential where the path of the call holds one, and nothing that signing adds.
///
/// ```
/// use client_runtime::Position;
///
/// let position: Position = "offset:200".parse()?;
/// assert_eq!(position.to_text(), "offset:200");
/// # Ok::<(), client_runtime::InvalidPosition>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Position(pub(super) Kind);

#[derive(Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// The number of a page.
    Number(i64),
    /// The number of an item.
    Offset(i64),
    /// What the server calls the place.
    Cursor(NumberOrText),
    /// The path and query of the page, or what else a caller takes for its address.
    Address(String),
    /// Where it cannot be had, and why.
    Nowhere(PagingError),
}

/// What stands for a page that cannot be had, for each of the reasons that an answer can be.
const NOWHERE: [(&str, PagingError); 3] =
    [("foreign", PagingError::ForeignHost), ("unfit", PagingError::UnfitAddress), ("unsaid", PagingError::Unsaid)];

/// The word for such a reason; there are no others.
fn word(reason: PagingError) -> &'static str {
    NOWHERE.iter().find(|(_, it)| *it == reason).map_or("", |(word, _)| word)
}

/// A text that is no position. It is not repeated here, for it may hold what a server calls one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a position in a list")]
pub struct InvalidPosition(());

impl Position {
    /// As text, which [`str::parse`] reads.
    pub fn to_text(&self) -> String {
        match &self.0 {
            Kind::Number(number) => format!("page:{number}"),
            Kind::Offset(number) => format!("offset:{number}"),
            Kind::Cursor(cursor) if cursor.is_number() => format!("id:{}", cursor.as_str()),
            Kind::Cursor(cursor) => format!("cursor:{}", cursor.as_str()),
            Kind::Address(address) => format!("address:{address}"),
            Kind::Nowhere(reason) => format!("{}:", word(*reason)),
        }
    }
}

impl FromStr for Position {
    type Err = InvalidPosition;

    fn from_str(text: &str) -> Result<Self, InvalidPosition> {
        let number = |text: &str| text.parse::<i64>().ok();
        let is_number = |text: &&str| {
            text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
                && text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
                && text.parse::<f64>().is_ok()
        };
        let kind = match text.split_once(':') {
            Some(("page", text)) => number(text).map(Kind::Number),
            Some(("offset", text)) => number(text).map(Kind::Offset),
            Some(("id", text)) => Some(text).filter(is_number).map(|text| Kind::Cursor(NumberOrText::number(text))),
            Some(("cursor", text)) => Some(Kind::Cursor(text.into())),
            Some(("address", text)) => Some(Kind::Address(text.to_owned())),
            Some((text, "")) => {
                NOWHERE.iter().find(|(word, _)| *word == text).map(|(_, reason)| Kind::Nowhere(*reason))
            }
            _ => None,
        };
        kind.map(Self).ok_or(InvalidPosition(()))
    }
}

/// Shows what kind of position it is: a cursor may hold anything.
impl fmt::Debug for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Number(number) => write!(f, "Position(page {number})"),
            Kind::Offset(number) => write!(f, "Position(offset {number})"),
            Kind::Cursor(_) => f.write_str("Position(cursor)"),
            Kind::Address(_) => f.write_str("Position(address)"),
            Kind::Nowhere(reason) => write!(f, "Position({})", word(*reason)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_comes_back_from_its_text() {
        let counted = ["page:3", "offset:0", "id:12", "id:1.5", "cursor:a:b", "cursor:", "cursor:12"];
        for text in counted.into_iter().chain(["address:/a?b=c", "foreign:", "unfit:", "unsaid:"]) {
            let position: Position = text.parse().unwrap();
            assert_eq!(position.to_text(), text);
            assert_eq!(text.parse::<Position>().unwrap(), position);
        }
    }

    #[test]
    fn what_is_no_position_is_refused_unseen() {
        for text in ["", "page", "page:", "page:x", "offset:1.5", "id:canary", "id:\"1\"", "canary:1", "Page:1"] {
            let error = text.parse::<Position>().unwrap_err();
            assert!(!format!("{error} {error:?}").contains("canary"), "{text}");
        }
        let shown = format!("{:?}", "cursor:canary".parse::<Position>().unwrap());
        assert_eq!(shown, "Position(cursor)");
    }
}
