//! Imports of local rates: try a file out, bring it in, see how far it is, take it back.

use super::preview::RateImportPreview;
use crate::Tables;
use crate::error::ImportError;
use crate::fips;
use crate::import::{Format, Skipped};
use crate::ops::import_rates::{import_rates, preview_import, utc_day};
use crate::ops::withdraw_import::withdraw_import;
use crate::ops::{MOST_BYTES, Order};
use crate::progress::{Imports, Turn};
use crate::store::import::{self, RateImport, RateImportId};
use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiPath, ApiQuery, ApiResult, Authorized, Created, IfMatch, Versioned};
use autolytiq_kernel::{Form, PersonId, problem::Problem};
use axum::body::Body;
use axum::{Extension, Json};
use http::{HeaderMap, header::CONTENT_TYPE};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What the file is. The body is the file.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ImportQuery {
    /// Made by the client.
    id: RateImportId,
    /// Two letters.
    state: String,
    #[param(inline)]
    format: Format,
    /// The publication, as results name it: at most 200 characters.
    source: String,
    /// The day on which the list was current.
    #[param(value_type = String, format = Date)]
    as_of: Date,
    /// The first deal date for which it holds; the earliest first day in the file unless given.
    #[param(value_type = Option<String>, format = Date)]
    first_day: Option<Date>,
    /// At most 200 characters.
    file_name: Option<String>,
}

impl ImportQuery {
    fn read(self) -> Result<Order, ImportError> {
        let mut form = Form::new();
        let source = form.line("/source", &self.source, 200);
        let file_name = form.optional_line("/fileName", self.file_name.as_deref(), 200);
        let number = fips::state(&self.state);
        if number.is_none() {
            form.refuse("/state", "unknown-state", "two capital letters of a state or the District of Columbia");
        }
        for (pointer, day) in [("/asOf", Some(self.as_of)), ("/firstDay", self.first_day)] {
            if day.is_some_and(|day| !(1900..2900).contains(&day.year())) {
                form.refuse(pointer, "out-of-range", "a day from 1900 on");
            }
        }
        let Self { id, state, format, as_of, first_day, .. } = self;
        let number = number.unwrap_or_default();
        let order = Order { id, state, number, format, source, file_name, as_of, first_day };
        form.finish(order).map_err(ImportError::Invalid)
    }
}

/// An import.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RateImportView {
    id: RateImportId,
    state: String,
    format: Format,
    source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_name: Option<String>,
    #[schema(value_type = String, format = Date)]
    as_of: Date,
    #[schema(value_type = String, format = Date)]
    first_day: Date,
    rows: i64,
    skipped: Skipped,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    created_by: PersonId,
    /// Whether deals of today (in UTC) are computed with it.
    in_force: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    withdrawn_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_by: Option<PersonId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_reason: Option<String>,
    version: i64,
}

impl From<RateImport> for RateImportView {
    fn from(import: RateImport) -> Self {
        let (withdrawn_at, withdrawn_by, withdrawn_reason) = match import.withdrawn {
            Some((at, by, reason)) => (Some(at), Some(by), reason),
            None => (None, None, None),
        };
        Self {
            id: import.id,
            state: import.state,
            format: import.format,
            source: import.source,
            file_name: import.file_name,
            as_of: import.as_of,
            first_day: import.first_day,
            rows: import.rows,
            skipped: import.skipped,
            created_at: import.created_at,
            created_by: import.created_by,
            in_force: import.in_force,
            withdrawn_at,
            withdrawn_by,
            withdrawn_reason,
            version: import.version,
        }
    }
}

/// Waits for nobody: one import of a store at a time.
fn turn(imports: &Arc<Imports>, store: autolytiq_kernel::DealershipId, id: RateImportId) -> Result<Turn, ImportError> {
    Imports::begin(imports, store, id).ok_or(ImportError::Busy)
}

/// A table, by any of the names that browsers and programs send for one.
fn is_table(headers: &HeaderMap) -> Result<(), ImportError> {
    let sent = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = sent.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "text/csv" | "text/plain" | "application/csv" | "application/octet-stream" | "application/vnd.ms-excel" => {
            Ok(())
        }
        _ => Err(ImportError::Type),
    }
}

/// Refuses before the first byte is read what says itself that it is too large.
fn is_small(headers: &HeaderMap) -> Result<(), ImportError> {
    let length = headers.get(http::header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    match length.and_then(|length| length.parse::<usize>().ok()) {
        Some(length) if length > MOST_BYTES => Err(ImportError::TooLarge),
        _ => Ok(()),
    }
}

/// Import a table of local rates: the whole file, or nothing and what is wrong with its lines.
#[utoipa::path(post, path = "/places/rate-imports", operation_id = "createRateImport", params(ImportQuery),
    request_body(content = String, content_type = "text/csv", description = "The file, at most 200 MB."),
    responses((status = 201, description = "Imported.", body = RateImportView)))]
pub(crate) async fn create_rate_import(
    auth: Authorized<action::PlaceImport>,
    Extension(imports): Extension<Arc<Imports>>,
    ApiQuery(query): ApiQuery<ImportQuery>,
    headers: HeaderMap,
    body: Body,
) -> ApiResult<Created<RateImportView>> {
    let order = query.read()?;
    is_table(&headers)?;
    is_small(&headers)?;
    let turn = turn(&imports, auth.ctx().acting(), order.id)?;
    let mut tx = auth.begin().await?;
    let made = import_rates(&mut tx, order, body, &turn.progress).await?;
    tx.commit().await?;
    let location = format!("/api/v1/places/rate-imports/{}", made.id);
    Ok(Created::new(location, made.version, made.into()))
}

