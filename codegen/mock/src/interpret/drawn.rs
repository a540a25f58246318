//! What of an expression differs between attempts, and whether that was read back.

use codegen::ir::{Expr, ExprKind, Function, Source, Step};

use super::clock;
use super::recover::Reader;

/// What an expression is made of, steps included.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Nature {
    /// A clock, or something drawn.
    pub(super) moves: bool,
    /// Something drawn.
    pub(super) draws: bool,
    /// A credential.
    pub(super) is_secret: bool,
    /// How many expressions.
    pub(super) size: u64,
}

/// That of each step.
pub(super) fn natures(steps: &[Step]) -> Vec<Nature> {
    steps.iter().fold(Vec::new(), |mut natures, step| {
        natures.push(nature(&step.value, &natures));
        natures
    })
}

fn nature(expr: &Expr, steps: &[Nature]) -> Nature {
    let own = Nature { size: 1, ..Nature::default() };
    match &expr.kind {
        ExprKind::Source(Source::Now) => Nature { moves: true, ..own },
        ExprKind::Source(Source::Credential(_)) => Nature { is_secret: true, ..own },
        ExprKind::Source(Source::Step(index)) => steps.get(*index).copied().unwrap_or(own),
        ExprKind::Call(function, operands) => {
            let draws = function.draws();
            operands.iter().fold(Nature { moves: draws, draws, ..own }, |all, operand| {
                let nature = nature(operand, steps);
                Nature {
                    moves: all.moves || nature.moves,
                    draws: all.draws || nature.draws,
                    is_secret: all.is_secret || nature.is_secret,
                    size: all.size.saturating_add(nature.size),
                }
            })
        }
        ExprKind::Source(_)
        | ExprKind::Text(_)
        | ExprKind::Number(_)
        | ExprKind::Escape(_)
        | ExprKind::Clock(_)
        | ExprKind::Methods(_) => own,
    }
}

impl Reader<'_> {
    pub(super) fn nature(&self, expr: &Expr) -> Nature {
        nature(expr, &self.natures)
    }

    /// Whether something in an expression was not read back, or not finely enough, so that it cannot be computed.
    pub(super) fn is_unread(&self, expr: &Expr) -> bool {
        let mut steps = Vec::new();
        for step in &self.signing.steps {
            steps.push(self.misses(&step.value, &steps));
        }
        self.misses(expr, &steps)
    }

    fn misses(&self, expr: &Expr, steps: &[bool]) -> bool {
        let is_coarse = |unit: i64| self.found.now.is_none_or(|(_, alike)| alike > unit);
        if self.found.taken.iter().any(|(taken, _)| taken == expr) {
            return false;
        }
        match &expr.kind {
            ExprKind::Source(Source::Now) => self.found.now.is_none(),
            ExprKind::Source(Source::Step(index)) => steps.get(*index).copied().unwrap_or_default(),
            ExprKind::Call(function, operands) => match (function, operands.as_slice()) {
                (Function::Nonce, _) => self.found.nonce.is_none(),
                (Function::Counter, _) => self.found.counter.is_none(),
                (Function::Uuid, _) => self.found.uuid.is_none(),
                (Function::NonceHex, [Expr { kind: ExprKind::Number(bytes), .. }]) => {
                    !self.found.nonce_hex.contains_key(bytes)
                }
                (Function::EpochMs, _) => is_coarse(1),
                (Function::EpochS, _) => is_coarse(1000),
                (Function::FormatTime, [_, Expr { kind: ExprKind::Clock(parts), .. }]) => {
                    is_coarse(clock::grain(parts))
                }
                (_, operands) => operands.iter().any(|operand| self.misses(operand, steps)),
            },
            ExprKind::Source(_)
            | ExprKind::Text(_)
            | ExprKind::Number(_)
            | ExprKind::Escape(_)
            | ExprKind::Clock(_)
            | ExprKind::Methods(_) => false,
        }
    }
}
