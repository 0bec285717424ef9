//! Founding: the first group with its store and its administrator, and further stores.

use autolytiq_db::{AuditRecord, SystemTx, SystemUse};
use autolytiq_kernel::{Actor, DealershipId, GroupId, Origin, PersonId};
use serde_json::json;

use super::{
    entry::{self, Entry, FirstStep},
    session::ClientInfo,
};
use crate::{
    domain::{
        name::Name,
        password::NewPassword,
        profile::{NewPerson, NewStore},
    },
    error::IdentityError,
    identity::Identity,
    store::{change, dealership, member, person},
};

/// A group to be founded.
#[derive(Debug, Clone)]
pub struct NewGroup {
    /// Its name.
    pub name: Name,
    /// Its first store.
    pub store: NewStore,
    /// The administrator of that store.
    pub administrator: NewPerson,
}

/// What was founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Founded {
    /// The group.
    pub group: GroupId,
    /// Its first store.
    pub dealership: DealershipId,
    /// Its administrator.
    pub administrator: PersonId,
}

/// On which occasion a group is founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Founding {
    /// The set-up of an empty installation; once.
    SetUp,
    /// The demonstration, beside whatever there is.
    Demo,
}

impl Founding {
    const fn system_use(self) -> SystemUse {
        match self {
            Self::SetUp => SystemUse::SetUp,
            Self::Demo => SystemUse::Demo,
        }
    }

    const fn actor(self) -> Actor {
        match self {
            Self::SetUp => Actor::Job("identity.set_up"),
            Self::Demo => Actor::Job("demo"),
        }
    }
}

/// Whether the installation is still empty.
///
/// # Errors
/// A failure of the database.
pub async fn set_up_required(identity: &Identity) -> Result<bool, IdentityError> {
    let mut tx = identity.db().system(SystemUse::SetUp).await?;
    let any = dealership::any(&mut tx).await?;
    tx.commit().await?;
    Ok(!any)
}

/// Sets an empty installation up for whoever has the token, and takes its administrator to the door.
///
/// # Errors
/// [`IdentityError::SetUpDone`] when there is a store already, [`IdentityError::SetUpToken`] for a wrong token,
/// [`IdentityError::WeakPassword`], or a failure of ours.
pub async fn set_up(
    identity: &Identity,
    token: &str,
    group: NewGroup,
    client: &ClientInfo,
    origin: Origin,
) -> Result<Entry, IdentityError> {
    if !set_up_required(identity).await? {
        return Err(IdentityError::SetUpDone);
    }
    if !identity.set_up().matches(token) {
        tracing::warn!(request = %origin.request, "identity.set_up.wrong_token");
        return Err(IdentityError::SetUpToken);
    }
    let hash = hash_of(identity, &group.administrator).await?;
    let mut tx = identity.db().system(SystemUse::SetUp).await?;
    let founded = found(&mut tx, &group, &hash, Founding::SetUp, origin).await?;
    let entry = entry::enter(identity, &mut tx, founded.administrator, &FirstStep::Password, client, origin).await?;
    tx.commit().await?;
    identity.set_up().retire();
    Ok(entry)
}

/// Founds a group without asking for a token: for the demonstration and for tests.
///
/// # Errors
/// As [`set_up`], less the token.
pub async fn found_group(
    identity: &Identity,
    group: NewGroup,
    founding: Founding,
    origin: Origin,
) -> Result<Founded, IdentityError> {
    let hash = hash_of(identity, &group.administrator).await?;
    let mut tx = identity.db().system(founding.system_use()).await?;
    let founded = found(&mut tx, &group, &hash, founding, origin).await?;
    tx.commit().await?;
    identity.set_up().retire();
    Ok(founded)
}

async fn hash_of(identity: &Identity, person: &NewPerson) -> Result<String, IdentityError> {
    let password = NewPassword::accept(person.password.clone(), &person.email, &person.name)
        .map_err(|weak| IdentityError::WeakPassword("/administrator/password", weak))?;
    Ok(identity.hasher().hash(&password).await?)
}

async fn found(
    tx: &mut SystemTx,
    group: &NewGroup,
    password_hash: &str,
    founding: Founding,
    origin: Origin,
) -> Result<Founded, IdentityError> {
    let occupied = dealership::lock_founding(tx).await?;
    if occupied && founding == Founding::SetUp {
        return Err(IdentityError::SetUpDone);
    }
    let group_id = dealership::insert_group(tx, &group.name).await?;
    // What the demonstration founds is marked as such, whatever was asked for.
    let store = NewStore { demo: founding == Founding::Demo, ..group.store.clone() };
    let dealership = dealership::insert(tx, group_id, &store).await?;
    let who = &group.administrator;
    let administrator = person::insert(tx, &who.email, password_hash).await?;
    member::insert_founder(tx, dealership, administrator, who.name.as_str(), who.email.as_str()).await?;
    match founding {
        Founding::Demo => {
            person::mark_demo(tx, dealership).await?;
        }
        Founding::SetUp => person::mark_verified(tx, administrator).await?,
    }
    let after = json!({
        "group": group.name, "name": group.store.name, "timeZone": group.store.zone,
        "place": group.store.place, "administrator": who.email,
    });
    tx.audit(dealership, &founding.actor(), origin, AuditRecord::new("dealership.founded", dealership).after(&after))
        .await?;
    Ok(Founded { group: group_id, dealership, administrator })
}

/// Adds a store to a group, with an administrator who is one in another store of it.
///
/// # Errors
/// [`IdentityError::NotFound`] when the person administers no store of the group, or a failure of the database.
pub async fn add_store(
    identity: &Identity,
    group: GroupId,
    new: &NewStore,
    administrator: PersonId,
    origin: Origin,
) -> Result<DealershipId, IdentityError> {
    let mut tx = identity.db().system(SystemUse::GroupAdministration).await?;
    let access = member::access_of(&mut tx, administrator).await?;
    let administers = |access: &&member::Access| access.group == group && access.role.administers();
    let known = access.iter().find(administers).ok_or(IdentityError::NotFound("administrator of this group"))?;
    let dealership = dealership::insert(&mut tx, group, new).await?;
    member::insert_founder(&mut tx, dealership, administrator, &known.name, &known.email).await?;
    let after = json!({ "name": new.name, "timeZone": new.zone, "place": new.place, "administrator": known.email });
    let record = AuditRecord::new("dealership.founded", dealership).after(&after);
    tx.audit(dealership, &Actor::Job("identity.add_store"), origin, record).await?;
    // Whoever reads the whole group reads the new store from now on.
    let people = member::people_of_group(&mut tx, group).await?;
    for person in &people {
        change::record(&mut tx, *person).await?;
    }
    tx.commit().await?;
    people.into_iter().for_each(|person| identity.cache().forget(person));
    Ok(dealership)
}
