//! How lists are cut into pages, as a table.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::code;
use super::{envelope, operation, rules};
use crate::ir::{Api, Fallback, Json, Leads, NextPage, Operation, Pagination, Paging, Parameter, Spot, Totals, Type};

/// ```text
/// rt::paging(rt::NextPage::Number("page", 1)).totals(rt::Place::InHeader("X-Items"), …)
/// ```
pub(super) fn table(api: &Api, paging: &Paging, parameters: &[Parameter]) -> TokenStream {
    let next = match &paging.next {
        NextPage::Number { parameter, first } => {
            let first = Literal::i64_unsuffixed(*first);
            quote!(rt::NextPage::Number(#parameter, #first))
        }
        NextPage::Offset { parameter, first } => {
            let first = Literal::i64_unsuffixed(*first);
            quote!(rt::NextPage::Offset(#parameter, #first))
        }
        NextPage::Cursor { parameter, at } => {
            let at = match at {
                Leads::Answer(spot) => place(spot),
                Leads::Item(_) => quote!(rt::Place::OfLast),
            };
            quote!(rt::NextPage::Cursor(#parameter, #at))
        }
        NextPage::Follow(spot) => {
            let at = place(spot);
            quote!(rt::NextPage::Follow(#at))
        }
        NextPage::Window { from, to, seconds } => {
            let kind = rules::moment(bound(api, parameters, from));
            let seconds = Literal::u32_unsuffixed(*seconds);
            let closed = paging.inclusive.then(|| quote!(.closed()));
            quote!(rt::NextPage::Window(rt::window::<rt::#kind>(#from, #to, #seconds) #closed))
        }
    };
    let more = (!paging.more.value.is_nowhere()).then(|| {
        let (more, words) = (place(&paging.more.value), paging.more_is.iter().filter_map(Json::spelling));
        quote!(.more(#more, &[#(#words),*]))
    });
    let short = paging.short_page_ends.map(|_| quote!(.short_page_ends()));
    let repeats = paging.repeats.as_ref().map(|names| quote!(.repeats(&[#(#names),*])));
    let totals = (paging.totals != Totals::default()).then(|| {
        let Totals { items, pages, page, limit } = &paging.totals;
        let places = [items, pages, page, limit].map(place);
        quote!(.totals(#(#places),*))
    });
    // Days do not overlap.
    let is_of_days =
        matches!(&paging.next, NextPage::Window { from, .. } if *bound(api, parameters, from) == Type::Date);
    let inclusive = (paging.inclusive && !is_of_days).then(|| quote!(.inclusive()));
    let limit = paging.limit.as_ref().filter(|_| paging.judges_full()).map(|limit| {
        let assumed = match assumed(parameters, limit).map(Literal::usize_unsuffixed) {
            Some(size) => quote!(Some(#size)),
            None => quote!(None),
        };
        quote!(.limit(#limit, #assumed))
    });
    quote!(rt::paging(#next) #more #inclusive #limit #short #repeats #totals)
}

/// What is asked for with the first page, where that is not what it most often is.
pub(super) fn first(next: &NextPage) -> Option<String> {
    match next {
        NextPage::Number { parameter, first } if *first != 1 => {
            Some(format!("the first page has the {} {first}", code(parameter)))
        }
        NextPage::Offset { parameter, first } if *first != 0 => {
            Some(format!("the first item has the {} {first}", code(parameter)))
        }
        _ => None,
    }
}

/// The number that the server takes for a parameter that is not given, where that is documented.
fn assumed(parameters: &[Parameter], name: &str) -> Option<usize> {
    let parameter = parameters.iter().find(|parameter| parameter.name.wire == name)?;
    let Fallback::Server(text) = &parameter.fallback else { return None };
    text.value.parse().ok()
}

/// What an end of a stretch of time is.
fn bound<'a>(api: &'a Api, parameters: &'a [Parameter], name: &str) -> &'a Type {
    let parameter = parameters.iter().find(|parameter| parameter.name.wire == name);
    parameter.map_or(&Type::DateTime, |parameter| api.bare(&parameter.ty))
}

/// ```text
/// const LAST: &'static [rt::Path] = &[&["id"]];
/// ```
pub(super) fn last(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let NextPage::Cursor { at: Leads::Item(path), .. } = &api.paging_of(operation)?.next else { return None };
    let places = api.item_places(operation, &path.value).unwrap_or_default();
    let places = places.iter().map(|(place, _)| envelope::path(place));
    Some(quote! { const LAST: &'static [rt::Path] = &[#(#places),*]; })
}

fn place(spot: &Spot) -> TokenStream {
    let (header, steps) = (&spot.header, &spot.at.0);
    match (header.is_empty(), steps.is_empty()) {
        (false, _) => quote!(rt::Place::InHeader(#header)),
        (true, false) => quote!(rt::Place::At(&[#(#steps),*])),
        (true, true) => quote!(rt::Place::Nowhere),
    }
}

/// How a list is read where calls can be sent.
pub(super) fn streams(api: &Api) -> Option<TokenStream> {
    has_pages(api).then(|| {
        quote! {
            impl<O: rt::Paged> Call<O> {
                /// Every item from this page on, page by page.
                pub fn stream(self) -> rt::Items<O> {
                    self.0.items()
                }
                /// Every page from this one on.
                pub fn pages(self) -> rt::Pages<O> {
                    self.0.pages()
                }
                /// Asks for the page at a position in this list, as `next` of another page has given it.
                pub fn resume(self, position: rt::Position) -> Self {
                    Self(self.0.resume(position))
                }
            }
        }
    })
}

/// The setters of every operation that is paged, where all are paged in the same way.
pub(super) fn setters_of_all(api: &Api) -> Option<TokenStream> {
    let pagination = api.pagination.as_ref().filter(|_| has_pages(api) && !api.has_own_paging())?;
    let setters = setters(api, pagination);
    Some(quote! {
        impl<O: rt::Paged> Call<O> {
            #setters
        }
    })
}

fn has_pages(api: &Api) -> bool {
    api.operations().any(|(_, operation)| operation.is_paged())
}

/// The setters of one operation that is paged as the API says, where others are not.
pub(super) fn own_setters(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let is_alone = api.has_own_paging() && operation.is_paged() && operation.paging.is_none();
    api.pagination.as_ref().filter(|_| is_alone).map(|pagination| setters(api, pagination))
}

fn setters(api: &Api, pagination: &Pagination) -> TokenStream {
    let all = &pagination.parameters;
    all.iter().map(|parameter| operation::setter(api, parameter, all, Some(&pagination.paging))).collect()
}
