//! The versions of a store's settings.

use std::sync::Arc;

use autolytiq_authz::action;
use autolytiq_http::{ApiPath, ApiResult, Authorized, IfMatch, Versioned};
use axum::{Extension, Json};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    domain::setting::Setting,
    identity::Identity,
    ops::setting_versions,
    store::setting_version::{self, Kept},
};

/// A version of a setting.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SettingVersion {
    /// Its number.
    version: i64,
    /// When it was saved; absent for the first one, which came before versions were kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    saved_at: Option<Timestamp>,
    /// Who saved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    saved_by: Option<String>,
    /// What it says, as its page sends it.
    #[schema(value_type = Object)]
    value: Value,
}

/// The versions of a setting.
#[derive(Serialize, ToSchema)]
pub(super) struct SettingVersions {
    /// Of which setting.
    setting: Setting,
    /// Newest first; at most 50. Empty while nothing was changed.
    items: Vec<SettingVersion>,
}

/// The versions of a setting: who saved what, and when.
#[utoipa::path(get, path = "/admin/settings/{setting}/versions", operation_id = "listSettingVersions",
    params(("setting" = Setting, Path)),
    responses((status = 200, description = "The versions.", body = SettingVersions)))]
pub(super) async fn list_setting_versions(
    auth: Authorized<action::SettingsRead>,
    ApiPath(setting): ApiPath<Setting>,
) -> ApiResult<Json<SettingVersions>> {
    let mut tx = auth.begin().await?;
    let kept = setting_version::list(&mut tx, setting).await?;
    tx.commit().await?;
    let view =
        |Kept { version, saved_at, saved_by, value }: Kept| SettingVersion { version, saved_at, saved_by, value };
    Ok(Json(SettingVersions { setting, items: kept.into_iter().map(view).collect() }))
}

/// The setting after going back.
#[derive(Serialize, ToSchema)]
pub(super) struct SettingRestored {
    /// The new version, which says what the earlier one said.
    version: i64,
}

/// Go back to an earlier version: what it says is checked and saved again, as a new version.
#[utoipa::path(post, path = "/admin/settings/{setting}/versions/{version}/restore", operation_id = "restoreSettingVersion",
    params(("setting" = Setting, Path), ("version" = i64, Path), ("If-Match" = String, Header)),
    responses((status = 200, description = "Saved.", body = SettingRestored)))]
pub(super) async fn restore_setting_version(
    auth: Authorized<action::SettingsEdit>,
    Extension(identity): Extension<Arc<Identity>>,
    ApiPath((setting, earlier)): ApiPath<(Setting, i64)>,
    if_match: IfMatch,
) -> ApiResult<Versioned<SettingRestored>> {
    let mut tx = auth.begin().await?;
    let (version, people) = setting_versions::restore(&mut tx, setting, earlier, if_match.version()).await?;
    tx.commit().await?;
    for person in people {
        identity.cache().forget(person);
    }
    Ok(Versioned::new(version, SettingRestored { version }))
}
