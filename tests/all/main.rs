//! Snapshots, diagnostics, conformance and end-to-end tests, in one binary.

mod generated;
mod surface;
