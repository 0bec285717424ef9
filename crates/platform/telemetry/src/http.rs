//! The metrics of HTTP, by route template and never by address or tenant.

use std::time::Duration;

use ::http::Method;
use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};

const REQUESTS: &str = "http_requests_total";
const DURATION: &str = "http_request_duration_seconds";
const IN_FLIGHT: &str = "http_requests_in_flight";

/// Gives the metrics their help texts.
pub(crate) fn describe() {
    describe_counter!(REQUESTS, "Requests answered, by method, route template and status.");
    describe_histogram!(DURATION, Unit::Seconds, "Time until the response began, by method and route template.");
    describe_gauge!(IN_FLIGHT, "Requests being answered.");
}

/// Records one answered request.
pub fn observed(method: &Method, route: &str, status: u16, elapsed: Duration) {
    let method = known(method);
    let route = route.to_owned();
    counter!(REQUESTS, "method" => method, "route" => route.clone(), "status" => status.to_string()).increment(1);
    histogram!(DURATION, "method" => method, "route" => route).record(elapsed.as_secs_f64());
}

/// A request being answered; counted until it is dropped.
#[derive(Debug)]
pub struct InFlight(());

impl InFlight {
    /// One more.
    #[must_use]
    pub fn begin() -> Self {
        gauge!(IN_FLIGHT).increment(1);
        Self(())
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        gauge!(IN_FLIGHT).decrement(1);
    }
}

/// A method the client invented would be a new time series.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::PATCH => "PATCH",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
