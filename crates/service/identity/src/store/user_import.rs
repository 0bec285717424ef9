//! Lists of people that were imported.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::{PersonId, typed_id};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

typed_id! {
    /// One imported list of people.
    UserImportId = "user_import",
}

/// An import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UserImport {
    pub(crate) id: UserImportId,
    pub(crate) file_name: Option<String>,
    pub(crate) added: i32,
    pub(crate) created_by: PersonId,
    pub(crate) created_at: Timestamp,
    /// When it was taken back, by whom, and how many people that removed.
    pub(crate) undone: Option<(Timestamp, PersonId, i32)>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: UserImportId,
    file_name: Option<String>,
    added: i32,
    created_by: PersonId,
    created_at: jiff_sqlx::Timestamp,
    undone_at: Option<jiff_sqlx::Timestamp>,
    undone_by: Option<PersonId>,
    removed: Option<i32>,
}

impl From<Row> for UserImport {
    fn from(row: Row) -> Self {
        let undone = row.undone_at.zip(row.undone_by).zip(row.removed);
        Self {
            id: row.id,
            file_name: row.file_name,
            added: row.added,
            created_by: row.created_by,
            created_at: row.created_at.to_jiff(),
            undone: undone.map(|((at, by), removed)| (at.to_jiff(), by, removed)),
        }
    }
}

/// As many imports as are listed.
const SHOWN: i64 = 20;

/// The last imports of the acting store, newest first.
pub(crate) async fn list(tx: &mut TenantTx) -> Result<Vec<UserImport>, DbError> {
    let store = tx.acting();
    let rows: Vec<Row> = sqlx::query_as(
        "select id, file_name, added, created_by, created_at, undone_at, undone_by, removed
         from user_import where dealership_id = $1 order by created_at desc, id desc limit $2",
    )
    .bind(store)
    .bind(SHOWN)
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(UserImport::from).collect())
}

/// An import of the acting store, locked: of two who take it back at once the second sees what the first did.
pub(crate) async fn lock(tx: &mut TenantTx, id: UserImportId) -> Result<Option<UserImport>, DbError> {
    let store = tx.acting();
    let row: Option<Row> = sqlx::query_as(
        "select id, file_name, added, created_by, created_at, undone_at, undone_by, removed
         from user_import where dealership_id = $1 and id = $2 for update",
    )
    .bind(store)
    .bind(id)
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(UserImport::from))
}

/// A new import; the people come after it.
pub(crate) async fn insert(tx: &mut TenantTx, import: &UserImport) -> Result<(), DbError> {
    let store = tx.acting();
    sqlx::query(
        "insert into user_import (dealership_id, id, file_name, added, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(store)
    .bind(import.id)
    .bind(import.file_name.as_deref())
    .bind(import.added)
    .bind(import.created_by)
    .bind(import.created_at.to_sqlx())
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Notes with which import these people came.
pub(crate) async fn claim(tx: &mut TenantTx, id: UserImportId, people: &[PersonId]) -> Result<(), DbError> {
    let store = tx.acting();
    sqlx::query("update membership set import_id = $2 where dealership_id = $1 and person_id = any ($3)")
        .bind(store)
        .bind(id)
        .bind(people)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Somebody whom taking an import back removed.
#[derive(sqlx::FromRow)]
pub(crate) struct Removed {
    pub(crate) who: PersonId,
    pub(crate) called: String,
    pub(crate) address: String,
    pub(crate) held: String,
}

/// Removes whoever of an import has not come yet.
pub(crate) async fn remove(tx: &mut TenantTx, id: UserImportId) -> Result<Vec<Removed>, DbError> {
    let now = tx.now().to_sqlx();
    Ok(sqlx::query_as("select who, called, address, held from identity_undo_user_import($1, $2)")
        .bind(id)
        .bind(now)
        .fetch_all(tx.conn())
        .await?)
}

/// Notes that an import was taken back.
pub(crate) async fn mark_undone(
    tx: &mut TenantTx,
    id: UserImportId,
    by: PersonId,
    removed: i32,
) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    sqlx::query(
        "update user_import set undone_by = $3, undone_at = $4, removed = $5 where dealership_id = $1 and id = $2",
    )
    .bind(store)
    .bind(id)
    .bind(by)
    .bind(now)
    .bind(removed)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Which of these addresses the acting store knows, and whether they still have access.
pub(crate) async fn known(tx: &mut TenantTx, emails: &[String]) -> Result<Vec<(String, bool)>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_as("select email, active from membership where dealership_id = $1 and email = any ($2)")
        .bind(store)
        .bind(emails)
        .fetch_all(tx.conn())
        .await?)
}
