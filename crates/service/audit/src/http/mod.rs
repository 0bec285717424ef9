//! `/admin/audit-logs`: the trail, what one person did, the actions it knows, and all of it as a file.

use autolytiq_authz::action;
use autolytiq_http::{ApiPath, ApiQuery, ApiResult, Authorized, Routes, op};
use autolytiq_kernel::{Feature, Page, PageRequest, PersonId};
use axum::{Json, body::Body, response::IntoResponse};
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::{AuditEntry, AuditError, Filter, Sight, Vocabulary, export::export, of_person, search, vocabulary};

pub(crate) fn routes() -> Routes {
    Routes::api("audit")
        .add(op!(list_audit_entries))
        .add(op!(list_audit_entries_of_user))
        .add(op!(get_audit_vocabulary))
        .add(op!(export_audit_entries).confirmed().part_of(Feature::AuditExport))
}

/// Which entries; what is absent does not narrow.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
struct AuditQuery {
    /// Words that stand in the reason or in what was changed, in any case; in the reason alone without the permissions to
    /// see costs, gross and reserve.
    #[param(max_length = 100)]
    q: Option<String>,
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
        let AuditQuery { q, person_id, action, subject_kind, subject_id, from, until } = query;
        let text = q.map(|text| text.trim().chars().take(100).collect::<String>()).filter(|text| !text.is_empty());
        Self { text, person: person_id, action, subject_kind, subject_id, from, until }
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
    let entries = search(&mut tx, &query.into(), &page, &Sight::of(auth.grant())).await?;
    tx.commit().await?;
    Ok(Json(entries))
}

/// What one person did in the store, newest first.
#[utoipa::path(get, path = "/admin/audit-logs/users/{id}", operation_id = "listAuditEntriesOfUser",
    params(("id" = PersonId, Path, description = "The person"), PageRequest),
    responses((status = 200, description = "A page of entries", body = Page<AuditEntry>)))]
async fn list_audit_entries_of_user(
    auth: Authorized<action::AuditRead>,
    ApiPath(person): ApiPath<PersonId>,
    ApiQuery(page): ApiQuery<PageRequest>,
) -> ApiResult<Json<Page<AuditEntry>>> {
    let mut tx = auth.begin().await?;
    let entries = of_person(&mut tx, person, &page, &Sight::of(auth.grant())).await?.ok_or(AuditError::NoSuchPerson)?;
    tx.commit().await?;
    Ok(Json(entries))
}

/// The actions and things that stand in the store's trail, to filter by.
#[utoipa::path(get, path = "/admin/audit-logs/vocabulary", operation_id = "getAuditVocabulary",
    responses((status = 200, description = "Their names", body = Vocabulary)))]
async fn get_audit_vocabulary(auth: Authorized<action::AuditRead>) -> ApiResult<Json<Vocabulary>> {
    let mut tx = auth.begin().await?;
    let known = vocabulary(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(known))
}

/// The entries as CSV, newest first, however many there are. The export stands in the trail itself.
#[utoipa::path(get, path = "/admin/audit-logs/export", operation_id = "exportAuditEntries", params(AuditQuery),
    responses((status = 200, description = "The entries", body = String, content_type = "text/csv")))]
async fn export_audit_entries(
    auth: Authorized<action::AuditRead>,
    ApiQuery(query): ApiQuery<AuditQuery>,
) -> ApiResult<impl IntoResponse> {
    let lines = export(&auth.platform().db, auth.ctx(), query.into(), Sight::of(auth.grant())).await?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"audit-trail.csv\""),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Body::from_stream(lines)))
}
