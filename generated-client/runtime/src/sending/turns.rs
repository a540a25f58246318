//! Whose turn it is: so many at a time, so many in a time, and the others in a queue.

use std::collections::BTreeMap;
use std::task::Waker;
use std::time::{Duration, Instant};

use super::rate::Rate;

/// How long whoever could begin may take to do so, before others go first.
const PATIENCE: Duration = Duration::from_millis(250);

/// Whoever came first is the first to begin, as soon as there is a place, the rate allows it and the server does not
/// ask for quiet. Nothing is held for anybody who waits: to leave the queue is to have taken nothing.
///
/// A future that nobody polls any more must not hold up the others: it may be one that waits for them. So everybody who
/// waits looks now and then whether the first begins when it could, and passes over it otherwise. It has its old place in
/// the queue again when it comes back.
pub(super) struct Turns {
    /// How many may be under way at a time.
    pub(super) places: Option<usize>,
    pub(super) rate: Option<Rate>,
    under_way: usize,
    /// Until when the server asked not to be called.
    quiet: Option<Instant>,
    queue: BTreeMap<u64, Waiting>,
    next: u64,
}

struct Waiting {
    waker: Waker,
    /// When it looks again, whether or not it is woken.
    again: Option<Instant>,
}

/// One that wants to begin.
#[derive(Default)]
pub(super) struct Turn {
    /// Its number in the queue, from the first time that it had to wait.
    number: Option<u64>,
    /// When it looks again.
    again: Option<Instant>,
    /// Who is before it and could begin, and since when that is known.
    idle: Option<(u64, Instant)>,
}

/// What comes of looking whether it is one's turn.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// It is.
    Begin,
    /// It is the next, when it is woken or that time has come.
    Wait(Option<Instant>),
    /// Others are before it; it is to look again when it is woken, and at that time at the latest.
    Queue(Instant),
    /// It will not be in time.
    TooLate,
}

impl Turns {
    pub(super) fn new(places: Option<usize>, rate: Option<Rate>) -> Self {
        Self { places, rate, under_way: 0, quiet: None, queue: BTreeMap::new(), next: 0 }
    }

    /// Whether there is nothing left that anybody would wait for.
    pub(super) fn are_open(&self) -> bool {
        self.quiet.is_none() && self.queue.is_empty()
    }

    /// Makes everybody wait until then.
    pub(super) fn be_quiet(&mut self, until: Instant) {
        self.quiet = self.quiet.max(Some(until));
    }

    /// Whether one that comes at that time has its turn in time, as far as can be told.
    pub(super) fn comes_in_time(&self, now: Instant, latest: Option<Instant>) -> bool {
        self.earliest(self.queue.len(), now).is_some_and(|turn| latest.is_none_or(|latest| turn <= latest))
    }

    /// Whether it is somebody's turn, who must begin by `latest`. Whoever is to be woken for it is put in `call`.
    pub(super) fn look(
        &mut self,
        turn: &mut Turn,
        now: Instant,
        latest: Option<Instant>,
        waker: &Waker,
        call: &mut Option<Waker>,
    ) -> Look {
        let ahead = if turn.number.is_some() { 0 } else { self.queue.len() };
        let in_time = |at: &Instant| latest.is_none_or(|latest| *at <= latest);
        let (Some(_), Some(earliest)) = (self.earliest(ahead, now).filter(in_time), self.earliest(0, now)) else {
            return Look::TooLate;
        };
        let has_place = self.places.is_none_or(|places| self.under_way < places);
        let is_open = has_place && earliest <= now;
        let number = *turn.number.get_or_insert_with(|| {
            self.next += 1;
            self.next
        });
        let mut passed = false;
        while let Some((&first, waiting)) = self.queue.first_key_value().filter(|(first, _)| **first < number) {
            let idle = turn.idle.filter(|(idle, _)| is_open && *idle == first).or(is_open.then_some((first, now)));
            turn.idle = idle;
            let is_over = |since: Instant| since.checked_add(PATIENCE).is_some_and(|end| end <= now);
            let is_absent = idle.is_some_and(|(_, since)| is_over(since)) || waiting.again.is_some_and(is_over);
            if !(is_open && is_absent) {
                if passed {
                    *call = Some(waiting.waker.clone());
                }
                let again = self.next_look(turn.again, now);
                self.wait(turn, number, waker, Some(again));
                return Look::Queue(again);
            }
            self.queue.pop_first();
            passed = true;
        }
        turn.idle = None;
        if !is_open {
            let again = has_place.then_some(earliest);
            self.wait(turn, number, waker, again);
            return Look::Wait(again);
        }
        self.queue.remove(&number);
        turn.number = None;
        self.under_way += 1;
        if let Some(rate) = &mut self.rate {
            rate.begin(now);
        }
        self.quiet = self.quiet.filter(|until| *until > now);
        *call = self.first();
        Look::Begin
    }

    /// Ends what has begun. Whose turn it may be then is to be woken.
    pub(super) fn end(&mut self) -> Option<Waker> {
        self.under_way = self.under_way.saturating_sub(1);
        self.first()
    }

    /// Takes one out of the queue that does not want to begin any more. Who is the first then is to be woken.
    pub(super) fn leave(&mut self, turn: &Turn) -> Option<Waker> {
        self.queue.remove(&turn.number?)?;
        self.first()
    }

    fn first(&self) -> Option<Waker> {
        self.queue.first_key_value().map(|(_, waiting)| waiting.waker.clone())
    }

    /// When one may begin that has so many others before it, if there is a place then.
    fn earliest(&self, ahead: usize, now: Instant) -> Option<Instant> {
        let earliest = self.quiet.map_or(now, |until| until.max(now));
        match &self.rate {
            Some(rate) => rate.turn(ahead, earliest),
            None => Some(earliest),
        }
    }

    /// When one that is not the first looks again: the more there are, the less often each of them.
    fn next_look(&self, set: Option<Instant>, now: Instant) -> Instant {
        let others = Duration::from_millis(u64::try_from(self.queue.len()).unwrap_or(u64::MAX));
        set.filter(|set| *set > now).or_else(|| now.checked_add(PATIENCE.saturating_add(others))).unwrap_or(now)
    }

    fn wait(&mut self, turn: &mut Turn, number: u64, waker: &Waker, again: Option<Instant>) {
        turn.again = again;
        self.queue.insert(number, Waiting { waker: waker.clone(), again });
    }
}
