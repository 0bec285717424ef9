//! `GET /admin/audit-logs`.

use autolytiq_authz::action;
use autolytiq_http::{ApiQuery, ApiResult, Authorized, Routes, op};
use autolytiq_kernel::{Page, PageRequest, PersonId};
use axum::Json;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::{AuditEntry, Filter, search};

pub(crate) fn routes() -> Routes {
    Routes::api("audit").add(op!(list_audit_entries))
}

/// Which entries; what is absent does not narrow.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
struct AuditQuery {
    /// Done by this person.
    person_id: Option<PersonId>,
    /// An action (`deal.submitted`), or the beginning of several when it ends with a dot (`deal.`).
    action: Option<String>,
    /// The noun of the subject (`deal`).
    subject_kind: Option<String>,
    /// The subject's id.
    subject_id: Option<Uuid>,
    /// Not before this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// Before this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
}

impl From<AuditQuery> for Filter {
    fn from(query: AuditQuery) -> Self {
        let AuditQuery { person_id, action, subject_kind, subject_id, from, until } = query;
        Self { person: person_id, action, subject_kind, subject_id, from, until }
    }
}

/// The audit trail of the store, newest first.
#[utoipa::path(get, path = "/admin/audit-logs", operation_id = "listAuditEntries", params(PageRequest, AuditQuery),
    responses((status = 200, description = "A page of entries", body = Page<AuditEntry>)))]
async fn list_audit_entries(
    auth: Authorized<action::AuditRead>,
    ApiQuery(page): ApiQuery<PageRequest>,
    ApiQuery(query): ApiQuery<AuditQuery>,
) -> ApiResult<Json<Page<AuditEntry>>> {
    let mut tx = auth.begin().await?;
    let entries = search(&mut tx, &query.into(), &page).await?;
    tx.commit().await?;
    Ok(Json(entries))
}
