//! Whether the configured keys open what is stored, after a restore.

use autolytiq_db::{Db, DbError, SystemUse};
use autolytiq_kernel::DealershipId;
use sqlx::FromRow;
use uuid::Uuid;

use crate::{MasterKeys, SecretsError, person, subject};

/// The data keys that are wrapped under one master key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrapping {
    /// The master key's id.
    pub master_key_id: String,
    /// People whose protected fields stand under it.
    pub subjects: u64,
    /// Whether the configured keys open one of them.
    pub opens: bool,
}

#[derive(FromRow)]
struct Row {
    dealership_id: DealershipId,
    subject_kind: String,
    subject_id: Uuid,
    master_key_id: String,
    wrapped: Vec<u8>,
    subjects: i64,
}

/// Tries one data key of each master key in use.
pub(crate) async fn wrappings(db: &Db, masters: &MasterKeys) -> Result<Vec<Wrapping>, SecretsError> {
    let mut tx = db.system(SystemUse::KeyRotation).await?;
    let rows: Vec<Row> = sqlx::query_as(
        "select distinct on (master_key_id) dealership_id, subject_kind, subject_id, master_key_id, wrapped,
                count(*) over (partition by master_key_id) as subjects
         from subject_key where master_key_id is not null",
    )
    .fetch_all(tx.conn())
    .await
    .map_err(DbError::from)?;
    let people = person::wrappings(&mut tx, masters).await?;
    tx.rollback().await?;
    let tried = rows.into_iter().map(|row| {
        let bound = subject::bound(row.dealership_id, &row.subject_kind, row.subject_id);
        let opened = masters.by_id(&row.master_key_id).and_then(|key| key.open(&bound, &row.wrapped));
        Wrapping { master_key_id: row.master_key_id, subjects: row.subjects.unsigned_abs(), opens: opened.is_ok() }
    });
    let mut found: Vec<Wrapping> = tried.collect();
    for (master_key_id, people, opens) in people {
        match found.iter_mut().find(|wrapping| wrapping.master_key_id == master_key_id) {
            Some(wrapping) => {
                wrapping.subjects = wrapping.subjects.saturating_add(people);
                wrapping.opens &= opens;
            }
            None => found.push(Wrapping { master_key_id, subjects: people, opens }),
        }
    }
    Ok(found)
}
