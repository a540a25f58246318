//! A position in a list into the call for the page there.

use percent_encoding::percent_decode_str;

use super::address::{Here, There};
use super::position::Kind;
use super::{PagingError, Position};
use crate::client::Plan;
use crate::sending::Failure;
use crate::tables::NextPage;

impl Plan {
    /// Where the page begins that the parameters ask for, as far as pages are counted.
    pub(crate) fn start(&self) -> i64 {
        match self.endpoint.paging().map(|paging| paging.next) {
            Some(NextPage::Number(name, first) | NextPage::Offset(name, first)) => {
                self.args.by_name(name).and_then(|field| field.text.parse().ok()).unwrap_or(first)
            }
            Some(NextPage::Cursor(..) | NextPage::Follow(_) | NextPage::Window(_)) | None => 0,
        }
    }

    /// How many items a page may have: as its answer says, or else the call, or else the documentation.
    pub(super) fn page_size(&self, said: Option<i64>) -> Option<usize> {
        let asked = || {
            let (limit, assumed) = self.endpoint.paging()?.limit;
            self.args.by_name(limit).map_or(assumed, |field| field.text.parse().ok())
        };
        // A page for no items is none that could be full.
        said.and_then(|size| usize::try_from(size).ok()).or_else(asked).filter(|size| *size > 0)
    }

    /// The position that a caller's own parameters name, where the server would name it again in a circle.
    pub(super) fn asked(&self) -> Option<Position> {
        if self.position.is_some() {
            return self.position.clone();
        }
        let name = match self.endpoint.paging()?.next {
            NextPage::Cursor(name, _) => name,
            NextPage::Window(window) => window.from,
            NextPage::Number(..) | NextPage::Offset(..) | NextPage::Follow(_) => return None,
        };
        let field = self.args.by_name(name)?;
        Some(Position(Kind::Cursor((&*field.text).into())))
    }

    /// Makes it the call for the page at a position: what is not repeated is left out.
    pub(crate) fn turn_to(&mut self, position: &Position) -> Result<(), Failure> {
        let Some(paging) = self.endpoint.paging() else { return Err(Failure::Paging(PagingError::OtherList)) };
        // A relative address goes on from that of the call.
        let here = match &position.0 {
            Kind::Address(_) => self.here(&self.path(&self.args.iter().collect::<Vec<_>>())?),
            _ => None,
        };
        if let Some(names) = paging.repeats {
            self.args.keep(names);
        }
        match (paging.next, &position.0) {
            (NextPage::Number(name, _), Kind::Number(number)) | (NextPage::Offset(name, _), Kind::Offset(number)) => {
                self.args.set(name, number);
            }
            (NextPage::Cursor(name, _), Kind::Cursor(cursor)) => self.args.set(name, cursor),
            (NextPage::Window(window), Kind::Cursor(from)) => self.args.set(window.from, from),
            (NextPage::Follow(_), Kind::Address(address)) => {
                let there = here.map_or(Err(PagingError::UnfitAddress), |here| here.read(address));
                return there.and_then(|there| self.follow(there)).map_err(Failure::Paging);
            }
            (NextPage::Cursor(..), Kind::Nowhere(reason @ PagingError::Unsaid))
            | (NextPage::Follow(_), Kind::Nowhere(reason @ (PagingError::ForeignHost | PagingError::UnfitAddress))) => {
                return Err(Failure::Paging(*reason));
            }
            _ => return Err(Failure::Paging(PagingError::OtherList)),
        }
        Ok(())
    }

    /// Where the call goes that has this path, if the next page is where an address says.
    pub(crate) fn here(&self, path: &str) -> Option<Here> {
        let NextPage::Follow(_) = self.endpoint.paging()?.next else { return None };
        let (origin, base) = (self.base().origin().to_owned(), self.base_path().to_owned());
        let path = path.strip_prefix(&*base).unwrap_or(path).to_owned();
        let added = if self.endpoint.signed { self.endpoint.api.added } else { &[] };
        Some(Here { origin, base, path, added })
    }

    /// Takes path and query of a page. Where the call goes is what it was.
    fn follow(&mut self, there: There) -> Result<(), PagingError> {
        let pairs = pairs(&there.query).ok_or(PagingError::UnfitAddress)?;
        self.template = Ok(there.path.into());
        self.args.replace_query(pairs);
        Ok(())
    }
}

/// Names and values of a query, decoded; `None` for what is no UTF-8 then.
fn pairs(query: &str) -> Option<Vec<(String, String)>> {
    let decode = |text: &str| {
        let spaced = text.replace('+', " ");
        percent_decode_str(&spaced).decode_utf8().ok().map(|text| text.into_owned())
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decode(name)?, decode(value)?))
        })
        .collect()
}
