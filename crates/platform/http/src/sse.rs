//! Streams of server-sent events.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures::{Stream, StreamExt as _};
use serde::Serialize;

use crate::platform::Platform;

/// How often a quiet stream says that it is alive; proxies close silent connections after about a minute.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// An event with a name and a JSON value.
///
/// # Errors
/// When the value does not serialise.
pub fn event<T: Serialize>(name: &str, data: &T) -> Result<Event, axum::Error> {
    Event::default().event(name).json_data(data)
}

/// A stream that ends when the caller's session does (`auth.ended()`) or when the process stops. The client comes back
/// with a fresh token.
pub fn stream<S, E>(
    platform: &Platform,
    ended: E,
    events: S,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<S, E>>
where
    S: Stream<Item = Event> + Send + 'static,
    E: Future<Output = ()> + Send + 'static,
{
    let shutdown = platform.shutdown.clone();
    let end = async move {
        tokio::select! {
            () = ended => {}
            () = shutdown.cancelled() => {}
        }
    };
    Sse::new(events.map(Ok).take_until(end)).keep_alive(KeepAlive::new().interval(HEARTBEAT))
}
