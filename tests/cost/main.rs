//! A call and a stream of pages, generated and by hand, over the same transport from the same server.
//!
//! `cost serve` is the server; any other word is what a client does so often as the number says.

#[allow(dead_code)]
mod cost;

use std::error::Error;
use std::hint::black_box;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use client_runtime::rt::{Read as _, Reader};
use serde::Deserialize;

const TOKEN: &str = "0123456789abcdef";

const WIDGET: &str = concat!(
    r#"{"id":48127,"uuid":"6f9619ff-8b86-4d01-b42d-00cf4fc964ff","email":"widget@example.com","name":"Widget one","#,
    r#""code":"AB0001","state":"open","frequency":"week","created_at":"2019-01-23T12:05:52.391+01:00","#,
    r#""updated_at":"2024-02-29T23:59:59Z","published_at":"2024-03-01T08:00:00.000Z","account_id":17,"quantity":250,"#,
    r#""position":3,"account_name":"Example account","active":true,"visible":false,"receives_reports":true,"#,
    r#""description":"For measurements","external_id":null,"logo_image":null,"phone":null,"#,
    r#""invited_by_type":"User","invited_by_id":12,"invitation_limit":null,"manager_id":null,"group_id":null,"#,
    r#""locked":false,"note":null}"#
);
const PER_PAGE: usize = 100;

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct ByHand<T> {
    id: i64,
    uuid: String,
    email: String,
    name: String,
    code: String,
    state: State,
    frequency: Frequency,
    created_at: T,
    updated_at: T,
    published_at: T,
    account_id: i64,
    quantity: i64,
    position: i64,
    account_name: String,
    active: bool,
    visible: bool,
    receives_reports: bool,
    description: Option<String>,
    external_id: Option<String>,
    logo_image: Option<String>,
    phone: Option<String>,
    invited_by_type: Option<String>,
    invited_by_id: Option<i64>,
    invitation_limit: Option<i64>,
    manager_id: Option<i64>,
    group_id: Option<i64>,
    locked: Option<bool>,
    note: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Draft,
    Open,
    Closed,
    Archived,
    #[serde(untagged)]
    Other(#[allow(dead_code)] String),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Frequency {
    Hour,
    Day,
    Week,
    Month,
    #[serde(untagged)]
    Other(#[allow(dead_code)] String),
}

#[derive(Debug, Deserialize)]
struct Page<T> {
    widgets: Vec<ByHand<T>>,
}

/// Dates as whoever writes by hand has them who wants them as dates.
type Dated = jiff::Timestamp;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let word = arguments.get(1).map_or("", String::as_str);
    let times: usize = arguments.get(2).map_or(Ok(0), |times| times.parse())?;
    let base = arguments.get(3).cloned().unwrap_or_default();
    match word {
        "serve" => return serve(),
        "decode" => (0..times).for_each(|_| {
            let mut widget = cost::Widget::default();
            let mut reader = Reader::new(black_box(WIDGET.as_bytes()));
            widget.read(&mut reader).and_then(|()| reader.finish()).expect("it is one");
            black_box(widget);
        }),
        "decode-by-hand" => (0..times).for_each(|_| decode::<String>()),
        "decode-by-hand-dated" => (0..times).for_each(|_| decode::<Dated>()),
        _ => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(calls(word, times, &base))?;
        }
    }
    if let Some(peak) = peak() {
        println!("{peak}");
    }
    Ok(())
}

fn decode<T: for<'d> Deserialize<'d>>() {
    let widget: ByHand<T> = serde_json::from_slice(black_box(WIDGET.as_bytes())).expect("it is one");
    black_box(widget);
}

