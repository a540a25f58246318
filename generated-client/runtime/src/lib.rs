//! Everything that generated API clients share.
