//! Schemes to the functions that generated clients sign by.

use std::path::Path;
use std::{fs, io};

use codegen::ir::Api;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Writes a spec of two files and reads it.
pub(crate) fn load(dir: &Path, api: &str, things: &str) -> io::Result<Api> {
    fs::create_dir_all(dir)?;
    fs::write(dir.join("api.yaml"), api)?;
    fs::write(dir.join("things.yaml"), things)?;
    codegen::load(dir).map_err(|failure| io::Error::other(format!("{failure}\n{api}")))
}

/// The signing functions of some APIs, in a file of Rust.
#[derive(Default)]
pub(crate) struct Functions {
    names: Vec<String>,
    text: String,
}

impl Functions {
    /// Adds the function that the client of an API signs by: the one in its first file that is so called.
    pub(crate) fn add(&mut self, api: &Api) -> io::Result<()> {
        let name = format!("scheme_{}", self.names.len());
        let module = codegen::emit::all(api).next().map(|artefact| artefact.tokens).unwrap_or_default();
        let function = function(module).ok_or_else(|| io::Error::other("a client has no function to sign by"))?;
        self.text.push_str(&format!("fn {name} {function}\n"));
        self.names.push(name);
        Ok(())
    }

    /// Writes all of them, and a table of them in the order they were added.
    pub(crate) fn write(self, file: &Path) -> io::Result<()> {
        let Self { names, text } = self;
        let table = format!("pub(crate) static SCHEMES: &[crate::language::Scheme] = &[{}];", names.join(", "));
        fs::write(file, format!("use client_runtime::rt;\n{text}{table}\n"))
    }
}

/// What follows `fn authenticate`, up to the end of the body: in the module or in what it has where calls are sent.
/// Whatever else names it stands further inside.
fn function(module: TokenStream) -> Option<TokenStream> {
    let is_name = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "authenticate");
    let inside = |token: TokenTree| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    };
    if !module.clone().into_iter().any(|token| is_name(&token)) {
        return module.into_iter().filter_map(inside).find_map(function);
    }
    let mut function: Vec<_> = module.into_iter().skip_while(|token| !is_name(token)).skip(1).collect();
    let end = function.iter().position(|token| inside(token.clone()).is_some())?;
    function.truncate(end + 1);
    Some(function.into_iter().collect())
}