async fn calls(word: &str, times: usize, base: &str) -> Result<(), Box<dyn Error>> {
    let generated = || {
        let environment = cost::Environment::custom(base)?;
        let credentials = cost::Credentials { token: TOKEN.into() };
        Ok::<_, Box<dyn Error>>(cost::Client::builder(environment).credentials(credentials).build()?)
    };
    let by_hand = || {
        reqwest::Client::builder()
            .no_proxy()
            .retry(reqwest::retry::never())
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"), " (cost) client-runtime/0.1.0"))
            .build()
    };
    match word {
        "call" => {
            let client = generated()?;
            for _ in 0..times {
                black_box(client.widgets().show(cost::WidgetId(48127)).await?);
            }
        }
        "call-by-hand" => {
            let client = by_hand()?;
            for _ in 0..times {
                black_box(show::<String>(&client, base, 48127).await?);
            }
        }
        "call-by-hand-dated" => {
            let client = by_hand()?;
            for _ in 0..times {
                black_box(show::<Dated>(&client, base, 48127).await?);
            }
        }
        "stream" => {
            let client = generated()?;
            let mut widgets = client.widgets().list().stream();
            let mut count = 0;
            while count < times
                && let Some(widget) = widgets.try_next().await?
            {
                black_box(widget);
                count += 1;
            }
            assert_eq!(count, times);
        }
        "pages-by-hand" => pages::<String>(&by_hand()?, base, times).await?,
        "pages-by-hand-dated" => pages::<Dated>(&by_hand()?, base, times).await?,
        other => return Err(format!("`{other}` is nothing that is measured").into()),
    }
    Ok(())
}

async fn get(client: &reqwest::Client, address: &str) -> reqwest::Result<reqwest::Response> {
    let request = client.get(address).header("Accept", "application/json");
    request.header("Authorization", format!("Bearer {TOKEN}")).send().await?.error_for_status()
}

async fn show<T: for<'d> Deserialize<'d>>(
    client: &reqwest::Client,
    base: &str,
    id: i64,
) -> Result<ByHand<T>, Box<dyn Error>> {
    let answer = get(client, &format!("{base}/widgets/{id}")).await?;
    Ok(serde_json::from_slice(&answer.bytes().await?)?)
}

async fn pages<T: for<'d> Deserialize<'d>>(
    client: &reqwest::Client,
    base: &str,
    times: usize,
) -> Result<(), Box<dyn Error>> {
    let (mut count, mut number) = (0, 1);
    while count < times {
        let answer = get(client, &format!("{base}/widgets?page={number}")).await?;
        let page: Page<T> = serde_json::from_slice(&answer.bytes().await?)?;
        for widget in page.widgets {
            black_box(widget);
            count += 1;
        }
        number += 1;
    }
    Ok(())
}

/// The most memory that this process had, in kB, where the system says it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().split(' ').next()?.parse().ok()
}

/// Prints where it listens, and gives the same answers for ever: it must cost nothing beside the client.
fn serve() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}", listener.local_addr()?);
    std::io::stdout().flush()?;
    let body = format!(r#"{{"widgets":[{}]}}"#, vec![WIDGET.replace("48127", ID); PER_PAGE].join(","));
    let answer = |headers: &str, body: &str| {
        let length = body.len();
        format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{headers}Content-Length: {length}\r\n\r\n{body}")
    };
    let one = answer("", WIDGET);
    let page = answer("X-Total: 100000000\r\nX-Pages: 1000000\r\n", &body);
    let ids: Vec<_> = page.match_indices(ID).map(|(at, _)| at).collect();
    for stream in listener.incoming() {
        let (one, page, ids) = (one.clone(), page.clone(), ids.clone());
        std::thread::spawn(move || answer_all(stream?, one.as_bytes(), page.into_bytes(), &ids));
    }
    Ok(())
}

/// As long as every id of a page, none of which another page has.
const ID: &str = "700000000";

fn answer_all(mut stream: TcpStream, one: &[u8], mut page: Vec<u8>, ids: &[usize]) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = [0; 4096];
    let (mut length, mut next) = (0, 100_000_000);
    loop {
        let count = stream.read(&mut buffer[length..])?;
        if count == 0 {
            return Ok(());
        }
        length += count;
        if !buffer[..length].ends_with(b"\r\n\r\n") {
            continue;
        }
        length = 0;
        if buffer.starts_with(b"GET /widgets/") {
            stream.write_all(one)?;
            continue;
        }
        for at in ids {
            page[*at..at + ID.len()].copy_from_slice(format!("{next}").as_bytes());
            next += 1;
        }
        stream.write_all(&page)?;
    }
}
