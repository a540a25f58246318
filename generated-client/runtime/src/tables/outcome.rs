//! What an answer becomes.

use bytes::Bytes;

use super::Endpoint;
use crate::error::{Response, judge, passes, refuse_page};
use crate::json::{Misread, Read};
use crate::paging::Page;

/// Something a successful answer is turned into.
pub trait Outcome: Sized + Send + 'static {
    /// What there is when an answer is an error that says only that there is nothing; `None` where there is always
    /// something.
    fn nothing(response: &Response) -> Option<Self>;

    /// Reads it from an answer.
    ///
    /// # Errors
    ///
    /// When the answer is no success, or not the one that the spec says.
    fn read(response: &Response, endpoint: &'static Endpoint) -> Result<Self, Misread>;
}

impl Outcome for () {
    fn nothing(_: &Response) -> Option<Self> {
        Some(())
    }

    fn read(response: &Response, endpoint: &'static Endpoint) -> Result<Self, Misread> {
        judge(response, endpoint, None)?;
        refuse_page(response)
    }
}

impl Outcome for Response {
    fn nothing(_: &Response) -> Option<Self> {
        None
    }

    fn read(response: &Response, endpoint: &'static Endpoint) -> Result<Self, Misread> {
        // Nobody said that such an answer has the envelope of the others.
        passes(response, endpoint)?;
        Ok(response.clone())
    }
}

impl Outcome for Bytes {
    fn nothing(_: &Response) -> Option<Self> {
        Some(Self::new())
    }

    fn read(response: &Response, endpoint: &'static Endpoint) -> Result<Self, Misread> {
        passes(response, endpoint)?;
        Ok(response.body.clone())
    }
}

impl<T: Read + Default + Send + 'static> Outcome for T {
    fn nothing(_: &Response) -> Option<Self> {
        Some(T::default())
    }

    fn read(response: &Response, endpoint: &'static Endpoint) -> Result<Self, Misread> {
        let mut value = T::default();
        judge(response, endpoint, Some(&mut value))?;
        Ok(value)
    }
}

impl<T: Read + Default + Send + 'static> Outcome for Page<T> {
    fn nothing(response: &Response) -> Option<Self> {
        Some(Self::empty(response))
    }

    fn read(response: &Response, endpoint: &'static Endpoint) -> Result<Self, Misread> {
        let mut items = Vec::new();
        judge(response, endpoint, Some(&mut items))?;
        Ok(Self::new(items, response, endpoint))
    }
}
