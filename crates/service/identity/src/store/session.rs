//! Sessions and their refresh tokens.

use autolytiq_authz::Scope;
use autolytiq_db::{DbError, SystemTx};
use autolytiq_kernel::{DealershipId, PersonId, SessionId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::seats::{self, Seats};
use crate::crypto::{api_key::KeyDigest, refresh::RefreshDigest};

/// A session to be opened.
pub(crate) struct NewSession<'a> {
    pub(crate) person: PersonId,
    pub(crate) dealership: DealershipId,
    pub(crate) user_agent: Option<&'a str>,
    pub(crate) address: Option<std::net::IpAddr>,
}

/// Why a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    SignedOut,
    SignedOutEverywhere,
    RefreshReused,
    /// By its person, from another device.
    EndedElsewhere,
    /// With everybody else of the store.
    StoreSignedOut,
    Idle,
    TooOld,
}

impl Ending {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::SignedOutEverywhere => "signed_out_everywhere",
            Self::RefreshReused => "refresh_reused",
            Self::EndedElsewhere => "ended_elsewhere",
            Self::StoreSignedOut => "store_signed_out",
            Self::Idle => "idle",
            Self::TooOld => "too_old",
        }
    }
}

/// Opens a session.
pub(crate) async fn open(tx: &mut SystemTx, session: &NewSession<'_>) -> Result<SessionId, DbError> {
    let (id, now) = (tx.new_id::<SessionId>(), tx.now().to_sqlx());
    sqlx::query(
        "insert into session (id, person_id, dealership_id, created_at, last_used_at, confirmed_at, user_agent, address)
         values ($1, $2, $3, $4, $4, $4, $5, $6::inet)",
    )
    .bind(id)
    .bind(session.person)
    .bind(session.dealership)
    .bind(now)
    .bind(session.user_agent)
    .bind(session.address.map(|address| address.to_string()))
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// Notes which store's provider vouched for a session.
pub(crate) async fn vouched(tx: &mut SystemTx, session: SessionId, store: DealershipId) -> Result<(), DbError> {
    sqlx::query("update session set vouched_by = $2 where id = $1")
        .bind(session)
        .bind(store)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// When a session was signed in, and when the person last proved in it who they are; a session of before that was noted
/// counts from its start.
pub(crate) async fn times(tx: &mut SystemTx, session: SessionId) -> Result<(Timestamp, Timestamp), DbError> {
    let (created, confirmed): (jiff_sqlx::Timestamp, jiff_sqlx::Timestamp) =
        sqlx::query_as("select created_at, coalesce(confirmed_at, created_at) from session where id = $1")
            .bind(session)
            .fetch_one(tx.conn())
            .await?;
    Ok((created.to_jiff(), confirmed.to_jiff()))
}

/// Notes that the person has just proved who they are.
pub(crate) async fn confirm(tx: &mut SystemTx, session: SessionId) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query("update session set confirmed_at = $2 where id = $1")
        .bind(session)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The store of the person's latest session, to go on where they left.
pub(crate) async fn last_store(tx: &mut SystemTx, person: PersonId) -> Result<Option<DealershipId>, DbError> {
    Ok(sqlx::query_scalar("select dealership_id from session where person_id = $1 order by last_used_at desc limit 1")
        .bind(person)
        .fetch_optional(tx.conn())
        .await?)
}

/// Adds the session's next refresh token. There must be no unused one.
pub(crate) async fn add_token(
    tx: &mut SystemTx,
    session: SessionId,
    digest: RefreshDigest,
    expires_at: Timestamp,
) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query("insert into refresh_token (digest, session_id, issued_at, expires_at) values ($1, $2, $3, $4)")
        .bind(digest.0.as_slice())
        .bind(session)
        .bind(now)
        .bind(expires_at.to_sqlx())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// A refresh token with its session.
pub(crate) struct Presented {
    pub(crate) session: SessionId,
    pub(crate) person: PersonId,
    /// The store the session acts for.
    pub(crate) dealership: DealershipId,
    pub(crate) ended: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) last_used_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) use_: Use,
}

