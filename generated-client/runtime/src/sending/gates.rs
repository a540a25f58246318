//! What a client keeps of each server that it calls.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::Gate;
use crate::tables::Ceiling;

/// How many servers besides its own a client keeps something of, unless more are being called.
const ELSEWHERE: usize = 100;

/// A gate for each server: what one asks for is nothing to the others.
pub(crate) struct Gates {
    bounds: Ceiling,
    own: Arc<Gate>,
    /// By scheme, host and port.
    elsewhere: Mutex<BTreeMap<String, Arc<Gate>>>,
}

impl Gates {
    pub(crate) fn new(bounds: Ceiling) -> Self {
        Self { bounds, own: Gate::new(bounds).into(), elsewhere: Mutex::default() }
    }

    /// The gate of the client's own server, or of another.
    pub(super) fn of(&self, elsewhere: Option<&str>) -> Arc<Gate> {
        let Some(origin) = elsewhere else { return self.own.clone() };
        let mut gates = self.elsewhere.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(gate) = gates.get(origin) {
            return gate.clone();
        }
        if gates.len() >= ELSEWHERE {
            gates.retain(|_, gate| Arc::strong_count(gate) > 1);
        }
        let gate = Arc::new(Gate::new(self.bounds));
        gates.insert(origin.to_owned(), gate.clone());
        gate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_server_has_a_gate_and_those_that_are_not_called_are_forgotten() {
        let gates = Gates::new(Ceiling { concurrency: Some(1), rate: None });
        let held = gates.of(Some("https://a"));
        assert!(Arc::ptr_eq(&held, &gates.of(Some("https://a"))) && !Arc::ptr_eq(&held, &gates.of(None)));
        for number in 0..1000 {
            gates.of(Some(&format!("https://b{number}")));
        }
        assert!(Arc::ptr_eq(&held, &gates.of(Some("https://a"))));
        assert!(gates.elsewhere.lock().unwrap().len() <= ELSEWHERE);
    }
}
