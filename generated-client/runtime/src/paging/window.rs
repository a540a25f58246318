//! A list between two times that is asked for in stretches, since a server takes no longer ones.

use std::time::SystemTime;

use super::Position;
use super::position::Kind;
use crate::args::{Args, Wire};
#[cfg(feature = "http")]
use crate::client::Plan;
use crate::tables::{NextPage, Window};
use crate::values::{CivilDate, DateTime, NumberOrText, Spelled};

/// Cuts what a call asks for to its first stretch, and says where the next one begins; nothing where there is none.
pub(crate) type Cut = fn(&Window, &mut Args, SystemTime) -> Option<Position>;

/// A time at which a stretch begins or ends.
pub trait Bound: Spelled + PartialOrd + Wire {
    /// So many seconds belong to one of them: to a day, but not to a moment.
    const SECONDS: i64;

    /// The time so many seconds later.
    fn later(&self, seconds: i64) -> Option<Self>;

    /// The first time that has not begun.
    fn after(now: SystemTime) -> Option<Self>;
}

#[cfg(feature = "http")]
impl Plan {
    /// Cuts this call. One that does not say where its list begins is sent as it is.
    pub(crate) fn cut(&mut self) -> Option<Box<Position>> {
        let NextPage::Window(window) = self.endpoint.paging()?.next else { return None };
        (window.cut)(&window, &mut self.args, self.client.0.means.clock.now()).map(Box::new)
    }
}

/// A [`Cut`] by times of one type.
pub(crate) fn cut<T: Bound>(window: &Window, args: &mut Args, now: SystemTime) -> Option<Position> {
    let asked = |name: &str| args.form_of(name).parse::<T>(&args.by_name(name)?.text);
    // What comes last belongs to its stretch where that is closed: the whole of a day.
    let within = if window.closed { T::SECONDS } else { 0 };
    let from = asked(window.from)?;
    let end = match args.by_name(window.to) {
        Some(_) => asked(window.to)?.later(within)?,
        None => T::after(now)?,
    };
    let next = from.later(window.seconds)?;
    if end <= next {
        return None;
    }
    let (text, is_number) = args.form_of(window.from).print(&next)?;
    args.set(window.to, &next.later(-within)?);
    let next = if is_number { NumberOrText::number(&text) } else { text.into() };
    Some(Position(Kind::Cursor(next)))
}

impl Bound for DateTime {
    const SECONDS: i64 = 0;

    fn later(&self, seconds: i64) -> Option<Self> {
        self.plus(seconds)
    }

    fn after(now: SystemTime) -> Option<Self> {
        Some(now.into())
    }
}

impl Bound for CivilDate {
    const SECONDS: i64 = 86_400;

    fn later(&self, seconds: i64) -> Option<Self> {
        self.plus(seconds / Self::SECONDS)
    }

    fn after(now: SystemTime) -> Option<Self> {
        Self::of(&now.into()).plus(1)
    }
}
