//! The table: which role has which permission, and how far it reaches.

use crate::{Permission, Role};

/// How far a permission reaches inside the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Not at all.
    No,
    /// Things the person is responsible for: the deals they are the salesperson of.
    Own,
    /// These, and the same of the people of their team in the store; without a team, as [`Reach::Own`].
    Team,
    /// Everything in the store.
    Store,
    /// Everything in the store, and the same in the other stores of its group.
    Group,
}

impl Reach {
    /// The reach in a row of [`crate::Powers`].
    pub(crate) const fn code(self) -> u8 {
        match self {
            No => 0,
            Own => 1,
            Team => 2,
            Store => 3,
            Group => 4,
        }
    }

    /// The reach of such a row; what nobody wrote is none.
    pub(crate) const fn of_code(code: u8) -> Self {
        match code {
            1 => Own,
            2 => Team,
            3 => Store,
            4 => Group,
            _ => No,
        }
    }

    /// The name on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            No => "none",
            Own => "own",
            Team => "team",
            Store => "store",
            Group => "group",
        }
    }

    /// The reach of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [No, Own, Team, Store, Group].into_iter().find(|reach| reach.as_str() == name)
    }
}

use Reach::{Group, No, Own, Store, Team};

/// What `role` may do with `permission`.
///
/// This is the whole policy. One line per permission; the columns are [`Role::ALL`]: salesperson, BDC, inventory manager,
/// sales manager, F&I manager, controller, general manager, auditor, administrator, group administrator.
#[must_use]
pub const fn reach(role: Role, permission: Permission) -> Reach {
    use Permission as P;
    let row = match permission {
        P::DealRead => [Own, Store, No, Store, Store, Store, Store, Store, Store, Store],
        P::DealCreate => [Own, No, No, Store, Store, No, Store, No, Store, Store],
        P::DealEdit => [Own, No, No, Store, Store, No, Store, No, Store, Store],
        P::DealSubmit => [Own, No, No, Store, Store, No, Store, No, Store, Store],
        P::DealReprice => [No, No, No, Store, No, No, Store, No, Store, Store],
        P::DealApprove => [No, No, No, Store, No, No, Store, No, Store, Store],
        P::DealReject => [No, No, No, Store, No, No, Store, No, Store, Store],
        P::DealCancel => [Own, No, No, Store, Store, No, Store, No, Store, Store],
        P::DealClose => [No, No, No, No, Store, Store, Store, No, Store, Store],
        P::DealReopen => [No, No, No, Store, No, Store, Store, No, Store, Store],
        P::DealCostView => [No, No, No, Store, Store, Store, Store, Store, Store, Store],
        P::DealGrossView => [No, No, No, Store, Store, Store, Store, Store, Store, Store],
        P::DealReserveView => [No, No, No, No, Store, Store, Store, Store, Store, Store],
        P::CustomerRead => [Store, Store, No, Store, Store, Store, Store, Store, Store, Store],
        P::CustomerCreate => [Store, Store, No, Store, Store, No, Store, No, Store, Store],
        P::CustomerEdit => [Store, Store, No, Store, Store, No, Store, No, Store, Store],
        P::CustomerProtectedView => [No, No, No, No, Store, No, Store, No, Store, Store],
        P::CustomerExport => [No, No, No, No, No, No, Store, No, Store, Store],
        P::CustomerErase => [No, No, No, No, No, No, No, No, Store, Store],
        P::VehicleRead => [Store, Store, Store, Store, Store, Store, Store, Store, Store, Store],
        P::VehicleCreate => [No, No, Store, Store, No, No, Store, No, Store, Store],
        P::VehicleEdit => [No, No, Store, Store, No, No, Store, No, Store, Store],
        P::VehicleCostView => [No, No, Store, Store, Store, Store, Store, Store, Store, Store],
        P::UserRead => [No, No, No, No, No, No, Store, Store, Store, Group],
        P::UserCreate => [No, No, No, No, No, No, No, No, Store, Store],
        P::UserSetRole => [No, No, No, No, No, No, No, No, Store, Group],
        P::RoleRead => [No, No, No, Store, No, No, Store, Store, Store, Store],
        P::RoleEdit => [No, No, No, No, No, No, No, No, Store, Store],
        P::DealershipRead => [Store, Store, Store, Store, Store, Store, Store, Store, Store, Group],
        P::SettingsRead => [No, No, No, Store, Store, Store, Store, Store, Store, Store],
        P::SettingsEdit => [No, No, No, Store, No, Store, Store, No, Store, Store],
        P::AuditRead => [No, No, No, No, No, Store, Store, Store, Store, Store],
        P::MailRead => [No, No, No, No, No, No, No, Store, Store, Store],
        P::ComplianceRead => [No, No, No, No, No, No, Store, Store, Store, Store],
        P::ComplianceEdit => [No, No, No, No, No, No, Store, No, Store, Store],
        P::CalcRun => [Store, Store, Store, Store, Store, Store, Store, Store, Store, Store],
        P::PlaceRead => [Store, Store, Store, Store, Store, Store, Store, Store, Store, Store],
        P::PlaceImport => [No, No, No, No, No, Store, No, No, Store, Store],
        P::EventRead => [Store, Store, Store, Store, Store, Store, Store, Store, Store, Store],
    };
    match role {
        Role::Salesperson => row[0],
        Role::Bdc => row[1],
        Role::InventoryManager => row[2],
        Role::SalesManager => row[3],
        Role::FniManager => row[4],
        Role::Controller => row[5],
        Role::GeneralManager => row[6],
        Role::Auditor => row[7],
        Role::Administrator => row[8],
        Role::GroupAdministrator => row[9],
    }
}

/// The permissions a role has at all, for the client to decide what to show.
pub fn permissions_of(role: Role) -> impl Iterator<Item = Permission> {
    Permission::ALL.iter().copied().filter(move |permission| reach(role, *permission) != No)
}
