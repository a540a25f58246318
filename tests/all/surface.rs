//! The public surface of each generated client, a line an item: what a change breaks or adds.

use std::fmt::Write;

use syn::{Fields, ImplItem, Item, ReturnType, Type, Visibility};

use crate::generated::{SPECS, files, settings};

#[test]
fn surface() {
    for spec in SPECS {
        let mut lines = String::new();
        for (_, text) in files(spec).files {
            for item in syn::parse_file(&text).unwrap().items {
                list(&item, &mut lines);
            }
        }
        settings().bind(|| insta::assert_snapshot!(format!("surface@{spec}"), lines));
    }
}

fn list(item: &Item, out: &mut String) {
    match item {
        Item::Struct(item) if is_public(&item.vis) => {
            let generics = one_line(&item.generics);
            writeln!(out, "struct {}{generics}", item.ident).unwrap();
            for (index, field) in item.fields.iter().enumerate().filter(|(_, field)| is_public(&field.vis)) {
                let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
                writeln!(out, "struct {}::{name}: {}", item.ident, one_line(&field.ty)).unwrap();
            }
        }
        Item::Enum(item) if is_public(&item.vis) => {
            writeln!(out, "enum {}", item.ident).unwrap();
            for variant in &item.variants {
                let fields = match &variant.fields {
                    Fields::Unit => String::new(),
                    fields => one_line(&undocumented(fields)),
                };
                writeln!(out, "enum {}::{}{fields}", item.ident, variant.ident).unwrap();
            }
        }
        Item::Type(item) if is_public(&item.vis) => {
            writeln!(out, "type {} = {}", item.ident, one_line(&item.ty)).unwrap();
        }
        Item::Impl(item) if item.trait_.is_none() => {
            for member in &item.items {
                let ImplItem::Fn(function) = member else { continue };
                if is_public(&function.vis) {
                    writeln!(out, "fn {}::{}", self_name(&item.self_ty), signature(function)).unwrap();
                }
            }
        }
        Item::Impl(item) => {
            let (path, _) = item.trait_.as_ref().unwrap();
            writeln!(out, "impl {} for {}", one_line(path), self_name(&item.self_ty)).unwrap();
        }
        Item::Use(item) if is_public(&item.vis) => writeln!(out, "{}", one_line(item)).unwrap(),
        _ => {}
    }
}

/// Fields of a variant without what is said about them.
fn undocumented(fields: &Fields) -> Fields {
    let mut fields = fields.clone();
    fields.iter_mut().for_each(|field| field.attrs.clear());
    fields
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn self_name(ty: &Type) -> String {
    one_line(ty)
}

fn signature(function: &syn::ImplItemFn) -> String {
    let arguments: Vec<String> = function.sig.inputs.iter().map(one_line).collect();
    let result = match &function.sig.output {
        ReturnType::Default => String::new(),
        ReturnType::Type(_, ty) => format!(" -> {}", one_line(ty)),
    };
    format!("{}({}){result}", function.sig.ident, arguments.join(", "))
}

/// Tokens without the spaces that `quote` puts between them.
fn one_line(tokens: &impl quote::ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    let tight = [
        (" :: ", "::"),
        (" < ", "<"),
        (" >", ">"),
        (" ,", ","),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        ("& ", "&"),
        (" :", ":"),
        (" ;", ";"),
    ];
    tight.iter().fold(text, |text, (loose, tight)| text.replace(loose, tight))
}
