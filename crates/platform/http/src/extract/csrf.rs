//! Where a request that carries the refresh cookie comes from.

use autolytiq_kernel::problem::{Problem, codes};
use axum::extract::FromRequestParts;
use http::header::{HOST, ORIGIN};
use http::request::Parts;
use url::Url;

use crate::error::ApiError;
use crate::platform::Platform;

/// The request comes from our own pages, or from a program that is no browser.
///
/// Access tokens travel in a header that no foreign page can set, so only the operations that read the refresh cookie
/// need this. The cookie is `SameSite=Strict` already; this is the second lock: a browser always sends `Origin` with a
/// POST, and it must be ours.
#[derive(Debug, Clone, Copy)]
pub struct SameOrigin;

impl FromRequestParts<Platform> for SameOrigin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, platform: &Platform) -> Result<Self, Self::Rejection> {
        let header = |name| parts.headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        let site = header(http::HeaderName::from_static("sec-fetch-site"));
        let allowed = match (header(ORIGIN), site) {
            (_, Some("same-origin" | "none")) | (None, None) => true,
            (_, Some(_)) => header(ORIGIN).is_some_and(|origin| platform.settings.allows_origin(origin)),
            (Some(origin), None) => {
                platform.settings.allows_origin(origin) || header(HOST).is_some_and(|host| is_at(origin, host))
            }
        };
        if allowed {
            Ok(Self)
        } else {
            Err(Problem::new(&codes::CROSS_SITE, "this operation takes requests from its own pages only").into())
        }
    }
}

/// Whether an origin is the host the request was sent to.
fn is_at(origin: &str, host: &str) -> bool {
    let Ok(url) = Url::parse(origin) else { return false };
    let Some(name) = url.host_str() else { return false };
    match url.port() {
        Some(port) => host.eq_ignore_ascii_case(&format!("{name}:{port}")),
        None => host.eq_ignore_ascii_case(name),
    }
}

#[cfg(test)]
mod tests {
    use super::is_at;

    #[test]
    fn an_origin_is_compared_with_host_and_port() {
        assert!(is_at("http://localhost:8080", "localhost:8080"));
        assert!(is_at("https://desk.example", "desk.example"));
        assert!(!is_at("https://evil.example", "desk.example"));
        assert!(!is_at("http://localhost:8081", "localhost:8080"));
        assert!(!is_at("null", "localhost:8080"));
        assert!(!is_at("https://desk.example.evil.example", "desk.example"));
    }
}
