//! What a seed makes of the number of a call: what is done, and what goes wrong with each attempt at it.

use std::time::Duration;

use codegen_mock::{Fault, Fields};

/// No call is tried more often.
pub(crate) const ATTEMPTS: usize = 3;

/// No call goes to nobody after this one: after a hundred retries where nothing ever succeeds a client makes no more
/// there, and from then on it would depend on the order of the calls which of them is tried again.
const LAST_TO_NOBODY: u64 = 6_000;

const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What a call does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    ListUsers,
    ShowUser,
    ShowNobody,
    CreateUser,
    CreateTaken,
    UpdateUser,
    DestroyUser,
    ShowStudent,
    ShowNoStudent,
    EditStudent,
    Book,
}

/// A call that is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Planned {
    /// Nobody else's: whatever the call creates or changes is named after it.
    pub(crate) number: u64,
    pub(crate) deed: Deed,
    /// Where it goes there is nobody, so that no attempt finds a connection.
    pub(crate) to_nobody: bool,
    /// What each attempt meets that arrives.
    pub(crate) faults: [Option<Fault>; ATTEMPTS],
}

/// Deeds, by how many in a hundred they are.
pub(crate) const DEEDS: [(u64, Deed); 11] = [
    (8, Deed::ListUsers),
    (16, Deed::ShowUser),
    (4, Deed::ShowNobody),
    (16, Deed::CreateUser),
    (4, Deed::CreateTaken),
    (12, Deed::UpdateUser),
    (10, Deed::DestroyUser),
    (8, Deed::ShowStudent),
    (4, Deed::ShowNoStudent),
    (8, Deed::EditStudent),
    (10, Deed::Book),
];

impl Planned {
    /// Always the same of the same seed and number.
    pub(crate) fn of(seed: u64, number: u64) -> Self {
        let mut random = Random(mixed(seed) ^ number);
        let deed = one_of(&DEEDS, random.below(100));
        let to_nobody = random.below(200) == 0 && number < LAST_TO_NOBODY;
        let faults = [(); ATTEMPTS].map(|()| (random.below(100) < 15).then(|| fault(&mut random, deed)));
        Self { number, deed, to_nobody, faults }
    }

    /// Whether an attempt gets no answer for as long as anybody waits.
    pub(crate) fn stalls(&self) -> bool {
        self.faults.contains(&Some(stall()))
    }

    /// How long an attempt may take, where one stalls: no call but this says so long.
    pub(crate) fn patience(&self) -> Duration {
        A_DAY + Duration::from_secs(self.number)
    }
}

impl Deed {
    /// Whether it is a call of the second API, whose answers say in their bodies if they are successes.
    pub(crate) fn is_enveloped(self) -> bool {
        matches!(self, Self::ShowStudent | Self::ShowNoStudent | Self::EditStudent | Self::Book)
    }

    /// Whether doing it twice is the same as doing it once.
    pub(crate) fn may_repeat(self) -> bool {
        !matches!(self, Self::CreateUser | Self::CreateTaken | Self::UpdateUser | Self::DestroyUser | Self::Book)
    }
}

/// The call that says that an attempt may take so long.
pub(crate) fn who_waits(patience: Duration) -> Option<u64> {
    Some(patience.checked_sub(A_DAY)?.as_secs())
}

/// Never answered: nobody waits for it that long.
pub(crate) fn stall() -> Fault {
    Fault::Delay(Duration::from_secs(3600))
}

fn fault(random: &mut Random, deed: Deed) -> Fault {
    let named = |name: &str| Fields::Named(name.to_owned());
    let status = |status| Fault::Status(status, String::new());
    match random.below(100) {
        0..10 => Fault::DropBefore,
        10..20 => Fault::DropAfter,
        20..28 => Fault::Truncate,
        28..34 => Fault::Delay(Duration::from_millis(5)),
        34..36 => stall(),
        36..41 => Fault::SlowBody(200, Duration::from_millis(1)),
        41..48 => Fault::ExtraFields,
        48..53 => status(500),
        53..56 => status(502),
        56..60 => status(503),
        60..63 => status(504),
        63..66 => status(408),
        66..67 => status(429),
        67..69 => status(501),
        69..71 => status(400),
        // Of a deletion nothing says that it is done: what says so and has done nothing tells a lie.
        71..75 if deed != Deed::DestroyUser => status(200),
        71..79 => Fault::Status(200, "<html><body>Maintenance</body></html>".to_owned()),
        79..83 => Fault::Redirect(307, "http://127.0.0.1:1/".to_owned()),
        83..90 if deed.is_enveloped() => {
            let name = if random.below(2) == 0 { "stale_request" } else { "other" };
            Fault::Documented(name.to_owned())
        }
        83..90 => Fault::Documented("not_authorized".to_owned()),
        _ if deed.is_enveloped() => Fault::MissingFields(named("response_code")),
        90..95 => Fault::WrongTypes(named("id")),
        _ => Fault::MissingFields(named("name")),
    }
}

fn one_of<T: Copy>(weighed: &[(u64, T)], mut drawn: u64) -> T {
    for (weight, one) in weighed {
        if drawn < *weight {
            return *one;
        }
        drawn -= weight;
    }
    weighed[weighed.len() - 1].1
}

/// SplitMix64, so that a seed is the same run everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0) % bound
    }
}

fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
