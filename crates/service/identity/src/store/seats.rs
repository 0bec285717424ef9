//! Where a person has access and as what: the memberships behind a context.

use autolytiq_authz::{Permission, Powers, Reach, reach_with};
use autolytiq_db::{DbError, SystemTx};
use autolytiq_kernel::{DealershipId, GroupId, PersonId, Role, SwitchedOff};

use super::{custom_role, role_of};
use crate::domain::{custom_role::CustomRoleId, features::known};

/// A membership that has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seat {
    pub(crate) store: DealershipId,
    pub(crate) group: GroupId,
    /// Of a custom role, the predefined one at its bottom.
    pub(crate) role: Role,
    /// What a custom role lets the person do.
    pub(crate) powers: Option<Powers>,
    /// What the store has switched off.
    pub(crate) off: SwitchedOff,
}

impl Seat {
    /// How far a permission reaches from here.
    pub(crate) fn reach(&self, permission: Permission) -> Reach {
        reach_with(self.role, self.powers.as_ref(), permission)
    }
}

/// Everything a person has access to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Seats {
    pub(crate) seats: Vec<Seat>,
    /// Every store of the groups that they read as a whole.
    pub(crate) rooftops: Vec<(DealershipId, GroupId)>,
}

impl Seats {
    /// The membership of a store.
    pub(crate) fn at(&self, store: DealershipId) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.store == store)
    }

    /// The membership of one store alone, which reads no other.
    pub(crate) fn only(mut self, store: DealershipId) -> Self {
        self.seats.retain(|seat| seat.store == store);
        self.rooftops.clear();
        self
    }

    /// The stores a person may read while they act for one: others of its group in which they are at least what they are
    /// here. A salesperson reads their own store only, and so does whoever has a role that only one store knows; nobody
    /// reads a second store with more rights than they have in it. Whoever reads the whole group needs no membership in
    /// each of its stores.
    pub(crate) fn readable(&self, acting: DealershipId) -> Vec<DealershipId> {
        let Some(here) = self.at(acting) else { return vec![acting] };
        if here.reach(Permission::DealershipRead) == Reach::Group {
            let others = self.rooftops.iter().filter(|(_, group)| *group == here.group).map(|(store, _)| *store);
            return std::iter::once(acting).chain(others.filter(|store| *store != acting)).collect();
        }
        let alone = here.role == Role::Salesperson || here.powers.is_some();
        let reaches = |there: &Seat| {
            there.group == here.group && there.powers.is_none() && (there.role == here.role || there.role.administers())
        };
        let also = |seat: &&Seat| seat.store == acting || (!alone && reaches(seat));
        self.seats.iter().filter(also).map(|seat| seat.store).collect()
    }
}

/// The memberships of a person.
pub(crate) async fn of(tx: &mut SystemTx, person: PersonId) -> Result<Seats, DbError> {
    type Row = (DealershipId, GroupId, String, Option<CustomRoleId>, Option<Vec<String>>);
    let rows: Vec<Row> = sqlx::query_as(
        "select d.dealership_id, d.group_id, m.role, m.custom_role_id, f.off
         from membership m
         join dealership d using (dealership_id)
         left join feature_switches f using (dealership_id)
         where m.person_id = $1 and m.active",
    )
    .bind(person)
    .fetch_all(tx.conn())
    .await?;
    let mut seats = Vec::with_capacity(rows.len());
    for (store, group, role, custom, off) in rows {
        let powers = match custom {
            Some(id) => custom_role::book_of(tx, store).await?.powers(id),
            None => None,
        };
        seats.push(Seat {
            store,
            group,
            role: role_of("membership", &role)?,
            powers,
            off: known(&off.unwrap_or_default()),
        });
    }
    let whole = |seat: &&Seat| seat.reach(Permission::DealershipRead) == Reach::Group;
    let groups: Vec<GroupId> = seats.iter().filter(whole).map(|seat| seat.group).collect();
    let rooftops = if groups.is_empty() { Vec::new() } else { rooftops(tx, &groups).await? };
    Ok(Seats { seats, rooftops })
}

async fn rooftops(tx: &mut SystemTx, groups: &[GroupId]) -> Result<Vec<(DealershipId, GroupId)>, DbError> {
    Ok(sqlx::query_as(
        "select dealership_id, group_id from dealership where group_id = any ($1) order by dealership_id",
    )
    .bind(groups)
    .fetch_all(tx.conn())
    .await?)
}

#[cfg(test)]
mod tests {
    use autolytiq_authz::{Changes, Permission, Reach, powers};
    use autolytiq_kernel::{DealershipId, GroupId, Ids, Role, SwitchedOff};

    use super::{Seat, Seats};

    fn seat(store: DealershipId, group: GroupId, role: Role) -> Seat {
        Seat { store, group, role, powers: None, off: SwitchedOff::NONE }
    }

    #[test]
    fn a_manager_reads_the_stores_of_the_group_where_they_are_as_much() {
        let ids = Ids::sequence(1);
        let stores: Vec<DealershipId> = (0..5).map(|_| ids.next()).collect();
        let (group, other): (GroupId, GroupId) = (ids.next(), ids.next());
        let access = Seats {
            seats: vec![
                seat(stores[0], group, Role::SalesManager),
                seat(stores[1], group, Role::SalesManager),
                seat(stores[2], group, Role::Administrator),
                seat(stores[3], group, Role::Salesperson),
                seat(stores[4], other, Role::SalesManager),
            ],
            rooftops: Vec::new(),
        };
        assert_eq!(access.readable(stores[0]), &stores[..3]);
        assert_eq!(access.readable(stores[2]), [stores[2]], "an administrator here is only a manager there");
        assert_eq!(access.readable(stores[3]), [stores[3]]);
        assert_eq!(access.readable(stores[4]), [stores[4]]);
    }

    #[test]
    fn a_group_administrator_reads_every_store_of_that_group_and_of_no_other() {
        let ids = Ids::sequence(1);
        let stores: Vec<DealershipId> = (0..4).map(|_| ids.next()).collect();
        let (group, other): (GroupId, GroupId) = (ids.next(), ids.next());
        let rooftops = vec![(stores[0], group), (stores[1], group), (stores[2], group), (stores[3], other)];
        let seats = vec![seat(stores[0], group, Role::GroupAdministrator), seat(stores[3], other, Role::SalesManager)];
        let access = Seats { seats, rooftops };
        assert_eq!(access.readable(stores[0]), &stores[..3]);
        assert_eq!(access.readable(stores[3]), [stores[3]], "what one is elsewhere counts there only");
    }

    #[test]
    fn a_role_of_one_store_says_nothing_about_another() {
        let ids = Ids::sequence(1);
        let (here, there): (DealershipId, DealershipId) = (ids.next(), ids.next());
        let group: GroupId = ids.next();
        let less: Changes = [(Permission::DealRead, Reach::No)].into();
        let custom = Some(powers(Role::SalesManager, [&less]));
        let seats = vec![
            Seat { powers: custom, ..seat(here, group, Role::SalesManager) },
            seat(there, group, Role::SalesManager),
        ];
        let access = Seats { seats, rooftops: Vec::new() };
        assert_eq!(access.readable(here), [here]);
        assert_eq!(access.readable(there), [there]);
    }
}
