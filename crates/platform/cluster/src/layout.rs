//! Where things lie inside a data folder.
//!
//! ```text
//! <data>/cluster.lock       held by the process that runs the cluster
//! <data>/cluster.password   the superuser's password, readable by us alone
//! <data>/cluster/data/      the server's own folder (PGDATA)
//! <data>/cluster/run/       the Unix socket
//! <data>/cluster/postgres.log
//! ```
//!
//! `cluster` belongs to the account the server runs as. When that account cannot pass through the data folder's parents
//! (root's home is closed to everyone else) `cluster` is a link into `/var/lib/autolytiq`. A socket path may have 107
//! bytes; when the data folder's path is too long for that, the socket moves to a folder in `/tmp`.

use std::fs::{self, File, Permissions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use sha2::{Digest, Sha256};

use crate::account::Account;
use crate::error::{ClusterError, io_at};

/// The port in the socket's name; nothing listens on the network.
pub(crate) const PORT: u16 = 5432;
/// `sizeof(sockaddr_un.sun_path)` less the closing zero.
const SOCKET_PATH_MAX: usize = 107;
/// Homes for `cluster` when the data folder itself is out of the account's reach.
const SYSTEM_HOME: &str = "/var/lib/autolytiq";

/// The paths of one cluster.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    /// The installation's data folder, canonical.
    pub(crate) root: PathBuf,
    pub(crate) account: Account,
    /// PGDATA.
    pub(crate) data: PathBuf,
    pub(crate) socket_dir: PathBuf,
    pub(crate) log: PathBuf,
    pub(crate) password: PathBuf,
}

impl Layout {
    /// Creates the folders that are missing and settles the account.
    pub(crate) fn prepare(data_dir: &Path) -> Result<Self, ClusterError> {
        fs::create_dir_all(data_dir).map_err(io_at("creating", data_dir))?;
        let root = data_dir.canonicalize().map_err(io_at("resolving", data_dir))?;
        let mut account = Account::for_folder(&root)?;
        let home = home(&root, account)?;
        let data = home.join("data");
        if let Ok(meta) = fs::metadata(&data) {
            // The folder's owner decides from the second start on; only root can become someone else.
            if account.foreign {
                account = Account { uid: meta.uid(), gid: meta.gid(), foreign: true };
            } else if meta.uid() != account.uid {
                return Err(ClusterError::OtherOwner { folder: data, owner: meta.uid() });
            }
        }
        if !account.reaches(&home) {
            return Err(ClusterError::Unreachable { path: home, uid: account.uid });
        }
        let socket_dir = socket_dir(&home, &root, account)?;
        Ok(Self {
            password: root.join("cluster.password"),
            log: home.join("postgres.log"),
            data,
            socket_dir,
            account,
            root,
        })
    }

    /// Takes the lock that keeps a second process out of this folder. It is released when the file is dropped, and by
    /// the kernel when the process dies in whatever way.
    pub(crate) fn lock(&self) -> Result<File, ClusterError> {
        let path = self.root.join("cluster.lock");
        let mut file = open_lock(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let pid = file.read_to_string(&mut holder).ok().and_then(|_| holder.trim().parse().ok());
                return Err(ClusterError::InUse { data_dir: self.root.clone(), pid });
            }
            Err(TryLockError::Error(source)) => return Err(io_at("locking", &path)(source)),
        }
        // The pid is for the reader of an error message only; the lock is what counts.
        file.set_len(0).and_then(|()| file.rewind()).map_err(io_at("writing", &path))?;
        writeln!(file, "{}", std::process::id()).map_err(io_at("writing", &path))?;
        Ok(file)
    }
}

/// Opens (or creates) a lock file that only we may read.
pub(crate) fn open_lock(path: &Path) -> Result<File, ClusterError> {
    File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)
        .map_err(io_at("opening", path))
}

/// The folder `cluster`, in the data folder or behind a link.
fn home(root: &Path, account: Account) -> Result<PathBuf, ClusterError> {
    let inside = root.join("cluster");
    if let Ok(home) = inside.canonicalize() {
        return Ok(home);
    }
    if account.reaches(root) {
        private_folder(&inside, account)?;
        return Ok(inside);
    }
    let system = Path::new(SYSTEM_HOME);
    fs::create_dir_all(system).map_err(io_at("creating", system))?;
    let elsewhere = system.join(name_of(root));
    private_folder(&elsewhere, account)?;
    // A link whose target was removed by hand is replaced.
    if inside.symlink_metadata().is_ok() {
        fs::remove_file(&inside).map_err(io_at("removing", &inside))?;
    }
    symlink(&elsewhere, &inside).map_err(io_at("linking", &inside))?;
    Ok(elsewhere)
}

fn socket_dir(home: &Path, root: &Path, account: Account) -> Result<PathBuf, ClusterError> {
    let beside = home.join("run");
    // A socket's path has a bound, which a folder that the environment names may break as well: this one is short everywhere.
    let folder =
        if fits(&beside) { beside } else { PathBuf::from(format!("/tmp/autolytiq-{}-{}", account.uid, name_of(root))) };
    private_folder(&folder, account)?;
    let owner = fs::metadata(&folder).map_err(io_at("reading", &folder))?.uid();
    if owner != account.uid {
        return Err(ClusterError::OtherOwner { folder, owner });
    }
    Ok(folder)
}

fn fits(folder: &Path) -> bool {
    folder.join(format!(".s.PGSQL.{PORT}")).as_os_str().len() <= SOCKET_PATH_MAX
}

/// A short name for a path, the same every time.
fn name_of(path: &Path) -> String {
    let digest = Sha256::digest(path.as_os_str().as_bytes());
    hex::encode(&digest[..6])
}

/// Creates a folder for the account alone, or leaves one that exists.
pub(crate) fn private_folder(path: &Path, account: Account) -> Result<(), ClusterError> {
    static MADE: AtomicU32 = AtomicU32::new(0);
    if path.is_dir() {
        return Ok(());
    }
    // Made beside and renamed into place: two processes may start on a folder together, the lock comes later, and neither
    // may see it before its mode and owner are right.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let made = path.with_file_name(format!(".{name}.{}.{}", process::id(), MADE.fetch_add(1, Ordering::Relaxed)));
    fs::DirBuilder::new().mode(0o700).create(&made).map_err(io_at("creating", &made))?;
    // Not left to the umask: PostgreSQL refuses a data folder that others may read.
    fs::set_permissions(&made, Permissions::from_mode(0o700)).map_err(io_at("changing the mode of", &made))?;
    account.own(&made)?;
    match fs::rename(&made, path) {
        // Someone was quicker, and has put something into it already.
        Err(_) if path.is_dir() => fs::remove_dir(&made).map_err(io_at("removing", &made)),
        renamed => renamed.map_err(io_at("creating", path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_path_of_107_bytes_fits_and_one_of_108_does_not() {
        let tail = "/.s.PGSQL.5432".len();
        let folder = |bytes: usize| PathBuf::from(format!("/{}", "a".repeat(bytes - tail - 1)));
        assert!(fits(&folder(107)));
        assert!(!fits(&folder(108)));
    }

    #[test]
    fn a_path_has_one_name() {
        assert_eq!(name_of(Path::new("/srv/a")), name_of(Path::new("/srv/a")));
        assert_ne!(name_of(Path::new("/srv/a")), name_of(Path::new("/srv/b")));
    }
}
