//! Lists that come page by page.

mod address;
#[cfg(feature = "reqwest")]
mod ahead;
mod circle;
mod error;
mod figures;
mod items;
mod link;
mod overlap;
mod page;
mod pages;
mod position;
mod turn;
mod window;

pub(crate) use address::Here;
pub use error::PagingError;
pub use items::Items;
pub use page::Page;
pub use pages::Pages;
pub use position::{InvalidPosition, Position};
pub use window::Bound;
pub(crate) use window::{Cut, cut};
