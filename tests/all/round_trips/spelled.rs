//! Single values in every spelling: the mock takes what the client writes, answers with it, and the client reads what it
//! had written.

use client_runtime::rt::Wire;
use tests::round_trips::{
    Base64, CivilDate, CivilDateTime, CivilTime, Color, DateTime, Decimal, Level, NumberOrText, Spelled,
};

use super::dice::Dice;
use super::{ECHOES, spelled, start};

const ROUNDS: u64 = 10;

#[tokio::test]
async fn what_is_spelled_is_read_back() {
    let (_, mock, client) = start().await;
    for (at, (place, echo)) in (0..).zip(ECHOES) {
        for round in 0..ROUNDS {
            let seed = at * ROUNDS + round;
            let mut dice = Dice::new(seed);
            let mut given = draw(&mut dice, *place == "path", *place == "headers");
            let values = spelled(&given);
            let values: Vec<(&'static str, &dyn Wire)> =
                values.iter().map(|(name, value)| (*name, value.as_ref())).collect();
            let context = || {
                let request = mock.requests().pop().unwrap();
                let body = String::from_utf8_lossy(&request.body).into_owned();
                format!("{place} with seed {seed}: {} {} {body}", request.path, request.query)
            };
            let read = echo(&client, &values).await;
            let mut read = read.unwrap_or_else(|violations| panic!("{violations:?} {}", context()));
            assert!(read.id.take().is_some(), "{}", context());
            // A number is a text where there is nothing else.
            let texts = [&mut read, &mut given].map(|it| it.v_either.take().map(|either| either.as_str().to_owned()));
            assert_eq!(texts[0], texts[1], "{}", context());
            assert_eq!(read, given, "{}", context());
        }
    }
}

/// A date with a time, in digits of a second that a spelling has room for.
fn moment(dice: &mut Dice, digits: usize) -> (String, String) {
    // The years that two digits can tell.
    let date = format!("{:04}-{:02}-{:02}", 1969 + dice.roll(100), 1 + dice.roll(12), 1 + dice.roll(28));
    let mut time = format!("{:02}:{:02}:{:02}", dice.roll(24), dice.roll(60), dice.roll(60));
    if digits > 0 && dice.roll(4) > 0 {
        let fraction = format!("{:09}", dice.roll(1_000_000_000));
        time = format!("{time}.{}", &fraction[..digits]);
    }
    (date, time)
}

fn instant(dice: &mut Dice, digits: usize) -> DateTime {
    let (date, time) = moment(dice, digits);
    format!("{date}T{time}Z").parse().unwrap()
}

fn wall(dice: &mut Dice) -> CivilDateTime {
    let (date, time) = moment(dice, 0);
    format!("{date}T{time}").parse().unwrap()
}

fn day(dice: &mut Dice) -> CivilDate {
    moment(dice, 0).0.parse().unwrap()
}

fn hour(dice: &mut Dice, is_minute: bool) -> CivilTime {
    let time = moment(dice, 0).1;
    if is_minute { format!("{}:00", &time[..5]).parse().unwrap() } else { time.parse().unwrap() }
}

fn decimal(dice: &mut Dice) -> Decimal {
    let sign = if dice.coin() { "-" } else { "" };
    let bits = dice.roll(60);
    let whole = dice.roll(u64::MAX >> bits);
    match dice.roll(3) {
        0 => format!("{sign}{whole}"),
        1 => format!("{sign}{whole}.{}", dice.roll(1_000_000_000)),
        _ => format!("{sign}{whole}.{:020}", dice.roll(1_000_000_000)),
    }
    .parse()
    .unwrap()
}

/// A text that may look like a number, and a number that may not be taken for a text.
fn either(dice: &mut Dice, is_path: bool, is_header: bool) -> NumberOrText {
    match dice.roll(3) {
        0 => NumberOrText::from(dice.roll(u64::MAX >> 1) as i64),
        1 => NumberOrText::from(format!("00{}", dice.roll(1000))),
        // What is neither of a path nor of a header is tried elsewhere.
        _ if is_path || is_header => NumberOrText::from("a b/c é".to_owned()),
        _ => NumberOrText::from(dice.text()),
    }
}

fn draw(dice: &mut Dice, is_path: bool, is_header: bool) -> Spelled {
    let whole = |dice: &mut Dice| (dice.roll(u64::MAX) as i64) >> dice.roll(60);
    let wall_minutes = format!("{}T{}", day(dice), hour(dice, true)).parse().unwrap();
    let bytes = if is_path { b"path".to_vec() } else { dice.bytes() };
    let mut given = Spelled::default()
        .v_plain(dice.coin())
        .v_yes(dice.coin())
        .v_true(dice.coin())
        .v_bit(dice.coin())
        .v_quoted_bit(dice.coin())
        .v_word(dice.coin())
        .v_iso(instant(dice, 9))
        .v_mail(instant(dice, 0))
        .v_web(instant(dice, 0))
        .v_seconds(instant(dice, 0))
        .v_fraction(instant(dice, 6))
        .v_millis(instant(dice, 3))
        .v_micros(instant(dice, 6))
        .v_wrapped(instant(dice, 3))
        .v_text_of_seconds(instant(dice, 0))
        .v_spaced(instant(dice, 0))
        .v_unix(instant(dice, 0))
        .v_english(instant(dice, 0))
        .v_numbered(instant(dice, 6))
        .v_short(instant(dice, 9))
        .v_other_way(instant(dice, 3))
        .v_wall(wall(dice))
        .v_wall_minutes(wall_minutes)
        .v_day(day(dice))
        .v_german(day(dice))
        .v_digits(day(dice))
        .v_ordinal(day(dice))
        .v_hour(hour(dice, false))
        .v_half(hour(dice, true))
        .v_exact(decimal(dice))
        .v_quoted(decimal(dice))
        .v_whole(whole(dice))
        .v_big(whole(dice))
        .v_count(dice.roll(u64::MAX) >> dice.roll(60))
        .v_either(either(dice, is_path, is_header));
    given.v_bytes = Some(Base64::from(bytes));
    given.v_level = Some(match dice.roll(3) {
        0 => Level::Low,
        1 => Level::High,
        _ => Level::Other(3 + dice.roll(1000) as i64),
    });
    given.v_color = Some(match dice.roll(3) {
        0 => Color::Red,
        1 => Color::LightGreen,
        _ if is_path || is_header => Color::Other("é ü".to_owned()),
        _ => Color::Other(dice.text()),
    });
    given
}
