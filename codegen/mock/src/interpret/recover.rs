//! What a caller drew, read back from what it sent: the inverse of the expressions that show it.
//!
//! Where an expression has no inverse, what it came to is known all the same: it is taken as it was received, and as
//! what must not come twice.

use std::collections::BTreeMap;

use codegen::expr::NONCE_BYTES;
use codegen::ir::{Carrier, Expr, ExprKind, Function, Placement, Signing, Source, ValueType};
use percent_encoding::percent_decode;

use super::clock;
use super::drawn::{Nature, natures};
use super::moment::Moment;
use super::pieces::Piece;
use super::request::{BLANKS, Request};
use super::text::{base64, base64url, decode_base64, decode_base64url, decode_hex};
use super::value::Value;

/// How many ways are tried to find the end of a value that is followed by some text.
const MAX_ENDS: usize = 8;

/// What is known of a caller's moment.
#[derive(Debug, Default)]
pub(crate) struct Recovered {
    /// Milliseconds since the epoch, and how many of them look the same.
    pub(crate) now: Option<(i64, i64)>,
    pub(super) nonce: Option<i64>,
    /// What must be greater in every attempt.
    pub(crate) counter: Option<i64>,
    pub(super) uuid: Option<String>,
    pub(super) nonce_hex: BTreeMap<i64, String>,
    /// What expressions came to that cannot be read back any further.
    pub(crate) taken: Vec<(Expr, Value)>,
    /// Of these, what is random.
    drawn: Vec<Value>,
}

/// What is read back, and what it is read with.
pub(super) struct Reader<'a> {
    pub(super) signing: &'a Signing,
    pub(super) credentials: &'a [String],
    /// The request as far as signing has come.
    pub(super) view: Request,
    /// Of each step.
    pub(super) natures: Vec<Nature>,
    pub(super) found: Recovered,
}

impl Recovered {
    /// Reads back what a caller drew from what was received of everything that signing adds to a request.
    pub(crate) fn read<'t>(
        signing: &Signing,
        credentials: &[String],
        view: Request,
        received: impl Fn(&Placement) -> Option<&'t str>,
    ) -> Self {
        let natures = natures(&signing.steps);
        let mut reader = Reader { signing, credentials, view, natures, found: Self::default() };
        for placement in signing.placements() {
            let Some(text) = received(placement) else { continue };
            // What neither draws nor looks at a clock says nothing of the moment.
            if reader.nature(&placement.value).moves {
                match placement.carrier {
                    Carrier::Header => reader.learn_header(&placement.value, text),
                    Carrier::Parameters | Carrier::Query | Carrier::Body => {
                        reader.learn(&placement.value, text.as_bytes())
                    }
                };
            }
            reader.view.reveal(&placement.name.wire, placement.carrier, text);
        }
        reader.settle();
        reader.found
    }

    /// The moment to compute everything at; `now` where the caller did not show its clock.
    pub(crate) fn moment(&self, now: i64) -> Moment {
        // With an empty one, who sends nothing would be right; the same of a UUID.
        let none = NONCE_BYTES.map(|bytes| (bytes, "?".to_owned()));
        Moment {
            now: self.now.map_or(now, |(ms, _)| ms),
            nonce: self.nonce.unwrap_or_default(),
            counter: self.counter.unwrap_or_default(),
            uuid: self.uuid.clone().unwrap_or_else(|| "?".to_owned()),
            nonce_hex: none.chain(self.nonce_hex.clone()).collect(),
        }
    }

    /// How far the caller's clock is from a time; `None` where the caller did not show its clock.
    pub(crate) fn distance(&self, now: i64) -> Option<u64> {
        let (first, alike) = self.now?;
        let last = first.saturating_add(alike - 1);
        Some(if now < first { first.abs_diff(now) } else { now.abs_diff(now.min(last)) })
    }

    /// Everything that must not come twice, as one text; `None` where there is no such thing.
    pub(crate) fn once(&self) -> Option<String> {
        let numbers = [self.nonce, self.counter].into_iter().flatten().map(|number| number.to_string());
        let taken = self.drawn.iter().filter_map(|value| value.clone().octets()).map(hex::encode);
        let drawn: Vec<_> =
            numbers.chain(self.uuid.clone()).chain(self.nonce_hex.values().cloned()).chain(taken).collect();
        (!drawn.is_empty()).then(|| drawn.join(" "))
    }
}

