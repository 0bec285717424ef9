//! The request's id and the caller's address, for everything further in.

use std::net::{IpAddr, SocketAddr};

use autolytiq_kernel::problem::Problem;
use autolytiq_kernel::{Origin, RequestId};
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{Extensions, HeaderMap, HeaderName, HeaderValue};

use super::Around;

/// `x-request-id`, in both directions.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What is known about a request before anybody looks at its contents.
#[derive(Debug, Clone, Copy)]
pub struct RequestMeta {
    /// Its id and where it came from.
    pub origin: Origin,
}

impl RequestMeta {
    /// Reads it from a request's extensions.
    ///
    /// # Errors
    /// When the router stands without its layers, which is a bug.
    pub fn of(extensions: &Extensions) -> Result<Self, Problem> {
        extensions.get::<Self>().copied().ok_or_else(|| Problem::internal("the request-id layer is missing"))
    }
}

/// Accepts a client's id if it is a UUID, so that one id follows a request through a gateway; makes one otherwise.
pub(crate) async fn layer(State(around): State<Around>, mut request: Request, next: Next) -> Response {
    let given = request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok()?.parse().ok());
    let id: RequestId = given.unwrap_or_else(|| around.platform.ids.next());
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let settings = &around.platform.settings;
    let sealed = settings.seal.as_ref().and_then(|seal| seal.open(id, request.headers()));
    let address = match sealed {
        Some(address) => address,
        None if settings.trust_forwarded_for => forwarded(request.headers()).or(peer),
        None => peer,
    };
    request.extensions_mut().insert(RequestMeta { origin: Origin { request: id, address } });
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::try_from(id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// The last entry is the one our own proxy wrote; those before it are the client's to invent.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::forwarded;

    #[test]
    fn only_the_proxys_own_entry_counts() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", HeaderValue::from_static("6.6.6.6, 192.0.2.7"));
        assert_eq!(forwarded(&headers), "192.0.2.7".parse().ok());
        headers.append("x-forwarded-for", HeaderValue::from_static("2001:db8::1"));
        assert_eq!(forwarded(&headers), "2001:db8::1".parse().ok());
        assert_eq!(forwarded(&HeaderMap::new()), None);
    }
}
