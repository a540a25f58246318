//! What tests of an application give a client instead of the real thing.

mod fixed;
mod reply;
mod script;

pub use fixed::Fixed;
pub use reply::Reply;
pub use script::Script;
