//! The engine's module in a headless Chromium: a small server on this machine hands out the page and takes its figures.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{cmd, wasm};

/// Longer than the page needs, several times.
const PATIENCE: Duration = Duration::from_secs(120);

pub(super) fn figures(browser: &Path, requests: &Path) -> Result<Value> {
    let listener = TcpListener::bind("127.0.0.1:0").context("opening a port")?;
    listener.set_nonblocking(true)?;
    let address = format!("http://{}/", listener.local_addr()?);
    let profile = cmd::target_dir().join("tools/bench-browser");
    let mut chromium = cmd::program(browser, cmd::root());
    chromium.args(["--headless=new", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage"]);
    chromium.arg(format!("--user-data-dir={}", profile.display()));
    if cmd::is_root() {
        // Chromium refuses its sandbox to root.
        chromium.arg("--no-sandbox");
    }
    chromium.arg(&address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = chromium.spawn().context("starting Chromium")?;
    let said = serve(&listener, requests);
    let _ = child.kill();
    let _ = child.wait();
    let _ = fs::remove_dir_all(&profile);
    let said: Value = serde_json::from_slice(&said?).context("the page's figures")?;
    if let Some(error) = said["error"].as_str() {
        bail!("{error}");
    }
    Ok(said)
}

/// Answers requests one after the other until the figures come.
fn serve(listener: &TcpListener, requests: &Path) -> Result<Vec<u8>> {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        match listener.accept() {
            Ok((stream, _)) => {
                stream.set_nonblocking(false)?;
                // A connection opened in advance may stay silent.
                stream.set_read_timeout(Some(Duration::from_millis(500)))?;
                if let Ok(Some(figures)) = answer(stream, requests) {
                    return Ok(figures);
                }
            }
            Err(_) => std::thread::sleep(Duration::from_millis(1)),
        }
    }
    bail!("no figures within {} s", PATIENCE.as_secs())
}

fn answer(stream: TcpStream, requests: &Path) -> Result<Option<Vec<u8>>> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first)?;
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().context("a length")?;
        }
    }
    let path = first.split(' ').nth(1).unwrap_or_default();
    if path == "/figures" {
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        reply(stream, "200 OK", "text/plain", b"")?;
        return Ok(Some(body));
    }
    let file = match path {
        "/" => Some((super::script("page.html"), "text/html")),
        "/engine.mjs" => Some((super::script("engine.mjs"), "text/javascript")),
        "/requests.json" => Some((requests.to_owned(), "application/json")),
        _ => path.strip_prefix("/pkg/").filter(|name| !name.contains("..")).map(|name| {
            let kind = match name.rsplit('.').next() {
                Some("js") => "text/javascript",
                Some("wasm") => "application/wasm",
                _ => "application/octet-stream",
            };
            (wasm::package_dir().join(name), kind)
        }),
    };
    match file.and_then(|(file, kind)| Some((fs::read(file).ok()?, kind))) {
        Some((bytes, kind)) => reply(stream, "200 OK", kind, &bytes)?,
        None => reply(stream, "404 Not Found", "text/plain", b"")?,
    }
    Ok(None)
}

fn reply(mut stream: TcpStream, status: &str, kind: &str, body: &[u8]) -> Result<()> {
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(body)?;
    Ok(stream.flush()?)
}
