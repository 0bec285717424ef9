//! Teams, and who is in them.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::PersonId;
use jiff_sqlx::ToSqlx;

use crate::domain::{
    name::Name,
    team::{Team, TeamId, TeamName},
};

#[derive(sqlx::FromRow)]
struct TeamRow {
    id: TeamId,
    name: String,
    people: i64,
    version: i64,
}

impl From<TeamRow> for Team {
    fn from(TeamRow { id, name, people, version }: TeamRow) -> Self {
        Self { id, name, people, version }
    }
}

/// The teams of the acting store by name.
pub(crate) async fn list(tx: &mut TenantTx) -> Result<Vec<Team>, DbError> {
    let store = tx.acting();
    let rows: Vec<TeamRow> = sqlx::query_as(
        "select t.id, t.name, t.version,
                (select count(*) from membership m where m.dealership_id = t.dealership_id and m.team_id = t.id) as people
         from team t where t.dealership_id = $1 order by lower(t.name)",
    )
    .bind(store)
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(Team::from).collect())
}

/// A team of the acting store, locked: nobody is put into it until the transaction ends.
pub(crate) async fn lock(tx: &mut TenantTx, id: TeamId) -> Result<Option<Team>, DbError> {
    let store = tx.acting();
    let found: Option<(String, i64)> =
        sqlx::query_as("select name, version from team where dealership_id = $1 and id = $2 for update")
            .bind(store)
            .bind(id)
            .fetch_optional(tx.conn())
            .await?;
    let Some((name, version)) = found else { return Ok(None) };
    // Counted after the lock, so that whoever was put into it while we waited counts.
    let people = sqlx::query_scalar("select count(*) from membership where dealership_id = $1 and team_id = $2")
        .bind(store)
        .bind(id)
        .fetch_one(tx.conn())
        .await?;
    Ok(Some(Team { id, name, people, version }))
}

/// A team of the acting store that somebody is to be put into: it is not removed until the transaction ends.
pub(crate) async fn keep(tx: &mut TenantTx, id: TeamId) -> Result<Option<TeamName>, DbError> {
    let store = tx.acting();
    let name: Option<String> =
        sqlx::query_scalar("select name from team where dealership_id = $1 and id = $2 for key share")
            .bind(store)
            .bind(id)
            .fetch_optional(tx.conn())
            .await?;
    Ok(name.map(|name| TeamName { id, name }))
}

/// How many teams the acting store has.
pub(crate) async fn count(tx: &mut TenantTx) -> Result<i64, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_scalar("select count(*) from team where dealership_id = $1")
        .bind(store)
        .fetch_one(tx.conn())
        .await?)
}

/// A new team of the acting store.
pub(crate) async fn insert(tx: &mut TenantTx, name: &Name) -> Result<Team, DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let id: TeamId = tx.new_id();
    sqlx::query("insert into team (dealership_id, id, name, created_at, updated_at) values ($1, $2, $3, $4, $4)")
        .bind(store)
        .bind(id)
        .bind(name.as_str())
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(Team { id, name: name.as_str().to_owned(), people: 0, version: 1 })
}

/// Calls a locked team something else.
pub(crate) async fn rename(tx: &mut TenantTx, team: &Team, name: &Name) -> Result<Team, DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let renamed = sqlx::query(
        "update team set name = $3, version = version + 1, updated_at = $4
         where dealership_id = $1 and id = $2 and version = $5",
    )
    .bind(store)
    .bind(team.id)
    .bind(name.as_str())
    .bind(now)
    .bind(team.version)
    .execute(tx.conn())
    .await?;
    if renamed.rows_affected() == 0 {
        return Err(DbError::Stale);
    }
    Ok(Team { name: name.as_str().to_owned(), version: team.version + 1, ..team.clone() })
}

/// Removes a locked team that nobody is in.
pub(crate) async fn delete(tx: &mut TenantTx, id: TeamId) -> Result<(), DbError> {
    let store = tx.acting();
    sqlx::query("delete from team where dealership_id = $1 and id = $2")
        .bind(store)
        .bind(id)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The people of a person's team in the acting store, also those whose access has ended; nobody without a team.
pub(crate) async fn teammates(tx: &mut TenantTx, person: PersonId) -> Result<Vec<PersonId>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_scalar(
        "select mate.person_id
         from membership m join membership mate on mate.dealership_id = m.dealership_id and mate.team_id = m.team_id
         where m.dealership_id = $1 and m.person_id = $2 and m.active
         order by mate.person_id",
    )
    .bind(store)
    .bind(person)
    .fetch_all(tx.conn())
    .await?)
}
