//! Snapshots, diagnostics, conformance and end-to-end tests, in one binary.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test that panics has failed")]

mod answers;
mod bodies;
mod boundaries;
mod contradictions;
mod diagnostics;
mod documented;
mod encodings;
mod end_to_end;
mod error_shapes;
mod every_function;
mod exam_agreement;
mod exam_resources;
mod exam_unknowns;
mod examples;
mod explained;
mod generated;
mod generic;
mod hostile;
mod kinds;
mod language;
mod lenient;
mod named;
mod neutral;
mod paging;
mod paging_forms;
mod proctoru;
mod readme;
mod redaction;
mod refusals;
mod retries;
mod rules;
mod samples;
mod signed_alike;
mod signed_headers;
mod signing_cost;
mod signing_vectors;
mod specs;
mod support;
mod surface;
mod undescribed;
mod versions;
mod webhooks;
mod workflows;
