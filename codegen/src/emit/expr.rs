//! Signing expressions as straight code.
//!
//! What a step holds may be used again: its texts and bytes are lent, its fields and lists copied. Everything else
//! is given on.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::rust::{ident, snake};
use crate::expr::{FUNCTIONS, SOURCES};
use crate::ir::{ClockPart, Credential, EscapeProfile, Expr, ExprKind, Function, Source, Step, ValueType};

/// What expressions refer to by number.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) credentials: &'a [Credential],
    pub(super) steps: &'a [Step],
}

/// Code whose value can be kept while the call goes on: nothing in it is lent by the call.
pub(super) fn owned(expr: &Expr, scope: Scope<'_>) -> TokenStream {
    let code = code(expr, scope);
    let is_made = matches!(expr.kind, ExprKind::Call(..));
    match expr.ty {
        ValueType::Fields | ValueType::List | ValueType::ByteList => quote!(#code.own()),
        ValueType::Text | ValueType::Bytes if !is_made => copied(expr, scope),
        ValueType::Text | ValueType::Bytes | ValueType::Number | ValueType::Time => code,
    }
}

/// Code of a value that joins the call, which takes what it needs of it.
pub(super) fn sent(expr: &Expr, scope: Scope<'_>) -> TokenStream {
    let outlives = |source: &Source| {
        matches!(source, Source::Step(_) | Source::Credential(_) | Source::Method | Source::Scheme | Source::Path)
    };
    match &expr.kind {
        ExprKind::Text(_) => code(expr, scope),
        ExprKind::Source(source) if outlives(source) => argument(expr, scope),
        _ => owned(expr, scope),
    }
}

/// Code that says whether there is nothing in a value.
pub(super) fn is_empty(expr: &Expr, scope: Scope<'_>) -> TokenStream {
    let code = argument(expr, scope);
    match expr.ty {
        ValueType::Fields | ValueType::List | ValueType::ByteList => quote!(#code.is_empty()),
        ValueType::Text | ValueType::Bytes | ValueType::Number | ValueType::Time => quote!(rt::is_empty(#code)),
    }
}

fn code(expr: &Expr, scope: Scope<'_>) -> TokenStream {
    match &expr.kind {
        ExprKind::Text(text) => quote!(#text),
        ExprKind::Number(number) => {
            let number = Literal::i64_unsuffixed(*number);
            quote!(#number)
        }
        ExprKind::Escape(profile) => escape(*profile),
        ExprKind::Clock(parts) => {
            let parts = parts.iter().map(clock);
            quote!(&[#(#parts),*])
        }
        ExprKind::Methods(methods) => {
            let methods = methods.iter().map(|method| method.as_str());
            quote!(#(#methods)|*)
        }
        ExprKind::Source(source) => self::source(*source, scope),
        ExprKind::Call(function, arguments) => call(*function, arguments, scope),
    }
}

fn source(source: Source, scope: Scope<'_>) -> TokenStream {
    match source {
        Source::Credential(index) => {
            let index = Literal::usize_unsuffixed(index);
            quote!(call.credential(#index))
        }
        Source::Step(index) => {
            let step = &scope.steps[index];
            let name = snake(&step.name);
            match step.value.ty {
                ValueType::Fields | ValueType::List | ValueType::ByteList => quote!(#name.clone()),
                ValueType::Text | ValueType::Bytes | ValueType::Number | ValueType::Time => quote!(#name),
            }
        }
        Source::Params => quote!(call.params()?),
        Source::BodyParams => quote!(call.body_params()?),
        Source::BodyLeaves => quote!(call.body_leaves()?),
        other => {
            let name = SOURCES.iter().filter(|row| row.source == other).map(|row| ident(row.name));
            quote!(call.#(#name)*())
        }
    }
}

/// A value as an argument: what a step holds is lent.
pub(super) fn argument(expr: &Expr, scope: Scope<'_>) -> TokenStream {
    let code = code(expr, scope);
    match (&expr.kind, expr.ty) {
        (ExprKind::Source(Source::Step(_)), ValueType::Text | ValueType::Bytes) => quote!(&#code),
        _ => code,
    }
}

/// A text or bytes that are held by nobody else.
fn copied(expr: &Expr, scope: Scope<'_>) -> TokenStream {
    let code = argument(expr, scope);
    match expr.ty {
        ValueType::Text => quote!(rt::text(#code)),
        ValueType::Bytes => quote!(rt::octets(#code)),
        ValueType::Fields | ValueType::List | ValueType::ByteList | ValueType::Number | ValueType::Time => code,
    }
}

/// A part as a reference to a text, or to bytes.
fn part(expr: &Expr, in_bytes: bool, scope: Scope<'_>) -> TokenStream {
    let code = code(expr, scope);
    let is_lent = match &expr.kind {
        ExprKind::Text(_) => true,
        ExprKind::Source(source) => {
            !matches!(source, Source::Step(_) | Source::Authority | Source::Target | Source::Url)
        }
        _ => false,
    };
    match (expr.ty, in_bytes) {
        (ValueType::Number, true) => quote!(rt::decimal(#code).as_bytes()),
        (ValueType::Number, false) => quote!(&rt::decimal(#code)),
        (ValueType::Text, true) => quote!(#code.as_bytes()),
        _ if is_lent => code,
        _ => quote!(&#code),
    }
}

/// Each argument is rendered once: calls stand in calls, and what each renders twice doubles at every level.
fn call(function: Function, arguments: &[Expr], scope: Scope<'_>) -> TokenStream {
    let in_bytes = arguments.iter().any(|argument| argument.ty == ValueType::Bytes);
    let name = ident(name(function, in_bytes));
    let Some((first, rest)) = arguments.split_first() else {
        // What is drawn for an attempt, which may fail.
        return quote!(call.#name()?);
    };
    let one = |argument: &Expr| self::argument(argument, scope);
    let each = |arguments: &[Expr]| arguments.iter().map(one).collect::<Vec<_>>();
    let parts = |arguments: &[Expr]| {
        let parts = arguments.iter().map(|argument| part(argument, in_bytes, scope));
        quote!(&[#(#parts),*])
    };
    let branches = || rest.iter().map(|argument| copied(argument, scope));
    let table = || {
        let pairs = rest.chunks(2).map(|pair| {
            let pair = each(pair);
            quote!((#(#pair),*))
        });
        quote!(&[#(#pairs),*])
    };
    match function {
        Function::Header => {
            let header = match &first.kind {
                ExprKind::Text(name) => name.to_ascii_lowercase(),
                _ => String::new(),
            };
            quote!(call.#name(#header)?)
        }
        Function::NonceHex | Function::Get => {
            let arguments = each(arguments);
            quote!(call.#name(#(#arguments),*)?)
        }
        Function::Join => {
            let (list, of, rest) = (one(first), origin(first, scope), each(rest));
            quote!(call.filled(#list, #of)?.#name(#(#rest),*))
        }
        function if function.decodes() => {
            let (text, of) = (one(first), origin(first, scope));
            quote!(call.#name(#text, #of)?)
        }
        Function::IfEmpty => {
            let (empty, branches) = (is_empty(first, scope), branches());
            quote!(if #empty #({ #branches }) else *)
        }
        Function::IfMethod => {
            let (methods, branches) = (one(first), branches());
            quote!(if matches!(call.method(), #methods) #({ #branches }) else *)
        }
        Function::Concat | Function::ListOf => {
            let parts = parts(arguments);
            quote!(rt::#name(#parts))
        }
        Function::JoinParts => {
            let (separator, parts) = (one(first), parts(rest));
            quote!(rt::#name(#separator, #parts))
        }
        Function::Field => {
            let (field, value) = (one(first), rest.iter().map(|argument| (one(argument), argument.ty)));
            let value = value.map(|(code, ty)| match ty {
                ValueType::Number => quote!(rt::decimal(#code)),
                _ => code,
            });
            quote!(rt::#name(#field, #(#value)*))
        }
        Function::Replace => {
            let (text, table) = (one(first), table());
            quote!(rt::#name(#text, #table))
        }
        Function::ReplaceNames | Function::ReplaceValues => {
            let (fields, table) = (one(first), table());
            quote!(#fields.#name(#table))
        }
        Function::Drop | Function::Keep | Function::KeepAll => {
            let (fields, names) = (one(first), each(rest));
            quote!(#fields.#name(&[#(#names),*]))
        }
        _ if matches!(first.ty, ValueType::Fields | ValueType::List | ValueType::ByteList) => {
            let (on, rest) = (one(first), each(rest));
            quote!(#on.#name(#(#rest),*))
        }
        _ => {
            let arguments = each(arguments);
            quote!(rt::#name(#(#arguments),*))
        }
    }
}

/// What the runtime calls a function: as expressions do, but for what has one name there for several things.
fn name(function: Function, in_bytes: bool) -> &'static str {
    match (function, in_bytes) {
        (Function::Header, _) => "header_value",
        (Function::TextOf, _) => "utf8",
        (Function::FormatTime, _) => "format_time",
        (Function::Concat, true) => "concat_bytes",
        (Function::JoinParts, true) => "join_bytes",
        (Function::ListOf, true) => "byte_list",
        _ => FUNCTIONS.iter().find(|row| row.function == function).map_or("text", |row| row.name),
    }
}

/// What an error calls a value that turns out to be something else.
fn origin(expr: &Expr, scope: Scope<'_>) -> String {
    match &expr.kind {
        ExprKind::Source(Source::Credential(index)) => {
            scope.credentials.get(*index).map_or_else(|| crate::lower::SECRET.to_owned(), |it| it.name.wire.clone())
        }
        ExprKind::Source(Source::Step(index)) => scope.steps[*index].name.wire.clone(),
        ExprKind::Source(other) => {
            let row = SOURCES.iter().find(|row| row.source == *other);
            row.map_or_else(String::new, |row| row.name.to_owned())
        }
        ExprKind::Text(text) => text.clone(),
        ExprKind::Call(Function::Get | Function::GetOr, arguments) => {
            arguments.get(1).map_or_else(String::new, |name| origin(name, scope))
        }
        ExprKind::Call(function, arguments) => {
            arguments.first().map_or_else(|| name(*function, false).to_owned(), |first| origin(first, scope))
        }
        ExprKind::Number(_) | ExprKind::Escape(_) | ExprKind::Clock(_) | ExprKind::Methods(_) => String::new(),
    }
}

fn escape(profile: EscapeProfile) -> TokenStream {
    match profile {
        EscapeProfile::Rfc3986 => quote!(rt::Escape::Rfc3986),
        EscapeProfile::Rfc3986Path => quote!(rt::Escape::Rfc3986Path),
        EscapeProfile::Form => quote!(rt::Escape::Form),
    }
}

fn clock(part: &ClockPart) -> TokenStream {
    match part {
        ClockPart::Literal(text) => quote!(rt::ClockPart::Text(#text)),
        ClockPart::Year => quote!(rt::ClockPart::Year),
        ClockPart::Month => quote!(rt::ClockPart::Month),
        ClockPart::Day => quote!(rt::ClockPart::Day),
        ClockPart::Hour => quote!(rt::ClockPart::Hour),
        ClockPart::Minute => quote!(rt::ClockPart::Minute),
        ClockPart::Second => quote!(rt::ClockPart::Second),
        ClockPart::Millisecond => quote!(rt::ClockPart::Millisecond),
        ClockPart::Weekday => quote!(rt::ClockPart::Weekday),
        ClockPart::MonthName => quote!(rt::ClockPart::MonthName),
    }
}
