//! What plain scalars mean: the second reader's answer, looked up by path in the tree of the first.

use serde_yaml::Value as Yaml;

use super::node::{Kind, Node, Value};
use crate::diagnostics::{Diagnostics, rules};
use crate::source::{FileId, Span, boundary};

/// Gives every scalar of the tree its meaning; `None` where the two readers do not see the same document.
pub(super) fn resolve(
    mut root: Node,
    duplicates: &[Span],
    file: FileId,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    match serde_yaml::from_str(&without(duplicates, text)) {
        Ok(yaml) => walk(&mut root, &yaml, diagnostics).then_some(root),
        Err(error) => {
            let index = error.location().map_or(0, |location| location.index());
            let at = u32::try_from(boundary(text, index)).unwrap_or_default();
            // The place follows the reason, and is shown by the diagnostic itself.
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or_default();
            diagnostics
                .report(&rules::YAML_SYNTAX, Span { file, start: at, end: at }, format!("this is not YAML: {reason}"))
                .help("a text with `:`, `#`, quotes or brackets in it is safe between quotes");
            None
        }
    }
}

/// The text with other keys where a key is repeated: the mistake is reported, and the rest must still be read.
fn without(duplicates: &[Span], text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut from = 0;
    for (number, span) in duplicates.iter().enumerate() {
        result.push_str(text.get(from..span.start as usize).unwrap_or(""));
        result.push_str(&format!("\"\\0 {number}\""));
        from = span.end as usize;
    }
    result.push_str(text.get(from..).unwrap_or(""));
    result
}

fn walk(node: &mut Node, yaml: &Yaml, diagnostics: &mut Diagnostics) -> bool {
    match (&mut node.value, yaml) {
        (Value::List(items), Yaml::Sequence(values)) if items.len() == values.len() => {
            items.iter_mut().zip(values).all(|(item, value)| walk(item, value, diagnostics))
        }
        (Value::Map(entries), Yaml::Mapping(values)) if entries.len() == values.len() => {
            let agreed = entries.iter_mut().zip(values).all(|((key, item), (name, value))| {
                if !name.is_string() {
                    diagnostics
                        .report(&rules::KEY_NOT_TEXT, key.span, format!("the key `{}` is not a text", key.text))
                        .help(format!("write `\"{}\"`", key.text));
                }
                walk(item, value, diagnostics)
            });
            let mut seen = std::collections::HashSet::new();
            entries.retain(|(key, _)| seen.insert(key.text.clone()));
            agreed
        }
        (Value::Scalar(kind, _), Yaml::String(_)) => {
            *kind = Kind::Text;
            true
        }
        (Value::Scalar(kind, _), Yaml::Number(_)) => {
            *kind = Kind::Number;
            true
        }
        (Value::Scalar(kind, _), Yaml::Bool(value)) => {
            *kind = Kind::Boolean(*value);
            true
        }
        (Value::Scalar(kind, _), Yaml::Null) => {
            *kind = Kind::Null;
            true
        }
        _ => {
            diagnostics
                .report(&rules::YAML_SYNTAX, node.at, "YAML readers do not agree on what this is")
                .help("quote it");
            false
        }
    }
}
