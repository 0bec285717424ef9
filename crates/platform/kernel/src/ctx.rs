//! Who acts, for which store, and which stores they may read: what opens a tenant transaction.

use std::{net::IpAddr, sync::Arc};

use crate::{DealershipId, Feature, PersonId, Powers, RequestId, Role, SessionId, SwitchedOff, problem::Problem};

/// The authenticated context of one request or one run of a job.
///
/// Its fields are private and its two constructors are banned by `clippy.toml` everywhere but in the code that has just
/// proved who is calling, so holding a `TenantCtx` means that somebody checked. It acts for exactly one store; a
/// manager of a group may read others.
#[derive(Clone, Debug)]
pub struct TenantCtx {
    acting: DealershipId,
    readable: Arc<[DealershipId]>,
    actor: Actor,
    powers: Option<Powers>,
    off: SwitchedOff,
    origin: Origin,
}

/// Who does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person in a session.
    Person(PersonActor),
    /// The product itself: a job or a schedule, by its name (`audit.seal`).
    Job(&'static str),
}

/// A person as they act in one store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonActor {
    /// Who.
    pub person: PersonId,
    /// In which log-in.
    pub session: SessionId,
    /// With which role in the acting store.
    pub role: Role,
}

/// Where a request came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The request or run; also in the log lines and in a problem's `requestId`.
    pub request: RequestId,
    /// The client's address as the gateway saw it; none for a job.
    pub address: Option<IpAddr>,
}

impl TenantCtx {
    /// The context of a person who has just been authenticated as `actor` in the store `acting`.
    ///
    /// `readable` are the stores whose rows the person may see besides their own; the acting store is always among them.
    /// Only the authentication of `service/identity` calls this.
    #[must_use]
    pub fn authenticated(
        actor: PersonActor,
        acting: DealershipId,
        readable: impl IntoIterator<Item = DealershipId>,
        origin: Origin,
    ) -> Self {
        let mut readable: Vec<DealershipId> = readable.into_iter().chain([acting]).collect();
        readable.sort_unstable();
        readable.dedup();
        Self {
            acting,
            readable: readable.into(),
            actor: Actor::Person(actor),
            powers: None,
            off: SwitchedOff::NONE,
            origin,
        }
    }

    /// The context of a job that acts for one store and reads no other.
    ///
    /// Only a job runner, which took the store from a row the product itself wrote, calls this.
    #[must_use]
    pub fn for_job(job: &'static str, acting: DealershipId, request: RequestId) -> Self {
        let origin = Origin { request, address: None };
        let off = SwitchedOff::NONE;
        Self { acting, readable: [acting].into(), actor: Actor::Job(job), powers: None, off, origin }
    }

    /// The same for a person whose role in the store is a custom one. Only the authentication calls this.
    #[must_use]
    pub fn with_powers(mut self, powers: Option<Powers>) -> Self {
        self.powers = powers;
        self
    }

    /// What a custom role lets the person do; none where a predefined role says it.
    #[must_use]
    pub fn powers(&self) -> Option<&Powers> {
        self.powers.as_ref()
    }

    /// The same in a store that has switched features off. Only the authentication calls this.
    #[must_use]
    pub fn with_off(mut self, off: SwitchedOff) -> Self {
        self.off = off;
        self
    }

    /// Lets through what belongs to a feature that the acting store has not switched off. Nothing is off for a job.
    ///
    /// # Errors
    /// 403 `feature-off`.
    pub fn needs(&self, feature: Feature) -> Result<(), Problem> {
        if self.off.has(feature) { Err(feature.refusal()) } else { Ok(()) }
    }

    /// The store that is written to. Queries name it too (`where dealership_id = $1`): the policies are the second wall.
    #[must_use]
    pub fn acting(&self) -> DealershipId {
        self.acting
    }

    /// The stores that may be read, ascending; the acting store is among them.
    #[must_use]
    pub fn readable(&self) -> &[DealershipId] {
        &self.readable
    }

    /// Who acts.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The person who acts, if it is one.
    #[must_use]
    pub fn person(&self) -> Option<PersonId> {
        match &self.actor {
            Actor::Person(actor) => Some(actor.person),
            Actor::Job(_) => None,
        }
    }

    /// The role in the acting store; a job has none.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        match &self.actor {
            Actor::Person(actor) => Some(actor.role),
            Actor::Job(_) => None,
        }
    }

    /// Where it came from.
    #[must_use]
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// The request or run.
    #[must_use]
    pub fn request(&self) -> RequestId {
        self.origin.request
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "these tests are about the constructors")]

    use super::{Origin, PersonActor, TenantCtx};
    use crate::{DealershipId, Ids, Role};

    #[test]
    fn the_acting_store_is_always_readable_and_named_once() {
        let ids = Ids::sequence(1);
        let (own, other): (DealershipId, DealershipId) = (ids.next(), ids.next());
        let actor = PersonActor { person: ids.next(), session: ids.next(), role: Role::SalesManager };
        let origin = Origin { request: ids.next(), address: None };
        let ctx = TenantCtx::authenticated(actor, own, [other, own, other], origin);
        assert_eq!(ctx.readable(), [own, other]);
        assert_eq!(ctx.role(), Some(Role::SalesManager));
        let job = TenantCtx::for_job("audit.seal", other, ids.next());
        assert_eq!(job.readable(), [other]);
        assert_eq!(job.person(), None);
    }
}
