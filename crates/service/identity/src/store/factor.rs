//! Second factors and recovery codes of people.

use autolytiq_db::{DbError, SystemTx, TenantTx};
use autolytiq_kernel::{FactorId, PersonId};
use autolytiq_secrets::Sealed;
use jiff_sqlx::ToSqlx;

use crate::domain::{
    factor::{Factor, Method},
    webauthn::Passkey,
};

/// What a policy asks of a person: whether the demonstration made them.
pub(crate) async fn is_demo(tx: &mut SystemTx, person: PersonId) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar("select demo from person where id = $1").bind(person).fetch_one(tx.conn()).await?)
}

/// Which people of the acting store have proved a second factor; programs are left out.
pub(crate) async fn of_members(tx: &mut TenantTx) -> Result<Vec<(PersonId, bool)>, DbError> {
    Ok(sqlx::query_as("select person_id, has_factor from identity_member_factors() order by person_id")
        .fetch_all(tx.conn())
        .await?)
}

/// The confirmed factors of a person, oldest first.
pub(crate) async fn confirmed(tx: &mut SystemTx, person: PersonId) -> Result<Vec<Factor>, DbError> {
    type Row = (FactorId, String, String, jiff_sqlx::Timestamp, Option<jiff_sqlx::Timestamp>);
    let rows: Vec<Row> = sqlx::query_as(
        "select id, kind, name, created_at, last_used_at from factor
         where person_id = $1 and confirmed_at is not null order by created_at, id",
    )
    .bind(person)
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|(id, kind, name, created_at, last_used_at)| {
            Ok(Factor {
                id,
                method: method_of(&kind)?,
                name,
                created_at: created_at.to_jiff(),
                last_used_at: last_used_at.map(jiff_sqlx::Timestamp::to_jiff),
            })
        })
        .collect()
}

fn method_of(kind: &str) -> Result<Method, DbError> {
    match kind {
        "totp" => Ok(Method::Totp),
        "passkey" => Ok(Method::Passkey),
        "email" => Ok(Method::Email),
        "sms" => Ok(Method::Sms),
        other => Err(DbError::inconsistent("factor", "kind", format!("{other} is no method of this version"))),
    }
}

/// An authenticator app's secret as it is stored.
#[derive(sqlx::FromRow)]
pub(crate) struct StoredTotp {
    pub(crate) id: FactorId,
    pub(crate) secret: Sealed,
    pub(crate) last_step: Option<i64>,
}

/// The confirmed authenticator apps of a person, locked.
pub(crate) async fn lock_totp(tx: &mut SystemTx, person: PersonId) -> Result<Vec<StoredTotp>, DbError> {
    Ok(sqlx::query_as(
        "select id, secret, last_step from factor
         where person_id = $1 and kind = 'totp' and confirmed_at is not null order by id for update",
    )
    .bind(person)
    .fetch_all(tx.conn())
    .await?)
}

/// An authenticator app that waits for its first code, locked.
pub(crate) async fn lock_new_totp(
    tx: &mut SystemTx,
    person: PersonId,
    id: FactorId,
) -> Result<Option<StoredTotp>, DbError> {
    Ok(sqlx::query_as(
        "select id, secret, last_step from factor
         where person_id = $1 and id = $2 and kind = 'totp' and confirmed_at is null for update",
    )
    .bind(person)
    .bind(id)
    .fetch_optional(tx.conn())
    .await?)
}

