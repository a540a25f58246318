//! What a caller drew, read back from what it sent: the inverse of the expressions that show it.

use std::collections::BTreeMap;

use codegen::ir::{ClockPart, Expr, ExprKind, Function, Signing, Source};

use super::moment::Moment;
use super::request::BLANKS;
use super::text::{DAY, MONTHS, decode_base64, decode_base64url, decode_hex};
use crate::time::day_of;

/// How many ways are tried to find the end of a value that is followed by some text.
const MAX_ENDS: usize = 8;

/// What is known of a caller's moment.
#[derive(Debug, Default)]
pub(crate) struct Recovered {
    /// Milliseconds since the epoch, and how many of them look the same.
    pub(crate) now: Option<(i64, i64)>,
    nonce: Option<i64>,
    /// What must be greater in every attempt.
    pub(crate) counter: Option<i64>,
    uuid: Option<String>,
    nonce_hex: BTreeMap<i64, String>,
}

/// What is read back, and what it is read with.
pub(crate) struct Reader<'a> {
    pub(crate) signing: &'a Signing,
    pub(crate) credentials: &'a [String],
    pub(crate) found: Recovered,
}

/// A stretch of a text that is put together.
enum Part<'a> {
    Known(String),
    Hole(&'a Expr),
}

impl Recovered {
    /// The moment to compute everything at; `now` where the caller did not show its clock.
    pub(crate) fn moment(&self, now: i64) -> Moment {
        Moment {
            now: self.now.map_or(now, |(ms, _)| ms),
            nonce: self.nonce.unwrap_or_default(),
            counter: self.counter.unwrap_or_default(),
            uuid: self.uuid.clone().unwrap_or_default(),
            nonce_hex: self.nonce_hex.clone(),
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
        let drawn: Vec<_> = numbers.chain(self.uuid.clone()).chain(self.nonce_hex.values().cloned()).collect();
        (!drawn.is_empty()).then(|| drawn.join(" "))
    }
}

impl<'a> Reader<'a> {
    /// Learns what a text, which an expression came to, says about the moment; whether that is anything.
    pub(crate) fn learn(&mut self, expr: &'a Expr, text: &str) -> bool {
        let (function, operands) = match &expr.kind {
            ExprKind::Source(Source::Step(index)) => {
                return self.signing.steps.get(*index).is_some_and(|step| self.learn(&step.value, text));
            }
            ExprKind::Call(function, operands) => (*function, operands.as_slice()),
            ExprKind::Source(_)
            | ExprKind::Text(_)
            | ExprKind::Number(_)
            | ExprKind::Escape(_)
            | ExprKind::Clock(_)
            | ExprKind::Methods(_) => return false,
        };
        match (function, operands) {
            (Function::EpochMs, [time]) => self.epoch(time, text, 1),
            (Function::EpochS, [time]) => self.epoch(time, text, 1000),
            (Function::FormatTime, [time, Expr { kind: ExprKind::Clock(parts), .. }]) => {
                parse(parts, text).is_some_and(|(ms, alike)| self.clock(time, ms, alike))
            }
            (Function::Nonce, []) => keep(&mut self.found.nonce, text.parse().ok().filter(|nonce| *nonce >= 0)),
            (Function::Counter, []) => keep(&mut self.found.counter, text.parse().ok()),
            (Function::Uuid, []) => keep(&mut self.found.uuid, is_uuid(text).then(|| text.to_owned())),
            (Function::NonceHex, [Expr { kind: ExprKind::Number(bytes), .. }]) => {
                let fits = is_hex(text) && i64::try_from(text.len()).is_ok_and(|length| length == 2 * bytes);
                if fits {
                    self.found.nonce_hex.entry(*bytes).or_insert_with(|| text.to_owned());
                }
                fits
            }
            (Function::Lower, [inner]) => self.learn(inner, text),
            (Function::Upper, [inner]) => self.learn(inner, &text.to_lowercase()),
            (Function::Base64 | Function::Base64Unpadded, [inner]) => self.decoded(inner, decode_base64(text).ok()),
            (Function::Base64Url | Function::Base64UrlUnpadded, [inner]) => {
                self.decoded(inner, decode_base64url(text).ok())
            }
            (Function::Hex, [inner]) => self.decoded(inner, decode_hex(text).ok()),
            (Function::Concat, parts) => self.parts("", parts, text),
            (Function::JoinParts, [Expr { kind: ExprKind::Text(separator), .. }, parts @ ..]) => {
                self.parts(separator, parts, text)
            }
            _ => false,
        }
    }

    /// The same of a header, which arrives without the blanks that its value begins and ends with.
    pub(crate) fn learn_header(&mut self, expr: &'a Expr, text: &str) -> bool {
        let [start, end] = [true, false].map(|at_start| self.blanks(expr, at_start));
        self.learn(expr, &[start, text, end].concat())
    }

    /// The blanks at one end of a text that is put together.
    fn blanks(&self, expr: &'a Expr, at_start: bool) -> &'a str {
        let of_text = |text: &'a str| match at_start {
            true => &text[..text.len() - text.trim_start_matches(BLANKS).len()],
            false => &text[text.trim_end_matches(BLANKS).len()..],
        };
        let parts = match &expr.kind {
            ExprKind::Text(text) => return of_text(text),
            ExprKind::Source(Source::Credential(index)) => {
                return self.credentials.get(*index).map_or("", |text| of_text(text));
            }
            ExprKind::Source(Source::Step(index)) => {
                return self.signing.steps.get(*index).map_or("", |step| self.blanks(&step.value, at_start));
            }
            ExprKind::Call(Function::Concat, parts) => parts.as_slice(),
            ExprKind::Call(Function::JoinParts, parts) => parts.get(1..).unwrap_or_default(),
            _ => return "",
        };
        let end = if at_start { parts.first() } else { parts.last() };
        end.map_or("", |part| self.blanks(part, at_start))
    }

