//! Values that look random and are the same every time.

use std::collections::BTreeSet;

use tests::round_trips::{
    CivilDate, Color, DateTime, Decimal, Held, Inner, Json, Level, Line, LineId, Maybe, OrderedMap, Shape,
};

/// Numbers from a seed.
pub(super) struct Dice {
    state: u64,
    /// Whether there are characters among the letters that some places cannot hold.
    is_wild: bool,
}

/// What separates, encloses, escapes or counts somewhere, and a few that do nothing of that.
const TAME: [&str; 40] = [
    "a", "B", "0", "1", "7", "x", " ", "+", "&", "=", "%", "[", "]", "[]", "[0]", ".", "..", ":", ";", "/", "?", "#",
    "\"", "\\", "'", "<", ">", "{", "}", "(", "@", "!", "$", "*", "|", "~", "^", "é", "😀", "value",
];
const WILD: [&str; 10] = [",", "\n", "\r\n", "\t", "\u{1}", "\0", "\u{7f}", "\u{85}", "\u{fffd}", ",,"];

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        let mut dice = Self { state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1, is_wild: false };
        dice.roll(2);
        dice.is_wild = dice.roll(2) == 0;
        dice
    }

    pub(super) fn roll(&mut self, sides: u64) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 11) % sides
    }

    pub(super) fn coin(&mut self) -> bool {
        self.roll(2) == 0
    }

    pub(super) fn text(&mut self) -> String {
        let length = self.roll(6);
        (0..length).map(|_| self.letter()).collect()
    }

    fn letter(&mut self) -> &'static str {
        let at = self.roll(1 << 20) as usize;
        if self.is_wild && at.is_multiple_of(5) { WILD[at % WILD.len()] } else { TAME[at % TAME.len()] }
    }

    pub(super) fn many<T>(&mut self, make: impl Fn(&mut Self) -> T) -> Vec<T> {
        (0..self.roll(4)).map(|_| make(self)).collect()
    }

    pub(super) fn bytes(&mut self) -> Vec<u8> {
        let length = self.roll(40);
        let pieces: [&[u8]; 6] = [b"\r\n--", b"\r\n", b"\0", b"\xff\xfe", b"--", b"a"];
        (0..length).flat_map(|_| pieces[self.roll(6) as usize]).copied().collect()
    }

    /// Names that differ in more than the case of their letters, each with a value.
    pub(super) fn map<T>(
        &mut self,
        name: impl Fn(&mut Self) -> String,
        make: impl Fn(&mut Self) -> T,
    ) -> OrderedMap<T> {
        let mut seen = BTreeSet::new();
        let names = self.many(name).into_iter().filter(|name| seen.insert(name.to_lowercase())).collect::<Vec<_>>();
        names.into_iter().map(|name| (name, make(self))).collect()
    }

    pub(super) fn line(&mut self) -> Line {
        let mut line = Line::new(self.text(), self.roll(100) as i64 - 50);
        line.tags = self.coin().then(|| self.many(Self::text));
        line.inner = self.coin().then(|| self.inner());
        line
    }

    fn inner(&mut self) -> Inner {
        let mut inner = Inner::new(self.coin());
        inner.note = self.coin().then(|| self.text());
        inner.gone = self.maybe(Self::text);
        inner.left = self.maybe(Self::number);
        inner
    }

    /// What is there, null, or neither.
    fn maybe<T>(&mut self, make: impl Fn(&mut Self) -> T) -> Maybe<T> {
        match self.roll(3) {
            0 => Maybe::Absent,
            1 => Maybe::Null,
            _ => Maybe::Value(make(self)),
        }
    }

    pub(super) fn number(&mut self) -> i64 {
        (self.roll(u64::MAX) as i64) >> self.roll(60)
    }

    pub(super) fn id(&mut self) -> LineId {
        LineId(self.number())
    }

    pub(super) fn decimal(&mut self) -> Decimal {
        ["0", "-1.50", "12345678901234567890.000000001", "7"][self.roll(4) as usize].parse().unwrap()
    }

    pub(super) fn day(&mut self) -> CivilDate {
        format!("{:04}-{:02}-{:02}", self.roll(10_000), 1 + self.roll(12), 1 + self.roll(28)).parse().unwrap()
    }

    /// In whole milliseconds of the years from 1970 on.
    pub(super) fn moment(&mut self) -> DateTime {
        let day = format!("{:04}-{:02}-{:02}", 1970 + self.roll(1000), 1 + self.roll(12), 1 + self.roll(28));
        format!("{day}T{:02}:00:00.{:03}Z", self.roll(24), self.roll(1000)).parse().unwrap()
    }

    pub(super) fn level(&mut self) -> Level {
        match self.roll(3) {
            0 => Level::Low,
            1 => Level::High,
            _ => Level::Other(3 + self.roll(1000) as i64),
        }
    }

    pub(super) fn color(&mut self) -> Color {
        match self.roll(3) {
            0 => Color::Red,
            1 => Color::LightGreen,
            _ => Color::Other(self.text()),
        }
    }

    pub(super) fn shape(&mut self) -> Shape {
        if self.coin() { Shape::Line(self.line().into()) } else { Shape::Inner(self.inner().into()) }
    }

    /// One with something in it: of a list without items nothing would be sent.
    pub(super) fn held(&mut self) -> Held {
        match self.roll(3) {
            0 => Held::Line(self.line().into()),
            1 => Held::Tags([vec![self.text()], self.many(Self::text)].concat()),
            _ => Held::Flag(self.coin()),
        }
    }

    /// A list or an object with anything in it.
    pub(super) fn json(&mut self, depth: u64) -> Json {
        match self.roll(if depth == 0 { 4 } else { 6 }) {
            0 => Json::Null,
            1 => Json::Bool(self.coin()),
            2 => Json::Number(["0", "-1.50", "9007199254740993", "1e3"][self.roll(4) as usize].to_owned()),
            3 => Json::String(self.text()),
            4 => Json::Array(self.many(|dice| dice.json(depth - 1))),
            _ => self.object(depth),
        }
    }

    pub(super) fn object(&mut self, depth: u64) -> Json {
        let members = self.map(Self::text, |dice| dice.json(depth - 1));
        Json::Object(members.iter().map(|(name, value)| (name.to_owned(), value.clone())).collect())
    }

    /// An object of objects and texts alone.
    pub(super) fn tree(&mut self, depth: u64) -> Json {
        let members = self.map(Self::text, |dice| match depth > 1 && dice.coin() {
            true => dice.tree(depth - 1),
            false => Json::String(dice.text()),
        });
        Json::Object(members.iter().map(|(name, value)| (name.to_owned(), value.clone())).collect())
    }
}
