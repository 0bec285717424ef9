//! API keys and the service accounts that own some of them.

use std::net::IpAddr;

use autolytiq_authz::Permission;
use autolytiq_db::{DbError, SystemTx, TenantTx};
use autolytiq_kernel::{DealershipId, PersonId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::{seats, session::SessionState};
use crate::{
    crypto::api_key::KeyDigest,
    domain::api_key::{ApiKey, ApiKeyId, scope_of},
    store::session::KeyState,
};

/// A key to be stored.
pub(crate) struct NewKey<'a> {
    pub(crate) id: ApiKeyId,
    pub(crate) owner: PersonId,
    pub(crate) name: &'a str,
    pub(crate) digest: KeyDigest,
    pub(crate) scopes: &'a [Permission],
    pub(crate) created_by: PersonId,
    pub(crate) expires_at: Timestamp,
}

/// Stores a key of the acting store.
pub(crate) async fn insert(tx: &mut TenantTx, key: &NewKey<'_>) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let scopes: Vec<&str> = key.scopes.iter().map(|permission| permission.id()).collect();
    sqlx::query(
        "insert into api_key (dealership_id, id, person_id, name, digest, scopes, created_by, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(store)
    .bind(key.id)
    .bind(key.owner)
    .bind(key.name)
    .bind(key.digest.0.as_slice())
    .bind(scopes)
    .bind(key.created_by)
    .bind(now)
    .bind(key.expires_at.to_sqlx())
    .execute(tx.conn())
    .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct KeyRow {
    id: ApiKeyId,
    person_id: PersonId,
    owner_name: String,
    service: bool,
    name: String,
    scopes: Vec<String>,
    created_at: jiff_sqlx::Timestamp,
    expires_at: jiff_sqlx::Timestamp,
    last_used_at: Option<jiff_sqlx::Timestamp>,
    last_used_from: Option<String>,
    revoked_at: Option<jiff_sqlx::Timestamp>,
}

impl From<KeyRow> for ApiKey {
    fn from(row: KeyRow) -> Self {
        Self {
            id: row.id,
            owner: row.person_id,
            owner_name: row.owner_name,
            service: row.service,
            name: row.name,
            scopes: row.scopes,
            created_at: row.created_at.to_jiff(),
            expires_at: row.expires_at.to_jiff(),
            last_used_at: row.last_used_at.map(|at| at.to_jiff()),
            last_used_from: row.last_used_from.and_then(|text| text.parse().ok()),
            revoked_at: row.revoked_at.map(|at| at.to_jiff()),
        }
    }
}

/// The keys of the acting store, of one owner or of all, the newest first.
pub(crate) async fn list(tx: &mut TenantTx, owner: Option<PersonId>) -> Result<Vec<ApiKey>, DbError> {
    let store = tx.acting();
    let rows: Vec<KeyRow> = sqlx::query_as(
        "select k.id, k.person_id, m.name as owner_name, s.person_id is not null as service, k.name, k.scopes,
                k.created_at, k.expires_at, k.last_used_at, host(k.last_used_from) as last_used_from, k.revoked_at
         from api_key k
         join membership m on m.dealership_id = k.dealership_id and m.person_id = k.person_id
         left join service_account s on s.dealership_id = k.dealership_id and s.person_id = k.person_id
         where k.dealership_id = $1 and ($2::uuid is null or k.person_id = $2)
         order by k.created_at desc, k.id desc
         limit 500",
    )
    .bind(store)
    .bind(owner)
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(ApiKey::from).collect())
}

/// How many keys of an owner can be used now.
pub(crate) async fn usable(tx: &mut TenantTx, owner: PersonId) -> Result<i64, DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    Ok(sqlx::query_scalar(
        "select count(*) from api_key
         where dealership_id = $1 and person_id = $2 and revoked_at is null and expires_at > $3",
    )
    .bind(store)
    .bind(owner)
    .bind(now)
    .fetch_one(tx.conn())
    .await?)
}

/// Ends a key of the acting store, of this owner if one is given; gives its owner and name when it was not ended before.
pub(crate) async fn revoke(
    tx: &mut TenantTx,
    id: ApiKeyId,
    owner: Option<PersonId>,
    by: PersonId,
) -> Result<Option<(PersonId, String)>, DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    Ok(sqlx::query_as(
        "update api_key set revoked_at = $4, revoked_by = $5
         where dealership_id = $1 and id = $2 and ($3::uuid is null or person_id = $3) and revoked_at is null
         returning person_id, name",
    )
    .bind(store)
    .bind(id)
    .bind(owner)
    .bind(now)
    .bind(by)
    .fetch_optional(tx.conn())
    .await?)
}

/// Whether there is such a key, ended or not.
pub(crate) async fn exists(tx: &mut TenantTx, id: ApiKeyId, owner: Option<PersonId>) -> Result<bool, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_scalar(
        "select exists (select from api_key
                        where dealership_id = $1 and id = $2 and ($3::uuid is null or person_id = $3))",
    )
    .bind(store)
    .bind(id)
    .bind(owner)
    .fetch_one(tx.conn())
    .await?)
}

