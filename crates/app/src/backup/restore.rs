//! Making an installation from a backup.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Instant;

use autolytiq_audit::{Report, Scope, verify};
use autolytiq_backup::{About, Contents, POSTGRES, Visitor, read};
use autolytiq_cluster::{NewCluster, Replay};
use autolytiq_config::Config;
use autolytiq_db::catalogue::{self, Finding};
use autolytiq_kernel::Clock;
use autolytiq_secrets::{MasterKeys, Wrapping};

use super::keys::{self, KeyFiles};
use super::{BackupError, Progress, io_at, only_private};
use crate::database::{Server, UNFINISHED, cluster_config};
use crate::{audit, keys as key_folders};

/// Where the keys of protected fields come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySource {
    /// Nobody said. Then nothing is restored.
    Unsaid,
    /// From the backup, under the passphrase in this file.
    Passphrase(PathBuf),
    /// From a copy of the folder `keys`.
    Folder(PathBuf),
    /// They are lost: protected fields stay unreadable.
    Without,
}

/// What to restore.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The backup.
    pub archive: PathBuf,
    /// The keys.
    pub keys: KeySource,
    /// Archived log to be replayed beyond the backup.
    pub replay: Option<Replay>,
}

/// What was found in the restored database.
struct Findings {
    migrated: usize,
    migration: i64,
    catalogue: Vec<Finding>,
    trail: Report,
    wrappings: Vec<Wrapping>,
}

/// Restores a backup into the configured data folder, which must be empty or missing; then starts the database once,
/// checks it and prints a report. Returns whether everything was found in order.
///
/// Runs on a multi-threaded runtime: the unpacking blocks its thread.
///
/// # Errors
/// [`BackupError`]; the folder is empty again then.
pub async fn restore(
    config: &Config,
    wanted: &Wanted,
    progress: Progress<'_>,
    out: &mut (dyn Write + Send),
) -> Result<bool, BackupError> {
    only_private(config)?;
    let begun = Instant::now();
    let data = &config.data.folder;
    if fs::read_dir(data).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(BackupError::NotEmpty(data.clone()));
    }
    let contents = match tokio::task::block_in_place(|| unpack(config, wanted, progress)) {
        Ok(contents) => contents,
        Err(error) => {
            clear(data);
            return Err(error);
        }
    };
    let mut say = |text: String| writeln!(out, "{text}").map_err(BackupError::Report);
    let (files, megabytes, about) = (contents.files, contents.bytes / 1_000_000, &contents.about);
    say(format!(
        "unpacked   {files} files, {megabytes} MB, each as it was written; begun {} by version {}",
        about.taken_at, about.product
    ))?;
    let server = Server::open(config).await?;
    let found = look(&server, config).await;
    let stopped = server.stop().await;
    let found = found?;
    stopped?;
    let well = report(&found, wanted, &mut say)?;
    let seconds = begun.elapsed().as_secs_f64();
    say(format!("restored into {} in {seconds:.1} s", data.display()))?;
    out.flush().map_err(BackupError::Report)?;
    Ok(well)
}

/// Everything up to a folder that can be started.
fn unpack(config: &Config, wanted: &Wanted, progress: Progress<'_>) -> Result<Contents, BackupError> {
    key_folders::prepare_folders(config)?;
    let marker = config.data.folder.join(UNFINISHED);
    File::create(&marker).map_err(io_at("creating", &marker))?;
    let cluster = NewCluster::prepare(&cluster_config(config))?;
    let mut unpacking = Unpacking { folder: cluster.folder().to_owned(), major: cluster.major(), wanted, keys: None };
    let contents = read(&wanted.archive, &mut unpacking, &mut |done| progress("unpacking", done, None))?;
    let from_archive = unpacking.keys;
    progress("replaying the log", 0, None);
    cluster.finish(wanted.replay.as_ref())?;
    put_keys(config, wanted, from_archive)?;
    fs::remove_file(&marker).map_err(io_at("removing", &marker))?;
    Ok(contents)
}

fn put_keys(config: &Config, wanted: &Wanted, from_archive: Option<KeyFiles>) -> Result<(), BackupError> {
    let folder = config.data.keys();
    match (&wanted.keys, from_archive) {
        (KeySource::Folder(copy), _) => keys::write(&folder, &keys::read(copy)?)?,
        (KeySource::Passphrase(_), Some(files)) => keys::write(&folder, &files)?,
        _ => {
            // Under an id of their own, so that the lines of the old keys can still be added.
            let id = format!("k{}", Clock::system().now().strftime("%Y%m%d%H%M%S"));
            MasterKeys::create(&key_folders::master_keys(config), &id)?;
        }
    }
    // What was given must be keys, and before anybody relies on them.
    key_folders::vault(config)?;
    Ok(())
}

/// Puts the server's files into their folder.
struct Unpacking<'a> {
    folder: PathBuf,
    major: u32,
    wanted: &'a Wanted,
    keys: Option<KeyFiles>,
}

