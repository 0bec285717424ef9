//! What a group's administrator sees of every store the context may read: numbers and settings by store.

use std::collections::BTreeMap;

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::{DealershipId, Role};
use autolytiq_money::Money;
use jiff_sqlx::ToSqlx;

use super::limits;
use crate::domain::{
    factor,
    rooftops::{RooftopPeople, RooftopSettings},
};

#[derive(sqlx::FromRow)]
struct PeopleRow {
    dealership_id: DealershipId,
    active: i64,
    waiting: i64,
    without_factor: i64,
    locked: i64,
}

/// The people of each readable store, in numbers. Programs are left out.
pub(crate) async fn people(tx: &mut TenantTx) -> Result<BTreeMap<DealershipId, RooftopPeople>, DbError> {
    let (stores, now) = (tx.ctx().readable().to_vec(), tx.now().to_sqlx());
    let factor_roles: Vec<&str> =
        Role::ALL.into_iter().filter(|role| factor::required([*role])).map(Role::as_str).collect();
    let rows: Vec<PeopleRow> = sqlx::query_as(
        "select d.dealership_id,
                (select count(*) from membership m
                 where m.dealership_id = d.dealership_id and m.active
                   and not exists (select from service_account s
                                   where s.dealership_id = m.dealership_id and s.person_id = m.person_id)) as active,
                (select count(*) from registration r
                 where r.dealership_id = d.dealership_id and r.confirmed_at is not null and r.decided_at is null) as waiting,
                coalesce(a.without_factor, 0) as without_factor, coalesce(a.locked, 0) as locked
         from dealership d left join identity_rooftop_accounts($2, $3) a on a.dealership_id = d.dealership_id
         where d.dealership_id = any ($1)",
    )
    .bind(stores)
    .bind(now)
    .bind(factor_roles)
    .fetch_all(tx.conn())
    .await?;
    let people = |row: PeopleRow| {
        let PeopleRow { dealership_id, active, waiting, without_factor, locked } = row;
        (dealership_id, RooftopPeople { active, waiting, without_factor, locked })
    };
    Ok(rows.into_iter().map(people).collect())
}

#[derive(sqlx::FromRow)]
struct SettingsRow {
    dealership_id: DealershipId,
    doc_fee: i64,
    idle_minutes: Option<i32>,
    absolute_hours: Option<i32>,
    single_sign_on: bool,
}

/// Settings of each readable store that its group compares.
pub(crate) async fn settings(tx: &mut TenantTx) -> Result<BTreeMap<DealershipId, RooftopSettings>, DbError> {
    let stores = tx.ctx().readable().to_vec();
    let rows: Vec<SettingsRow> = sqlx::query_as(
        "select d.dealership_id, k.doc_fee, l.idle_minutes, l.absolute_hours, coalesce(c.active, false) as single_sign_on
         from dealership d
         join desk_settings k on k.dealership_id = d.dealership_id
         left join session_limits l on l.dealership_id = d.dealership_id
         left join sso_connection c on c.dealership_id = d.dealership_id
         where d.dealership_id = any ($1)",
    )
    .bind(stores)
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            // The version is of no interest here.
            let set = row.idle_minutes.zip(row.absolute_hours).map(|(idle, absolute)| (idle, absolute, 0));
            let (limits, _) = limits::read(set)?;
            let settings = RooftopSettings {
                doc_fee: Money::from_cents(row.doc_fee),
                idle_minutes: limits.idle_minutes,
                absolute_hours: limits.absolute_hours,
                single_sign_on: row.single_sign_on,
            };
            Ok((row.dealership_id, settings))
        })
        .collect()
}
