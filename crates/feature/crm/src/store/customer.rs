//! The table `customer`.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::CustomerId;
use autolytiq_secrets::{BlindIndex, Sealed};
use autolytiq_tax::Place;
use jiff_sqlx::ToSqlx;
use std::collections::HashMap;

use crate::{
    api::Customer,
    domain::{
        contact::{Email, Phone},
        customer::{CustomerFacts, Keep},
    },
};

#[derive(sqlx::FromRow)]
pub(super) struct CustomerRow {
    id: CustomerId,
    first_name: String,
    last_name: String,
    email: Option<String>,
    phone: Option<String>,
    street: Option<String>,
    state: Option<String>,
    county: Option<String>,
    city: Option<String>,
    zip: Option<String>,
    district: Option<String>,
    notes: Option<String>,
    date_of_birth_on_file: bool,
    version: i64,
    created_at: jiff_sqlx::Timestamp,
    updated_at: jiff_sqlx::Timestamp,
    erased_at: Option<jiff_sqlx::Timestamp>,
}

impl TryFrom<CustomerRow> for Customer {
    type Error = DbError;

    fn try_from(row: CustomerRow) -> Result<Self, DbError> {
        let email = row.email.as_deref().map(Email::parse).transpose();
        let phone = row.phone.as_deref().map(Phone::parse).transpose();
        Ok(Self {
            id: row.id,
            version: row.version,
            created_at: row.created_at.to_jiff(),
            updated_at: row.updated_at.to_jiff(),
            erased_at: row.erased_at.map(|at| at.to_jiff()),
            date_of_birth_on_file: row.date_of_birth_on_file,
            facts: CustomerFacts {
                first_name: row.first_name,
                last_name: row.last_name,
                email: email.map_err(|fault| DbError::inconsistent("customer", "email", fault.code))?,
                phone: phone.map_err(|fault| DbError::inconsistent("customer", "phone", fault.code))?,
                street: row.street,
                place: row.state.map(|state| Place {
                    state,
                    county: row.county,
                    city: row.city,
                    zip: row.zip,
                    district: row.district,
                }),
                notes: row.notes,
            },
        })
    }
}

/// The columns of [`CustomerRow`], for a query that begins with them.
macro_rules! select_customer {
    ($rest:literal) => {
        concat!(
            "select c.id, c.first_name, c.last_name, c.email, c.phone, c.street, c.state, c.county, c.city, c.zip, c.district, ",
            "c.notes, c.date_of_birth is not null as date_of_birth_on_file, c.version, c.created_at, c.updated_at, ",
            "c.erased_at ",
            "from customer c ",
            $rest
        )
    };
}
pub(super) use select_customer;

pub(crate) async fn find(tx: &mut TenantTx, id: CustomerId) -> Result<Option<Customer>, DbError> {
    let store = tx.acting();
    let row: Option<CustomerRow> = sqlx::query_as(select_customer!("where c.dealership_id = $1 and c.id = $2"))
        .bind(store)
        .bind(id)
        .fetch_optional(tx.conn())
        .await?;
    row.map(Customer::try_from).transpose()
}

/// As [`find`], and nobody else changes the row until the transaction ends.
pub(crate) async fn lock(tx: &mut TenantTx, id: CustomerId) -> Result<Option<Customer>, DbError> {
    let store = tx.acting();
    let row: Option<CustomerRow> =
        sqlx::query_as(select_customer!("where c.dealership_id = $1 and c.id = $2 for update"))
            .bind(store)
            .bind(id)
            .fetch_optional(tx.conn())
            .await?;
    row.map(Customer::try_from).transpose()
}

/// The sealed date of birth.
pub(crate) async fn date_of_birth(tx: &mut TenantTx, id: CustomerId) -> Result<Option<Sealed>, DbError> {
    let store = tx.acting();
    let row: Option<Option<Sealed>> =
        sqlx::query_scalar("select date_of_birth from customer where dealership_id = $1 and id = $2")
            .bind(store)
            .bind(id)
            .fetch_optional(tx.conn())
            .await?;
    Ok(row.flatten())
}

/// What is written beside the facts.
pub(crate) struct Derived {
    pub(crate) email_index: Option<BlindIndex>,
    pub(crate) phone_index: Option<BlindIndex>,
    pub(crate) date_of_birth: Keep<Sealed>,
}

