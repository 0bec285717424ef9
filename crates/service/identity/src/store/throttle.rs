//! Failed log-ins by account.

use autolytiq_db::{DbError, SystemTx, TenantTx};
use autolytiq_kernel::PersonId;
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;

/// So many failures within [`WINDOW`] lock an account for [`LOCK`].
const MOST_FAILURES: i32 = 5;
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
const LOCK: SignedDuration = SignedDuration::from_mins(15);

/// What an attempt to sign in meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attempt {
    /// It may look at the password. Should that be wrong and `last` be set, the account is locked from now on.
    Counted {
        /// Whether it was the last one before the lock.
        last: bool,
    },
    /// No attempt is looked at before this time.
    Locked(Timestamp),
}

/// Counts an attempt as failed before its password is looked at; [`clear`] takes it back. So attempts that run at the
/// same time cannot try more passwords than attempts in a row.
pub(crate) async fn count(tx: &mut SystemTx, account: [u8; 32]) -> Result<Attempt, DbError> {
    let now = tx.now();
    let (failures, locked_until): (i32, Option<jiff_sqlx::Timestamp>) = sqlx::query_as(
        "insert into sign_in_failure as f (account, failures, window_ends_at) values ($1, 1, $3)
         on conflict (account) do update set
             failures = case when f.locked_until > $2 then f.failures
                             when f.locked_until is not null or f.window_ends_at <= $2 then 1
                             else f.failures + 1 end,
             window_ends_at = case when f.locked_until > $2 then f.window_ends_at
                                   when f.locked_until is not null or f.window_ends_at <= $2 then $3
                                   else f.window_ends_at end,
             locked_until = case when f.locked_until > $2 then f.locked_until
                                 when f.locked_until is null and f.window_ends_at > $2 and f.failures >= $4 then $5 end
         returning failures, locked_until",
    )
    .bind(account.as_slice())
    .bind(now.to_sqlx())
    .bind((now + WINDOW).to_sqlx())
    .bind(MOST_FAILURES)
    .bind((now + LOCK).to_sqlx())
    .fetch_one(tx.conn())
    .await?;
    Ok(match locked_until {
        Some(until) => Attempt::Locked(until.to_jiff()),
        None => Attempt::Counted { last: failures >= MOST_FAILURES },
    })
}

/// Locks the account if the last attempt that it had has failed; says whether it did.
pub(crate) async fn lock(tx: &mut SystemTx, account: [u8; 32]) -> Result<bool, DbError> {
    let until = (tx.now() + LOCK).to_sqlx();
    let locked = sqlx::query("update sign_in_failure set locked_until = $2 where account = $1 and failures >= $3")
        .bind(account.as_slice())
        .bind(until)
        .bind(MOST_FAILURES)
        .execute(tx.conn())
        .await?;
    Ok(locked.rows_affected() > 0)
}

/// Forgets every failure: the password was right.
pub(crate) async fn clear(tx: &mut SystemTx, account: [u8; 32]) -> Result<(), DbError> {
    sqlx::query("delete from sign_in_failure where account = $1").bind(account.as_slice()).execute(tx.conn()).await?;
    Ok(())
}

/// Deletes what no longer counts.
pub(crate) async fn purge(tx: &mut SystemTx) -> Result<u64, DbError> {
    let now = tx.now().to_sqlx();
    let deleted = sqlx::query(
        "delete from sign_in_failure where window_ends_at <= $1 and (locked_until is null or locked_until <= $1)",
    )
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(deleted.rows_affected())
}

/// The members of the acting store whose account is locked now, and until when.
pub(crate) async fn locked_members(tx: &mut TenantTx) -> Result<Vec<(PersonId, Timestamp)>, DbError> {
    let now = tx.now().to_sqlx();
    let rows: Vec<(PersonId, jiff_sqlx::Timestamp)> = sqlx::query_as(
        "select person_id, locked_until from identity_locked_members($1) order by locked_until, person_id",
    )
    .bind(now)
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|(person, until)| (person, until.to_jiff())).collect())
}

/// Forgets the failures of a member of the acting store; says until when they were locked, if they were.
pub(crate) async fn unlock_member(tx: &mut TenantTx, person: PersonId) -> Result<Option<Timestamp>, DbError> {
    let until: Option<jiff_sqlx::Timestamp> =
        sqlx::query_scalar("select identity_unlock_member($1)").bind(person).fetch_one(tx.conn()).await?;
    Ok(until.map(|until| until.to_jiff()))
}
