//! Encodings as constants of the runtime.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{BodyKind, Counted, Encoding, Lists, Maps, Nesting, Style};

/// `rt::Encoding::form(rt::Style::BRACKETS.items("[", Some(0), "]"))`
pub(super) fn encoding(encoding: &Encoding) -> TokenStream {
    let style = style(&encoding.style);
    match encoding.body {
        BodyKind::Json => quote!(rt::Encoding::json(#style)),
        BodyKind::Form => quote!(rt::Encoding::form(#style)),
        BodyKind::Multipart => quote!(rt::Encoding::multipart(#style)),
        BodyKind::List => quote!(rt::Encoding::list(#style)),
    }
}

/// What differs from the usual style.
pub(super) fn style(style: &Style) -> TokenStream {
    let usual = Style::default();
    let members = (style.nesting != usual.nesting).then(|| match &style.nesting {
        Nesting::Named(before, after) => quote!(.members(#before, #after)),
        Nesting::Json => quote!(.members_as_json()),
    });
    let items = (style.lists != usual.lists).then(|| match &style.lists {
        Lists::Named(counted) => {
            let counted = self::counted(counted);
            quote!(.items(#counted))
        }
        Lists::Commas => quote!(.items_by_commas()),
        Lists::Json => quote!(.items_as_json()),
    });
    let entries = match &style.maps {
        Maps::Nested => None,
        Maps::Pairs(counted, name, value) => {
            let counted = self::counted(counted);
            Some(quote!(.entries(#counted, [#name, #value])))
        }
    };
    quote!(rt::Style::BRACKETS #members #items #entries)
}

fn counted(Counted { before, first, after }: &Counted) -> TokenStream {
    let first = match first.map(Literal::usize_unsuffixed) {
        Some(first) => quote!(Some(#first)),
        None => quote!(None),
    };
    quote!(#before, #first, #after)
}
