//! Values that look random and are the same in every run.

use sha2::{Digest as _, Sha256};

/// What a value is made of: of the same parts comes the same value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draw<'a> {
    pub(crate) seed: u64,
    pub(crate) collection: &'a str,
    pub(crate) member: &'a str,
    /// The number of the object.
    pub(crate) number: i64,
}

/// So many digits at the end of a value are the object's number, so that the object can be found by it.
const NUMBER_DIGITS: usize = 12;

impl Draw<'_> {
    /// Hexadecimal digits, from 12 to 64.
    pub(crate) fn token(self, digits: usize) -> String {
        let Self { seed, collection, member, number } = self;
        let mut token = hex::encode(Sha256::digest(format!("{seed}/{collection}/{member}/{number}")));
        token.truncate(digits.saturating_sub(NUMBER_DIGITS));
        // Numbers that need more digits than there are do not occur: a memory holds no so many objects.
        token + &format!("{:012x}", number & 0xffff_ffff_ffff)
    }

    /// A UUID of version 4, as far as its form goes.
    pub(crate) fn uuid(self) -> String {
        let mut digits: Vec<char> = self.token(32).chars().collect();
        digits[12] = '4';
        digits[16] = ['8', '9', 'a', 'b'][digits[16].to_digit(16).unwrap_or(0) as usize % 4];
        for position in [20, 16, 12, 8] {
            digits.insert(position, '-');
        }
        digits.into_iter().collect()
    }
}

/// The number of the object that a token or UUID was made for.
pub(crate) fn number_of(value: &str) -> Option<i64> {
    let start = value.len().checked_sub(NUMBER_DIGITS)?;
    i64::from_str_radix(value.get(start..)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(number: i64) -> Draw<'static> {
        Draw { seed: 1, collection: "users", member: "token", number }
    }

    #[test]
    fn values_hold_their_number() {
        for number in [0, 1, 1_000_000] {
            let (token, uuid) = (draw(number).token(20), draw(number).uuid());
            assert_eq!((token.len(), number_of(&token)), (20, Some(number)));
            assert_eq!((uuid.len(), number_of(&uuid)), (36, Some(number)));
            assert_eq!(uuid.as_bytes()[14], b'4');
        }
        assert_eq!(number_of("short"), None);
        assert_eq!(number_of("ééééééé"), None);
    }

    #[test]
    fn every_part_counts() {
        let one = draw(1).token(64);
        assert_eq!(one, draw(1).token(64));
        for other in [draw(2), Draw { seed: 2, ..draw(1) }, Draw { member: "secret", ..draw(1) }] {
            assert_ne!(one, other.token(64));
        }
    }
}
