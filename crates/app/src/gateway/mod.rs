//! The gateway: hands a request to the process that serves it.
//!
//! What may pass is decided before (`autolytiq_http::elsewhere`): known operations only, with a verified token where one
//! is needed. Here are the connections to the other processes: pooled, streaming in both directions, given up in time,
//! and left alone for a while when a process does not answer.

mod breaker;
mod headers;
mod upstream;

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use autolytiq_config::Config;
use autolytiq_http::ApiResult;
use autolytiq_http::elsewhere::{Call, Elsewhere, Seen};
use autolytiq_http::seal::Seal;
use autolytiq_kernel::Origin;
use autolytiq_kernel::problem::{Problem, codes};
use autolytiq_telemetry::upstream::{Outcome, observed};
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use futures::StreamExt as _;
use futures::future::{BoxFuture, join_all};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method, Uri, Version};
use http_body_util::{BodyExt as _, LengthLimitError};
use tokio_util::sync::CancellationToken;

use upstream::{Connections, Failure, Upstream};

/// How long a target may take to say that it is ready.
const LOOK: Duration = Duration::from_secs(1);
/// The pause before a second try is this long at least, and at most twice as long.
const RETRY_PAUSE: Duration = Duration::from_millis(20);

/// The way to the other targets. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Gateway(Arc<Inner>);

struct Inner {
    /// By the target's name; none where no address was configured. Targets of one address are one upstream.
    targets: BTreeMap<&'static str, Option<Arc<Upstream>>>,
    connections: Connections,
    seal: Seal,
    shutdown: CancellationToken,
}

/// A part of a request's body did not come, or the body is longer than allowed: nothing the other process could help.
#[derive(Debug, thiserror::Error)]
#[error("the body of the request could not be read")]
struct CallerFault(#[source] axum::Error);

impl Gateway {
    /// A gateway to these targets, at the addresses of the configuration. Streams end when `shutdown` fires.
    pub(crate) fn new(
        config: &Config,
        targets: impl IntoIterator<Item = &'static str>,
        seal: Seal,
        shutdown: CancellationToken,
    ) -> Self {
        let addresses: BTreeMap<_, _> = config.targets.addresses().into_iter().collect();
        let mut known: BTreeMap<String, Arc<Upstream>> = BTreeMap::new();
        let mut find = |target: &'static str| {
            let Some(url) = addresses.get(target).copied().flatten() else {
                tracing::warn!(target.name = target, "no address is configured for this target (targets.{target})");
                return None;
            };
            let upstream = Upstream::at(url)?;
            Some(Arc::clone(known.entry(upstream.authority().to_owned()).or_insert_with(|| Arc::new(upstream))))
        };
        let targets = targets.into_iter().map(|target| (target, find(target))).collect();
        // The processes of an installation share a configuration.
        let connections = Connections::new(Duration::from_secs(config.server.header_seconds));
        Self(Arc::new(Inner { targets, connections, seal, shutdown }))
    }
}

impl Elsewhere for Gateway {
    fn send(&self, call: Call) -> BoxFuture<'static, ApiResult<Response>> {
        let inner = Arc::clone(&self.0);
        Box::pin(async move { Ok(inner.send(call).await?) })
    }

    fn look(&self) -> BoxFuture<'_, Vec<Seen>> {
        Box::pin(self.0.look())
    }
}

impl Inner {
    async fn send(&self, call: Call) -> Result<Response, Problem> {
        let Call { target, request, origin, patience } = call;
        let Some(upstream) = self.targets.get(target).and_then(Option::as_ref) else {
            observed(target, Outcome::Refused);
            return Err(unavailable(target, "it has no address here", 60));
        };
        let trial = upstream.breaker().admit().map_err(|wait| {
            observed(target, Outcome::Refused);
            unavailable(target, "nothing was done", wait.as_secs().saturating_add(1))
        })?;
        let request = self.outgoing(request, upstream, origin)?;
        match self.exchange(request, patience).await {
            Ok(response) => {
                trial.answered();
                observed(target, Outcome::Answered);
                Ok(self.incoming(response))
            }
            Err(failure) => {
                if let Some(refusal) = refusal_of_caller(&failure) {
                    return Err(refusal);
                }
                trial.failed();
                let (outcome, effect) = match failure {
                    Failure::Unreachable(_) => (Outcome::Unreachable, "nothing was done"),
                    Failure::Broken(_) => (Outcome::Broken, UNKNOWN),
                    Failure::Late(_) => (Outcome::Late, UNKNOWN),
                };
                observed(target, outcome);
                Err(unavailable(target, effect, 1).caused_by(failure))
            }
        }
    }

