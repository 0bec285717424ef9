//! People over all stores that the context may read. Programs are left out: each belongs to one store.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::{DealershipId, PersonId};

use super::role_of;
use crate::domain::{
    custom_role::CustomRoleId,
    group_people::{GroupPerson, GroupSeat},
    user::CustomRoleName,
};

/// Who is looked for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wanted<'a> {
    /// A part of a name or of an address.
    pub(crate) text: Option<&'a str>,
    /// Who is or was in this store.
    pub(crate) store: Option<DealershipId>,
    /// One person alone.
    pub(crate) person: Option<PersonId>,
}

/// Where a page begins: after this name and person.
pub(crate) type PersonKey = (String, PersonId);

#[derive(sqlx::FromRow)]
struct SeatRow {
    person_id: PersonId,
    name: String,
    email: String,
    dealership_id: DealershipId,
    store_name: String,
    role: String,
    custom_role_id: Option<CustomRoleId>,
    custom_role_name: Option<String>,
    active: bool,
}

/// People by name, `most` of them, each with all their seats in readable stores.
pub(crate) async fn list(
    tx: &mut TenantTx,
    wanted: Wanted<'_>,
    after: Option<&PersonKey>,
    most: i64,
) -> Result<Vec<GroupPerson>, DbError> {
    let (acting, readable) = (tx.acting(), tx.ctx().readable().to_vec());
    let (name, person) = after.map_or((None, None), |(name, person)| (Some(name.as_str()), Some(*person)));
    let rows: Vec<SeatRow> = sqlx::query_as(
        "with seat as (
             select m.dealership_id, m.person_id, m.name, m.email, m.role, m.custom_role_id, m.active
             from membership m
             where m.dealership_id = any ($2) and ($5::uuid is null or m.person_id = $5)
               and not exists (select from service_account s
                               where s.dealership_id = m.dealership_id and s.person_id = m.person_id)
         ), somebody as (
             select person_id, coalesce(max(name) filter (where dealership_id = $1), min(name)) as name, min(email) as email
             from seat group by person_id
             having ($3::text is null or bool_or(strpos(lower(name), lower($3)) > 0 or strpos(email, lower($3)) > 0))
                and ($4::uuid is null or bool_or(dealership_id = $4))
         ), page as (
             select person_id, name, email from somebody
             where $6::text is null or (name, person_id) > ($6, $7) order by name, person_id limit $8
         )
         select p.person_id, p.name, p.email, s.dealership_id, d.name as store_name, s.role, s.custom_role_id,
                c.name as custom_role_name, s.active
         from page p
         join seat s on s.person_id = p.person_id
         join dealership d on d.dealership_id = s.dealership_id
         left join custom_role c on c.dealership_id = s.dealership_id and c.id = s.custom_role_id
         order by p.name, p.person_id, d.name, d.dealership_id",
    )
    .bind(acting)
    .bind(readable)
    .bind(wanted.text)
    .bind(wanted.store)
    .bind(wanted.person)
    .bind(name)
    .bind(person)
    .bind(most)
    .fetch_all(tx.conn())
    .await?;
    let mut people: Vec<GroupPerson> = Vec::new();
    for row in rows {
        let seat = GroupSeat {
            store: row.dealership_id,
            store_name: row.store_name,
            role: role_of("membership", &row.role)?,
            custom_role: row.custom_role_id.zip(row.custom_role_name).map(|(id, name)| CustomRoleName { id, name }),
            active: row.active,
        };
        match people.last_mut().filter(|last| last.person == row.person_id) {
            Some(last) => last.seats.push(seat),
            None => {
                people.push(GroupPerson { person: row.person_id, name: row.name, email: row.email, seats: vec![seat] });
            }
        }
    }
    Ok(people)
}

/// One person with all their seats in readable stores.
pub(crate) async fn find(tx: &mut TenantTx, person: PersonId) -> Result<Option<GroupPerson>, DbError> {
    let wanted = Wanted { person: Some(person), ..Wanted::default() };
    Ok(list(tx, wanted, None, 1).await?.pop())
}
