//! The policy, printed, and the promises that other documents make about it.

use std::path::PathBuf;

use autolytiq_authz::{
    Grant, Owners, Permission, Reach, Role, Teammates, matrix, permissions_of, powers, reach, reach_with,
};
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
    let team = Teammates::of(people(3));
    assert_eq!(Owners::within(grant.reach(), person, &team).filter(), Some([person].as_slice()));
    let manager = Grant::check(person, Role::SalesManager, Permission::DealEdit).unwrap();
    assert_eq!(Owners::within(manager.reach(), person, &team).filter(), None);
    assert!(manager.may(Permission::DealCostView) && !grant.may(Permission::DealCostView));
}

#[test]
fn no_grant_without_the_permission() {
    let person = Ids::sequence(7).next::<PersonId>();
    assert_eq!(Grant::check(person, Role::Salesperson, Permission::DealApprove), None);
}

/// Some people who are not the one of these tests.
fn people(count: usize) -> Vec<PersonId> {
    let ids = Ids::sequence(1 << 32);
    (0..count).map(|_| ids.next()).collect()
}

/// A wider reach never leaves out what a narrower one has, whoever is in the team; the team adds its people and nobody
/// else; and somebody without one has what is their own.
#[test]
fn a_team_lies_between_ones_own_and_the_store() {
    let person = Ids::sequence(7).next::<PersonId>();
    let (others, stranger) = (people(4), Ids::sequence(9 << 32).next::<PersonId>());
    for size in 0..=others.len() {
        for listed in [false, true] {
            // The person may or may not be listed among the people of their own team.
            let mut listed_people = others[..size].to_vec();
            listed_people.extend(listed.then_some(person));
            let team = Teammates::of(listed_people);
            let of = |reach| Owners::within(reach, person, &team);
            let candidates = || others.iter().copied().chain([person, stranger]);
            for pair in [Reach::No, Reach::Own, Reach::Team, Reach::Store, Reach::Group].windows(2) {
                assert!(pair[0] < pair[1]);
                let (narrow, wide) = (of(pair[0]), of(pair[1]));
                assert!(candidates().all(|owner| !narrow.include(owner) || wide.include(owner)), "{pair:?}");
            }
            assert!(candidates().all(|owner| !of(Reach::No).include(owner)));
            assert!(candidates().all(|owner| of(Reach::Own).include(owner) == (owner == person)));
            assert!(candidates().all(|owner| of(Reach::Store).include(owner)));
            let expected = |owner: PersonId| owner == person || others[..size].contains(&owner);
            assert!(candidates().all(|owner| of(Reach::Team).include(owner) == expected(owner)), "{size} {listed}");
            // What the query is given is what is decided by.
            let asked = of(Reach::Team).filter().map(<[_]>::len);
            assert_eq!(asked, Some(size + 1), "everybody once, the person too");
        }
    }
}

#[test]
fn a_team_is_for_roles_of_a_stores_own_and_for_deals() {
    for permission in Permission::ALL.iter().copied() {
        assert!(Role::ALL.into_iter().all(|role| reach(role, permission) != Reach::Team), "{permission}");
        let offers = permission.reaches().contains(&Reach::Team);
        let of_a_deal = permission.id().starts_with("deal.") && !permission.id().ends_with(".view");
        assert_eq!(offers, of_a_deal && permission != Permission::DealCreate, "{permission}");
        assert!(permission.reaches().is_sorted(), "{permission}: from the narrowest to the widest");
        // Through the powers of a custom role it comes out as it went in.
        let role = powers(Role::Salesperson, [&[(permission, Reach::Team)].into()]);
        assert_eq!(reach_with(Role::Salesperson, Some(&role), permission), Reach::Team);
    }
    assert_eq!(Reach::named("team"), Some(Reach::Team));
}
