//! What a passed check leaves behind.

use autolytiq_kernel::{PersonId, Powers, TenantCtx};

use crate::{Permission, Reach, Role, Scope, reach_with};

/// Proof that a person, in a role, has a permission in the acting store, and how far it reaches.
///
/// There is no public way to a grant that says no: [`Grant::check`] and [`Grant::within`] are the only constructors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    person: PersonId,
    role: Role,
    powers: Option<Powers>,
    scope: Scope,
    permission: Permission,
    reach: Reach,
}

impl Grant {
    /// A grant, if the predefined role has the permission.
    #[must_use]
    pub fn check(person: PersonId, role: Role, permission: Permission) -> Option<Self> {
        Self::with(person, role, None, Scope::ALL, permission)
    }

    /// A grant, if whoever the context acts for has the permission, by a predefined role or a custom one, and acts within
    /// a scope that has it as well.
    #[must_use]
    pub fn within(ctx: &TenantCtx, scope: Scope, permission: Permission) -> Option<Self> {
        Self::with(ctx.person()?, ctx.role()?, ctx.powers().copied(), scope, permission)
    }

    fn with(
        person: PersonId,
        role: Role,
        powers: Option<Powers>,
        scope: Scope,
        permission: Permission,
    ) -> Option<Self> {
        match reach_with(role, powers.as_ref(), permission) {
            Reach::No => None,
            _ if !scope.has(permission) => None,
            reach => Some(Self { person, role, powers, scope, permission, reach }),
        }
    }

    /// Who acts.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// Their role in the acting store; of a custom one, the predefined role that it began with.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// The permission that was checked.
    #[must_use]
    pub fn permission(&self) -> Permission {
        self.permission
    }

    /// How far it reaches.
    #[must_use]
    pub fn reach(&self) -> Reach {
        self.reach
    }

    /// Whether the same person has another permission as well; for fields that only some may see or set.
    #[must_use]
    pub fn may(&self, other: Permission) -> bool {
        self.reach_of(other) != Reach::No
    }

    /// How far another permission of the same person reaches.
    #[must_use]
    pub fn reach_of(&self, other: Permission) -> Reach {
        if self.scope.has(other) { reach_with(self.role, self.powers.as_ref(), other) } else { Reach::No }
    }
}
