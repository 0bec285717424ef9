//! The tables `deal` and `deal_counter`.

use autolytiq_authz::Owners;
use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::{CustomerId, DealId, PencilId, PersonId, VehicleId};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;

use crate::domain::{policy::Standing, state::DealState};

/// The number before a store's first deal.
const BEFORE_FIRST: i64 = 10_000;

/// A deal without its pencils.
#[derive(Clone, Debug)]
pub(crate) struct Deal {
    pub(crate) id: DealId,
    /// The number as the desk says it: `D-10482`.
    pub(crate) shown_number: String,
    pub(crate) state: DealState,
    pub(crate) deal_date: Date,
    pub(crate) customer: CustomerId,
    pub(crate) vehicle: VehicleId,
    pub(crate) salesperson: PersonId,
    pub(crate) newest_pencil: Option<PencilId>,
    pub(crate) pencils: i32,
    pub(crate) keeps_rates: bool,
    pub(crate) approved: Option<(PersonId, Timestamp)>,
    pub(crate) version: i64,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

impl Deal {
    /// What decides about an action.
    pub(crate) fn standing(&self) -> Standing {
        Standing { state: self.state, salesperson: self.salesperson, penciled: self.newest_pencil.is_some() }
    }
}

/// A deal's number as the desk says it: as the store numbered when it was opened. Before stores could choose, there was one
/// way.
pub(super) fn shown(number: i64, stored: Option<String>) -> String {
    stored.unwrap_or_else(|| format!("D-{number}"))
}

#[derive(sqlx::FromRow)]
struct DealRow {
    id: DealId,
    number: i64,
    shown_number: Option<String>,
    state: String,
    deal_date: jiff_sqlx::Date,
    customer_id: CustomerId,
    vehicle_id: VehicleId,
    salesperson_id: PersonId,
    newest_pencil_id: Option<PencilId>,
    pencils: i32,
    keeps_rates: bool,
    approved_by: Option<PersonId>,
    approved_at: Option<jiff_sqlx::Timestamp>,
    version: i64,
    created_at: jiff_sqlx::Timestamp,
    updated_at: jiff_sqlx::Timestamp,
}

impl TryFrom<DealRow> for Deal {
    type Error = DbError;

    fn try_from(row: DealRow) -> Result<Self, DbError> {
        Ok(Self {
            id: row.id,
            shown_number: shown(row.number, row.shown_number),
            state: row.state.parse().map_err(|error| DbError::inconsistent("deal", "state", error))?,
            deal_date: row.deal_date.to_jiff(),
            customer: row.customer_id,
            vehicle: row.vehicle_id,
            salesperson: row.salesperson_id,
            newest_pencil: row.newest_pencil_id,
            pencils: row.pencils,
            keeps_rates: row.keeps_rates,
            approved: row.approved_by.zip(row.approved_at.map(|at| at.to_jiff())),
            version: row.version,
            created_at: row.created_at.to_jiff(),
            updated_at: row.updated_at.to_jiff(),
        })
    }
}

/// The columns of [`DealRow`], for a query that begins with them.
macro_rules! select_deal {
    ($rest:literal) => {
        concat!(
            "select id, number, shown_number, state, deal_date, customer_id, vehicle_id, salesperson_id, newest_pencil_id, pencils, ",
            "keeps_rates, approved_by, approved_at, version, created_at, updated_at from deal ",
            $rest
        )
    };
}

/// The deal with this id, if its salesperson is among these people.
pub(crate) async fn find(tx: &mut TenantTx, id: DealId, of: &Owners) -> Result<Option<Deal>, DbError> {
    let store = tx.acting();
    let row: Option<DealRow> = sqlx::query_as(select_deal!(
        "where dealership_id = $1 and id = $2 and ($3::uuid[] is null or salesperson_id = any ($3))"
    ))
    .bind(store)
    .bind(id)
    .bind(of.filter())
    .fetch_optional(tx.conn())
    .await?;
    row.map(Deal::try_from).transpose()
}

/// As [`find`], and nobody else changes the deal until the transaction ends.
pub(crate) async fn lock(tx: &mut TenantTx, id: DealId, of: &Owners) -> Result<Option<Deal>, DbError> {
    let store = tx.acting();
    let row: Option<DealRow> = sqlx::query_as(select_deal!(
        "where dealership_id = $1 and id = $2 and ($3::uuid[] is null or salesperson_id = any ($3)) for update"
    ))
    .bind(store)
    .bind(id)
    .bind(of.filter())
    .fetch_optional(tx.conn())
    .await?;
    row.map(Deal::try_from).transpose()
}

/// Deals of a person that are still worked, oldest first, locked for a change.
pub(crate) async fn lock_open_of(tx: &mut TenantTx, person: PersonId, most: i64) -> Result<Vec<Deal>, DbError> {
    let store = tx.acting();
    let rows: Vec<DealRow> = sqlx::query_as(select_deal!(
        "where dealership_id = $1 and salesperson_id = $2
           and state in ('draft', 'submitted', 'approved', 'rejected', 'reopened')
         order by id limit $3 for update"
    ))
    .bind(store)
    .bind(person)
    .bind(most)
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(Deal::try_from).collect()
}

/// Makes somebody else the salesperson of a locked deal.
pub(crate) async fn give_to(tx: &mut TenantTx, id: DealId, person: PersonId) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    sqlx::query(
        "update deal set salesperson_id = $3, updated_at = $4, version = version + 1 where dealership_id = $1 and id = $2",
    )
    .bind(store)
    .bind(id)
    .bind(person)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The store's next deal number. Others who want one wait until this transaction ends; if it is given up, so is the
/// number, and the next deal takes it.
pub(crate) async fn next_number(tx: &mut TenantTx) -> Result<i64, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_scalar(
        "insert into deal_counter as c (dealership_id, last_number) values ($1, $2 + 1)
         on conflict (dealership_id) do update set last_number = c.last_number + 1
         returning last_number",
    )
    .bind(store)
    .bind(BEFORE_FIRST)
    .fetch_one(tx.conn())
    .await?)
}

