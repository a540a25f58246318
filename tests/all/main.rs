//! Snapshots, diagnostics, conformance and end-to-end tests, in one binary.

mod diagnostics;
mod generated;
mod surface;
