//! How long customers are kept.

use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiResult, Authorized, Created, IfMatch, Versioned};
use autolytiq_identity::api::member_names;
use autolytiq_kernel::CustomerId;
use axum::Json;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain::retention::{Certificate, RunId, Schedule},
    ops::retention as ops,
    store::retention,
};

/// Names of a dry run; the count tells of all.
const SHOWN: i64 = 50;

/// The schedule in one of its versions; 0 until one was set.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Retention)]
pub(super) struct RetentionView {
    #[serde(skip_serializing_if = "Option::is_none")]
    without_purchase_months: Option<i16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after_purchase_months: Option<i16>,
    version: i64,
}

fn retention_view(schedule: Schedule, version: i64) -> Versioned<RetentionView> {
    let Schedule { without_purchase_months, after_purchase_months } = schedule;
    Versioned::new(version, RetentionView { without_purchase_months, after_purchase_months, version })
}

/// The store's schedule; the version is 0 until one was set.
#[utoipa::path(get, path = "/privacy/retention", operation_id = "getRetention",
    responses((status = 200, description = "The schedule", body = RetentionView)))]
pub(super) async fn get_retention(auth: Authorized<action::CustomerErase>) -> ApiResult<Versioned<RetentionView>> {
    let mut tx = auth.begin().await?;
    let (schedule, version) = retention::schedule(&mut tx).await?;
    Ok(retention_view(schedule, version))
}

/// Sets the schedule. Nothing is erased by that: a run does it, and somebody starts the run.
#[utoipa::path(put, path = "/privacy/retention", operation_id = "putRetention", request_body = Schedule,
    params(("If-Match" = String, Header, description = "The version that was changed")),
    responses((status = 200, description = "As set", body = RetentionView)))]
pub(super) async fn put_retention(
    auth: Authorized<action::CustomerErase>,
    if_match: IfMatch,
    ApiJson(schedule): ApiJson<Schedule>,
) -> ApiResult<Versioned<RetentionView>> {
    let mut tx = auth.begin().await?;
    let version = ops::set(&mut tx, schedule, if_match.version()).await?;
    tx.commit().await?;
    Ok(retention_view(schedule, version))
}

/// Whom a run would erase now.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct DryRun {
    /// Customers whose time is up.
    due: i64,
    /// Customers whose time is up too, kept by a legal hold.
    held: i64,
    /// The longest unused of them, at most fifty.
    items: Vec<DueCustomer>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DueCustomer {
    id: CustomerId,
    name: String,
    #[schema(value_type = String, format = DateTime)]
    last_used_at: Timestamp,
}

/// A dry run: whom the schedule would erase now. Nothing is changed.
#[utoipa::path(get, path = "/privacy/retention/due", operation_id = "dryRunRetention",
    responses((status = 200, description = "Who is due", body = DryRun)))]
pub(super) async fn dry_run(auth: Authorized<action::CustomerErase>) -> ApiResult<Json<DryRun>> {
    let mut tx = auth.begin().await?;
    let (schedule, _) = retention::schedule(&mut tx).await?;
    let (due, held) = retention::counts(&mut tx, schedule).await?;
    let items = retention::due(&mut tx, schedule, SHOWN)
        .await?
        .into_iter()
        .map(|row| DueCustomer {
            id: row.customer_id,
            last_used_at: row.last_used_at(),
            name: format!("{} {}", row.first_name, row.last_name),
        })
        .collect();
    Ok(Json(DryRun { due, held, items }))
}

/// A certificate of disposal.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DisposalCertificate)]
pub(super) struct CertificateView {
    id: RunId,
    #[schema(value_type = String, format = DateTime)]
    ran_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    ran_by: Option<String>,
    erased: usize,
    held: i32,
    /// The certificate word for word.
    text: String,
    /// SHA-256 of the text; the audit trail holds the same.
    digest: String,
}

fn view(certificate: &Certificate, ran_by: Option<String>) -> CertificateView {
    CertificateView {
        id: certificate.id,
        ran_at: certificate.ran_at,
        ran_by,
        erased: certificate.erased.len(),
        held: certificate.held,
        text: certificate.text(),
        digest: hex::encode(certificate.digest()),
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct Certificates {
    items: Vec<CertificateView>,
}

/// The certificates of the store, the newest first.
#[utoipa::path(get, path = "/privacy/retention/runs", operation_id = "listRetentionRuns",
    responses((status = 200, description = "At most two hundred", body = Certificates)))]
pub(super) async fn list_runs(auth: Authorized<action::CustomerErase>) -> ApiResult<Json<Certificates>> {
    let mut tx = auth.begin().await?;
    let runs = retention::runs(&mut tx).await?;
    let people: Vec<_> = runs.iter().map(|run| run.ran_by).collect();
    let names = member_names(&mut tx, &people).await?;
    let items = runs.iter().map(|run| view(run, names.get(&run.ran_by).cloned())).collect();
    Ok(Json(Certificates { items }))
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct RunRequest {
    /// Made by the client, version 7.
    id: RunId,
}

/// Erases customers whose time is up, at most two hundred at a time, for good, and certifies it.
#[utoipa::path(post, path = "/privacy/retention/runs", operation_id = "runRetention", request_body = RunRequest,
    responses((status = 201, description = "Done", body = CertificateView)))]
pub(super) async fn run_retention(
    auth: Authorized<action::CustomerErase>,
    ApiJson(body): ApiJson<RunRequest>,
) -> ApiResult<Created<CertificateView>> {
    let mut tx = auth.begin().await?;
    let certificate = ops::run(&mut tx, &auth.platform().vault, body.id).await?;
    let mut names = member_names(&mut tx, &[certificate.ran_by]).await?;
    tx.commit().await?;
    let view = view(&certificate, names.remove(&certificate.ran_by));
    Ok(Created::new("/api/v1/privacy/retention/runs", 1, view))
}
