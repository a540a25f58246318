//! Requests that no client would send: none may end or block the server.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use codegen_mock::Mock;

use crate::caller::{Answer, Call, create, exchange, start};

fn assert_alive(mock: &Mock) {
    assert_eq!(Call::new("GET", "/institutes/1/users/1").send(mock).status, 200);
}

#[tokio::test]
async fn large_bodies_are_refused_with_an_answer() {
    let mock = start().await;
    let name = "x".repeat(2 << 20);
    let answer = create("big@x.test").without("name").text("name", &name).send(&mock);
    assert_eq!(answer.status, 413);
    let fitting = create("big@x.test").without("name").text("name", &name[..1 << 19]).send(&mock);
    assert_eq!(fitting.status, 200);
    assert_alive(&mock);
}

#[tokio::test]
async fn heads_are_bounded() {
    let mock = start().await;
    let many: String = (0..1000).map(|index| format!("h{index}: x\r\n")).collect();
    let request = format!("GET /api/v3/institutes/1/users HTTP/1.1\r\nHost: x\r\n{many}\r\n");
    assert_eq!(Answer::parse(&exchange(mock.socket(), request.as_bytes())).status, 431);
    let long = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "x".repeat(200_000));
    let status = Answer::parse(&exchange(mock.socket(), long.as_bytes())).status;
    assert!(matches!(status, 0 | 414 | 431), "{status}");
    assert_alive(&mock);
}

#[tokio::test]
async fn garbage_never_ends_it() {
    let mock = start().await;
    // A small generator of pseudo-random bytes: the same ones in every run.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let good = create("g@x.test").bytes();
    for _ in 0..200 {
        let mut spoilt = good.clone();
        for _ in 0..=random() % 8 {
            let at = (random() % spoilt.len() as u64) as usize;
            spoilt[at] = random() as u8;
        }
        spoilt.truncate((random() % (2 * good.len() as u64)) as usize + 1);
        let mut stream = TcpStream::connect(mock.socket()).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
        let _ = stream.write_all(&spoilt);
        let _ = stream.read(&mut [0; 64]);
    }
    for request in [
        &b"\0\0\0\0"[..],
        b"GET\r\n\r\n",
        b"GET http://other/api/v3/institutes/1/users HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"CONNECT x:1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /api/v3/institutes/%/users?%=%&&=&a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /api/v3/institutes/1/users HTTP/1.1\r\nHost: \xff\r\nAccept: \xff\r\nConnection: close\r\n\r\n",
        b"POST /api/v3/institutes/1/users HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        exchange(mock.socket(), request);
    }
    assert_alive(&mock);
}

#[tokio::test]
async fn silent_callers_block_nobody() {
    let mock = start().await;
    let mut silent = vec![];
    for _ in 0..50 {
        let mut stream = TcpStream::connect(mock.socket()).unwrap();
        stream.write_all(b"POST /api/v3/institutes/1/users HTTP/1.1\r\nContent-Length: 9\r\n\r\n").unwrap();
        silent.push(stream);
    }
    assert_alive(&mock);
}
