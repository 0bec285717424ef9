//! Connections to providers, who is who there, and sign-ins on their way.

use autolytiq_db::{DbError, SystemTx, TenantTx};
use autolytiq_kernel::{DealershipId, PersonId, SessionId};
use autolytiq_secrets::Sealed;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::json;
use sqlx::types::Json;

use crate::domain::{
    custom_role::CustomRoleId,
    single_sign_on::{Connection, RoleChoice, RoleRule, SsoConnectionId},
};

/// A connection as it is stored.
pub(crate) struct Stored {
    pub(crate) id: SsoConnectionId,
    pub(crate) connection: Connection,
    pub(crate) client_secret: Option<Sealed>,
    pub(crate) end_session_endpoint: Option<String>,
    pub(crate) version: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: SsoConnectionId,
    issuer: String,
    client_id: String,
    client_secret: Option<Sealed>,
    hosts: Vec<String>,
    role_claim: Option<String>,
    role_rules: Json<Vec<RoleRule>>,
    other_role: Option<Json<RoleChoice>>,
    passwords: bool,
    end_session_endpoint: Option<String>,
    active: bool,
    version: i64,
}

impl From<Row> for Stored {
    fn from(row: Row) -> Self {
        let connection = Connection {
            issuer: row.issuer,
            client_id: row.client_id,
            hosts: row.hosts,
            role_claim: row.role_claim,
            role_rules: row.role_rules.0,
            other_role: row.other_role.map(|role| role.0),
            passwords: row.passwords,
            active: row.active,
        };
        let Row { id, client_secret, end_session_endpoint, version, .. } = row;
        Self { id, connection, client_secret, end_session_endpoint, version }
    }
}

/// The connection of the acting store.
pub(crate) async fn find(tx: &mut TenantTx) -> Result<Option<Stored>, DbError> {
    let store = tx.acting();
    let row: Option<Row> = sqlx::query_as(
        "select id, issuer, client_id, client_secret, hosts, role_claim, role_rules, other_role, passwords,
                end_session_endpoint, active, version
         from sso_connection where dealership_id = $1",
    )
    .bind(store)
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Stored::from))
}

/// Saves the connection of the acting store over the version that was read, 0 for none.
pub(crate) async fn save(tx: &mut TenantTx, stored: &Stored) -> Result<i64, DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let connection = &stored.connection;
    let version: Option<i64> = sqlx::query_scalar(
        "insert into sso_connection as c (dealership_id, id, issuer, client_id, client_secret, hosts, role_claim,
                                          role_rules, other_role, passwords, end_session_endpoint, active, version,
                                          updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13)
         on conflict (dealership_id) do update set
             issuer = $3, client_id = $4, client_secret = $5, hosts = $6, role_claim = $7, role_rules = $8,
             other_role = $9, passwords = $10, end_session_endpoint = $11, active = $12, version = c.version + 1,
             updated_at = $13
         where c.version = $14
         returning version",
    )
    .bind(store)
    .bind(stored.id)
    .bind(&connection.issuer)
    .bind(&connection.client_id)
    .bind(&stored.client_secret)
    .bind(&connection.hosts)
    .bind(&connection.role_claim)
    .bind(Json(&connection.role_rules))
    .bind(connection.other_role.as_ref().map(Json))
    .bind(connection.passwords)
    .bind(&stored.end_session_endpoint)
    .bind(connection.active)
    .bind(now)
    .bind(stored.version)
    .fetch_optional(tx.conn())
    .await?;
    version.ok_or(DbError::Stale)
}

/// Whether the acting store's provider gives one of the store's own roles.
pub(crate) async fn gives(tx: &mut TenantTx, role: CustomRoleId) -> Result<bool, DbError> {
    let store = tx.acting();
    let choice = json!({ "customRole": role });
    Ok(sqlx::query_scalar(
        "select exists (select from sso_connection
                        where dealership_id = $1 and (role_rules @> $2 or other_role @> $3))",
    )
    .bind(store)
    .bind(json!([{ "gives": choice }]))
    .bind(choice)
    .fetch_one(tx.conn())
    .await?)
}

/// The stores whose provider vouches for addresses of this host.
pub(crate) async fn stores_of_host(tx: &mut SystemTx, host: &str) -> Result<Vec<(DealershipId, String)>, DbError> {
    Ok(sqlx::query_as(
        "select c.dealership_id, d.name from sso_connection c join dealership d using (dealership_id)
         where c.active and c.hosts @> array[$1::text]
         order by d.name, c.dealership_id limit 20",
    )
    .bind(host)
    .fetch_all(tx.conn())
    .await?)
}

