//! What is printed of a signed call.
//!
//! Masking does not search the finished text: the call is signed a second time with masks in the place of values, and
//! only what a digest hides is taken from the real one.

use codegen_mock::interpret::{Request, Signed};

use super::call::{Call, Target};
use super::request::{encoded, readable, signed};
use crate::Trouble;

/// The second can be decoded, whatever a scheme takes its secret for.
const MASKS: [&str; 2] = ["~masked~", "5ec7e75e"];

/// Every named step, then the request.
pub(super) fn shown(call: &Call<'_>, reveal: bool) -> Result<String, Trouble> {
    let real = signed(call, None)?;
    if reveal {
        return Ok(text(call, &real, &[]));
    }
    let masked = MASKS.iter().find_map(|mask| signed(call, Some(mask)).ok());
    let masked = masked.ok_or_else(|| {
        Trouble::Unusable("this scheme cannot be shown with masks; `--reveal` shows it as it is".to_owned())
    })?;
    // What stands for a digest of masks, and the digest itself.
    let is_signed = !matches!(call.target, Target::Operation(operation) if !operation.signed);
    let steps = call.api.signing.steps.iter().filter(|_| is_signed);
    let digests: Vec<(String, String)> = steps
        .zip(masked.steps.iter().zip(&real.steps))
        .filter(|(step, _)| step.digested)
        .map(|(_, (masked, real))| (readable(masked), readable(real)))
        .filter(|(masked, _)| !masked.is_empty())
        // In an address it is percent-encoded.
        .flat_map(|(masked, real)| [(encoded(&masked), encoded(&real)), (masked, real)])
        .collect();
    Ok(text(call, &masked, &digests))
}

fn text(call: &Call<'_>, signed: &Signed, digests: &[(String, String)]) -> String {
    let revealed = |text: String| digests.iter().fold(text, |text, (masked, real)| text.replace(masked, real));
    let mut out = String::new();
    for (step, value) in call.api.signing.steps.iter().zip(&signed.steps) {
        out.push_str(&format!("{}: {}\n", step.name.wire, quoted(&revealed(readable(value)))));
    }
    if !signed.steps.is_empty() {
        out.push('\n');
    }
    out.push_str(&revealed(message(&signed.request)));
    out
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
