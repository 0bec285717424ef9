//! What the compliance desk keeps: sign-offs, service providers, incidents; and who is affected.

use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiPath, ApiQuery, ApiResult, Authorized, Created, IfMatch, Versioned};
use autolytiq_kernel::{PersonId, problem::Problem};
use axum::{
    Json,
    http::{HeaderName, header},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    domain::compliance::{Incident, IncidentForm, IncidentId, SignOffForm, Vendor, VendorForm, VendorId},
    ops::compliance as ops,
    store::evidence::{self, AffectedInState, Reached},
};

/// Signs something off, or names the Qualified Individual. Sign-offs are never changed; the newest of a kind counts. An
/// access review attests who has which role at this moment.
#[utoipa::path(post, path = "/compliance/sign-offs", operation_id = "createSignOff", request_body = SignOffForm,
    responses((status = 204, description = "Signed off")))]
pub(super) async fn create_sign_off(
    auth: Authorized<action::ComplianceEdit>,
    ApiJson(form): ApiJson<SignOffForm>,
) -> ApiResult<http::StatusCode> {
    let mut tx = auth.begin().await?;
    ops::sign_off(&mut tx, form).await?;
    tx.commit().await?;
    Ok(http::StatusCode::NO_CONTENT)
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct NewVendor {
    /// Made by the client, version 7.
    id: VendorId,
    vendor: VendorForm,
}

/// Puts a service provider on the register.
#[utoipa::path(post, path = "/compliance/vendors", operation_id = "createVendor", request_body = NewVendor,
    responses((status = 201, description = "On the register", body = Vendor)))]
pub(super) async fn create_vendor(
    auth: Authorized<action::ComplianceEdit>,
    ApiJson(body): ApiJson<NewVendor>,
) -> ApiResult<Created<Vendor>> {
    let mut tx = auth.begin().await?;
    let vendor = ops::add_vendor(&mut tx, body.id, body.vendor).await?;
    tx.commit().await?;
    Ok(Created::new(format!("/api/v1/compliance/vendors/{}", vendor.id), 1, vendor))
}

/// Replaces what is known of a service provider.
#[utoipa::path(put, path = "/compliance/vendors/{id}", operation_id = "putVendor", request_body = VendorForm,
    params(("id" = VendorId, Path), ("If-Match" = String, Header, description = "The version that was changed")),
    responses((status = 200, description = "As saved", body = Vendor)))]
pub(super) async fn put_vendor(
    auth: Authorized<action::ComplianceEdit>,
    ApiPath(id): ApiPath<VendorId>,
    if_match: IfMatch,
    ApiJson(form): ApiJson<VendorForm>,
) -> ApiResult<Versioned<Vendor>> {
    let mut tx = auth.begin().await?;
    let vendor = ops::put_vendor(&mut tx, id, if_match.version(), form).await?;
    tx.commit().await?;
    Ok(Versioned::new(vendor.version, vendor))
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct NewIncident {
    /// Made by the client, version 7.
    id: IncidentId,
    incident: IncidentForm,
}

/// Notes a security event. Thirty days run from its discovery.
#[utoipa::path(post, path = "/compliance/incidents", operation_id = "createIncident", request_body = NewIncident,
    responses((status = 201, description = "Noted", body = Incident)))]
pub(super) async fn create_incident(
    auth: Authorized<action::ComplianceEdit>,
    ApiJson(body): ApiJson<NewIncident>,
) -> ApiResult<Created<Incident>> {
    let mut tx = auth.begin().await?;
    let incident = ops::add_incident(&mut tx, body.id, body.incident).await?;
    tx.commit().await?;
    Ok(Created::new(format!("/api/v1/compliance/incidents/{}", incident.id), 1, incident))
}

/// Replaces what is known of a security event; what was known before stays in the audit trail.
#[utoipa::path(put, path = "/compliance/incidents/{id}", operation_id = "putIncident", request_body = IncidentForm,
    params(("id" = IncidentId, Path), ("If-Match" = String, Header, description = "The version that was changed")),
    responses((status = 200, description = "As saved", body = Incident)))]
