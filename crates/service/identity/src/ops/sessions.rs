//! One's own sessions, the sessions of a whole store, and how long they may last.

use std::collections::BTreeSet;

use autolytiq_db::{AuditRecord, SystemUse, TenantTx};
use autolytiq_kernel::{SessionId, TenantCtx, problem::FieldError};
use serde_json::json;

use super::session::person_of;
use crate::{
    domain::{limits::SessionLimits, setting::Setting},
    error::IdentityError,
    identity::Identity,
    store::{
        change, limits,
        session_list::{self, OpenSession},
        setting_version,
    },
};

/// The open sessions of the person, last used first.
///
/// # Errors
/// A failure of the database.
pub(crate) async fn list(identity: &Identity, ctx: &TenantCtx) -> Result<Vec<OpenSession>, IdentityError> {
    let actor = person_of(ctx)?;
    let mut tx = identity.db().system(SystemUse::Sessions).await?;
    let sessions = session_list::open_of(&mut tx, actor.person).await?;
    tx.commit().await?;
    Ok(sessions)
}

/// Ends one of the person's own sessions, on whichever device it is.
///
/// # Errors
/// [`IdentityError::NotFound`] when they have no open session with this id, or a failure of the database.
pub(crate) async fn end(identity: &Identity, ctx: &TenantCtx, session: SessionId) -> Result<(), IdentityError> {
    let actor = person_of(ctx)?;
    let mut tx = identity.db().system(SystemUse::Sessions).await?;
    if !session_list::end_own(&mut tx, actor.person, session).await? {
        return Err(IdentityError::NotFound("session"));
    }
    let record = AuditRecord::new("session.ended_elsewhere", session)
        .before(&json!({ "open": true }))
        .after(&json!({ "open": false }));
    tx.audit(ctx.acting(), ctx.actor(), ctx.origin(), record).await?;
    change::record(&mut tx, actor.person).await?;
    tx.commit().await?;
    identity.cache().forget(actor.person);
    Ok(())
}

/// Signs everybody of the acting store out, but the session that asks; says how many sessions ended.
///
/// # Errors
/// A failure of the database.
pub(crate) async fn end_of_store(identity: &Identity, ctx: &TenantCtx, reason: &str) -> Result<usize, IdentityError> {
    let actor = person_of(ctx)?;
    let mut tx = identity.db().system(SystemUse::Sessions).await?;
    let ended = session_list::end_of_store(&mut tx, ctx.acting(), actor.session).await?;
    let record = AuditRecord::new("session.store_signed_out", ctx.acting())
        .before(&json!({ "sessions": ended.len() }))
        .after(&json!({ "sessions": 0 }))
        .reason(reason);
    tx.audit(ctx.acting(), ctx.actor(), ctx.origin(), record).await?;
    let people: BTreeSet<_> = ended.iter().copied().collect();
    for person in &people {
        change::record(&mut tx, *person).await?;
    }
    tx.commit().await?;
    for person in people {
        identity.cache().forget(person);
    }
    Ok(ended.len())
}

/// The limits of the acting store with their version.
///
/// # Errors
/// A failure of the database.
pub(crate) async fn limits(tx: &mut TenantTx) -> Result<(SessionLimits, i64), IdentityError> {
    Ok(limits::acting(tx).await?)
}

/// Changes the limits of the acting store. They hold from the next refresh of each session.
///
/// # Errors
/// [`IdentityError::Invalid`], or a failure of the database.
pub(crate) async fn set_limits(
    tx: &mut TenantTx,
    new: SessionLimits,
    (before, version): (SessionLimits, i64),
) -> Result<i64, IdentityError> {
    let faults: Vec<FieldError> =
        new.faults().into_iter().map(|(pointer, why)| FieldError::new(pointer, "out-of-range", why)).collect();
    if !faults.is_empty() {
        return Err(IdentityError::Invalid(faults));
    }
    let saved = limits::save(tx, new, version).await?;
    setting_version::keep(tx, Setting::Sessions, (version, &before), (saved, &new)).await?;
    let store = tx.acting();
    tx.audit(AuditRecord::new("session.limits_changed", store).before(&json!(before)).after(&json!(new))).await?;
    Ok(saved)
}
