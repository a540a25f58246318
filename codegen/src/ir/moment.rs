//! Dates and times as a spec spells them to something that can be compared: one answer for the checks and the mock
//! server.

use super::{Api, Form, Json, Spelling, Type, calendar};

impl Api {
    /// Nanoseconds since 1970, or since midnight; `None` for what is not spelled as it is sent.
    pub fn moment(&self, ty: &Type, value: &Json) -> Option<i128> {
        let spelling = match self.form(ty) {
            Some(Form::Moments(_, write)) => write,
            _ => &Spelling::Iso,
        };
        spelling.moment(value.spelling()?, self.bare(ty))
    }
}

impl Spelling {
    /// The same of a text in this spelling.
    pub fn moment(&self, text: &str, ty: &Type) -> Option<i128> {
        let mut parts = self.parts(text, ty).filter(|parts| self.is_real(parts))?.into_iter();
        match self {
            Self::Epoch(epoch) | Self::Wrapped(_, epoch, _) => calendar::counted(parts.next()?.1, epoch.in_a_second()),
            Self::Pattern(_, offset) => calendar::moment(parts, i64::from(*offset)),
            Self::Iso | Self::Rfc2822 | Self::HttpDate => calendar::moment(parts, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::Epoch;

    #[test]
    fn every_spelling_of_a_moment_is_the_same_moment() {
        let moment = 1_527_500_365_052_000_000;
        let second = 1_527_500_365_000_000_000;
        let pattern = |pattern: &str, offset| Spelling::Pattern(pattern.into(), offset);
        for (text, spelling, expected) in [
            ("2018-05-28T11:39:25.052+02:00", Spelling::Iso, moment),
            ("2018-05-28 09:39:25.0520Z", Spelling::Iso, moment),
            ("1969-12-31T23:59:59.9-00:30", Spelling::Iso, 1_799_900_000_000),
            ("Mon, 28 May 2018 11:39:25 +0200", Spelling::Rfc2822, second),
            ("28 May 2018 11:39 +0200", Spelling::Rfc2822, second - 25_000_000_000),
            ("Mon, 28 May 2018 09:39:25 GMT", Spelling::HttpDate, second),
            ("1527500365", Spelling::Epoch(Epoch::Seconds), second),
            ("-0.5", Spelling::Epoch(Epoch::Seconds), -500_000_000),
            ("1527500365.052000", Spelling::Epoch(Epoch::SecondsMicros), moment),
            ("1527500365052000", Spelling::Epoch(Epoch::Micros), moment),
            ("/Date(1527500365052)/", Spelling::Wrapped("/Date(".into(), Epoch::Millis, ")/".into()), moment),
            ("28/05/2018 11:39:25", pattern("%d/%m/%Y %T", 7200), second),
            ("Monday, 28. May 18 09:39:25.052 AM +00:00", pattern("%A, %d. %B %y %I:%M:%S.%3f %p %:z", 0), moment),
            ("148 18 09:39:25.052 PM +12:00", pattern("%j %y %I:%M:%S%.f %p %:z", 0), moment),
        ] {
            assert_eq!(spelling.moment(text, &Type::DateTime), Some(expected), "{text}");
        }
        assert_eq!(Spelling::Iso.moment("12:30", &Type::Time), Some(45_000_000_000_000));
        assert_eq!(Spelling::Iso.moment("1970-01-02", &Type::Date), Some(86_400_000_000_000));
    }

    #[test]
    fn what_is_spelled_otherwise_is_no_moment() {
        let pattern = Spelling::Pattern("%d/%m/%Y %T".into(), 0);
        for text in ["", "28/05/2018", "28/13/2018 09:39:25", "28/05/2018 09:39:25 ", "aa/05/2018 09:39:25", "é"] {
            assert_eq!(pattern.moment(text, &Type::DateTime), None, "{text}");
        }
        assert_eq!(Spelling::Iso.moment("2018", &Type::Date), None);
        assert_eq!(Spelling::Epoch(Epoch::Seconds).moment("soon", &Type::DateTime), None);
        assert_eq!(Spelling::Iso.moment("2018-02-29T11:39:25Z", &Type::DateTime), None);
        assert_eq!(Spelling::Rfc2822.moment("Mon, 28 May 2018 09:39:25 EST", &Type::DateTime), None);
    }
}
