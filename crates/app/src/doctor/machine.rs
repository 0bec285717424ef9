//! Folder, keys, disk, port and clock.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use autolytiq_config::Config;
use autolytiq_kernel::Clock;
use autolytiq_secrets::MasterKeys;
use jiff::Timestamp;

use super::Finding;
use crate::backup::last;
use crate::keys;

/// Room for a day's write-ahead log of a small store, twice.
const ENOUGH_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// A nightly backup that failed once is noticed the next day.
const RECENT_HOURS: i32 = 36;
/// No program of this version was built before.
const BUILT_AFTER: &str = "2026-01-01T00:00:00Z";

pub(super) fn look(config: &Config) -> Vec<Finding> {
    vec![folder(config), master_keys(config), last_backup(config), disk(&config.data.folder), port(config), clock()]
}

fn folder(config: &Config) -> Finding {
    let folder = &config.data.folder;
    let shown = folder.display();
    match fs::metadata(folder) {
        Ok(found) if !found.is_dir() => {
            Finding::bad("data folder", format!("{shown} is no folder"), "set data.folder to a folder")
        }
        Ok(found) if found.permissions().readonly() => Finding::bad(
            "data folder",
            format!("{shown} cannot be written"),
            "give it to the account that runs autolytiq",
        ),
        Ok(_) => Finding::good("data folder", shown.to_string()),
        Err(_) => Finding::note("data folder", format!("{shown} does not exist yet; the first start makes it")),
    }
}

fn master_keys(config: &Config) -> Finding {
    if config.keys.master.is_some() {
        return match keys::vault(config) {
            Ok(_) => Finding::good("keys", "from the environment"),
            Err(why) => Finding::bad("keys", why.to_string(), "mend AUTOLYTIQ__KEYS__MASTER"),
        };
    }
    let file = keys::master_keys(config);
    let shown = file.display();
    let Ok(found) = fs::metadata(&file) else {
        return Finding::note("keys", format!("{shown} does not exist yet; the first start makes it"));
    };
    if found.permissions().mode() & 0o077 != 0 {
        return Finding::bad("keys", format!("others can read {shown}"), format!("run `chmod 600 {shown}`"));
    }
    let text = fs::read_to_string(&file).map_err(|error| error.to_string());
    match text.and_then(|text| MasterKeys::parse(&text).map_err(|error| error.to_string())) {
        Ok(_) => Finding::good("keys", shown.to_string()),
        Err(why) => Finding::bad("keys", format!("{shown}: {why}"), "restore the file from its backup"),
    }
}

fn last_backup(config: &Config) -> Finding {
    const SUBJECT: &str = "backup";
    if !config.database.is_private() {
        return Finding::note(
            SUBJECT,
            "the PostgreSQL of your own is backed up by its own means, the folder of the keys apart",
        );
    }
    let Some(taken) = last::read(&config.data.folder) else {
        return Finding::note(SUBJECT, "none was ever taken; run `autolytiq backup FOLDER` every night");
    };
    let hours = Clock::system().now().since(taken.taken_at).map_or(0, |since| since.get_hours());
    let shown = format!("{}, {} MB, {hours} hours ago", taken.file.display(), taken.bytes / 1_000_000);
    if !taken.file.is_file() {
        Finding::note(SUBJECT, format!("{shown}; the file is not there any more"))
    } else if hours > RECENT_HOURS {
        Finding::note(SUBJECT, format!("{shown}; run `autolytiq backup` every night"))
    } else {
        Finding::good(SUBJECT, shown)
    }
}

/// What is free, as `df` tells it: the standard library has no such call, and `unsafe` code has no place here.
fn disk(folder: &Path) -> Finding {
    let existing = folder.ancestors().find(|path| path.is_dir()).unwrap_or(Path::new("."));
    let existing = if existing.as_os_str().is_empty() { Path::new(".") } else { existing };
    let answer = std::process::Command::new("df").args(["-Pk", "--"]).arg(existing).output();
    let free = answer.ok().and_then(|answer| free_bytes(&String::from_utf8_lossy(&answer.stdout)));
    let Some(free) = free else { return Finding::note("disk space", "`df` did not tell") };
    let shown = format!("{} MB free", free / 1_048_576);
    if free < ENOUGH_BYTES {
        Finding::bad("disk space", shown, "free at least 2 GB, or move data.folder")
    } else {
        Finding::good("disk space", shown)
    }
}

/// The fourth column of the second line of `df -Pk`.
fn free_bytes(df: &str) -> Option<u64> {
    let kilobytes: u64 = df.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    kilobytes.checked_mul(1024)
}

fn port(config: &Config) -> Finding {
    let port = config.server.port;
    let taken = config.server.listen.iter().find_map(|ip| {
        let address = SocketAddr::new(*ip, port);
        TcpListener::bind(address).err().map(|error| (address, error))
    });
    match taken {
        None => Finding::good("port", format!("{port} is free")),
        Some((address, error)) if error.kind() == std::io::ErrorKind::AddrInUse => Finding::note(
            "port",
            format!("{address} is in use, by this product if it is running; otherwise set server.port"),
        ),
        Some((address, error)) => Finding::bad(
            "port",
            format!("{address}: {error}"),
            "set server.listen or server.port to one that can be had",
        ),
    }
}

fn clock() -> Finding {
    let now = Clock::system().now();
    match BUILT_AFTER.parse::<Timestamp>() {
        Ok(earliest) if now < earliest => {
            Finding::bad("clock", format!("it says {now}"), "set the machine's time; tokens and audit depend on it")
        }
        _ => Finding::good("clock", now.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::free_bytes;

    #[test]
    fn the_available_column_of_df() {
        let df = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sda1 1000 400 600 40% /\n";
        assert_eq!(free_bytes(df), Some(600 * 1024));
        assert_eq!(free_bytes(""), None);
    }
}
