//! The ZIP ranges of an import of boundaries, and the areas they lie in.

use super::import::RateImportId;
use crate::import::{Area, Range};
use autolytiq_db::{DbError, TenantTx};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx as _;

/// Writes ranges of a new import.
pub(crate) async fn insert(tx: &mut TenantTx, import: RateImportId, ranges: &[Range]) -> Result<(), DbError> {
    let store = tx.acting();
    // Few days and many ranges: days travel as their distance from a fixed one.
    let days = |day: Date| -> i32 { Date::constant(1900, 1, 1).until(day).map_or(0, |span| span.get_days()) };
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

/// The areas that a ZIP's addresses lie in on a day. With four further digits, a record for them decides if there is one.
pub(crate) async fn areas(
    tx: &mut TenantTx,
    import: RateImportId,
    zip: i32,
    four: Option<i32>,
    day: Date,
) -> Result<Vec<Area>, DbError> {
    if let Some(four) = four {
        let exact = zip * 10_000 + four;
        let found = between(tx, import, &[true], (exact, exact), day).await?;
        if !found.is_empty() {
            return Ok(found);
        }
        return between(tx, import, &[false], (exact, exact), day).await;
    }
    between(tx, import, &[true, false], (zip * 10_000, zip * 10_000 + 9_999), day).await
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
        areas.extend(rows.into_iter().map(|(county, county_name, place, districts)| Area {
            county,
            county_name,
            place,
            districts: districts.split_whitespace().map(ToOwned::to_owned).collect(),
        }));
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
                from new full join old using (plus4, low, high)"
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

/// The first ranges that differ: kind of record, both ends, before, after.
pub(crate) async fn sample(
    tx: &mut TenantTx,
    new: RateImportId,
    old: Option<RateImportId>,
    day: Date,
    what: usize,
) -> Result<Vec<(bool, i32, i32, Option<String>, Option<String>)>, DbError> {
    let store = tx.acting();
    let condition =
        ["old.label is null", "new.label <> old.label", "new.label is null"].get(what).copied().unwrap_or("false");
    let query = format!(
        "{BOTH} select plus4, low, high, old.label, new.label from new full join old using (plus4, low, high)
                where {condition} order by low, plus4 limit 20"
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
const BOTH: &str = "with labelled as (
    select it.import_id, plus4, low, high,
           string_agg(distinct concat_ws(', ', nullif(county_name, ''), 'place ' || nullif(place, ''),
                                         'districts ' || nullif(districts, '')), ' or ') as label
    from rate_import_range it
    join rate_import_area on rate_import_area.dealership_id = it.dealership_id
     and rate_import_area.import_id = it.import_id and number = area
    where it.dealership_id = $1 and it.import_id in ($2, $3)
      and first_day <= $4 and (last_day is null or last_day >= $4)
    group by it.import_id, plus4, low, high),
    new as (select * from labelled where import_id = $2), old as (select * from labelled where import_id = $3)";
