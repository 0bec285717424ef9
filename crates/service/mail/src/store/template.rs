//! The table of the stores' own texts. A version is never changed; the newest holds.

use std::collections::HashMap;

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::DealershipId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use sqlx::PgConnection;

use crate::{kind::Kind, template::Template};

/// What a store writes in a message now.
#[derive(Debug, Default)]
pub(crate) struct Present {
    /// 0 before the first change.
    pub(crate) version: i64,
    /// Nothing where it is the product's text.
    pub(crate) own: Option<Template>,
}

/// A version of it.
pub(crate) struct Kept {
    pub(crate) present: Present,
    pub(crate) saved_at: Timestamp,
    /// Whoever saved it, as the store calls them.
    pub(crate) saved_by: Option<String>,
}

/// As many versions as are shown.
const SHOWN: i64 = 50;

#[derive(sqlx::FromRow)]
struct Row {
    version: i64,
    subject: Option<String>,
    body: Option<String>,
}

impl From<Row> for Present {
    fn from(Row { version, subject, body }: Row) -> Self {
        let own = subject.zip(body).map(|(subject, body)| Template { subject: subject.into(), body: body.into() });
        Self { version, own }
    }
}

/// What the store writes in a message now.
pub(crate) async fn present(
    connection: &mut PgConnection,
    store: DealershipId,
    kind: Kind,
) -> Result<Present, DbError> {
    let row: Option<Row> = sqlx::query_as(
        "select version, subject, body from mail_template
         where dealership_id = $1 and kind = $2 order by version desc limit 1",
    )
    .bind(store)
    .bind(kind.id())
    .fetch_optional(connection)
    .await?;
    Ok(row.map(Present::from).unwrap_or_default())
}

#[derive(sqlx::FromRow)]
struct KindRow {
    kind: String,
    #[sqlx(flatten)]
    row: Row,
}

/// What the acting store writes now, by the ids of the messages that it ever changed.
pub(crate) async fn all(tx: &mut TenantTx) -> Result<HashMap<String, Present>, DbError> {
    let store = tx.acting();
    let rows: Vec<KindRow> = sqlx::query_as(
        "select distinct on (kind) kind, version, subject, body from mail_template
         where dealership_id = $1 order by kind, version desc",
    )
    .bind(store)
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|KindRow { kind, row }| (kind, row.into())).collect())
}

/// What the acting store wrote in a version.
pub(crate) async fn find(tx: &mut TenantTx, kind: Kind, version: i64) -> Result<Option<Present>, DbError> {
    let store = tx.acting();
    let row: Option<Row> = sqlx::query_as(
        "select version, subject, body from mail_template where dealership_id = $1 and kind = $2 and version = $3",
    )
    .bind(store)
    .bind(kind.id())
    .bind(version)
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Present::from))
}

/// Keeps what the acting store writes from now on; false when somebody else's version has this number.
pub(crate) async fn keep(tx: &mut TenantTx, kind: Kind, next: &Present) -> Result<bool, DbError> {
    let (store, now, person) = (tx.acting(), tx.now().to_sqlx(), tx.ctx().person());
    let kept = sqlx::query(
        "insert into mail_template (dealership_id, kind, version, subject, body, saved_by, saved_at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
    )
    .bind(store)
    .bind(kind.id())
    .bind(next.version)
    .bind(next.own.as_ref().map(|own| own.subject.as_ref()))
    .bind(next.own.as_ref().map(|own| own.body.as_ref()))
    .bind(person)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(kept.rows_affected() == 1)
}

#[derive(sqlx::FromRow)]
struct KeptRow {
    #[sqlx(flatten)]
    row: Row,
    saved_by_name: Option<String>,
    saved_at: jiff_sqlx::Timestamp,
}

/// The versions of a message's text, newest first.
pub(crate) async fn versions(tx: &mut TenantTx, kind: Kind) -> Result<Vec<Kept>, DbError> {
    let store = tx.acting();
    let rows: Vec<KeptRow> = sqlx::query_as(
        "select t.version, t.subject, t.body, m.name as saved_by_name, t.saved_at
         from mail_template t
         left join identity_v_member m on m.dealership_id = t.dealership_id and m.person_id = t.saved_by
         where t.dealership_id = $1 and t.kind = $2
         order by t.version desc limit $3",
    )
    .bind(store)
    .bind(kind.id())
    .bind(SHOWN)
    .fetch_all(tx.conn())
    .await?;
    let kept = |KeptRow { row, saved_by_name, saved_at }| Kept {
        present: row.into(),
        saved_at: saved_at.to_jiff(),
        saved_by: saved_by_name,
    };
    Ok(rows.into_iter().map(kept).collect())
}