/// Adds a factor that waits for its first code, in the place of another of its kind that waited.
pub(crate) async fn insert_waiting(
    tx: &mut SystemTx,
    person: PersonId,
    id: FactorId,
    kind: &'static str,
    name: &str,
    secret: Option<&Sealed>,
) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query("delete from factor where person_id = $1 and kind = $2 and confirmed_at is null")
        .bind(person)
        .bind(kind)
        .execute(tx.conn())
        .await?;
    sqlx::query("insert into factor (id, person_id, kind, name, secret, created_at) values ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(person)
        .bind(kind)
        .bind(name)
        .bind(secret)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Notes that a code of this step was taken, and confirms the factor if it was its first.
pub(crate) async fn step_taken(tx: &mut SystemTx, id: FactorId, step: i64) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query(
        "update factor set last_step = $2, last_used_at = $3, confirmed_at = coalesce(confirmed_at, $3) where id = $1",
    )
    .bind(id)
    .bind(step)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Gives a factor the name its person calls it by.
pub(crate) async fn rename(tx: &mut SystemTx, id: FactorId, name: &str) -> Result<(), DbError> {
    sqlx::query("update factor set name = $2 where id = $1").bind(id).bind(name).execute(tx.conn()).await?;
    Ok(())
}

/// Takes a factor away; false when the person has none with this id.
pub(crate) async fn delete(tx: &mut SystemTx, person: PersonId, id: FactorId) -> Result<bool, DbError> {
    let deleted = sqlx::query("delete from factor where person_id = $1 and id = $2")
        .bind(person)
        .bind(id)
        .execute(tx.conn())
        .await?;
    Ok(deleted.rows_affected() == 1)
}

/// Takes every factor and every recovery code of a person away.
pub(crate) async fn delete_all(tx: &mut SystemTx, person: PersonId) -> Result<(), DbError> {
    sqlx::query("delete from factor where person_id = $1").bind(person).execute(tx.conn()).await?;
    sqlx::query("delete from recovery_code where person_id = $1").bind(person).execute(tx.conn()).await?;
    Ok(())
}

/// Puts these recovery codes in the place of all earlier ones.
pub(crate) async fn replace_recovery_codes(
    tx: &mut SystemTx,
    person: PersonId,
    digests: &[[u8; 32]],
) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query("delete from recovery_code where person_id = $1").bind(person).execute(tx.conn()).await?;
    let digests: Vec<&[u8]> = digests.iter().map(<[u8; 32]>::as_slice).collect();
    sqlx::query("insert into recovery_code (digest, person_id, created_at) select unnest($2::bytea[]), $1, $3")
        .bind(person)
        .bind(digests)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Uses a recovery code up; false when there is none, or it was used before.
pub(crate) async fn use_recovery_code(tx: &mut SystemTx, person: PersonId, digest: [u8; 32]) -> Result<bool, DbError> {
    let now = tx.now().to_sqlx();
    let used =
        sqlx::query("update recovery_code set used_at = $3 where digest = $1 and person_id = $2 and used_at is null")
            .bind(digest.as_slice())
            .bind(person)
            .bind(now)
            .execute(tx.conn())
            .await?;
    Ok(used.rows_affected() == 1)
}

/// How many recovery codes a person has left.
pub(crate) async fn recovery_codes_left(tx: &mut SystemTx, person: PersonId) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar("select count(*) from recovery_code where person_id = $1 and used_at is null")
        .bind(person)
        .fetch_one(tx.conn())
        .await?)
}

/// The ids of a person's confirmed factors, locked: of two removals at once the second sees the first.
pub(crate) async fn lock_confirmed(tx: &mut SystemTx, person: PersonId) -> Result<Vec<FactorId>, DbError> {
    Ok(sqlx::query_scalar(
        "select id from factor where person_id = $1 and confirmed_at is not null order by id for update",
    )
    .bind(person)
    .fetch_all(tx.conn())
    .await?)
}

/// The passkeys of a person.
pub(crate) async fn passkeys(tx: &mut SystemTx, person: PersonId) -> Result<Vec<(FactorId, Passkey)>, DbError> {
    let rows: Vec<PasskeyRow> = sqlx::query_as(
        "select id, credential, public_key, counter from factor
         where person_id = $1 and kind = 'passkey' and confirmed_at is not null order by created_at, id",
    )
    .bind(person)
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(passkey_of).collect()
}

/// A passkey of a person by its credential, locked: of two proofs at once the second sees the first one's counter.
pub(crate) async fn lock_passkey(
    tx: &mut SystemTx,
    person: PersonId,
    credential: &[u8],
) -> Result<Option<(FactorId, Passkey)>, DbError> {
    let row: Option<PasskeyRow> = sqlx::query_as(
        "select id, credential, public_key, counter from factor
         where person_id = $1 and credential = $2 and confirmed_at is not null for update",
    )
    .bind(person)
    .bind(credential)
    .fetch_optional(tx.conn())
    .await?;
    row.map(passkey_of).transpose()
}

type PasskeyRow = (FactorId, Vec<u8>, Vec<u8>, i64);

fn passkey_of((id, credential, public_key, counter): PasskeyRow) -> Result<(FactorId, Passkey), DbError> {
    let counter = u32::try_from(counter).map_err(|error| DbError::inconsistent("factor", "counter", error))?;
    Ok((id, Passkey { credential, public_key, counter }))
}

/// Adds a passkey.
pub(crate) async fn insert_passkey(
    tx: &mut SystemTx,
    person: PersonId,
    id: FactorId,
    name: &str,
    passkey: &Passkey,
) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query(
        "insert into factor (id, person_id, kind, name, credential, public_key, counter, created_at, confirmed_at,
                             last_used_at)
         values ($1, $2, 'passkey', $3, $4, $5, $6, $7, $7, $7)",
    )
    .bind(id)
    .bind(person)
    .bind(name)
    .bind(passkey.credential.as_slice())
    .bind(passkey.public_key.as_slice())
    .bind(i64::from(passkey.counter))
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Notes that a passkey was proved, and its counter.
pub(crate) async fn counted(tx: &mut SystemTx, id: FactorId, counter: u32) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query("update factor set counter = $2, last_used_at = $3 where id = $1")
        .bind(id)
        .bind(i64::from(counter))
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}
