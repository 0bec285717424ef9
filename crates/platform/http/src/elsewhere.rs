//! Operations that another process serves: a gateway's side of them.
//!
//! The routes come from the same declarations as those of the process that serves them, so a gateway knows every
//! operation's path, method, limits and who may call it without a second list. What it lets through it hands to an
//! [`Elsewhere`]; what it refuses never gets there.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use autolytiq_kernel::Origin;
use autolytiq_kernel::problem::{Problem, codes};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use futures::future::BoxFuture;
use http::Method;
use http::header::CONTENT_LENGTH;
use http_body_util::Limited;

use crate::error::ApiResult;
use crate::guard::{Access, Caller};
use crate::layer::RequestMeta;
use crate::platform::Platform;
use crate::routes::Traits;
use crate::settings::Settings;

/// What a process gets beyond its operation's deadline until the gateway gives it up: its own answer that the deadline
/// has passed says more than ours.
const GRACE: Duration = Duration::from_secs(1);

/// The processes that serve what this one does not.
pub trait Elsewhere: Send + Sync + 'static {
    /// Has a request answered by the process that serves its target.
    fn send(&self, call: Call) -> BoxFuture<'static, ApiResult<Response>>;

    /// Asks every target whether it takes requests.
    fn look(&self) -> BoxFuture<'_, Vec<Seen>>;
}

/// A request that passed the gateway's checks.
#[derive(Debug)]
pub struct Call {
    /// Whose it is.
    pub target: &'static str,
    /// The request as it came; its body fails once it is longer than the operation takes.
    pub request: Request,
    /// The request's id, and the caller's address as this process knows it.
    pub origin: Origin,
    /// How long until its answer must begin.
    pub patience: Duration,
}

/// A target that was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Its name.
    pub name: &'static str,
    /// Whether it takes requests.
    pub answers: bool,
}

/// What the gateway adds to its router for one area.
pub(crate) struct Forwarding {
    pub(crate) router: Router<Platform>,
    pub(crate) traits: BTreeMap<(String, String), Traits>,
}

/// An area's operations, handed over to its target.
pub(crate) fn routes(
    target: &'static str,
    operations: BTreeMap<(String, String), Traits>,
    elsewhere: &Arc<dyn Elsewhere>,
    settings: &Settings,
) -> Forwarding {
    let mut forwarding = Forwarding { router: Router::new(), traits: BTreeMap::new() };
    for ((method, path), traits) in operations {
        // Only methods that axum routes are ever declared.
        let Some(filter) = Method::from_bytes(method.as_bytes()).ok().and_then(|m| MethodFilter::try_from(m).ok())
        else {
            continue;
        };
        let door = Door {
            target,
            elsewhere: Arc::clone(elsewhere),
            public: traits.access == Some(Access::Public),
            patience: traits.deadline.unwrap_or(settings.deadline).saturating_add(GRACE),
            body_limit: traits.body_limit.unwrap_or(settings.body_limit),
        };
        // The answer of an idempotent operation is kept where it is made; the deadline is the call's patience.
        let deadline = Some(door.patience.saturating_add(GRACE));
        forwarding.traits.insert((method, path.clone()), Traits { idempotent: false, deadline, ..traits });
        forwarding.router = forwarding.router.route(&path, on(filter, move |request: Request| door.pass(request)));
    }
    forwarding
}

/// The gateway's check of one operation.
#[derive(Clone)]
struct Door {
    target: &'static str,
    elsewhere: Arc<dyn Elsewhere>,
    public: bool,
    patience: Duration,
    body_limit: usize,
}

impl Door {
    async fn pass(self, request: Request) -> ApiResult<Response> {
        if !self.public {
            request.extensions().get::<Caller>().unwrap_or(&Caller::Nobody).verified()?;
        }
        is_plain(request.uri().path())?;
        let announced = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        if announced.is_some_and(|bytes: usize| bytes > self.body_limit) {
            return Err(too_large(self.body_limit).into());
        }
        let origin = RequestMeta::of(request.extensions())?.origin;
        let limit = self.body_limit;
        let request = request.map(|body| Body::new(Limited::new(body, limit)));
        self.elsewhere.send(Call { target: self.target, request, origin, patience: self.patience }).await
    }
}

/// The refusal of a body of more than `limit` bytes.
#[must_use]
pub fn too_large(limit: usize) -> Problem {
    Problem::new(&codes::BODY_TOO_LARGE, format!("this operation takes at most {limit} bytes"))
}

/// Refuses a path that two programs could read in two ways: empty or dot segments, and separators that are hidden by
/// percent-encoding. Nothing of ours has such a path.
fn is_plain(path: &str) -> Result<(), Problem> {
    let path_in_small = path.to_ascii_lowercase();
    let hidden = ["%2f", "%5c", "%2e", "%00", "\\"].iter().any(|part| path_in_small.contains(part));
    let dotted = path.split('/').skip(1).any(|segment| matches!(segment, "" | "." | ".."));
    if hidden || dotted {
        return Err(Problem::new(&codes::BAD_REQUEST, "the path holds empty, dot or encoded separator segments"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn only_a_path_that_can_be_read_in_one_way_passes() {
        for path in
            ["/api/v1/deals", "/api/v1/vin-decode/1HG%20X", "/.well-known/jwks.json", "/api/v1/places/zips/78701"]
        {
            assert!(is_plain(path).is_ok(), "{path}");
        }
        for path in [
            "/api/v1/deals/../admin/users",
            "/api/v1/deals/.",
            "/api/v1//deals",
            "/api/v1/deals/",
            "/api/v1/deals/%2e%2e/history",
            "/api/v1/deals/a%2Fb",
            "/api/v1/deals/a%5cb",
            "/api/v1/deals/a\\b",
            "/api/v1/deals/%00",
        ] {
            assert!(is_plain(path).is_err(), "{path}");
        }
    }
}
