//! A part of what a role may do: what an API key was made for.

use crate::Permission;

/// A set of permissions that narrows those of a role. It never widens them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope(u128);

const _: () = assert!(Permission::ALL.len() <= 128, "a scope has a bit for each permission");

impl Scope {
    /// Narrows nothing: the scope of a person who signed in.
    pub const ALL: Self = Self(u128::MAX);

    /// Exactly these permissions.
    pub fn of(permissions: impl IntoIterator<Item = Permission>) -> Self {
        Self(permissions.into_iter().fold(0, |bits, permission| bits | bit(permission)))
    }

    /// Whether the permission is in it.
    #[must_use]
    pub const fn has(self, permission: Permission) -> bool {
        self.0 & bit(permission) != 0
    }
}

const fn bit(permission: Permission) -> u128 {
    1 << (permission as u32)
}

#[cfg(test)]
mod tests {
    use super::Scope;
    use crate::Permission;

    #[test]
    fn a_scope_has_what_it_was_made_of() {
        for permission in Permission::ALL {
            let scope = Scope::of([*permission]);
            let inside: Vec<_> = Permission::ALL.iter().filter(|other| scope.has(**other)).collect();
            assert_eq!(inside, [permission]);
            assert!(Scope::ALL.has(*permission));
        }
    }
}