impl<'a> Reader<'a> {
    pub(super) fn step(&self, index: usize) -> Option<&'a Expr> {
        let signing = self.signing;
        signing.steps.get(index).map(|step| &step.value)
    }

    /// Learns what an expression says about the moment by what it came to; whether that is anything.
    fn learn(&mut self, expr: &Expr, octets: &[u8]) -> bool {
        let (function, operands) = match &expr.kind {
            ExprKind::Source(Source::Step(index)) => {
                return self.step(*index).is_some_and(|value| self.learn(value, octets));
            }
            ExprKind::Call(function, operands) => (*function, operands.as_slice()),
            ExprKind::Source(_)
            | ExprKind::Text(_)
            | ExprKind::Number(_)
            | ExprKind::Escape(_)
            | ExprKind::Clock(_)
            | ExprKind::Methods(_) => return false,
        };
        let text = std::str::from_utf8(octets).ok();
        match (function, operands) {
            (Function::EpochMs, [time]) => self.epoch(time, text, 1),
            (Function::EpochS, [time]) => self.epoch(time, text, 1000),
            (Function::FormatTime, [time, Expr { kind: ExprKind::Clock(parts), .. }]) => {
                text.and_then(|text| clock::parse(parts, text)).is_some_and(|(ms, alike)| self.clock(time, ms, alike))
            }
            (Function::Nonce, []) => {
                let nonce = text.and_then(|text| text.parse().ok());
                keep(&mut self.found.nonce, nonce.filter(|nonce| *nonce >= 0))
            }
            (Function::Counter, []) => keep(&mut self.found.counter, text.and_then(|text| text.parse().ok())),
            (Function::Uuid, []) => keep(&mut self.found.uuid, text.filter(|text| is_uuid(text)).map(str::to_owned)),
            (Function::NonceHex, [Expr { kind: ExprKind::Number(bytes), .. }]) => {
                let fits = |text: &&str| is_hex(text) && i64::try_from(text.len()).is_ok_and(|it| it == 2 * bytes);
                let nonce = text.filter(fits);
                nonce.into_iter().for_each(|nonce| {
                    self.found.nonce_hex.entry(*bytes).or_insert_with(|| nonce.to_owned());
                });
                nonce.is_some()
            }
            (Function::Lower | Function::Trim | Function::TextOf, [inner]) => self.learn(inner, octets),
            (Function::Upper, [inner]) => text.is_some_and(|text| self.learn(inner, text.to_lowercase().as_bytes())),
            (Function::Base64 | Function::Base64Unpadded, [inner]) => {
                self.learn_some(inner, text.and_then(|text| decode_base64(text).ok()))
            }
            (Function::Base64Url | Function::Base64UrlUnpadded, [inner]) => {
                self.learn_some(inner, text.and_then(|text| decode_base64url(text).ok()))
            }
            (Function::Hex, [inner]) => self.learn_some(inner, text.and_then(|text| decode_hex(text).ok())),
            (Function::DecodeHex, [inner]) => self.learn(inner, hex::encode(octets).as_bytes()),
            (Function::DecodeBase64, [inner]) => self.learn(inner, base64(octets, true).as_bytes()),
            (Function::DecodeBase64Url, [inner]) => self.learn(inner, base64url(octets, true).as_bytes()),
            (Function::Escape, [inner, Expr { kind: ExprKind::Escape(_), .. }]) => {
                // What has no plus sign escaped has none: only forms write one, for a space.
                let spaced: Vec<_> = octets.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
                self.learn(inner, &percent_decode(&spaced).collect::<Vec<_>>())
            }
            (Function::IfMethod, [Expr { kind: ExprKind::Methods(methods), .. }, then, otherwise]) => {
                let listed = methods.iter().any(|method| method.as_str() == self.view.method());
                self.learn(if listed { then } else { otherwise }, octets)
            }
            (Function::IfEmpty, [value, then, otherwise]) => {
                let is_empty = self.known(value).and_then(|value| value.is_empty().ok());
                is_empty.is_some_and(|is_empty| self.learn(if is_empty { then } else { otherwise }, octets))
            }
            (Function::Concat | Function::JoinParts | Function::Join | Function::JoinOr, _) => {
                let pieces = self.pieces(expr);
                match pieces.as_slice() {
                    [Piece::Hole(hole)] if hole == expr => self.take(expr, octets),
                    pieces => self.fill(pieces, octets),
                }
            }
            _ => self.take(expr, octets),
        }
    }

    fn learn_some(&mut self, inner: &Expr, octets: Option<Vec<u8>>) -> bool {
        octets.is_some_and(|octets| self.learn(inner, &octets))
    }

    /// The same of a header, which arrives without the blanks that its value begins and ends with.
    fn learn_header(&mut self, expr: &Expr, text: &str) -> bool {
        let pieces = self.pieces(expr);
        let is_blank = |byte: &&u8| BLANKS.contains(&char::from(**byte));
        let ends = match (pieces.first(), pieces.last()) {
            (Some(first), Some(last)) => [first, last],
            _ => return false,
        };
        let [start, end] = ends.map(|piece| match piece {
            Piece::Known(known) => known.as_slice(),
            Piece::Hole(_) => &[],
        });
        let start: Vec<_> = start.iter().take_while(is_blank).copied().collect();
        let end: Vec<_> = end.iter().rev().take_while(is_blank).copied().collect();
        let whole = start.into_iter().chain(text.bytes()).chain(end.into_iter().rev()).collect::<Vec<_>>();
        self.learn(expr, &whole)
    }

    fn epoch(&mut self, time: &Expr, text: Option<&str>, unit: i64) -> bool {
        let number = text.and_then(|text| text.parse::<i64>().ok());
        number.is_some_and(|number| self.clock(time, number.saturating_mul(unit), unit))
    }

    /// The caller's clock from what an expression of it came to; the finest of several counts.
    fn clock(&mut self, time: &Expr, ms: i64, alike: i64) -> bool {
        let Some(offset) = self.offset(time) else { return false };
        if self.found.now.is_none_or(|(_, before)| alike < before) {
            self.found.now = Some((ms.saturating_sub(offset), alike));
        }
        true
    }

    /// By how many milliseconds an expression is later than `now`; `None` where it has nothing to do with it.
    fn offset(&self, time: &Expr) -> Option<i64> {
        match &time.kind {
            ExprKind::Source(Source::Now) => Some(0),
            ExprKind::Source(Source::Step(index)) => self.offset(self.step(*index)?),
            ExprKind::Call(function, operands) => match (function, operands.as_slice()) {
                (Function::Plus, [time, Expr { kind: ExprKind::Number(seconds), .. }]) => {
                    self.offset(time)?.checked_add(seconds.checked_mul(1000)?)
                }
                (Function::Minus, [time, Expr { kind: ExprKind::Number(seconds), .. }]) => {
                    self.offset(time)?.checked_sub(seconds.checked_mul(1000)?)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Holes between known texts.
    fn fill(&mut self, pieces: &[Piece], octets: &[u8]) -> bool {
        let (mut pieces, mut rest, mut learnt) = (pieces, octets, false);
        while let Some(first) = pieces.first() {
            if let Piece::Known(known) = first {
                let Some(after) = rest.strip_prefix(known.as_slice()) else { return learnt };
                (rest, pieces) = (after, pieces.get(1..).unwrap_or_default());
                continue;
            }
            let holes: Vec<_> = pieces.iter().map_while(Piece::hole).collect();
            pieces = pieces.get(holes.len()..).unwrap_or_default();
            let Some(Piece::Known(known)) = pieces.first() else { return self.fit(&holes, rest) || learnt };
            let starts = rest.windows(known.len()).enumerate().filter(|(_, window)| window == known);
            let ends: Vec<_> = starts.filter_map(|(end, _)| rest.split_at_checked(end)).take(MAX_ENDS).collect();
            // What a hole holds may contain the text that follows it.
            let fitting = ends.iter().find(|(value, _)| self.fit(&holes, value));
            learnt |= fitting.is_some();
            let Some((_, after)) = fitting.or(ends.first()) else { return learnt };
            rest = after;
        }
        learnt
    }

    /// Holes with nothing between them: all but one must be as wide in every call.
    fn fit(&mut self, holes: &[&Expr], octets: &[u8]) -> bool {
        let widths: Vec<_> = match holes {
            [_] => vec![None],
            holes => holes.iter().map(|hole| self.width(hole)).collect(),
        };
        let fixed = widths.iter().flatten().fold(0, |sum: usize, width| sum.saturating_add(*width));
        let Some(left) = octets.len().checked_sub(fixed) else { return false };
        let open = widths.iter().filter(|width| width.is_none()).count();
        if open > 1 || (open == 0 && left > 0) {
            return false;
        }
        let (mut rest, mut learnt) = (octets, false);
        for (hole, width) in holes.iter().zip(widths) {
            let Some((value, after)) = rest.split_at_checked(width.unwrap_or(left)) else { return learnt };
            learnt |= self.learn(hole, value);
            rest = after;
        }
        learnt
    }

    /// Takes what an expression came to as it is, if something is drawn in it. A credential proves something: what is
    /// made of one is computed.
    fn take(&mut self, expr: &Expr, octets: &[u8]) -> bool {
        let nature = self.nature(expr);
        if !nature.moves || nature.is_secret || octets.is_empty() {
            return false;
        }
        let value = match expr.ty {
            ValueType::Bytes => Some(Value::Bytes(octets.to_vec())),
            ValueType::Text => String::from_utf8(octets.to_vec()).ok().map(Value::Text),
            ValueType::Fields | ValueType::List | ValueType::ByteList | ValueType::Number | ValueType::Time => None,
        };
        let Some(value) = value else { return false };
        if self.found.taken.iter().all(|(taken, _)| taken != expr) {
            self.found.taken.push((expr.clone(), value));
        }
        true
    }

    /// Of what was taken, keeps what cannot be computed from what was read back, here or elsewhere.
    fn settle(&mut self) {
        let mut taken = std::mem::take(&mut self.found.taken);
        taken.sort_by_key(|(expr, _)| self.nature(expr).size);
        for (expr, value) in taken {
            if self.is_unread(&expr) {
                if self.nature(&expr).draws {
                    self.found.drawn.push(value.clone());
                }
                self.found.taken.push((expr, value));
            }
        }
    }
}

fn keep<T>(known: &mut Option<T>, read: Option<T>) -> bool {
    let is_read = read.is_some();
    if known.is_none() {
        *known = read;
    }
    is_read
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Version 4, in lower case.
fn is_uuid(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').collect();
    let lengths: Vec<_> = groups.iter().map(|group| group.len()).collect();
    let starts = |index: usize, digits: &[char]| groups.get(index).is_some_and(|group| group.starts_with(digits));
    lengths == [8, 4, 4, 4, 12]
        && groups.iter().all(|group| is_hex(group))
        && starts(2, &['4'])
        && starts(3, &['8', '9', 'a', 'b'])
}
