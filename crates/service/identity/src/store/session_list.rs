//! Sessions as people see and end them.

use autolytiq_db::{DbError, SystemTx};
use autolytiq_kernel::{DealershipId, PersonId, SessionId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::session::Ending;

/// A session that is open.
pub(crate) struct OpenSession {
    pub(crate) id: SessionId,
    /// The name of the store it acts for.
    pub(crate) store: String,
    pub(crate) created_at: Timestamp,
    pub(crate) last_used_at: Timestamp,
    pub(crate) user_agent: Option<String>,
    pub(crate) address: Option<String>,
}

/// The open sessions of a person that can still be refreshed, last used first.
pub(crate) async fn open_of(tx: &mut SystemTx, person: PersonId) -> Result<Vec<OpenSession>, DbError> {
    type Row = (SessionId, String, jiff_sqlx::Timestamp, jiff_sqlx::Timestamp, Option<String>, Option<String>);
    let now = tx.now().to_sqlx();
    let rows: Vec<Row> = sqlx::query_as(
        "select s.id, d.name, s.created_at, s.last_used_at, s.user_agent, host(s.address)
         from session s
         join dealership d on d.dealership_id = s.dealership_id
         where s.person_id = $1 and s.ended_at is null
           and exists (select from refresh_token t where t.session_id = s.id and t.used_at is null and t.expires_at > $2)
         order by s.last_used_at desc, s.id",
    )
    .bind(person)
    .bind(now)
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, store, created_at, last_used_at, user_agent, address)| OpenSession {
            id,
            store,
            created_at: created_at.to_jiff(),
            last_used_at: last_used_at.to_jiff(),
            user_agent,
            address,
        })
        .collect())
}

/// Ends a session of a person; false when they have no open one with this id.
pub(crate) async fn end_own(tx: &mut SystemTx, person: PersonId, session: SessionId) -> Result<bool, DbError> {
    let now = tx.now().to_sqlx();
    let ended = sqlx::query(
        "update session set ended_at = $3, ended_because = $4
         where id = $1 and person_id = $2 and ended_at is null",
    )
    .bind(session)
    .bind(person)
    .bind(now)
    .bind(Ending::EndedElsewhere.as_str())
    .execute(tx.conn())
    .await?;
    Ok(ended.rows_affected() == 1)
}

/// Ends every session of everybody who works in a store, but one. Whoever could act for the store is signed out, for
/// whichever store they act at the moment. Gives a row per session: whose it was.
pub(crate) async fn end_of_store(
    tx: &mut SystemTx,
    store: DealershipId,
    but: SessionId,
) -> Result<Vec<PersonId>, DbError> {
    let now = tx.now().to_sqlx();
    Ok(sqlx::query_scalar(
        "update session set ended_at = $3, ended_because = $4
         where ended_at is null and id <> $2
           and (dealership_id = $1
                or person_id in (select person_id from membership where dealership_id = $1 and active))
         returning person_id",
    )
    .bind(store)
    .bind(but)
    .bind(now)
    .bind(Ending::StoreSignedOut.as_str())
    .fetch_all(tx.conn())
    .await?)
}