/// What became of a refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// It has not been used.
    Fresh,
    /// It was exchanged at this time, and its successor has not been used.
    ExchangedFor { at: Timestamp, successor: RefreshDigest },
    /// It was exchanged, and its successor was used or replaced.
    Spent,
}

#[derive(sqlx::FromRow)]
struct PresentedRow {
    session_id: SessionId,
    person_id: PersonId,
    dealership_id: DealershipId,
    ended: bool,
    created_at: jiff_sqlx::Timestamp,
    last_used_at: jiff_sqlx::Timestamp,
    expires_at: jiff_sqlx::Timestamp,
    used_at: Option<jiff_sqlx::Timestamp>,
    successor: Option<Vec<u8>>,
    successor_fresh: bool,
}

/// Finds a refresh token and locks its session, so that two uses of one token come after each other.
pub(crate) async fn present(tx: &mut SystemTx, digest: RefreshDigest) -> Result<Option<Presented>, DbError> {
    let session: Option<SessionId> = sqlx::query_scalar(
        "select s.id from refresh_token t join session s on s.id = t.session_id where t.digest = $1 for update of s",
    )
    .bind(digest.0.as_slice())
    .fetch_optional(tx.conn())
    .await?;
    let Some(session) = session else { return Ok(None) };
    // A statement of its own: after waiting for the lock it sees what the other use has done.
    let row: PresentedRow = sqlx::query_as(
        "select t.session_id, s.person_id, s.dealership_id, s.ended_at is not null as ended, s.created_at, s.last_used_at, t.expires_at, t.used_at,
                t.successor, n.digest is not null and n.used_at is null as successor_fresh
         from refresh_token t
         join session s on s.id = t.session_id
         left join refresh_token n on n.digest = t.successor
         where t.digest = $1 and s.id = $2",
    )
    .bind(digest.0.as_slice())
    .bind(session)
    .fetch_one(tx.conn())
    .await?;
    let use_ = match (row.used_at, row.successor.map(<[u8; 32]>::try_from)) {
        (None, _) => Use::Fresh,
        (Some(at), Some(Ok(successor))) if row.successor_fresh => {
            Use::ExchangedFor { at: at.to_jiff(), successor: RefreshDigest(successor) }
        }
        (Some(_), _) => Use::Spent,
    };
    Ok(Some(Presented {
        session: row.session_id,
        person: row.person_id,
        dealership: row.dealership_id,
        ended: row.ended,
        created_at: row.created_at.to_jiff(),
        last_used_at: row.last_used_at.to_jiff(),
        expires_at: row.expires_at.to_jiff(),
        use_,
    }))
}

/// Marks a fresh token as exchanged for `successor`.
pub(crate) async fn exchange(
    tx: &mut SystemTx,
    digest: RefreshDigest,
    successor: RefreshDigest,
) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    let updated =
        sqlx::query("update refresh_token set used_at = $2, successor = $3 where digest = $1 and used_at is null")
            .bind(digest.0.as_slice())
            .bind(now)
            .bind(successor.0.as_slice())
            .execute(tx.conn())
            .await?;
    if updated.rows_affected() == 1 { Ok(()) } else { Err(DbError::Stale) }
}

