//! `autolytiq keys`: the versions of the master key, their rotation, and the end of an old one.

use std::io::{self, Write};
use std::time::Duration;

use autolytiq_config::Config;
use autolytiq_db::Db;
use autolytiq_kernel::Clock;
use autolytiq_secrets::{MasterKeys, Rotation, SecretsError, Vault};
use jiff::{SignedDuration, Timestamp};

use crate::database::{OpenError, Server};
use crate::keys::{self, KeysError};

/// How often the progress is told.
const TELL: Duration = Duration::from_millis(500);
/// How long after a rotation its old key stays at least: longer than any request that began with it.
const QUIET: SignedDuration = SignedDuration::from_mins(10);

/// A command on the keys failed; nothing was changed by it.
#[derive(Debug, thiserror::Error)]
pub enum RotationError {
    /// The database cannot be opened.
    #[error(transparent)]
    Database(#[from] OpenError),
    /// The keys cannot be read.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// A key or a query failed.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// The keys are not ours to change.
    #[error(
        "the master keys come from the environment: put a line with a new id and key first in AUTOLYTIQ__KEYS__MASTER, keep \
         the others behind it, and start every process again; the worker does the rest"
    )]
    InEnvironment,
    /// Something stands under the key.
    #[error("{subjects} data keys stand under the master key '{id}': run `autolytiq keys rotate` first")]
    InUse {
        /// The master key.
        id: String,
        /// How many.
        subjects: u64,
    },
    /// The rotation ended a moment ago.
    #[error(
        "the rotation ended at {0}: a request that began before it may still write under the old key; try again in ten minutes"
    )]
    TooSoon(Timestamp),
    /// The result could not be written.
    #[error("cannot write the result")]
    Write(#[from] io::Error),
}

/// Prints the versions, what stands under each, and how far a rotation is.
///
/// # Errors
/// [`RotationError`].
pub async fn status(config: &Config, out: &mut (dyn Write + Send)) -> Result<(), RotationError> {
    let server = Server::visit(config).await?;
    let told = tell_status(&server, config, out).await;
    server.stop().await?;
    told
}

async fn tell_status(server: &Server, config: &Config, out: &mut (dyn Write + Send)) -> Result<(), RotationError> {
    let (db, vault) = (server.connect(config).await?, keys::vault(config)?);
    let (wrappings, rotation) = (vault.wrappings(&db).await?, vault.rotation(&db).await?);
    db.close().await;
    let ids = vault.master_key_ids();
    for (place, id) in ids.iter().enumerate() {
        let subjects = wrappings.iter().find(|under| under.master_key_id == *id).map_or(0, |under| under.subjects);
        writeln!(out, "{id}  {}, {subjects} data keys", if place == 0 { "newest" } else { "older" })?;
    }
    for under in wrappings.iter().filter(|under| !under.opens) {
        writeln!(out, "{}  MISSING OR WRONG, {} data keys do not open", under.master_key_id, under.subjects)?;
    }
    match rotation {
        Some(rotation) => tell(&rotation, out)?,
        None => writeln!(out, "there was no rotation yet")?,
    }
    Ok(out.flush()?)
}

/// Makes a new master key in the key file, unless a rotation is under way, and brings every data key under it. Running
/// processes go on; one of them may do a part of the work.
///
/// # Errors
/// [`RotationError`]. What was brought over stays so, and the next call goes on from there.
pub async fn rotate(config: &Config, out: &mut (dyn Write + Send)) -> Result<(), RotationError> {
    if config.keys.master.is_some() {
        return Err(RotationError::InEnvironment);
    }
    let server = Server::visit(config).await?;
    let rotated = rotate_on(&server, config, out).await;
    server.stop().await?;
    rotated
}

