//! Protected fields, and finding the same person again.

use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiPath, ApiResult, Authorized};
use autolytiq_kernel::CustomerId;
use axum::{
    Json,
    http::{HeaderName, header::CACHE_CONTROL},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api;

#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) enum ProtectedField {
    DateOfBirth,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct RevealRequest {
    field: ProtectedField,
    /// Why it must be seen; goes into the audit trail with the view.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Revealed {
    field: ProtectedField,
    value: String,
}

/// Shows a protected field. The view is audited with its reason.
#[utoipa::path(post, path = "/customers/{id}/reveal", operation_id = "revealCustomerField", request_body = RevealRequest,
    params(("id" = CustomerId, Path)), responses((status = 200, description = "The value in clear", body = Revealed)))]
pub(super) async fn reveal(
    auth: Authorized<action::CustomerProtectedView>,
    ApiPath(id): ApiPath<CustomerId>,
    ApiJson(body): ApiJson<RevealRequest>,
) -> ApiResult<([(HeaderName, &'static str); 1], Json<Revealed>)> {
    let mut tx = auth.begin().await?;
    let value = api::reveal_date_of_birth(&mut tx, &auth.platform().vault, id, &body.reason).await?;
    // Nothing is shown before the record of it is safe.
    tx.commit().await?;
    let revealed = Revealed { field: body.field, value: value.expose().to_owned() };
    Ok(([(CACHE_CONTROL, "no-store")], Json(revealed)))
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DuplicateQuery {
    #[serde(default)]
    phone: Option<String>,
    #[serde(default)]
    email: Option<String>,
    /// The customer that is being edited.
    #[serde(default)]
    except_id: Option<CustomerId>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct DuplicateView {
    id: CustomerId,
    first_name: String,
    last_name: String,
    /// What is the same: `phone`, `email`.
    matched: Vec<&'static str>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Duplicates {
    items: Vec<DuplicateView>,
}

/// Customers with the same telephone number or e-mail address. A POST, so that neither is in an address.
#[utoipa::path(post, path = "/customers/duplicates", operation_id = "findDuplicateCustomers", request_body = DuplicateQuery,
    responses((status = 200, description = "At most twenty", body = Duplicates)))]
pub(super) async fn find_duplicates(
    auth: Authorized<action::CustomerRead>,
    ApiJson(body): ApiJson<DuplicateQuery>,
) -> ApiResult<Json<Duplicates>> {
    let mut tx = auth.begin().await?;
    let (phone, email) = (body.phone.as_deref(), body.email.as_deref());
    let found = api::find_duplicates(&mut tx, &auth.platform().vault, phone, email, body.except_id).await?;
    let items = found
        .into_iter()
        .map(|duplicate| DuplicateView {
            id: duplicate.customer.id,
            first_name: duplicate.customer.first_name().to_owned(),
            last_name: duplicate.customer.last_name().to_owned(),
            matched: [("phone", duplicate.phone), ("email", duplicate.email)]
                .into_iter()
                .filter_map(|(name, same)| same.then_some(name))
                .collect(),
        })
        .collect();
    Ok(Json(Duplicates { items }))
}
