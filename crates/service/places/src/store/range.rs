//! The ZIP ranges of an import of boundaries, and the areas they lie in.

use super::import::RateImportId;
use super::{address, area, days};
use crate::import::{Area, Range};
use crate::street::StreetAddress;
use autolytiq_db::{DbError, TenantTx};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx as _;

/// Writes ranges of a new import.
pub(crate) async fn insert(tx: &mut TenantTx, import: RateImportId, ranges: &[Range]) -> Result<(), DbError> {
    let store = tx.acting();
    sqlx::query(
        "insert into rate_import_range (dealership_id, import_id, plus4, low, high, line, first_day, last_day, area)
         select $1, $2, plus4, low, high, line, date '1900-01-01' + first, date '1900-01-01' + last, area
         from unnest($3::boolean[], $4::integer[], $5::integer[], $6::bigint[], $7::integer[], $8::integer[],
                     $9::integer[]) as new (plus4, low, high, line, first, last, area)",
    )
    .bind(store)
    .bind(import)
    .bind(ranges.iter().map(|range| range.plus4).collect::<Vec<_>>())
    .bind(ranges.iter().map(|range| range.low).collect::<Vec<_>>())
    .bind(ranges.iter().map(|range| range.high).collect::<Vec<_>>())
    .bind(ranges.iter().map(|range| i64::try_from(range.line).unwrap_or(i64::MAX)).collect::<Vec<_>>())
    .bind(ranges.iter().map(|range| days(range.first)).collect::<Vec<_>>())
    .bind(ranges.iter().map(|range| range.last.map(days)).collect::<Vec<_>>())
    .bind(ranges.iter().map(|range| range.area).collect::<Vec<_>>())
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Writes the areas of a new import.
pub(crate) async fn insert_areas(
    tx: &mut TenantTx,
    import: RateImportId,
    areas: &[(i32, Area)],
) -> Result<(), DbError> {
    let store = tx.acting();
    for batch in areas.chunks(5_000) {
        sqlx::query(
            "insert into rate_import_area (dealership_id, import_id, number, county, county_name, place, districts)
             select $1, $2, * from unnest($3::integer[], $4::text[], $5::text[], $6::text[], $7::text[])",
        )
        .bind(store)
        .bind(import)
        .bind(batch.iter().map(|(number, _)| *number).collect::<Vec<_>>())
        .bind(batch.iter().map(|(_, area)| area.county.clone()).collect::<Vec<_>>())
        .bind(batch.iter().map(|(_, area)| area.county_name.clone()).collect::<Vec<_>>())
        .bind(batch.iter().map(|(_, area)| area.place.clone()).collect::<Vec<_>>())
        .bind(batch.iter().map(|(_, area)| area.districts.join(" ")).collect::<Vec<_>>())
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}

/// What is known of an address: its ZIP, the four further digits, the street.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) zip: i32,
    pub(crate) four: Option<i32>,
    pub(crate) address: Option<&'a StreetAddress>,
}

/// The areas that an address may lie in on a day. A record for its house decides; if there is none, one for the four further
/// digits; if there is none, those for the ZIP. Of a ZIP alone all that its addresses lie in.
pub(crate) async fn areas(
    tx: &mut TenantTx,
    import: RateImportId,
    known: Known<'_>,
    day: Date,
) -> Result<Vec<Area>, DbError> {
    let Known { zip, four, address } = known;
    if let Some(address) = address {
        let found = address::areas(tx, import, zip, address, day).await?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    if let Some(four) = four {
        let exact = zip * 10_000 + four;
        let found = between(tx, import, &[true], (exact, exact), day).await?;
        if !found.is_empty() {
            return Ok(found);
        }
        return between(tx, import, &[false], (exact, exact), day).await;
    }
    let mut found = between(tx, import, &[true, false], (zip * 10_000, zip * 10_000 + 9_999), day).await?;
    if address.is_none() {
        found.extend(address::areas_of_zip(tx, import, zip, day).await?);
        found.sort_unstable();
        found.dedup();
    }
    Ok(found)
}

async fn between(
    tx: &mut TenantTx,
    import: RateImportId,
    kinds: &[bool],
    (from, to): (i32, i32),
    day: Date,
) -> Result<Vec<Area>, DbError> {
    let store = tx.acting();
    let mut areas = Vec::new();
    for plus4 in kinds {
        // A ZIP+4 range stays in its ZIP, so the index leads to it; ZIP ranges are few.
        let least = if *plus4 { from / 10_000 * 10_000 } else { 0 };
        let rows: Vec<(String, String, String, String)> = sqlx::query_as(
            "select distinct county, county_name, place, districts
             from rate_import_range it
             join rate_import_area on rate_import_area.dealership_id = it.dealership_id
              and rate_import_area.import_id = it.import_id and number = area
             where it.dealership_id = $1 and it.import_id = $2 and plus4 = $3 and low between $4 and $6 and high >= $5
               and first_day <= $7 and (last_day is null or last_day >= $7)
             order by county, place, districts",
        )
        .bind(store)
        .bind(import)
        .bind(plus4)
        .bind(least)
        .bind(from)
        .bind(to)
        .bind(day.to_sqlx())
        .fetch_all(tx.conn())
        .await?;
        areas.extend(rows.into_iter().map(area));
    }
    areas.sort_unstable();
    areas.dedup();
    Ok(areas)
}

/// How one import of boundaries differs from an earlier one on a day: ranges added, changed, removed.
pub(crate) async fn differences(
    tx: &mut TenantTx,
    new: RateImportId,
    old: Option<RateImportId>,
    day: Date,
) -> Result<[i64; 3], DbError> {
    let store = tx.acting();
    let query = format!(
        "{BOTH} select count(*) filter (where old.label is null),
                       count(*) filter (where new.label <> old.label),
                       count(*) filter (where new.label is null)
                from new full join old using (kind, zip, street, low, high, parity)"
    );
    let (added, changed, removed) = sqlx::query_as(sqlx::AssertSqlSafe(query))
        .bind(store)
        .bind(new)
        .bind(old)
        .bind(day.to_sqlx())
        .fetch_one(tx.conn())
        .await?;
    Ok([added, changed, removed])
}

/// A range that differs.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct Differing {
    /// 0 ZIP codes, 1 ZIP+4, 2 house numbers.
    pub(crate) kind: i32,
    pub(crate) zip: i32,
    pub(crate) street: String,
    pub(crate) low: i32,
    pub(crate) high: i32,
    /// 0 even, 1 odd, 2 both.
    pub(crate) parity: i32,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

/// The first ranges that differ.
pub(crate) async fn sample(
    tx: &mut TenantTx,
    new: RateImportId,
    old: Option<RateImportId>,
    day: Date,
    what: usize,
) -> Result<Vec<Differing>, DbError> {
    let store = tx.acting();
    let condition =
        ["old.label is null", "new.label <> old.label", "new.label is null"].get(what).copied().unwrap_or("false");
    let query = format!(
        "{BOTH} select kind, zip, street, low, high, parity, old.label as before, new.label as after
                from new full join old using (kind, zip, street, low, high, parity)
                where {condition} order by kind, zip, street, low, high, parity limit 20"
    );
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(query))
        .bind(store)
        .bind(new)
        .bind(old)
        .bind(day.to_sqlx())
        .fetch_all(tx.conn())
        .await?)
}

/// The ranges of both imports with their areas in words: `$1` store, `$2` new, `$3` old, `$4` day.
const BOTH: &str = "with held as (
    select import_id, plus4::integer as kind, 0 as zip, '' as street, low, high, 2 as parity, area
    from rate_import_range
    where dealership_id = $1 and import_id in ($2, $3) and first_day <= $4 and (last_day is null or last_day >= $4)
    union all
    select import_id, 2, zip, street, low, high, coalesce(parity::integer, 2), area
    from rate_import_address
    where dealership_id = $1 and import_id in ($2, $3) and first_day <= $4 and (last_day is null or last_day >= $4)),
    labelled as (
    select it.import_id, kind, zip, street, low, high, parity,
           string_agg(distinct concat_ws(', ', nullif(county_name, ''), 'place ' || nullif(place, ''),
                                         'districts ' || nullif(districts, '')), ' or ') as label
    from held it
    join rate_import_area on rate_import_area.dealership_id = $1
     and rate_import_area.import_id = it.import_id and number = area
    group by it.import_id, kind, zip, street, low, high, parity),
    new as (select * from labelled where import_id = $2), old as (select * from labelled where import_id = $3)";
