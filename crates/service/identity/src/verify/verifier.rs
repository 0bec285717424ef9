//! The one place where a tenant context comes from a request.

use std::{sync::Arc, time::Instant};

use autolytiq_authz::{Permission, Reach, reach};
use autolytiq_db::{DbError, SystemUse};
use autolytiq_http::{Session, TokenVerifier, VerifyError};
use autolytiq_kernel::{DealershipId, GroupId, Origin, PersonActor, Role, SessionId, TenantCtx};
use futures::future::BoxFuture;
use jiff::Timestamp;

use crate::{
    crypto::{access::TokenError, api_key},
    identity::Identity,
    store::session::{self, SessionState},
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
            let role = state.stores.iter().find(|(store, ..)| *store == claims.act).map(|(.., role)| *role);
            let actor =
                PersonActor { person: state.person, session: claims.sid, role: role.ok_or(VerifyError::Invalid)? };
            let expires_at = Timestamp::from_second(claims.exp).map_err(|_| VerifyError::Invalid)?;
            let confirmed_at = Timestamp::from_second(claims.auth_time).map_err(|_| VerifyError::Invalid)?;
            let ctx = context(actor, claims.act, &state.stores, &state.rooftops, origin);
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
pub(crate) fn context(
    actor: PersonActor,
    acting: DealershipId,
    stores: &[(DealershipId, GroupId, Role)],
    rooftops: &[(DealershipId, GroupId)],
    origin: Origin,
) -> TenantCtx {
    TenantCtx::authenticated(actor, acting, readable(acting, stores, rooftops), origin)
}

/// The stores a person may read while they act for one: others of its group in which they are at least what they are
/// here. A salesperson reads their own store only, and nobody reads a second store with more rights than they have in
/// it. Whoever reads the whole group (`rooftops`: every store of the groups they do that in) needs no membership in each.
pub(crate) fn readable(
    acting: DealershipId,
    stores: &[(DealershipId, GroupId, Role)],
    rooftops: &[(DealershipId, GroupId)],
) -> Vec<DealershipId> {
    let Some((_, group, role)) = stores.iter().find(|(store, ..)| *store == acting) else { return vec![acting] };
    if reach(*role, Permission::DealershipRead) == Reach::Group {
        let others = rooftops.iter().filter(|(_, its_group)| its_group == group).map(|(store, _)| *store);
        return std::iter::once(acting).chain(others.filter(|store| *store != acting)).collect();
    }
    let reaches = |there: &Role| there == role || there.administers();
    stores
        .iter()
        .filter(|(store, its_group, there)| {
            *store == acting || (*role != Role::Salesperson && its_group == group && reaches(there))
        })
        .map(|(store, ..)| *store)
        .collect()
}

#[cfg(test)]
mod tests {
    use autolytiq_kernel::{DealershipId, GroupId, Ids, Role};

    use super::readable;

    #[test]
    fn a_manager_reads_the_stores_of_the_group_where_they_are_as_much() {
        let ids = Ids::sequence(1);
        let stores: Vec<DealershipId> = (0..5).map(|_| ids.next()).collect();
        let (group, other): (GroupId, GroupId) = (ids.next(), ids.next());
        let access = [
            (stores[0], group, Role::SalesManager),
            (stores[1], group, Role::SalesManager),
            (stores[2], group, Role::Administrator),
            (stores[3], group, Role::Salesperson),
            (stores[4], other, Role::SalesManager),
        ];
        assert_eq!(readable(stores[0], &access, &[]), &stores[..3]);
        assert_eq!(readable(stores[2], &access, &[]), [stores[2]], "an administrator here is only a manager there");
        assert_eq!(readable(stores[3], &access, &[]), [stores[3]]);
        assert_eq!(readable(stores[4], &access, &[]), [stores[4]]);
    }

    #[test]
    fn a_group_administrator_reads_every_store_of_that_group_and_of_no_other() {
        let ids = Ids::sequence(1);
        let stores: Vec<DealershipId> = (0..4).map(|_| ids.next()).collect();
        let (group, other): (GroupId, GroupId) = (ids.next(), ids.next());
        let access = [(stores[0], group, Role::GroupAdministrator), (stores[3], other, Role::SalesManager)];
        let rooftops = [(stores[0], group), (stores[1], group), (stores[2], group), (stores[3], other)];
        assert_eq!(readable(stores[0], &access, &rooftops), &stores[..3]);
        assert_eq!(readable(stores[3], &access, &rooftops), [stores[3]], "what one is elsewhere counts there only");
    }
}
