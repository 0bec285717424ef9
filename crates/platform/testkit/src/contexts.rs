//! Stores and people of a test.

use autolytiq_kernel::{DealershipId, Origin, PersonActor, Role, TenantCtx};

use crate::TestDb;

impl TestDb {
    /// The id of a store. Nothing is written: tenancy is a column and a policy.
    #[must_use]
    pub fn store(&self) -> DealershipId {
        self.ids().next()
    }

    /// A new person of a store, acting for it and reading no other.
    #[must_use]
    pub fn ctx(&self, store: DealershipId, role: Role) -> TenantCtx {
        self.ctx_reading(store, [], role)
    }

    /// A new person of a store who may read others too, as a group's manager does.
    #[must_use]
    pub fn ctx_reading(
        &self,
        store: DealershipId,
        others: impl IntoIterator<Item = DealershipId>,
        role: Role,
    ) -> TenantCtx {
        let ids = self.ids();
        self.ctx_as(PersonActor { person: ids.next(), session: ids.next(), role }, store, others)
    }

    /// A given person acting for a store.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "a test says who is authenticated")]
    pub fn ctx_as(
        &self,
        actor: PersonActor,
        store: DealershipId,
        others: impl IntoIterator<Item = DealershipId>,
    ) -> TenantCtx {
        let origin = Origin { request: self.ids().next(), address: Some([127, 0, 0, 1].into()) };
        TenantCtx::authenticated(actor, store, others, origin)
    }

    /// A job acting for a store.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "a test says who is authenticated")]
    pub fn job_ctx(&self, store: DealershipId) -> TenantCtx {
        TenantCtx::for_job("test.job", store, self.ids().next())
    }
}
