//! The policy, printed, and the promises that other documents make about it.

use std::path::PathBuf;

use autolytiq_authz::{Grant, Permission, Reach, Role, matrix, permissions_of, reach};
use autolytiq_kernel::{Ids, PersonId};

fn committed() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../docs/authz-matrix.txt")
}

#[test]
fn the_committed_table_is_the_one_in_code() {
    let printed = matrix::render();
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(committed(), &printed).unwrap();
    }
    let committed = std::fs::read_to_string(committed()).unwrap_or_default();
    assert_eq!(committed, printed, "run UPDATE_SNAPSHOTS=1 cargo test -p autolytiq-authz and commit the diff");
}

#[test]
fn every_permission_is_named_after_its_resource_and_found_by_its_id() {
    for permission in Permission::ALL.iter().copied() {
        let id = permission.id();
        assert!(id.starts_with(&format!("{}.", permission.resource().as_str())), "{id}");
        assert_eq!(id.parse(), Ok(permission));
    }
}

#[test]
fn every_permission_is_held_by_somebody_and_all_by_the_administrator() {
    for permission in Permission::ALL.iter().copied() {
        assert_eq!(reach(Role::Administrator, permission), Reach::Store, "{permission}");
        assert!(reach(Role::GroupAdministrator, permission) >= Reach::Store, "{permission}");
    }
}

#[test]
fn an_auditor_reads_everything_but_protected_fields_and_changes_nothing() {
    for permission in Permission::ALL.iter().copied() {
        let id = permission.id();
        let reads = id.ends_with(".read") || (id.ends_with(".view") && !id.contains("protected"));
        let computes = permission == Permission::CalcRun;
        assert_eq!(reach(Role::Auditor, permission) != Reach::No, reads || computes, "{permission}");
    }
}

#[test]
fn nobody_without_customers_sees_their_protected_fields_and_only_a_group_is_read_as_one() {
    for role in Role::ALL {
        for permission in Permission::ALL.iter().copied() {
            let reach = reach(role, permission);
            assert!(reach != Reach::Group || role == Role::GroupAdministrator, "{role} {permission}");
            if permission == Permission::CustomerProtectedView && reach != Reach::No {
                assert_ne!(autolytiq_authz::reach(role, Permission::CustomerRead), Reach::No, "{role}");
            }
        }
    }
}

#[test]
fn a_salesperson_sees_no_cost_gross_or_reserve_and_approves_nothing() {
    for forbidden in [
        Permission::DealCostView,
        Permission::DealGrossView,
        Permission::DealReserveView,
        Permission::VehicleCostView,
        Permission::DealApprove,
        Permission::DealReject,
        Permission::DealReopen,
        Permission::CustomerProtectedView,
        Permission::AuditRead,
    ] {
        assert_eq!(reach(Role::Salesperson, forbidden), Reach::No, "{forbidden}");
        assert!(!permissions_of(Role::Salesperson).any(|held| held == forbidden));
    }
}

#[test]
fn a_salesperson_reaches_only_their_own_deals() {
    let person = Ids::sequence(7).next::<PersonId>();
    let grant = Grant::check(person, Role::Salesperson, Permission::DealEdit).unwrap();
    assert_eq!(grant.owner_filter(), Some(person));
    let manager = Grant::check(person, Role::SalesManager, Permission::DealEdit).unwrap();
    assert_eq!(manager.owner_filter(), None);
    assert!(manager.may(Permission::DealCostView) && !grant.may(Permission::DealCostView));
}

#[test]
fn no_grant_without_the_permission() {
    let person = Ids::sequence(7).next::<PersonId>();
    assert_eq!(Grant::check(person, Role::Salesperson, Permission::DealApprove), None);
}
