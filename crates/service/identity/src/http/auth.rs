//! Signing in and out.

use std::sync::Arc;

use autolytiq_http::{ApiError, ApiJson, ApiResult, Authenticated, Public, SameOrigin};
use autolytiq_kernel::DealershipId;
use axum::{
    Extension, Json,
    response::{IntoResponse, Response},
};
use http::{
    HeaderMap, StatusCode,
    header::{SET_COOKIE, USER_AGENT},
};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

use super::{
    answer::{LoggedIn, SignInPending, entered, logged_in},
    cookie,
};
use crate::{
    domain::password::TypedPassword,
    error::IdentityError,
    identity::Identity,
    ops::{
        refresh::{self, Vouched},
        session::{self, ClientInfo, SessionView},
        sign_in, sign_out, single_sign_on, switch_store,
    },
};

/// What the client says of itself.
pub(super) fn client_info(headers: &HeaderMap) -> ClientInfo {
    let user_agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).map(str::to_owned);
    ClientInfo { user_agent }
}

/// An address and a password.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Login {
    /// The address one signs in with.
    #[schema(format = Email)]
    email: String,
    /// The password.
    #[schema(value_type = String, format = Password, max_length = 128)]
    password: TypedPassword,
}

/// Sign in. Five failures within 15 minutes lock the account for 15 minutes.
#[utoipa::path(post, path = "/auth/login", operation_id = "login", request_body = Login,
    responses((status = 200, description = "Signed in; the refresh token is in the cookie.", body = LoggedIn),
        (status = 202, description = "The password is right; something is left to do.", body = SignInPending)))]
pub(super) async fn login(
    public: Public,
    Extension(identity): Extension<Arc<Identity>>,
    headers: HeaderMap,
    ApiJson(body): ApiJson<Login>,
) -> ApiResult<Response> {
    let client = client_info(&headers);
    let entry = sign_in::sign_in(&identity, &body.email, &body.password, &client, public.origin()).await?;
    entered(entry, public.platform().settings.is_https())
}

/// Exchange the refresh cookie for a new access token and a new cookie. A cookie that was exchanged before ends the
/// session.
#[utoipa::path(post, path = "/auth/refresh", operation_id = "refresh",
    responses((status = 200, description = "A new pair.", body = LoggedIn)))]
pub(super) async fn refresh(
    public: Public,
    _: SameOrigin,
    Extension(identity): Extension<Arc<Identity>>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let https = public.platform().settings.is_https();
    let Some(token) = cookie::read(&headers) else {
        return Err(IdentityError::RefreshRefused("there is no refresh cookie").into());
    };
    let by_browser = headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin");
    let vouched = if by_browser { Vouched::ByBrowser } else { Vouched::No };
    match refresh::refresh(&identity, token, vouched, public.origin()).await {
        Ok(signed_in) => logged_in(signed_in, https),
        // A cookie that will never work again is taken away with the refusal.
        Err(error @ (IdentityError::RefreshRefused(_) | IdentityError::SessionEnded)) => {
            let mut response = ApiError::from(error).into_response();
            response.headers_mut().insert(SET_COOKIE, cookie::clear(https));
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}

/// Signed out here, and not yet at the provider that vouched.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SignedOutHere {
    /// The page where the session at the provider ends.
    end_session_url: String,
}

/// Sign out: ends the session of the access token and of the cookie. Without either it does nothing.
#[utoipa::path(post, path = "/auth/logout", operation_id = "logout",
    responses((status = 200, description = "Signed out; the provider that vouched has a session of its own.",
            body = SignedOutHere),
        (status = 204, description = "Signed out.")))]
pub(super) async fn logout(
    public: Public,
    _: SameOrigin,
    Extension(identity): Extension<Arc<Identity>>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let ctx = public.session().map(|session| &session.ctx);
    let provider = match ctx {
        Some(ctx) => single_sign_on::leave(&identity, public.platform(), ctx).await?,
        None => None,
    };
    sign_out::sign_out(&identity, ctx, cookie::read(&headers), public.origin()).await?;
    Ok(signed_out(provider, public.platform().settings.is_https()))
}

/// Sign out everywhere: ends every session of the person at once, on every device.
#[utoipa::path(post, path = "/auth/logout-everywhere", operation_id = "logoutEverywhere",
    responses((status = 200, description = "Signed out; the provider that vouched has a session of its own.",
            body = SignedOutHere),
        (status = 204, description = "Signed out everywhere.")))]
pub(super) async fn logout_everywhere(
    auth: Authenticated,
    Extension(identity): Extension<Arc<Identity>>,
) -> ApiResult<Response> {
    let provider = single_sign_on::leave(&identity, auth.platform(), auth.ctx()).await?;
    sign_out::sign_out_everywhere(&identity, auth.ctx()).await?;
    Ok(signed_out(provider, auth.platform().settings.is_https()))
}

fn signed_out(provider: Option<Url>, https: bool) -> Response {
    let cleared = [(SET_COOKIE, cookie::clear(https))];
    match provider {
        Some(url) => (cleared, Json(SignedOutHere { end_session_url: url.into() })).into_response(),
        None => (StatusCode::NO_CONTENT, cleared).into_response(),
    }
}

/// The store to act for.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SwitchStore {
    /// One of the session's stores.
    dealership_id: DealershipId,
}

/// Act for another store: gives a new access token; the refresh cookie stays.
#[utoipa::path(post, path = "/auth/switch-store", operation_id = "switchStore", request_body = SwitchStore,
    responses((status = 200, description = "A token for the other store.", body = LoggedIn)))]
pub(super) async fn switch_store(
    auth: Authenticated,
    Extension(identity): Extension<Arc<Identity>>,
    ApiJson(body): ApiJson<SwitchStore>,
) -> ApiResult<Response> {
    let signed_in = switch_store::switch_store(&identity, auth.ctx(), body.dealership_id).await?;
    logged_in(signed_in, auth.platform().settings.is_https())
}

/// The session of the access token, as it is now.
#[utoipa::path(get, path = "/auth/validate-token", operation_id = "validateToken",
    responses((status = 200, description = "The session.", body = SessionView)))]
pub(super) async fn validate_token(
    auth: Authenticated,
    Extension(identity): Extension<Arc<Identity>>,
) -> ApiResult<Json<SessionView>> {
    Ok(Json(session::current(&identity, auth.ctx()).await?))
}
