//! Lists of people: try one out, import it, take it back.

use std::sync::Arc;

use autolytiq_authz::action;
use autolytiq_http::{ApiJson, ApiPath, ApiResult, Authorized, Created};
use autolytiq_kernel::{Form, PersonId};
use axum::{Extension, Json};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    error::IdentityError,
    identity::Identity,
    ops::import_users::{self, Judged, Outcome},
    store::user_import::{self, UserImport, UserImportId},
};

/// A list of people.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PeopleList {
    /// Separated by commas, semicolons or tabs; the first line names the columns `name`, `email` and `role`. At most 500
    /// people.
    #[schema(max_length = 200_000)]
    text: String,
}

/// A list of people to be imported.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct UserImportNew {
    /// Made by the client; the same import sent again changes nothing.
    id: UserImportId,
    /// As [`PeopleList`].
    #[schema(max_length = 200_000)]
    text: String,
    /// Where it came from, at most 200 characters.
    #[serde(default)]
    #[schema(max_length = 200)]
    file_name: Option<String>,
}

/// What importing does with a row.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = UserImportOutcome)]
pub(super) enum OutcomeView {
    /// The person is given access and sent an invitation.
    Added,
    /// The person has access already; nothing changes.
    Here,
    /// The person's access was ended; importing does not give it back.
    Ended,
    /// Nothing is imported before this is mended.
    Fault,
}

/// What is wrong with a field of a row.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UserImportFault)]
pub(super) struct FaultView {
    /// `name`, `email` or `role`.
    column: &'static str,
    /// A stable word.
    code: &'static str,
    /// What to do about it.
    detail: String,
}

/// A row of a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UserImportRow)]
pub(super) struct RowView {
    /// Its line in the text.
    line: u64,
    /// As written.
    name: String,
    /// As written.
    email: String,
    /// As written.
    role: String,
    /// What importing does with it.
    outcome: OutcomeView,
    /// Why it cannot be imported.
    faults: Vec<FaultView>,
}

impl From<Judged> for RowView {
    fn from(Judged { row, outcome }: Judged) -> Self {
        let outcome = match outcome {
            Outcome::Add(_) => OutcomeView::Added,
            Outcome::Here => OutcomeView::Here,
            Outcome::Ended => OutcomeView::Ended,
            Outcome::Fault => OutcomeView::Fault,
        };
        let faults = row.faults.into_iter();
        let faults =
            faults.map(|fault| FaultView { column: fault.column, code: fault.code, detail: fault.detail }).collect();
        Self { line: row.line, name: row.name, email: row.email, role: row.role, outcome, faults }
    }
}

/// What importing a list would do.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct UserImportPreview {
    /// Row by row.
    rows: Vec<RowView>,
}

/// An imported list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UserImport)]
pub(super) struct UserImportView {
    /// The import.
    id: UserImportId,
    /// Where it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    file_name: Option<String>,
    /// How many people it gave access.
    added: i32,
    /// Who imported it.
    created_by: PersonId,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// Until when it can be taken back.
    #[schema(value_type = String, format = DateTime)]
    undo_until: Timestamp,
    /// When it was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    undone_at: Option<Timestamp>,
    /// By whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    undone_by: Option<PersonId>,
    /// How many people that removed; the others had come already, or something of the store names them.
    #[serde(skip_serializing_if = "Option::is_none")]
    removed: Option<i32>,
}

impl From<UserImport> for UserImportView {
    fn from(import: UserImport) -> Self {
        let undo_until = import_users::undo_until(&import);
        let UserImport { id, file_name, added, created_by, created_at, undone } = import;
        let (undone_at, undone_by, removed) = match undone {
            Some((at, by, removed)) => (Some(at), Some(by), Some(removed)),
            None => (None, None, None),
        };
        Self { id, file_name, added, created_by, created_at, undo_until, undone_at, undone_by, removed }
    }
}

/// Imported lists.
#[derive(Serialize, ToSchema)]
pub(super) struct UserImports {
    /// Newest first; at most 20.
    items: Vec<UserImportView>,
}

/// The lists of people that were imported last.
#[utoipa::path(get, path = "/admin/user-imports", operation_id = "listUserImports",
    responses((status = 200, description = "The imports.", body = UserImports)))]
pub(super) async fn list_user_imports(auth: Authorized<action::UserRead>) -> ApiResult<Json<UserImports>> {
    let mut tx = auth.begin().await?;
    let imports = user_import::list(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(UserImports { items: imports.into_iter().map(UserImportView::from).collect() }))
}

/// Try a list of people out: what importing it would do with each row. Writes nothing.
#[utoipa::path(post, path = "/admin/user-imports/preview", operation_id = "previewUserImport", request_body = PeopleList,
    responses((status = 200, description = "Row by row.", body = UserImportPreview)))]
pub(super) async fn preview_user_import(
    auth: Authorized<action::UserCreate>,
    ApiJson(body): ApiJson<PeopleList>,
) -> ApiResult<Json<UserImportPreview>> {
    let mut tx = auth.begin().await?;
    let judged = import_users::judge(&mut tx, &body.text).await?;
    tx.rollback().await?;
    Ok(Json(UserImportPreview { rows: judged.into_iter().map(RowView::from).collect() }))
}

/// Import a list of people: whoever has no access is given it and sent an invitation. The whole list, or nothing and what
/// is wrong with its rows.
#[utoipa::path(post, path = "/admin/user-imports", operation_id = "createUserImport", request_body = UserImportNew,
    responses((status = 201, description = "Imported.", body = UserImportView)))]
pub(super) async fn create_user_import(
    auth: Authorized<action::UserCreate>,
    Extension(identity): Extension<Arc<Identity>>,
    ApiJson(body): ApiJson<UserImportNew>,
) -> ApiResult<Created<UserImportView>> {
    let UserImportNew { id, text, file_name } = body;
    let mut form = Form::new();
    let file_name = form.optional_line("/fileName", file_name.as_deref(), 200);
    let file_name = form.finish(file_name).map_err(IdentityError::Invalid)?;
    let hash = import_users::nobodys_hash(&identity).await?;
    let mut tx = auth.begin().await?;
    let import = import_users::import(&identity, &mut tx, id, &text, file_name, &hash).await?;
    tx.commit().await?;
    Ok(Created::new(format!("/api/v1/admin/user-imports/{id}"), 1, import.into()))
}

/// Take an import back, within a day: whoever of it has not signed in yet is removed, and their invitations with them.
#[utoipa::path(post, path = "/admin/user-imports/{id}/undo", operation_id = "undoUserImport",
    params(("id" = UserImportId, Path)), responses((status = 200, description = "Taken back.", body = UserImportView)))]
pub(super) async fn undo_user_import(
    auth: Authorized<action::UserCreate>,
    ApiPath(id): ApiPath<UserImportId>,
) -> ApiResult<Json<UserImportView>> {
    let mut tx = auth.begin().await?;
    let import = import_users::undo(&mut tx, id).await?;
    tx.commit().await?;
    Ok(Json(import.into()))
}
