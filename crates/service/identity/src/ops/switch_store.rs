//! Acting for another store.

use autolytiq_db::{AuditRecord, SystemUse};
use autolytiq_kernel::{Actor, DealershipId, TenantCtx};
use serde_json::json;

use super::session::{self, SignedIn, Standing, find, person_of};
use crate::{
    error::IdentityError,
    identity::Identity,
    store::{member, session as sessions},
};

/// Goes on in another store with a new access token; refreshing continues there too.
///
/// # Errors
/// [`IdentityError::NotFound`] for a store the person has no access to, whether or not it exists.
pub async fn switch_store(identity: &Identity, ctx: &TenantCtx, to: DealershipId) -> Result<SignedIn, IdentityError> {
    let actor = person_of(ctx)?;
    let mut tx = identity.db().system(SystemUse::Sessions).await?;
    let access = member::access_of(&mut tx, actor.person).await?;
    let acting = find(&access, to)?;
    let standing = Standing { person: actor.person, session: actor.session, acting, access: &access };
    sessions::touch(&mut tx, actor.session, to).await?;
    let record = AuditRecord::new("session.switched", actor.session).before(&json!({ "dealership": ctx.acting() }));
    tx.audit(to, &Actor::Person(standing.actor()), ctx.origin(), record).await?;
    let signed_in = session::signed_in(identity, &mut tx, &standing, None, ctx.origin()).await?;
    tx.commit().await?;
    Ok(signed_in)
}
