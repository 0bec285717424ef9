//! The data key of one person who signs in, and its row in `person_key`.
//!
//! People stand above stores, so their key belongs to none, and only the system role reaches it.

use crate::cipher::{Key, Sealed, context};
use crate::{MasterKeys, Protected, SecretsError};
use autolytiq_db::{DbError, SystemTx};
use autolytiq_kernel::PersonId;
use jiff_sqlx::ToSqlx;

/// The key under which what belongs to one person's account is sealed.
pub struct PersonKey {
    key: Key,
    person: PersonId,
}

impl PersonKey {
    /// Seals a value for its place: `table.column` and the row.
    ///
    /// # Errors
    /// [`SecretsError::Library`].
    pub fn seal(&self, column: &'static str, row: &[u8], value: &Protected) -> Result<Sealed, SecretsError> {
        self.key.seal(&self.place(column, row), value.expose().as_bytes()).map(Sealed::from_bytes)
    }

    /// Opens a value at its place.
    ///
    /// # Errors
    /// [`SecretsError::DoesNotOpen`].
    pub fn open(&self, column: &'static str, row: &[u8], sealed: &Sealed) -> Result<Protected, SecretsError> {
        let plain = self.key.open(&self.place(column, row), sealed.as_bytes())?;
        let text = std::str::from_utf8(&plain).map_err(|_| SecretsError::DoesNotOpen)?;
        Ok(Protected::new(text.to_owned()))
    }

    fn place(&self, column: &'static str, row: &[u8]) -> Vec<u8> {
        context(&[b"person", self.person.uuid().as_bytes(), column.as_bytes(), row])
    }
}

impl std::fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonKey(…)")
    }
}

type Wrapped = (String, Vec<u8>);

/// Reads the person's key.
pub(crate) async fn existing(
    tx: &mut SystemTx,
    masters: &MasterKeys,
    person: PersonId,
) -> Result<PersonKey, SecretsError> {
    let stored = find(tx, person).await?;
    let stored = stored.ok_or_else(|| DbError::inconsistent("person_key", "person_id", "missing"))?;
    unwrap(masters, person, stored)
}

/// Reads the person's key, making it when they have none yet. One that stands under a master key that is lost gives way
/// to a new one: what was sealed under it cannot be read again, and the person can go on.
pub(crate) async fn obtain(
    tx: &mut SystemTx,
    masters: &MasterKeys,
    person: PersonId,
) -> Result<PersonKey, SecretsError> {
    if let Some(stored) = find(tx, person).await? {
        let lost = stored.0.clone();
        match unwrap(masters, person, stored) {
            Err(SecretsError::UnknownMasterKey(_)) => {
                tracing::warn!(%person, master_key = lost, "secrets.person_key.replaced");
            }
            known => return known,
        }
    }
    let (master_id, master) = masters.newest()?;
    let wrapped = master.seal(&bound(person), Key::generate()?.bytes())?;
    let now = tx.now().to_sqlx();
    // Another writer may have been first: what stands in the table afterwards is the key.
    sqlx::query(
        "insert into person_key (person_id, master_key_id, wrapped, created_at)
         values ($1, $2, $3, $4)
         on conflict (person_id) do update set master_key_id = $2, wrapped = $3
         where person_key.master_key_id <> all ($5)",
    )
    .bind(person)
    .bind(master_id)
    .bind(wrapped)
    .bind(now)
    .bind(masters.ids().to_vec())
    .execute(tx.conn())
    .await
    .map_err(DbError::from)?;
    let stored = find(tx, person)
        .await?
        .ok_or_else(|| DbError::inconsistent("person_key", "person_id", "missing right after it was written"))?;
    unwrap(masters, person, stored)
}

async fn find(tx: &mut SystemTx, person: PersonId) -> Result<Option<Wrapped>, SecretsError> {
    Ok(sqlx::query_as("select master_key_id, wrapped from person_key where person_id = $1")
        .bind(person)
        .fetch_optional(tx.conn())
        .await
        .map_err(DbError::from)?)
}

fn unwrap(masters: &MasterKeys, person: PersonId, (master_id, wrapped): Wrapped) -> Result<PersonKey, SecretsError> {
    let plain = masters.by_id(&master_id)?.open(&bound(person), &wrapped)?;
    let key = Key::from_bytes(&plain).ok_or(SecretsError::DoesNotOpen)?;
    Ok(PersonKey { key, person })
}

/// A wrapped key opens only for its own person.
fn bound(person: PersonId) -> Vec<u8> {
    context(&[b"person_key", person.uuid().as_bytes()])
}

/// Wraps some people's keys under the newest master key; returns how many.
pub(crate) async fn bring_over(tx: &mut SystemTx, masters: &MasterKeys, batch: i64) -> Result<i64, SecretsError> {
    let (newest_id, newest) = masters.newest()?;
    let rows: Vec<(PersonId, String, Vec<u8>)> = sqlx::query_as(
        "select person_id, master_key_id, wrapped from person_key
         where master_key_id <> $1 limit $2 for update skip locked",
    )
    .bind(newest_id)
    .bind(batch)
    .fetch_all(tx.conn())
    .await
    .map_err(DbError::from)?;
    for (person, master_id, wrapped) in &rows {
        let plain = masters.by_id(master_id)?.open(&bound(*person), wrapped)?;
        let wrapped = newest.seal(&bound(*person), &plain)?;
        sqlx::query("update person_key set master_key_id = $2, wrapped = $3 where person_id = $1")
            .bind(person)
            .bind(newest_id)
            .bind(wrapped)
            .execute(tx.conn())
            .await
            .map_err(DbError::from)?;
    }
    Ok(i64::try_from(rows.len()).unwrap_or(i64::MAX))
}

/// The master keys in use for people: id, how many people, and whether one of them opens.
pub(crate) async fn wrappings(tx: &mut SystemTx, masters: &MasterKeys) -> Result<Vec<(String, u64, bool)>, DbError> {
    let rows: Vec<(PersonId, String, Vec<u8>, i64)> = sqlx::query_as(
        "select distinct on (master_key_id) person_id, master_key_id, wrapped,
                count(*) over (partition by master_key_id)
         from person_key",
    )
    .fetch_all(tx.conn())
    .await?;
    let tried = rows.into_iter().map(|(person, master_id, wrapped, people)| {
        let opens = unwrap(masters, person, (master_id.clone(), wrapped)).is_ok();
        (master_id, people.unsigned_abs(), opens)
    });
    Ok(tried.collect())
}
