//! Why a list cannot go on.

/// Why the next page was not asked for, or could not be used. What the answer said stands nowhere in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PagingError {
    /// The address of the next page is that of another host, or goes to the same one in another way. Nothing was sent.
    #[error("the next page is on another host, which gets no call of this client")]
    ForeignHost,
    /// The address of the next page is none, or not one of this API. Nothing was sent.
    #[error("the next page has no address below that of this API")]
    UnfitAddress,
    /// The last item of a page does not have what leads to the next page. Nothing was sent.
    #[error("the last item of the page does not have what leads to the next")]
    Unsaid,
    /// More items stand at one place than a page holds, so that those behind them cannot be asked for. Where a list is
    /// asked for in windows of time, one has as many as a page may have.
    #[error("more items stand at one place in the list than a page holds; ask for larger pages")]
    Crowded,
    /// The answer leads to a page that was there already, so that the list would never end.
    #[error("the next page is one that was there already")]
    Repeated,
    /// Pages are counted, and their size has changed on the way: items would be missing, or come twice.
    #[error("the size of pages has changed on the way, so that items would be missing")]
    SizeChanged,
    /// The position is that of a list which is paged in another way. Nothing was sent.
    #[error("the position is not one in this list")]
    OtherList,
}
