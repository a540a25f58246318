//! The bounded log of the last requests, and of what became of them.

use std::collections::VecDeque;

use crate::fault::Fault;
use crate::received::Received;

/// A request, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// As it arrived.
    pub request: Received,
    /// The operation it was meant for, as `users.create`; `None` where no operation has its path and method.
    pub operation: Option<String>,
    /// Whether it was accepted and took effect, even where a fault then kept the answer back.
    pub handled: bool,
    /// What went wrong with it.
    pub fault: Option<Fault>,
    /// What was found of its values.
    pub verdict: Verdict,
}

/// What was found of the values of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Verdict {
    /// Nobody looked at them: it was refused before that, or met a fault.
    #[default]
    Unjudged,
    /// They are as the spec has them, whatever became of the call then.
    Accepted,
    /// This parameter must be given, and is not there or empty; it was answered what is `missing`. Of a value within it
    /// the path, such as `items[0].name`.
    Missing(String),
    /// This parameter, or the value within it, is not as the spec has it; it was answered what is `invalid`.
    Invalid(String),
}

/// The last exchanges, bounded in number and in bytes.
#[derive(Debug, Default)]
pub(crate) struct Log {
    entries: VecDeque<Exchange>,
    bytes: usize,
    /// How many were forgotten.
    forgotten: u64,
}

impl Log {
    const MAX_ENTRIES: usize = 10_000;
    const MAX_BYTES: usize = 16 << 20;

    /// Writes down a request that nothing was done to yet; its number is for [`Log::settle`].
    pub(crate) fn push(&mut self, request: Received, operation: Option<String>, fault: Option<Fault>) -> u64 {
        let number = self.forgotten + self.entries.len() as u64;
        self.bytes += request.weight();
        self.entries.push_back(Exchange { request, operation, handled: false, fault, verdict: Verdict::Unjudged });
        while self.entries.len() > Self::MAX_ENTRIES || self.bytes > Self::MAX_BYTES {
            let Some(oldest) = self.entries.pop_front() else { break };
            self.bytes -= oldest.request.weight();
            self.forgotten += 1;
        }
        number
    }

    /// Writes down that a request took effect.
    pub(crate) fn settle(&mut self, number: u64) {
        if let Some(entry) = self.entry(number) {
            entry.handled = true;
        }
    }

    /// Writes down what was found of the values of a request.
    pub(crate) fn judge(&mut self, number: u64, verdict: Verdict) {
        if let Some(entry) = self.entry(number) {
            entry.verdict = verdict;
        }
    }

    /// The exchange of that number, unless it was forgotten or handed out.
    fn entry(&mut self, number: u64) -> Option<&mut Exchange> {
        let index = usize::try_from(number.checked_sub(self.forgotten)?).ok()?;
        self.entries.get_mut(index)
    }

    pub(crate) fn to_vec(&self) -> Vec<Exchange> {
        self.entries.iter().cloned().collect()
    }

    /// Hands out everything, and begins anew.
    pub(crate) fn take(&mut self) -> Vec<Exchange> {
        self.bytes = 0;
        self.forgotten += self.entries.len() as u64;
        std::mem::take(&mut self.entries).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(bytes: usize) -> Received {
        let (method, path) = ("GET".to_owned(), "/".to_owned());
        Received { method, path, query: String::new(), headers: vec![], body: vec![b'x'; bytes] }
    }

    #[test]
    fn the_log_forgets_the_oldest() {
        let mut log = Log::default();
        for _ in 0..40 {
            log.push(request(1 << 20), None, None);
        }
        assert!(log.to_vec().len() < 16);
        assert!(log.bytes <= Log::MAX_BYTES);
    }

    #[test]
    fn an_effect_is_written_down_for_its_own_request() {
        let mut log = Log::default();
        let first = log.push(request(0), None, None);
        let second = log.push(request(15 << 20), None, None);
        log.settle(second);
        assert_eq!(log.to_vec().iter().map(|entry| entry.handled).collect::<Vec<_>>(), [false, true]);
        let third = log.push(request(15 << 20), None, None);
        log.settle(first);
        assert_eq!(log.to_vec().iter().map(|entry| entry.handled).collect::<Vec<_>>(), [false]);
        assert_eq!(log.take().len(), 1);
        log.settle(third);
        assert_eq!(log.to_vec(), []);
    }
}
