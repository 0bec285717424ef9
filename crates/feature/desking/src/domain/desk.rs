//! Who stands at the desk.

use autolytiq_authz::{Permission, Powers, Reach, reach_with};
use autolytiq_kernel::{PersonId, Role, TenantCtx};

use super::sight::Sight;

/// A person at the desk, in a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Desk {
    /// Who.
    pub(crate) person: PersonId,
    /// As what.
    pub(crate) role: Role,
    /// What they may do where the role is a custom one.
    pub(crate) powers: Option<Powers>,
}

impl Desk {
    /// The person a context acts for; a job does not work deals.
    pub(crate) fn of(ctx: &TenantCtx) -> Option<Self> {
        Some(Self { person: ctx.person()?, role: ctx.role()?, powers: ctx.powers().copied() })
    }

    /// How far a permission reaches.
    pub(crate) fn reach(self, permission: Permission) -> Reach {
        reach_with(self.role, self.powers.as_ref(), permission)
    }

    /// Whether the role has a permission at all.
    pub(crate) fn may(self, permission: Permission) -> bool {
        self.reach(permission) != Reach::No
    }

    /// `Some(person)` when only their own deals are within reach: goes into the query, so that somebody else's deal is
    /// not found rather than refused.
    pub(crate) fn only_own(self) -> Option<PersonId> {
        (self.reach(Permission::DealRead) < Reach::Store).then_some(self.person)
    }

    /// Which figures they may see.
    pub(crate) fn sight(self) -> Sight {
        Sight {
            cost: self.may(Permission::DealCostView),
            gross: self.may(Permission::DealGrossView),
            reserve: self.may(Permission::DealReserveView),
        }
    }
}
