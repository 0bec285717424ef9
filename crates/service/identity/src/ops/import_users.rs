//! Lists of people: what importing one would do, doing it, and taking it back.

use std::collections::{BTreeMap, HashMap, HashSet};

use autolytiq_authz::Role;
use autolytiq_db::{AuditRecord, TenantTx};
use autolytiq_kernel::problem::FieldError;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{custom_roles, invite, session::person_of};
use crate::{
    domain::{
        custom_role::RoleBook,
        email::Email,
        name::Name,
        password::NewPassword,
        people_list::{self, Row, RowFault, plain},
        user::{CustomRoleName, Held},
    },
    error::IdentityError,
    identity::Identity,
    store::{
        change, custom_role, member, person,
        user_import::{self, UserImport, UserImportId},
    },
};

/// How long an import can be taken back.
const UNDO: SignedDuration = SignedDuration::from_hours(24);

/// Faults that a refused import names at most.
const MOST_NAMED: usize = 50;

/// What importing a list does with a row.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The person is given access and sent an invitation.
    Add(Box<(Name, Email, Held)>),
    /// The person has access; nothing changes.
    Here,
    /// The person's access has ended; nothing changes.
    Ended,
    /// Nothing is imported before this is mended.
    Fault,
}

/// A row and what becomes of it.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) row: Row,
    pub(crate) outcome: Outcome,
}

/// What importing the list would do in the acting store. Writes nothing.
///
/// # Errors
/// [`IdentityError::Invalid`] for a text that is no list, or a failure of the database.
pub(crate) async fn judge(tx: &mut TenantTx, text: &str) -> Result<Vec<Judged>, IdentityError> {
    let rows = people_list::read(text).map_err(IdentityError::Invalid)?;
    let emails: Vec<String> =
        rows.iter().filter_map(|row| row.who.as_ref()).map(|(_, email)| email.as_str().to_owned()).collect();
    let known: HashMap<String, bool> = user_import::known(tx, &emails).await?.into_iter().collect();
    let book = custom_role::book(tx).await?;
    let mut roles = BTreeMap::<String, Result<Held, RowFault>>::new();
    let mut seen = HashSet::new();
    let mut judged = Vec::with_capacity(rows.len());
    for mut row in rows {
        if !row.role.is_empty() && !roles.contains_key(&row.role) {
            let role = held(tx, &book, &row.role).await?;
            roles.insert(row.role.clone(), role);
        }
        let role = roles.get(&row.role);
        if let Some(Err(fault)) = role {
            row.faults.push(fault.clone());
        }
        if let Some((_, email)) = &row.who
            && !seen.insert(email.clone())
        {
            row.faults.push(RowFault::new(
                "email",
                "twice",
                "the address stands further up already; take one row away",
            ));
        }
        let outcome = match (&row.who, role) {
            (Some((name, email)), Some(Ok(held))) if row.faults.is_empty() => match known.get(email.as_str()) {
                None => Outcome::Add(Box::new((name.clone(), email.clone(), held.clone()))),
                Some(true) => Outcome::Here,
                Some(false) => Outcome::Ended,
            },
            _ => Outcome::Fault,
        };
        judged.push(Judged { row, outcome });
    }
    Ok(judged)
}

/// The role that a row names, if whoever imports may give it.
async fn held(tx: &mut TenantTx, book: &RoleBook, text: &str) -> Result<Result<Held, RowFault>, IdentityError> {
    let wanted = plain(text);
    let predefined = Role::ALL.into_iter().find(|role| plain(role.as_str()) == wanted);
    let own = || book.0.iter().find(|role| plain(&role.name) == wanted);
    let (held, powers) = match (predefined, own()) {
        (Some(role), _) => (Held { role, custom_role: None }, None),
        (None, Some(role)) => {
            let name = CustomRoleName { id: role.id, name: role.name.clone() };
            (Held { role: role.base, custom_role: Some(name) }, book.powers(role.id))
        }
        (None, None) => {
            let all = Role::ALL.map(Role::as_str).join(", ");
            let detail = format!("write one of {all}, or one of the store's own roles by name");
            return Ok(Err(RowFault::new("role", "unknown", detail)));
        }
    };
    match custom_roles::within_own(tx, held.role, powers.as_ref()).await {
        Ok(()) => Ok(Ok(held)),
        Err(IdentityError::BeyondOwnRole(permission)) => {
            let detail = format!("it has {permission}, which your role does not have as far; name another role");
            Ok(Err(RowFault::new("role", "beyond-own-role", detail)))
        }
        Err(error) => Err(error),
    }
}

