//! Dates and times in every spelling.

use codegen::ir::{Epoch, Form, Json, Piece, Spelling, Type, pieces};

/// The first, second and third of May 2024, as they are spelled here; of one day, one hour after the other.
pub(super) fn moment_for(form: Option<&Form>, ty: &Type, seed: usize) -> Json {
    let day = seed % 9 + 1;
    let second = 1_714_557_600 + i64::try_from(seed % 9).unwrap() * 86_400;
    let Some(Form::Moments(_, write)) = form else {
        return Json::String(match ty {
            Type::Date => format!("2024-05-0{day}"),
            Type::Time => format!("1{day}:00:00"),
            Type::CivilDateTime => format!("2024-05-0{day}T10:00:00"),
            _ => format!("2024-05-0{day}T10:00:00Z"),
        });
    };
    let weekday = ["Wed", "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed", "Thu"][day - 1];
    match write {
        Spelling::Iso => moment_for(None, ty, seed),
        Spelling::Rfc2822 => Json::String(format!("{weekday}, 0{day} May 2024 10:00:00 +0000")),
        Spelling::HttpDate => Json::String(format!("{weekday}, 0{day} May 2024 10:00:00 GMT")),
        Spelling::Epoch(epoch) => Json::Number(epoch_text(*epoch, second)),
        Spelling::Wrapped(before, epoch, after) => {
            Json::String(format!("{before}{}{after}", epoch_text(*epoch, second)))
        }
        Spelling::Pattern(pattern, _) => {
            let piece = |piece: &Piece<'_>| match piece {
                Piece::Text(text) => (*text).to_owned(),
                Piece::Directive(name, _) => match *name {
                    "%" => "%".to_owned(),
                    "Y" => "2024".to_owned(),
                    "y" => "24".to_owned(),
                    "m" => "05".to_owned(),
                    "b" | "B" => "May".to_owned(),
                    "d" => format!("0{day}"),
                    "e" => format!(" {day}"),
                    "j" => format!("{}", 121 + day),
                    "a" => weekday.to_owned(),
                    "F" => format!("2024-05-0{day}"),
                    "H" | "I" => {
                        if *ty == Type::Time {
                            format!("1{day}")
                        } else {
                            "10".to_owned()
                        }
                    }
                    "p" => "AM".to_owned(),
                    "P" => "am".to_owned(),
                    "T" => {
                        if *ty == Type::Time {
                            format!("1{day}:00:00")
                        } else {
                            "10:00:00".to_owned()
                        }
                    }
                    "R" => {
                        if *ty == Type::Time {
                            format!("1{day}:00")
                        } else {
                            "10:00".to_owned()
                        }
                    }
                    "M" | "S" => "00".to_owned(),
                    "f" => "0".to_owned(),
                    "3f" => "000".to_owned(),
                    "6f" => "000000".to_owned(),
                    ".f" => String::new(),
                    ".3f" => ".000".to_owned(),
                    ".6f" => ".000000".to_owned(),
                    "z" => "+0000".to_owned(),
                    ":z" => "+00:00".to_owned(),
                    other => panic!("no sample of %{other}"),
                },
            };
            Json::String(pieces(pattern).unwrap().iter().map(piece).collect())
        }
    }
}

/// One that is spelled so, and that no calendar and no clock has.
pub(super) fn impossible(form: Option<&Form>, ty: &Type) -> Option<Json> {
    let possible = moment_for(form, ty, 0);
    Some(match possible {
        Json::Number(_) => Json::Number("9".repeat(20)),
        Json::String(text) => {
            let pairs = [("01", "32"), ("122", "367"), ("11", "31"), ("1714557600", "99999999999999999")];
            let (there, nowhere) = pairs.into_iter().find(|(there, _)| text.contains(there))?;
            Json::String(text.replacen(there, nowhere, 1))
        }
        _ => return None,
    })
}

fn epoch_text(epoch: Epoch, second: i64) -> String {
    match epoch {
        Epoch::Seconds => second.to_string(),
        Epoch::SecondsMicros => format!("{second}.000000"),
        Epoch::Millis => format!("{second}000"),
        Epoch::Micros => format!("{second}000000"),
    }
}