pub(crate) async fn insert(
    tx: &mut TenantTx,
    id: CustomerId,
    facts: &CustomerFacts,
    derived: Derived,
) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let place = facts.place.as_ref();
    let born = match derived.date_of_birth {
        Keep::Set(sealed) => Some(sealed),
        Keep::Keep | Keep::Remove => None,
    };
    sqlx::query(
        "insert into customer (dealership_id, id, first_name, last_name, email, phone, email_index, phone_index, street,
                               state, county, city, zip, district, notes, date_of_birth, sort_name, search_text,
                               created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19)",
    )
    .bind(store)
    .bind(id)
    .bind(&facts.first_name)
    .bind(&facts.last_name)
    .bind(facts.email.as_ref().map(Email::as_str))
    .bind(facts.phone.as_ref().map(Phone::as_str))
    .bind(derived.email_index)
    .bind(derived.phone_index)
    .bind(&facts.street)
    .bind(place.map(|place| &place.state))
    .bind(place.and_then(|place| place.county.as_ref()))
    .bind(place.and_then(|place| place.city.as_ref()))
    .bind(place.and_then(|place| place.zip.as_ref()))
    .bind(place.and_then(|place| place.district.as_ref()))
    .bind(&facts.notes)
    .bind(born)
    .bind(facts.sort_name())
    .bind(facts.search_text())
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Writes the facts over those of this version.
pub(crate) async fn update(
    tx: &mut TenantTx,
    id: CustomerId,
    version: i64,
    facts: &CustomerFacts,
    derived: Derived,
) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let place = facts.place.as_ref();
    let (keep, born) = match derived.date_of_birth {
        Keep::Keep => (true, None),
        Keep::Remove => (false, None),
        Keep::Set(sealed) => (false, Some(sealed)),
    };
    let done = sqlx::query(
        "update customer
         set first_name = $4, last_name = $5, email = $6, phone = $7, email_index = $8, phone_index = $9, street = $10,
             state = $11, county = $12, city = $13, zip = $14, district = $15, notes = $16,
             date_of_birth = case when $17 then date_of_birth else $18 end,
             sort_name = $19, search_text = $20, updated_at = $21, version = version + 1
         where dealership_id = $1 and id = $2 and version = $3",
    )
    .bind(store)
    .bind(id)
    .bind(version)
    .bind(&facts.first_name)
    .bind(&facts.last_name)
    .bind(facts.email.as_ref().map(Email::as_str))
    .bind(facts.phone.as_ref().map(Phone::as_str))
    .bind(derived.email_index)
    .bind(derived.phone_index)
    .bind(&facts.street)
    .bind(place.map(|place| &place.state))
    .bind(place.and_then(|place| place.county.as_ref()))
    .bind(place.and_then(|place| place.city.as_ref()))
    .bind(place.and_then(|place| place.zip.as_ref()))
    .bind(place.and_then(|place| place.district.as_ref()))
    .bind(&facts.notes)
    .bind(keep)
    .bind(born)
    .bind(facts.sort_name())
    .bind(facts.search_text())
    .bind(now)
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(DbError::Stale) }
}

/// Names alone: a page of a list is read more often than anything else.
pub(crate) async fn names(tx: &mut TenantTx, ids: &[CustomerId]) -> Result<HashMap<CustomerId, String>, DbError> {
    let store = tx.acting();
    // Joined, so that each id is looked up by the key: an index of a list's order holds ids too, and is read as a whole.
    let rows: Vec<(CustomerId, String)> = sqlx::query_as(
        "select c.id, c.first_name || ' ' || c.last_name
         from customer c join unnest($2::uuid[]) wanted (id) on wanted.id = c.id
         where c.dealership_id = $1",
    )
    .bind(store)
    .bind(ids)
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().collect())
}

/// Writes the words of an erased customer over everything that was known, and empties what search reads.
pub(crate) async fn erase(tx: &mut TenantTx, id: CustomerId, (first, last): (&str, &str)) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    sqlx::query(
        "update customer
         set first_name = $3, last_name = $4, email = null, phone = null, email_index = null, phone_index = null,
             street = null, state = null, county = null, city = null, zip = null, district = null, notes = null,
             date_of_birth = null, sort_name = '', search_text = '', erased_at = $5, updated_at = $5,
             version = version + 1
         where dealership_id = $1 and id = $2",
    )
    .bind(store)
    .bind(id)
    .bind(first)
    .bind(last)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}
