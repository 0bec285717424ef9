//! The rates of an import.

use super::import::RateImportId;
use crate::data::RateRow;
use crate::import::{Coded, Levy};
use autolytiq_db::{DbError, TenantTx};
use autolytiq_money::{Money, Rate, Rounding};
use autolytiq_tax::{AppliesTo, Level};
use rust_decimal::Decimal;

/// Rows of one statement.
const BATCH: usize = 5_000;

/// Writes the rates of a new import.
pub(crate) async fn insert(tx: &mut TenantTx, import: RateImportId, levies: &[Levy]) -> Result<(), DbError> {
    let store = tx.acting();
    for batch in levies.chunks(BATCH) {
        let texts = |of: fn(&Levy) -> &str| batch.iter().map(|levy| of(levy).to_owned()).collect::<Vec<String>>();
        sqlx::query(
            "insert into rate_import_levy (dealership_id, import_id, line, coded, code, county, area, level, tax, name,
                                           rate, amount, applies_to, first_day, last_day, verified, reason)
             select $1, $2, line, coded, code, county, area, level, tax, name, rate, amount, applies_to,
                    first_day::date, last_day::date, verified, reason
             from unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                         $10::text[], $11::numeric[], $12::bigint[], $13::text[], $14::text[], $15::text[],
                         $16::boolean[], $17::text[])
                  as new (line, coded, code, county, area, level, tax, name, rate, amount, applies_to, first_day,
                          last_day, verified, reason)",
        )
        .bind(store)
        .bind(import)
        .bind(batch.iter().map(|levy| i64::try_from(levy.line).unwrap_or(i64::MAX)).collect::<Vec<_>>())
        .bind(batch.iter().map(|levy| levy.coded.as_ref().map(|(kind, _)| kind.word())).collect::<Vec<_>>())
        .bind(texts(|levy| levy.coded.as_ref().map_or("", |(_, code)| code)))
        .bind(texts(|levy| &levy.row.county))
        .bind(texts(|levy| &levy.row.area))
        .bind(texts(|levy| levy.row.level.word()))
        .bind(texts(|levy| &levy.row.tax))
        .bind(texts(|levy| &levy.row.name))
        .bind(batch.iter().map(|levy| levy.row.rate.to_decimal()).collect::<Vec<Decimal>>())
        .bind(batch.iter().map(|levy| levy.row.amount.map(Money::cents)).collect::<Vec<_>>())
        .bind(texts(|levy| levy.row.applies_to.word()))
        .bind(batch.iter().map(|levy| levy.row.effective.to_string()).collect::<Vec<_>>())
        .bind(batch.iter().map(|levy| levy.row.until.map(|last| last.to_string())).collect::<Vec<_>>())
        .bind(batch.iter().map(|levy| levy.row.verified).collect::<Vec<_>>())
        .bind(texts(|levy| &levy.row.reason))
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    line: i64,
    coded: Option<String>,
    code: String,
    county: String,
    area: String,
    level: String,
    tax: String,
    name: String,
    rate: Decimal,
    amount: Option<i64>,
    applies_to: String,
    first_day: jiff_sqlx::Date,
    last_day: Option<jiff_sqlx::Date>,
    verified: bool,
    reason: String,
}

/// The rates of an import in the order of their lines.
pub(crate) async fn all(tx: &mut TenantTx, import: RateImportId) -> Result<Vec<Levy>, DbError> {
    let store = tx.acting();
    let rows: Vec<Row> = sqlx::query_as(
        "select line, coded, code, county, area, level, tax, name, rate, amount, applies_to, first_day, last_day,
                verified, reason
         from rate_import_levy where dealership_id = $1 and import_id = $2 order by line",
    )
    .bind(store)
    .bind(import)
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(levy).collect()
}

fn levy(row: Row) -> Result<Levy, DbError> {
    let odd = |column, word: &str| DbError::inconsistent("rate_import_levy", column, word);
    let coded = match &row.coded {
        Some(word) => Some((Coded::from_word(word).ok_or_else(|| odd("coded", word))?, row.code)),
        None => None,
    };
    let rate = Rate::from_decimal(row.rate, Rounding::HalfEven)
        .map_err(|error| DbError::inconsistent("rate_import_levy", "rate", error))?;
    Ok(Levy {
        line: row.line.unsigned_abs(),
        coded,
        row: RateRow {
            county: row.county,
            area: row.area,
            level: Level::from_word(&row.level).ok_or_else(|| odd("level", &row.level))?,
            tax: row.tax,
            name: row.name,
            rate,
            amount: row.amount.map(Money::from_cents),
            applies_to: AppliesTo::from_word(&row.applies_to).ok_or_else(|| odd("applies_to", &row.applies_to))?,
            effective: row.first_day.to_jiff(),
            verified: row.verified,
            reason: row.reason,
            until: row.last_day.map(jiff_sqlx::Date::to_jiff),
        },
    })
}
