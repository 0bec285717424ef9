//! What each predefined role may do, and every permission there is.

use autolytiq_authz::{Permission, Reach, Role, action, reach};
use autolytiq_http::Authorized;
use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

/// The roles.
#[derive(Serialize, ToSchema)]
pub(super) struct Roles {
    /// The predefined roles, weakest first.
    items: Vec<RoleView>,
    /// Every permission.
    permissions: Vec<PermissionInfo>,
}

/// A role and what it may do.
#[derive(Serialize, ToSchema)]
#[schema(as = RoleWithPermissions)]
pub(super) struct RoleView {
    /// The role.
    role: Role,
    /// Its permissions.
    permissions: Vec<PermissionView>,
}

/// A permission as a role has it.
#[derive(Serialize, ToSchema)]
#[schema(as = RolePermission)]
pub(super) struct PermissionView {
    /// The permission, like `deal.approve`.
    id: &'static str,
    /// How far it reaches.
    reach: ReachView,
}

/// A permission, for whoever makes a role.
#[derive(Serialize, ToSchema)]
pub(super) struct PermissionInfo {
    /// The permission, like `deal.approve`.
    id: &'static str,
    /// What it is about, like `deal`.
    resource: &'static str,
    /// What it lets a person do.
    words: &'static str,
    /// How far it can reach.
    reaches: Vec<ReachView>,
}

/// How far a permission reaches.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PermissionReach)]
pub(super) enum ReachView {
    /// Not at all.
    None,
    /// What one is responsible for oneself.
    Own,
    /// That, and what the people of one's team are responsible for.
    Team,
    /// Everything in the store.
    Store,
    /// Everything in the store and in the other stores of its group.
    Group,
}

impl From<Reach> for ReachView {
    fn from(reach: Reach) -> Self {
        match reach {
            Reach::No => Self::None,
            Reach::Own => Self::Own,
            Reach::Team => Self::Team,
            Reach::Store => Self::Store,
            Reach::Group => Self::Group,
        }
    }
}

/// The permissions that reach anywhere, with how far.
pub(super) fn held(reach: impl Fn(Permission) -> Reach) -> Vec<PermissionView> {
    let all = Permission::ALL.iter().map(|permission| (*permission, reach(*permission)));
    let held = all.filter(|(_, reach)| *reach != Reach::No);
    held.map(|(permission, reach)| PermissionView { id: permission.id(), reach: reach.into() }).collect()
}

/// What each predefined role may do, and every permission that a role of the store can have.
#[utoipa::path(get, path = "/admin/roles", operation_id = "listRoles",
    responses((status = 200, description = "The roles.", body = Roles)))]
pub(super) async fn list_roles(_: Authorized<action::RoleRead>) -> Json<Roles> {
    let info = |permission: &Permission| PermissionInfo {
        id: permission.id(),
        resource: permission.resource().as_str(),
        words: permission.words(),
        reaches: permission.reaches().iter().map(|reach| (*reach).into()).collect(),
    };
    let view = |role: Role| RoleView { role, permissions: held(|permission| reach(role, permission)) };
    Json(Roles {
        items: Role::ALL.into_iter().map(view).collect(),
        permissions: Permission::ALL.iter().map(info).collect(),
    })
}
