//! Replacing a password one knows.

use std::sync::Arc;

use autolytiq_http::{ApiJson, ApiResult, Authenticated, Public};
use axum::{Extension, response::Response};
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    answer::{LoggedIn, SignInPending, entered},
    auth::client_info,
};
use crate::{domain::password::TypedPassword, identity::Identity, ops::passwords};

/// The next step of a log-in: a password of one's own.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PasswordStep {
    /// Of the step before.
    ticket: String,
    /// The new password, 12 to 128 characters.
    #[schema(value_type = String, format = Password, min_length = 12, max_length = 128)]
    password: TypedPassword,
}

/// Go on with a sign-in by replacing the password that an administrator has given.
#[utoipa::path(post, path = "/auth/password", operation_id = "replacePassword", request_body = PasswordStep,
    responses((status = 200, description = "Signed in; the refresh token is in the cookie.", body = LoggedIn),
        (status = 202, description = "Something is left to do.", body = SignInPending)))]
pub(super) async fn replace_password(
    public: Public,
    Extension(identity): Extension<Arc<Identity>>,
    headers: HeaderMap,
    ApiJson(body): ApiJson<PasswordStep>,
) -> ApiResult<Response> {
    let client = client_info(&headers);
    let entry = passwords::replace(&identity, &body.ticket, body.password, &client, public.origin()).await?;
    entered(entry, public.platform().settings.is_https())
}

/// One's own password, replaced.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct OwnPassword {
    /// The present one.
    #[schema(value_type = String, format = Password, max_length = 128)]
    present: TypedPassword,
    /// The new one, 12 to 128 characters.
    #[schema(value_type = String, format = Password, min_length = 12, max_length = 128)]
    password: TypedPassword,
}

/// Replace one's own password. Every other device is signed out; a wrong present one counts as a failed sign-in.
#[utoipa::path(put, path = "/auth/password", operation_id = "changePassword", request_body = OwnPassword,
    responses((status = 204, description = "Replaced.")))]
pub(super) async fn change_password(
    auth: Authenticated,
    Extension(identity): Extension<Arc<Identity>>,
    ApiJson(body): ApiJson<OwnPassword>,
) -> ApiResult<StatusCode> {
    passwords::change_own(&identity, auth.ctx(), &body.present, body.password).await?;
    Ok(StatusCode::NO_CONTENT)
}
