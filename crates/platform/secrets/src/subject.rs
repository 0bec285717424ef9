//! The data key of one subject, and its row in `subject_key`.

use crate::cipher::{Field, Key, Sealed, context};
use crate::{MasterKeys, Protected, SecretsError};
use autolytiq_db::{DbError, Subject, TenantTx};
use autolytiq_kernel::DealershipId;
use jiff_sqlx::ToSqlx;

/// The key under which the protected values of one subject are sealed.
pub struct SubjectKey {
    key: Key,
    store: DealershipId,
}

impl SubjectKey {
    /// Seals a value for its place.
    ///
    /// # Errors
    /// [`SecretsError::Library`].
    pub fn seal(&self, column: &'static str, row: uuid::Uuid, value: &Protected) -> Result<Sealed, SecretsError> {
        self.key.seal_value(Field { column, store: self.store, row }, value)
    }

    /// Opens a value at its place. The caller audits the view.
    ///
    /// # Errors
    /// [`SecretsError::DoesNotOpen`].
    pub fn open(&self, column: &'static str, row: uuid::Uuid, sealed: &Sealed) -> Result<Protected, SecretsError> {
        self.key.open_value(Field { column, store: self.store, row }, sealed)
    }
}

impl std::fmt::Debug for SubjectKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SubjectKey(…)")
    }
}

/// What is stored of a subject's key: the master key's id and the wrapped key, both gone once destroyed.
type Wrapped = (Option<String>, Option<Vec<u8>>);

/// Reads the subject's key, making it when it has none yet.
pub(crate) async fn obtain(
    tx: &mut TenantTx,
    masters: &MasterKeys,
    subject: Subject,
) -> Result<SubjectKey, SecretsError> {
    if let Some(stored) = find(tx, subject).await? {
        return unwrap(tx.acting(), masters, subject, stored);
    }
    let (master_id, master) = masters.newest()?;
    let wrapped = master.seal(&bound(tx.acting(), subject.kind, subject.id), Key::generate()?.bytes())?;
    // Another writer may have been first: what stands in the table afterwards is the key.
    sqlx::query(
        "insert into subject_key (dealership_id, subject_kind, subject_id, master_key_id, wrapped, created_at)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
    )
    .bind(tx.acting())
    .bind(subject.kind)
    .bind(subject.id)
    .bind(master_id)
    .bind(wrapped)
    .bind(tx.now().to_sqlx())
    .execute(tx.conn())
    .await
    .map_err(DbError::from)?;
    let stored = find(tx, subject)
        .await?
        .ok_or_else(|| DbError::inconsistent("subject_key", "subject_id", "missing right after it was written"))?;
    unwrap(tx.acting(), masters, subject, stored)
}

/// Reads the subject's key if it has one.
pub(crate) async fn existing(
    tx: &mut TenantTx,
    masters: &MasterKeys,
    subject: Subject,
) -> Result<Option<SubjectKey>, SecretsError> {
    let stored = find(tx, subject).await?;
    stored.map(|stored| unwrap(tx.acting(), masters, subject, stored)).transpose()
}

/// Destroys the subject's key; the row stays, so that no new key takes its place.
pub(crate) async fn destroy(tx: &mut TenantTx, subject: Subject) -> Result<bool, SecretsError> {
    let done = sqlx::query(
        "update subject_key set master_key_id = null, wrapped = null, destroyed_at = $4
         where dealership_id = $1 and subject_kind = $2 and subject_id = $3 and destroyed_at is null",
    )
    .bind(tx.acting())
    .bind(subject.kind)
    .bind(subject.id)
    .bind(tx.now().to_sqlx())
    .execute(tx.conn())
    .await
    .map_err(DbError::from)?;
    Ok(done.rows_affected() > 0)
}

async fn find(tx: &mut TenantTx, subject: Subject) -> Result<Option<Wrapped>, SecretsError> {
    let row = sqlx::query_as(
        "select master_key_id, wrapped from subject_key
         where dealership_id = $1 and subject_kind = $2 and subject_id = $3",
    )
    .bind(tx.acting())
    .bind(subject.kind)
    .bind(subject.id)
    .fetch_optional(tx.conn())
    .await
    .map_err(DbError::from)?;
    Ok(row)
}

fn unwrap(
    store: DealershipId,
    masters: &MasterKeys,
    subject: Subject,
    (master_id, wrapped): Wrapped,
) -> Result<SubjectKey, SecretsError> {
    let (Some(master_id), Some(wrapped)) = (master_id, wrapped) else { return Err(SecretsError::Destroyed) };
    let plain = masters.by_id(&master_id)?.open(&bound(store, subject.kind, subject.id), &wrapped)?;
    let key = Key::from_bytes(&plain).ok_or(SecretsError::DoesNotOpen)?;
    Ok(SubjectKey { key, store })
}

/// A wrapped key opens only for its own subject in its own store.
pub(crate) fn bound(store: DealershipId, kind: &str, id: uuid::Uuid) -> Vec<u8> {
    context(&[b"subject_key", store.uuid().as_bytes(), kind.as_bytes(), id.as_bytes()])
}
