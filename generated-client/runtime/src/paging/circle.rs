//! Lists that lead back into themselves, found without remembering all of them.

use super::position::Position;

/// Watches positions go by, and remembers one of them: that one is taken anew after ever more steps, so that it comes
/// to lie within any circle, however long, and is then met again.
#[derive(Debug)]
pub(super) struct Circle {
    mark: Option<Position>,
    steps: u64,
    patience: u64,
}

impl Circle {
    pub(super) fn new(start: Option<Position>) -> Self {
        Self { mark: start, steps: 0, patience: 1 }
    }

    /// Whether a position was there already, as far as that is known yet.
    pub(super) fn closes(&mut self, position: &Position) -> bool {
        if self.mark.as_ref() == Some(position) {
            return true;
        }
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

    #[test]
    fn every_circle_is_found_soon() {
        for (before, length) in [(0, 1), (0, 2), (3, 1), (5, 7), (100, 1), (1, 100)] {
            let mut circle = Circle::new(None);
            let at = |step: usize| if step < before { step } else { before + (step - before) % length };
            let found = (0..).position(|step| circle.closes(&position(at(step)))).unwrap();
            assert!(found >= before + length, "{before} {length}: not before it closes");
            assert!(found <= 4 * (before + length) + 1, "{before} {length}: after {found}");
        }
    }

    #[test]
    fn a_long_way_is_no_circle() {
        let mut circle = Circle::new(Some(position(0)));
        assert!((1..10_000).all(|step| !circle.closes(&position(step))));
    }
}
