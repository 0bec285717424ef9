//! The teams of a store: making, renaming and removing them. People are put into them by [`super::users::set_team`].

use autolytiq_authz::{Teammates, reaches_by_team};
use autolytiq_db::{AuditRecord, DbError, TenantTx};
use serde_json::{Value, json};

use crate::{
    domain::{
        name::Name,
        team::{MOST, Team, TeamId},
    },
    error::IdentityError,
    store::team,
};

/// The people of the team of whoever the transaction acts for, where a permission of theirs reaches that far; nobody is
/// looked for otherwise. Asked anew in each transaction and kept in no cache: whoever is put into another team reaches it,
/// and no longer the one before, from the next request on.
///
/// # Errors
/// A failure of the database.
pub async fn teammates(tx: &mut TenantTx) -> Result<Teammates, IdentityError> {
    let Some(person) = tx.ctx().person().filter(|_| reaches_by_team(tx.ctx())) else { return Ok(Teammates::default()) };
    Ok(Teammates::of(team::teammates(tx, person).await?))
}

/// Makes a team, with nobody in it.
pub(crate) async fn create(tx: &mut TenantTx, name: &Name) -> Result<Team, IdentityError> {
    if team::count(tx).await? >= MOST {
        return Err(IdentityError::TooManyTeams);
    }
    let made = team::insert(tx, name).await.map_err(name_taken)?;
    tx.audit(AuditRecord::new("team.created", made.id).after(&told(&made))).await?;
    Ok(made)
}

/// Calls a team something else.
pub(crate) async fn rename(tx: &mut TenantTx, id: TeamId, version: i64, name: &Name) -> Result<Team, IdentityError> {
    let before = lock(tx, id, version).await?;
    if before.name == name.as_str() {
        return Ok(before);
    }
    let after = team::rename(tx, &before, name).await.map_err(name_taken)?;
    tx.audit(AuditRecord::new("team.renamed", id).before(&told(&before)).after(&told(&after))).await?;
    Ok(after)
}

/// Removes a team that nobody is in.
pub(crate) async fn remove(tx: &mut TenantTx, id: TeamId, version: i64) -> Result<(), IdentityError> {
    let before = lock(tx, id, version).await?;
    if before.people > 0 {
        return Err(IdentityError::TeamInUse);
    }
    team::delete(tx, id).await?;
    tx.audit(AuditRecord::new("team.removed", id).before(&told(&before))).await?;
    Ok(())
}

async fn lock(tx: &mut TenantTx, id: TeamId, version: i64) -> Result<Team, IdentityError> {
    let found = team::lock(tx, id).await?.ok_or(IdentityError::NotFound("team"))?;
    if found.version != version {
        return Err(IdentityError::VersionConflict { yours: version, current: found.version });
    }
    Ok(found)
}

fn name_taken(error: DbError) -> IdentityError {
    if error.is_duplicate_of("team_by_name") { IdentityError::TeamNameTaken } else { error.into() }
}

fn told(team: &Team) -> Value {
    json!({ "name": team.name })
}
