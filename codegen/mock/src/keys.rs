//! Calls that are made again under a key: they take effect once.

use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

use codegen::ir::{Fallback, Operation};

use crate::json;
use crate::parameters::Parameters;
use crate::reply::Reply;

/// The call that a key stands for: a key of one operation says nothing of another.
pub(crate) type Key = (String, String);

/// What stands for the parameters of a call.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sent(u64);

/// The last calls that had a key: what they sent, and what they were answered.
#[derive(Debug, Default)]
pub(crate) struct Answered {
    replies: HashMap<Key, (Sent, Reply)>,
    order: VecDeque<Key>,
}

/// The key of a call, if it has one.
pub(crate) fn key(operation: &Operation, parameters: &Parameters) -> Option<Key> {
    let key = operation.parameters.iter().find(|parameter| parameter.fallback == Fallback::Random)?;
    let given = parameters.get(&key.name.wire)?;
    Some((operation.type_name.pascal.clone(), given.text.clone()))
}

/// What a call sends: signing makes something else of it each time, and a key is no part of what it stands for.
pub(crate) fn sent(operation: &Operation, parameters: &Parameters) -> Sent {
    let mut hasher = DefaultHasher::new();
    for parameter in operation.parameters.iter().filter(|parameter| parameter.fallback != Fallback::Random) {
        let value = parameters.get(&parameter.name.wire).map(|given| json::write(&given.json));
        value.hash(&mut hasher);
    }
    Sent(hasher.finish())
}

impl Answered {
    const MAX: usize = 10_000;

    /// What the call of this key sent, and was answered.
    pub(crate) fn get(&self, key: &Key) -> Option<&(Sent, Reply)> {
        self.replies.get(key)
    }

    pub(crate) fn keep(&mut self, key: Key, sent: Sent, reply: Reply) {
        if self.order.len() >= Self::MAX
            && let Some(oldest) = self.order.pop_front()
        {
            self.replies.remove(&oldest);
        }
        self.order.push_back(key.clone());
        self.replies.insert(key, (sent, reply));
    }
}
