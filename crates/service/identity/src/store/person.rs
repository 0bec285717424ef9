//! People: an address and a password hash.

use autolytiq_db::{DbError, SystemTx, TenantTx};
use autolytiq_kernel::PersonId;
use jiff_sqlx::ToSqlx;

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

/// A new person; the address must be free.
pub(crate) async fn insert(tx: &mut SystemTx, email: &Email, password_hash: &str) -> Result<PersonId, DbError> {
    let (id, now) = (tx.new_id::<PersonId>(), tx.now().to_sqlx());
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
    let (id, now) = (tx.new_id::<PersonId>(), tx.now().to_sqlx());
    Ok(sqlx::query_scalar("select identity_ensure_person($1, $2, $3, $4)")
        .bind(id)
        .bind(email.as_str())
        .bind(password_hash)
        .bind(now)
        .fetch_one(tx.conn())
        .await?)
}
