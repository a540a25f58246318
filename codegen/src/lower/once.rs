//! What a list says in two ways that mean the same.

use std::collections::{BTreeSet, HashMap};

use super::context::Cx;
use super::error::findable;
use crate::diagnostics::rules;
use crate::ir::{self, Json};
use crate::source::{Scalar, Span, Spanned};
use crate::spec::listed_twice;

/// What is listed: what is the same as it, how it is written, and where.
pub(super) type Listed<'s, K> = (K, &'s str, Span);

/// Reports all that is the same as something before it.
pub(super) fn once<'s, K: std::hash::Hash + Eq>(cx: &mut Cx<'_, '_>, listed: impl IntoIterator<Item = Listed<'s, K>>) {
    let mut known = HashMap::new();
    for (key, text, at) in listed {
        let first = *known.entry(key).or_insert(at);
        if first != at {
            listed_twice(cx.diagnostics, text, at, first);
        }
    }
}

/// The same of values that answers have. They are compared whole, however long: only errors are told by a beginning.
pub(super) fn values(cx: &mut Cx<'_, '_>, values: &[Spanned<Json>]) -> Vec<Json> {
    let words = values.iter().filter_map(|value| Some((value.spelling()?, value.span)));
    for (word, at) in words.clone() {
        findable(cx, at, "value", [word, word], 0);
    }
    once(cx, words.map(|(word, at)| (ir::code_key(word), word, at)));
    values.iter().map(|value| value.value.clone()).collect()
}

/// The same of the codes of an error, where `*` at the end of one stands for anything.
pub(super) fn codes(cx: &mut Cx<'_, '_>, codes: &[Scalar]) -> Vec<String> {
    once(cx, codes.iter().map(|code| (ir::code_key(&code.text), code.text.as_str(), code.span)));
    let open = codes.iter().filter_map(|code| Some((code.text.strip_suffix('*')?, code)));
    let open: HashMap<&str, &Scalar> = open.collect();
    let lengths: BTreeSet<usize> = open.keys().map(|start| start.len()).collect();
    for code in codes {
        let text = code.text.as_str();
        let own = text.strip_suffix('*').unwrap_or(text);
        let starts = lengths.range(..=own.len()).filter_map(|length| own.get(..*length));
        let wider = starts.filter_map(|start| open.get(start)).find(|wider| wider.text != text);
        if let Some(wider) = wider {
            let message = format!("`{text}` is one of `{}`", wider.text);
            cx.diagnostics
                .report(&rules::LISTED_TWICE, code.span, message)
                .also(wider.span, "which takes it as well")
                .help("leave it out");
        }
    }
    codes.iter().map(|code| code.text.clone()).collect()
}
