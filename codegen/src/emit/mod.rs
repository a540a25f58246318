//! IR to files of Rust: pure, total, one emitter per artefact.

mod about;
mod alias;
mod api;
mod auth;
mod call;
mod docs;
mod encoding;
mod envelope;
mod environment;
mod error;
mod example;
mod expr;
mod operation;
mod paging;
mod resource;
mod rules;
mod rust;
mod sent;
mod spelling;
mod types;
mod union;
mod webhooks;

use proc_macro2::TokenStream;

use crate::ir::Api;

/// One file of generated code.
#[derive(Debug)]
pub struct Artefact {
    /// Where it goes below the output folder, with `/` between parts.
    pub path: String,
    /// Its items.
    pub tokens: TokenStream,
}

/// All generated files of an API: the module itself, then one file a resource. Each is made when it is asked for, so
/// that only one at a time is in memory.
pub fn all(api: &Api) -> impl Iterator<Item = Artefact> {
    let folder = &api.name.wire;
    let module = move || Artefact { path: format!("{folder}/mod.rs"), tokens: api::module(api) };
    let within = if api::stands_apart(api) { "/generated" } else { "" };
    let resources = api.resources.iter().enumerate().map(move |(index, resource)| Artefact {
        path: format!("{folder}{within}/{}.rs", resource.name.snake.trim_start_matches("r#")),
        tokens: resource::file(api, index, resource),
    });
    std::iter::once_with(module).chain(resources)
}
