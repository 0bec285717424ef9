//! How often somebody may ask, keyed by person, store or address and by class of route: counted in this process, or by all
//! processes together where a Redis is configured.

mod budget;
mod local;
mod shared;

use std::net::IpAddr;

use autolytiq_kernel::problem::{Problem, codes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::{Around, RequestMeta};
use crate::error::ApiError;
use crate::guard::Caller;
use crate::routes::RateClass;
use crate::settings::Limits;
use budget::{Budget, Class, Verdict};
use local::Local;
use shared::Shared;

pub use shared::SharedError;

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");

/// The counters of this process, and those it shares with others.
pub struct Limiter {
    limits: Limits,
    local: Local,
    shared: Option<Shared>,
}

impl Limiter {
    /// Counters at zero; with the address of a Redis, those that other processes count on too.
    ///
    /// # Errors
    /// When the address of the Redis cannot be read.
    pub fn new(limits: &Limits, redis: Option<&str>) -> Result<Self, SharedError> {
        let shared = redis.map(Shared::new).transpose()?;
        Ok(Self { limits: *limits, local: Local::new(limits), shared })
    }

    /// Forgets keys that have not been seen for a while. A job of the process; without it the maps grow.
    pub fn forget_idle(&self) {
        self.local.forget_idle();
    }

    /// Counts a request. The person comes before the store: one who asks too often uses up nobody else's share.
    async fn count(&self, class: RateClass, method: &Method, caller: &Caller, address: Option<IpAddr>) -> Verdict {
        // Behind a socket without addresses everybody shares one counter, which errs on the safe side.
        let address = bits(network(address.unwrap_or(IpAddr::from([0, 0, 0, 0]))));
        match (class, caller) {
            (RateClass::LogIn, _) => self.one(Budget::LogIn, address).await,
            (class, Caller::Person(verified)) => {
                let (session, class) = (&verified.session, Class::of(class, method));
                let person = self.one(Budget::Person(class), session.actor.person.uuid().as_u128()).await;
                if person.wait.is_some() {
                    return person;
                }
                let store = self.one(Budget::Dealership(class), session.ctx.acting().uuid().as_u128()).await;
                if store.wait.is_some() { store } else { person }
            }
            (_, Caller::Nobody | Caller::Refused(_)) => self.one(Budget::Address, address).await,
        }
    }

    async fn one(&self, budget: Budget, key: u128) -> Verdict {
        if let Some(shared) = &self.shared
            && let Ok(verdict) = shared.count(budget, key, &self.limits).await
        {
            return verdict;
        }
        self.local.count(budget, key)
    }
}

/// An address as a key; the two families do not meet.
fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().to_bits(),
        IpAddr::V6(v6) => v6.to_bits(),
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
    let verdict = around.limiter.count(class, request.method(), caller, address).await;
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
