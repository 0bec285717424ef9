//! How a store numbers, and where its series of stock numbers stand.

use autolytiq_db::{DbError, TenantTx};
use jiff_sqlx::ToSqlx;
use sqlx::types::Json;

use crate::domain::numbering::{DealNumbers, Numbering, Series, StockNumbers};

/// The number before the first of a series.
const BEFORE_FIRST: i64 = 1_000;

#[derive(sqlx::FromRow)]
struct Row {
    deals: Json<DealNumbers>,
    new_vehicles: Option<Json<StockNumbers>>,
    used_vehicles: Option<Json<StockNumbers>>,
    version: i64,
}

/// How the acting store numbers, with the version; a store that never said is at version 0.
pub(crate) async fn read(tx: &mut TenantTx) -> Result<(Numbering, i64), DbError> {
    let store = tx.acting();
    let row: Option<Row> =
        sqlx::query_as("select deals, new_vehicles, used_vehicles, version from numbering where dealership_id = $1")
            .bind(store)
            .fetch_optional(tx.conn())
            .await?;
    let read = |row: Row| {
        let numbering = Numbering {
            deals: row.deals.0,
            new_vehicles: row.new_vehicles.map(|json| json.0),
            used_vehicles: row.used_vehicles.map(|json| json.0),
        };
        (numbering, row.version)
    };
    Ok(row.map_or_else(|| (Numbering::default(), 0), read))
}

/// Saves over the version that was read, and returns the new one.
pub(crate) async fn write(tx: &mut TenantTx, numbering: &Numbering, version: i64) -> Result<i64, DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let saved: Option<i64> = sqlx::query_scalar(
        "insert into numbering as n (dealership_id, deals, new_vehicles, used_vehicles, updated_at)
         select $1, $2, $3, $4, $5 where $6 = 0 or exists (select from numbering where dealership_id = $1)
         on conflict (dealership_id) do update
             set deals = $2, new_vehicles = $3, used_vehicles = $4, updated_at = $5, version = n.version + 1
             where n.version = $6
         returning version",
    )
    .bind(store)
    .bind(Json(&numbering.deals))
    .bind(numbering.new_vehicles.as_ref().map(Json))
    .bind(numbering.used_vehicles.as_ref().map(Json))
    .bind(now)
    .bind(version)
    .fetch_optional(tx.conn())
    .await?;
    saved.ok_or(DbError::Stale)
}

/// The last number of a series.
pub(crate) async fn last(tx: &mut TenantTx, series: Series) -> Result<i64, DbError> {
    let store = tx.acting();
    let last: Option<i64> =
        sqlx::query_scalar("select last_number from number_counter where dealership_id = $1 and series = $2")
            .bind(store)
            .bind(series.as_str())
            .fetch_optional(tx.conn())
            .await?;
    Ok(last.unwrap_or(BEFORE_FIRST))
}

/// As [`last`], and whoever else wants a number of the series waits until this transaction ends.
pub(crate) async fn lock(tx: &mut TenantTx, series: Series) -> Result<i64, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_scalar(
        "insert into number_counter as c (dealership_id, series, last_number) values ($1, $2, $3)
         on conflict (dealership_id, series) do update set last_number = c.last_number
         returning last_number",
    )
    .bind(store)
    .bind(series.as_str())
    .bind(BEFORE_FIRST)
    .fetch_one(tx.conn())
    .await?)
}

/// Moves a locked series on.
pub(crate) async fn set_last(tx: &mut TenantTx, series: Series, number: i64) -> Result<(), DbError> {
    let store = tx.acting();
    sqlx::query("update number_counter set last_number = $3 where dealership_id = $1 and series = $2")
        .bind(store)
        .bind(series.as_str())
        .bind(number)
        .execute(tx.conn())
        .await?;
    Ok(())
}
