//! Connections: how many there may be, and how long one may keep us waiting.
//!
//! A client can be slow in three ways. One that sends its request's head byte by byte, or sends nothing on a connection
//! it keeps, is cut off after [`Bounds::header`]. One that sends its body byte by byte meets the deadline of the request
//! (`layer::deadline`). One that never reads its answer is cut off by the operating system when nothing could be handed
//! over for [`Bounds::stall`]. None of them holds more than its own connection, and one address holds a limited number.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use socket2::SockRef;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

/// The pause after the system refused to hand over a connection, as it does when no file descriptor is left.
const OUT_OF_DESCRIPTORS: Duration = Duration::from_millis(200);

/// How many connections, and how much patience with each.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// How long a request's head may take, and how long a connection may stay open without a request.
    pub header: Duration,
    /// How long nothing of an answer may be taken by the client.
    pub stall: Duration,
    /// Connections at a time; more wait until one ends.
    pub total: usize,
    /// Connections of one address at a time; more are closed at once. None behind a proxy, where all come from one.
    pub per_address: Option<usize>,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { header: Duration::from_secs(30), stall: Duration::from_secs(30), total: 4_096, per_address: Some(512) }
    }
}

/// Counts the connections of a process. Cheap to clone: all listeners share one.
#[derive(Debug, Clone)]
pub struct Gate(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    bounds: Bounds,
    free: Arc<Semaphore>,
    by_address: Mutex<HashMap<IpAddr, usize>>,
}

/// A connection's place, given back when it ends.
#[derive(Debug)]
struct Place {
    gate: Gate,
    address: IpAddr,
    _permit: OwnedSemaphorePermit,
}

impl Gate {
    /// A gate nobody has passed yet.
    #[must_use]
    pub fn new(bounds: Bounds) -> Self {
        let free = Arc::new(Semaphore::new(bounds.total.min(Semaphore::MAX_PERMITS)));
        Self(Arc::new(Inner { bounds, free, by_address: Mutex::default() }))
    }

    /// Open connections.
    #[must_use]
    pub fn open(&self) -> usize {
        self.by_address().values().sum()
    }

    /// A place for a connection from this address; none when the address has enough.
    fn admit(&self, address: IpAddr, permit: OwnedSemaphorePermit) -> Option<Place> {
        let mut by_address = self.by_address();
        let held = by_address.entry(address).or_default();
        if self.0.bounds.per_address.is_some_and(|most| *held >= most) {
            return None;
        }
        *held = held.saturating_add(1);
        Some(Place { gate: self.clone(), address, _permit: permit })
    }

    fn by_address(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        // The map is whole after every statement, so a panic elsewhere does not spoil it.
        self.0.by_address.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut by_address = self.gate.by_address();
        if let Some(held) = by_address.get_mut(&self.address) {
            *held = held.saturating_sub(1);
            if *held == 0 {
                by_address.remove(&self.address);
            }
        }
    }
}

/// Answers on a listener until `shutdown` fires; each connection then finishes its request, as a task of `tasks`.
pub async fn serve(listener: TcpListener, router: Router, gate: Gate, shutdown: CancellationToken, tasks: TaskTracker) {
    loop {
        let next = async {
            let permit = Arc::clone(&gate.0.free).acquire_owned().await.ok()?;
            Some((permit, listener.accept().await))
        };
        let accepted = tokio::select! {
            () = shutdown.cancelled() => return,
            accepted = next => accepted,
        };
        let Some((permit, accepted)) = accepted else { return };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) if is_the_clients(&error) => continue,
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted");
                tokio::time::sleep(OUT_OF_DESCRIPTORS).await;
                continue;
            }
        };
        let Some(place) = gate.admit(peer.ip(), permit) else {
            metrics::counter!("http_connections_refused_total").increment(1);
            continue;
        };
        if let Err(error) = prepare(&stream, gate.0.bounds.stall) {
            tracing::debug!(%error, "a connection ended before it began");
            continue;
        }
        tasks.spawn(answer(stream, peer, router.clone(), place, shutdown.clone()));
    }
}

/// The client went away between the handshake and our looking.
fn is_the_clients(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

fn prepare(stream: &TcpStream, stall: Duration) -> io::Result<()> {
    stream.set_nodelay(true)?;
    // Also counts while the client's window is closed, that is, while it does not read.
    #[cfg(target_os = "linux")]
    SockRef::from(stream).set_tcp_user_timeout(Some(stall))?;
    // Finds clients that vanished without a word, such as a laptop that was closed. The system counts it in seconds.
    let quiet = stall.max(Duration::from_secs(1));
    SockRef::from(stream).set_tcp_keepalive(&socket2::TcpKeepalive::new().with_time(quiet))
}

async fn answer(stream: TcpStream, peer: SocketAddr, router: Router, place: Place, shutdown: CancellationToken) {
    let service = service_fn(move |request: http::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(place.gate.0.bounds.header);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service).with_upgrades());
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = shutdown.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection was cut off");
    }
}
