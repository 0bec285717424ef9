//! What a store can switch off.

use std::sync::Arc;

use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiResult, Authorized, IfMatch, Versioned};
use autolytiq_kernel::{Feature, SwitchedOff};
use axum::Extension;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{domain::features::FeatureSwitches, identity::Identity, ops, store::features};

/// A part of the product that a store can do without.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FeatureSwitch)]
pub(super) struct FeatureView {
    /// Its name on the wire.
    id: Feature,
    /// What people call it.
    title: &'static str,
    /// What changes when it is off.
    when_off: &'static str,
    /// Whether it is on.
    on: bool,
}

/// Everything that a store can switch off.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Features)]
pub(super) struct FeaturesView {
    /// All of them.
    items: Vec<FeatureView>,
    /// For `If-Match`.
    version: i64,
}

impl FeaturesView {
    fn of(off: SwitchedOff, version: i64) -> Self {
        let view = |id: Feature| FeatureView { id, title: id.title(), when_off: id.when_off(), on: !off.has(id) };
        Self { items: Feature::ALL.into_iter().map(view).collect(), version }
    }
}

/// What the store can switch off, and what of it is on.
#[utoipa::path(get, path = "/admin/settings/features", operation_id = "getFeatureSwitches",
    responses((status = 200, description = "The switches.", body = FeaturesView)))]
pub(super) async fn get_features(auth: Authorized<action::SettingsRead>) -> ApiResult<Versioned<FeaturesView>> {
    let mut tx = auth.begin().await?;
    let (off, version) = features::read(&mut tx).await?;
    tx.commit().await?;
    Ok(Versioned::new(version, FeaturesView::of(off, version)))
}

/// Switch parts of the product off and on. What is off is refused from the next request on.
#[utoipa::path(put, path = "/admin/settings/features", operation_id = "putFeatureSwitches", request_body = FeatureSwitches,
    params(("If-Match" = String, Header)),
    responses((status = 200, description = "Saved.", body = FeaturesView)))]
pub(super) async fn put_features(
    auth: Authorized<action::SettingsEdit>,
    Extension(identity): Extension<Arc<Identity>>,
    if_match: IfMatch,
    ApiJson(body): ApiJson<FeatureSwitches>,
) -> ApiResult<Versioned<FeaturesView>> {
    let off = body.set();
    let mut tx = auth.begin().await?;
    let (present, current) = features::read(&mut tx).await?;
    if_match.check(current, || FeaturesView::of(present, current))?;
    let (version, people) = ops::features::write(&mut tx, off, current).await?;
    tx.commit().await?;
    for person in people {
        identity.cache().forget(person);
    }
    Ok(Versioned::new(version, FeaturesView::of(off, version)))
}
