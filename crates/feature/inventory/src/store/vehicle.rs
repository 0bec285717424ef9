//! The table `vehicle`.

use std::collections::HashSet;

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::VehicleId;
use autolytiq_money::Money;
use autolytiq_tax::{Condition, Fuel, VehicleClass};
use jiff_sqlx::ToSqlx;
use std::collections::HashMap;
use uuid::Uuid;

use crate::{
    api::{Vehicle, VehicleName, VehicleStatus},
    domain::{
        vehicle::{VehicleFacts, label},
        vin::Vin,
    },
};

#[derive(sqlx::FromRow)]
pub(super) struct VehicleRow {
    id: VehicleId,
    stock_number: String,
    vin: String,
    condition: String,
    year: i16,
    make: String,
    model: String,
    trim: Option<String>,
    body_class: Option<String>,
    class: Option<String>,
    odometer: i32,
    msrp: Option<i64>,
    price: Option<i64>,
    cost: Option<i64>,
    weight_lb: Option<i32>,
    mpg: Option<i16>,
    fuel: Option<String>,
    received_on: jiff_sqlx::Date,
    status: String,
    held_by: Option<Uuid>,
    version: i64,
    created_at: jiff_sqlx::Timestamp,
    updated_at: jiff_sqlx::Timestamp,
}

impl TryFrom<VehicleRow> for Vehicle {
    type Error = DbError;

    fn try_from(row: VehicleRow) -> Result<Self, DbError> {
        let wrong = |column: &'static str| {
            move || DbError::inconsistent("vehicle", column, "a value the domain has no word for")
        };
        let fuel = row.fuel.map(|text| Fuel::from_word(&text).ok_or_else(wrong("fuel"))).transpose()?;
        let class = row.class.map(|text| VehicleClass::from_word(&text).ok_or_else(wrong("class"))).transpose()?;
        Ok(Self {
            id: row.id,
            status: row.status.parse().map_err(|_| wrong("status")())?,
            held_by: row.held_by,
            version: row.version,
            created_at: row.created_at.to_jiff(),
            updated_at: row.updated_at.to_jiff(),
            facts: VehicleFacts {
                stock_number: row.stock_number,
                vin: Vin::parse(&row.vin).map_err(|fault| DbError::inconsistent("vehicle", "vin", fault.code))?,
                condition: Condition::from_word(&row.condition).ok_or_else(wrong("condition"))?,
                year: u16::try_from(row.year).map_err(|_| wrong("year")())?,
                make: row.make,
                model: row.model,
                trim: row.trim,
                body_class: row.body_class,
                class,
                odometer: u32::try_from(row.odometer).map_err(|_| wrong("odometer")())?,
                msrp: row.msrp.map(Money::from_cents),
                price: row.price.map(Money::from_cents),
                cost: row.cost.map(Money::from_cents),
                weight_lb: row.weight_lb.map(u32::try_from).transpose().map_err(|_| wrong("weight_lb")())?,
                mpg: row.mpg.map(u16::try_from).transpose().map_err(|_| wrong("mpg")())?,
                fuel,
                received_on: row.received_on.to_jiff(),
            },
        })
    }
}

/// The columns of [`VehicleRow`], for a query that begins with them.
macro_rules! select_vehicle {
    ($rest:literal) => {
        concat!(select_vehicle!(), $rest)
    };
    () => {
        concat!(
            "select v.id, v.stock_number, v.vin, v.condition, v.year, v.make, v.model, v.trim, v.body_class, v.class, ",
            "v.odometer, v.msrp, v.price, v.cost, v.weight_lb, v.mpg, v.fuel, v.received_on, v.status, v.held_by, ",
            "v.version, v.created_at, v.updated_at from vehicle v "
        )
    };
}
pub(super) use select_vehicle;

pub(crate) async fn find(tx: &mut TenantTx, id: VehicleId) -> Result<Option<Vehicle>, DbError> {
    let store = tx.acting();
    let row: Option<VehicleRow> = sqlx::query_as(select_vehicle!("where v.dealership_id = $1 and v.id = $2"))
        .bind(store)
        .bind(id)
        .fetch_optional(tx.conn())
        .await?;
    row.map(Vehicle::try_from).transpose()
}

/// As [`find`], and nobody else changes the row until the transaction ends.
pub(crate) async fn lock(tx: &mut TenantTx, id: VehicleId) -> Result<Option<Vehicle>, DbError> {
    let store = tx.acting();
    let row: Option<VehicleRow> =
        sqlx::query_as(select_vehicle!("where v.dealership_id = $1 and v.id = $2 for update"))
            .bind(store)
            .bind(id)
            .fetch_optional(tx.conn())
            .await?;
    row.map(Vehicle::try_from).transpose()
}

