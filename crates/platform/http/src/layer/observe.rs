//! One span, one log line and the metrics of each request. Never a body, a query or a token.

use std::time::Instant;

use autolytiq_telemetry::http as metric;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use tracing::{Instrument, debug, field::Empty, info, info_span};

use super::RequestMeta;

/// Requests that match no route share one label, so that a scanner cannot make a million time series.
const UNMATCHED: &str = "(none)";

/// Asked every few seconds by the machine that runs us.
const PROBES: [&str; 4] = ["/live", "/ready", "/health", "/metrics"];

pub(crate) async fn layer(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or(UNMATCHED, |path| path.as_str()).to_owned();
    let method = request.method().clone();
    let meta = request.extensions().get::<RequestMeta>().copied();
    let span = info_span!(
        "http.request",
        request.id = meta.map(|m| m.origin.request.to_string()),
        http.method = method.as_str(),
        http.route = route,
        dealership.id = Empty,
        person.id = Empty,
    );
    let begun = Instant::now();
    let in_flight = metric::InFlight::begin();
    let response = next.run(request).instrument(span.clone()).await;
    drop(in_flight);
    let (status, elapsed) = (response.status().as_u16(), begun.elapsed());
    metric::observed(&method, &route, status, elapsed);
    let elapsed_us = u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX);
    span.in_scope(|| {
        if PROBES.contains(&route.as_str()) {
            debug!(http.status = status, elapsed_us, "answered");
        } else {
            info!(http.status = status, elapsed_us, "answered");
        }
    });
    response
}
