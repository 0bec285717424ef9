//! Taking a backup while everybody goes on working.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use autolytiq_backup::{About, ArchiveError, Contents, FORMAT, Writer, sweep};
use autolytiq_cluster::BaseBackup;
use autolytiq_config::Config;
use autolytiq_db::LogHold;
use autolytiq_kernel::Clock;

use super::last::LastBackup;
use super::{BackupError, Progress, io_at, keys, last, only_private};
use crate::database::{Server, cluster_config};

/// Writes a verified backup into a folder, or where the configuration says, and tells what is in it. The product may run
/// meanwhile, in this process or another.
///
/// Runs on a multi-threaded runtime: the copying blocks its thread.
///
/// # Errors
/// [`BackupError`]; no file is left then.
pub async fn back_up(
    config: &Config,
    folder: Option<&Path>,
    passphrase_file: Option<&Path>,
    progress: Progress<'_>,
    out: &mut (dyn Write + Send),
) -> Result<PathBuf, BackupError> {
    only_private(config)?;
    let folder = folder.or(config.backup.folder.as_deref()).ok_or(BackupError::NoFolder)?;
    if !config.data.folder.join("cluster").is_dir() {
        return Err(BackupError::NothingThere(config.data.folder.clone()));
    }
    let sealed = match passphrase_file.or(config.backup.passphrase_file.as_deref()) {
        Some(file) => Some(keys::seal(&keys::read(&config.data.keys())?, &keys::passphrase(file)?)?),
        None => None,
    };
    let server = Server::visit(config).await?;
    let taken = take(&server, config, folder, sealed, progress).await;
    let stopped = server.stop().await;
    let (taken, contents, seconds) = taken?;
    stopped?;
    last::write(&config.data.folder, &taken).map_err(io_at("noting the backup in", &config.data.folder))?;
    tell(&taken, &contents, seconds, out).map_err(BackupError::Report)?;
    Ok(taken.file)
}

async fn take(
    server: &Server,
    config: &Config,
    folder: &Path,
    sealed: Option<Vec<u8>>,
    progress: Progress<'_>,
) -> Result<(LastBackup, Contents, f64), BackupError> {
    let begun = Instant::now();
    let inspected = autolytiq_db::inspect(&server.access).await?;
    let address = server.address(config)?;
    let hold = LogHold::take(&server.access).await?;
    let taken_at = Clock::system().now();
    let holds_keys = sealed.is_some();
    let path = folder.join(format!("autolytiq-{}.tar.zst", taken_at.strftime("%Y%m%dT%H%M%SZ")));
    let bytes = hold.bytes;
    sweep(folder);
    let mut copy = BaseBackup::start(&cluster_config(config), &address)?;
    let about = About {
        format: FORMAT,
        product: env!("CARGO_PKG_VERSION").to_owned(),
        taken_at,
        postgres_major: copy.major(),
        migration: inspected.migration_found,
        holds_keys,
    };
    let contents = tokio::task::block_in_place(|| {
        let mut writer = Writer::create(&path, &about)?;
        if let Some(sealed) = &sealed {
            writer.add("keys.sealed", sealed)?;
        }
        let copied = writer.add_postgres(&mut copy, &mut |done| progress("copying", done, Some(bytes.max(done))));
        match (copied, copy.finish()) {
            // The disk of the backup is full, say; that the copy ended early is the consequence.
            (Err(error @ ArchiveError::Io { .. }), _) => return Err(error.into()),
            // What PostgreSQL says about its own failure tells more than a stream that ended early.
            (_, Err(error)) => return Err(error.into()),
            (copied, Ok(())) => copied?,
        }
        Ok::<_, BackupError>(writer.finish(&mut |done| progress("verifying", done, Some(bytes.max(done))))?)
    })?;
    if let Err(error) = hold.release().await {
        // The copy is whole: it was verified with the log it needs.
        tracing::warn!(%error, "the hold on the log was lost before the end");
    }
    let taken = LastBackup { taken_at, file: path, bytes: contents.archive_bytes, holds_keys };
    Ok((taken, contents, begun.elapsed().as_secs_f64()))
}

fn tell(taken: &LastBackup, contents: &Contents, seconds: f64, out: &mut (dyn Write + Send)) -> std::io::Result<()> {
    let (file, files) = (taken.file.display(), contents.files);
    let (read, written) = (contents.bytes / 1_000_000, contents.archive_bytes / 1_000_000);
    writeln!(out, "{file}: {files} files, {read} MB in {written} MB, verified, {seconds:.1} s")?;
    if taken.holds_keys {
        writeln!(out, "The keys are in it, sealed. Keep the passphrase where the backup is not.")?;
    } else {
        writeln!(
            out,
            "The keys are NOT in it. Keep a copy of the folder `keys` of the data folder apart from the backup, or give a \
             passphrase with --passphrase-file: without the keys protected fields cannot be read after a restore."
        )?;
    }
    out.flush()
}
