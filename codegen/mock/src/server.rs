//! Sockets to [`Received`] and [`Reply`] to sockets: HTTP/1.1 with limits on time and memory.

#![expect(clippy::disallowed_methods, reason = "the deadlines and delays of real sockets")]

use std::convert::Infallible;
use std::future::poll_fn;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderValue, Request, Response, StatusCode};
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

use crate::body::{Answer, dropped};
use crate::fault::Fault;
use crate::received::Received;
use crate::reply::{Content, Reply};
use crate::shared::Shared;

/// A larger body is answered with 413.
const MAX_BODY: usize = 1 << 20;
/// So much of a larger body is read and thrown away, so that the caller gets to read the answer.
const MAX_DISCARDED: usize = 16 << 20;
const MAX_HEADERS: usize = 100;
const MAX_HEAD: usize = 64 << 10;
/// For a request's head, and then for its body.
const READ_TIME: Duration = Duration::from_secs(30);
/// Before the next try, when the system has no socket left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves until `stop` resolves, also by being dropped.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>, stop: oneshot::Receiver<Infallible>) {
    let mut stop = pin!(stop);
    loop {
        let stream = tokio::select! {
            _ = &mut stop => return,
            accepted = listener.accept() => accepted,
        };
        match stream {
            Ok((stream, _)) => {
                tokio::spawn(connection(stream, shared.clone()));
            }
            Err(_) => sleep(ACCEPT_PAUSE).await,
        }
    }
}

async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    // Only a matter of speed.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| exchange(request, &shared));
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(READ_TIME)
        .max_headers(MAX_HEADERS)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    // A connection that breaks concerns only the one at its other end.
    drop(served);
}

/// An error closes the connection without an answer.
async fn exchange(request: Request<Incoming>, shared: &Shared) -> io::Result<Response<Answer>> {
    let (head, body) = request.into_parts();
    let body = match timeout(READ_TIME, read(body)).await {
        Err(_) => return Ok(response(Reply::refused(&shared.api, 408, "the body took too long"), None)),
        Ok(Ok(Some(body))) => body,
        Ok(Ok(None)) => {
            return Ok(response(Reply::refused(&shared.api, 413, "the body is larger than 1 MiB"), None));
        }
        Ok(Err(error)) => return Err(io::Error::other(error)),
    };
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let received = Received {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or("").to_owned(),
        headers: head.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect(),
        body,
    };
    let (number, fault) = shared.arrived(&received);
    if let Some(reply) = fault.as_ref().and_then(Fault::instead) {
        return Ok(response(reply, None));
    }
    match fault.clone() {
        Some(Fault::Documented(name)) => {
            let mut reply = shared.documented(&received, &name);
            shared.sign(&received, &mut reply);
            return Ok(response(reply, None));
        }
        Some(Fault::DropBefore) => return Err(dropped()),
        Some(Fault::Delay(time)) => sleep(time).await,
        _ => {}
    }
    let mut reply = shared.answer(&received, number);
    if let Some(Fault::DropAfter) = &fault {
        return Err(dropped());
    }
    if let Some(fault) = &fault {
        fault.spoil(&mut reply);
    }
    shared.sign(&received, &mut reply);
    if let Some(fault) = &fault {
        fault.forge(&mut reply);
    }
    Ok(response(reply, fault.as_ref()))
}

/// The whole body, or `None` for one that is too large.
async fn read(body: Incoming) -> hyper::Result<Option<Vec<u8>>> {
    let mut body = pin!(body);
    let mut kept = Vec::new();
    let mut length = 0usize;
    while let Some(frame) = poll_fn(|cx| body.as_mut().poll_frame(cx)).await {
        let Ok(data) = frame?.into_data() else { continue };
        length += data.len();
        if length > MAX_DISCARDED {
            break;
        } else if length <= MAX_BODY {
            kept.extend_from_slice(&data);
        }
    }
    Ok((length <= MAX_BODY).then_some(kept))
}

fn response(reply: Reply, fault: Option<&Fault>) -> Response<Answer> {
    let media_type = reply.body.media_type();
    let bytes = match reply.body {
        Content::Json(text) => text.into_bytes(),
        Content::Raw(_, bytes) => bytes,
    };
    let mut response = Response::new(Answer::new(bytes, fault));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(http::header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    for (name, value) in &reply.headers {
        // What cannot be a header is a mistake in a model made by hand, and is left out.
        if let (Ok(name), Ok(value)) = (http::HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            headers.append(name, value);
        }
    }
    response
}