pub(super) async fn put_incident(
    auth: Authorized<action::ComplianceEdit>,
    ApiPath(id): ApiPath<IncidentId>,
    if_match: IfMatch,
    ApiJson(form): ApiJson<IncidentForm>,
) -> ApiResult<Versioned<Incident>> {
    let mut tx = auth.begin().await?;
    let incident = ops::put_incident(&mut tx, id, if_match.version(), form).await?;
    tx.commit().await?;
    Ok(Versioned::new(incident.version, incident))
}

/// Whose data stood in reach. With a person: whose records, or whose deals, that person changed, exported or revealed in
/// the time. Without: everybody on file before its end, which is what an intruder with a person's access could read.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub(super) struct AffectedQuery {
    /// Not before this instant.
    #[param(value_type = String, format = DateTime)]
    from: Timestamp,
    /// Before this instant.
    #[param(value_type = String, format = DateTime)]
    until: Timestamp,
    /// The account that was misused.
    person_id: Option<PersonId>,
}

impl AffectedQuery {
    fn reached(self) -> Result<Reached, Problem> {
        if self.until <= self.from {
            return Err(Problem::invalid_field("/until", "before-start", "this is not after the beginning"));
        }
        Ok(Reached { from: self.from, until: self.until, person: self.person_id })
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct Affected {
    customers: i64,
    states: Vec<AffectedInState>,
}

/// How many customers an incident affects, by state, and what is known of them.
#[utoipa::path(get, path = "/compliance/affected", operation_id = "countAffected", params(AffectedQuery),
    responses((status = 200, description = "The counts", body = Affected)))]
pub(super) async fn count_affected(
    auth: Authorized<action::ComplianceRead>,
    ApiQuery(query): ApiQuery<AffectedQuery>,
) -> ApiResult<Json<Affected>> {
    let reached = query.reached()?;
    let mut tx = auth.begin().await?;
    let states = evidence::affected(&mut tx, reached).await?;
    Ok(Json(Affected { customers: states.iter().map(|state| state.customers).sum(), states }))
}

/// The affected customers with what a letter to them needs, as CSV. The audit trail notes that they were listed.
#[utoipa::path(post, path = "/compliance/affected", operation_id = "listAffected", params(AffectedQuery),
    responses((status = 200, description = "One line each", body = String, content_type = "text/csv")))]
pub(super) async fn list_affected(
    auth: Authorized<action::ComplianceEdit>,
    ApiQuery(query): ApiQuery<AffectedQuery>,
) -> ApiResult<([(HeaderName, &'static str); 2], Vec<u8>)> {
    let reached = query.reached()?;
    let mut tx = auth.begin().await?;
    let rows = ops::list_affected(&mut tx, reached).await?;
    tx.commit().await?;
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["id", "first name", "last name", "e-mail", "phone", "street", "city", "state", "zip"])
        .map_err(Problem::internal)?;
    for row in &rows {
        let text = |value: &Option<String>| inert(value.as_deref().unwrap_or_default());
        csv.write_record([
            row.id.to_string(),
            inert(&row.first_name),
            inert(&row.last_name),
            text(&row.email),
            text(&row.phone),
            text(&row.street),
            text(&row.city),
            text(&row.state),
            text(&row.zip),
        ])
        .map_err(Problem::internal)?;
    }
    let bytes = csv.into_inner().map_err(|error| Problem::internal(error.into_error()))?;
    let disposition = "attachment; filename=\"affected-customers.csv\"";
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, disposition)], bytes))
}

/// A cell that no spreadsheet takes for a formula.
fn inert(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(super::inert("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(super::inert("+12145550123"), "'+12145550123");
        assert_eq!(super::inert("O'Brien"), "O'Brien");
    }
}
