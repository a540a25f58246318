//! Memory after a secret has gone: this process reads its own, as Linux lets it.

use std::fs::File;
use std::os::unix::fs::FileExt;

use super::api::Credentials;
use super::stage::Stage;
use crate::rt::Secret;

/// What no other memory holds, and longer than what an allocator writes where nothing is any more.
fn canary(number: usize) -> String {
    format!("canary-{number}-").repeat(20)
}

fn is_there(at: usize, text: &str) -> bool {
    let mut found = vec![0; text.len()];
    // What is not mapped any more is gone.
    let is_read = File::open("/proc/self/mem").unwrap().read_exact_at(&mut found, at as u64).is_ok();
    // Of what was wiped nothing is left, and not only its beginning.
    is_read && found.windows(16).any(|window| text.as_bytes().windows(16).any(|piece| piece == window))
}

#[test]
fn a_secret_is_wiped_when_it_is_dropped() {
    let text = canary(1);
    let secret = Secret::from(&*text);
    let at = secret.expose().as_ptr().addr();
    assert!(is_there(at, &text));
    drop(secret);
    assert!(!is_there(at, &text));
}

#[test]
fn credentials_are_wiped_with_the_last_clone_of_their_client() {
    let texts = [canary(2), canary(3)];
    let [api_token, secret_key] = texts.each_ref().map(|text| Secret::from(&**text));
    let places = [&api_token, &secret_key].map(|secret| secret.expose().as_ptr().addr());
    let all = || texts.iter().zip(places).map(|(text, at)| is_there(at, text)).collect::<Vec<_>>();
    let client = Stage::new([]).builder().credentials(Credentials { api_token, secret_key }).build().unwrap();
    let clone = client.clone();
    clone.users().list(1).prepare().unwrap();
    drop(client);
    assert_eq!(all(), [true, true]);
    drop(clone);
    assert_eq!(all(), [false, false]);
}
