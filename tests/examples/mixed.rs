//! Many calls at once against mocks that go wrong, and what came of them. It ends with 1 where anything is not as it
//! must be.
//!
//! ```sh
//! cargo run --release -p tests --example mixed -- 100000 1
//! ```
//!
//! The first number says how many calls, the second of what the faults are made: the same number makes the same.

#![allow(clippy::disallowed_methods, reason = "it measures real time")]

#[path = "../all/mixed/mod.rs"]
mod mixed;
#[path = "../all/support/peak.rs"]
mod peak;

use std::error::Error;
use std::process::ExitCode;
use std::time::Instant;

use mixed::Run;

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut numbers = std::env::args().skip(1).map(|argument| argument.parse::<u64>());
    let calls = numbers.next().transpose()?.unwrap_or(5_000);
    let seed = numbers.next().transpose()?.unwrap_or(1);
    let started = Instant::now();
    let report = Run { calls, seed, transport: None }.finish().await?;
    let took = started.elapsed();
    for (outcome, count) in &report.outcomes {
        println!("{count:>8}  {outcome}");
    }
    println!("{calls:>8}  calls of seed {seed}: {} requests arrived, {} met a fault", report.requests, report.faults);
    println!("{:>8.1}  seconds", took.as_secs_f64());
    if let Some(peak) = peak::peak() {
        println!("{:>8}  MB at most, mocks included", peak / 1024);
    }
    for finding in &report.findings {
        println!("WRONG: {finding}");
    }
    Ok(if report.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
