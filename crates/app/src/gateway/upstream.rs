//! Another process and the connections to it.

use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::Uri;
use http::uri::{Authority, InvalidUriParts, Parts, PathAndQuery, Scheme};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client, Error as ClientError};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::error::Elapsed;
use url::Url;

use super::breaker::Breaker;

/// How long a connection may take to be made: the processes of an installation are near each other.
const CONNECT: Duration = Duration::from_secs(1);
/// How long an unused connection is kept at most.
const IDLE: Duration = Duration::from_secs(10);
/// How many unused connections are kept to one process.
const MOST_IDLE: usize = 256;

/// Another process of this installation.
#[derive(Debug)]
pub(crate) struct Upstream {
    authority: Authority,
    breaker: Breaker,
}

impl Upstream {
    /// The process at an address like `http://10.0.0.7:3001`; none when it has no host.
    pub(crate) fn at(url: &Url) -> Option<Self> {
        let (host, port) = (url.host_str()?, url.port_or_known_default()?);
        let authority = Authority::try_from(format!("{host}:{port}")).ok()?;
        Some(Self { authority, breaker: Breaker::new() })
    }

    pub(crate) fn authority(&self) -> &str {
        self.authority.as_str()
    }

    pub(crate) fn breaker(&self) -> &Breaker {
        &self.breaker
    }

    /// Where a path and query are served by this process, byte for byte as they came.
    pub(crate) fn address_of(&self, asked: &Uri) -> Result<Uri, InvalidUriParts> {
        let mut parts = Parts::default();
        parts.scheme = Some(Scheme::HTTP);
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(asked.path_and_query().cloned().unwrap_or(PathAndQuery::from_static("/")));
        Uri::from_parts(parts)
    }
}

/// Why there was no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// No connection came about, so nothing was sent.
    #[error("the process cannot be reached")]
    Unreachable(#[source] ClientError),
    /// The connection ended before the answer began.
    #[error("the connection ended before the answer began")]
    Broken(#[source] ClientError),
    /// The answer did not begin in time.
    #[error("the answer did not begin in time")]
    Late(#[source] Elapsed),
}

/// The connections to all processes.
#[derive(Debug)]
pub(crate) struct Connections {
    pooled: Client<HttpConnector, Body>,
    fresh: Client<HttpConnector, Body>,
}

impl Connections {
    /// Connections to processes that close an unused one after `header`: ours are given up well before.
    pub(crate) fn new(header: Duration) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(CONNECT));
        connector.set_nodelay(true);
        let client = |most_idle| {
            Client::builder(TokioExecutor::new())
                .pool_timer(TokioTimer::new())
                .pool_idle_timeout(IDLE.min(header / 2))
                .pool_max_idle_per_host(most_idle)
                .build(connector.clone())
        };
        Self { pooled: client(MOST_IDLE), fresh: client(0) }
    }

    /// Sends a request over a connection that may have been used before.
    pub(crate) async fn pooled(&self, request: Request, patience: Duration) -> Result<Response, Failure> {
        exchange(&self.pooled, request, patience).await
    }

    /// Sends a request over a connection of its own.
    pub(crate) async fn fresh(&self, request: Request, patience: Duration) -> Result<Response, Failure> {
        exchange(&self.fresh, request, patience).await
    }
}

async fn exchange(
    client: &Client<HttpConnector, Body>,
    request: Request,
    patience: Duration,
) -> Result<Response, Failure> {
    match tokio::time::timeout(patience, client.request(request)).await {
        Ok(Ok(response)) => Ok(response.map(Body::new)),
        Ok(Err(error)) if error.is_connect() => Err(Failure::Unreachable(error)),
        Ok(Err(error)) => Err(Failure::Broken(error)),
        Err(elapsed) => Err(Failure::Late(elapsed)),
    }
}

#[cfg(test)]
mod tests {
    use http::Uri;

    use super::Upstream;

    #[test]
    fn a_path_goes_on_as_it_came() {
        let upstream = Upstream::at(&"http://10.0.0.7:3003".parse().unwrap()).unwrap();
        let asked: Uri = "/api/v1/vin-decode/1HG%20X?q=a%2Fb&c".parse().unwrap();
        let address = upstream.address_of(&asked).unwrap();
        assert_eq!(address.to_string(), "http://10.0.0.7:3003/api/v1/vin-decode/1HG%20X?q=a%2Fb&c");
        let bare = Upstream::at(&"http://[::1]".parse().unwrap()).unwrap();
        assert_eq!(bare.authority(), "[::1]:80");
    }
}
