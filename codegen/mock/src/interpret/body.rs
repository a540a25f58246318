//! The pairs, members and parts that a request sends, and the body that some of them make.

use super::text::{Keep, escape};

/// One pair of a query or form, or one member of an object.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) name: String,
    /// As it is signed.
    pub(crate) text: String,
    /// As it is sent, name included.
    pub(crate) written: String,
    /// It was received, but signing has not come to it yet.
    pub(crate) hidden: bool,
    /// Whether it stands among the fields that are signed.
    pub(crate) signed: bool,
}

/// The body of a request.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Body {
    pub(crate) kind: BodyKind,
    pub(crate) items: Vec<Item>,
    /// As received: sent when nothing of it is hidden.
    pub(crate) whole: Option<Vec<u8>>,
    pub(crate) content_type: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyKind {
    Json,
    Form,
    /// `multipart/form-data`: it is signed by its fields or not at all.
    Multipart,
    /// None of these: nothing can be said of its parts.
    Opaque,
}

impl Item {
    pub(crate) fn pair(name: &str, text: &str) -> Self {
        let written = format!("{}={}", escape(Keep::UNRESERVED, name), escape(Keep::UNRESERVED, text));
        Self { name: name.to_owned(), text: text.to_owned(), written, hidden: false, signed: true }
    }

    /// A part of a body, for people to read.
    pub(super) fn part(name: &str, text: &str, head: &str, shown: &str) -> Self {
        let written = format!("Content-Disposition: form-data; name=\"{}\"{head}\n\n{shown}", quoted(name));
        Self { name: name.to_owned(), text: text.to_owned(), written, hidden: false, signed: true }
    }

    pub(super) fn leave_out(&mut self) {
        self.signed = false;
    }
}

/// A text between quotes in the head of a part.
pub(super) fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

impl Body {
    /// As far as it exists; empty if there is none.
    pub(super) fn bytes(&self) -> Vec<u8> {
        match &self.whole {
            Some(whole) if !self.items.iter().any(|item| item.hidden) => whole.clone(),
            Some(_) | None => match self.kind {
                BodyKind::Form => written(&self.items, "&").into_bytes(),
                BodyKind::Json if self.items.iter().any(|item| !item.hidden) => {
                    format!("{{{}}}", written(&self.items, ",")).into_bytes()
                }
                BodyKind::Multipart if self.items.iter().any(|item| !item.hidden) => {
                    let boundary = self.content_type.split("boundary=").nth(1).unwrap_or_default();
                    let parts = self.items.iter().filter(|item| !item.hidden);
                    let parts: String = parts.map(|item| format!("--{boundary}\n{}\n", item.written)).collect();
                    format!("{parts}--{boundary}--").into_bytes()
                }
                BodyKind::Json | BodyKind::Multipart | BodyKind::Opaque => Vec::new(),
            },
        }
    }

    pub(super) fn push(&mut self, name: &str, text: &str, json: &str) {
        self.whole = None;
        self.items.push(match self.kind {
            BodyKind::Form => Item::pair(name, text),
            BodyKind::Multipart => Item::part(name, text, "", text),
            BodyKind::Json | BodyKind::Opaque => {
                let written = format!("{}:{json}", json_text(name));
                Item { name: name.to_owned(), text: text.to_owned(), written, hidden: false, signed: true }
            }
        });
    }
}

/// A text in JSON, in which only what must be escaped is.
pub(crate) fn json_text(text: &str) -> String {
    let mut json = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            '\0'..='\x1f' => json.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => json.push(character),
        }
    }
    json.push('"');
    json
}

/// Name and text of what is not hidden; two separators in a row have nothing between them.
pub(crate) fn visible(items: &[Item]) -> Vec<(String, String)> {
    let shown = items.iter().filter(|item| item.signed && !item.hidden && !item.written.is_empty());
    shown.map(|item| (item.name.clone(), item.text.clone())).collect()
}

pub(super) fn written(items: &[Item], separator: &str) -> String {
    let shown: Vec<_> = items.iter().filter(|item| !item.hidden).map(|item| item.written.as_str()).collect();
    shown.join(separator)
}
