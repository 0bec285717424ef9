//! Links that were sent to people.

use autolytiq_db::{DbError, SystemTx, TenantTx};
use autolytiq_kernel::{DealershipId, PersonId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

use crate::crypto::refresh::RefreshDigest;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Its receiver forgot the password.
    Reset,
    /// Its receiver was given access to a store.
    Invitation,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::Invitation => "invitation",
        }
    }
}

/// A link that is good, and for whom.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) dealership: DealershipId,
    pub(crate) person: PersonId,
    pub(crate) purpose: Purpose,
    pub(crate) store_name: String,
    pub(crate) name: String,
    /// The address one signs in with.
    pub(crate) email: String,
    /// Whether the account has a password that its owner did not choose.
    pub(crate) must_change: bool,
}

impl Link {
    /// Whether it sets a password. An invitation does that only for an account without one of its owner's own: whoever
    /// invites an address with an account gets nothing of that account.
    pub(crate) fn sets_password(&self) -> bool {
        self.purpose == Purpose::Reset || self.must_change
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    dealership_id: DealershipId,
    person_id: PersonId,
    purpose: String,
    store_name: String,
    name: String,
    email: String,
    must_change: bool,
}

/// Writes a link of the acting store to one of its members down.
pub(crate) async fn issue(
    tx: &mut TenantTx,
    digest: RefreshDigest,
    purpose: Purpose,
    person: PersonId,
    expires_at: Timestamp,
) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    sqlx::query(
        "insert into account_link (dealership_id, digest, purpose, person_id, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(store)
    .bind(digest.0.as_slice())
    .bind(purpose.as_str())
    .bind(person)
    .bind(now)
    .bind(expires_at.to_sqlx())
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// How many links of a purpose a person was sent since then.
pub(crate) async fn sent_since(
    tx: &mut SystemTx,
    person: PersonId,
    purpose: Purpose,
    since: Timestamp,
) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(
        "select count(*) from account_link where person_id = $1 and purpose = $2 and created_at > $3",
    )
    .bind(person)
    .bind(purpose.as_str())
    .bind(since.to_sqlx())
    .fetch_one(tx.conn())
    .await?)
}

/// The link of a token, while it is good: neither used nor run out, and its receiver still works in the store.
pub(crate) async fn good(tx: &mut SystemTx, digest: RefreshDigest) -> Result<Option<Link>, DbError> {
    let now = tx.now().to_sqlx();
    let row: Option<Row> = sqlx::query_as(
        "select l.dealership_id, l.person_id, l.purpose, d.name as store_name, m.name, p.email, p.must_change
         from account_link l
         join membership m on m.dealership_id = l.dealership_id and m.person_id = l.person_id and m.active
         join dealership d on d.dealership_id = l.dealership_id
         join person p on p.id = l.person_id
         where l.digest = $1 and l.used_at is null and l.expires_at > $2",
    )
    .bind(digest.0.as_slice())
    .bind(now)
    .fetch_optional(tx.conn())
    .await?;
    row.map(|row| {
        let purpose = match row.purpose.as_str() {
            "reset" => Purpose::Reset,
            "invitation" => Purpose::Invitation,
            _ => return Err(DbError::inconsistent("account_link", "purpose", "no such purpose")),
        };
        let Row { dealership_id: dealership, person_id: person, store_name, name, email, must_change, .. } = row;
        Ok(Link { dealership, person, purpose, store_name, name, email, must_change })
    })
    .transpose()
}

/// Uses a link up; of two who come with it at once, one is told no.
pub(crate) async fn spend(tx: &mut SystemTx, digest: RefreshDigest) -> Result<bool, DbError> {
    let now = tx.now().to_sqlx();
    let spent =
        sqlx::query("update account_link set used_at = $2 where digest = $1 and used_at is null and expires_at > $2")
            .bind(digest.0.as_slice())
            .bind(now)
            .execute(tx.conn())
            .await?;
    Ok(spent.rows_affected() == 1)
}

/// Uses up what else would set the person's password.
pub(crate) async fn spend_others(tx: &mut SystemTx, person: PersonId) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query("update account_link set used_at = $2 where person_id = $1 and used_at is null and purpose = 'reset'")
        .bind(person)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Deletes links that ran out long ago.
pub(crate) async fn purge(tx: &mut SystemTx, before: Timestamp) -> Result<u64, DbError> {
    let deleted =
        sqlx::query("delete from account_link where expires_at < $1").bind(before.to_sqlx()).execute(tx.conn()).await?;
    Ok(deleted.rows_affected())
}

/// An invitation that nobody has followed yet.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct PendingRow {
    pub(crate) person_id: PersonId,
    pub(crate) sent_at: jiff_sqlx::Timestamp,
    pub(crate) expires_at: jiff_sqlx::Timestamp,
}

/// Members of the acting store who were invited and have not come, each with the last invitation.
pub(crate) async fn pending_invitations(tx: &mut TenantTx) -> Result<Vec<PendingRow>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_as(
        "select l.person_id, max(l.created_at) as sent_at, max(l.expires_at) as expires_at
         from account_link l
         join membership m on m.dealership_id = l.dealership_id and m.person_id = l.person_id and m.active
         where l.dealership_id = $1 and l.purpose = 'invitation'
         group by l.person_id
         having count(l.used_at) = 0
         order by 2 desc
         limit 500",
    )
    .bind(store)
    .fetch_all(tx.conn())
    .await?)
}
