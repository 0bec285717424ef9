//! The one place where a tenant context comes from a request.

use std::{sync::Arc, time::Instant};

use autolytiq_authz::{Permission, Reach, Scope, narrowed, reach_in};
use autolytiq_db::{DbError, SystemUse};
use autolytiq_http::{Session, TokenVerifier, VerifyError};
use autolytiq_kernel::{Actor, DealershipId, Origin, PersonActor, SessionId, TenantCtx};
use futures::future::BoxFuture;
use jiff::Timestamp;

use crate::{
    crypto::{access::TokenError, api_key},
    identity::Identity,
    store::{
        seats::Seats,
        session::{self, SessionState},
    },
};

impl TokenVerifier for Identity {
    fn verify<'a>(&'a self, bearer: &'a str, origin: Origin) -> BoxFuture<'a, Result<Session, VerifyError>> {
        Box::pin(async move {
            if api_key::is_key(bearer) {
                return self.verify_key(bearer, origin).await;
            }
            let claims = self.tokens().verify(bearer, self.clock().now()).map_err(|error| match error {
                TokenError::Expired => VerifyError::Expired,
                TokenError::Invalid(_) => VerifyError::Invalid,
            })?;
            let state =
                self.session_state(claims.sid).await.map_err(|error| VerifyError::Unavailable(Box::new(error)))?;
            let state = state.filter(|state| !state.ended && state.key.is_none()).ok_or(VerifyError::Revoked)?;
            if state.person != claims.sub {
                return Err(VerifyError::Invalid);
            }
            // The token's role is what it was when the token was made; this is what it is.
            let seat = state.access.at(claims.act).ok_or(VerifyError::Invalid)?;
            let actor = PersonActor { person: state.person, session: claims.sid, role: seat.role };
            let expires_at = Timestamp::from_second(claims.exp).map_err(|_| VerifyError::Invalid)?;
            let confirmed_at = Timestamp::from_second(claims.auth_time).map_err(|_| VerifyError::Invalid)?;
            let ctx = context(actor, claims.act, &state.access, origin);
            Ok(Session { actor, ctx, expires_at, key_scope: None, confirmed_at: Some(confirmed_at) })
        })
    }
}

impl Identity {
    /// The state of a session, from the cache or from the database.
    async fn session_state(&self, session: SessionId) -> Result<Option<Arc<SessionState>>, DbError> {
        let reading = match self.cache().get(session, Instant::now()) {
            Ok(state) => return Ok(Some(state)),
            Err(reading) => reading,
        };
        let mut tx = self.db().system(SystemUse::Sessions).await?;
        let state = session::state(&mut tx, session).await?.map(Arc::new);
        tx.commit().await?;
        if let Some(state) = &state {
            self.cache().put(reading, session, state);
        }
        Ok(state)
    }
}

/// The context of a person who was just authenticated.
#[expect(clippy::disallowed_methods, reason = "this is where authentication ends")]
pub(crate) fn context(actor: PersonActor, acting: DealershipId, access: &Seats, origin: Origin) -> TenantCtx {
    let seat = access.at(acting);
    let ctx = TenantCtx::authenticated(actor, acting, access.readable(acting), origin);
    ctx.with_powers(seat.and_then(|seat| seat.powers)).with_off(seat.map(|seat| seat.off).unwrap_or_default())
}

/// The same person in another store of the group, which they need not work in: for an act that is one in all its stores.
/// None where their power over people does not reach the store.
#[expect(clippy::disallowed_methods, reason = "the person was authenticated, and their permission reaches the store")]
pub(crate) fn context_in(ctx: &TenantCtx, store: DealershipId) -> Option<TenantCtx> {
    let Actor::Person(actor) = ctx.actor().clone() else { return None };
    let reaches = reach_in(ctx, Permission::UserSetRole) == Reach::Group && ctx.readable().contains(&store);
    reaches.then(|| TenantCtx::authenticated(actor, store, [], ctx.origin()).with_powers(ctx.powers().copied()))
}

/// The context of a program, by its key. What a role may see is asked of the context alone, field by field, so the powers
/// in it are those that the key was made for.
#[expect(clippy::disallowed_methods, reason = "this is where authentication ends")]
pub(super) fn context_within(
    actor: PersonActor,
    acting: DealershipId,
    access: &Seats,
    scope: Scope,
    origin: Origin,
) -> TenantCtx {
    let seat = access.at(acting);
    let powers = seat.map(|seat| narrowed(seat.role, seat.powers.as_ref(), scope));
    let ctx = TenantCtx::authenticated(actor, acting, access.readable(acting), origin);
    ctx.with_powers(powers).with_off(seat.map(|seat| seat.off).unwrap_or_default())
}
