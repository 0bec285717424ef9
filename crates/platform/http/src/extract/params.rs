//! The path and the query of a request.

use autolytiq_kernel::problem::{FieldError, Problem, codes};
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, Path};
use http::request::Parts;
use serde::de::DeserializeOwned;

use super::path_error::field_error;
use crate::error::ApiError;

/// Parameters of the path. A text that cannot be an id of the kind names nothing: 404.
#[derive(Debug, Clone, Copy)]
pub struct ApiPath<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for ApiPath<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let nothing = || Problem::new(&codes::NOT_FOUND, "there is nothing at this address");
        if decodes_to_nul(parts.uri.path()) {
            return Err(nothing().into());
        }
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(value)) => Ok(Self(value)),
            Err(PathRejection::FailedToDeserializePathParams(_)) => Err(nothing().into()),
            // The route has no such parameter: a mistake in our code, not in the request.
            Err(rejection) => Err(Problem::internal(rejection).into()),
        }
    }
}

/// Parameters of the query; a key may be given several times for a list. Two of these may stand side by side in one
/// handler (paging and filters), so a name that none of them knows is ignored.
#[derive(Debug, Clone, Copy)]
pub struct ApiQuery<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for ApiQuery<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let query = parts.uri.query().unwrap_or_default();
        if decodes_to_nul(query) {
            let error = FieldError::new("", "nul-character", "text must not contain the character U+0000");
            return Err(Problem::invalid(vec![error]).into());
        }
        let pairs = serde_html_form::Deserializer::from_bytes(query.as_bytes());
        serde_path_to_error::deserialize(pairs)
            .map(Self)
            .map_err(|error| Problem::invalid(vec![field_error(error.path(), &error.inner().to_string())]).into())
    }
}

fn decodes_to_nul(text: &str) -> bool {
    text.contains("%00")
}
