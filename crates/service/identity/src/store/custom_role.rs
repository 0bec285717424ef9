//! The roles that stores made for themselves.

use std::collections::BTreeMap;

use autolytiq_authz::Changes;
use autolytiq_db::{DbError, SystemTx, TenantTx};
use autolytiq_kernel::{DealershipId, PersonId};
use jiff_sqlx::ToSqlx;
use sqlx::types::Json;

use super::role_of;
use crate::domain::custom_role::{CustomRole, CustomRoleId, RoleBook, read_changes, written};

#[derive(sqlx::FromRow)]
struct RoleRow {
    id: CustomRoleId,
    name: String,
    base: String,
    parent_id: Option<CustomRoleId>,
    changes: Json<BTreeMap<String, String>>,
    version: i64,
}

impl TryFrom<RoleRow> for CustomRole {
    type Error = DbError;

    fn try_from(row: RoleRow) -> Result<Self, DbError> {
        // One at a time: a permission that the product no longer has takes no other with it.
        let read = |(name, reach): (String, String)| read_changes(&BTreeMap::from([(name, reach)])).unwrap_or_default();
        let changes: Changes = row.changes.0.into_iter().flat_map(read).collect();
        Ok(Self {
            id: row.id,
            name: row.name,
            base: role_of("custom_role", &row.base)?,
            parent: row.parent_id,
            changes,
            version: row.version,
        })
    }
}

/// The roles of the acting store.
pub(crate) async fn book(tx: &mut TenantTx) -> Result<RoleBook, DbError> {
    let store = tx.acting();
    let rows: Vec<RoleRow> = sqlx::query_as(
        "select id, name, base, parent_id, changes, version
         from custom_role where dealership_id = $1 order by lower(name)",
    )
    .bind(store)
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(TryFrom::try_from).collect::<Result<_, _>>().map(RoleBook)
}

/// The roles of a store that nobody acts for yet.
pub(crate) async fn book_of(tx: &mut SystemTx, store: DealershipId) -> Result<RoleBook, DbError> {
    let rows: Vec<RoleRow> = sqlx::query_as(
        "select id, name, base, parent_id, changes, version
         from custom_role where dealership_id = $1 order by lower(name)",
    )
    .bind(store)
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(TryFrom::try_from).collect::<Result<_, _>>().map(RoleBook)
}

/// Waits for whoever changes the roles of this store: of two changes at once the second sees the first.
pub(crate) async fn lock(tx: &mut TenantTx) -> Result<(), DbError> {
    let store = tx.acting();
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('custom_role:' || $1::text, 0))")
        .bind(store)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// A new role of the acting store.
pub(crate) async fn insert(tx: &mut TenantTx, role: &CustomRole) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    sqlx::query(
        "insert into custom_role (dealership_id, id, name, base, parent_id, changes, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)",
    )
    .bind(store)
    .bind(role.id)
    .bind(&role.name)
    .bind(role.base.as_str())
    .bind(role.parent)
    .bind(Json(written(&role.changes)))
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Saves name and changes over the version they were made from.
pub(crate) async fn update(tx: &mut TenantTx, role: &CustomRole) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let saved = sqlx::query(
        "update custom_role set name = $3, changes = $4, version = version + 1, updated_at = $5
         where dealership_id = $1 and id = $2 and version = $6",
    )
    .bind(store)
    .bind(role.id)
    .bind(&role.name)
    .bind(Json(written(&role.changes)))
    .bind(now)
    .bind(role.version)
    .execute(tx.conn())
    .await?;
    if saved.rows_affected() == 1 { Ok(()) } else { Err(DbError::Stale) }
}

/// Removes a role that nobody has.
pub(crate) async fn delete(tx: &mut TenantTx, id: CustomRoleId) -> Result<(), DbError> {
    let store = tx.acting();
    sqlx::query("delete from custom_role where dealership_id = $1 and id = $2")
        .bind(store)
        .bind(id)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The people with one of these roles, also those whose access has ended.
pub(crate) async fn holders(tx: &mut TenantTx, roles: &[CustomRoleId]) -> Result<Vec<PersonId>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_scalar(
        "select person_id from membership where dealership_id = $1 and custom_role_id = any ($2) order by person_id",
    )
    .bind(store)
    .bind(roles)
    .fetch_all(tx.conn())
    .await?)
}

/// How many people have each role.
pub(crate) async fn counts(tx: &mut TenantTx) -> Result<BTreeMap<CustomRoleId, i64>, DbError> {
    let store = tx.acting();
    let rows: Vec<(CustomRoleId, i64)> = sqlx::query_as(
        "select custom_role_id, count(*) from membership
         where dealership_id = $1 and custom_role_id is not null group by custom_role_id",
    )
    .bind(store)
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().collect())
}
