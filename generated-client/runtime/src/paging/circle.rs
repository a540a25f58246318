//! Lists that lead back into themselves, found without remembering all of them.

use std::collections::VecDeque;

use super::position::Position;

/// So many positions are remembered: a circle that is no longer is found where it closes.
const REMEMBERED: usize = 64;

/// Watches positions go by, and remembers the last of them, so that a short circle is found before anything of it comes
/// again. One more is remembered for the long ones: it is taken anew after ever more steps, so that it comes to lie
/// within any circle, however long, and is then met again.
#[derive(Debug)]
pub(super) struct Circle {
    last: VecDeque<Position>,
    mark: Option<Position>,
    steps: u64,
    patience: u64,
}

impl Circle {
    pub(super) fn new(start: Option<Position>) -> Self {
        Self { last: start.into_iter().collect(), mark: None, steps: 0, patience: 1 }
    }

    /// Whether a position was there already, as far as that is known yet.
    pub(super) fn closes(&mut self, position: &Position) -> bool {
        if self.mark.as_ref() == Some(position) || self.last.contains(position) {
            return true;
        }
        if self.last.len() == REMEMBERED {
            self.last.pop_front();
        }
        self.last.push_back(position.clone());
        self.steps += 1;
        if self.steps == self.patience {
            (self.mark, self.steps) = (Some(position.clone()), 0);
            self.patience = self.patience.saturating_mul(2);
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(number: usize) -> Position {
        format!("cursor:{number}").parse().unwrap()
    }

    /// How many positions go by before the circle is found.
    fn found(mut circle: Circle, before: usize, length: usize) -> usize {
        let at = |step: usize| if step < before { step } else { before + (step - before) % length };
        (0..).position(|step| circle.closes(&position(at(step)))).unwrap()
    }

    #[test]
    fn a_short_circle_is_found_where_it_closes() {
        for length in 1..=REMEMBERED {
            for before in [0, 1, 2, 3, 63, 64, 65, 1_000] {
                assert_eq!(found(Circle::new(None), before, length), before + length, "{before} {length}");
            }
        }
        // What the caller asked for is there already.
        assert_eq!(found(Circle::new(Some(position(0))), 0, 3), 0);
    }

    #[test]
    fn a_long_circle_is_found_soon() {
        for (before, length) in [(0, 65), (1, 100), (100, 65), (5_000, 700)] {
            let found = found(Circle::new(None), before, length);
            assert!(found >= before + length, "{before} {length}: not before it closes");
            assert!(found <= 4 * (before + length) + 1, "{before} {length}: after {found}");
        }
    }

    #[test]
    fn a_long_way_is_no_circle_and_takes_no_more_room() {
        let mut circle = Circle::new(Some(position(0)));
        assert!((1..100_000).all(|step| !circle.closes(&position(step))));
        assert_eq!(circle.last.len(), REMEMBERED);
    }
}