    /// The request as the other process gets it.
    fn outgoing(&self, request: Request, upstream: &Upstream, origin: Origin) -> Result<Request, Problem> {
        let (parts, body) = request.into_parts();
        let uri: Uri = upstream.address_of(&parts.uri).map_err(Problem::internal)?;
        let mut headers = parts.headers;
        headers::make_ours(&mut headers, origin, &self.seal);
        let mut sent = Request::new(Body::new(body.map_err(CallerFault)));
        *sent.method_mut() = parts.method;
        *sent.uri_mut() = uri;
        *sent.version_mut() = Version::HTTP_11;
        *sent.headers_mut() = headers;
        Ok(sent)
    }

    /// Sends it. What changes nothing and has no body is sent once more, over a new connection, when the first one led
    /// nowhere: the process may just have been started anew.
    async fn exchange(&self, request: Request, patience: Duration) -> Result<Response, Failure> {
        let again = repeated(&request);
        match (self.connections.pooled(request, patience).await, again) {
            (Err(Failure::Unreachable(_) | Failure::Broken(_)), Some(again)) => {
                tokio::time::sleep(RETRY_PAUSE.mul_f64(1.0 + fastrand::f64())).await;
                self.connections.fresh(again, patience).await
            }
            (answer, _) => answer,
        }
    }

    /// The answer as the caller gets it. A stream of events ends with this process; anything else does so by itself.
    fn incoming(&self, mut response: Response) -> Response {
        headers::strip_connection(response.headers_mut());
        if !is_endless(response.headers()) {
            return response;
        }
        let shutdown = self.shutdown.clone().cancelled_owned();
        response.map(|body| Body::from_stream(body.into_data_stream().take_until(shutdown)))
    }

    async fn look(&self) -> Vec<Seen> {
        let looks = self.targets.iter().map(|(name, upstream)| async move {
            let answers = match upstream {
                Some(upstream) => self.is_ready(upstream).await,
                None => false,
            };
            Seen { name, answers }
        });
        join_all(looks).await
    }

    async fn is_ready(&self, upstream: &Upstream) -> bool {
        let Ok(uri) = upstream.address_of(&Uri::from_static("/ready")) else { return false };
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = uri;
        let ready = self.connections.pooled(request, LOOK).await.is_ok_and(|answer| answer.status().is_success());
        if ready {
            upstream.breaker().answered();
        }
        ready
    }
}

/// What a caller is told when nobody knows whether a request was carried out.
const UNKNOWN: &str = "whether the request was carried out is not known, so look before sending it again";

fn unavailable(target: &'static str, effect: &str, seconds: u64) -> Problem {
    let detail = format!("{target} cannot be reached at the moment; {effect}");
    Problem::new(&codes::UPSTREAM_UNAVAILABLE, detail).with("target", target).retry_after(seconds)
}

/// The fault in the caller's own body that ended an exchange, if that is what ended it.
fn refusal_of_caller(failure: &Failure) -> Option<Problem> {
    let mut next: Option<&(dyn Error + 'static)> = Some(failure);
    let mut caller = false;
    while let Some(error) = next {
        if error.is::<LengthLimitError>() {
            return Some(Problem::new(&codes::BODY_TOO_LARGE, "the body is larger than this operation takes"));
        }
        caller |= error.is::<CallerFault>();
        next = error.source();
    }
    caller.then(|| Problem::new(&codes::BAD_REQUEST, "the body of the request ended early"))
}

/// The same request once more, if that does no harm.
fn repeated(request: &Request) -> Option<Request> {
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD);
    if !harmless || !axum::body::HttpBody::is_end_stream(request.body()) {
        return None;
    }
    let mut again = Request::new(Body::empty());
    *again.method_mut() = request.method().clone();
    *again.uri_mut() = request.uri().clone();
    *again.headers_mut() = request.headers().clone();
    Some(again)
}

fn is_endless(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/event-stream"))
}
