//! Lists that come page by page.

#[cfg(feature = "http")]
mod address;
#[cfg(feature = "reqwest")]
mod ahead;
#[cfg(feature = "http")]
mod circle;
#[cfg(feature = "http")]
mod end;
mod error;
#[cfg(feature = "http")]
mod figures;
#[cfg(feature = "http")]
mod items;
#[cfg(feature = "http")]
mod link;
#[cfg(feature = "http")]
mod overlap;
mod page;
#[cfg(feature = "http")]
mod pages;
mod position;
#[cfg(feature = "http")]
mod turn;
mod window;

#[cfg(feature = "http")]
pub(crate) use address::Here;
pub use error::PagingError;
#[cfg(feature = "http")]
pub use items::Items;
pub use page::Page;
#[cfg(feature = "http")]
pub use pages::Pages;
pub use position::{InvalidPosition, Position};
pub use window::Bound;
pub(crate) use window::{Cut, cut};
