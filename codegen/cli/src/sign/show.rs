//! What is printed of a signed call.
//!
//! Masking does not search the finished text: the call is signed a second time with masks in the place of values, and
//! what may be shown of the real one takes the place of what masks come to. What that is is the model's to say.

use codegen::ir::Shown;
use codegen_mock::interpret::{Masks, Request, Value};

use super::call::Call;
use super::request::{readable, signed};
use crate::Trouble;

/// What is shown of what nobody may see.
const MASK: &str = "~masked~";

/// Every named step, then the request.
pub(super) fn shown(call: &Call<'_>, reveal: bool) -> Result<String, Trouble> {
    let real = signed(call, None)?;
    let names = call.api.signing.steps.iter().map(|step| step.name.wire.as_str());
    if reveal {
        let steps = names.zip(real.steps.iter().map(printed)).collect();
        return Ok(text(steps, &message(&real.request)));
    }
    let masked = signed(call, Some(Masks { real: &real, mask: MASK })).map_err(|_| {
        Trouble::Unusable("this call cannot be shown with masks; `--reveal` shows it as it is".to_owned())
    })?;
    let marked = call.api.signing.steps.iter().zip(masked.steps.iter().zip(&real.steps));
    let steps = marked.map(|(step, (masked, real))| match step.shown {
        Shown::Hidden if masked != real => quoted(MASK),
        Shown::Whole | Shown::Masked | Shown::Hidden => printed(masked),
    });
    Ok(text(names.zip(steps).collect(), &message(&masked.request)))
}

/// Names and values of the steps, then the request.
fn text(steps: Vec<(&str, String)>, message: &str) -> String {
    let mut out: String = steps.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    if !steps.is_empty() {
        out.push('\n');
    }
    out + message
}

/// Request line, headers and body, as they are sent.
fn message(request: &Request) -> String {
    let mut out = format!("{} {}\n", request.method(), request.target());
    for (name, value) in request.headers() {
        out.push_str(&format!("{name}: {value}\n"));
    }
    let body = request.body();
    if !body.is_empty() {
        out.push_str(&format!("\n{}\n", String::from_utf8_lossy(&body)));
    }
    out
}

/// In quotes, but for what is JSON.
fn printed(value: &Value) -> String {
    match value {
        Value::Fields(_) | Value::List(_) | Value::ByteList(_) => readable(value),
        Value::Text(_) | Value::Bytes(_) | Value::Number(_) | Value::Time(_) => quoted(&readable(value)),
    }
}

/// In quotes, with what cannot be seen escaped: a space at the end counts.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            control if control.is_control() => out.extend(control.escape_default()),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}
