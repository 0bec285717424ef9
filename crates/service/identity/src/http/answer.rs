//! The answer to signing in, in each of its ways.

use autolytiq_http::ApiResult;
use autolytiq_kernel::problem::Problem;
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::header::SET_COOKIE;
use secrecy::ExposeSecret;
use serde::Serialize;
use utoipa::ToSchema;

use super::cookie;
use crate::ops::session::{SessionView, SignedIn};

/// A new access token and the session it belongs to. A new refresh token comes as a cookie.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct LoggedIn {
    /// For the `Authorization` header: `Bearer <accessToken>`.
    access_token: String,
    /// Seconds until it expires.
    #[schema(examples(900))]
    expires_in: i64,
    /// Who, where, as what.
    session: SessionView,
}

/// Writes the answer.
pub(super) fn logged_in(signed_in: SignedIn, https: bool) -> ApiResult<Response> {
    let cookie = signed_in.refresh_token.as_ref().map(|token| cookie::set(token, https)).transpose();
    let cookie = cookie.map_err(Problem::internal)?;
    let mut response = Json(LoggedIn {
        access_token: signed_in.access_token.expose_secret().to_owned(),
        expires_in: signed_in.expires_in.as_secs(),
        session: signed_in.session,
    })
    .into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    Ok(response)
}