#[derive(sqlx::FromRow)]
struct StateRow {
    person_id: PersonId,
    dealership_id: DealershipId,
    digest: Vec<u8>,
    scopes: Vec<String>,
    expires_at: jiff_sqlx::Timestamp,
    revoked: bool,
    service: bool,
}

/// What a request that carries a key needs to know of it.
pub(crate) async fn state(tx: &mut SystemTx, id: ApiKeyId) -> Result<Option<SessionState>, DbError> {
    let row: Option<StateRow> = sqlx::query_as(
        "select k.person_id, k.dealership_id, k.digest, k.scopes, k.expires_at, k.revoked_at is not null as revoked,
                s.person_id is not null as service
         from api_key k
         left join service_account s on s.dealership_id = k.dealership_id and s.person_id = k.person_id
         where k.id = $1",
    )
    .bind(id)
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let digest = row.digest.try_into().map_err(|_| DbError::inconsistent("api_key", "digest", "not 32 bytes"))?;
    // A key is for one store, whatever else its owner has access to.
    let access = seats::of(tx, row.person_id).await?.only(row.dealership_id);
    let key = KeyState {
        digest: KeyDigest(digest),
        dealership: row.dealership_id,
        scope: scope_of(&row.scopes),
        expires_at: row.expires_at.to_jiff(),
        service: row.service,
    };
    Ok(Some(SessionState { person: row.person_id, ended: row.revoked, access, key: Some(key) }))
}

/// Notes that a key was used.
pub(crate) async fn used(tx: &mut SystemTx, id: ApiKeyId, from: Option<IpAddr>) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query("update api_key set last_used_at = $2, last_used_from = $3::inet where id = $1")
        .bind(id)
        .bind(now)
        .bind(from.map(|address| address.to_string()))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The stores that have keys which end between now and `until` and whose owners have not been reminded.
pub(crate) async fn stores_to_remind(tx: &mut SystemTx, until: Timestamp) -> Result<Vec<DealershipId>, DbError> {
    let now = tx.now().to_sqlx();
    Ok(sqlx::query_scalar(
        "select distinct dealership_id from api_key
         where revoked_at is null and reminded_at is null and expires_at > $1 and expires_at <= $2
         order by dealership_id limit 1000",
    )
    .bind(now)
    .bind(until.to_sqlx())
    .fetch_all(tx.conn())
    .await?)
}

/// A key that ends soon, and who is told.
#[derive(sqlx::FromRow)]
pub(crate) struct EndingKey {
    pub(crate) name: String,
    pub(crate) owner: String,
    pub(crate) expires_at: jiff_sqlx::Timestamp,
    /// The owner; of a service account's key whoever made it.
    pub(crate) to_name: String,
    pub(crate) to_email: String,
    pub(crate) service: bool,
}

/// Marks the keys of the acting store that end soon as reminded of, and gives those with somebody to tell.
pub(crate) async fn take_ending(tx: &mut TenantTx, until: Timestamp) -> Result<Vec<EndingKey>, DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    Ok(sqlx::query_as(
        "with ending as (
             update api_key set reminded_at = $2
             where dealership_id = $1 and revoked_at is null and reminded_at is null
               and expires_at > $2 and expires_at <= $3
             returning person_id, name, created_by, expires_at
         )
         select e.name, o.name as owner, e.expires_at, r.name as to_name, r.email as to_email,
                s.person_id is not null as service
         from ending e
         join membership o on o.dealership_id = $1 and o.person_id = e.person_id and o.active
         left join service_account s on s.dealership_id = $1 and s.person_id = e.person_id
         join membership r on r.dealership_id = $1 and r.active
              and r.person_id = case when s.person_id is null then e.person_id else e.created_by end
         order by e.expires_at, e.name",
    )
    .bind(store)
    .bind(now)
    .bind(until.to_sqlx())
    .fetch_all(tx.conn())
    .await?)
}

/// A service account.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct ServiceAccountRow {
    pub(crate) person_id: PersonId,
    pub(crate) name: String,
    pub(crate) purpose: String,
    pub(crate) role: String,
    pub(crate) active: bool,
    pub(crate) created_at: jiff_sqlx::Timestamp,
    pub(crate) version: i64,
}

/// Marks a member of the acting store as a program.
pub(crate) async fn mark_service(
    tx: &mut TenantTx,
    person: PersonId,
    purpose: &str,
    by: PersonId,
) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    sqlx::query(
        "insert into service_account (dealership_id, person_id, purpose, created_by, created_at)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(store)
    .bind(person)
    .bind(purpose)
    .bind(by)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The service accounts of the acting store by name, or one of them.
pub(crate) async fn service_accounts(
    tx: &mut TenantTx,
    one: Option<PersonId>,
) -> Result<Vec<ServiceAccountRow>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_as(
        "select s.person_id, m.name, s.purpose, m.role, m.active, s.created_at, m.version
         from service_account s
         join membership m on m.dealership_id = s.dealership_id and m.person_id = s.person_id
         where s.dealership_id = $1 and ($2::uuid is null or s.person_id = $2)
         order by m.name, s.person_id
         limit 500",
    )
    .bind(store)
    .bind(one)
    .fetch_all(tx.conn())
    .await?)
}
