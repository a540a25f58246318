//! A long list as a stream: every item comes once and in order, and the last takes no more memory than the first.
//!
//! ```sh
//! cargo test --release -p tests --test items -- 1000000
//! ```
//!
//! It is a program of its own, because it measures the memory of a whole process: that of the client, and of the mock
//! that makes the items when they are asked for. Without a number it makes fewer of them.

#![allow(clippy::disallowed_methods, reason = "it measures real time")]

#[path = "../all/support/peak.rs"]
mod peak;

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use codegen_mock::Mock;
use generated_client::proctorexam::{Client, Credentials, Environment, InstituteId};

/// After so many there is everything in memory that there will be.
const WARM: u64 = 10_000;
/// In kB. Much less than the items take that are streamed: 20,000 of them are 8 MB as text alone.
const MOST_GROWTH: u64 = 2_048;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let count = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(3 * WARM);
    let spec = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../spec/proctorexam");
    let api = codegen::load(&spec).map_err(|failure| failure.to_string())?;
    let mock = Mock::builder(api).synthesise("users", count).start().await?;
    let credential = |name: &str| mock.credential(name).into();
    let credentials = Credentials { api_token: credential("api_token"), secret_key: credential("secret_key") };
    let client = Client::builder(Environment::custom(mock.address())?).credentials(credentials).build()?;

    let started = Instant::now();
    // Two more are in the spec.
    let all = count + 2;
    let mut users = client.users().list(InstituteId(1)).stream();
    let (mut seen, mut warm) = (0, None);
    while let Some(user) = users.try_next().await? {
        seen += 1;
        if user.id.0.unsigned_abs() != seen {
            return Err(format!("the item {} came as number {seen}", user.id).into());
        }
        // The mock remembers the last 10,000 requests, for whoever asks; here nobody does.
        if seen % WARM == 0 {
            drop(mock.take_log());
        }
        if seen == WARM {
            warm = peak::peak();
        }
    }
    if seen != all {
        return Err(format!("{seen} items came of {all}").into());
    }
    println!("{seen} items in {:.1} s", started.elapsed().as_secs_f64());
    if let (Some(warm), Some(most)) = (warm, peak::peak()) {
        println!("{warm} kB at most after {WARM}, {most} kB after all, mock included");
        if most - warm > MOST_GROWTH {
            return Err("memory grows with the items".into());
        }
    }
    Ok(())
}
