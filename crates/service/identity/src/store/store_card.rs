//! What a store tells of itself.

use std::collections::BTreeMap;

use autolytiq_db::{DbError, TenantTx};
use jiff_sqlx::ToSqlx;
use sqlx::types::Json;

use super::dealership;
use crate::domain::{
    logo::Logo,
    name::Name,
    store_card::{OpenHours, StoreCard},
};

#[derive(sqlx::FromRow)]
struct Row {
    phone: Option<String>,
    licence_numbers: Option<String>,
    hours: Json<BTreeMap<String, OpenHours>>,
    logo: Option<String>,
    version: i64,
}

/// The card of the acting store and its version.
pub(crate) async fn read(tx: &mut TenantTx) -> Result<(StoreCard, i64), DbError> {
    let store = dealership::acting(tx).await?;
    let row: Row =
        sqlx::query_as("select phone, licence_numbers, hours, logo, version from dealership where dealership_id = $1")
            .bind(store.id)
            .fetch_one(tx.conn())
            .await?;
    let name =
        |text: &str, column| Name::parse(text).map_err(|error| DbError::inconsistent("dealership", column, error));
    let card = StoreCard {
        name: name(&store.name, "name")?,
        time_zone: store.zone.name().to_owned(),
        place: store.place,
        street: store.street.as_deref().map(|street| name(street, "street")).transpose()?,
        phone: row.phone,
        licence_numbers: row.licence_numbers.as_deref().map(|text| name(text, "licence_numbers")).transpose()?,
        hours: row.hours.0,
        logo: row.logo,
    };
    Ok((card, row.version))
}

/// Saves the card over the version it was made from, and returns the new one.
pub(crate) async fn write(tx: &mut TenantTx, card: &StoreCard, version: i64) -> Result<i64, DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let saved: Option<i64> = sqlx::query_scalar(
        "update dealership set name = $3, time_zone = $4, state = $5, county = $6, city = $7, zip = $8, street = $9,
                phone = $10, licence_numbers = $11, hours = $12, logo = $13, version = version + 1, updated_at = $14
         where dealership_id = $1 and version = $2
         returning version",
    )
    .bind(store)
    .bind(version)
    .bind(card.name.as_str())
    .bind(&card.time_zone)
    .bind(card.place.state.as_str())
    .bind(card.place.county.as_ref().map(|county| county.as_str()))
    .bind(card.place.city.as_ref().map(|city| city.as_str()))
    .bind(card.place.zip.as_ref().map(|zip| zip.as_str()))
    .bind(card.street.as_ref().map(Name::as_str))
    .bind(card.phone.as_deref())
    .bind(card.licence_numbers.as_ref().map(Name::as_str))
    .bind(Json(&card.hours))
    .bind(card.logo.as_deref())
    .bind(now)
    .fetch_optional(tx.conn())
    .await?;
    saved.ok_or(DbError::Stale)
}

/// Keeps a picture; false when the store has it already.
pub(crate) async fn add_logo(tx: &mut TenantTx, logo: &Logo) -> Result<bool, DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let added = sqlx::query(
        "insert into store_logo (dealership_id, digest, kind, bytes, created_at) values ($1, $2, $3, $4, $5)
         on conflict do nothing",
    )
    .bind(store)
    .bind(logo.digest())
    .bind(logo.kind)
    .bind(&logo.bytes)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(added.rows_affected() > 0)
}

/// A picture of the acting store. What it is is asked of its bytes again.
pub(crate) async fn logo(tx: &mut TenantTx, digest: &str) -> Result<Option<Logo>, DbError> {
    let store = tx.acting();
    let bytes: Option<Vec<u8>> =
        sqlx::query_scalar("select bytes from store_logo where dealership_id = $1 and digest = $2")
            .bind(store)
            .bind(digest)
            .fetch_optional(tx.conn())
            .await?;
    bytes
        .map(|bytes| Logo::accept(bytes).map_err(|error| DbError::inconsistent("store_logo", "bytes", error)))
        .transpose()
}
