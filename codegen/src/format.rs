//! Tokens to text.

use std::borrow::Cow;

use proc_macro2::TokenStream;

/// The first line of every generated file.
const BANNER: &str = "// Generated from the spec. Do not edit: change the spec and build again.\n";

/// What parts the lines of one piece of documentation until it is printed. No text has it: documentation has no
/// control characters.
pub(crate) const LINE_BREAK: char = '\u{1}';

/// What a generated module has only where calls can be sent stands in a module of this name until it is printed: the
/// contents of a macro would be no items to the printer.
pub(crate) const WITHIN_SENDS: &str = "within_sends";

/// Formats one file. Tokens that are not Rust would be a defect of an emitter: then the file is a
/// `compile_error!` that says so.
pub(crate) fn format(tokens: TokenStream) -> String {
    let text = match syn::parse2(tokens) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => error.into_compile_error().to_string(),
    };
    let mut file = String::with_capacity(BANNER.len() + text.len() * 5 / 4);
    file.push_str(BANNER);
    text.split_inclusive('\n').for_each(|line| push_line(&mut file, line));
    file
}

/// Adds a line of code, or each of documentation with its indent and its slashes.
fn push_line(file: &mut String, line: &str) {
    let Some((first, rest)) = line.split_once(LINE_BREAK) else { return file.push_str(&sends(line)) };
    file.push_str(first);
    let start = first.find("//").and_then(|slashes| first.get(..slashes + 3)).unwrap_or_default();
    for line in rest.split(LINE_BREAK) {
        file.truncate(file.trim_end_matches(' ').len());
        file.push('\n');
        file.push_str(start);
        file.push_str(line);
    }
}

/// The line that opens such a module opens the macro.
fn sends(line: &str) -> Cow<'_, str> {
    match line.trim().strip_prefix("mod ").and_then(|rest| rest.strip_suffix(" {")) {
        Some(WITHIN_SENDS) => line.replace(&format!("mod {WITHIN_SENDS}"), "rt::sends!").into(),
        _ => line.into(),
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn documentation_is_printed_line_by_line_where_it_stands() {
        let (of_item, of_field) = ("\u{1} a  \u{1}\u{1} b // c", " d\u{1} e ");
        let file = quote! {
            #[doc = #of_item]
            pub struct A {
                #[doc = #of_field]
                pub f: &'static str,
            }
            pub const B: &str = "//\u{1}";
            pub const C: &str = "//é";
        };
        let printed = "///\n/// a\n///\n/// b // c\npub struct A {\n    /// d\n    /// e\n    pub f: &'static str,\n}\n\
                       pub const B: &str = \"//\\u{1}\";\npub const C: &str = \"//é\";\n";
        assert_eq!(format(file), format!("{BANNER}{printed}"));
    }
}
