//! Who stands at the desk.

use autolytiq_authz::{Owners, Permission, Powers, Reach, Teammates, reach_with};
use autolytiq_kernel::{PersonId, Role, TenantCtx};

use super::sight::Sight;

/// A person at the desk, in a role, with their team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Desk {
    /// Who.
    pub(crate) person: PersonId,
    role: Role,
    /// What they may do where the role is a custom one.
    powers: Option<Powers>,
    team: Teammates,
}

impl Desk {
    /// The person a context acts for, with the people of their team; a job does not work deals.
    pub(crate) fn of(ctx: &TenantCtx, team: Teammates) -> Option<Self> {
        Some(Self { person: ctx.person()?, role: ctx.role()?, powers: ctx.powers().copied(), team })
    }

    /// Somebody with a predefined role, or with powers, for tests.
    #[cfg(test)]
    pub(crate) fn with(person: PersonId, role: Role, powers: Option<Powers>, team: Vec<PersonId>) -> Self {
        Self { person, role, powers, team: Teammates::of(team) }
    }

    /// How far a permission reaches.
    pub(crate) fn reach(&self, permission: Permission) -> Reach {
        reach_with(self.role, self.powers.as_ref(), permission)
    }

    /// Whether the role has a permission at all.
    pub(crate) fn may(&self, permission: Permission) -> bool {
        self.reach(permission) != Reach::No
    }

    /// Whether a permission reaches the deals of this salesperson.
    pub(crate) fn reaches(&self, permission: Permission, salesperson: PersonId) -> bool {
        Owners::within(self.reach(permission), self.person, &self.team).include(salesperson)
    }

    /// Whose deals they find. Goes into the query, so that somebody else's deal is not found rather than refused; their
    /// own they always find.
    pub(crate) fn finds(&self) -> Owners {
        Owners::within(self.reach(Permission::DealRead).max(Reach::Own), self.person, &self.team)
    }

    /// Which figures they may see.
    pub(crate) fn sight(&self) -> Sight {
        Sight::of(|permission| self.may(permission))
    }
}
