//! A store's own roles, and how they inherit.

use std::collections::BTreeMap;

use autolytiq_authz::{Changes, Permission, Powers, Reach, powers};
use autolytiq_kernel::{Role, problem::FieldError, typed_id};

typed_id! {
    /// A role that a store made for itself.
    CustomRoleId = "role",
}

/// Generations between a role and the predefined one it begins with.
pub(crate) const DEEPEST: usize = 6;
/// Roles of one store.
pub(crate) const MOST: usize = 100;

/// What somebody is given: a predefined role or one of the store's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// A predefined role.
    Predefined(Role),
    /// One of the store's own.
    Custom(CustomRoleId),
}

impl From<Role> for Given {
    fn from(role: Role) -> Self {
        Self::Predefined(role)
    }
}

/// A store's own role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CustomRole {
    pub(crate) id: CustomRoleId,
    pub(crate) name: String,
    /// The predefined role at the bottom.
    pub(crate) base: Role,
    /// The store's own role it begins with, if it is not the predefined one.
    pub(crate) parent: Option<CustomRoleId>,
    pub(crate) changes: Changes,
    pub(crate) version: i64,
}

/// Every role that one store made, by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct RoleBook(pub(crate) Vec<CustomRole>);

impl RoleBook {
    pub(crate) fn find(&self, id: CustomRoleId) -> Option<&CustomRole> {
        self.0.iter().find(|role| role.id == id)
    }

    /// The role and those it begins with, the outermost last.
    pub(crate) fn line(&self, id: CustomRoleId) -> Vec<&CustomRole> {
        let mut line: Vec<&CustomRole> = Vec::new();
        let mut next = Some(id);
        while let Some(role) = next.and_then(|id| self.find(id)) {
            if line.len() > DEEPEST {
                break;
            }
            line.push(role);
            next = role.parent;
        }
        line.reverse();
        line
    }

    /// What somebody with this role may do.
    pub(crate) fn powers(&self, id: CustomRoleId) -> Option<Powers> {
        let line = self.line(id);
        Some(powers(line.first()?.base, line.iter().map(|role| &role.changes)))
    }

    /// The role and every role that begins with it.
    pub(crate) fn descendants(&self, id: CustomRoleId) -> Vec<CustomRoleId> {
        self.0.iter().filter(|role| self.line(role.id).iter().any(|step| step.id == id)).map(|role| role.id).collect()
    }
}

/// Reads changes as they were sent.
pub(crate) fn read_changes(sent: &BTreeMap<String, String>) -> Result<Changes, Vec<FieldError>> {
    let mut faults = Vec::new();
    let mut changes = Changes::new();
    for (name, reach) in sent {
        let pointer = format!("/changes/{name}");
        let Ok(permission) = name.parse::<Permission>() else {
            faults.push(FieldError::new(pointer, "unknown", format!("there is no permission called {name:?}")));
            continue;
        };
        match Reach::named(reach).filter(|reach| permission.reaches().contains(reach)) {
            Some(reach) => {
                changes.insert(permission, reach);
            }
            None => {
                let known: Vec<_> = permission.reaches().iter().map(|reach| reach.as_str()).collect();
                faults.push(FieldError::new(pointer, "unknown", format!("one of {}", known.join(", "))));
            }
        }
    }
    if faults.is_empty() { Ok(changes) } else { Err(faults) }
}

/// Changes as they are written down. What is no permission any more is left out when they are read again.
pub(crate) fn written(changes: &Changes) -> BTreeMap<&'static str, &'static str> {
    changes.iter().map(|(permission, reach)| (permission.id(), reach.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use autolytiq_authz::{Changes, Permission, Reach, reach_with};
    use autolytiq_kernel::{Ids, Role};

    use super::{CustomRole, CustomRoleId, RoleBook, read_changes};

    fn role(id: CustomRoleId, parent: Option<CustomRoleId>, changes: &[(Permission, Reach)]) -> CustomRole {
        let changes: Changes = changes.iter().copied().collect();
        CustomRole { id, name: "Any".to_owned(), base: Role::Salesperson, parent, changes, version: 1 }
    }

    #[test]
    fn a_role_takes_over_what_it_does_not_change() {
        let ids = Ids::sequence(1);
        let (senior, lead): (CustomRoleId, CustomRoleId) = (ids.next(), ids.next());
        let book = RoleBook(vec![
            role(lead, Some(senior), &[(Permission::DealRead, Reach::Store), (Permission::DealCostView, Reach::No)]),
            role(senior, None, &[(Permission::DealCostView, Reach::Store), (Permission::DealGrossView, Reach::Store)]),
        ]);
        let of = |id, permission| reach_with(Role::Salesperson, Some(&book.powers(id).unwrap()), permission);
        assert_eq!(of(senior, Permission::DealCostView), Reach::Store);
        assert_eq!(of(senior, Permission::DealRead), Reach::Own, "as a salesperson has it");
        assert_eq!(of(lead, Permission::DealCostView), Reach::No, "taken back");
        assert_eq!(of(lead, Permission::DealGrossView), Reach::Store, "from the role it begins with");
        assert_eq!(of(lead, Permission::DealRead), Reach::Store);
        assert_eq!(of(lead, Permission::AuditRead), Reach::No);
        assert_eq!(book.descendants(senior).len(), 2);
        assert_eq!(book.descendants(lead), [lead]);
    }

    #[test]
    fn a_permission_reaches_only_as_far_as_it_can() {
        let sent = |name: &str, reach: &str| read_changes(&[(name.to_owned(), reach.to_owned())].into());
        assert!(sent("deal.approve", "own").is_ok());
        assert_eq!(sent("deal.approve", "team").unwrap()[&Permission::DealApprove], Reach::Team);
        assert!(sent("deal.cost.view", "none").is_ok());
        for (name, reach) in [
            ("deal.cost.view", "own"),
            ("deal.cost.view", "team"),
            ("deal.create", "team"),
            ("deal.approve", "group"),
            ("deal.fly", "store"),
            ("", "own"),
        ] {
            let faults = sent(name, reach).unwrap_err();
            assert_eq!(faults[0].pointer, format!("/changes/{name}"), "{reach}");
        }
    }
}
