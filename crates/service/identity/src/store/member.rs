//! Memberships: who is what in which store.

use std::collections::BTreeMap;

use autolytiq_db::{DbError, SystemTx, TenantTx};
use autolytiq_kernel::{DealershipId, GroupId, PersonId, Role};
use jiff_sqlx::ToSqlx;

use super::role_of;
use crate::domain::{
    custom_role::CustomRoleId,
    email::Email,
    name::Name,
    team::{TeamId, TeamName},
    user::{CustomRoleName, Held, User},
};

#[derive(sqlx::FromRow)]
struct UserRow {
    person_id: PersonId,
    name: String,
    email: String,
    role: String,
    custom_role_id: Option<CustomRoleId>,
    custom_role_name: Option<String>,
    team_id: Option<TeamId>,
    team_name: Option<String>,
    active: bool,
    created_at: jiff_sqlx::Timestamp,
    version: i64,
}

impl TryFrom<UserRow> for User {
    type Error = DbError;

    fn try_from(row: UserRow) -> Result<Self, Self::Error> {
        Ok(Self {
            person: row.person_id,
            name: row.name,
            email: row.email,
            role: role_of("membership", &row.role)?,
            custom_role: row.custom_role_id.zip(row.custom_role_name).map(|(id, name)| CustomRoleName { id, name }),
            team: row.team_id.zip(row.team_name).map(|(id, name)| TeamName { id, name }),
            active: row.active,
            created_at: row.created_at.to_jiff(),
            version: row.version,
        })
    }
}

/// A new membership of the acting store.
pub(crate) async fn insert(
    tx: &mut TenantTx,
    person: PersonId,
    name: &Name,
    email: &Email,
    held: &Held,
) -> Result<User, DbError> {
    let (store, now) = (tx.acting(), tx.now());
    sqlx::query(
        "insert into membership (dealership_id, person_id, name, email, role, custom_role_id, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)",
    )
    .bind(store)
    .bind(person)
    .bind(name.as_str())
    .bind(email.as_str())
    .bind(held.role.as_str())
    .bind(held.custom_role.as_ref().map(|custom| custom.id))
    .bind(now.to_sqlx())
    .execute(tx.conn())
    .await?;
    Ok(User {
        person,
        name: name.as_str().to_owned(),
        email: email.as_str().to_owned(),
        role: held.role,
        custom_role: held.custom_role.clone(),
        team: None,
        active: true,
        created_at: now,
        version: 1,
    })
}

/// A new membership of a store that nobody acts for yet.
pub(crate) async fn insert_founder(
    tx: &mut SystemTx,
    store: DealershipId,
    person: PersonId,
    name: &str,
    email: &str,
) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query(
        "insert into membership (dealership_id, person_id, name, email, role, created_at, updated_at)
         values ($1, $2, $3, $4, 'administrator', $5, $5)",
    )
    .bind(store)
    .bind(person)
    .bind(name)
    .bind(email)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A member of the acting store, locked for a change.
pub(crate) async fn lock(tx: &mut TenantTx, person: PersonId) -> Result<Option<User>, DbError> {
    let store = tx.acting();
    let row: Option<UserRow> = sqlx::query_as(
        "select m.person_id, m.name, m.email, m.role, m.custom_role_id, c.name as custom_role_name, m.team_id,
                t.name as team_name, m.active, m.created_at, m.version
         from membership m left join custom_role c on c.dealership_id = m.dealership_id and c.id = m.custom_role_id
         left join team t on t.dealership_id = m.dealership_id and t.id = m.team_id
         where m.dealership_id = $1 and m.person_id = $2 for update of m",
    )
    .bind(store)
    .bind(person)
    .fetch_optional(tx.conn())
    .await?;
    row.map(TryFrom::try_from).transpose()
}

/// A member of the acting store.
pub(crate) async fn find(tx: &mut TenantTx, person: PersonId) -> Result<Option<User>, DbError> {
    let store = tx.acting();
    let row: Option<UserRow> = sqlx::query_as(
        "select m.person_id, m.name, m.email, m.role, m.custom_role_id, c.name as custom_role_name, m.team_id,
                t.name as team_name, m.active, m.created_at, m.version
         from membership m left join custom_role c on c.dealership_id = m.dealership_id and c.id = m.custom_role_id
         left join team t on t.dealership_id = m.dealership_id and t.id = m.team_id
         where m.dealership_id = $1 and m.person_id = $2",
    )
    .bind(store)
    .bind(person)
    .fetch_optional(tx.conn())
    .await?;
    row.map(TryFrom::try_from).transpose()
}

/// Where a page of members begins: after this name and person.
pub(crate) type UserKey = (String, PersonId);

/// Members of the acting store by name, `rows` of them.
pub(crate) async fn list(tx: &mut TenantTx, after: Option<&UserKey>, rows: i64) -> Result<Vec<User>, DbError> {
    let store = tx.acting();
    let (name, person) = after.map_or((None, None), |(name, person)| (Some(name.as_str()), Some(*person)));
    let rows: Vec<UserRow> = sqlx::query_as(
        "select m.person_id, m.name, m.email, m.role, m.custom_role_id, c.name as custom_role_name, m.team_id,
                t.name as team_name, m.active, m.created_at, m.version
         from membership m left join custom_role c on c.dealership_id = m.dealership_id and c.id = m.custom_role_id
         left join team t on t.dealership_id = m.dealership_id and t.id = m.team_id
         where m.dealership_id = $1 and ($2::text is null or (m.name, m.person_id) > ($2, $3))
           and not exists (select from service_account s
                           where s.dealership_id = m.dealership_id and s.person_id = m.person_id)
         order by m.name, m.person_id
         limit $4",
    )
    .bind(store)
    .bind(name)
    .bind(person)
    .bind(rows)
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(TryFrom::try_from).collect()
}