    fn decoded(&mut self, inner: &'a Expr, octets: Option<Vec<u8>>) -> bool {
        let text = octets.and_then(|octets| String::from_utf8(octets).ok());
        text.is_some_and(|text| self.learn(inner, &text))
    }

    fn epoch(&mut self, time: &Expr, text: &str, unit: i64) -> bool {
        let number = text.parse::<i64>().ok();
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
            ExprKind::Source(Source::Step(index)) => self.offset(&self.signing.steps.get(*index)?.value),
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

    /// Holes between known texts. Nothing is learnt from a hole that another follows at once.
    fn parts(&mut self, separator: &str, operands: &'a [Expr], text: &str) -> bool {
        let mut parts = Vec::new();
        for (index, operand) in operands.iter().enumerate() {
            if index > 0 {
                push_known(&mut parts, separator);
            }
            match &operand.kind {
                ExprKind::Text(known) => push_known(&mut parts, known),
                ExprKind::Number(number) => push_known(&mut parts, &number.to_string()),
                ExprKind::Source(Source::Credential(index)) => {
                    push_known(&mut parts, self.credentials.get(*index).map_or("", String::as_str));
                }
                _ => parts.push(Part::Hole(operand)),
            }
        }
        let (mut rest, mut learnt, mut at) = (text, false, 0);
        while let Some(part) = parts.get(at) {
            match (part, parts.get(at + 1)) {
                (Part::Known(known), _) => match rest.strip_prefix(known.as_str()) {
                    Some(after) => rest = after,
                    None => return learnt,
                },
                (Part::Hole(_), Some(Part::Hole(_))) => return learnt,
                (Part::Hole(hole), None) => return self.learn(hole, rest) || learnt,
                (Part::Hole(hole), Some(Part::Known(known))) => {
                    let ends = rest.match_indices(known.as_str()).map(|(end, _)| end);
                    let ends: Vec<_> = ends.filter_map(|end| rest.split_at_checked(end)).take(MAX_ENDS).collect();
                    // What the hole holds may contain the text that follows it.
                    let fitting = ends.iter().find(|(value, _)| self.learn(hole, value));
                    learnt |= fitting.is_some();
                    let Some((_, after)) = fitting.or(ends.first()) else { return learnt };
                    rest = after;
                }
            }
            at += 1;
        }
        learnt
    }
}

fn keep<T>(known: &mut Option<T>, read: Option<T>) -> bool {
    let is_read = read.is_some();
    if known.is_none() {
        *known = read;
    }
    is_read
}

fn push_known(parts: &mut Vec<Part<'_>>, text: &str) {
    match parts.last_mut() {
        Some(Part::Known(known)) => known.push_str(text),
        Some(Part::Hole(_)) | None if text.is_empty() => {}
        Some(Part::Hole(_)) | None => parts.push(Part::Known(text.to_owned())),
    }
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

/// The time that a layout came to a text for, and how many milliseconds come to the same one.
fn parse(parts: &[ClockPart], text: &str) -> Option<(i64, i64)> {
    let (mut year, mut month, mut day) = (None, None, None);
    let (mut hour, mut minute, mut second, mut milli) = (None, None, None, None);
    let mut rest = text;
    for part in parts {
        let mut take = |length: usize| {
            let (taken, after) = rest.split_at_checked(length)?;
            rest = after;
            Some(taken)
        };
        let mut digits = |count: usize, most: i64| {
            let taken = take(count)?;
            let number: i64 = taken.bytes().all(|byte| byte.is_ascii_digit()).then(|| taken.parse().ok())??;
            (number <= most).then_some(number)
        };
        match part {
            ClockPart::Literal(literal) => {
                take(literal.len()).filter(|taken| taken.to_lowercase() == literal.to_lowercase())?;
            }
            ClockPart::Year => year = Some(digits(4, 9999)?),
            ClockPart::Month => month = Some(digits(2, 12)?),
            ClockPart::Day => day = Some(digits(2, 31)?),
            ClockPart::Hour => hour = Some(digits(2, 23)?),
            ClockPart::Minute => minute = Some(digits(2, 59)?),
            ClockPart::Second => second = Some(digits(2, 59)?),
            ClockPart::Millisecond => milli = Some(digits(3, 999)?),
            ClockPart::Weekday => drop(take(3)?),
            ClockPart::MonthName => {
                let name = take(3)?;
                let index = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(name))?;
                month = Some(i64::try_from(index).ok()? + 1);
            }
        }
    }
    let midnight = day_of(year?, month?, day?)? * DAY;
    let since = [(hour, 3_600_000), (minute, 60_000), (second, 1000), (milli, 1)];
    let ms = since.iter().fold(midnight, |ms, (count, unit)| ms + count.unwrap_or(0) * unit);
    let alike = since.iter().rev().find(|(count, _)| count.is_some()).map_or(DAY, |(_, unit)| *unit);
    rest.is_empty().then_some((ms, alike))
}
