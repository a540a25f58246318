//! An HTTP server that behaves as a spec says.
