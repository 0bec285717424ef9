//! Entries as people read them.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::{AuditEntryId, PersonId, RequestId};
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::{FromRow, Postgres, QueryBuilder};
use uuid::Uuid;

use crate::{AuditActor, AuditEntry, AuditSubject, Filter, Sight};

#[derive(FromRow)]
struct EntryRow {
    id: AuditEntryId,
    occurred_at: jiff_sqlx::Timestamp,
    person_id: Option<PersonId>,
    person_name: Option<String>,
    role: Option<String>,
    job: Option<String>,
    request_id: RequestId,
    address: Option<String>,
    action: String,
    subject_kind: String,
    subject_id: Uuid,
    reason: Option<String>,
    before: Option<Value>,
    after: Option<Value>,
    sealed: bool,
}

/// The newest entries of the acting store before `after`, cut to the reader's sight. The name of a person comes from identity's published view.
pub(crate) async fn newest(
    tx: &mut TenantTx,
    filter: &Filter,
    after: Option<AuditEntryId>,
    most: i64,
    sight: &Sight,
) -> Result<Vec<AuditEntry>, DbError> {
    let mut query: QueryBuilder<Postgres> = QueryBuilder::new(
        "select e.id, e.occurred_at, e.person_id, m.name as person_name, e.role, e.job, e.request_id,
                host(e.address) as address, e.action, e.subject_kind, e.subject_id, 
                coalesce(w.reason, case when e.reason not like 'sha256:%' then e.reason end) as reason, e.before, e.after,
                exists (select from audit_seal s where s.dealership_id = e.dealership_id and s.entry_id = e.id) as sealed
         from audit_entry e
         left join identity_v_member m on m.dealership_id = e.dealership_id and m.person_id = e.person_id
         left join audit_reason w on w.dealership_id = e.dealership_id and w.entry_id = e.id
         where e.dealership_id = ",
    );
    query.push_bind(tx.acting());
    if let Some(after) = after {
        query.push(" and e.id < ").push_bind(after);
    }
    if let Some(person) = filter.person {
        query.push(" and e.person_id = ").push_bind(person);
    }
    match filter.action.as_deref() {
        Some(beginning) if beginning.ends_with('.') => {
            query.push(" and starts_with(e.action, ").push_bind(beginning.to_owned()).push(")");
        }
        Some(action) => {
            query.push(" and e.action = ").push_bind(action.to_owned());
        }
        None => {}
    }
    if let Some(kind) = &filter.subject_kind {
        query.push(" and e.subject_kind = ").push_bind(kind.clone());
    }
    if let Some(id) = filter.subject_id {
        query.push(" and e.subject_id = ").push_bind(id);
    }
    if let Some(from) = filter.from {
        query.push(" and e.occurred_at >= ").push_bind(from.to_sqlx());
    }
    if let Some(until) = filter.until {
        query.push(" and e.occurred_at < ").push_bind(until.to_sqlx());
    }
    if let Some(text) = &filter.text {
        let pattern = format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        query.push(" and (coalesce(w.reason, e.reason) ilike ").push_bind(pattern.clone());
        if sight.searches_states() {
            query.push(" or e.before::text ilike ").push_bind(pattern.clone());
            query.push(" or e.after::text ilike ").push_bind(pattern);
        }
        query.push(")");
    }
    query.push(" order by e.id desc limit ").push_bind(most);
    let rows: Vec<EntryRow> = query.build_query_as().fetch_all(tx.conn()).await?;
    rows.into_iter().map(|row| Ok(sight.cut(row.try_into()?))).collect()
}

/// The actions of the acting store: one step in the index for each, however many entries it has.
pub(crate) async fn actions(tx: &mut TenantTx) -> Result<Vec<String>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_scalar(
        "with recursive known (name) as (
             (select action from audit_entry where dealership_id = $1 order by action limit 1)
             union all
             select (select e.action from audit_entry e
                     where e.dealership_id = $1 and e.action > known.name order by e.action limit 1)
             from known where known.name is not null
         )
         select name from known where name is not null",
    )
    .bind(store)
    .fetch_all(tx.conn())
    .await?)
}

/// The nouns of its subjects, read likewise.
pub(crate) async fn things(tx: &mut TenantTx) -> Result<Vec<String>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_scalar(
        "with recursive known (name) as (
             (select subject_kind from audit_entry where dealership_id = $1 order by subject_kind limit 1)
             union all
             select (select e.subject_kind from audit_entry e
                     where e.dealership_id = $1 and e.subject_kind > known.name order by e.subject_kind limit 1)
             from known where known.name is not null
         )
         select name from known where name is not null",
    )
    .bind(store)
    .fetch_all(tx.conn())
    .await?)
}

/// Whether the person works or worked in the acting store.
pub(crate) async fn is_member(tx: &mut TenantTx, person: PersonId) -> Result<bool, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_scalar("select exists (select from identity_v_member where dealership_id = $1 and person_id = $2)")
        .bind(store)
        .bind(person)
        .fetch_one(tx.conn())
        .await?)
}

impl TryFrom<EntryRow> for AuditEntry {
    type Error = DbError;

    fn try_from(row: EntryRow) -> Result<Self, DbError> {
        let actor = match (row.person_id, row.job) {
            (Some(id), None) => AuditActor::Person { id, name: row.person_name, role: row.role.unwrap_or_default() },
            (None, Some(name)) => AuditActor::Job { name },
            _ => return Err(DbError::inconsistent("audit_entry", "person_id", "neither a person nor a job")),
        };
        Ok(Self {
            id: row.id,
            occurred_at: row.occurred_at.to_jiff(),
            actor,
            action: row.action,
            subject: AuditSubject { kind: row.subject_kind, id: row.subject_id },
            reason: row.reason,
            before: row.before,
            after: row.after,
            request_id: row.request_id,
            address: row.address,
            sealed: row.sealed,
        })
    }
}
