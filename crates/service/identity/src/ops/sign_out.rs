//! Ending sessions.

use autolytiq_db::{AuditRecord, DbError, SystemTx, SystemUse};
use autolytiq_kernel::{Actor, DealershipId, Origin, PersonActor, Role, TenantCtx};
use serde_json::json;

use super::session::person_of;
use crate::{
    crypto::refresh::RefreshDigest,
    error::IdentityError,
    identity::Identity,
    store::{
        change,
        session::{self, Ending},
    },
};

/// Ends the session of an access token, of a refresh token, or of both. A session that has ended already stays so.
///
/// # Errors
/// A failure of the database.
pub async fn sign_out(
    identity: &Identity,
    ctx: Option<&TenantCtx>,
    refresh_token: Option<&str>,
    origin: Origin,
) -> Result<(), IdentityError> {
    let mut tx = identity.db().system(SystemUse::Sessions).await?;
    let mut people = Vec::new();
    if let Some(ctx) = ctx {
        let actor = person_of(ctx)?;
        if end(&mut tx, actor, ctx.acting(), origin).await? {
            people.push(actor.person);
        }
    }
    if let Some(token) = refresh_token {
        let open = session::open_session_of(&mut tx, RefreshDigest::of(token)).await?;
        if let Some((session, person, store)) = open {
            // The role does not matter to an ending, and the token does not tell it.
            let role = ctx.and_then(TenantCtx::role).unwrap_or(Role::Salesperson);
            if end(&mut tx, PersonActor { person, session, role }, store, origin).await? {
                people.push(person);
            }
        }
    }
    for person in &people {
        change::record(&mut tx, *person).await?;
    }
    tx.commit().await?;
    for person in people {
        identity.cache().forget(person);
    }
    Ok(())
}

async fn end(tx: &mut SystemTx, actor: PersonActor, store: DealershipId, origin: Origin) -> Result<bool, DbError> {
    let ended = session::end(tx, actor.session, Ending::SignedOut).await?;
    if ended {
        let record = AuditRecord::new("session.signed_out", actor.session);
        tx.audit(store, &Actor::Person(actor), origin, record).await?;
    }
    Ok(ended)
}

/// Ends every session of the person, this one too, and says how many there were.
///
/// # Errors
/// A failure of the database.
pub async fn sign_out_everywhere(identity: &Identity, ctx: &TenantCtx) -> Result<u64, IdentityError> {
    let actor = person_of(ctx)?;
    let mut tx = identity.db().system(SystemUse::Sessions).await?;
    let ended = session::end_all(&mut tx, actor.person).await?;
    let record = AuditRecord::new("session.signed_out_everywhere", actor.person).after(&json!({ "sessions": ended }));
    tx.audit(ctx.acting(), &Actor::Person(actor), ctx.origin(), record).await?;
    change::record(&mut tx, actor.person).await?;
    tx.commit().await?;
    identity.cache().forget(actor.person);
    Ok(ended)
}
