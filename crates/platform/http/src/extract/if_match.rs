//! The version a change is based on.

use autolytiq_kernel::problem::{Problem, codes};
use axum::extract::FromRequestParts;
use http::header::IF_MATCH;
use http::request::Parts;
use serde::Serialize;

use crate::error::ApiError;

/// `If-Match: "7"`, the entity tag that the client last saw. Missing it is 428; `*` and lists are refused, since a
/// change must name the one version it was made on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(i64);

impl IfMatch {
    /// The version.
    #[must_use]
    pub fn version(self) -> i64 {
        self.0
    }

    /// Compares with the stored version. `resource` is the present state as the caller may see it; it goes into the
    /// problem, so that a person can compare both.
    ///
    /// # Errors
    /// 412 `version-conflict` when somebody saved meanwhile.
    pub fn check<R: Serialize>(self, current: i64, resource: impl FnOnce() -> R) -> Result<(), Problem> {
        if self.0 == current {
            return Ok(());
        }
        // A view that does not serialise is left out: the versions alone still tell the truth.
        Err(Problem::version_conflict(self.0, current, serde_json::to_value(resource()).ok()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let mut values = parts.headers.get_all(IF_MATCH).iter();
        let Some(value) = values.next() else {
            let detail = "send `If-Match` with the ETag of the version you changed";
            return Err(Problem::new(&codes::PRECONDITION_REQUIRED, detail).into());
        };
        let version = value.to_str().ok().and_then(version_of);
        match (version, values.next()) {
            (Some(version), None) => Ok(Self(version)),
            _ => {
                let detail = "`If-Match` takes one ETag of this resource, like \"7\"";
                Err(Problem::new(&codes::BAD_REQUEST, detail).into())
            }
        }
    }
}

/// A version from its entity tag; a weak tag (as a compressing proxy makes one) names the same version.
fn version_of(tag: &str) -> Option<i64> {
    let tag = tag.trim();
    let digits = tag.strip_prefix("W/").unwrap_or(tag).strip_prefix('"')?.strip_suffix('"')?;
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::version_of;

    #[test]
    fn one_strong_or_weak_tag_of_digits() {
        assert_eq!(version_of("\"7\""), Some(7));
        assert_eq!(version_of(" W/\"12\" "), Some(12));
        for bad in ["7", "*", "\"\"", "\"-1\"", "\"+1\"", "\"7\", \"8\"", "\"99999999999999999999\"", "\"seven\""] {
            assert_eq!(version_of(bad), None, "{bad}");
        }
    }
}
