//! The public surface of each generated client and of the runtime behind it, a line an item: what a change breaks or
//! adds.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use quote::ToTokens;
use syn::{Fields, ImplItem, Item, ReturnType, Signature, TraitItem, Type, Visibility};

use crate::generated::{SPECS, files, settings};

#[test]
fn generated() {
    for spec in SPECS {
        let mut lines = String::new();
        for (_, text) in files(spec).files {
            for item in syn::parse_file(&text).unwrap().items {
                list(&item, &|_| true, &mut lines);
            }
        }
        settings().bind(|| insta::assert_snapshot!(format!("surface@{spec}"), lines));
    }
}

/// What every generated client re-exports from the runtime is as public as its own items.
#[test]
fn runtime() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client/runtime/src");
    let mut sources = Vec::new();
    read(&root, &mut sources);
    let mut names = BTreeSet::new();
    for (path, items) in &sources {
        let doors = ["public", "seams", "testing", "blocking"];
        let is_door = |item: &&Item| matches!(item, Item::Mod(module) if doors.iter().any(|door| module.ident == door));
        if path.ends_with("rt.rs") || path.ends_with("lib.rs") {
            items.iter().filter(is_door).for_each(|door| leaves(&door.to_token_stream().to_string(), &mut names));
        }
    }
    assert!(names.contains("Builder") && names.contains("Transport"), "{names:?}");
    let mut lines = String::new();
    for (_, items) in &sources {
        items.iter().for_each(|item| list(item, &|name| names.contains(name), &mut lines));
    }
    settings().bind(|| insta::assert_snapshot!("surface@runtime", lines));
}

/// Every file of a crate, in the order of their paths, without tests and without what stands for a part of it where nothing
/// is sent.
fn read(folder: &Path, sources: &mut Vec<(PathBuf, Vec<Item>)>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() && !path.ends_with("tests") {
            read(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("unsent.rs") {
            let items = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap().items;
            sources.push((path, items));
        }
    }
}

/// The names that the `use` lines of a module end in.
fn leaves(module: &str, names: &mut BTreeSet<String>) {
    let words = module.split(|c: char| !c.is_alphanumeric() && c != '_');
    names.extend(words.filter(|word| word.starts_with(char::is_uppercase)).map(str::to_owned));
}

/// The lines of one item, if it is public and wanted.
fn list(item: &Item, wanted: &dyn Fn(&str) -> bool, out: &mut String) {
    match item {
        Item::Struct(item) if is_public(&item.vis) && wanted(&item.ident.to_string()) => {
            let generics = one_line(&item.generics);
            writeln!(out, "struct {}{generics}{}", item.ident, marks(&item.attrs)).unwrap();
            for (index, field) in item.fields.iter().enumerate().filter(|(_, field)| is_public(&field.vis)) {
                let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
                writeln!(out, "struct {}::{name}: {}", item.ident, one_line(&field.ty)).unwrap();
            }
        }
        Item::Enum(item) if is_public(&item.vis) && wanted(&item.ident.to_string()) => {
            writeln!(out, "enum {}{}{}", item.ident, one_line(&item.generics), marks(&item.attrs)).unwrap();
            for variant in &item.variants {
                let fields = match &variant.fields {
                    Fields::Unit => String::new(),
                    fields => one_line(&undocumented(fields)),
                };
                writeln!(out, "enum {}::{}{fields}", item.ident, variant.ident).unwrap();
            }
        }
        Item::Trait(item) if is_public(&item.vis) && wanted(&item.ident.to_string()) => {
            writeln!(out, "trait {}{}: {}", item.ident, one_line(&item.generics), one_line(&item.supertraits)).unwrap();
            for member in &item.items {
                if let TraitItem::Fn(function) = member {
                    writeln!(out, "trait {}::{}", item.ident, signature(&function.sig)).unwrap();
                }
            }
        }
        Item::Type(item) if is_public(&item.vis) && wanted(&item.ident.to_string()) => {
            writeln!(out, "type {}{} = {}", item.ident, one_line(&item.generics), one_line(&item.ty)).unwrap();
        }
        Item::Impl(item) if wanted(&head(&item.self_ty)) => {
            let name = one_line(&item.self_ty);
            if let Some((path, _)) = &item.trait_ {
                writeln!(out, "impl {} for {name}", one_line(path)).unwrap();
                return;
            }
            for member in &item.items {
                let ImplItem::Fn(function) = member else { continue };
                if is_public(&function.vis) {
                    writeln!(out, "fn {name}::{}", signature(&function.sig)).unwrap();
                }
            }
        }
        // What there is only where calls are sent.
        Item::Macro(item) if item.mac.path.segments.last().is_some_and(|segment| segment.ident == "sends") => {
            let items = item.mac.parse_body::<syn::File>().unwrap().items;
            items.iter().for_each(|item| list(item, wanted, out));
        }
        // What a type is besides itself: the traits that the runtime's macro of this name implements for it.
        Item::Macro(item) if wanted("macro") => {
            writeln!(out, "{}!({})", one_line(&item.mac.path), one_line(&item.mac.tokens)).unwrap();
        }
        Item::Use(item) if is_public(&item.vis) && wanted("use") => writeln!(out, "{}", one_line(item)).unwrap(),
        _ => {}
    }
}

/// Derives, and whether callers may build or match it whole.
fn marks(attributes: &[syn::Attribute]) -> String {
    let shown = attributes.iter().filter(|attribute| {
        ["derive", "non_exhaustive", "must_use", "deprecated"].iter().any(|name| attribute.path().is_ident(name))
    });
    shown.map(|attribute| format!(" {}", one_line(&attribute.meta))).collect()
}

/// The first name of a type: `Page` of `Page<T>`.
fn head(ty: &Type) -> String {
    let text = one_line(ty);
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("").to_owned()
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

fn signature(signature: &Signature) -> String {
    let arguments: Vec<String> = signature.inputs.iter().map(one_line).collect();
    let result = match &signature.output {
        ReturnType::Default => String::new(),
        ReturnType::Type(_, ty) => format!(" -> {}", one_line(ty)),
    };
    let generics = one_line(&signature.generics);
    let asynchronous = if signature.asyncness.is_some() { "async " } else { "" };
    format!("{asynchronous}{}{generics}({}){result}", signature.ident, arguments.join(", "))
}

/// Tokens without the spaces that `quote` puts between them.
fn one_line(tokens: &impl ToTokens) -> String {
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
