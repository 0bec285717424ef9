//! One witness type per permission, for signatures: `Authorized<action::DealApprove>`.

use crate::Permission;

/// A permission as a type. Sealed: the witnesses below are all there are.
pub trait Action: sealed::Sealed + Send + Sync + 'static {
    /// The permission that the witness stands for.
    const PERMISSION: Permission;
}

mod sealed {
    pub trait Sealed {}
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
