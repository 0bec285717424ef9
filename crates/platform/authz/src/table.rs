//! The table: which role has which permission, and how far it reaches.

use crate::{Permission, Role};

/// How far a permission reaches inside the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Not at all.
    No,
    /// Things the person is responsible for: the deals they are the salesperson of.
    Own,
    /// Everything in the store.
    Store,
}

use Reach::{No, Own, Store};

/// What `role` may do with `permission`.
///
/// This is the whole policy. One line per permission; the columns are [`Role::ALL`]:
/// salesperson, sales manager, F&I manager, administrator.
#[must_use]
pub const fn reach(role: Role, permission: Permission) -> Reach {
    use Permission as P;
    let row = match permission {
        P::DealRead => [Own, Store, Store, Store],
        P::DealCreate => [Own, Store, Store, Store],
        P::DealEdit => [Own, Store, Store, Store],
        P::DealSubmit => [Own, Store, Store, Store],
        P::DealReprice => [No, Store, No, Store],
        P::DealApprove => [No, Store, No, Store],
        P::DealReject => [No, Store, No, Store],
        P::DealCancel => [Own, Store, Store, Store],
        P::DealClose => [No, No, Store, Store],
        P::DealReopen => [No, Store, No, Store],
        P::DealCostView => [No, Store, Store, Store],
        P::DealGrossView => [No, Store, Store, Store],
        P::DealReserveView => [No, No, Store, Store],
        P::CustomerRead => [Store, Store, Store, Store],
        P::CustomerCreate => [Store, Store, Store, Store],
        P::CustomerEdit => [Store, Store, Store, Store],
        P::CustomerProtectedView => [No, No, Store, Store],
        P::VehicleRead => [Store, Store, Store, Store],
        P::VehicleCreate => [No, Store, No, Store],
        P::VehicleEdit => [No, Store, No, Store],
        P::VehicleCostView => [No, Store, Store, Store],
        P::UserRead => [No, No, No, Store],
        P::UserCreate => [No, No, No, Store],
        P::UserSetRole => [No, No, No, Store],
        P::RoleRead => [No, Store, No, Store],
        P::DealershipRead => [Store, Store, Store, Store],
        P::SettingsRead => [No, Store, Store, Store],
        P::SettingsEdit => [No, Store, No, Store],
        P::AuditRead => [No, No, No, Store],
        P::CalcRun => [Store, Store, Store, Store],
        P::PlaceRead => [Store, Store, Store, Store],
        P::PlaceImport => [No, No, No, Store],
        P::EventRead => [Store, Store, Store, Store],
    };
    match role {
        Role::Salesperson => row[0],
        Role::SalesManager => row[1],
        Role::FniManager => row[2],
        Role::Administrator => row[3],
    }
}

/// The permissions a role has at all, for the client to decide what to show.
pub fn permissions_of(role: Role) -> impl Iterator<Item = Permission> {
    Permission::ALL.iter().copied().filter(move |permission| reach(role, *permission) != No)
}
