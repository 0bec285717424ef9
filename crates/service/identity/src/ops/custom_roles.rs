//! A store's own roles: making, changing and removing them.

use autolytiq_authz::{Changes, Powers, Role, beyond};
use autolytiq_db::{AuditRecord, TenantTx};
use autolytiq_kernel::{Actor, PersonId};
use serde_json::{Value, json};

use crate::{
    domain::{
        custom_role::{CustomRole, CustomRoleId, DEEPEST, Given, MOST, RoleBook, written},
        name::Name,
    },
    error::IdentityError,
    store::{change, custom_role, dealership, single_sign_on},
};

/// Nobody hands out, or makes, a role that reaches further than their own. Whoever administers every store of the group
/// counts as its administrator: somebody has to appoint the first one.
pub(crate) async fn within_own(tx: &mut TenantTx, role: Role, powers: Option<&Powers>) -> Result<(), IdentityError> {
    // What the product does by itself acts for nobody.
    let Actor::Person(actor) = tx.ctx().actor().clone() else { return Ok(()) };
    let own = tx.ctx().powers().copied();
    let Some(permission) = beyond((actor.role, own.as_ref()), (role, powers)) else { return Ok(()) };
    if actor.role == Role::Administrator && own.is_none() {
        let of_the_group = beyond((Role::GroupAdministrator, None), (role, powers)).is_none();
        let stores = dealership::count_in_group(tx).await?;
        if of_the_group && i64::try_from(tx.ctx().readable().len()).is_ok_and(|readable| readable == stores) {
            return Ok(());
        }
    }
    Err(IdentityError::BeyondOwnRole(permission))
}

/// Makes a role that begins with another.
pub(crate) async fn create(
    tx: &mut TenantTx,
    name: &Name,
    begins_with: Given,
    changes: Changes,
) -> Result<CustomRole, IdentityError> {
    custom_role::lock(tx).await?;
    let mut book = custom_role::book(tx).await?;
    let (base, parent) = match begins_with {
        Given::Predefined(role) => (role, None),
        Given::Custom(parent) => {
            (book.find(parent).ok_or(IdentityError::NotFound("role to begin with"))?.base, Some(parent))
        }
    };
    if book.0.len() >= MOST || parent.is_some_and(|parent| book.line(parent).len() >= DEEPEST) {
        return Err(IdentityError::TooManyRoles);
    }
    let role = CustomRole { id: tx.new_id(), name: name.as_str().to_owned(), base, parent, changes, version: 1 };
    book.0.push(role.clone());
    accept(tx, &book, &role).await?;
    custom_role::insert(tx, &role).await.map_err(name_taken)?;
    tx.audit(AuditRecord::new("role.created", role.id).after(&told(&role))).await?;
    Ok(role)
}

/// Changes a role. It acts on the next request of everybody who has it, or one that begins with it.
pub(crate) async fn edit(
    tx: &mut TenantTx,
    id: CustomRoleId,
    version: i64,
    name: &Name,
    changes: Changes,
) -> Result<(CustomRole, Vec<PersonId>), IdentityError> {
    custom_role::lock(tx).await?;
    let mut book = custom_role::book(tx).await?;
    let before = find(&book, id, version)?.clone();
    // Whoever may not give the role away may not change what it does either.
    accept(tx, &book, &before).await?;
    let after = CustomRole { name: name.as_str().to_owned(), changes, ..before.clone() };
    if after == before {
        return Ok((before, Vec::new()));
    }
    for role in &mut book.0 {
        if role.id == id {
            *role = after.clone();
        }
    }
    accept(tx, &book, &after).await?;
    custom_role::update(tx, &after).await.map_err(name_taken)?;
    let record = AuditRecord::new("role.changed", id).before(&told(&before)).after(&told(&after));
    tx.audit(record).await?;
    let holders = custom_role::holders(tx, &book.descendants(id)).await?;
    for person in &holders {
        change::record_member(tx, *person).await?;
    }
    Ok((CustomRole { version: version + 1, ..after }, holders))
}

/// Removes a role that nobody has, that no other begins with, and that the store's provider does not give.
pub(crate) async fn remove(tx: &mut TenantTx, id: CustomRoleId, version: i64) -> Result<(), IdentityError> {
    custom_role::lock(tx).await?;
    let book = custom_role::book(tx).await?;
    let role = find(&book, id, version)?;
    let descends = book.descendants(id).len() > 1;
    let given = single_sign_on::gives(tx, id).await?;
    if descends || given || !custom_role::holders(tx, &[id]).await?.is_empty() {
        return Err(IdentityError::RoleInUse);
    }
    custom_role::delete(tx, id).await?;
    tx.audit(AuditRecord::new("role.removed", id).before(&told(role))).await?;
    Ok(())
}

fn find(book: &RoleBook, id: CustomRoleId, version: i64) -> Result<&CustomRole, IdentityError> {
    let role = book.find(id).ok_or(IdentityError::NotFound("role"))?;
    if role.version != version {
        return Err(IdentityError::VersionConflict { yours: version, current: role.version });
    }
    Ok(role)
}

/// The role and every role that begins with it stay within what the caller has.
async fn accept(tx: &mut TenantTx, book: &RoleBook, role: &CustomRole) -> Result<(), IdentityError> {
    for id in book.descendants(role.id) {
        within_own(tx, role.base, book.powers(id).as_ref()).await?;
    }
    Ok(())
}

fn name_taken(error: autolytiq_db::DbError) -> IdentityError {
    if error.is_duplicate_of("custom_role_by_name") { IdentityError::RoleNameTaken } else { error.into() }
}

fn told(role: &CustomRole) -> Value {
    json!({ "name": role.name, "base": role.base, "parent": role.parent, "changes": written(&role.changes) })
}
