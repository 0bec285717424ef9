//! The desk defaults of a store.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_money::{Money, Rate, Rounding};
use jiff_sqlx::ToSqlx;
use rust_decimal::Decimal;
use sqlx::types::Json;

use crate::domain::{
    desk::{DeskDefaults, DeskFee},
    place::StorePlace,
    tax_settings::Elections,
};

#[derive(sqlx::FromRow)]
struct DeskRow {
    doc_fee: i64,
    pack: i64,
    acquisition_fee: Option<i64>,
    fees: Json<Vec<DeskFee>>,
    finance_term_months: Option<i16>,
    finance_rate: Option<Decimal>,
    lease_term_months: Option<i16>,
    lease_money_factor: Option<Decimal>,
    lease_residual_percent: Option<Decimal>,
    annual_miles: Option<i32>,
    registration_place: Option<Json<StorePlace>>,
    elections: Json<Elections>,
    version: i64,
}

/// The defaults of the acting store and their version.
pub(crate) async fn read(tx: &mut TenantTx) -> Result<(DeskDefaults, i64), DbError> {
    let store = tx.acting();
    let row: DeskRow = sqlx::query_as(
        "select doc_fee, pack, acquisition_fee, fees, finance_term_months, finance_rate, lease_term_months,
                lease_money_factor, lease_residual_percent, annual_miles, registration_place, elections, version
         from desk_settings where dealership_id = $1",
    )
    .bind(store)
    .fetch_one(tx.conn())
    .await?;
    let rate = |value: Option<Decimal>, column| {
        value
            .map(|value| Rate::from_decimal(value, Rounding::HalfEven))
            .transpose()
            .map_err(|error| DbError::inconsistent("desk_settings", column, error))
    };
    let count = |value: Option<i16>| value.and_then(|value| u16::try_from(value).ok());
    let defaults = DeskDefaults {
        doc_fee: Money::from_cents(row.doc_fee),
        fees: row.fees.0,
        pack: Money::from_cents(row.pack),
        finance_term_months: count(row.finance_term_months),
        finance_rate: rate(row.finance_rate, "finance_rate")?,
        lease_term_months: count(row.lease_term_months),
        lease_money_factor: rate(row.lease_money_factor, "lease_money_factor")?,
        lease_residual_percent: rate(row.lease_residual_percent, "lease_residual_percent")?,
        acquisition_fee: row.acquisition_fee.map(Money::from_cents),
        annual_miles: row.annual_miles.and_then(|miles| u32::try_from(miles).ok()),
        registration_place: row.registration_place.map(|place| place.0),
        elections: row.elections.0,
    };
    Ok((defaults, row.version))
}

/// Saves the defaults over the version they were made from, and returns the new one.
pub(crate) async fn write(tx: &mut TenantTx, defaults: &DeskDefaults, version: i64) -> Result<i64, DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let term = |months: Option<u16>| months.and_then(|months| i16::try_from(months).ok());
    let saved: Option<i64> = sqlx::query_scalar(
        "update desk_settings set doc_fee = $3, pack = $4, acquisition_fee = $5, fees = $6, finance_term_months = $7,
                finance_rate = $8, lease_term_months = $9, lease_money_factor = $10, lease_residual_percent = $11,
                annual_miles = $12, registration_place = $14, elections = $15, version = version + 1, updated_at = $13
         where dealership_id = $1 and version = $2
         returning version",
    )
    .bind(store)
    .bind(version)
    .bind(defaults.doc_fee.cents())
    .bind(defaults.pack.cents())
    .bind(defaults.acquisition_fee.map(Money::cents))
    .bind(Json(&defaults.fees))
    .bind(term(defaults.finance_term_months))
    .bind(defaults.finance_rate.map(Rate::to_decimal))
    .bind(term(defaults.lease_term_months))
    .bind(defaults.lease_money_factor.map(Rate::to_decimal))
    .bind(defaults.lease_residual_percent.map(Rate::to_decimal))
    .bind(defaults.annual_miles.and_then(|miles| i32::try_from(miles).ok()))
    .bind(now)
    .bind(defaults.registration_place.as_ref().map(Json))
    .bind(Json(&defaults.elections))
    .fetch_optional(tx.conn())
    .await?;
    saved.ok_or(DbError::Stale)
}