/// Hosts of the addresses that administrators of a store have shown to be theirs.
pub(crate) async fn hosts_of_administrators(tx: &mut SystemTx, store: DealershipId) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar(
        "select distinct split_part(p.email, '@', 2) from membership m join person p on p.id = m.person_id
         where m.dealership_id = $1 and m.active and m.role in ('administrator', 'group_administrator')
           and (p.email_verified_at is not null or p.demo)",
    )
    .bind(store)
    .fetch_all(tx.conn())
    .await?)
}

/// Those of the stores that trust an issuer: whether they allow passwords too, and about which hosts they believe it.
pub(crate) async fn trust(
    tx: &mut SystemTx,
    stores: &[DealershipId],
    issuer: &str,
) -> Result<Vec<(DealershipId, bool, Vec<String>)>, DbError> {
    Ok(sqlx::query_as(
        "select dealership_id, passwords, hosts from sso_connection
         where active and issuer = $2 and dealership_id = any ($1)",
    )
    .bind(stores)
    .bind(issuer)
    .fetch_all(tx.conn())
    .await?)
}

/// The issuers of the stores among these that want no passwords.
pub(crate) async fn issuers_without_passwords(
    tx: &mut SystemTx,
    stores: &[DealershipId],
) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar(
        "select distinct issuer from sso_connection where active and not passwords and dealership_id = any ($1)",
    )
    .bind(stores)
    .fetch_all(tx.conn())
    .await?)
}

/// Who of the acting store is this at its provider.
pub(crate) async fn linked(tx: &mut TenantTx, issuer: &str, subject: &str) -> Result<Option<PersonId>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_scalar(
        "select person_id from sso_identity where dealership_id = $1 and issuer = $2 and subject = $3",
    )
    .bind(store)
    .bind(issuer)
    .bind(subject)
    .fetch_optional(tx.conn())
    .await?)
}

/// Remembers who this is.
pub(crate) async fn link(tx: &mut TenantTx, issuer: &str, subject: &str, person: PersonId) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    sqlx::query(
        "insert into sso_identity (dealership_id, issuer, subject, person_id, linked_at) values ($1, $2, $3, $4, $5)",
    )
    .bind(store)
    .bind(issuer)
    .bind(subject)
    .bind(person)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whether a member of the acting store is somebody at this issuer already.
pub(crate) async fn is_linked(tx: &mut TenantTx, issuer: &str, person: PersonId) -> Result<bool, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_scalar(
        "select exists (select from sso_identity where dealership_id = $1 and issuer = $2 and person_id = $3)",
    )
    .bind(store)
    .bind(issuer)
    .bind(person)
    .fetch_one(tx.conn())
    .await?)
}

/// The member of the acting store with this address; a service account is none.
pub(crate) async fn member_by_email(tx: &mut TenantTx, email: &str) -> Result<Option<PersonId>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_scalar(
        "select m.person_id from membership m
         where m.dealership_id = $1 and m.email = $2
           and not exists (select from service_account s
                           where s.dealership_id = m.dealership_id and s.person_id = m.person_id)
         order by m.active desc, m.created_at limit 1",
    )
    .bind(store)
    .bind(email)
    .fetch_optional(tx.conn())
    .await?)
}

/// Writes down that a browser was sent to a provider.
pub(crate) async fn begin(
    tx: &mut SystemTx,
    (state, browser): ([u8; 32], [u8; 32]),
    store: DealershipId,
    expires_at: Timestamp,
) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query("delete from sso_attempt where expires_at <= $1").bind(now).execute(tx.conn()).await?;
    sqlx::query("insert into sso_attempt (state, browser, dealership_id, expires_at) values ($1, $2, $3, $4)")
        .bind(state.as_slice())
        .bind(browser.as_slice())
        .bind(store)
        .bind(expires_at.to_sqlx())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Takes an attempt of this browser back, once.
pub(crate) async fn finish(
    tx: &mut SystemTx,
    (state, browser): ([u8; 32], [u8; 32]),
) -> Result<Option<DealershipId>, DbError> {
    let now = tx.now().to_sqlx();
    Ok(sqlx::query_scalar(
        "delete from sso_attempt where state = $1 and browser = $2 and expires_at > $3 returning dealership_id",
    )
    .bind(state.as_slice())
    .bind(browser.as_slice())
    .bind(now)
    .fetch_optional(tx.conn())
    .await?)
}

/// Where a session that a provider vouched for is ended there too: the address and our name there.
pub(crate) async fn ends_at(tx: &mut SystemTx, session: SessionId) -> Result<Option<(String, String)>, DbError> {
    Ok(sqlx::query_as(
        "select c.end_session_endpoint, c.client_id
         from session s join sso_connection c on c.dealership_id = s.vouched_by
         where s.id = $1 and c.active and c.end_session_endpoint is not null",
    )
    .bind(session)
    .fetch_optional(tx.conn())
    .await?)
}
