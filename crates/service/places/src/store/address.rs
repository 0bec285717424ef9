//! The address ranges of an import of boundaries.

use super::import::RateImportId;
use super::{area, days};
use crate::import::{Addresses, Area};
use crate::street::StreetAddress;
use autolytiq_db::{DbError, TenantTx};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx as _;

/// Writes address ranges of a new import.
pub(crate) async fn insert(tx: &mut TenantTx, import: RateImportId, stretches: &[Addresses]) -> Result<(), DbError> {
    let store = tx.acting();
    sqlx::query(
        "insert into rate_import_address (dealership_id, import_id, zip, street, low, high, parity, line, first_day, last_day,
                                          area)
         select $1, $2, zip, street, low, high, parity, line, date '1900-01-01' + first, date '1900-01-01' + last, area
         from unnest($3::integer[], $4::text[], $5::integer[], $6::integer[], $7::smallint[], $8::bigint[], $9::integer[],
                     $10::integer[], $11::integer[]) as new (zip, street, low, high, parity, line, first, last, area)",
    )
    .bind(store)
    .bind(import)
    .bind(stretches.iter().map(|stretch| stretch.zip).collect::<Vec<_>>())
    .bind(stretches.iter().map(|stretch| stretch.street.as_str()).collect::<Vec<_>>())
    .bind(stretches.iter().map(|stretch| stretch.low).collect::<Vec<_>>())
    .bind(stretches.iter().map(|stretch| stretch.high).collect::<Vec<_>>())
    .bind(stretches.iter().map(|stretch| stretch.parity).collect::<Vec<_>>())
    .bind(stretches.iter().map(|stretch| i64::try_from(stretch.line).unwrap_or(i64::MAX)).collect::<Vec<_>>())
    .bind(stretches.iter().map(|stretch| days(stretch.first)).collect::<Vec<_>>())
    .bind(stretches.iter().map(|stretch| stretch.last.map(days)).collect::<Vec<_>>())
    .bind(stretches.iter().map(|stretch| stretch.area).collect::<Vec<_>>())
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The areas of an address on a day: of the longest spelling of its street that has a range with the house in it.
pub(crate) async fn areas(
    tx: &mut TenantTx,
    import: RateImportId,
    zip: i32,
    address: &StreetAddress,
    day: Date,
) -> Result<Vec<Area>, DbError> {
    let store = tx.acting();
    let rows: Vec<(String, String, String, String, String)> = sqlx::query_as(
        "select distinct street, county, county_name, place, districts
         from rate_import_address it
         join rate_import_area on rate_import_area.dealership_id = it.dealership_id
          and rate_import_area.import_id = it.import_id and number = area
         where it.dealership_id = $1 and it.import_id = $2 and zip = $3 and street = any ($4) and low <= $5 and high >= $5
           and (parity is null or parity = $5 % 2) and first_day <= $6 and (last_day is null or last_day >= $6)",
    )
    .bind(store)
    .bind(import)
    .bind(zip)
    .bind(&address.streets)
    .bind(address.number)
    .bind(day.to_sqlx())
    .fetch_all(tx.conn())
    .await?;
    let longest = address.streets.iter().find(|street| rows.iter().any(|(found, ..)| found == *street));
    let exact = rows.iter().filter(|(street, ..)| Some(street) == longest).cloned();
    let mut areas: Vec<_> =
        exact.map(|(_, county, name, place, districts)| area((county, name, place, districts))).collect();
    areas.sort_unstable();
    areas.dedup();
    Ok(areas)
}

/// The areas that a ZIP's address ranges lie in on a day.
pub(crate) async fn areas_of_zip(
    tx: &mut TenantTx,
    import: RateImportId,
    zip: i32,
    day: Date,
) -> Result<Vec<Area>, DbError> {
    let store = tx.acting();
    let rows = sqlx::query_as(
        "select county, county_name, place, districts from rate_import_area
         where dealership_id = $1 and import_id = $2 and number in (
             select area from rate_import_address where dealership_id = $1 and import_id = $2 and zip = $3
               and first_day <= $4 and (last_day is null or last_day >= $4))",
    )
    .bind(store)
    .bind(import)
    .bind(zip)
    .bind(day.to_sqlx())
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(area).collect())
}
