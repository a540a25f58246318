//! A value with parts into names and texts, in the style that the spec gives it.

use codegen::ir::{Counted, Lists, Maps, Nesting, Style};
use codegen_mock::interpret::write_json;

use super::sent::Sent;

/// Names and texts, in the order in which they are sent.
pub(super) type Pairs = Vec<(String, String)>;

/// Adds the pairs of a value: of an empty list or record there is none, and null is an empty text.
///
/// # Errors
///
/// An item that would arrive as another, or as several, since commas stand between it and the others.
pub(super) fn flatten(style: &Style, name: &str, value: &Sent, pairs: &mut Pairs) -> Result<(), String> {
    match value {
        Sent::Null => pairs.push((name.to_owned(), String::new())),
        Sent::Scalar(text, _) => pairs.push((name.to_owned(), text.clone())),
        Sent::List(items) => match &style.lists {
            Lists::Named(counted) => {
                for (index, item) in items.iter().enumerate() {
                    flatten(style, &numbered(name, counted, index), item, pairs)?;
                }
            }
            Lists::Commas => {
                let text = |item: &Sent| match item {
                    Sent::Scalar(text, _) => text.clone(),
                    parts => write_json(&parts.json()),
                };
                let texts: Vec<_> = items.iter().map(text).collect();
                if let Some(at) = texts.iter().position(|text| text.contains(',')) {
                    return Err(format!("`{name}[{at}]` must not contain a comma, which is what stands between items"));
                }
                if texts.len() == 1 && texts.concat().is_empty() {
                    return Err(format!("`{name}[0]` must not be empty where it is the only item"));
                }
                pairs.push((name.to_owned(), texts.join(",")));
            }
            Lists::Json => pairs.push((name.to_owned(), write_json(&value.json()))),
        },
        Sent::Map(members) => match &style.maps {
            Maps::Nested => nest(style, name, members, value, pairs)?,
            Maps::Pairs(counted, of_name, of_value) => {
                for (index, (member, value)) in members.iter().enumerate() {
                    let item = numbered(name, counted, index);
                    pairs.push((format!("{item}{of_name}"), member.clone()));
                    flatten(style, &format!("{item}{of_value}"), value, pairs)?;
                }
            }
        },
        Sent::Record(members) => nest(style, name, members, value, pairs)?,
    }
    Ok(())
}

fn nest(style: &Style, name: &str, members: &[(String, Sent)], whole: &Sent, pairs: &mut Pairs) -> Result<(), String> {
    match &style.nesting {
        Nesting::Json => pairs.push((name.to_owned(), write_json(&whole.json()))),
        Nesting::Named(before, after) => {
            for (member, value) in members {
                flatten(style, &format!("{name}{before}{member}{after}"), value, pairs)?;
            }
        }
    }
    Ok(())
}

/// The name of an item of a list.
fn numbered(name: &str, counted: &Counted, index: usize) -> String {
    let Counted { before, first, after } = counted;
    let number = first.map(|first| (first + index).to_string()).unwrap_or_default();
    format!("{name}{before}{number}{after}")
}
