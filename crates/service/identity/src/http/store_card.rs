//! What a store tells of itself.

use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiResult, Authorized, IfMatch, Versioned};
use autolytiq_kernel::problem::Problem;
use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

use super::with_version;
use crate::{
    domain::{logo::Logo, store_card::StoreCard},
    ops,
    store::store_card,
};

/// The profile with its version.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StoreProfileView {
    #[serde(flatten)]
    card: StoreCard,
    version: i64,
}

impl PartialSchema for StoreProfileView {
    fn schema() -> RefOr<Schema> {
        with_version::schema::<StoreCard>("The profile with its version.")
    }
}

impl ToSchema for StoreProfileView {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        StoreCard::schemas(schemas);
    }
}

fn versioned(card: StoreCard, version: i64) -> Versioned<StoreProfileView> {
    Versioned::new(version, StoreProfileView { card, version })
}

/// The store's profile, as it can be changed.
#[utoipa::path(get, path = "/admin/settings/profile", operation_id = "getStoreProfile",
    responses((status = 200, description = "The profile.", body = StoreProfileView)))]
pub(super) async fn get_store_profile(
    auth: Authorized<action::SettingsRead>,
) -> ApiResult<Versioned<StoreProfileView>> {
    let mut tx = auth.begin().await?;
    let (card, version) = store_card::read(&mut tx).await?;
    tx.commit().await?;
    Ok(versioned(card, version))
}

/// Replace the profile. Deals that exist keep their place and their dates.
#[utoipa::path(put, path = "/admin/settings/profile", operation_id = "putStoreProfile", request_body = StoreCard,
    params(("If-Match" = String, Header)),
    responses((status = 200, description = "Saved.", body = StoreProfileView)))]
pub(super) async fn put_store_profile(
    auth: Authorized<action::SettingsEdit>,
    if_match: IfMatch,
    ApiJson(card): ApiJson<StoreCard>,
) -> ApiResult<Versioned<StoreProfileView>> {
    let mut tx = auth.begin().await?;
    let (present, current) = store_card::read(&mut tx).await?;
    if_match.check(current, || StoreProfileView { card: present, version: current })?;
    let version = ops::store_card::write(&mut tx, &card, current).await?;
    tx.commit().await?;
    Ok(versioned(card, version))
}

/// A picture.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct StoreLogoNew {
    /// PNG, JPEG or WebP, at most 256 KB, in base64.
    #[schema(max_length = 349_528)]
    data: String,
}

/// A picture that was put up.
#[derive(Serialize, ToSchema)]
pub(super) struct StoreLogo {
    /// What the profile names it by.
    logo: String,
}

/// Put a picture up for the store's papers. It is on none of them before the profile names it.
#[utoipa::path(post, path = "/admin/settings/profile/logos", operation_id = "createStoreLogo", request_body = StoreLogoNew,
    responses((status = 200, description = "Kept.", body = StoreLogo)))]
pub(super) async fn create_store_logo(
    auth: Authorized<action::SettingsEdit>,
    ApiJson(body): ApiJson<StoreLogoNew>,
) -> ApiResult<Json<StoreLogo>> {
    let refused = |code, detail: String| Problem::invalid_field("/data", code, detail);
    let bytes = data_encoding::BASE64
        .decode(body.data.as_bytes())
        .map_err(|_| refused("not-base64", "send the picture in base64".to_owned()))?;
    let logo = Logo::accept(bytes).map_err(|error| refused(error.code(), error.to_string()))?;
    let mut tx = auth.begin().await?;
    let logo = ops::store_card::add_logo(&mut tx, &logo).await?;
    tx.commit().await?;
    Ok(Json(StoreLogo { logo }))
}

/// What stands on a store's papers.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Letterhead {
    /// The profile.
    #[serde(flatten)]
    profile: StoreProfileView,
    /// The picture, as a `data:` address.
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
}

/// What stands on the papers of the store: name, address, telephone, hours, licence numbers, logo.
#[utoipa::path(get, path = "/admin/letterhead", operation_id = "getLetterhead",
    responses((status = 200, description = "The letterhead.", body = Letterhead)))]
pub(super) async fn get_letterhead(auth: Authorized<action::DealershipRead>) -> ApiResult<Json<Letterhead>> {
    let mut tx = auth.begin().await?;
    let (card, version) = store_card::read(&mut tx).await?;
    let logo = match &card.logo {
        Some(digest) => store_card::logo(&mut tx, digest).await?,
        None => None,
    };
    tx.commit().await?;
    let picture = logo.as_ref().map(Logo::data_url);
    Ok(Json(Letterhead { profile: StoreProfileView { card, version }, picture }))
}
