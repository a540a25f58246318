//! Lists that come page by page.

mod items;
mod page;

pub use items::{Items, Pages};
pub use page::Page;
