//! One witness type per permission, for signatures: `Authorized<action::DealApprove>`.

use std::marker::PhantomData;

use crate::{Permission, Reach};

/// A permission as a type. Sealed: the witnesses below are all there are.
pub trait Action: sealed::Sealed + Send + Sync + 'static {
    /// The permission that the witness stands for.
    const PERMISSION: Permission;
    /// How far it has to reach at least.
    const LEAST: Reach = Reach::Own;
}

mod sealed {
    pub trait Sealed {}
}

/// The same permission, reaching all stores of the group: `Authorized<action::OverGroup<action::UserRead>>`.
#[derive(Debug, Clone, Copy)]
pub struct OverGroup<A>(PhantomData<fn() -> A>);

impl<A: Action> sealed::Sealed for OverGroup<A> {}

impl<A: Action> Action for OverGroup<A> {
    const PERMISSION: Permission = A::PERMISSION;
    const LEAST: Reach = Reach::Group;
}

macro_rules! witnesses {
    ($($name:ident),+ $(,)?) => {
        $(
            #[doc = concat!("Stands for [`Permission::", stringify!($name), "`].")]
            #[derive(Debug, Clone, Copy)]
            pub enum $name {}

            impl sealed::Sealed for $name {}

            impl Action for $name {
                const PERMISSION: Permission = Permission::$name;
            }
        )+

        /// The permissions that have a witness; a test compares them with all there are.
        #[cfg(test)]
        const WITNESSED: &[Permission] = &[$(Permission::$name),+];
    };
}

witnesses! {
    DealRead, DealCreate, DealEdit, DealSubmit, DealReprice, DealApprove, DealReject, DealCancel, DealClose, DealReopen,
    DealCostView, DealGrossView, DealReserveView, CustomerRead, CustomerCreate, CustomerEdit, CustomerProtectedView,
    CustomerExport, CustomerErase, VehicleRead, VehicleCreate, VehicleEdit, VehicleCostView, UserRead, UserCreate,
    UserSetRole, RoleRead, RoleEdit, DealershipRead, SettingsRead, SettingsEdit, AuditRead, MailRead, ComplianceRead,
    ComplianceEdit, CalcRun, PlaceRead, PlaceImport, EventRead,
}

#[cfg(test)]
mod tests {
    use super::{Permission, WITNESSED};

    #[test]
    fn every_permission_has_a_witness() {
        assert_eq!(WITNESSED, Permission::ALL);
    }
}
