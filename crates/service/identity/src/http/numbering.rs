//! How a store numbers its deals and its stock.

use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiResult, Authorized, IfMatch, Versioned};
use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

use super::with_version;
use crate::{domain::numbering::Numbering, ops, store::numbering};

/// The numbering with its version.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NumberingSettings {
    #[serde(flatten)]
    numbering: Numbering,
    version: i64,
}

impl PartialSchema for NumberingSettings {
    fn schema() -> RefOr<Schema> {
        with_version::schema::<Numbering>("The numbering with its version.")
    }
}

impl ToSchema for NumberingSettings {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        Numbering::schemas(schemas);
    }
}

fn versioned(numbering: Numbering, version: i64) -> Versioned<NumberingSettings> {
    Versioned::new(version, NumberingSettings { numbering, version })
}

/// How the store numbers its deals and its stock.
#[utoipa::path(get, path = "/admin/settings/numbering", operation_id = "getNumbering",
    responses((status = 200, description = "The numbering.", body = NumberingSettings)))]
pub(super) async fn get_numbering(auth: Authorized<action::SettingsRead>) -> ApiResult<Versioned<NumberingSettings>> {
    let mut tx = auth.begin().await?;
    let (numbering, version) = numbering::read(&mut tx).await?;
    tx.commit().await?;
    Ok(versioned(numbering, version))
}

/// Replace how the store numbers. Deals and vehicles that exist keep their numbers, and the numbers go on.
#[utoipa::path(put, path = "/admin/settings/numbering", operation_id = "putNumbering", request_body = Numbering,
    params(("If-Match" = String, Header)),
    responses((status = 200, description = "Saved.", body = NumberingSettings)))]
pub(super) async fn put_numbering(
    auth: Authorized<action::SettingsEdit>,
    if_match: IfMatch,
    ApiJson(body): ApiJson<Numbering>,
) -> ApiResult<Versioned<NumberingSettings>> {
    let mut tx = auth.begin().await?;
    let (present, current) = numbering::read(&mut tx).await?;
    if_match.check(current, || NumberingSettings { numbering: present, version: current })?;
    let (saved, version) = ops::numbering::write(&mut tx, body, current).await?;
    tx.commit().await?;
    Ok(versioned(saved, version))
}