/// Gives an exchanged token another successor. The time of the exchange stays, so that the grace does not grow.
pub(crate) async fn replace_successor(
    tx: &mut SystemTx,
    digest: RefreshDigest,
    successor: RefreshDigest,
) -> Result<(), DbError> {
    sqlx::query("update refresh_token set successor = $2 where digest = $1 and used_at is not null")
        .bind(digest.0.as_slice())
        .bind(successor.0.as_slice())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Notes that the session was used, and for which store.
pub(crate) async fn touch(tx: &mut SystemTx, session: SessionId, dealership: DealershipId) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query("update session set last_used_at = $2, dealership_id = $3 where id = $1")
        .bind(session)
        .bind(now)
        .bind(dealership)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The session of a refresh token in any state, for signing out: who, acting for which store, if it is still open.
pub(crate) async fn open_session_of(
    tx: &mut SystemTx,
    digest: RefreshDigest,
) -> Result<Option<(SessionId, PersonId, DealershipId)>, DbError> {
    Ok(sqlx::query_as(
        "select s.id, s.person_id, s.dealership_id from refresh_token t join session s on s.id = t.session_id
         where t.digest = $1 and s.ended_at is null",
    )
    .bind(digest.0.as_slice())
    .fetch_optional(tx.conn())
    .await?)
}

/// Ends one session; false when it had ended already.
pub(crate) async fn end(tx: &mut SystemTx, session: SessionId, because: Ending) -> Result<bool, DbError> {
    let now = tx.now().to_sqlx();
    let ended = sqlx::query("update session set ended_at = $2, ended_because = $3 where id = $1 and ended_at is null")
        .bind(session)
        .bind(now)
        .bind(because.as_str())
        .execute(tx.conn())
        .await?;
    Ok(ended.rows_affected() == 1)
}

/// Ends every session of a person, and says how many there were.
pub(crate) async fn end_all(tx: &mut SystemTx, person: PersonId) -> Result<u64, DbError> {
    let now = tx.now().to_sqlx();
    let ended =
        sqlx::query("update session set ended_at = $2, ended_because = $3 where person_id = $1 and ended_at is null")
            .bind(person)
            .bind(now)
            .bind(Ending::SignedOutEverywhere.as_str())
            .execute(tx.conn())
            .await?;
    Ok(ended.rows_affected())
}

/// Ends every other session of a person, and says how many there were.
pub(crate) async fn end_others(tx: &mut SystemTx, person: PersonId, but: SessionId) -> Result<u64, DbError> {
    let now = tx.now().to_sqlx();
    let ended = sqlx::query(
        "update session set ended_at = $2, ended_because = $3 where person_id = $1 and id <> $4 and ended_at is null",
    )
    .bind(person)
    .bind(now)
    .bind(Ending::SignedOutEverywhere.as_str())
    .bind(but)
    .execute(tx.conn())
    .await?;
    Ok(ended.rows_affected())
}

/// What a request needs to know about its session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SessionState {
    pub(crate) person: PersonId,
    pub(crate) ended: bool,
    /// Where the person has access and as what.
    pub(crate) access: Seats,
    /// Of an API key, which stands in the place of a session.
    pub(crate) key: Option<KeyState>,
}

/// What a request needs to know about its API key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyState {
    pub(crate) digest: KeyDigest,
    /// The one store the key is for.
    pub(crate) dealership: DealershipId,
    pub(crate) scope: Scope,
    pub(crate) expires_at: Timestamp,
    /// Of a service account, not of a person.
    pub(crate) service: bool,
}

/// The state of a session.
pub(crate) async fn state(tx: &mut SystemTx, session: SessionId) -> Result<Option<SessionState>, DbError> {
    let row: Option<(PersonId, bool)> =
        sqlx::query_as("select person_id, ended_at is not null from session where id = $1")
            .bind(session)
            .fetch_optional(tx.conn())
            .await?;
    let Some((person, ended)) = row else { return Ok(None) };
    Ok(Some(SessionState { person, ended, access: seats::of(tx, person).await?, key: None }))
}

/// Deletes sessions whose every token ran out before `before`.
pub(crate) async fn purge(tx: &mut SystemTx, before: Timestamp) -> Result<u64, DbError> {
    let deleted = sqlx::query(
        "delete from session s where s.last_used_at < $1
           and not exists (select from refresh_token t where t.session_id = s.id and t.expires_at >= $1)",
    )
    .bind(before.to_sqlx())
    .execute(tx.conn())
    .await?;
    Ok(deleted.rows_affected())
}
