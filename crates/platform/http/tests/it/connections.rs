//! Slow clients over real sockets: each is cut off, and nobody else notices.
#![expect(clippy::unwrap_used, reason = "helper functions of tests")]

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use autolytiq_http::connections::{Bounds, Gate, serve};
use axum::Router;
use axum::body::Body;
use axum::routing::get;
use bytes::Bytes;
use futures::stream;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

const BOUNDS: Bounds =
    Bounds { header: Duration::from_millis(400), stall: Duration::from_millis(800), total: 20, per_address: Some(5) };
/// A client that is cut off notices within this.
const SOON: Duration = Duration::from_secs(15);

struct Product {
    address: SocketAddr,
    gate: Gate,
    shutdown: CancellationToken,
    tasks: TaskTracker,
}

impl Product {
    async fn start(bounds: Bounds) -> Self {
        let endless = || async {
            let chunk = Bytes::from_static(&[b'x'; 64 * 1024]);
            Body::from_stream(stream::repeat_with(move || Ok::<_, io::Error>(chunk.clone())))
        };
        let router = Router::new().route("/", get(|| async { "here" })).route("/endless", get(endless));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let (gate, shutdown, tasks) = (Gate::new(bounds), CancellationToken::new(), TaskTracker::new());
        let address = listener.local_addr().unwrap();
        tasks.spawn(serve(listener, router, gate.clone(), shutdown.clone(), tasks.clone()));
        Self { address, gate, shutdown, tasks }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(SOON)).unwrap();
        stream
    }

    /// A whole request of somebody who is not slow, and how long it took.
    fn ask(&self) -> (String, Duration) {
        let begun = Instant::now();
        let mut stream = self.connect();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        (answer, begun.elapsed())
    }

    async fn wait_until_all_are_gone(&self) {
        let deadline = Instant::now() + SOON;
        while self.gate.open() > 0 {
            assert!(Instant::now() < deadline, "{} connections are still open", self.gate.open());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Reads until the other side closes; the time that took.
fn wait_for_the_end(mut stream: TcpStream) -> Duration {
    let begun = Instant::now();
    let _ = stream.read_to_end(&mut Vec::new());
    begun.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_comes_byte_by_byte_is_not_waited_for() {
    let product = Product::start(BOUNDS).await;
    let mut slow = product.connect();
    let begun = Instant::now();
    let cut_off = loop {
        // One byte at a time, each well within the bound: what counts is the whole head.
        if slow.write_all(b"G").is_err() {
            break begun.elapsed();
        }
        thread::sleep(Duration::from_millis(50));
        assert!(begun.elapsed() < SOON, "still connected");
    };
    assert!(cut_off >= BOUNDS.header, "{cut_off:?}");
    assert!(product.ask().0.ends_with("here"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_without_a_request_is_closed_and_one_in_use_is_not() {
    let product = Product::start(BOUNDS).await;
    assert!(wait_for_the_end(product.connect()) < SOON);
    let mut busy = product.connect();
    for _ in 0..4 {
        busy.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
        let mut answer = [0; 1024];
        let read = busy.read(&mut answer).unwrap();
        assert!(String::from_utf8_lossy(&answer[..read]).contains("200 OK"));
        thread::sleep(BOUNDS.header / 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_nobody_reads_is_given_up() {
    let product = Product::start(BOUNDS).await;
    let mut deaf = product.connect();
    deaf.write_all(b"GET /endless HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    // Others are answered while the buffers fill and after.
    for _ in 0..5 {
        let (answer, took) = product.ask();
        assert!(answer.ends_with("here") && took < Duration::from_secs(5), "{took:?}");
        thread::sleep(Duration::from_millis(100));
    }
    product.wait_until_all_are_gone().await;
    drop(deaf);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_has_its_share_and_more_are_turned_away() {
    let patient = Bounds { header: SOON, ..BOUNDS };
    let product = Product::start(patient).await;
    let held: Vec<TcpStream> = (0..5).map(|_| product.connect()).collect();
    while product.gate.open() < held.len() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(wait_for_the_end(product.connect()) < Duration::from_secs(5), "the sixth was let in");
    drop(held);
    product.wait_until_all_are_gone().await;
    assert!(product.ask().0.ends_with("here"));
}

#[tokio::test(flavor = "multi_thread")]
async fn beyond_the_total_the_next_waits_for_its_turn() {
    let two = Bounds { total: 2, per_address: None, ..BOUNDS };
    let product = Product::start(two).await;
    let _held = [product.connect(), product.connect()];
    let (answer, took) = product.ask();
    assert!(answer.ends_with("here"), "{answer}");
    assert!(took >= BOUNDS.header / 2, "it did not wait: {took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_to_stop_it_closes_idle_connections_at_once() {
    let product = Product::start(Bounds { header: SOON, ..BOUNDS }).await;
    let _idle = product.connect();
    while product.gate.open() < 1 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    product.shutdown.cancel();
    product.tasks.close();
    tokio::time::timeout(Duration::from_secs(5), product.tasks.wait()).await.unwrap();
}
