//! Custom roles: a predefined role, or another custom one, with changes.

use std::collections::BTreeMap;

use autolytiq_kernel::{Powers, TenantCtx};

use crate::{Permission, Reach, Role, Scope, reach};

/// What a custom role changes of the role it is made from. A permission that is not in it stays as it was there.
pub type Changes = BTreeMap<Permission, Reach>;

/// The powers of a role that begins with `base` and makes these changes, the outermost last.
#[must_use]
pub fn powers<'a>(base: Role, layers: impl IntoIterator<Item = &'a Changes>) -> Powers {
    let mut table: BTreeMap<Permission, Reach> =
        Permission::ALL.iter().map(|permission| (*permission, reach(base, *permission))).collect();
    for layer in layers {
        table.extend(layer.iter().map(|(permission, reach)| (*permission, *reach)));
    }
    let places = table.iter().map(|(permission, reach)| (permission.place(), reach.code()));
    places.fold(Powers::NONE, |powers, (place, code)| powers.with(place, code))
}

/// What is left of a role within a scope: what asks a context alone is narrowed with it.
#[must_use]
pub fn narrowed(role: Role, powers: Option<&Powers>, scope: Scope) -> Powers {
    let held = Permission::ALL.iter().filter(|permission| scope.has(**permission));
    held.fold(Powers::NONE, |left, permission| {
        left.with(permission.place(), reach_with(role, powers, *permission).code())
    })
}

/// How far a permission reaches for somebody with this role, or with these powers where their role is a custom one.
#[must_use]
pub fn reach_with(role: Role, powers: Option<&Powers>, permission: Permission) -> Reach {
    powers.map_or_else(|| reach(role, permission), |powers| Reach::of_code(powers.at(permission.place())))
}

/// How far a permission reaches for whoever a context acts for. A job has no role and asks nobody.
#[must_use]
pub fn reach_in(ctx: &TenantCtx, permission: Permission) -> Reach {
    ctx.role().map_or(Reach::No, |role| reach_with(role, ctx.powers(), permission))
}

/// Whether any permission of whoever a context acts for reaches as far as their team, so that it matters who is in it.
#[must_use]
pub fn reaches_by_team(ctx: &TenantCtx) -> bool {
    Permission::ALL.iter().any(|permission| reach_in(ctx, *permission) == Reach::Team)
}

/// The permissions a context has at all, for the client to decide what to show.
pub fn permissions_in(role: Role, powers: Option<Powers>) -> impl Iterator<Item = Permission> {
    let held = move |permission: &Permission| reach_with(role, powers.as_ref(), *permission) != Reach::No;
    Permission::ALL.iter().copied().filter(held)
}

/// The first permission that reaches further for `other` than for `own`: nobody hands out more than they have.
#[must_use]
pub fn beyond(own: (Role, Option<&Powers>), other: (Role, Option<&Powers>)) -> Option<Permission> {
    let exceeds =
        |permission: &Permission| reach_with(other.0, other.1, *permission) > reach_with(own.0, own.1, *permission);
    Permission::ALL.iter().copied().find(exceeds)
}
