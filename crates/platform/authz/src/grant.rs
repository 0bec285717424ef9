//! What a passed check leaves behind.

use autolytiq_kernel::PersonId;

use crate::{Permission, Reach, Role, Scope, reach};

/// Proof that a person, in a role, has a permission in the acting store, and how far it reaches.
///
/// There is no public way to a grant that says no: [`Grant::check`] is the only constructor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    person: PersonId,
    role: Role,
    scope: Scope,
    permission: Permission,
    reach: Reach,
}

impl Grant {
    /// A grant, if the role has the permission.
    #[must_use]
    pub fn check(person: PersonId, role: Role, permission: Permission) -> Option<Self> {
        Self::check_within(person, role, Scope::ALL, permission)
    }

    /// The same, for somebody who acts within a scope.
    #[must_use]
    pub fn check_within(person: PersonId, role: Role, scope: Scope, permission: Permission) -> Option<Self> {
        match reach(role, permission) {
            Reach::No => None,
            _ if !scope.has(permission) => None,
            reach => Some(Self { person, role, scope, permission, reach }),
        }
    }

    /// Who acts.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// Their role in the acting store.
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

    /// For the query itself: `Some(person)` when only their own things are within reach, so that somebody else's is
    /// not found rather than refused (`and ($2::uuid is null or salesperson_id = $2)`).
    #[must_use]
    pub fn owner_filter(&self) -> Option<PersonId> {
        (self.reach == Reach::Own).then_some(self.person)
    }

    /// Whether the same person has another permission as well; for fields that only some may see or set.
    #[must_use]
    pub fn may(&self, other: Permission) -> bool {
        self.scope.has(other) && reach(self.role, other) != Reach::No
    }
}
