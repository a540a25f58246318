//! Rules over the resolved model: what can be represented but must not ship.

use crate::diagnostics::Diagnostics;
use crate::ir;

/// Runs every rule.
pub fn run(_api: &ir::Api, _diagnostics: &mut Diagnostics) {}
