//! What stands for the parts of a client that sends, where nothing is sent: under the names that tables have, for generated
//! code, which the macros of the door keep from saying more. Code that is written by hand over them needs the feature `http`.

use bytes::Bytes;

use crate::json::Read;
use crate::paging::Page;

/// An answer as it came, of which there is none without the feature `http`.
pub enum Response {}

/// A body that is read while it arrives, of which there is none without the feature `http`.
pub enum Download {}

/// What nobody signs is signed by nothing.
pub(crate) type Authenticate = ();

/// What signs the answers that never come.
pub(crate) type Expected = ();

/// Something that a successful answer would be turned into: the same as where answers come.
pub trait Outcome: Sized + Send + 'static {}

impl Outcome for () {}

impl Outcome for Bytes {}

impl Outcome for Download {}

impl Outcome for Response {}

impl<T: Read + Default + Send + 'static> Outcome for T {}

impl<T: Read + Default + Send + 'static> Outcome for Page<T> {}
