//! What each role may do.

use autolytiq_authz::{Permission, Reach, Role, action, reach};
use autolytiq_http::Authorized;
use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

/// The roles.
#[derive(Serialize, ToSchema)]
pub(super) struct Roles {
    /// Weakest first.
    items: Vec<RoleView>,
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

/// How far a permission reaches.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PermissionReach)]
pub(super) enum ReachView {
    /// What one is responsible for oneself.
    Own,
    /// Everything in the store.
    Store,
    /// Everything in the store and in the other stores of its group.
    Group,
}

/// What each role may do.
#[utoipa::path(get, path = "/admin/roles", operation_id = "listRoles",
    responses((status = 200, description = "The roles.", body = Roles)))]
pub(super) async fn list_roles(_: Authorized<action::RoleRead>) -> Json<Roles> {
    Json(Roles { items: Role::ALL.into_iter().map(view).collect() })
}

fn view(role: Role) -> RoleView {
    let of = |permission: &Permission| {
        let reach = match reach(role, *permission) {
            Reach::No => return None,
            Reach::Own => ReachView::Own,
            Reach::Store => ReachView::Store,
            Reach::Group => ReachView::Group,
        };
        Some(PermissionView { id: permission.id(), reach })
    };
    RoleView { role, permissions: Permission::ALL.iter().filter_map(of).collect() }
}
