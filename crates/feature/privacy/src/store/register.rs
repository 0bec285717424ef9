//! The tables of the compliance desk.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::PersonId;
use jiff_sqlx::ToSqlx;
use serde_json::Value;

use crate::domain::compliance::{
    Incident, IncidentForm, IncidentId, SignOff, SignOffForm, SignOffId, SignOffKind, Vendor, VendorForm, VendorId,
};

#[derive(sqlx::FromRow)]
struct SignOffRow {
    id: SignOffId,
    kind: String,
    name: String,
    done_on: jiff_sqlx::Date,
    due_on: Option<jiff_sqlx::Date>,
    note: Option<String>,
    attested: Option<Value>,
    recorded_at: jiff_sqlx::Timestamp,
    recorded_by: PersonId,
}

/// The newest sign-offs, at most two hundred.
pub(crate) async fn sign_offs(tx: &mut TenantTx) -> Result<Vec<SignOff>, DbError> {
    let store = tx.acting();
    let rows: Vec<SignOffRow> = sqlx::query_as(
        "select id, kind, name, done_on, due_on, note, attested, recorded_at, recorded_by from compliance_sign_off
         where dealership_id = $1 order by done_on desc, recorded_at desc, id desc limit 200",
    )
    .bind(store)
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(SignOff {
                id: row.id,
                kind: SignOffKind::from_word(&row.kind).ok_or_else(|| {
                    DbError::inconsistent("compliance_sign_off", "kind", "a word the domain does not know")
                })?,
                name: row.name,
                done_on: row.done_on.to_jiff(),
                due_on: row.due_on.map(|on| on.to_jiff()),
                note: row.note,
                attested: row.attested,
                recorded_at: row.recorded_at.to_jiff(),
                recorded_by: row.recorded_by,
            })
        })
        .collect()
}

pub(crate) async fn insert_sign_off(
    tx: &mut TenantTx,
    form: &SignOffForm,
    attested: Option<Value>,
    by: PersonId,
) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    sqlx::query(
        "insert into compliance_sign_off (dealership_id, id, kind, name, done_on, due_on, note, attested, recorded_at, recorded_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(store)
    .bind(form.id)
    .bind(form.kind.as_str())
    .bind(&form.name)
    .bind(form.done_on.to_sqlx())
    .bind(form.due_on.map(ToSqlx::to_sqlx))
    .bind(&form.note)
    .bind(attested)
    .bind(now)
    .bind(by)
    .execute(tx.conn())
    .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct VendorRow {
    id: VendorId,
    name: String,
    service: String,
    data: String,
    contract_on: Option<jiff_sqlx::Date>,
    reviewed_on: Option<jiff_sqlx::Date>,
    due_on: Option<jiff_sqlx::Date>,
    ended_on: Option<jiff_sqlx::Date>,
    version: i64,
}

impl From<VendorRow> for Vendor {
    fn from(row: VendorRow) -> Self {
        let day = |on: Option<jiff_sqlx::Date>| on.map(|on| on.to_jiff());
        Self {
            id: row.id,
            facts: VendorForm {
                name: row.name,
                service: row.service,
                data: row.data,
                contract_on: day(row.contract_on),
                reviewed_on: day(row.reviewed_on),
                due_on: day(row.due_on),
                ended_on: day(row.ended_on),
            },
            version: row.version,
        }
    }
}

/// The register, by name.
pub(crate) async fn vendors(tx: &mut TenantTx) -> Result<Vec<Vendor>, DbError> {
    let store = tx.acting();
    let rows: Vec<VendorRow> = sqlx::query_as(
        "select id, name, service, data, contract_on, reviewed_on, due_on, ended_on, version from compliance_vendor
         where dealership_id = $1 order by name, id",
    )
    .bind(store)
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(Vendor::from).collect())
}

/// One of them, locked.
pub(crate) async fn vendor(tx: &mut TenantTx, id: VendorId) -> Result<Option<Vendor>, DbError> {
    let store = tx.acting();
    let row: Option<VendorRow> = sqlx::query_as(
        "select id, name, service, data, contract_on, reviewed_on, due_on, ended_on, version from compliance_vendor
         where dealership_id = $1 and id = $2 for update",
    )
    .bind(store)
    .bind(id)
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Vendor::from))
}

