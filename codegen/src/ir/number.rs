//! Numbers as a spec writes them, with every digit.

use std::borrow::Cow;
use std::cmp::Ordering;

/// Beyond this a floating-point number no longer says which integer it was.
const MOST_EXACT: u128 = 1 << 53;

/// A decimal number: `-12.50`, `1e3`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number(String);

/// What a number amounts to: `0.` and its digits, times ten to the `magnitude`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Amount {
    is_negative: bool,
    /// Neither the first nor the last is a zero; zero has none.
    digits: String,
    magnitude: i64,
}

impl Number {
    /// The number that a text is, if it is one.
    pub fn new(text: &str) -> Option<Self> {
        amount(text).map(|_| Self(text.to_owned()))
    }

    /// 1.
    pub(crate) fn one() -> Self {
        Self("1".to_owned())
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How a text compares with it, if that is a number too.
    pub fn compare(&self, text: &str) -> Option<Ordering> {
        Some(compare(&amount(text)?, &amount(&self.0)?))
    }

    /// Whether the number in a text divides by this without a rest; `None` where that takes more digits than are
    /// counted with.
    pub fn divides(&self, text: &str) -> Option<bool> {
        let (number, unit) = (amount(text)?, amount(&self.0)?);
        let places = unit.places();
        if number.places() > places {
            return Some(false);
        }
        number.scaled(places)?.checked_rem(unit.scaled(places)?).map(|rest| rest == 0)
    }

    /// Whether any number from one to another divides by this; what takes more digits than are counted with may.
    pub fn divides_any(&self, least: &Self, most: &Self) -> bool {
        let all = [self, least, most].map(|number| amount(&number.0));
        let places = all.iter().flatten().map(Amount::places).max().unwrap_or(0);
        let scaled = all.map(|number| number.and_then(|number| number.signed(places)));
        let [Some(unit), Some(least), Some(most)] = scaled else { return true };
        let rest = least.checked_rem_euclid(unit).unwrap_or(0);
        let first = if rest == 0 { Some(least) } else { least.checked_add(unit - rest) };
        first.is_none_or(|first| first <= most)
    }

    /// Whether it is more than nothing.
    pub fn is_positive(&self) -> bool {
        self.compare("0") == Some(Ordering::Less)
    }
}

impl Amount {
    /// How many digits stand behind the point.
    fn places(&self) -> i64 {
        (i64::try_from(self.digits.len()).unwrap_or(i64::MAX) - self.magnitude).max(0)
    }

    fn scaled(&self, places: i64) -> Option<i128> {
        let length = usize::try_from((self.magnitude + places).max(0)).ok().filter(|length| *length <= 38)?;
        let digits = self.digits.chars().chain(std::iter::repeat('0')).take(length).collect::<String>();
        if digits.is_empty() { Some(0) } else { digits.parse().ok() }
    }

    fn signed(&self, places: i64) -> Option<i128> {
        self.scaled(places).map(|number| if self.is_negative { -number } else { number })
    }
}

pub(super) fn amount(text: &str) -> Option<Amount> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent = exponent.parse::<i32>().ok().map(i64::from)?;
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let all = [whole, fraction].concat();
    let zeros = all.bytes().take_while(|byte| *byte == b'0').count();
    let digits = all[zeros..].trim_end_matches('0').to_owned();
    let magnitude = i64::try_from(whole.len()).ok()? - i64::try_from(zeros).ok()? + exponent;
    let is_zero = digits.is_empty();
    Some(Amount {
        is_negative: text.starts_with('-') && !is_zero,
        magnitude: if is_zero { 0 } else { magnitude },
        digits,
    })
}

/// A number of JSON as texts write it: an integer with an exponent in its digits, as clients see it.
pub fn written_out(number: &str) -> Cow<'_, str> {
    let amount = number.contains(['e', 'E']).then(|| amount(number)).flatten();
    let whole = amount.filter(|amount| amount.places() == 0).and_then(|amount| amount.signed(0));
    match whole.filter(|whole| whole.unsigned_abs() <= MOST_EXACT) {
        Some(whole) => Cow::Owned(whole.to_string()),
        None => Cow::Borrowed(number),
    }
}

fn compare(left: &Amount, right: &Amount) -> Ordering {
    let size = || match (left.digits.is_empty(), right.digits.is_empty()) {
        (true, true) => Ordering::Equal,
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => left.magnitude.cmp(&right.magnitude).then_with(|| left.digits.cmp(&right.digits)),
    };
    match (left.is_negative, right.is_negative) {
        (false, true) => Ordering::Greater,
        (true, false) => Ordering::Less,
        (false, false) => size(),
        (true, true) => size().reverse(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::new(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn numbers_compare_by_what_they_amount_to() {
        let rising = ["-1e2000000000", "-10", "-9.99", "-0.1", "0", "0.01", "0.1", "0.1000001", "1", "2", "10", "1e9"];
        for pair in rising.windows(2) {
            assert_eq!(number(pair[1]).compare(pair[0]), Some(Ordering::Less), "{pair:?}");
            assert_eq!(number(pair[0]).compare(pair[1]), Some(Ordering::Greater), "{pair:?}");
        }
        for (one, other) in [("1.50", "1.5"), ("1e3", "1000"), ("-0", "0.00"), ("0.010", "1e-2"), ("007", "7")] {
            assert_eq!(number(one).compare(other), Some(Ordering::Equal), "{one} {other}");
        }
        assert_eq!(number("1").compare("x"), None);
        assert!(number("0.1").is_positive() && !number("0").is_positive() && !number("-1").is_positive());
    }

    #[test]
    fn numbers_divide_exactly() {
        assert_eq!(number("0.25").divides("12.50"), Some(true));
        assert_eq!(number("0.25").divides("12.51"), Some(false));
        assert_eq!(number("3").divides("-6"), Some(true));
        assert_eq!(number("7").divides("0"), Some(true));
        assert_eq!(number("7").divides("1e99"), None);
        // Whatever has more places than the unit is none of its multiples.
        assert_eq!(number("0.01").divides("1e-999999999"), Some(false));
        assert_eq!(number("0.01").divides("1.0e-2"), Some(true));
    }

    #[test]
    fn a_multiple_may_lie_between() {
        let any = |unit, least, most| number(unit).divides_any(&number(least), &number(most));
        assert!(any("5", "1", "5") && any("5", "-4", "4") && any("0.25", "0.1", "0.3") && any("7", "1e99", "2e99"));
        assert!(!any("5", "1", "4") && !any("5", "-4", "-1") && !any("0.25", "0.26", "0.49"));
    }

    #[test]
    fn an_integer_is_written_out() {
        for (number, expected) in [
            ("1E3", "1000"),
            ("-100.0e-1", "-10"),
            ("-0e7", "0"),
            ("9007199254740992e0", "9007199254740992"),
            ("9007199254740993e0", "9007199254740993e0"),
            ("15e-1", "15e-1"),
            ("1e99", "1e99"),
            ("1e99999999999", "1e99999999999"),
            ("1.0", "1.0"),
            ("12345678901234567890", "12345678901234567890"),
        ] {
            assert_eq!(written_out(number), expected, "{number}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "-", "1.", ".5", "+1", "0x1", "1e", "1e99999999999", "NaN", "1_000", "١"] {
            assert_eq!(Number::new(text), None, "{text}");
        }
    }
}
