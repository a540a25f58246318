//! What is printed of a signed call.
//!
//! Masking does not search the finished text: the call is signed a second time with masks in the place of values, and
//! only what a digest hides is taken from the real one. What may be shown is the model's to say.

use codegen::ir::Shown;
use codegen_mock::interpret::{Request, Signed, Value};

use super::call::Call;
use super::request::{encoded, readable, signed};
use crate::Trouble;

/// What is shown of what nobody may see.
const MASK: &str = "~masked~";

/// The second can be decoded, whatever a scheme takes its secret for.
const MASKS: [&str; 2] = [MASK, "5ec7e75e"];

/// Every named step, then the request.
pub(super) fn shown(call: &Call<'_>, reveal: bool) -> Result<String, Trouble> {
    let real = signed(call, None)?;
    let names = call.api.signing.steps.iter().map(|step| step.name.wire.as_str());
    if reveal {
        let steps = names.zip(real.steps.iter().map(readable)).collect();
        return Ok(text(steps, &message(&real.request)));
    }
    let masked = MASKS.iter().find_map(|mask| Some((*mask, signed(call, Some(mask)).ok()?)));
    let (mask, masked) = masked.ok_or_else(|| {
        Trouble::Unusable("this scheme cannot be shown with masks; `--reveal` shows it as it is".to_owned())
    })?;
    let mut replaced = replacements(call, &masked, &real);
    replaced.push((mask.to_owned(), MASK.to_owned()));
    let revealed = |text: String| replaced.iter().fold(text, |text, (before, after)| text.replace(before, after));
    let marked = call.api.signing.steps.iter().zip(masked.steps.iter().zip(&real.steps));
    let steps = marked.map(|(step, (masked, real))| match step.shown {
        Shown::Whole => readable(real),
        Shown::Masked => revealed(readable(masked)),
        Shown::Hidden => MASK.to_owned(),
    });
    Ok(text(names.zip(steps).collect(), &revealed(message(&masked.request))))
}

/// What was made of masks, and what is shown instead: the real value where that may be seen, or nothing but a mask.
fn replacements(call: &Call<'_>, masked: &Signed, real: &Signed) -> Vec<(String, String)> {
    let signing = &call.api.signing;
    let placed = signing.inject.iter().zip(masked.inject.iter().zip(&real.inject));
    let placed = placed.chain(signing.send.iter().zip(masked.send.iter().zip(&real.send)));
    let placed =
        placed.filter_map(|(placement, (masked, real))| Some((placement.shown, masked.as_ref()?, real.as_ref()?)));
    let steps = signing.steps.iter().zip(masked.steps.iter().zip(&real.steps));
    let steps = steps.map(|(step, (masked, real))| (step.shown, masked, real));
    let instead = |(shown, masked, real): (Shown, &Value, &Value)| match shown {
        Shown::Whole => Some((readable(masked), readable(real))),
        Shown::Hidden => Some((readable(masked), MASK.to_owned())),
        Shown::Masked => None,
    };
    let all = steps.chain(placed).filter_map(instead).filter(|(masked, _)| !masked.is_empty());
    // In an address it is percent-encoded.
    all.flat_map(|(masked, shown)| [(encoded(&masked), encoded(&shown)), (masked, shown)]).collect()
}

/// Names and values of the steps, then the request.
fn text(steps: Vec<(&str, String)>, message: &str) -> String {
    let mut out: String = steps.iter().map(|(name, value)| format!("{name}: {}\n", quoted(value))).collect();
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
