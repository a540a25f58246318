//! Exact decimal numbers: prices, amounts, rates.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// A decimal number with every digit it was written with.
///
/// `1.50` prints as `1.50` and equals `1.5`; nothing is ever rounded, and no binary fraction is involved. A plus
/// sign and leading zeros are left out.
#[derive(Clone)]
pub struct Decimal(Box<str>);

/// A text that is no decimal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number, such as `-12.50`")]
pub struct InvalidDecimal;

/// What a number amounts to: `0.` and its digits, times ten to the `magnitude`.
struct Parts<'a> {
    is_negative: bool,
    /// Neither the first nor the last is a zero; zero has none.
    digits: (&'a [u8], &'a [u8]),
    magnitude: i64,
}

impl Decimal {
    /// The number as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number times ten to the power of `places`, cut to a whole number, where that fits.
    pub(crate) fn scaled(&self, places: u8) -> Option<i128> {
        let parts = self.parts();
        let length = parts.magnitude + i64::from(places);
        if length > 38 {
            return None;
        }
        let digits = parts.digits().chain(std::iter::repeat(b'0'));
        let whole = digits
            .take(usize::try_from(length).unwrap_or(0))
            .try_fold(0_i128, |number, digit| number.checked_mul(10)?.checked_add(i128::from(digit - b'0')))?;
        Some(if parts.is_negative { -whole } else { whole })
    }

    /// Whether it divides by another without a rest; `None` where that takes more digits than are counted with.
    pub(crate) fn is_multiple_of(&self, unit: &Self) -> Option<bool> {
        let places = unit.places();
        if self.places() > places {
            return Some(false);
        }
        let places = u8::try_from(places).ok()?;
        let (number, unit) = (self.scaled(places)?, unit.scaled(places)?);
        number.checked_rem(unit).map(|rest| rest == 0)
    }

    /// How many digits stand behind the point.
    fn places(&self) -> i64 {
        let parts = self.parts();
        let digits = length(parts.digits.0.len() + parts.digits.1.len());
        if digits == 0 { 0 } else { (digits - parts.magnitude).max(0) }
    }

    pub(crate) fn from_whole(number: i128) -> Self {
        Self(number.to_string().into())
    }

    fn parts(&self) -> Parts<'_> {
        let (is_negative, text) = match self.0.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, &*self.0),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        // Whatever has been parsed has an exponent that fits.
        let exponent = i64::from(exponent.parse::<i32>().unwrap_or_default());
        let (mut whole, mut fraction) = (whole.as_bytes(), fraction.as_bytes());
        let mut magnitude = exponent;
        whole = trim_start(whole);
        if whole.is_empty() {
            let all = fraction.len();
            fraction = trim_start(fraction);
            magnitude -= length(all - fraction.len());
        }
        magnitude += length(whole.len());
        fraction = trim_end(fraction);
        if fraction.is_empty() {
            whole = trim_end(whole);
        }
        let is_zero = whole.is_empty() && fraction.is_empty();
        Parts {
            is_negative: is_negative && !is_zero,
            digits: (whole, fraction),
            magnitude: if is_zero { i64::MIN / 2 } else { magnitude },
        }
    }
}

fn trim_start(digits: &[u8]) -> &[u8] {
    &digits[digits.iter().take_while(|digit| **digit == b'0').count()..]
}

fn trim_end(digits: &[u8]) -> &[u8] {
    &digits[..digits.len() - digits.iter().rev().take_while(|digit| **digit == b'0').count()]
}

fn length(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX / 4)
}

impl Parts<'_> {
    fn digits(&self) -> impl Iterator<Item = u8> {
        let (whole, fraction) = self.digits;
        whole.iter().chain(fraction).copied()
    }
}

impl FromStr for Decimal {
    type Err = InvalidDecimal;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (unsigned, None),
        };
        let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(a, b)| (a, Some(b)));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_number = is_digits(whole)
            && fraction.is_none_or(|fraction| !fraction.is_empty() && is_digits(fraction))
            && !(whole.is_empty() && fraction.is_none())
            && exponent.is_none_or(|exponent| exponent.parse::<i32>().is_ok());
        if !is_number {
            return Err(InvalidDecimal);
        }
        // What JSON takes for a number, so that it can be sent as one.
        let zeros = whole.bytes().take_while(|byte| *byte == b'0').count().min(whole.len().saturating_sub(1));
        let minus = if text.starts_with('-') { "-" } else { "" };
        let zero = if whole.is_empty() { "0" } else { "" };
        Ok(Self(format!("{minus}{zero}{}", &unsigned[zeros..]).into()))
    }
}

