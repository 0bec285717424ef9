//! When requests are due.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// The moments at which requests are due, each handed out when it comes: `rate` a second from `start` to `end`.
///
/// A thread of its own keeps the time, since the runtime's timer knows whole milliseconds only.
pub(crate) fn moments(rate: f64, start: Instant, end: Instant) -> Result<UnboundedReceiver<Instant>> {
    let (due, moments) = unbounded_channel();
    let step = Duration::from_secs_f64(1.0 / rate);
    thread::Builder::new().name("pace".to_owned()).spawn(move || {
        for number in 0.. {
            let moment = start + step.mul_f64(f64::from(number));
            if moment >= end {
                return;
            }
            thread::sleep(moment.saturating_duration_since(Instant::now()));
            if due.send(moment).is_err() {
                return;
            }
        }
    })?;
    Ok(moments)
}
