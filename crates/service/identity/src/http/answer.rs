//! The answer to signing in, in each of its ways.

use autolytiq_http::ApiResult;
use autolytiq_kernel::problem::Problem;
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header::SET_COOKIE};
use secrecy::ExposeSecret;
use serde::Serialize;
use utoipa::ToSchema;

use super::cookie;
use crate::{
    domain::factor::Method,
    error::IdentityError,
    ops::{
        entry::{Entry, Pending, Step},
        session::{SessionView, SignedIn},
    },
};

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

impl LoggedIn {
    fn of(signed_in: SignedIn) -> Self {
        Self {
            access_token: signed_in.access_token.expose_secret().to_owned(),
            expires_in: signed_in.expires_in.as_secs(),
            session: signed_in.session,
        }
    }
}

/// A log-in that is not finished: what is to be done next, and the ticket with which.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SignInPending {
    /// Send it with the next step. Keep it in memory only.
    ticket: String,
    /// Seconds until it expires.
    #[schema(examples(600))]
    expires_in: i64,
    /// What to do next.
    step: Step,
    /// The ways to do it.
    methods: Vec<Method>,
}

impl SignInPending {
    fn of(pending: &Pending) -> Self {
        Self {
            ticket: pending.ticket.expose_secret().to_owned(),
            expires_in: pending.expires_in.as_secs(),
            step: pending.step,
            methods: pending.methods.clone(),
        }
    }
}

/// How a log-in goes on: with one of the two.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SignInResult {
    /// The session is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    logged_in: Option<LoggedIn>,
    /// Something is left to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pending: Option<SignInPending>,
}

/// The cookie of a new refresh token, where there is one.
fn cookie_of(signed_in: &SignedIn, https: bool) -> ApiResult<Option<HeaderValue>> {
    let cookie = signed_in.refresh_token.as_ref().map(|token| cookie::set(token, https)).transpose();
    Ok(cookie.map_err(Problem::internal)?)
}

/// Writes the answer.
pub(super) fn logged_in(signed_in: SignedIn, https: bool) -> ApiResult<Response> {
    let cookie = cookie_of(&signed_in, https)?;
    let response = Json(LoggedIn::of(signed_in)).into_response();
    Ok(with_cookie(response, cookie))
}

/// Writes how a step of a log-in ended: 200 with the session, or 202 with what is left.
pub(super) fn entered(entry: Entry, https: bool) -> ApiResult<Response> {
    match entry {
        Entry::Open(signed_in) => logged_in(*signed_in, https),
        Entry::Pending(pending) => Ok((StatusCode::ACCEPTED, Json(SignInPending::of(&pending))).into_response()),
        Entry::Nowhere => Err(IdentityError::SignInRefused.into()),
    }
}

/// The same inside a larger answer, with the cookie that goes with it.
pub(super) fn sign_in_result(entry: Entry, https: bool) -> ApiResult<(SignInResult, Option<HeaderValue>)> {
    match entry {
        Entry::Open(signed_in) => {
            let cookie = cookie_of(&signed_in, https)?;
            Ok((SignInResult { logged_in: Some(LoggedIn::of(*signed_in)), pending: None }, cookie))
        }
        Entry::Pending(pending) => {
            Ok((SignInResult { logged_in: None, pending: Some(SignInPending::of(&pending)) }, None))
        }
        Entry::Nowhere => Err(IdentityError::SignInRefused.into()),
    }
}

/// Puts a cookie into an answer.
pub(super) fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}
