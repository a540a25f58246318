//! Snapshots, diagnostics, conformance and end-to-end tests, in one binary.

mod diagnostics;
mod end_to_end;
mod generated;
mod support;
mod surface;
