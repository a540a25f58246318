//! Spec to IR: names resolved, types real.

use crate::diagnostics::Diagnostics;
use crate::{ir, spec};

/// Resolves a spec; what cannot be represented is reported and left out.
pub(crate) fn lower(_spec: &spec::Spec, _diagnostics: &mut Diagnostics) -> ir::Api {
    todo!()
}
