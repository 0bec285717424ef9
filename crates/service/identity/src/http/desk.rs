//! The desk defaults of a store.

use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiResult, Authorized, IfMatch, Versioned};
use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

use super::with_version;
use crate::{domain::desk::DeskDefaults, ops::desk};

/// The defaults with their version.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DeskSettings {
    /// The defaults.
    #[serde(flatten)]
    defaults: DeskDefaults,
    /// For `If-Match`.
    version: i64,
}

impl PartialSchema for DeskSettings {
    fn schema() -> RefOr<Schema> {
        with_version::schema::<DeskDefaults>("The defaults with their version.")
    }
}

impl ToSchema for DeskSettings {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        DeskDefaults::schemas(schemas);
    }
}

fn versioned(defaults: DeskDefaults, version: i64) -> Versioned<DeskSettings> {
    Versioned::new(version, DeskSettings { defaults, version })
}

/// What a first pencil begins with in this store.
#[utoipa::path(get, path = "/admin/settings/desk", operation_id = "getDeskSettings",
    responses((status = 200, description = "The defaults.", body = DeskSettings)))]
pub(super) async fn get_desk_settings(auth: Authorized<action::SettingsRead>) -> ApiResult<Versioned<DeskSettings>> {
    let mut tx = auth.begin().await?;
    let (defaults, version) = desk::desk_defaults(&mut tx).await?;
    tx.commit().await?;
    Ok(versioned(defaults, version))
}

/// Replace the defaults. Deals that exist keep theirs.
#[utoipa::path(put, path = "/admin/settings/desk", operation_id = "putDeskSettings", request_body = DeskDefaults,
    params(("If-Match" = String, Header)),
    responses((status = 200, description = "Saved.", body = DeskSettings)))]
pub(super) async fn put_desk_settings(
    auth: Authorized<action::SettingsEdit>,
    if_match: IfMatch,
    ApiJson(defaults): ApiJson<DeskDefaults>,
) -> ApiResult<Versioned<DeskSettings>> {
    let mut tx = auth.begin().await?;
    let (present, current) = desk::desk_defaults(&mut tx).await?;
    if_match.check(current, || DeskSettings { defaults: present, version: current })?;
    let version = desk::write_desk_defaults(&mut tx, &defaults, current).await?;
    tx.commit().await?;
    Ok(versioned(defaults, version))
}
