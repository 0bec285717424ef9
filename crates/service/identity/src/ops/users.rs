//! Who works in a store: adding people, changing what they are, ending and giving back access.

use autolytiq_authz::{Permission, Reach, reach_with, reaches_by_team};
use autolytiq_db::{AuditRecord, NewEvent, TenantTx};
use autolytiq_kernel::{PersonId, problem::FieldError};
use serde_json::{Value, json};

use super::custom_roles;
use crate::{
    domain::{
        custom_role::Given,
        name::Name,
        password::NewPassword,
        profile::NewPerson,
        team::TeamId,
        user::{CustomRoleName, Held, User},
    },
    error::IdentityError,
    identity::Identity,
    store::{api_key, change, custom_role, member, person, team},
};

/// A person whose password was accepted and hashed, ready to be added.
pub struct PreparedUser {
    who: NewPerson,
    password_hash: String,
}

/// Checks and hashes a first password. Apart from [`add_user`], so that no transaction waits for the hash.
///
/// # Errors
/// [`IdentityError::WeakPassword`], [`IdentityError::Busy`], or a failure of ours.
pub async fn prepare(identity: &Identity, who: NewPerson) -> Result<PreparedUser, IdentityError> {
    let password = NewPassword::accept(who.password.clone(), &who.email, &who.name)
        .map_err(|weak| IdentityError::WeakPassword("/password", weak))?;
    let password_hash = identity.hasher().hash(&password).await?;
    Ok(PreparedUser { who, password_hash })
}

/// Gives a person access to the acting store.
///
/// An address without an account gets one with the given password. A person who has an account keeps their own
/// password, and the answer is the same: a store does not learn who works elsewhere.
///
/// # Errors
/// [`IdentityError::AlreadyAMember`], or a failure of the database.
pub async fn add_user(
    tx: &mut TenantTx,
    prepared: &PreparedUser,
    given: impl Into<Given>,
) -> Result<User, IdentityError> {
    let held = held(tx, given.into()).await?;
    let who = &prepared.who;
    let person = person::ensure(tx, &who.email, &prepared.password_hash).await?;
    let user = member::insert(tx, person, &who.name, &who.email, &held).await.map_err(|error| {
        if error.is_duplicate_of("membership_pkey") { IdentityError::AlreadyAMember } else { error.into() }
    })?;
    let after = json!({ "name": user.name, "email": user.email, "role": user.role, "customRole": user.custom_role });
    tx.audit(AuditRecord::new("user.added", person).after(&after)).await?;
    change::record_member(tx, person).await?;
    Ok(user)
}

/// Makes a person something else in the acting store.
///
/// # Errors
/// [`IdentityError::NotFound`], [`IdentityError::VersionConflict`], [`IdentityError::OwnAccess`],
/// [`IdentityError::LastAdministrator`], or a failure of the database.
pub async fn set_role(
    tx: &mut TenantTx,
    person: PersonId,
    given: impl Into<Given>,
    version: i64,
) -> Result<User, IdentityError> {
    let Held { role, custom_role } = held(tx, given.into()).await?;
    if role.administers() && !api_key::service_accounts(tx, Some(person)).await?.is_empty() {
        let error = FieldError::new("/role", "not-permitted", "a service account does not administer the store");
        return Err(IdentityError::Invalid(vec![error]));
    }
    let changed = Change { person, version, action: "user.role_changed", reason: None, of_oneself: false };
    let edit = |user: &mut User| {
        user.role = role;
        user.custom_role = custom_role;
    };
    change_user(tx, changed, edit, |user| json!({ "role": user.role, "customRole": user.custom_role })).await
}

/// Calls a person something else in the acting store.
///
/// # Errors
/// [`IdentityError::NotFound`], [`IdentityError::VersionConflict`], or a failure of the database.
pub(crate) async fn set_name(
    tx: &mut TenantTx,
    person: PersonId,
    name: &Name,
    version: i64,
) -> Result<User, IdentityError> {
    let changed = Change { person, version, action: "user.renamed", reason: None, of_oneself: true };
    let edit = |user: &mut User| name.as_str().clone_into(&mut user.name);
    change_user(tx, changed, edit, |user| json!({ "name": user.name })).await
}