/// Adds one, or writes over the one with this id.
pub(crate) async fn save_vendor(
    tx: &mut TenantTx,
    id: VendorId,
    facts: &VendorForm,
    is_new: bool,
) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let sql = if is_new {
        "insert into compliance_vendor (dealership_id, id, name, service, data, contract_on, reviewed_on, due_on, ended_on, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    } else {
        "update compliance_vendor
         set name = $3, service = $4, data = $5, contract_on = $6, reviewed_on = $7, due_on = $8, ended_on = $9,
             updated_at = $10, version = version + 1
         where dealership_id = $1 and id = $2"
    };
    sqlx::query(sql)
        .bind(store)
        .bind(id)
        .bind(&facts.name)
        .bind(&facts.service)
        .bind(&facts.data)
        .bind(facts.contract_on.map(ToSqlx::to_sqlx))
        .bind(facts.reviewed_on.map(ToSqlx::to_sqlx))
        .bind(facts.due_on.map(ToSqlx::to_sqlx))
        .bind(facts.ended_on.map(ToSqlx::to_sqlx))
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct IncidentRow {
    id: IncidentId,
    title: String,
    summary: Option<String>,
    discovered_at: jiff_sqlx::Timestamp,
    consumers: Option<i32>,
    contained_at: Option<jiff_sqlx::Timestamp>,
    notified_at: Option<jiff_sqlx::Timestamp>,
    closed_at: Option<jiff_sqlx::Timestamp>,
    version: i64,
}

impl From<IncidentRow> for Incident {
    fn from(row: IncidentRow) -> Self {
        let at = |at: Option<jiff_sqlx::Timestamp>| at.map(|at| at.to_jiff());
        let facts = IncidentForm {
            title: row.title,
            summary: row.summary,
            discovered_at: row.discovered_at.to_jiff(),
            consumers: row.consumers,
            contained_at: at(row.contained_at),
            notified_at: at(row.notified_at),
            closed_at: at(row.closed_at),
        };
        Self::of(row.id, facts, row.version)
    }
}

/// Every event, the newest first.
pub(crate) async fn incidents(tx: &mut TenantTx) -> Result<Vec<Incident>, DbError> {
    let store = tx.acting();
    let rows: Vec<IncidentRow> = sqlx::query_as(
        "select id, title, summary, discovered_at, consumers, contained_at, notified_at, closed_at, version
         from compliance_incident where dealership_id = $1 order by discovered_at desc, id desc",
    )
    .bind(store)
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(Incident::from).collect())
}

/// One of them, locked.
pub(crate) async fn incident(tx: &mut TenantTx, id: IncidentId) -> Result<Option<Incident>, DbError> {
    let store = tx.acting();
    let row: Option<IncidentRow> = sqlx::query_as(
        "select id, title, summary, discovered_at, consumers, contained_at, notified_at, closed_at, version
         from compliance_incident where dealership_id = $1 and id = $2 for update",
    )
    .bind(store)
    .bind(id)
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Incident::from))
}

/// Adds one, or writes over the one with this id.
pub(crate) async fn save_incident(
    tx: &mut TenantTx,
    id: IncidentId,
    facts: &IncidentForm,
    is_new: bool,
) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let sql = if is_new {
        "insert into compliance_incident (dealership_id, id, title, summary, discovered_at, consumers, contained_at, notified_at,
                                          closed_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    } else {
        "update compliance_incident
         set title = $3, summary = $4, discovered_at = $5, consumers = $6, contained_at = $7, notified_at = $8,
             closed_at = $9, updated_at = $10, version = version + 1
         where dealership_id = $1 and id = $2"
    };
    sqlx::query(sql)
        .bind(store)
        .bind(id)
        .bind(&facts.title)
        .bind(&facts.summary)
        .bind(facts.discovered_at.to_sqlx())
        .bind(facts.consumers)
        .bind(facts.contained_at.map(ToSqlx::to_sqlx))
        .bind(facts.notified_at.map(ToSqlx::to_sqlx))
        .bind(facts.closed_at.map(ToSqlx::to_sqlx))
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}
