//! What becomes of masks where they stand for what is secret or personal: whether they can be read in what comes out.

use super::shown::makeup;
use crate::ir::{Expr, ExprKind, Function, Source, ValueType};

/// What masks are made of, in whatever explains a call; a text with all of it may be found in one.
const MASKS: [&str; 3] = ["~secret~", "~personal~", "~masked~"];

/// What is known of the steps so far.
#[derive(Debug, Default)]
pub(super) struct Masks {
    pub(super) steps: Vec<Trace>,
}

/// What masks leave in the value of a step.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trace {
    /// They may be in it, whole or in any other form.
    pub(super) is_masked: bool,
    /// Those that are in it can be read.
    pub(super) is_readable: bool,
}

impl Masks {
    /// Whether masks go into a value.
    pub(super) fn are_in(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Source(Source::Step(index)) => self.steps.get(*index).is_none_or(|step| step.is_masked),
            ExprKind::Call(Function::Header, _) => true,
            ExprKind::Call(_, operands) => operands.iter().any(|operand| self.are_in(operand)),
            _ => {
                let makeup = makeup(expr, &[]);
                makeup.of_secret || makeup.of_caller
            }
        }
    }

    /// Whether a value that masks go into is the real one but for the masks.
    pub(super) fn are_readable_in(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Source(Source::Step(index)) => self.steps.get(*index).is_some_and(|step| step.is_readable),
            ExprKind::Call(function, operands) => {
                let keeps = || match operands.first() {
                    Some(first) => keeps_masks(*function, first, operands.get(1..).unwrap_or_default()),
                    None => true,
                };
                (!operands.iter().any(|operand| self.are_in(operand)) || keeps() || self.chooses_in_the_open(expr))
                    && operands.iter().all(|operand| self.are_readable_in(operand))
            }
            _ => true,
        }
    }

    /// Whether no mask takes part in which of two values comes out.
    fn chooses_in_the_open(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Call(Function::IfEmpty, operands) => operands.first().is_some_and(|value| !self.are_in(value)),
            _ => false,
        }
    }
}

/// Whether what comes out of masks is what comes out of real values, with masks in it.
fn keeps_masks(function: Function, first: &Expr, others: &[Expr]) -> bool {
    match function {
        Function::Digest(_)
        | Function::Hmac(_)
        | Function::Hex
        | Function::Base64
        | Function::Base64Unpadded
        | Function::Base64Url
        | Function::Base64UrlUnpadded
        | Function::DecodeHex
        | Function::DecodeBase64
        | Function::DecodeBase64Url
        | Function::First
        | Function::Length => false,
        // Values that differ may have one mask, and stand in another order than their masks.
        Function::SortByValue | Function::DropDuplicates => false,
        Function::Sort => is_led_by_names(first),
        Function::IfEmpty => is_as_empty_as_its_mask(first),
        // Separators are where they are in the real value only if they stand between masks.
        Function::Split | Function::SplitPairs => is_written(first),
        Function::Replace | Function::ReplaceNames | Function::ReplaceValues => {
            others.iter().step_by(2).all(|from| match &from.kind {
                ExprKind::Text(from) => MASKS.iter().all(|mask| !mask.contains(from.as_str())),
                _ => false,
            })
        }
        _ => true,
    }
}

/// Whether a mask is empty where the value is, and only there.
pub(super) fn is_as_empty_as_its_mask(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Source(source) => !matches!(source, Source::Step(_)),
        ExprKind::Call(Function::Header, _) => true,
        ExprKind::Call(Function::Get, operands) => operands.first().is_some_and(is_as_empty_as_its_mask),
        _ => false,
    }
}

/// Whether a text is what is sent, in which masks stand between what separates values.
fn is_written(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Source(source) => !matches!(source, Source::Step(_) | Source::Credential(_)),
        ExprKind::Call(Function::TextOf, operands) => operands.first().is_some_and(is_written),
        _ => false,
    }
}

/// Whether names decide on an order.
fn is_led_by_names(expr: &Expr) -> bool {
    match (&expr.kind, expr.ty) {
        (_, ValueType::Fields) => true,
        (ExprKind::Call(Function::Pairs | Function::Format | Function::Names | Function::Split, _), _) => true,
        (ExprKind::Call(Function::DropEmpty | Function::Sort, operands), _) => {
            operands.first().is_some_and(is_led_by_names)
        }
        _ => false,
    }
}