impl Unpacking<'_> {
    /// Where a member belongs; none when it is not the server's.
    fn place(&self, member: &Path) -> Option<PathBuf> {
        Some(self.folder.join(member.strip_prefix(POSTGRES).ok()?))
    }
}

impl Visitor for Unpacking<'_> {
    fn about(&mut self, about: &About) -> Result<(), String> {
        let (theirs, ours) = (about.postgres_major, self.major);
        if theirs != ours {
            return Err(format!(
                "the backup is of PostgreSQL {theirs} and the binaries here are PostgreSQL {ours}: set database.binaries to a \
                 folder of PostgreSQL {theirs}"
            ));
        }
        let known = autolytiq_db::newest_known();
        if about.migration > known {
            return Err(format!(
                "the backup is at migration {:04} and this program knows {known:04}: restore it with version {} or newer",
                about.migration, about.product
            ));
        }
        match (&self.wanted.keys, about.holds_keys) {
            (KeySource::Unsaid, true) => {
                Err("the keys are in the backup: give their passphrase with --passphrase-file FILE".to_owned())
            }
            (KeySource::Unsaid, false) => Err(
                "the keys are not in the backup: give a copy of the folder `keys` with --keys FOLDER. If they are lost, \
                 --without-keys restores everything but the protected fields (dates of birth), which stay unreadable"
                    .to_owned(),
            ),
            (KeySource::Passphrase(_), false) => {
                Err("there are no keys in the backup, so a passphrase opens nothing: use --keys FOLDER".to_owned())
            }
            _ => Ok(()),
        }
    }

    fn folder(&mut self, path: &Path) -> io::Result<()> {
        match self.place(path) {
            Some(place) => DirBuilder::new().recursive(true).mode(0o700).create(place),
            None => Ok(()),
        }
    }

    fn file(&mut self, path: &Path, content: &mut dyn Read) -> io::Result<()> {
        if let Some(place) = self.place(path) {
            let mut file = File::options().write(true).create_new(true).mode(0o600).open(place)?;
            return io::copy(content, &mut file).map(drop);
        }
        if path == Path::new("keys.sealed")
            && let KeySource::Passphrase(file) = &self.wanted.keys
        {
            let mut sealed = Vec::new();
            content.read_to_end(&mut sealed)?;
            let passphrase = keys::passphrase(file).map_err(io::Error::other)?;
            self.keys = Some(keys::open(&sealed, &passphrase).map_err(io::Error::other)?);
        }
        Ok(())
    }
}

async fn look(server: &Server, config: &Config) -> Result<Findings, BackupError> {
    let migrated = server.migrate().await?;
    let catalogue = catalogue::check(&server.access).await?;
    let db = server.connect(config).await?;
    let found = async {
        let trail = verify(&db, &Scope::default()).await?;
        let wrappings = key_folders::vault(config)?.wrappings(&db).await?;
        Ok(Findings { migrated: migrated.applied.len(), migration: migrated.to, catalogue, trail, wrappings })
    }
    .await;
    db.close().await;
    found
}

fn report(
    found: &Findings,
    wanted: &Wanted,
    say: &mut dyn FnMut(String) -> Result<(), BackupError>,
) -> Result<bool, BackupError> {
    say(format!("database   started; at migration {:04}, {} applied now", found.migration, found.migrated))?;
    match found.catalogue.as_slice() {
        [] => say("catalogue  every table, column, view and function keeps the rules".to_owned())?,
        broken => broken.iter().try_for_each(|finding| say(format!("catalogue  BROKEN {finding}")))?,
    }
    let mut trail = Vec::new();
    audit::write(&found.trail, &mut trail).map_err(BackupError::Report)?;
    String::from_utf8_lossy(&trail).lines().try_for_each(|line| say(format!("audit      {line}")))?;
    let unreadable: u64 =
        found.wrappings.iter().filter(|wrapping| !wrapping.opens).map(|wrapping| wrapping.subjects).sum();
    let readable: u64 =
        found.wrappings.iter().filter(|wrapping| wrapping.opens).map(|wrapping| wrapping.subjects).sum();
    say(format!("keys       open the protected fields of {readable} people"))?;
    if unreadable > 0 {
        let lost: Vec<&str> = found
            .wrappings
            .iter()
            .filter(|wrapping| !wrapping.opens)
            .map(|wrapping| wrapping.master_key_id.as_str())
            .collect();
        say(format!(
            "keys       MISSING for {unreadable} people (master key {}): their dates of birth cannot be read. Everybody has to \
             sign in again",
            lost.join(", ")
        ))?;
    }
    // Restored without keys on purpose, what cannot be read is no surprise.
    let keys_are_well = unreadable == 0 || wanted.keys == KeySource::Without;
    Ok(found.catalogue.is_empty() && found.trail.is_whole() && keys_are_well)
}

/// Empties a folder that was empty before we came.
fn clear(data: &Path) {
    let Ok(entries) = fs::read_dir(data) else { return };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        // As root the cluster may lie behind a link.
        if path.is_symlink()
            && let Ok(target) = path.canonicalize()
        {
            let _ = fs::remove_dir_all(target);
        }
        let _ = if path.is_dir() && !path.is_symlink() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
    }
}