impl TryFrom<&str> for Decimal {
    type Error = InvalidDecimal;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Self(number.to_string().into())
    }
}

impl From<u64> for Decimal {
    fn from(number: u64) -> Self {
        Self(number.to_string().into())
    }
}

impl Default for Decimal {
    /// Zero.
    fn default() -> Self {
        Self("0".into())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decimal({})", self.0)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let (left, right) = (self.parts(), other.parts());
        let size = || left.magnitude.cmp(&right.magnitude).then_with(|| left.digits().cmp(right.digits()));
        match (left.is_negative, right.is_negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => size(),
            (true, true) => size().reverse(),
        }
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let parts = self.parts();
        (parts.is_negative, parts.magnitude).hash(state);
        parts.digits().for_each(|digit| digit.hash(state));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap_or_else(|_| panic!("{text}"))
    }

    #[test]
    fn prints_what_it_read() {
        for text in ["0", "-0", "1.50", "0.1", "12345678901234567890.123456789012345678901", "1e3", "-2.5E-7", "-12.00"]
        {
            assert_eq!(decimal(text).to_string(), text);
        }
        for (text, printed) in [("+7", "7"), ("007.10", "7.10"), ("-.5", "-0.5"), ("000", "0"), ("-00.0", "-0.0")] {
            assert_eq!(decimal(text).as_str(), printed);
        }
        assert_eq!(format!("{:>6}|{:?}", decimal("1.5"), decimal("1.5")), "   1.5|Decimal(1.5)");
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in
            ["", "-", ".", "1.", "1,5", "1 ", "e5", "1e", "1e99999999999", "0x1", "NaN", "inf", "1.2.3", "--1", "１"]
        {
            assert_eq!(text.parse::<Decimal>(), Err(InvalidDecimal), "{text}");
        }
    }

    #[test]
    fn compares_values_not_spellings() {
        for (one, other) in
            [("1.50", "1.5"), ("1e3", "1000"), ("0.001", "1E-3"), ("-0", "0.00"), ("0e9", "0"), ("120", "1.2e2")]
        {
            assert_eq!(decimal(one), decimal(other));
            let hash = |text| {
                let mut hasher = std::hash::DefaultHasher::new();
                decimal(text).hash(&mut hasher);
                hasher.finish()
            };
            assert_eq!(hash(one), hash(other), "{one} {other}");
        }
        let rising = [
            "-1e2147483647",
            "-10",
            "-9.99",
            "-0.1",
            "-0.01",
            "0",
            "1e-2147483648",
            "0.01",
            "0.1",
            "0.10000000000000000000001",
            "1",
            "1.0000000000000000000000001",
            "2",
            "10",
            "1e2147483647",
        ];
        for pair in rising.windows(2) {
            assert!(decimal(pair[0]) < decimal(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn divides_exactly() {
        let divides = |number: &str, unit: &str| decimal(number).is_multiple_of(&decimal(unit));
        for (number, unit) in [("12.50", "0.25"), ("-6", "3"), ("0", "7"), ("1e3", "10"), ("0.30", "0.1"), ("5", "2.5")]
        {
            assert_eq!(divides(number, unit), Some(true), "{number} {unit}");
        }
        // Whatever has more places than the unit is none of its multiples.
        for (number, unit) in
            [("12.51", "0.25"), ("7", "3"), ("0.001", "0.01"), ("1e-9", "1"), ("1e-999999999", "0.01")]
        {
            assert_eq!(divides(number, unit), Some(false), "{number} {unit}");
        }
        for (number, unit) in [("1e99", "7"), ("1", "0"), ("1", "1e-2000000000")] {
            assert_eq!(divides(number, unit), None, "{number} {unit}");
        }
    }

    #[test]
    fn scales_exactly() {
        assert_eq!(decimal("1527500365.052").scaled(9), Some(1_527_500_365_052_000_000));
        assert_eq!(decimal("-1.5e-3").scaled(6), Some(-1500));
        assert_eq!(decimal("0.0000000019").scaled(9), Some(1));
        assert_eq!(decimal("0").scaled(9), Some(0));
        assert_eq!(decimal("1e2000000000").scaled(9), None);
        assert_eq!(decimal("1e-2000000000").scaled(9), Some(0));
    }
}
