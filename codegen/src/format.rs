//! Tokens to text.

use proc_macro2::TokenStream;

/// The first line of every generated file.
const BANNER: &str = "// Generated from the spec. Do not edit: change the spec and build again.\n";

/// Formats one file. Tokens that are not Rust would be a defect of an emitter: then the file is a
/// `compile_error!` that says so.
pub(crate) fn format(tokens: TokenStream) -> String {
    let text = match syn::parse2(tokens) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => error.into_compile_error().to_string(),
    };
    format!("{BANNER}{text}")
}
