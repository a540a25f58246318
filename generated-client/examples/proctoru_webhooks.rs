//! A server that receives webhooks and takes the vendor's only. It is sent one that is signed and one that is not.
//!
//! `cargo run --example proctoru_webhooks`

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use generated_client::proctoru::{WebhookRequest, WebhookVerifier};
use http::{HeaderMap, HeaderName, HeaderValue};

/// The example of the vendor's documentation: a body, its secret, and the signature that goes with them.
const BODY: &str = "request body";
const SECRET: &str = "authentication secret";
const SIGNATURE: &str = "sha1=f7000d3a2fd51f8f53d91e0085fae1423dfbab8e";
/// As much of a body as this server is ready to take.
const LIMIT: u64 = 1 << 20;

pub(crate) fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let vendor = thread::spawn(move || [post(address, SIGNATURE), post(address, "sha1=00")].map(Result::ok));
    // While one secret takes the place of another, both are known.
    let verifier = WebhookVerifier::new([SECRET, "the next secret"])?;
    for stream in listener.incoming().take(2) {
        let mut stream = stream?;
        let (headers, body) = receive(&mut stream)?;
        let status = match verifier.verify(WebhookRequest::new(&headers, &body)) {
            Ok(event) => {
                println!("received: {event:?}");
                "204 No Content"
            }
            Err(error) => {
                println!("refused: {error}");
                "401 Unauthorized"
            }
        };
        write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")?;
    }
    let answers = vendor.join().map_err(|_| "the sender is gone")?;
    println!("answered: {answers:?}");
    match answers {
        [Some(204), Some(401)] => Ok(()),
        other => Err(format!("expected 204 and 401, got {other:?}").into()),
    }
}

/// Headers and body of a request. A web framework has these ready.
fn receive(stream: &mut TcpStream) -> Result<(HeaderMap, Vec<u8>), Box<dyn std::error::Error>> {
    let mut reader = BufReader::new(stream.take(LIMIT));
    let mut headers = HeaderMap::new();
    let mut line = String::new();
    reader.read_line(&mut line)?;
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.append(HeaderName::try_from(name)?, HeaderValue::try_from(value.trim())?);
    }
    let length = headers.get(http::header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let mut body = Vec::new();
    reader.take(length.unwrap_or(0)).read_to_end(&mut body)?;
    Ok((headers, body))
}

/// The vendor's part: the status it is answered.
fn post(address: std::net::SocketAddr, signature: &str) -> std::io::Result<u16> {
    let mut stream = TcpStream::connect(address)?;
    write!(
        stream,
        "POST /webhooks HTTP/1.1\r\nHost: {address}\r\nContent-Type: text/csv\r\nx-proctoru-signature: {signature}\r\n\
         Content-Length: {}\r\n\r\n{BODY}",
        BODY.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0))
}