/// The hash for the accounts of an import, whose owners will choose passwords of their own. One for all of them: it is of
/// random bytes that nobody keeps, and five hundred would take a minute. Apart from [`import`], so that no transaction
/// waits for it.
///
/// # Errors
/// [`IdentityError::Busy`], or a failure of ours.
pub(crate) async fn nobodys_hash(identity: &Identity) -> Result<String, IdentityError> {
    Ok(identity.hasher().hash(&NewPassword::of_nobody(invite::nobodys_password()?)).await?)
}

/// Gives everybody of the list access who has none, and sends them invitations: the whole list, or nothing. A second time
/// under the same id it changes nothing, and under another id it finds everybody here.
///
/// # Errors
/// [`IdentityError::Invalid`] names the rows at fault; otherwise a failure of ours.
pub(crate) async fn import(
    identity: &Identity,
    tx: &mut TenantTx,
    id: UserImportId,
    text: &str,
    file_name: Option<String>,
    hash: &str,
) -> Result<UserImport, IdentityError> {
    if let Some(done) = user_import::lock(tx, id).await? {
        return Ok(done);
    }
    let by = person_of(tx.ctx())?.person;
    let judged = judge(tx, text).await?;
    let told = |row: &Row| {
        let line = row.line;
        let told = move |fault: &RowFault| {
            FieldError::new("/text", fault.code, format!("line {line}, {}: {}", fault.column, fault.detail))
        };
        row.faults.iter().map(told).collect::<Vec<_>>()
    };
    let faults: Vec<FieldError> = judged.iter().flat_map(|judged| told(&judged.row)).take(MOST_NAMED).collect();
    if !faults.is_empty() {
        return Err(IdentityError::Invalid(faults));
    }
    let added = judged.iter().filter(|judged| matches!(judged.outcome, Outcome::Add(_))).count();
    let added = i32::try_from(added).unwrap_or(i32::MAX);
    let import = UserImport { id, file_name, added, created_by: by, created_at: tx.now(), undone: None };
    user_import::insert(tx, &import).await?;
    let mut people = Vec::new();
    for Judged { outcome, .. } in &judged {
        let Outcome::Add(add) = outcome else { continue };
        let (name, email, held) = &**add;
        let person = person::ensure(tx, email, hash).await?;
        let user = member::insert(tx, person, name, email, held).await.map_err(|error| {
            if error.is_duplicate_of("membership_pkey") { IdentityError::AlreadyAMember } else { error.into() }
        })?;
        let after =
            json!({ "name": user.name, "email": user.email, "role": user.role, "customRole": user.custom_role });
        tx.audit(AuditRecord::new("user.added", person).after(&after)).await?;
        invite::invite(identity, tx, &user).await?;
        people.push(person);
    }
    user_import::claim(tx, id, &people).await?;
    let after = json!({ "added": added, "fileName": import.file_name });
    tx.audit(AuditRecord::new("user_import.created", id).after(&after)).await?;
    for person in people {
        change::record_member(tx, person).await?;
    }
    Ok(import)
}

/// Until when an import can be taken back.
pub(crate) fn undo_until(import: &UserImport) -> Timestamp {
    import.created_at + UNDO
}

/// Takes an import back: whoever of it has not come yet is removed, with their invitations. A second time it changes nothing.
///
/// # Errors
/// [`IdentityError::NotFound`], [`IdentityError::ImportUndoOver`], or a failure of the database.
pub(crate) async fn undo(tx: &mut TenantTx, id: UserImportId) -> Result<UserImport, IdentityError> {
    let import = user_import::lock(tx, id).await?.ok_or(IdentityError::NotFound("import of people"))?;
    if import.undone.is_some() {
        return Ok(import);
    }
    if undo_until(&import) < tx.now() {
        return Err(IdentityError::ImportUndoOver);
    }
    let by = person_of(tx.ctx())?.person;
    let removed = user_import::remove(tx, id).await?;
    for gone in &removed {
        let before = json!({ "name": gone.called, "email": gone.address, "role": gone.held });
        let after = json!({ "removed": true });
        tx.audit(AuditRecord::new("user.removed", gone.who).before(&before).after(&after)).await?;
    }
    let count = i32::try_from(removed.len()).unwrap_or(i32::MAX);
    user_import::mark_undone(tx, id, by, count).await?;
    let (before, after) =
        (json!({ "added": import.added }), json!({ "removed": count, "stayed": import.added - count }));
    tx.audit(AuditRecord::new("user_import.undone", id).before(&before).after(&after)).await?;
    Ok(UserImport { undone: Some((tx.now(), by, count)), ..import })
}
