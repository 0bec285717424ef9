//! Where one is signed in, and how long a store's people may be.

use std::sync::Arc;

use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiPath, ApiResult, Authenticated, Authorized, IfMatch, Versioned};
use autolytiq_kernel::{SessionId, problem::Problem};
use axum::{Extension, Json};
use http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{domain::limits::SessionLimits, identity::Identity, ops::sessions};

/// The longest reason.
const LONGEST_REASON: usize = 500;

/// An open session of one's own.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OpenSession)]
pub(super) struct OpenSessionView {
    /// The session.
    id: SessionId,
    /// Whether it is the one that asks.
    current: bool,
    /// The store it acts for.
    store: String,
    /// When it was signed in.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When it was last used, to a quarter of an hour.
    #[schema(value_type = String, format = DateTime)]
    last_used_at: Timestamp,
    /// What the browser says of itself and of its device.
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent: Option<String>,
    /// The address it was signed in from.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
}

/// One's open sessions.
#[derive(Serialize, ToSchema)]
#[schema(as = OpenSessions)]
pub(super) struct OpenSessions {
    /// Last used first.
    items: Vec<OpenSessionView>,
}

/// One's own open sessions, on every device.
#[utoipa::path(get, path = "/auth/sessions", operation_id = "listSessions",
    responses((status = 200, description = "The sessions.", body = OpenSessions)))]
pub(super) async fn list_sessions(
    auth: Authenticated,
    Extension(identity): Extension<Arc<Identity>>,
) -> ApiResult<Json<OpenSessions>> {
    let current = auth.session().actor.session;
    let view = |session: crate::store::session_list::OpenSession| OpenSessionView {
        current: session.id == current,
        id: session.id,
        store: session.store,
        created_at: session.created_at,
        last_used_at: session.last_used_at,
        user_agent: session.user_agent,
        address: session.address,
    };
    let sessions = sessions::list(&identity, auth.ctx()).await?;
    Ok(Json(OpenSessions { items: sessions.into_iter().map(view).collect() }))
}

/// End one of one's own sessions; it stops working within a second everywhere.
#[utoipa::path(delete, path = "/auth/sessions/{id}", operation_id = "endSession", params(("id" = SessionId, Path)),
    responses((status = 204, description = "Ended.")))]
pub(super) async fn end_session(
    auth: Authenticated,
    Extension(identity): Extension<Arc<Identity>>,
    ApiPath(id): ApiPath<SessionId>,
) -> ApiResult<StatusCode> {
    sessions::end(&identity, auth.ctx(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Why everybody is signed out.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct StoreSignOut {
    /// For the audit trail.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// How many sessions ended.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct StoreSignedOut {
    /// Without the one that asked.
    sessions: usize,
}

/// Sign everybody of the store out at once, but oneself.
#[utoipa::path(post, path = "/admin/sessions/end-all", operation_id = "endStoreSessions", request_body = StoreSignOut,
    responses((status = 200, description = "Signed out.", body = StoreSignedOut)))]
pub(super) async fn end_store_sessions(
    auth: Authorized<action::UserSetRole>,
    Extension(identity): Extension<Arc<Identity>>,
    ApiJson(body): ApiJson<StoreSignOut>,
) -> ApiResult<Json<StoreSignedOut>> {
    let reason = body.reason.trim();
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON || reason.chars().any(char::is_control) {
        return Err(Problem::invalid_field("/reason", "no-reason", "give a reason of at most 500 characters").into());
    }
    Ok(Json(StoreSignedOut { sessions: sessions::end_of_store(&identity, auth.ctx(), reason).await? }))
}

/// The limits with their version.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SessionSettings {
    /// The limits.
    #[serde(flatten)]
    limits: SessionLimits,
    /// For `If-Match`; 0 while the product's own hold.
    version: i64,
}

fn versioned((limits, version): (SessionLimits, i64)) -> Versioned<SessionSettings> {
    Versioned::new(version, SessionSettings { limits, version })
}

/// How long the store's people stay signed in.
#[utoipa::path(get, path = "/admin/settings/sessions", operation_id = "getSessionSettings",
    responses((status = 200, description = "The limits.", body = SessionSettings)))]
pub(super) async fn get_session_settings(
    auth: Authorized<action::SettingsRead>,
) -> ApiResult<Versioned<SessionSettings>> {
    let mut tx = auth.begin().await?;
    let limits = sessions::limits(&mut tx).await?;
    tx.commit().await?;
    Ok(versioned(limits))
}

/// Change how long the store's people stay signed in. It holds from each session's next refresh, within a quarter of an
/// hour.
#[utoipa::path(put, path = "/admin/settings/sessions", operation_id = "putSessionSettings",
    request_body = SessionLimits, params(("If-Match" = String, Header)),
    responses((status = 200, description = "Saved.", body = SessionSettings)))]
pub(super) async fn put_session_settings(
    auth: Authorized<action::SettingsEdit>,
    if_match: IfMatch,
    ApiJson(new): ApiJson<SessionLimits>,
) -> ApiResult<Versioned<SessionSettings>> {
    let mut tx = auth.begin().await?;
    let present = sessions::limits(&mut tx).await?;
    if_match.check(present.1, || SessionSettings { limits: present.0, version: present.1 })?;
    let version = sessions::set_limits(&mut tx, new, present).await?;
    tx.commit().await?;
    Ok(versioned((new, version)))
}
