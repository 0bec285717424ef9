//! People: an address and a password hash.

use autolytiq_db::{DbError, SystemTx, TenantTx};
use autolytiq_kernel::{DealershipId, PersonId};
use jiff_sqlx::ToSqlx;
use sha2::{Digest, Sha256};
use uuid::Builder;

use crate::domain::email::Email;

/// What signing in needs of a person.
#[derive(sqlx::FromRow)]
pub(crate) struct Credentials {
    pub(crate) id: PersonId,
    pub(crate) password_hash: String,
}

/// The person with this address.
pub(crate) async fn by_email(tx: &mut SystemTx, email: &Email) -> Result<Option<Credentials>, DbError> {
    Ok(sqlx::query_as("select id, password_hash from person where email = $1")
        .bind(email.as_str())
        .fetch_optional(tx.conn())
        .await?)
}

/// What proving again who one is needs of a person.
#[derive(sqlx::FromRow)]
pub(crate) struct Account {
    pub(crate) email: String,
    pub(crate) password_hash: String,
}

/// A person who is known to be there.
pub(crate) async fn by_id(tx: &mut SystemTx, person: PersonId) -> Result<Account, DbError> {
    Ok(sqlx::query_as("select email, password_hash from person where id = $1")
        .bind(person)
        .fetch_one(tx.conn())
        .await?)
}

/// Marks the people of a demonstration store; false when there is no such store.
pub(crate) async fn mark_demo(tx: &mut SystemTx, store: DealershipId) -> Result<bool, DbError> {
    let marked = sqlx::query(
        "update person set demo = true
         where id in (select m.person_id from membership m join dealership d using (dealership_id)
                      where m.dealership_id = $1 and d.demo)",
    )
    .bind(store)
    .execute(tx.conn())
    .await?;
    Ok(marked.rows_affected() > 0)
}

/// Notes that an address is its owner's: the operator, who has the set-up token, says so.
pub(crate) async fn mark_verified(tx: &mut SystemTx, person: PersonId) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query("update person set email_verified_at = coalesce(email_verified_at, $2) where id = $1")
        .bind(person)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// A new person; the address must be free.
pub(crate) async fn insert(tx: &mut SystemTx, email: &Email, password_hash: &str) -> Result<PersonId, DbError> {
    let (id, now) = (timeless(tx.new_id()), tx.now().to_sqlx());
    sqlx::query(
        "insert into person (id, email, password_hash, password_set_at, created_at) values ($1, $2, $3, $4, $4)",
    )
    .bind(id)
    .bind(email.as_str())
    .bind(password_hash)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// The person with this address, made if there is none; one who exists keeps their password.
pub(crate) async fn ensure(tx: &mut TenantTx, email: &Email, password_hash: &str) -> Result<PersonId, DbError> {
    let (id, now) = (timeless(tx.new_id()), tx.now().to_sqlx());
    Ok(sqlx::query_scalar("select identity_ensure_person($1, $2, $3, $4)")
        .bind(id)
        .bind(email.as_str())
        .bind(password_hash)
        .bind(now)
        .fetch_one(tx.conn())
        .await?)
}

/// Gives a person another password, chosen by whoever holds a link that was sent to their address.
pub(crate) async fn set_password(tx: &mut SystemTx, person: PersonId, password_hash: &str) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query(
        "update person set password_hash = $2, password_set_at = $3, must_change = false,
                email_verified_at = coalesce(email_verified_at, $3)
         where id = $1",
    )
    .bind(person)
    .bind(password_hash)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The hash of a person's password.
pub(crate) async fn password_hash(tx: &mut SystemTx, person: PersonId) -> Result<String, DbError> {
    Ok(sqlx::query_scalar("select password_hash from person where id = $1").bind(person).fetch_one(tx.conn()).await?)
}

/// Whether a person has a password that somebody else chose. The demonstration's are printed and stay as they are.
pub(crate) async fn must_change(tx: &mut SystemTx, person: PersonId) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar("select must_change and not demo from person where id = $1")
        .bind(person)
        .fetch_one(tx.conn())
        .await?)
}

/// Gives a person another password, chosen by whoever knows the present one.
pub(crate) async fn replace_password(tx: &mut SystemTx, person: PersonId, password_hash: &str) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query("update person set password_hash = $2, password_set_at = $3, must_change = false where id = $1")
        .bind(person)
        .bind(password_hash)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// An id that does not tell when it was made. A store that adds somebody is shown the person's id; the time in a UUIDv7
/// would tell whether the account is older than the membership.
fn timeless(made: PersonId) -> PersonId {
    let digest: [u8; 32] = Sha256::digest(made.uuid().as_bytes()).into();
    let [first @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = digest;
    PersonId::from_uuid(Builder::from_custom_bytes(first).into_uuid())
}

#[cfg(test)]
mod tests {
    use autolytiq_kernel::{Ids, PersonId};

    use super::timeless;

    #[test]
    fn a_persons_id_tells_no_time_and_stays_unique() {
        let ids = Ids::system();
        let made: Vec<PersonId> = (0..100).map(|_| timeless(ids.next())).collect();
        assert!(made.iter().all(|id| id.uuid().get_timestamp().is_none() && id.uuid().get_version_num() == 8));
        assert!(made.windows(2).any(|pair| pair[0] > pair[1]), "in no order");
    }
}
