//! What an answer says of the list that it is a page of.

use http::header::HeaderMap;

use super::link;
use crate::error::Response;
use crate::json::{Read, ReadResult, Reader, Scalar, Want, find, key_of, same_code, written_out};
use crate::tables::{Endpoint, NextPage, Paging, Place};
use crate::values::NumberOrText;

/// What an answer says, as far as it can be read: what is missing or of another kind says nothing.
pub(super) struct Figures {
    pub(super) items: Option<i64>,
    pub(super) pages: Option<i64>,
    pub(super) number: Option<i64>,
    pub(super) size: Option<i64>,
    /// Whether there is another page.
    pub(super) more: Option<bool>,
    /// A cursor or an address.
    pub(super) next: Option<NumberOrText>,
}

impl Figures {
    pub(super) fn read(response: &Response, endpoint: &Endpoint, paging: &Paging, came: usize) -> Self {
        let next = match paging.next {
            NextPage::Cursor(_, place) | NextPage::Follow(place) => place,
            NextPage::Number(..) | NextPage::Offset(..) | NextPage::Window(_) => Place::Nowhere,
        };
        let places = [paging.items, paging.pages, paging.number, paging.size, paging.more, next];
        let [items, pages, number, size, more, next] = words(response, places);
        let next =
            if let NextPage::Cursor(_, Place::OfLast) = paging.next { of_last(response, endpoint, came) } else { next };
        let count = |word: Option<NumberOrText>| {
            let number = word?.as_str().trim().parse().ok()?;
            (number >= 0).then_some(number)
        };
        let next = next.filter(|next| !next.as_str().is_empty());
        let next = match (paging.next, next) {
            (NextPage::Follow(Place::InHeader(name)), Some(header)) if name.eq_ignore_ascii_case("link") => {
                link::next(header.as_str()).map(NumberOrText::from)
            }
            (_, next) => next,
        };
        Self {
            items: count(items),
            pages: count(pages),
            number: count(number),
            // A page for no items is none that could be full.
            size: count(size).filter(|size| *size > 0),
            more: match paging.more {
                Place::Nowhere => None,
                Place::InHeader(_) | Place::At(_) | Place::OfLast => Some(is_yes(more.as_ref(), paging.more_is)),
            },
            next,
        }
    }
}

/// Whether a word says yes: one of these, or else whatever is no no. A flag that is not there is `false`, as null is.
fn is_yes(word: Option<&NumberOrText>, words: &[&str]) -> bool {
    let word = match word {
        Some(number) if number.is_number() => written_out(number.as_str()),
        word => word.map_or("false", NumberOrText::as_str).into(),
    };
    match words {
        [] => !matches!(word.trim().to_ascii_lowercase().as_str(), "" | "0" | "false" | "no" | "n" | "f"),
        words => words.iter().any(|one| same_code(one, &word)),
    }
}

/// What stands in each of these places; the body is gone through once, and not at all for headers.
fn words<const N: usize>(response: &Response, places: [Place; N]) -> [Option<NumberOrText>; N] {
    let mut words = places.map(|place| match place {
        Place::InHeader(name) => Word(header(response.headers(), name)),
        Place::Nowhere | Place::At(_) | Place::OfLast => Word(None),
    });
    let mut wants = Vec::new();
    for (place, word) in places.iter().zip(&mut words) {
        if let Place::At(path) = place {
            wants.push(Want::new(path, word));
        }
    }
    if !wants.is_empty() {
        // The items were read from it, so that it is sound; an answer without a body has none of them.
        let _ = find(&response.body, &mut wants);
    }
    drop(wants);
    words.map(|word| word.0)
}

/// Where in an answer the items stand.
pub(super) fn list(response: &Response, endpoint: &Endpoint) -> Vec<&'static str> {
    let payload = endpoint.envelope.payload;
    let key = endpoint.payload.key().map(|key| key_of(&response.body, payload, key, endpoint.also_under));
    payload.iter().copied().chain(key).collect()
}

/// What the last item of a page has that leads to the next: in the first of its places where there is something.
fn of_last(response: &Response, endpoint: &Endpoint, came: usize) -> Option<NumberOrText> {
    let last = came.checked_sub(1)?.to_string();
    let list = list(response, endpoint);
    let item = [list.as_slice(), &[last.as_str()]].concat();
    // An item that stands for the list of it has no number.
    let alone = (endpoint.or_one && came == 1).then_some(list);
    let items = std::iter::once(item).chain(alone);
    let paths: Vec<Vec<&str>> =
        items.flat_map(|item| endpoint.last.iter().map(move |path| [item.as_slice(), path].concat())).collect();
    let mut words: Vec<Word> = paths.iter().map(|_| Word(None)).collect();
    let mut wants: Vec<_> = paths.iter().zip(&mut words).map(|(path, word)| Want::new(path, word)).collect();
    let _ = find(&response.body, &mut wants);
    drop(wants);
    words.into_iter().filter_map(|word| word.0).find(|word| !word.as_str().is_empty())
}

/// A header may stand there several times, as a list does.
fn header(headers: &HeaderMap, name: &str) -> Option<NumberOrText> {
    let values: Vec<&str> = headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
    (!values.is_empty()).then(|| values.join(", ").trim().into())
}

/// A text, a number or a yes; nothing for anything else.
#[derive(Debug)]
struct Word(Option<NumberOrText>);

impl Read for Word {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.scalar("a text or a number", &mut |found| {
            self.0 = match found {
                Scalar::Number(text) => Some(NumberOrText::number(text)),
                Scalar::Text(text) => Some(text.into()),
                Scalar::Boolean(yes) => Some(if yes { "true" } else { "false" }.into()),
                Scalar::Null => None,
            };
            true
        })
    }
}
