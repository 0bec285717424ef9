//! Groups and stores.

use autolytiq_db::{DbError, SystemTx, TenantTx};
use autolytiq_kernel::{DealershipId, GroupId, StoreZone};
use jiff_sqlx::ToSqlx;

use crate::domain::{
    name::Name,
    place::StorePlace,
    profile::{NewStore, StoreProfile},
};

#[derive(sqlx::FromRow)]
pub(super) struct StoreRow {
    dealership_id: DealershipId,
    group_id: GroupId,
    name: String,
    time_zone: String,
    state: String,
    county: Option<String>,
    city: Option<String>,
    zip: Option<String>,
    street: Option<String>,
    demo: bool,
}

impl TryFrom<StoreRow> for StoreProfile {
    type Error = DbError;

    fn try_from(row: StoreRow) -> Result<Self, Self::Error> {
        let wrong = |column, error: &dyn std::error::Error| DbError::inconsistent("dealership", column, error);
        let name_of = |text: Option<String>, column| {
            text.map(TryFrom::try_from)
                .transpose()
                .map_err(|error: crate::domain::place::NotAPlace| wrong(column, &error))
        };
        Ok(Self {
            id: row.dealership_id,
            group: row.group_id,
            name: row.name,
            zone: StoreZone::named(&row.time_zone).map_err(|error| wrong("time_zone", &error))?,
            place: StorePlace {
                state: row.state.try_into().map_err(|error| wrong("state", &error))?,
                county: name_of(row.county, "county")?,
                city: name_of(row.city, "city")?,
                zip: row.zip.map(TryFrom::try_from).transpose().map_err(|error| wrong("zip", &error))?,
            },
            street: row.street,
            demo: row.demo,
        })
    }
}

/// Whether the installation has any store. Takes the lock that founding holds to its commit, so that of two set-ups at
/// once the second sees the first.
pub(crate) async fn lock_founding(tx: &mut SystemTx) -> Result<bool, DbError> {
    /// Any number that nothing else locks.
    const FOUNDING: i64 = 0x6175_746f_6c79_7469;
    sqlx::query("select pg_advisory_xact_lock($1)").bind(FOUNDING).execute(tx.conn()).await?;
    any(tx).await
}

/// Whether there is any store.
pub(crate) async fn any(tx: &mut SystemTx) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar("select exists (select from dealership)").fetch_one(tx.conn()).await?)
}

/// A new group.
pub(crate) async fn insert_group(tx: &mut SystemTx, name: &Name) -> Result<GroupId, DbError> {
    let (id, now) = (tx.new_id::<GroupId>(), tx.now().to_sqlx());
    sqlx::query("insert into dealer_group (id, name, created_at) values ($1, $2, $3)")
        .bind(id)
        .bind(name.as_str())
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(id)
}

/// A new store of a group, with desk defaults that say nothing.
pub(crate) async fn insert(tx: &mut SystemTx, group: GroupId, store: &NewStore) -> Result<DealershipId, DbError> {
    let (id, now) = (tx.new_id::<DealershipId>(), tx.now().to_sqlx());
    sqlx::query(
        "insert into dealership (dealership_id, group_id, name, time_zone, state, county, city, zip, street, demo,
                                 created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)",
    )
    .bind(id)
    .bind(group)
    .bind(store.name.as_str())
    .bind(store.zone.name())
    .bind(store.place.state.as_str())
    .bind(store.place.county.as_ref().map(|county| county.as_str()))
    .bind(store.place.city.as_ref().map(|city| city.as_str()))
    .bind(store.place.zip.as_ref().map(|zip| zip.as_str()))
    .bind(store.street.as_ref().map(|street| street.as_str()))
    .bind(store.demo)
    .bind(now)
    .execute(tx.conn())
    .await?;
    sqlx::query("insert into desk_settings (dealership_id, updated_at) values ($1, $2)")
        .bind(id)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(id)
}

/// The acting store.
pub(crate) async fn acting(tx: &mut TenantTx) -> Result<StoreProfile, DbError> {
    let store = tx.acting();
    let row: StoreRow = sqlx::query_as(
        "select dealership_id, group_id, name, time_zone, state, county, city, zip, street, demo
         from dealership where dealership_id = $1",
    )
    .bind(store)
    .fetch_one(tx.conn())
    .await?;
    row.try_into()
}

/// Every store the context may read, by name.
pub(crate) async fn readable(tx: &mut TenantTx) -> Result<Vec<StoreProfile>, DbError> {
    let stores = tx.ctx().readable().to_vec();
    let rows: Vec<StoreRow> = sqlx::query_as(
        "select dealership_id, group_id, name, time_zone, state, county, city, zip, street, demo
         from dealership where dealership_id = any ($1) order by name, dealership_id",
    )
    .bind(stores)
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(TryFrom::try_from).collect()
}

/// How many stores the group of the acting store has, also those that nobody here may read.
pub(crate) async fn count_in_group(tx: &mut TenantTx) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar("select identity_stores_in_group()").fetch_one(tx.conn()).await?)
}

/// One store, before any context exists.
pub(crate) async fn by_id(tx: &mut SystemTx, store: DealershipId) -> Result<Option<StoreProfile>, DbError> {
    let row: Option<StoreRow> = sqlx::query_as(
        "select dealership_id, group_id, name, time_zone, state, county, city, zip, street, demo
         from dealership where dealership_id = $1",
    )
    .bind(store)
    .fetch_optional(tx.conn())
    .await?;
    row.map(TryFrom::try_from).transpose()
}
