//! Calls that are made again under a key: they take effect once.

use std::collections::{HashMap, VecDeque};

use codegen::ir::{Fallback, Operation};

use crate::parameters::Parameters;
use crate::reply::Reply;

/// The call that a key stands for: a key of one operation says nothing of another.
pub(crate) type Key = (String, String);

/// The answers to the last calls that had a key.
#[derive(Debug, Default)]
pub(crate) struct Answered {
    replies: HashMap<Key, Reply>,
    order: VecDeque<Key>,
}

/// The key of a call, if it has one.
pub(crate) fn key(operation: &Operation, parameters: &Parameters) -> Option<Key> {
    let key = operation.parameters.iter().find(|parameter| parameter.fallback == Fallback::Random)?;
    let given = parameters.get(&key.name.wire)?;
    Some((operation.type_name.pascal.clone(), given.text.clone()))
}

impl Answered {
    const MAX: usize = 10_000;

    /// What a call of this key was answered.
    pub(crate) fn get(&self, key: &Key) -> Option<Reply> {
        self.replies.get(key).cloned()
    }

    pub(crate) fn keep(&mut self, key: Key, reply: Reply) {
        if self.order.len() >= Self::MAX
            && let Some(oldest) = self.order.pop_front()
        {
            self.replies.remove(&oldest);
        }
        self.order.push_back(key.clone());
        self.replies.insert(key, reply);
    }
}
