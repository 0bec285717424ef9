//! Creating the server's data folder, once.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::Stdio;

use rand::Rng;
use secrecy::{ExposeSecret, SecretString};

use crate::account::Account;
use crate::binaries::Binaries;
use crate::error::{ClusterError, io_at};
use crate::layout::{Layout, private_folder};

/// The superuser's name.
pub(crate) const SUPERUSER: &str = "postgres";
/// PostgreSQL got its own C.UTF-8, independent of the system's locales, in this major version.
const BUILTIN_LOCALE_SINCE: u32 = 17;

/// The superuser's password, as it was kept at initialisation.
pub(crate) fn password(layout: &Layout) -> Result<SecretString, ClusterError> {
    let text = fs::read_to_string(&layout.password).map_err(io_at("reading", &layout.password))?;
    Ok(SecretString::from(text.trim().to_owned()))
}

/// Makes sure that the data folder exists and fits the binaries; answers the superuser's password.
///
/// The folder is made under another name and renamed when complete, so that being killed half-way leaves nothing that
/// looks initialised.
pub(crate) fn ensure(layout: &Layout, binaries: &Binaries, durable: bool) -> Result<SecretString, ClusterError> {
    if layout.data.is_dir() {
        check_major(layout, binaries)?;
        return password(layout);
    }
    let unfinished = layout.data.with_file_name("data.unfinished");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).map_err(io_at("removing", &unfinished))?;
    }
    private_folder(&unfinished, layout.account)?;
    let password = SecretString::from(hex::encode(rand::rng().random::<[u8; 32]>()));
    secret_file(&layout.password, password.expose_secret())?;
    tracing::info!(folder = %layout.data.display(), major = binaries.major, "initialising the database cluster");
    initialise(&unfinished, &password, layout.account, binaries, durable)?;
    fs::rename(&unfinished, &layout.data).map_err(io_at("renaming", &unfinished))?;
    Ok(password)
}

fn check_major(layout: &Layout, binaries: &Binaries) -> Result<(), ClusterError> {
    let path = layout.data.join("PG_VERSION");
    let version = fs::read_to_string(&path).map_err(io_at("reading", &path))?;
    match version.trim().parse::<u32>() {
        Ok(major) if major == binaries.major => Ok(()),
        Ok(data) => Err(ClusterError::OtherMajor { folder: layout.data.clone(), data, binaries: binaries.major }),
        Err(_) => Err(ClusterError::Initialise {
            folder: layout.data.clone(),
            detail: format!("PG_VERSION says {:?}, which is no version", version.trim()),
        }),
    }
}

fn initialise(
    folder: &Path,
    password: &SecretString,
    account: Account,
    binaries: &Binaries,
    durable: bool,
) -> Result<(), ClusterError> {
    // `initdb` reads the password from a file, and reads it as the server's account.
    let handover = folder.with_file_name("password.unfinished");
    secret_file(&handover, password.expose_secret())?;
    account.own(&handover)?;
    let mut command = account.command(&binaries.initdb());
    command.arg("--pgdata").arg(folder).arg("--username").arg(SUPERUSER);
    command.args(["--encoding=UTF8", "--auth-local=scram-sha-256", "--auth-host=scram-sha-256", "--data-checksums"]);
    if binaries.major >= BUILTIN_LOCALE_SINCE {
        command.args(["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]);
    } else {
        command.arg("--locale=C.UTF-8");
    }
    if !durable {
        command.arg("--no-sync");
    }
    command.arg(format!("--pwfile={}", handover.display())).stdin(Stdio::null());
    let output = command.output().map_err(io_at("running", &binaries.initdb()));
    fs::remove_file(&handover).map_err(io_at("removing", &handover))?;
    let output = output?;
    if output.status.success() {
        return Ok(());
    }
    let detail = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(ClusterError::Initialise { folder: folder.to_owned(), detail })
}

/// Writes a file that only its owner may read, replacing one that is there.
pub(crate) fn secret_file(path: &Path, content: &str) -> Result<(), ClusterError> {
    if path.exists() {
        fs::remove_file(path).map_err(io_at("removing", path))?;
    }
    let mut file: File =
        File::options().write(true).create_new(true).mode(0o600).open(path).map_err(io_at("creating", path))?;
    file.write_all(content.as_bytes()).and_then(|()| file.sync_all()).map_err(io_at("writing", path))
}
