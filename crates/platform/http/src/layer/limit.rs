//! How often somebody may ask: governor's cells, in this process, keyed by person, store or address.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;

use autolytiq_kernel::problem::{Problem, codes};
use autolytiq_kernel::{DealershipId, PersonId};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::{Around, RequestMeta};
use crate::error::ApiError;
use crate::guard::Caller;
use crate::routes::RateClass;
use crate::settings::Limits;

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");

type Cells<K> = RateLimiter<K, DefaultKeyedStateStore<K>, DefaultClock, StateInformationMiddleware>;

/// The counters of this process.
pub struct Limiter {
    log_in: Counter<IpAddr>,
    person: Counter<PersonId>,
    dealership: Counter<DealershipId>,
    address: Counter<IpAddr>,
}

struct Counter<K: Hash + Eq + Clone> {
    per_minute: NonZeroU32,
    cells: Cells<K>,
}

/// What a counter said.
struct Verdict {
    limit: u32,
    remaining: u32,
    /// Seconds to wait, when the request is one too many.
    wait: Option<u64>,
}

impl<K: Hash + Eq + Clone> Counter<K> {
    fn new(per_minute: NonZeroU32) -> Self {
        let cells = RateLimiter::keyed(Quota::per_minute(per_minute)).with_middleware();
        Self { per_minute, cells }
    }

    fn count(&self, key: &K) -> Verdict {
        let limit = self.per_minute.get();
        match self.cells.check_key(key) {
            Ok(snapshot) => Verdict { limit, remaining: snapshot.remaining_burst_capacity(), wait: None },
            Err(not_until) => {
                let wait = not_until.wait_time_from(DefaultClock::default().now());
                Verdict { limit, remaining: 0, wait: Some(wait.as_secs().saturating_add(1)) }
            }
        }
    }
}

impl Limiter {
    /// Counters at zero.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self {
            log_in: Counter::new(limits.log_in_per_address),
            person: Counter::new(limits.per_person),
            dealership: Counter::new(limits.per_dealership),
            address: Counter::new(limits.per_address),
        }
    }

    /// Forgets keys that have not been seen for a while. A job of the process; without it the maps grow.
    pub fn forget_idle(&self) {
        self.log_in.cells.retain_recent();
        self.person.cells.retain_recent();
        self.dealership.cells.retain_recent();
        self.address.cells.retain_recent();
    }

    fn count(&self, class: RateClass, caller: &Caller, address: Option<IpAddr>) -> Verdict {
        // Behind a socket without addresses everybody shares one counter, which errs on the safe side.
        let address = network(address.unwrap_or(IpAddr::from([0, 0, 0, 0])));
        match (class, caller) {
            (RateClass::LogIn, _) => self.log_in.count(&address),
            (RateClass::General, Caller::Person(verified)) => {
                let session = &verified.session;
                let store = self.dealership.count(&session.ctx.acting());
                if store.wait.is_some() { store } else { self.person.count(&session.actor.person) }
            }
            (RateClass::General, Caller::Nobody | Caller::Refused(_)) => self.address.count(&address),
        }
    }
}

/// One household or office has a whole /64 of IPv6: the network is the address.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => {
                let [a, b, c, d, ..] = v6.segments();
                IpAddr::from([a, b, c, d, 0, 0, 0, 0])
            }
        },
    }
}

/// Counts requests to the API; pages and probes are free.
pub(crate) async fn layer(State(around): State<Around>, request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let address = RequestMeta::of(request.extensions()).ok().and_then(|meta| meta.origin.address);
    let class = around.traits_of(&request).class;
    let caller = request.extensions().get::<Caller>().unwrap_or(&Caller::Nobody);
    let verdict = around.limiter.count(class, caller, address);
    let mut response = match verdict.wait {
        None => next.run(request).await,
        Some(seconds) => {
            let detail = format!("at most {} requests a minute; try again in {seconds} s", verdict.limit);
            ApiError::from(Problem::new(&codes::RATE_LIMITED, detail).retry_after(seconds)).into_response()
        }
    };
    tell(response.headers_mut(), &verdict);
    response
}

fn tell(headers: &mut HeaderMap, verdict: &Verdict) {
    headers.insert(LIMIT, HeaderValue::from(verdict.limit));
    headers.insert(REMAINING, HeaderValue::from(verdict.remaining));
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn an_ipv6_network_counts_as_one() {
        let one = network("2001:db8:1:2::1".parse().unwrap());
        assert_eq!(one, network("2001:db8:1:2:ffff::9".parse().unwrap()));
        assert_ne!(one, network("2001:db8:1:3::1".parse().unwrap()));
        assert_eq!(network("::ffff:192.0.2.1".parse().unwrap()), network("192.0.2.1".parse().unwrap()));
    }
}
