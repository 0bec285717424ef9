//! The metrics of a gateway's calls to other processes, by target.

use metrics::{counter, describe_counter};

const REQUESTS: &str = "upstream_requests_total";

/// Gives the metrics their help texts.
pub(crate) fn describe() {
    describe_counter!(REQUESTS, "Requests for other processes, by target and what became of them.");
}

/// What became of a request for another process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was answered, with whatever status.
    Answered,
    /// It was not sent: the process is being left alone, or has no address.
    Refused,
    /// No connection came about.
    Unreachable,
    /// The connection ended before the answer began.
    Broken,
    /// The answer did not begin in time.
    Late,
}

/// Records one request.
pub fn observed(target: &'static str, outcome: Outcome) {
    let outcome = match outcome {
        Outcome::Answered => "answered",
        Outcome::Refused => "refused",
        Outcome::Unreachable => "unreachable",
        Outcome::Broken => "broken",
        Outcome::Late => "late",
    };
    counter!(REQUESTS, "target" => target, "outcome" => outcome).increment(1);
}
