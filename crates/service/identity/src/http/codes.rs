//! Codes that are sent by mail or as a text message.

use std::sync::Arc;

use autolytiq_http::{ApiJson, ApiResult, Public};
use autolytiq_kernel::FactorId;
use axum::{Extension, Json, response::Response};
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    auth::client_info,
    factors::{FactorAdded, enrolling, factor_added, factor_name},
};
use crate::{
    domain::sent_code::{Channel, LIFETIME},
    identity::Identity,
    ops::codes,
};

/// What a code is sent for.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CodeWanted {
    /// Of the log-in whose next step it is; without one, it is to confirm the session.
    #[serde(default)]
    ticket: Option<String>,
    /// Which of the person's factors.
    channel: Channel,
}

/// A code that was sent.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CodeSent {
    /// Where to, in parts.
    sent_to: String,
    /// How many seconds it is good for, once.
    expires_in: i64,
}

/// Send a code for a proof: in a sign-in by its ticket, or in a session to confirm it. Five within 15 minutes, no more.
#[utoipa::path(post, path = "/auth/code", operation_id = "sendCode", request_body = CodeWanted,
    responses((status = 200, description = "Sent.", body = CodeSent)))]
pub(super) async fn send_code(
    public: Public,
    Extension(identity): Extension<Arc<Identity>>,
    ApiJson(body): ApiJson<CodeWanted>,
) -> ApiResult<Json<CodeSent>> {
    let ctx = public.session().filter(|session| session.key_scope.is_none()).map(|session| &session.ctx);
    let sent = codes::send(&identity, body.ticket.as_deref(), ctx, body.channel, public.origin()).await?;
    Ok(Json(CodeSent { sent_to: sent.to, expires_in: LIFETIME.as_secs() }))
}

/// Codes that are to be sent from now on.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CodeEnrolment {
    /// Of the log-in whose next step it is; without one, it is for the session's person.
    #[serde(default)]
    ticket: Option<String>,
    /// By which way.
    channel: Channel,
    /// For text messages: the number, with its area.
    #[serde(default)]
    #[schema(max_length = 40)]
    number: Option<String>,
}

/// A factor that waits for the code that was sent.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewCodeFactor {
    /// The factor, for the confirmation.
    id: FactorId,
    /// Where the code went, in parts.
    sent_to: String,
    /// How many seconds it is good for, once.
    expires_in: i64,
}

/// Begin to set up codes that are sent. The first one confirms it.
#[utoipa::path(post, path = "/auth/factors/code", operation_id = "beginCode", request_body = CodeEnrolment,
    responses((status = 200, description = "The first code is sent.", body = NewCodeFactor)))]
pub(super) async fn begin_code(
    public: Public,
    Extension(identity): Extension<Arc<Identity>>,
    headers: HeaderMap,
    ApiJson(body): ApiJson<CodeEnrolment>,
) -> ApiResult<Json<NewCodeFactor>> {
    let client = client_info(&headers);
    let who = enrolling(&public, body.ticket.as_deref(), &client)?;
    let new = codes::begin(&identity, &who, body.channel, body.number.as_deref()).await?;
    Ok(Json(NewCodeFactor { id: new.id, sent_to: new.sent.to, expires_in: LIFETIME.as_secs() }))
}

/// The first code that was sent.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CodeConfirmation {
    /// As at the beginning.
    #[serde(default)]
    ticket: Option<String>,
    /// The factor.
    id: FactorId,
    /// Six digits.
    #[schema(max_length = 20)]
    code: String,
    /// What to call it.
    #[serde(default)]
    #[schema(max_length = 60)]
    name: Option<String>,
}

/// Confirm codes that are sent by the first one.
#[utoipa::path(post, path = "/auth/factors/code/confirm", operation_id = "confirmCode", request_body = CodeConfirmation,
    responses((status = 200, description = "They are a second factor from now on.", body = FactorAdded)))]
pub(super) async fn confirm_code(
    public: Public,
    Extension(identity): Extension<Arc<Identity>>,
    headers: HeaderMap,
    ApiJson(body): ApiJson<CodeConfirmation>,
) -> ApiResult<Response> {
    let client = client_info(&headers);
    let who = enrolling(&public, body.ticket.as_deref(), &client)?;
    let name = body.name.as_deref().map(factor_name).transpose()?;
    let added = codes::confirm(&identity, &who, body.id, &body.code, name.as_ref()).await?;
    factor_added(added, public.platform().settings.is_https())
}