/// Try a file out: every line is checked and the table compared with what holds. Writes nothing.
#[utoipa::path(post, path = "/places/rate-imports/preview", operation_id = "previewRateImport", params(ImportQuery),
    request_body(content = String, content_type = "text/csv", description = "The file, at most 200 MB."),
    responses((status = 200, body = RateImportPreview)))]
pub(crate) async fn preview_rate_import(
    auth: Authorized<action::PlaceImport>,
    Extension(tables): Extension<Arc<Tables>>,
    Extension(imports): Extension<Arc<Imports>>,
    ApiQuery(query): ApiQuery<ImportQuery>,
    headers: HeaderMap,
    body: Body,
) -> ApiResult<Json<RateImportPreview>> {
    let order = query.read()?;
    is_table(&headers)?;
    is_small(&headers)?;
    let turn = turn(&imports, auth.ctx().acting(), order.id)?;
    let mut tx = auth.begin().await?;
    let preview = preview_import(&mut tx, &tables, order, body, &turn.progress).await?;
    tx.rollback().await?;
    Ok(Json(preview.into()))
}

/// Imports of the store.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct RateImportList {
    items: Vec<RateImportView>,
}

/// The store's imports, the newest first, withdrawn ones too; at most 200.
#[utoipa::path(get, path = "/places/rate-imports", operation_id = "listRateImports",
    responses((status = 200, body = RateImportList)))]
pub(crate) async fn list_rate_imports(auth: Authorized<action::SettingsRead>) -> ApiResult<Json<RateImportList>> {
    let mut tx = auth.begin().await?;
    let today = utc_day(&tx);
    let items = import::list(&mut tx, today).await?.into_iter().map(RateImportView::from).collect();
    Ok(Json(RateImportList { items }))
}

/// One import.
#[utoipa::path(get, path = "/places/rate-imports/{id}", operation_id = "getRateImport",
    params(("id" = RateImportId, Path)), responses((status = 200, body = RateImportView)))]
pub(crate) async fn get_rate_import(
    auth: Authorized<action::SettingsRead>,
    ApiPath(id): ApiPath<RateImportId>,
) -> ApiResult<Versioned<RateImportView>> {
    let mut tx = auth.begin().await?;
    let today = utc_day(&tx);
    let found = import::find(&mut tx, id, today).await?.ok_or(ImportError::NotFound)?;
    Ok(Versioned::new(found.version, found.into()))
}

/// How far an import is.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct RateImportProgress {
    phase: ImportPhase,
    /// Of the file, so far.
    bytes: u64,
    rows: u64,
    errors: u64,
}

#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ImportPhase {
    /// The file arrives, its lines are checked and stored.
    Reading,
    /// It has arrived; levies are checked against each other, a preview is compared.
    Checking,
    Done,
}

/// How far an import or a preview is, by its id. Counted in the process that runs it: behind several processes ask the same one.
#[utoipa::path(get, path = "/places/rate-imports/{id}/progress", operation_id = "getRateImportProgress",
    params(("id" = RateImportId, Path)), responses((status = 200, body = RateImportProgress)))]
pub(crate) async fn get_rate_import_progress(
    auth: Authorized<action::SettingsRead>,
    Extension(imports): Extension<Arc<Imports>>,
    ApiPath(id): ApiPath<RateImportId>,
) -> ApiResult<Json<RateImportProgress>> {
    if let Some(seen) = imports.see(auth.ctx().acting(), id) {
        let phase = if seen.checking { ImportPhase::Checking } else { ImportPhase::Reading };
        return Ok(Json(RateImportProgress { phase, bytes: seen.bytes, rows: seen.rows, errors: seen.errors }));
    }
    let mut tx = auth.begin().await?;
    let today = utc_day(&tx);
    let found = import::find(&mut tx, id, today).await?.ok_or(ImportError::NotFound)?;
    Ok(Json(RateImportProgress { phase: ImportPhase::Done, bytes: 0, rows: found.rows.unsigned_abs(), errors: 0 }))
}

/// Why an import is taken back.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct WithdrawRequest {
    /// For the audit trail, at most 500 characters.
    #[serde(default)]
    #[schema(max_length = 500)]
    reason: Option<String>,
}

/// Take an import back: the table that held before holds again. Nothing is deleted, and pencils that were saved keep their rates.
#[utoipa::path(post, path = "/places/rate-imports/{id}/withdraw", operation_id = "withdrawRateImport",
    request_body = WithdrawRequest, params(("id" = RateImportId, Path), ("If-Match" = String, Header)),
    responses((status = 200, description = "Withdrawn.", body = RateImportView)))]
pub(crate) async fn withdraw_rate_import(
    auth: Authorized<action::PlaceImport>,
    ApiPath(id): ApiPath<RateImportId>,
    if_match: IfMatch,
    ApiJson(body): ApiJson<WithdrawRequest>,
) -> ApiResult<Versioned<RateImportView>> {
    let mut form = Form::new();
    let reason = form.optional_line("/reason", body.reason.as_deref(), 500);
    let reason = form.finish(reason).map_err(Problem::invalid)?;
    let mut tx = auth.begin().await?;
    let done = withdraw_import(&mut tx, id, if_match.version(), reason.as_deref()).await;
    let withdrawn = match done {
        Err(ImportError::Stale { yours, current }) => {
            let today = utc_day(&tx);
            let present = import::find(&mut tx, id, today).await?.map(RateImportView::from);
            let resource = present.and_then(|view| serde_json::to_value(view).ok());
            return Err(Problem::version_conflict(yours, current, resource).into());
        }
        other => other?,
    };
    tx.commit().await?;
    Ok(Versioned::new(withdrawn.version, withdrawn.into()))
}
