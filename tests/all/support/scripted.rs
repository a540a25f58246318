//! A server that answers with given bytes, whatever it is asked.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A server that gives one answer to each connection, in order; then it is gone.
pub(crate) struct Scripted {
    address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Scripted {
    /// Starts it. An answer is everything from the status line on.
    pub(crate) fn start(answers: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self::serve(answers, |_| ())
    }

    /// A server that says no more after this, and does not hang up either.
    pub(crate) fn stalling(answer: Vec<u8>) -> Self {
        Self::serve([answer], |stream| while stream.read(&mut [0]).is_ok_and(|count| count > 0) {})
    }

    fn serve(answers: impl IntoIterator<Item = Vec<u8>>, end: fn(&mut TcpStream)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/api/v3", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (log, answers) = (requests.clone(), answers.into_iter().collect::<Vec<_>>());
        thread::spawn(move || {
            for answer in answers {
                let Ok((mut stream, _)) = listener.accept() else { return };
                let request = receive(&mut stream);
                log.lock().unwrap().push(request);
                // A client that has seen enough hangs up, which is its right.
                let _ = stream.write_all(&answer);
                end(&mut stream);
            }
        });
        Self { address, requests }
    }

    /// A server with a single answer.
    pub(crate) fn once(answer: Vec<u8>) -> Self {
        Self::start([answer])
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// What was received, head and body.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// One request; whatever there is of it when the other side hangs up.
fn receive(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    while !is_whole(&bytes) {
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => break,
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, _)) = text.split_once("\r\n\r\n") else { return false };
    let length =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    bytes.len() >= head.len() + 4 + length.unwrap_or(0)
}

/// An answer with a body of any bytes, after which the connection closes.
pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Any\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    [head.as_bytes(), b"\r\n", body].concat()
}

/// An answer that says it is JSON.
pub(crate) fn json(status: u16, body: &str) -> Vec<u8> {
    answer(status, &[("Content-Type", "application/json")], body.as_bytes())
}
