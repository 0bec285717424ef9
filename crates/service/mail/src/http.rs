//! The mail log: `GET /admin/mail`; and the texts of messages.

mod templates;

use autolytiq_authz::action;
use autolytiq_http::{ApiPath, ApiQuery, ApiResult, Authorized, RateClass, Routes, op};
use autolytiq_kernel::{Page, PageRequest};
use axum::Json;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    error::MailError,
    store::{self, Mail, MailId, MailState},
};

/// The one order of messages.
const NEWEST: &str = "mail.newest";

pub(crate) fn routes() -> Routes {
    Routes::api("admin")
        .add(op!(list_mail))
        .add(op!(get_mail))
        .add(op!(templates::list_mail_templates))
        // They say how people are led into their accounts.
        .add(op!(templates::put_mail_template).confirmed())
        .add(op!(templates::delete_mail_template).confirmed())
        .add(op!(templates::preview_mail_template).limit(RateClass::Calculate))
        .add(op!(templates::list_mail_template_versions))
        .add(op!(templates::restore_mail_template_version).confirmed())
}

/// A message in the log.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Mail)]
struct MailView {
    /// The message.
    id: MailId,
    /// Which text it was made from: `reset_password`.
    kind: String,
    /// The receiver's name.
    to_name: String,
    /// The receiver's address.
    to_email: String,
    /// The subject.
    subject: String,
    /// What became of it.
    state: MailState,
    /// How often sending was tried.
    attempts: i32,
    /// What went wrong the last time.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_error: Option<String>,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When it was sent, filed, refused or given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    done_at: Option<Timestamp>,
    /// Where the whole message lies below the data folder, when it was filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
}

/// A message with its text.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MailWithBody)]
struct MailWithBody {
    /// The message.
    #[serde(flatten)]
    mail: MailView,
    /// The text, without what only the receiver may have.
    body: String,
}

impl From<Mail> for MailView {
    fn from(mail: Mail) -> Self {
        let Mail { id, kind, to_name, to_email, subject, state, attempts, last_error, created_at, done_at, .. } = mail;
        let file = (state == MailState::Filed).then(|| format!("mail/{id}.eml"));
        Self { id, kind, to_name, to_email, subject, state, attempts, last_error, created_at, done_at, file }
    }
}

/// The messages of the store, newest first.
#[utoipa::path(get, path = "/admin/mail", operation_id = "listMail", params(PageRequest),
    responses((status = 200, description = "A page.", body = Page<MailView>)))]
async fn list_mail(
    auth: Authorized<action::MailRead>,
    ApiQuery(page): ApiQuery<PageRequest>,
) -> ApiResult<Json<Page<MailView>>> {
    let before: Option<MailId> = page.key(NEWEST)?;
    let mut tx = auth.begin().await?;
    let rows = store::list(&mut tx, before, page.limit.fetch()).await?;
    tx.commit().await?;
    let page = Page::from_rows(rows, page.limit, NEWEST, |mail| mail.id);
    Ok(Json(page.map(MailView::from)))
}

/// A message with its text. What lets its holder into an account is not in it.
#[utoipa::path(get, path = "/admin/mail/{id}", operation_id = "getMail", params(("id" = MailId, Path)),
    responses((status = 200, description = "The message.", body = MailWithBody)))]
async fn get_mail(auth: Authorized<action::MailRead>, ApiPath(id): ApiPath<MailId>) -> ApiResult<Json<MailWithBody>> {
    let mut tx = auth.begin().await?;
    let mail = store::find(&mut tx, id).await?.ok_or(MailError::NotFound)?;
    tx.commit().await?;
    let body = mail.body.clone();
    Ok(Json(MailWithBody { mail: mail.into(), body }))
}
