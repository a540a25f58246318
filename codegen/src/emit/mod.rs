//! IR to files of Rust: pure, total, one emitter per artefact.
