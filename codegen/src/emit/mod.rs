//! IR to files of Rust: pure, total, one emitter per artefact.

mod about;
mod api;
mod auth;
mod docs;
mod environment;
mod error;
mod expr;
mod operation;
mod resource;
mod rust;
mod types;

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

/// All generated files of an API: the module itself, then one file a resource.
pub fn all(api: &Api) -> Vec<Artefact> {
    let folder = &api.name.wire;
    let module = Artefact { path: format!("{folder}/mod.rs"), tokens: api::module(api) };
    let resources = api.resources.iter().enumerate().map(|(index, resource)| Artefact {
        path: format!("{folder}/{}.rs", resource.name.snake.trim_start_matches("r#")),
        tokens: resource::file(api, index, resource),
    });
    std::iter::once(module).chain(resources).collect()
}
