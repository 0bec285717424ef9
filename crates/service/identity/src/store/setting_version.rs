//! Every version of a store's settings.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::PersonId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use serde_json::Value;
use sqlx::types::Json;

use crate::domain::setting::Setting;

/// A version of a setting.
pub(crate) struct Kept {
    pub(crate) version: i64,
    pub(crate) saved_at: Option<Timestamp>,
    /// Whoever saved it, as the store calls them.
    pub(crate) saved_by: Option<String>,
    pub(crate) value: Value,
}

/// As many versions as are shown.
const SHOWN: i64 = 50;

/// Keeps the version that was just saved. The one before it is kept too, if nobody has: it is from before versions were.
pub(crate) async fn keep<T: Serialize + Sync>(
    tx: &mut TenantTx,
    setting: Setting,
    (old, before): (i64, &T),
    (new, after): (i64, &T),
) -> Result<(), DbError> {
    let (store, now, person) = (tx.acting(), tx.now().to_sqlx(), tx.ctx().person());
    for (version, value, by, at) in [(old, before, None, None), (new, after, person, Some(now))] {
        sqlx::query(
            "insert into setting_version (dealership_id, setting, version, value, saved_by, saved_at)
             values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
        )
        .bind(store)
        .bind(setting.as_str())
        .bind(version)
        .bind(Json(value))
        .bind(by)
        .bind(at)
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    version: i64,
    value: Json<Value>,
    saved_by: Option<PersonId>,
    saved_by_name: Option<String>,
    saved_at: Option<jiff_sqlx::Timestamp>,
}

/// The versions of a setting, newest first.
pub(crate) async fn list(tx: &mut TenantTx, setting: Setting) -> Result<Vec<Kept>, DbError> {
    let store = tx.acting();
    let rows: Vec<Row> = sqlx::query_as(
        "select v.version, v.value, v.saved_by, m.name as saved_by_name, v.saved_at
         from setting_version v
         left join membership m on m.dealership_id = v.dealership_id and m.person_id = v.saved_by
         where v.dealership_id = $1 and v.setting = $2
         order by v.version desc limit $3",
    )
    .bind(store)
    .bind(setting.as_str())
    .bind(SHOWN)
    .fetch_all(tx.conn())
    .await?;
    let kept = |row: Row| Kept {
        version: row.version,
        saved_at: row.saved_at.map(jiff_sqlx::Timestamp::to_jiff),
        saved_by: row.saved_by.and(row.saved_by_name),
        value: row.value.0,
    };
    Ok(rows.into_iter().map(kept).collect())
}

/// What a setting was in a version.
pub(crate) async fn find(tx: &mut TenantTx, setting: Setting, version: i64) -> Result<Option<Value>, DbError> {
    let store = tx.acting();
    let row: Option<Json<Value>> = sqlx::query_scalar(
        "select value from setting_version where dealership_id = $1 and setting = $2 and version = $3",
    )
    .bind(store)
    .bind(setting.as_str())
    .bind(version)
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|json| json.0))
}
