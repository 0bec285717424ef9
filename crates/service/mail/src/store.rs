//! The table of messages.

pub(crate) mod template;

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::{DealershipId, typed_id};
use autolytiq_secrets::Sealed;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use serde::Serialize;
use sqlx::PgConnection;
use utoipa::ToSchema;

use crate::kind::Kind;

typed_id! {
    /// One message.
    MailId = "mail",
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    /// It is not sent yet.
    Waiting,
    /// The mail server took it.
    Sent,
    /// It lies in the folder.
    Filed,
    /// The mail server refused it for good.
    Refused,
    /// It could not be sent while it was of use.
    Expired,
}

impl MailState {
    const ALL: [Self; 5] = [Self::Waiting, Self::Sent, Self::Filed, Self::Refused, Self::Expired];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Filed => "filed",
            Self::Refused => "refused",
            Self::Expired => "expired",
        }
    }
}

/// A message as the log shows it.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Its id.
    pub id: MailId,
    /// Which text it was made from: [`Kind::id`].
    pub kind: String,
    /// The receiver's name.
    pub to_name: String,
    /// The receiver's address.
    pub to_email: String,
    /// The subject.
    pub subject: String,
    /// The text, without what only the receiver may have.
    pub body: String,
    /// What became of it.
    pub state: MailState,
    /// How often sending was tried.
    pub attempts: i32,
    /// What went wrong the last time.
    pub last_error: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was sent, filed, refused or given up.
    pub done_at: Option<Timestamp>,
}

/// A message to be written.
pub(crate) struct NewMail<'a> {
    pub(crate) id: MailId,
    pub(crate) kind: Kind,
    pub(crate) to_name: &'a str,
    pub(crate) to_email: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) body: &'a str,
    pub(crate) sealed: Option<Sealed>,
    pub(crate) useful_until: Option<Timestamp>,
}

/// A message that waits, locked for this transaction.
pub(crate) struct Waiting {
    pub(crate) mail: Mail,
    pub(crate) sealed: Option<Sealed>,
    pub(crate) useful_until: Option<Timestamp>,
}

/// Who writes.
#[derive(sqlx::FromRow)]
pub(crate) struct Sender {
    pub(crate) name: String,
    pub(crate) demo: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: MailId,
    kind: String,
    to_name: String,
    to_email: String,
    subject: String,
    body: String,
    state: String,
    attempts: i32,
    last_error: Option<String>,
    created_at: jiff_sqlx::Timestamp,
    done_at: Option<jiff_sqlx::Timestamp>,
}

impl TryFrom<Row> for Mail {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        let state = MailState::ALL.into_iter().find(|state| state.as_str() == row.state);
        let state = state.ok_or_else(|| DbError::inconsistent("mail", "state", "no such state"))?;
        let Row { id, kind, to_name, to_email, subject, body, attempts, last_error, created_at, done_at, .. } = row;
        let (created_at, done_at) = (created_at.to_jiff(), done_at.map(|at| at.to_jiff()));
        Ok(Self { id, kind, to_name, to_email, subject, body, state, attempts, last_error, created_at, done_at })
    }
}

/// A store as a sender.
pub(crate) async fn sender(connection: &mut PgConnection, store: DealershipId) -> Result<Sender, DbError> {
    let found: Option<Sender> = sqlx::query_as("select name, demo from identity_v_store where dealership_id = $1")
        .bind(store)
        .fetch_optional(connection)
        .await?;
    found.ok_or_else(|| DbError::inconsistent("dealership", "dealership_id", "a message of a store that is not there"))
}

pub(crate) async fn insert(
    connection: &mut PgConnection,
    store: DealershipId,
    now: Timestamp,
    new: &NewMail<'_>,
) -> Result<(), DbError> {
    sqlx::query(
        "insert into mail (dealership_id, id, kind, to_name, to_email, subject, body, sealed, useful_until, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(store)
    .bind(new.id)
    .bind(new.kind.id())
    .bind(new.to_name)
    .bind(new.to_email)
    .bind(new.subject)
    .bind(new.body)
    .bind(new.sealed.as_ref())
    .bind(new.useful_until.map(|at| at.to_sqlx()))
    .bind(now.to_sqlx())
    .execute(connection)
    .await?;
    Ok(())
}

/// The message, if it still waits; another process that is sending it is waited for.
pub(crate) async fn lock_waiting(tx: &mut TenantTx, id: MailId) -> Result<Option<Waiting>, DbError> {
    let store = tx.acting();
    let row: Option<Row> = sqlx::query_as(
        "select id, kind, to_name, to_email, subject, body, state, attempts, last_error, created_at, done_at
         from mail where dealership_id = $1 and id = $2 and state = 'waiting' for update",
    )
    .bind(store)
    .bind(id)
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (sealed, useful_until): (Option<Sealed>, Option<jiff_sqlx::Timestamp>) =
        sqlx::query_as("select sealed, useful_until from mail where dealership_id = $1 and id = $2")
            .bind(store)
            .bind(id)
            .fetch_one(tx.conn())
            .await?;
    Ok(Some(Waiting { mail: row.try_into()?, sealed, useful_until: useful_until.map(|at| at.to_jiff()) }))
}

/// Notes the end of a message: what was sealed is gone.
pub(crate) async fn finish(
    tx: &mut TenantTx,
    id: MailId,
    state: MailState,
    body: &str,
    error: Option<&str>,
) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    sqlx::query(
        "update mail set state = $3, body = $4, last_error = $5, done_at = $6, sealed = null, attempts = attempts + 1
         where dealership_id = $1 and id = $2",
    )
    .bind(store)
    .bind(id)
    .bind(state.as_str())
    .bind(body)
    .bind(error)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Notes an attempt that failed and will be repeated.
pub(crate) async fn note_attempt(tx: &mut TenantTx, id: MailId, error: &str) -> Result<(), DbError> {
    let store = tx.acting();
    sqlx::query("update mail set attempts = attempts + 1, last_error = $3 where dealership_id = $1 and id = $2")
        .bind(store)
        .bind(id)
        .bind(error)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Messages of the acting store, newest first.
pub(crate) async fn list(tx: &mut TenantTx, before: Option<MailId>, most: i64) -> Result<Vec<Mail>, DbError> {
    let store = tx.acting();
    let rows: Vec<Row> = sqlx::query_as(
        "select id, kind, to_name, to_email, subject, body, state, attempts, last_error, created_at, done_at
         from mail where dealership_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3",
    )
    .bind(store)
    .bind(before)
    .bind(most)
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(TryFrom::try_from).collect()
}

/// One message of the acting store.
pub(crate) async fn find(tx: &mut TenantTx, id: MailId) -> Result<Option<Mail>, DbError> {
    let store = tx.acting();
    let row: Option<Row> = sqlx::query_as(
        "select id, kind, to_name, to_email, subject, body, state, attempts, last_error, created_at, done_at
         from mail where dealership_id = $1 and id = $2",
    )
    .bind(store)
    .bind(id)
    .fetch_optional(tx.conn())
    .await?;
    row.map(TryFrom::try_from).transpose()
}
