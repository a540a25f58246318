//! What comes out against what is expected, and how much of a difference may be shown.
//!
//! A file of vectors holds secrets, and where it is checked others may read along. A value is shown if it comes out the
//! same where masks stand for secrets, or if the model says that it may be seen.

use codegen::ir::{Carrier, Placement, Shown};
use codegen_mock::interpret::{Masks, Request, Signed, Value};

use super::call::Call;
use super::request::{readable, signed};
use crate::Trouble;

/// Whatever a scheme takes its secret for, this can be decoded.
const MASK: &str = "5ec7e75e";

/// A signed call, of which it is known what may be seen.
pub(super) struct Outcome<'a> {
    call: &'a Call<'a>,
    real: Signed,
    /// Of masks; nothing if it is all to be seen, or if nothing comes out of masks.
    masked: Option<Signed>,
    reveal: bool,
}

/// What one thing of a call comes to.
pub(super) struct Computed {
    octets: Vec<u8>,
    /// Whether it is written in hexadecimal.
    pub(super) is_hex: bool,
    is_seen: bool,
}

impl<'a> Outcome<'a> {
    /// Signs a call.
    pub(super) fn new(call: &'a Call<'a>, reveal: bool) -> Result<Self, Trouble> {
        let real = signed(call, None)?;
        let masked = if reveal { None } else { signed(call, Some(Masks { real: &real, mask: MASK })).ok() };
        Ok(Self { call, real, masked, reveal })
    }

    /// A step, by its place among them.
    pub(super) fn step(&self, index: usize) -> Option<Computed> {
        let is_whole = self.call.api.signing.steps.get(index).is_some_and(|step| step.shown == Shown::Whole);
        let value = self.real.steps.get(index)?;
        let (octets, is_hex) = match value {
            Value::Bytes(bytes) => (bytes.clone(), true),
            other => (readable(other).into_bytes(), false),
        };
        let is_seen = is_whole || self.is_same(|signed| signed.steps.get(index).cloned());
        Some(Computed { octets, is_hex, is_seen: is_seen || self.reveal })
    }

    /// The headers of a name in any case, in the order in which they are sent.
    pub(super) fn headers(&self, name: &str) -> Vec<Computed> {
        let of = |request: &Request, index: usize| {
            let headers = request.headers().into_iter().filter(|(header, _)| header.eq_ignore_ascii_case(name));
            headers.map(|(_, value)| value.into_bytes()).nth(index)
        };
        let is_it = |it: &Placement| it.carrier == Carrier::Header && it.name.wire.eq_ignore_ascii_case(name);
        let is_whole = self.is_whole(is_it);
        (0..).map_while(|index| self.sent(|request| of(request, index), is_whole)).collect()
    }

    /// A field of the query or the body.
    pub(super) fn field(&self, name: &str) -> Option<Computed> {
        let of = |request: &Request| {
            let mut fields = request.sent().into_iter();
            fields.find(|(field, _)| field == name).map(|(_, value)| value.into_bytes())
        };
        self.sent(of, self.is_whole(|it| it.carrier != Carrier::Header && it.name.wire == name))
    }

    /// The method, the path with the query, or the body.
    pub(super) fn whole(&self, of: impl Fn(&Request) -> Vec<u8>) -> Option<Computed> {
        self.sent(|request| Some(of(request)), false)
    }

    fn sent(&self, of: impl Fn(&Request) -> Option<Vec<u8>>, is_whole: bool) -> Option<Computed> {
        let octets = of(&self.real.request)?;
        let is_seen = self.reveal || is_whole || self.is_same(|signed| of(&signed.request));
        Some(Computed { octets, is_hex: false, is_seen })
    }

    /// Whether signing sends something that may be seen.
    fn is_whole(&self, is_it: impl Fn(&Placement) -> bool) -> bool {
        let signing = &self.call.api.signing;
        signing.placements().any(|placement| is_it(placement) && placement.shown == Shown::Whole)
    }

    /// Whether nothing of it comes from what is secret or personal.
    fn is_same<T: PartialEq>(&self, of: impl Fn(&Signed) -> T) -> bool {
        self.masked.as_ref().is_some_and(|masked| of(masked) == of(&self.real))
    }
}

impl Computed {
    /// The first byte that differs from what is expected, with what is around it on both sides if that may be seen.
    pub(super) fn difference(&self, wanted: &[u8]) -> Option<String> {
        let computed = self.octets.as_slice();
        if computed == wanted {
            return None;
        }
        let at = computed.iter().zip(wanted).take_while(|(a, b)| a == b).count();
        let (long, short) = (wanted.len(), computed.len());
        if !self.is_seen {
            return Some(format!(
                "differs at byte {at}\n  expected {long} bytes, computed {short} bytes; `--reveal` shows them"
            ));
        }
        let side = |octets: &[u8]| match self.is_hex {
            true => around(readable(&Value::Bytes(octets.to_vec())).as_bytes(), at * 2),
            false => around(octets, at),
        };
        Some(format!(
            "differs at byte {at}\n  expected {long} bytes: {}\n  computed {short} bytes: {}",
            side(wanted),
            side(computed)
        ))
    }
}

/// A few characters before a byte, and what comes from there on.
fn around(text: &[u8], at: usize) -> String {
    let boundary = |mut at: usize| {
        while text.get(at).is_some_and(|byte| at > 0 && byte & 0xc0 == 0x80) {
            at -= 1;
        }
        at
    };
    let (start, end) = (boundary(at.saturating_sub(20)), boundary(text.len().min(at + 20)));
    let dots = |is_cut: bool| if is_cut { "…" } else { "" };
    let shown = String::from_utf8_lossy(text.get(start..end).unwrap_or_default()).into_owned();
    format!("{}{shown:?}{}", dots(start > 0), dots(end < text.len()))
}
