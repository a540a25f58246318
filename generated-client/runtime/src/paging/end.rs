//! What an answer says of the end of its list.

use super::figures::Figures;
use super::position::Kind;
use super::{Page, PagingError, Position};
use crate::error::Response;
use crate::tables::{Endpoint, NextPage, Paging, Place};

impl<T> Page<T> {
    pub(crate) fn new(items: Vec<T>, response: &Response, endpoint: &Endpoint) -> Self {
        let Some(paging) = endpoint.paging() else { return Self { items, ..Self::default() } };
        let figures = Figures::read(response, endpoint, paging, items.len());
        let came = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let end = End::new(paging, &figures, response, came);
        Self {
            items,
            number: figures.number,
            limit: figures.size,
            total_items: figures.items,
            total_pages: figures.pages,
            next: end.next,
            exists: end.exists,
            continues: end.continues,
        }
    }

    /// The page of an answer that says only that there is nothing: in one stretch of time, which is not all of the list.
    pub(crate) fn empty(response: &Response) -> Self {
        Self { next: response.after.as_deref().cloned(), ..Self::default() }
    }
}

/// What an answer says of the end of its list.
struct End {
    next: Option<Position>,
    exists: bool,
    continues: bool,
}

impl End {
    fn new(paging: &Paging, figures: &Figures, response: &Response, came: i64) -> Self {
        let start = response.start;
        // How many pages or items there are before this page and up to its end, and how many in all.
        let (before, reached, total) = match paging.next {
            NextPage::Number(_, first) => {
                let before = start.saturating_sub(first);
                (before, before.saturating_add(1), figures.pages.or_else(|| pages(figures)))
            }
            NextPage::Offset(_, first) => {
                let before = start.saturating_sub(first);
                (before, before.saturating_add(came), figures.items)
            }
            NextPage::Cursor(..) | NextPage::Follow(_) | NextPage::Window(_) => (0, 0, None),
        };
        let says_more = |counted: i64| figures.more.or_else(|| Some(counted < total?));
        let (exists, continues) = (says_more(before) == Some(true), says_more(reached) == Some(true));
        let is_short = paging.short_page_ends && figures.size.is_some_and(|size| came < size);
        if says_more(reached) == Some(false) || is_short {
            return Self { next: None, exists, continues };
        }
        let kind = match paging.next {
            NextPage::Number(..) if came > 0 => start.checked_add(1).map(Kind::Number),
            NextPage::Offset(..) if came > 0 => start.checked_add(came).map(Kind::Offset),
            NextPage::Number(..) | NextPage::Offset(..) => None,
            // The list goes on behind any item, also where this one does not say how.
            NextPage::Cursor(_, Place::OfLast) if came > 0 => {
                Some(figures.next.clone().map_or(Kind::Nowhere(PagingError::Unsaid), Kind::Cursor))
            }
            NextPage::Cursor(..) => figures.next.clone().map(Kind::Cursor),
            NextPage::Follow(_) => figures.next.as_ref().map(|next| address(response, next.as_str())),
            NextPage::Window(_) => response.after.as_ref().map(|after| after.0.clone()),
        };
        Self { next: kind.map(Position), exists, continues }
    }
}

/// Where an address leads: not the address itself, for it may hold a credential.
fn address(response: &Response, next: &str) -> Kind {
    let here = response.here.as_ref().ok_or(PagingError::UnfitAddress);
    here.and_then(|here| here.kept(next)).map_or_else(Kind::Nowhere, Kind::Address)
}

/// How many pages there are, from the number of items.
fn pages(figures: &Figures) -> Option<i64> {
    let size = figures.size?;
    let items = figures.items?;
    Some(items / size + i64::from(items % size > 0))
}