/// The active administrators of the acting store, locked: of two changes at once the second sees the first.
pub(crate) async fn lock_administrators(tx: &mut TenantTx) -> Result<Vec<PersonId>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_scalar(
        "select person_id from membership
         where dealership_id = $1 and role in ('administrator', 'group_administrator') and custom_role_id is null
           and active
         order by person_id for update",
    )
    .bind(store)
    .fetch_all(tx.conn())
    .await?)
}

/// Names and addresses of the acting store's active administrators.
pub(crate) async fn administrators(tx: &mut TenantTx) -> Result<Vec<(String, String)>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_as(
        "select name, email from membership where dealership_id = $1 and role in ('administrator', 'group_administrator') and active
         order by person_id",
    )
    .bind(store)
    .fetch_all(tx.conn())
    .await?)
}

/// Everybody with access to the acting store.
pub(crate) async fn everybody(tx: &mut TenantTx) -> Result<Vec<PersonId>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_scalar("select person_id from membership where dealership_id = $1 and active order by person_id")
        .bind(store)
        .fetch_all(tx.conn())
        .await?)
}

/// Whether the address is that of somebody who works in the acting store.
pub(crate) async fn works_here(tx: &mut TenantTx, email: &Email) -> Result<bool, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_scalar("select exists (select from membership where dealership_id = $1 and email = $2 and active)")
        .bind(store)
        .bind(email.as_str())
        .fetch_one(tx.conn())
        .await?)
}

/// Saves name, role, team and access of a member that was read in `user.version`.
pub(crate) async fn update(tx: &mut TenantTx, user: &User) -> Result<User, DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let updated = sqlx::query(
        "update membership set role = $3, active = $4, custom_role_id = $7, name = $8, team_id = $9, version = version + 1, updated_at = $5
         where dealership_id = $1 and person_id = $2 and version = $6",
    )
    .bind(store)
    .bind(user.person)
    .bind(user.role.as_str())
    .bind(user.active)
    .bind(now)
    .bind(user.version)
    .bind(user.custom_role.as_ref().map(|custom| custom.id))
    .bind(&user.name)
    .bind(user.team.as_ref().map(|team| team.id))
    .execute(tx.conn())
    .await?;
    if updated.rows_affected() == 0 {
        return Err(DbError::Stale);
    }
    Ok(User { version: user.version + 1, ..user.clone() })
}

/// The names of people of the acting store, also of those who left.
pub(crate) async fn names(tx: &mut TenantTx, people: &[PersonId]) -> Result<BTreeMap<PersonId, String>, DbError> {
    let store = tx.acting();
    let rows: Vec<(PersonId, String)> =
        sqlx::query_as("select person_id, name from membership where dealership_id = $1 and person_id = any ($2)")
            .bind(store)
            .bind(people)
            .fetch_all(tx.conn())
            .await?;
    Ok(rows.into_iter().collect())
}

/// One of the stores a person works in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Access {
    pub(crate) dealership: DealershipId,
    pub(crate) group: GroupId,
    /// The store's name.
    pub(crate) store_name: String,
    /// The person's name and address there.
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) role: Role,
    /// Whether it is a demonstration store.
    pub(crate) demo: bool,
    /// The name of the store's own role, if it is one.
    pub(crate) role_name: Option<String>,
}

#[derive(sqlx::FromRow)]
struct AccessRow {
    dealership_id: DealershipId,
    group_id: GroupId,
    store_name: String,
    name: String,
    email: String,
    role: String,
    demo: bool,
    role_name: Option<String>,
}

/// The stores a person has access to, by name.
pub(crate) async fn access_of(tx: &mut SystemTx, person: PersonId) -> Result<Vec<Access>, DbError> {
    let rows: Vec<AccessRow> = sqlx::query_as(
        "select m.dealership_id, d.group_id, d.name as store_name, m.name, m.email, m.role, d.demo,
                c.name as role_name
         from membership m join dealership d using (dealership_id)
         left join custom_role c on c.dealership_id = m.dealership_id and c.id = m.custom_role_id
         where m.person_id = $1 and m.active
         order by d.name, m.dealership_id",
    )
    .bind(person)
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Access {
                role: role_of("membership", &row.role)?,
                dealership: row.dealership_id,
                group: row.group_id,
                store_name: row.store_name,
                name: row.name,
                email: row.email,
                demo: row.demo,
                role_name: row.role_name,
            })
        })
        .collect()
}

/// Everybody who has access to a store of the group.
pub(crate) async fn people_of_group(tx: &mut SystemTx, group: GroupId) -> Result<Vec<PersonId>, DbError> {
    Ok(sqlx::query_scalar(
        "select distinct m.person_id from membership m join dealership d using (dealership_id)
         where d.group_id = $1 and m.active order by m.person_id",
    )
    .bind(group)
    .fetch_all(tx.conn())
    .await?)
}

/// A store the person has or had access to, for the record of what happened to their account.
pub(crate) async fn any_store_of(tx: &mut SystemTx, person: PersonId) -> Result<Option<DealershipId>, DbError> {
    Ok(sqlx::query_scalar(
        "select dealership_id from membership where person_id = $1 order by active desc, created_at, dealership_id limit 1",
    )
    .bind(person)
    .fetch_optional(tx.conn())
    .await?)
}
