//! What stands for the parts of a client that sends, where nothing is sent.

/// An answer as it came, of which there is none without the feature `http`.
pub enum Response {}

/// A body that is read while it arrives, of which there is none without the feature `http`.
pub enum Download {}

/// What nobody signs is signed by nothing.
pub(crate) type Authenticate = ();

/// What signs the answers that never come.
pub(crate) type Expected = ();

/// Something that a successful answer would be turned into.
pub trait Outcome: Sized + Send + 'static {}

impl<T: Send + 'static> Outcome for T {}