/// Puts a person into a team of the acting store, or into none.
///
/// # Errors
/// [`IdentityError::NotFound`], [`IdentityError::VersionConflict`], [`IdentityError::OwnAccess`] for whoever reaches by
/// team themselves, [`IdentityError::Invalid`] for an unknown team, or a failure of the database.
pub(crate) async fn set_team(
    tx: &mut TenantTx,
    person: PersonId,
    team: Option<TeamId>,
    version: i64,
) -> Result<User, IdentityError> {
    // By moving others they would choose whose deals they reach.
    if reaches_by_team(tx.ctx()) {
        return Err(IdentityError::OwnAccess);
    }
    if member::find(tx, person).await?.is_none() {
        return Err(IdentityError::NotFound("user"));
    }
    let team = match team {
        Some(id) => Some(team::keep(tx, id).await?.ok_or_else(|| {
            IdentityError::Invalid(vec![FieldError::new("/team", "unknown", "the store has no such team")])
        })?),
        None => None,
    };
    let changed = Change { person, version, action: "user.team_changed", reason: None, of_oneself: true };
    change_user(tx, changed, |user| user.team = team, |user| json!({ "team": user.team })).await
}

/// The role that is to be given. Nobody gives more than they have themselves.
pub(super) async fn held(tx: &mut TenantTx, given: Given) -> Result<Held, IdentityError> {
    let (held, powers) = match given {
        Given::Predefined(role) => (Held { role, custom_role: None }, None),
        Given::Custom(id) => {
            let book = custom_role::book(tx).await?;
            let role = book.find(id).ok_or_else(|| {
                IdentityError::Invalid(vec![FieldError::new("/customRole", "unknown", "the store has no such role")])
            })?;
            let name = CustomRoleName { id, name: role.name.clone() };
            (Held { role: role.base, custom_role: Some(name) }, book.powers(id))
        }
    };
    custom_roles::within_own(tx, held.role, powers.as_ref()).await?;
    Ok(held)
}

/// Ends a person's access to the acting store, or gives it back. Their history stays.
///
/// # Errors
/// As [`set_role`].
pub async fn set_active(
    tx: &mut TenantTx,
    person: PersonId,
    active: bool,
    version: i64,
    reason: Option<String>,
) -> Result<User, IdentityError> {
    let action = if active { "user.reactivated" } else { "user.deactivated" };
    let changed = Change { person, version, action, reason, of_oneself: false };
    change_user(tx, changed, |user| user.active = active, |user| json!({ "active": user.active })).await
}

/// Ends a person's access to the acting store and hands what they were working on to somebody else, if one is named. The
/// features hear of it by the event `user.deactivated` and move what is theirs.
///
/// # Errors
/// As [`set_role`], and [`IdentityError::Invalid`] for somebody who cannot take over.
pub(crate) async fn deactivate(
    tx: &mut TenantTx,
    person: PersonId,
    version: i64,
    reason: Option<String>,
    transfer_to: Option<PersonId>,
) -> Result<User, IdentityError> {
    if let Some(successor) = transfer_to {
        let book = custom_role::book(tx).await?;
        let takes_over = member::find(tx, successor).await?.is_some_and(|user| {
            let powers = user.custom_role.as_ref().and_then(|custom| book.powers(custom.id));
            let works = reach_with(user.role, powers.as_ref(), Permission::DealEdit) != Reach::No;
            user.active && successor != person && works
        });
        if !takes_over {
            let detail = "name somebody who works here and works on deals";
            return Err(IdentityError::Invalid(vec![FieldError::new("/transferTo", "cannot-take-over", detail)]));
        }
    }
    let user = set_active(tx, person, false, version, reason).await?;
    tx.emit(NewEvent::new("user.deactivated", person, &json!({ "transferTo": transfer_to }))).await?;
    Ok(user)
}

/// A change of one user.
struct Change {
    person: PersonId,
    version: i64,
    action: &'static str,
    reason: Option<String>,
    /// Whether people may do it to themselves.
    of_oneself: bool,
}

async fn change_user(
    tx: &mut TenantTx,
    change: Change,
    edit: impl FnOnce(&mut User),
    audited: impl Fn(&User) -> Value,
) -> Result<User, IdentityError> {
    // Administrators first and in order, so that two changes at once wait for each other instead of deadlocking.
    let administrators = member::lock_administrators(tx).await?;
    let before = member::lock(tx, change.person).await?.ok_or(IdentityError::NotFound("user"))?;
    if before.version != change.version {
        return Err(IdentityError::VersionConflict { yours: change.version, current: before.version });
    }
    let mut after = before.clone();
    edit(&mut after);
    if after == before {
        return Ok(before);
    }
    if !change.of_oneself && tx.ctx().person() == Some(change.person) {
        return Err(IdentityError::OwnAccess);
    }
    let stays = after.active && after.role.administers() && after.custom_role.is_none();
    if administrators == [change.person] && !stays {
        return Err(IdentityError::LastAdministrator);
    }
    let after = member::update(tx, &after).await?;
    let mut record = AuditRecord::new(change.action, change.person).before(&audited(&before)).after(&audited(&after));
    if let Some(reason) = change.reason {
        record = record.reason(reason);
    }
    tx.audit(record).await?;
    change::record_member(tx, change.person).await?;
    Ok(after)
}
