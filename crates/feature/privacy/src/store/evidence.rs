//! What the database itself tells: people, protection, logging, and who is affected by an incident.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::PersonId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody who has access, or had.
#[derive(sqlx::FromRow, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Member {
    pub(crate) person_id: PersonId,
    pub(crate) name: String,
    pub(crate) role: String,
    pub(crate) active: bool,
}

/// The people of the store by name, from identity's published view.
pub(crate) async fn members(tx: &mut TenantTx) -> Result<Vec<Member>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_as(
        "select person_id, name, role, active from identity_v_member where dealership_id = $1 order by name, person_id",
    )
    .bind(store)
    .fetch_all(tx.conn())
    .await?)
}

/// What was logged since, and how far the chain reaches.
pub(crate) struct Logged {
    pub(crate) entries: i64,
    pub(crate) protected_views: i64,
    pub(crate) exports: i64,
    pub(crate) sealed: i64,
    pub(crate) sealed_at: Option<Timestamp>,
}

pub(crate) async fn logged(tx: &mut TenantTx, since: Timestamp) -> Result<Logged, DbError> {
    let store = tx.acting();
    let (entries, protected_views, exports): (i64, i64, i64) = sqlx::query_as(
        "select count(*), count(*) filter (where action = 'customer.protected_viewed'),
                count(*) filter (where action in ('customer.exported', 'compliance.affected_listed'))
         from audit_entry where dealership_id = $1 and occurred_at >= $2",
    )
    .bind(store)
    .bind(since.to_sqlx())
    .fetch_one(tx.conn())
    .await?;
    let head: Option<(i64, jiff_sqlx::Timestamp)> = sqlx::query_as(
        "select sequence, sealed_at from audit_seal where dealership_id = $1 order by sequence desc limit 1",
    )
    .bind(store)
    .fetch_optional(tx.conn())
    .await?;
    Ok(Logged {
        entries,
        protected_views,
        exports,
        sealed: head.as_ref().map_or(0, |(sequence, _)| *sequence),
        sealed_at: head.map(|(_, at)| at.to_jiff()),
    })
}

/// Whose data stood in reach: everybody on file before `until`, or only those whose records a person changed or revealed
/// in the time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reached {
    pub(crate) from: Timestamp,
    pub(crate) until: Timestamp,
    pub(crate) person: Option<PersonId>,
}

/// The customers who are affected, with what of them stands in clear.
macro_rules! affected {
    ($head:literal, $tail:literal) => {
        concat!(
            $head,
            " from customer c where c.dealership_id = $1 and c.created_at < $3 and c.erased_at is null
               and ($4::uuid is null or c.id in (
                   select e.subject_id from audit_entry e
                   where e.dealership_id = $1 and e.person_id = $4 and e.subject_kind = 'customer'
                     and e.occurred_at >= $2 and e.occurred_at < $3
                   union
                   select d.customer_id from audit_entry e
                   join deal d on d.dealership_id = e.dealership_id and d.id = e.subject_id
                   where e.dealership_id = $1 and e.person_id = $4 and e.subject_kind = 'deal'
                     and e.occurred_at >= $2 and e.occurred_at < $3)) ",
            $tail
        )
    };
}

/// How many in a state, and what is known of them.
#[derive(sqlx::FromRow, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AffectedInState {
    /// Absent where no state is on file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<String>,
    pub(crate) customers: i64,
    pub(crate) with_email: i64,
    pub(crate) with_phone: i64,
    pub(crate) with_street: i64,
    /// Encrypted on file.
    pub(crate) with_date_of_birth: i64,
}

/// The affected customers by state, most first.
pub(crate) async fn affected(tx: &mut TenantTx, of: Reached) -> Result<Vec<AffectedInState>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_as(affected!(
        "select c.state, count(*) as customers, count(c.email) as with_email, count(c.phone) as with_phone,
                count(c.street) as with_street, count(c.date_of_birth) as with_date_of_birth",
        "group by c.state order by customers desc, c.state"
    ))
    .bind(store)
    .bind(of.from.to_sqlx())
    .bind(of.until.to_sqlx())
    .bind(of.person)
    .fetch_all(tx.conn())
    .await?)
}

/// Somebody to be told.
#[derive(sqlx::FromRow)]
pub(crate) struct AffectedCustomer {
    pub(crate) id: uuid::Uuid,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) street: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) state: Option<String>,
    pub(crate) zip: Option<String>,
}

/// The affected customers with what a letter needs, by name.
pub(crate) async fn affected_customers(tx: &mut TenantTx, of: Reached) -> Result<Vec<AffectedCustomer>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_as(affected!(
        "select c.id, c.first_name, c.last_name, c.email, c.phone, c.street, c.city, c.state, c.zip",
        "order by c.sort_name, c.id"
    ))
    .bind(store)
    .bind(of.from.to_sqlx())
    .bind(of.until.to_sqlx())
    .bind(of.person)
    .fetch_all(tx.conn())
    .await?)
}

/// Customers on file.
pub(crate) async fn customers(tx: &mut TenantTx) -> Result<i64, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_scalar("select count(*) from customer where dealership_id = $1 and erased_at is null")
        .bind(store)
        .fetch_one(tx.conn())
        .await?)
}
