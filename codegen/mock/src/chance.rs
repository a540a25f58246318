//! Which fault meets which request: one that was asked for, one by chance, or what somebody says of the request.

use std::collections::VecDeque;
use std::fmt;

use crate::fault::Fault;
use crate::received::Received;

/// What somebody says of a request.
type Choose = Box<dyn FnMut(&Received) -> Option<Fault> + Send>;

/// What goes wrong with the requests to come: first what was asked for, then what is said of each.
#[derive(Default)]
pub(crate) struct Faults {
    pub(crate) queue: VecDeque<Fault>,
    choose: Option<Choose>,
}

impl Faults {
    /// Lets every request go wrong as it is said.
    pub(crate) fn by(&mut self, choose: impl FnMut(&Received) -> Option<Fault> + Send + 'static) {
        self.choose = Some(Box::new(choose));
    }

    /// Lets every request go wrong by chance; of a seed all that follows is made.
    pub(crate) fn at_random(&mut self, seed: u64, chances: Vec<(f64, Fault)>) {
        let mut random = Random(seed);
        self.by(move |_| {
            let mut drawn = random.next();
            for (chance, fault) in &chances {
                if drawn < *chance {
                    return Some(fault.clone());
                }
                drawn -= chance;
            }
            None
        });
    }

    /// What goes wrong with this request, which is the next.
    pub(crate) fn next(&mut self, request: &Received) -> Option<Fault> {
        self.queue.pop_front().or_else(|| (self.choose.as_mut()?)(request))
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Faults").field("queue", &self.queue).finish_non_exhaustive()
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): small, and good enough to choose faults.
struct Random(u64);

impl Random {
    /// At least 0 and less than 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        // 53 bits are what a number of this kind holds exactly.
        (mixed >> 11) as f64 / (1u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(path: &str) -> Received {
        let (method, path) = ("GET".to_owned(), path.to_owned());
        Received { method, path, query: String::new(), headers: vec![], body: vec![] }
    }

    fn drawn(seed: u64, count: usize) -> Vec<Option<Fault>> {
        let mut faults = Faults::default();
        faults.at_random(seed, vec![(0.25, Fault::DropBefore), (0.5, Fault::DropAfter)]);
        (0..count).map(|_| faults.next(&request("/"))).collect()
    }

    #[test]
    fn chances_are_kept_and_repeatable() {
        let faults = drawn(7, 100_000);
        let count = |wanted: Option<Fault>| faults.iter().filter(|fault| **fault == wanted).count();
        assert!((24_500..25_500).contains(&count(Some(Fault::DropBefore))));
        assert!((49_500..50_500).contains(&count(Some(Fault::DropAfter))));
        assert_eq!(faults, drawn(7, 100_000));
        assert_ne!(faults[..100], drawn(8, 100));
    }

    #[test]
    fn what_was_asked_for_comes_first() {
        let mut faults = Faults::default();
        faults.at_random(1, vec![(1.0, Fault::Truncate)]);
        faults.queue.push_back(Fault::DropAfter);
        let any = request("/");
        assert_eq!([faults.next(&any), faults.next(&any)], [Some(Fault::DropAfter), Some(Fault::Truncate)]);
        faults.at_random(1, vec![]);
        assert_eq!(faults.next(&any), None);
    }

    #[test]
    fn a_fault_may_be_for_one_request() {
        let mut faults = Faults::default();
        let mut left = 1;
        faults.by(move |request| {
            let meets = request.path == "/b" && std::mem::replace(&mut left, 0) > 0;
            meets.then_some(Fault::DropBefore)
        });
        let met = ["/a", "/b", "/b"].map(|path| faults.next(&request(path)));
        assert_eq!(met, [None, Some(Fault::DropBefore), None]);
    }
}
