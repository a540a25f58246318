//! Faults at random, the same ones in every run.

use std::collections::VecDeque;

use crate::fault::Fault;

/// What goes wrong with the requests to come: first what was asked for, then what chance says.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    pub(crate) queue: VecDeque<Fault>,
    chances: Vec<(f64, Fault)>,
    random: Random,
}

impl Faults {
    /// Lets every request go wrong by chance; of a seed all that follows is made.
    pub(crate) fn at_random(&mut self, seed: u64, chances: Vec<(f64, Fault)>) {
        self.chances = chances;
        self.random = Random(seed);
    }

    /// What goes wrong with the next request.
    pub(crate) fn next(&mut self) -> Option<Fault> {
        if let Some(fault) = self.queue.pop_front() {
            return Some(fault);
        }
        if self.chances.is_empty() {
            return None;
        }
        let mut drawn = self.random.next();
        for (chance, fault) in &self.chances {
            if drawn < *chance {
                return Some(fault.clone());
            }
            drawn -= chance;
        }
        None
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): small, and good enough to choose faults.
#[derive(Debug, Default)]
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

    fn drawn(seed: u64, count: usize) -> Vec<Option<Fault>> {
        let mut faults = Faults::default();
        faults.at_random(seed, vec![(0.25, Fault::DropBefore), (0.5, Fault::DropAfter)]);
        (0..count).map(|_| faults.next()).collect()
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
        assert_eq!([faults.next(), faults.next()], [Some(Fault::DropAfter), Some(Fault::Truncate)]);
        faults.at_random(1, vec![]);
        assert_eq!(faults.next(), None);
    }
}