async fn rotate_on(server: &Server, config: &Config, out: &mut (dyn Write + Send)) -> Result<(), RotationError> {
    let (db, vault) = (server.connect(config).await?, keys::vault(config)?);
    match vault.rotation(&db).await?.filter(|rotation| rotation.finished_at.is_none()) {
        Some(open) => writeln!(out, "the rotation to '{}' goes on", open.master_key_id)?,
        None => writeln!(out, "made the master key '{}'", MasterKeys::add(&keys::master_keys(config))?)?,
    }
    let done = bring_over(&db, &vault, out).await;
    db.close().await;
    done
}

async fn bring_over(db: &Db, vault: &Vault, out: &mut (dyn Write + Send)) -> Result<(), RotationError> {
    loop {
        let mut work = std::pin::pin!(vault.rewrap(db));
        loop {
            tokio::select! {
                done = &mut work => {
                    done?;
                    break;
                }
                () = tokio::time::sleep(TELL) => {
                    if let Some(rotation) = vault.rotation(db).await? {
                        tell(&rotation, out)?;
                        out.flush()?;
                    }
                }
            }
        }
        match vault.rotation(db).await? {
            // Another process holds the last ones.
            Some(rotation) if rotation.finished_at.is_none() => tokio::time::sleep(TELL).await,
            Some(rotation) => return Ok(tell(&rotation, out)?),
            None => return Ok(writeln!(out, "there was nothing to bring over")?),
        }
    }
}

/// Takes an old master key out of the key file when nothing stands under it.
///
/// # Errors
/// [`RotationError`].
pub async fn retire(config: &Config, id: &str, out: &mut (dyn Write + Send)) -> Result<(), RotationError> {
    if config.keys.master.is_some() {
        return Err(RotationError::InEnvironment);
    }
    let server = Server::visit(config).await?;
    let retired = retire_on(&server, config, id).await;
    server.stop().await?;
    retired?;
    writeln!(out, "the master key '{id}' is out of the key file; backups from before the rotation still need it")?;
    Ok(out.flush()?)
}

async fn retire_on(server: &Server, config: &Config, id: &str) -> Result<(), RotationError> {
    let (db, vault) = (server.connect(config).await?, keys::vault(config)?);
    let (wrappings, rotation) = (vault.wrappings(&db).await?, vault.rotation(&db).await?);
    db.close().await;
    if let Some(under) = wrappings.iter().find(|under| under.master_key_id == id) {
        return Err(RotationError::InUse { id: id.to_owned(), subjects: under.subjects });
    }
    may_retire(rotation.as_ref(), Clock::system().now())?;
    Ok(MasterKeys::remove(&keys::master_keys(config), id)?)
}

/// Whether no request can be left that began while the old key was the newest.
fn may_retire(rotation: Option<&Rotation>, now: Timestamp) -> Result<(), RotationError> {
    match rotation.and_then(|rotation| rotation.finished_at) {
        Some(ended) if now.duration_since(ended) < QUIET => Err(RotationError::TooSoon(ended)),
        _ => Ok(()),
    }
}

fn tell(rotation: &Rotation, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let Rotation { master_key_id, total, done, finished_at, failure, .. } = rotation;
    let total = total.max(done);
    match (finished_at, failure) {
        (Some(at), _) => writeln!(out, "rotation to '{master_key_id}': all {done} data keys, ended at {at}"),
        (None, Some(why)) => {
            writeln!(out, "rotation to '{master_key_id}': {done} of {total} data keys; stopped: {why}")
        }
        (None, None) => writeln!(out, "rotation to '{master_key_id}': {done} of {total} data keys"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_key_stays_for_ten_minutes_after_its_rotation() {
        let ended: Timestamp = "2026-03-02T15:00:00Z".parse().unwrap();
        let rotation = Rotation {
            master_key_id: "k2".to_owned(),
            started_at: ended,
            total: 1,
            done: 1,
            updated_at: ended,
            finished_at: Some(ended),
            failure: None,
        };
        let after = |seconds| may_retire(Some(&rotation), ended + SignedDuration::from_secs(seconds)).is_ok();
        assert!(!after(0) && !after(599) && after(600));
        assert!(may_retire(None, ended).is_ok());
    }
}