/// Those of these stock numbers that a vehicle of the store has.
pub(crate) async fn taken_among(tx: &mut TenantTx, numbers: &[String]) -> Result<HashSet<String>, DbError> {
    let store = tx.acting();
    let taken: Vec<String> =
        sqlx::query_scalar("select stock_number from vehicle where dealership_id = $1 and stock_number = any ($2)")
            .bind(store)
            .bind(numbers)
            .fetch_all(tx.conn())
            .await?;
    Ok(taken.into_iter().collect())
}

/// False when another vehicle has the stock number; whoever was about to take it was waited for.
pub(crate) async fn insert(tx: &mut TenantTx, id: VehicleId, facts: &VehicleFacts) -> Result<bool, DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let query = sqlx::query(
        "insert into vehicle (dealership_id, id, stock_number, vin, condition, year, make, model, trim, body_class, class,
                              odometer, msrp, price, cost, weight_lb, mpg, fuel, received_on, search_text,
                              created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $21)
         on conflict (dealership_id, stock_number) do nothing",
    )
    .bind(store)
    .bind(id);
    let done = bind_facts(query, facts)?.bind(now).execute(tx.conn()).await?;
    Ok(done.rows_affected() == 1)
}

/// Writes the facts over those of this version.
pub(crate) async fn update(
    tx: &mut TenantTx,
    id: VehicleId,
    version: i64,
    facts: &VehicleFacts,
) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let query = sqlx::query(
        "update vehicle
         set stock_number = $3, vin = $4, condition = $5, year = $6, make = $7, model = $8, trim = $9, body_class = $10,
             class = $11, odometer = $12, msrp = $13, price = $14, cost = $15, weight_lb = $16, mpg = $17, fuel = $18,
             received_on = $19, search_text = $20, updated_at = $21, version = version + 1
         where dealership_id = $1 and id = $2 and version = $22",
    )
    .bind(store)
    .bind(id);
    let done = bind_facts(query, facts)?.bind(now).bind(version).execute(tx.conn()).await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::Stale) }
}

/// Moves the vehicle to another status. The caller has locked it.
pub(crate) async fn set_status(
    tx: &mut TenantTx,
    id: VehicleId,
    status: VehicleStatus,
    held_by: Option<Uuid>,
) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    sqlx::query(
        "update vehicle set status = $3, held_by = $4, updated_at = $5, version = version + 1
         where dealership_id = $1 and id = $2",
    )
    .bind(store)
    .bind(id)
    .bind(status.as_str())
    .bind(held_by)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

type Query<'q> = sqlx::query::Query<'q, sqlx::Postgres, sqlx::postgres::PgArguments>;

/// Binds the facts as `$3` to `$20`.
fn bind_facts<'q>(query: Query<'q>, facts: &'q VehicleFacts) -> Result<Query<'q>, DbError> {
    let too_large = |column: &'static str| move |_| DbError::inconsistent("vehicle", column, "past its checked range");
    Ok(query
        .bind(&facts.stock_number)
        .bind(facts.vin.as_str())
        .bind(facts.condition.word())
        .bind(i16::try_from(facts.year).map_err(too_large("year"))?)
        .bind(&facts.make)
        .bind(&facts.model)
        .bind(&facts.trim)
        .bind(&facts.body_class)
        .bind(facts.class.map(VehicleClass::word))
        .bind(i32::try_from(facts.odometer).map_err(too_large("odometer"))?)
        .bind(facts.msrp.map(Money::cents))
        .bind(facts.price.map(Money::cents))
        .bind(facts.cost.map(Money::cents))
        .bind(facts.weight_lb.map(i32::try_from).transpose().map_err(too_large("weight_lb"))?)
        .bind(facts.mpg.map(i16::try_from).transpose().map_err(too_large("mpg"))?)
        .bind(facts.fuel.map(Fuel::word))
        .bind(facts.received_on.to_sqlx())
        .bind(facts.search_text()))
}

#[derive(sqlx::FromRow)]
struct NameRow {
    id: VehicleId,
    stock_number: String,
    year: i16,
    make: String,
    model: String,
    trim: Option<String>,
}

/// Names alone: a page of a list is read more often than anything else.
pub(crate) async fn names(tx: &mut TenantTx, ids: &[VehicleId]) -> Result<HashMap<VehicleId, VehicleName>, DbError> {
    let store = tx.acting();
    // Joined, so that each id is looked up by the key: an index of a list's order holds ids too, and is read as a whole.
    let rows: Vec<NameRow> = sqlx::query_as(
        "select v.id, v.stock_number, v.year, v.make, v.model, v.trim
         from vehicle v join unnest($2::uuid[]) wanted (id) on wanted.id = v.id
         where v.dealership_id = $1",
    )
    .bind(store)
    .bind(ids)
    .fetch_all(tx.conn())
    .await?;
    let name = |row: NameRow| {
        let label = label(row.year, &row.make, &row.model, row.trim.as_deref());
        (row.id, VehicleName { stock_number: row.stock_number, label })
    };
    Ok(rows.into_iter().map(name).collect())
}
