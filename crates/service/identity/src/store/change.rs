//! Revisions: what tells the caches of every process that a person's sessions or memberships changed.

use autolytiq_db::{DbError, SystemTx, TenantTx};
use autolytiq_kernel::PersonId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

/// Takes the next revision for this person. The counter stays locked until the commit, so call it last.
pub(crate) async fn record(tx: &mut SystemTx, person: PersonId) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query(
        "with next as (update identity_revision set revision = revision + 1 returning revision)
         insert into identity_change (revision, person_id, changed_at) select revision, $1, $2 from next",
    )
    .bind(person)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The same for a member of the acting store.
pub(crate) async fn record_member(tx: &mut TenantTx, person: PersonId) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query("select identity_member_changed($1, $2)").bind(person).bind(now).execute(tx.conn()).await?;
    Ok(())
}

/// The last revision.
pub(crate) async fn head(tx: &mut SystemTx) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar("select revision from identity_revision").fetch_one(tx.conn()).await?)
}

/// What changed after a revision.
pub(crate) struct Changes {
    /// The last revision there is.
    pub(crate) head: i64,
    /// Whom it concerns; fewer than the revisions between when some were purged already.
    pub(crate) people: Vec<PersonId>,
}

/// Everything that changed after `seen`.
pub(crate) async fn since(tx: &mut SystemTx, seen: i64) -> Result<Changes, DbError> {
    // One statement, so head and changes are of one snapshot.
    let (head, people): (i64, Vec<PersonId>) = sqlx::query_as(
        "select r.revision,
                array(select c.person_id from identity_change c where c.revision > $1 order by c.revision)
         from identity_revision r",
    )
    .bind(seen)
    .fetch_one(tx.conn())
    .await?;
    Ok(Changes { head, people })
}

/// Deletes what every process has long seen.
pub(crate) async fn purge(tx: &mut SystemTx, before: Timestamp) -> Result<u64, DbError> {
    let deleted = sqlx::query("delete from identity_change where changed_at < $1")
        .bind(before.to_sqlx())
        .execute(tx.conn())
        .await?;
    Ok(deleted.rows_affected())
}
