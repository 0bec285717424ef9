//! One connection that stays open, with one request at a time.

use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;

use anyhow::{Context, Result};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, ETAG, HOST, IF_MATCH};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;

/// What is sent.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) token: Option<Rc<str>>,
    pub(crate) if_match: Option<String>,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) body: Bytes,
}

impl Call {
    pub(crate) fn get(path: String) -> Self {
        Self { method: Method::GET, ..Self::post(path, Bytes::new()) }
    }

    pub(crate) fn post(path: String, body: Bytes) -> Self {
        Self { method: Method::POST, path, token: None, if_match: None, idempotency_key: None, body }
    }
}

/// What came back, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) version: Option<String>,
    pub(crate) body: Bytes,
}

/// A connection, opened when it is first needed and again when the server has closed it.
pub(crate) struct Connection {
    address: SocketAddr,
    /// The address it comes from; the machine's own choice without one.
    from: Option<IpAddr>,
    sender: Option<SendRequest<Full<Bytes>>>,
    /// Moves the bytes.
    driver: JoinSet<()>,
}

impl Connection {
    pub(crate) fn to(address: SocketAddr) -> Self {
        Self { address, from: None, sender: None, driver: JoinSet::new() }
    }

    /// From an address of this machine.
    pub(crate) fn between(from: IpAddr, address: SocketAddr) -> Self {
        Self { from: Some(from), ..Self::to(address) }
    }

    /// Sends a request and reads the whole answer. A connection that failed is opened anew for the next one.
    pub(crate) async fn call(&mut self, call: Call) -> Result<Answer> {
        let mut sender = match self.sender.take().filter(|sender| !sender.is_closed()) {
            Some(sender) => sender,
            None => self.open().await?,
        };
        let response = sender.send_request(request(&self.address, call)?).await?;
        let status = response.status();
        let version = response.headers().get(ETAG).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let body = response.into_body().collect().await?.to_bytes();
        self.sender = Some(sender);
        Ok(Answer { status, version, body })
    }

    async fn open(&mut self) -> Result<SendRequest<Full<Bytes>>> {
        let stream = match self.from {
            Some(from) => {
                let socket = TcpSocket::new_v4()?;
                socket.bind(SocketAddr::new(from, 0)).context("an address to come from")?;
                socket.connect(self.address).await
            }
            None => TcpStream::connect(self.address).await,
        };
        let stream = stream.context("connecting")?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        self.driver.abort_all();
        self.driver.spawn(async move {
            // How it ended shows in the request that was under way.
            let _ = connection.await;
        });
        Ok(sender)
    }
}

fn request(address: &SocketAddr, call: Call) -> Result<Request<Full<Bytes>>> {
    let mut request = Request::builder().method(call.method).uri(call.path);
    request = request.header(HOST, format!("localhost:{}", address.port()));
    if let Some(token) = call.token {
        request = request.header(AUTHORIZATION, format!("Bearer {token}"));
    }
    if let Some(version) = call.if_match {
        request = request.header(IF_MATCH, version);
    }
    if let Some(key) = call.idempotency_key {
        request = request.header("Idempotency-Key", key);
    }
    if !call.body.is_empty() {
        request = request.header(CONTENT_TYPE, "application/json");
    }
    Ok(request.body(Full::new(call.body))?)
}
