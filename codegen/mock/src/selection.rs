//! Serial numbers of objects, of which a million take no more memory than one.

use std::ops::Range;

/// The objects that were looked for, in order.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    /// Sorted; none of them in the range.
    single: Vec<u64>,
    /// All of these but the gaps.
    range: Range<u64>,
    /// How far each gap is from the start of the range, not counting the gaps before it: never less than the one
    /// before.
    gaps: Vec<u64>,
}

impl Selection {
    /// These, which are sorted.
    pub(crate) fn of(single: Vec<u64>) -> Self {
        Self { single, range: 0..0, gaps: Vec::new() }
    }

    /// These, which are sorted, and those of a range but for its gaps, which are sorted and in it.
    pub(crate) fn with_range(mut single: Vec<u64>, range: Range<u64>, gaps: impl IntoIterator<Item = u64>) -> Self {
        single.retain(|serial| !range.contains(serial));
        let counted = (0..).zip(gaps).map(|(before, gap)| gap - range.start - before).collect();
        Self { single, range, gaps: counted }
    }

    pub(crate) fn len(&self) -> u64 {
        self.single.len() as u64 + self.in_range()
    }

    pub(crate) fn first(&self) -> Option<u64> {
        self.nth(0)
    }

    /// The one at a position.
    pub(crate) fn nth(&self, position: u64) -> Option<u64> {
        let before = self.single.partition_point(|serial| *serial < self.range.start) as u64;
        let single = |position: u64| self.single.get(usize::try_from(position).ok()?).copied();
        if position < before {
            return single(position);
        }
        let within = position - before;
        if within >= self.in_range() {
            return single(position - self.in_range());
        }
        Some(self.range.start + within + self.gaps.partition_point(|gap| *gap <= within) as u64)
    }

    /// Those from one position on.
    pub(crate) fn skip(&self, positions: u64) -> impl Iterator<Item = u64> {
        (positions..self.len()).map_while(|position| self.nth(position))
    }

    fn in_range(&self) -> u64 {
        (self.range.end - self.range.start) - self.gaps.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(selection: &Selection) -> Vec<u64> {
        selection.skip(0).collect()
    }

    #[test]
    fn single_ones_stand_around_the_range() {
        let selection = Selection::with_range(vec![0, 1, 4, 9], 2..7, vec![2, 3, 6]);
        assert_eq!(all(&selection), [0, 1, 4, 5, 9]);
        assert_eq!((selection.len(), selection.nth(5), selection.first()), (5, None, Some(0)));
        assert_eq!(selection.skip(3).collect::<Vec<_>>(), [5, 9]);
    }

    #[test]
    fn there_may_be_nothing() {
        assert_eq!((all(&Selection::of(vec![])), Selection::of(vec![]).first()), (vec![], None));
        assert_eq!(all(&Selection::with_range(vec![], 3..5, vec![3, 4])), [0u64; 0]);
        assert_eq!(all(&Selection::with_range(vec![9], 3..5, vec![3, 4])), [9]);
    }

    #[test]
    fn a_million_is_one_range() {
        let selection = Selection::with_range(vec![0], 1..1_000_001, vec![]);
        assert_eq!((selection.len(), selection.nth(1_000_000)), (1_000_001, Some(1_000_000)));
    }
}