/// The store's last deal number.
pub(crate) async fn last_number(tx: &mut TenantTx) -> Result<i64, DbError> {
    let store = tx.acting();
    let last: Option<i64> = sqlx::query_scalar("select last_number from deal_counter where dealership_id = $1")
        .bind(store)
        .fetch_optional(tx.conn())
        .await?;
    Ok(last.unwrap_or(BEFORE_FIRST))
}

/// As [`last_number`], and nobody takes a number until this transaction ends.
pub(crate) async fn lock_numbers(tx: &mut TenantTx) -> Result<i64, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_scalar(
        "insert into deal_counter as c (dealership_id, last_number) values ($1, $2)
         on conflict (dealership_id) do update set last_number = c.last_number
         returning last_number",
    )
    .bind(store)
    .bind(BEFORE_FIRST)
    .fetch_one(tx.conn())
    .await?)
}

/// Has the store's next deal follow this number. The numbers are locked.
pub(crate) async fn set_last_number(tx: &mut TenantTx, number: i64) -> Result<(), DbError> {
    let store = tx.acting();
    sqlx::query("update deal_counter set last_number = $2 where dealership_id = $1")
        .bind(store)
        .bind(number)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// What a new deal consists of.
pub(crate) struct NewDeal<'a> {
    pub(crate) id: DealId,
    pub(crate) number: i64,
    pub(crate) shown_number: &'a str,
    pub(crate) deal_date: Date,
    pub(crate) customer: CustomerId,
    pub(crate) vehicle: VehicleId,
    pub(crate) salesperson: PersonId,
    pub(crate) search_text: &'a str,
}

pub(crate) async fn insert(tx: &mut TenantTx, deal: &NewDeal<'_>) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    sqlx::query(
        "insert into deal (dealership_id, id, number, state, deal_date, customer_id, vehicle_id, salesperson_id,
                           search_text, created_at, updated_at, shown_number)
         values ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $9, $9, $10)",
    )
    .bind(store)
    .bind(deal.id)
    .bind(deal.number)
    .bind(deal.deal_date.to_sqlx())
    .bind(deal.customer)
    .bind(deal.vehicle)
    .bind(deal.salesperson)
    .bind(deal.search_text)
    .bind(now)
    .bind(deal.shown_number)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Writes what can change of a deal over its version, and what search finds it by.
pub(crate) async fn save(tx: &mut TenantTx, deal: &Deal, search_text: &str) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let done = sqlx::query(
        "update deal
         set state = $4, newest_pencil_id = $5, pencils = $6, keeps_rates = $7, approved_by = $8, approved_at = $9,
             search_text = $10, updated_at = $11, version = version + 1
         where dealership_id = $1 and id = $2 and version = $3",
    )
    .bind(store)
    .bind(deal.id)
    .bind(deal.version)
    .bind(deal.state.as_str())
    .bind(deal.newest_pencil)
    .bind(deal.pencils)
    .bind(deal.keeps_rates)
    .bind(deal.approved.map(|(by, _)| by))
    .bind(deal.approved.map(|(_, at)| at.to_sqlx()))
    .bind(search_text)
    .bind(now)
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::Stale) }
}

/// The deals of a customer, the oldest first.
pub(crate) async fn of_customer(tx: &mut TenantTx, customer: CustomerId) -> Result<Vec<Deal>, DbError> {
    let store = tx.acting();
    let rows: Vec<DealRow> =
        sqlx::query_as(select_deal!("where dealership_id = $1 and customer_id = $2 order by number"))
            .bind(store)
            .bind(customer)
            .fetch_all(tx.conn())
            .await?;
    rows.into_iter().map(Deal::try_from).collect()
}

/// Writes what search finds a deal by. Nothing about the deal itself changes, so neither does its version.
pub(crate) async fn write_search_text(tx: &mut TenantTx, id: DealId, search_text: &str) -> Result<(), DbError> {
    let store = tx.acting();
    sqlx::query("update deal set search_text = $3 where dealership_id = $1 and id = $2")
        .bind(store)
        .bind(id)
        .bind(search_text)
        .execute(tx.conn())
        .await?;
    Ok(())
}
