//! Values as the spec spells them: moments, and true and false.

use codegen::ir::{Epoch, Form, Json, MONTHS, Piece, Spelling, Type, pieces};

use crate::time::{DAY, civil, iso};

const WEEKDAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

/// A moment as the spec spells what a server answers: as the client would send it.
pub(crate) fn moment(ms: i64, form: Option<&Form>, ty: &Type) -> Json {
    let usual = match ty {
        Type::Date => "%F",
        Type::Time => "%T",
        Type::CivilDateTime => "%FT%T",
        _ => return spelled(ms, form.map_or(&Spelling::Iso, written)),
    };
    match form {
        Some(Form::Moments(_, Spelling::Pattern(pattern, _))) => Json::String(print(ms, pattern)),
        _ => Json::String(print(ms, usual)),
    }
}

fn written(form: &Form) -> &Spelling {
    match form {
        Form::Moments(_, write) => write,
        Form::Quoted | Form::Words(_) => &Spelling::Iso,
    }
}

fn spelled(ms: i64, spelling: &Spelling) -> Json {
    Json::String(match spelling {
        Spelling::Iso => iso(ms),
        Spelling::Rfc2822 => print(ms, "%a, %d %b %Y %T +0000"),
        Spelling::HttpDate => print(ms, "%a, %d %b %Y %T GMT"),
        Spelling::Epoch(epoch) => return Json::Number(count(ms, *epoch)),
        Spelling::Wrapped(before, epoch, after) => format!("{before}{}{after}", count(ms, *epoch)),
        Spelling::Pattern(pattern, offset) => print(ms.saturating_add(i64::from(*offset) * 1000), pattern),
    })
}

fn count(ms: i64, epoch: Epoch) -> String {
    match epoch {
        Epoch::Seconds => ms.div_euclid(1000).to_string(),
        Epoch::SecondsMicros => format!("{}.{:03}000", ms.div_euclid(1000), ms.rem_euclid(1000)),
        Epoch::Millis => ms.to_string(),
        Epoch::Micros => format!("{ms}000"),
    }
}

/// A pattern filled in, in UTC.
fn print(ms: i64, pattern: &str) -> String {
    pieces(pattern)
        .unwrap_or_default()
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Directive(name, _) => directive(ms, name),
        })
        .collect()
}

fn directive(ms: i64, name: &str) -> String {
    let days = ms.div_euclid(DAY);
    let (year, month, day) = civil(days);
    let rest = ms.rem_euclid(DAY);
    let (hour, minute, second, milli) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60, rest % 1000);
    let of = |names: &[&str], index: i64| {
        usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default().to_owned()
    };
    let month_name = of(&MONTHS, month - 1);
    let weekday = of(&WEEKDAYS, days.rem_euclid(7));
    let short = |name: &str| name.get(..3).unwrap_or_default().to_owned();
    let half = if hour < 12 { "AM" } else { "PM" };
    match name {
        "Y" => format!("{year:04}"),
        "y" => format!("{:02}", year.rem_euclid(100)),
        "m" => format!("{month:02}"),
        "b" => short(&month_name),
        "B" => month_name,
        "d" => format!("{day:02}"),
        "e" => format!("{day:2}"),
        "j" => format!("{:03}", (1..).find(|past| civil(days - past).0 != year).unwrap_or(1)),
        "a" => short(&weekday),
        "A" => weekday,
        "F" => format!("{year:04}-{month:02}-{day:02}"),
        "H" => format!("{hour:02}"),
        "I" => format!("{:02}", (hour + 11) % 12 + 1),
        "p" => half.to_owned(),
        "P" => half.to_lowercase(),
        "M" => format!("{minute:02}"),
        "S" => format!("{second:02}"),
        "T" => format!("{hour:02}:{minute:02}:{second:02}"),
        "R" => format!("{hour:02}:{minute:02}"),
        "f" | "3f" => format!("{milli:03}"),
        "6f" => format!("{milli:03}000"),
        ".f" | ".3f" => format!(".{milli:03}"),
        ".6f" => format!(".{milli:03}000"),
        "z" => "+0000".to_owned(),
        ":z" => "+00:00".to_owned(),
        _ => "%".to_owned(),
    }
}

/// True or false as the spec spells it.
pub(crate) fn word(form: Option<&Form>, value: bool) -> Json {
    match Form::word(form, value) {
        (text, true) if text == "true" || text == "false" => Json::Boolean(text == "true"),
        (text, true) => Json::Number(text.to_owned()),
        (text, false) => Json::String(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_spelled_as_the_spec_says() {
        const MS: i64 = 1_527_500_365_052;
        let pattern = |pattern: &str, offset| spelled(MS, &Spelling::Pattern(pattern.to_owned(), offset));
        let text = |text: &str| Json::String(text.to_owned());
        assert_eq!(pattern("%Y-%m-%dT%H:%M:%S%.3fZ", 0), text("2018-05-28T09:39:25.052Z"));
        assert_eq!(pattern("%A, %e %B %Y, %I:%M %p", 7200), text("Monday, 28 May 2018, 11:39 AM"));
        assert_eq!(pattern("%a %b %d %T %z %Y %j %y 100%%", 0), text("Mon May 28 09:39:25 +0000 2018 148 18 100%"));
        assert_eq!(spelled(MS, &Spelling::HttpDate), text("Mon, 28 May 2018 09:39:25 GMT"));
        assert_eq!(spelled(MS, &Spelling::Epoch(Epoch::Seconds)), Json::Number("1527500365".to_owned()));
        assert_eq!(spelled(MS, &Spelling::Epoch(Epoch::SecondsMicros)), Json::Number("1527500365.052000".to_owned()));
        let wrapped = Spelling::Wrapped("/Date(".to_owned(), Epoch::Millis, ")/".to_owned());
        assert_eq!(spelled(MS, &wrapped), text("/Date(1527500365052)/"));
        assert_eq!(moment(MS, None, &Type::Date), text("2018-05-28"));
    }
}
